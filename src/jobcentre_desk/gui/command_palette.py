"""Ctrl+K: one field that finds pages, commands, municipalities, measures and employers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from jobcentre_desk.gui.control_drawing import elided
from jobcentre_desk.gui.icons import draw_icon
from jobcentre_desk.gui.theme import TypeRole, font, scaled, theme_of
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.gui.context import Command, PageContext
    from jobcentre_desk.gui.page_list import PageEntry

Index = QModelIndex | QPersistentModelIndex
WIDTH, HEIGHT = 560, 420
ROW, GROUP_ROW = 34, 26
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One line of the list; without `act` it is the heading of a group."""

    words: str
    detail: str = ""
    icon: str = ""
    act: Callable[[], object] | None = None


class HitModel(QAbstractListModel):
    """Headings and hits, one under the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hits: list[Hit] = []

    def show_hits(self, hits: list[Hit]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        hit = self.hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{hit.words}, {hit.detail}" if hit.detail else hit.words
        return hit if role == Qt.ItemDataRole.UserRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.hits[index.row()].act is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class CommandPalette(QDialog):
    """Stands over the window until something is chosen or Esc is pressed."""

    def __init__(
        self, context: PageContext, pages: tuple[PageEntry, ...], commands: tuple[Command, ...], parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        from jobcentre_desk.gui.palette_search import PaletteSearch

        self.setWindowTitle(_("Find anything"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.search = PaletteSearch(context, pages, commands, self)
        self.search.found.connect(self._on_found)
        self.field, self.list, self.model = QLineEdit(), QListView(), HitModel(self)
        self._lay_out()
        self.field.textEdited.connect(self.search.look_for)
        self.field.returnPressed.connect(self._on_return_pressed)
        self.list.clicked.connect(self._on_row_clicked)
        self.search.look_for("")

    def open_over(self, window: QWidget) -> None:
        """Open near the top of `window`, in its middle."""
        self.resize(min(scaled(WIDTH), window.width() - 80), min(scaled(HEIGHT), window.height() - 120))
        at = QPoint((window.width() - self.width()) // 2, 56)
        self.move(window.mapToGlobal(at))
        self.open()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self._move(step)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - painted whole
        theme, painter = theme_of(self), QPainter(self)
        painter.fillRect(self.rect(), theme.base)
        painter.setPen(theme.edge)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _lay_out(self) -> None:
        self.field.setPlaceholderText(_("Employer, CVR, municipality, measure, page, command"))
        self.field.setClearButtonEnabled(True)
        self.field.setProperty("ringless", True)
        self.field.setMinimumHeight(scaled(36))
        self.list.setModel(self.model)
        self.list.setItemDelegate(HitDelegate(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setAccessibleName(_("Found"))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 8)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)

    def _on_found(self, hits: list[Hit]) -> None:
        self.model.show_hits(hits)
        self._choose(next((i for i, hit in enumerate(hits) if hit.act), -1))

    def _move(self, step: int) -> None:
        row = self.list.currentIndex().row() + step
        while 0 <= row < len(self.model.hits) and self.model.hits[row].act is None:
            row += step
        self._choose(row)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self.model.hits):
            self.list.setCurrentIndex(self.model.index(row))

    def _on_return_pressed(self) -> None:
        self._on_row_clicked(self.list.currentIndex())

    def _on_row_clicked(self, index: QModelIndex) -> None:
        hit = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(hit, Hit) and hit.act is not None:
            self.accept()
            hit.act()


class HitDelegate(QStyledItemDelegate):
    """Paints a heading, or icon, words and detail."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hit = index.data(Qt.ItemDataRole.UserRole)
        return QSize(option.rect.width(), scaled(ROW if hit.act else GROUP_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, hit, rect = theme_of(option.widget), index.data(Qt.ItemDataRole.UserRole), QRect(option.rect)
        painter.save()
        if hit.act is None:
            painter.setFont(font(TypeRole.CAPTION_STRONG))
            painter.setPen(theme.text2)
            painter.drawText(rect.adjusted(6, 0, 0, -3), Qt.AlignmentFlag.AlignBottom, hit.words)
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.highlight)
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.accent)
        side = scaled(16)
        box = QRectF(rect.left() + 12, rect.center().y() - side / 2 + 0.5, side, side)
        draw_icon(painter, hit.icon, box, theme.text2)
        self._draw_words(painter, rect.adjusted(12 + side + 10, 0, -10, 0), hit, option.widget)
        painter.restore()

    def _draw_words(self, painter: QPainter, room: QRect, hit: Hit, widget: QWidget) -> None:
        theme = theme_of(widget)
        painter.setFont(font(TypeRole.CAPTION))
        detail = elided(hit.detail, room.width() // 2, TypeRole.CAPTION)
        used = painter.fontMetrics().horizontalAdvance(detail)
        painter.setPen(theme.text2)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, detail)
        painter.setFont(font(TypeRole.BODY))
        painter.setPen(theme.text)
        words = elided(hit.words, room.width() - used - 16, TypeRole.BODY)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

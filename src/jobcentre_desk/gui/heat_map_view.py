"""Draws a `HeatMap` as a table of coloured cells: keyboard, selection and screen reader come with the table."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from jobcentre_desk.gui.heat_colours import cell_colours
from jobcentre_desk.gui.mark_painter import draw_mark
from jobcentre_desk.gui.plain_tooltip import plain_tooltip
from jobcentre_desk.gui.theme import TypeRole, font, scaled, theme_of
from jobcentre_desk.model.comparison_charts import HeatCell, HeatMap
from jobcentre_desk.model.outcomes import State, Verdict

Index = QModelIndex | QPersistentModelIndex
CELL = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()
_NARROWEST, _WIDEST_ROW_NAMES = 68, 230
_HEADER_LINES = 4
_MARK = 9
_TAILS, _SHORTEST = ("arbejde", "personale", "virksomhed", "uddannelse"), 3
"""Where a Danish compound is parted before anywhere else, and the fewest letters on either side."""


class HeatMapModel(QAbstractTableModel):
    """The cells of a heat map; the words of a cell are those of its table."""

    def __init__(self, shown: HeatMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.map = shown

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.map.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.map.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, place = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.map.cells[row][place].text
        if role == CELL:
            return self.map.cells[row][place]
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            words = f"{self.map.rows[row]} × {self.map.columns[place]}: {self.map.table.rows[row][place + 1]}"
            return plain_tooltip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        names = self.map.columns if orientation == Qt.Orientation.Horizontal else self.map.rows
        if not 0 <= section < len(names):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return names[section]
        return plain_tooltip(names[section]) if role == Qt.ItemDataRole.ToolTipRole else None


class HeatCellDelegate(QStyledItemDelegate):
    """Ground only when told apart, the rate over the number, the mark in the corner, hatching where hidden."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell, theme, rect = index.data(CELL), theme_of(option.widget), QRect(option.rect).adjusted(1, 1, -1, -1)
        ground, mark = cell_colours(cell, theme)
        painter.save()
        if ground is not None:
            painter.fillRect(rect, ground)
        if cell.verdict in {Verdict.ABOVE, Verdict.BELOW}:
            corner = QRectF(rect.right() - _MARK - 3, rect.top() + 3, _MARK, _MARK)
            draw_mark(painter, corner, cell.verdict.value, mark)
        self._draw_words(painter, rect, cell, option.widget)
        if option.state & QStyle.StateFlag.State_Selected and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.focus)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        elif option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(theme.accent)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def _draw_words(self, painter: QPainter, rect: QRect, cell: HeatCell, widget: QWidget) -> None:
        theme = theme_of(widget)
        middle = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        above = QRect(rect.left(), rect.center().y() - scaled(17), rect.width(), scaled(18))
        below = QRect(rect.left(), rect.center().y() + 1, rect.width(), scaled(16))
        if cell.state is not State.KNOWN:
            box = QRectF(above) if cell.note else QRectF(rect)
            side = float(scaled(12))
            square = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
            draw_mark(painter, square, cell.state.value, theme.text2)
        elif not cell.note:
            painter.setFont(font(TypeRole.BODY))
            painter.setPen(theme.text3)
            painter.drawText(rect, middle, cell.text)
        else:
            painter.setFont(font(TypeRole.STRONG))
            painter.setPen(theme.text)
            painter.drawText(above, middle, cell.text)
        if cell.note:
            painter.setFont(font(TypeRole.SMALL))
            painter.setPen(theme.text if cell.sure else theme.text2)
            painter.drawText(below, middle, cell.note)


class HeatMapHeader(QHeaderView):
    """Names over the columns, wrapped to three lines, or beside the rows, cut with an ellipsis; the own row in 600."""

    def __init__(self, orientation: Qt.Orientation, shown: HeatMap, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self._map = shown
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        """The names alone, without lines beyond them."""
        painter, down = QPainter(self.viewport()), self.orientation() == Qt.Orientation.Vertical
        painter.fillRect(self.viewport().rect(), theme_of(self).base)
        for index in range(self.count()):
            at, size = self.sectionViewportPosition(index), self.sectionSize(index)
            box = QRect(0, at, self.width(), size) if down else QRect(at, 0, size, self.height())
            self.paintSection(painter, box, index)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's name for it
        theme = theme_of(self)
        painter.save()
        painter.fillRect(rect, theme.base)
        painter.setPen(theme.text2)
        painter.setFont(font(TypeRole.CAPTION_STRONG))
        if self.orientation() == Qt.Orientation.Horizontal:
            self._draw_column(painter, rect, self._map.columns[logicalIndex])
        else:
            own, total = logicalIndex == self._map.own_row, logicalIndex == len(self._map.rows) - 1
            painter.setFont(font(TypeRole.STRONG if own or total else TypeRole.BODY))
            painter.setPen(theme.accent if own else theme.text)
            room = rect.adjusted(0, 0, -8, 0)
            lines = wrapped(self._map.rows[logicalIndex], painter.fontMetrics(), room.width(), 2)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), "\n".join(lines))
        painter.restore()

    def _draw_column(self, painter: QPainter, rect: QRect, name: str) -> None:
        lines = wrapped(name, painter.fontMetrics(), rect.width() - 4, _HEADER_LINES)
        bottom = int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter)
        painter.drawText(rect.adjusted(2, 0, -2, -4), bottom, "\n".join(lines))


class HeatMapView(QTableView):
    """The map as a table; `cell_opened` carries the codes of row and column ("" = all) on Enter or a double click."""

    cell_opened = Signal(str, str)
    copy_wanted = Signal()

    def __init__(self, shown: HeatMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._map = shown
        self.setModel(HeatMapModel(shown, self))
        self.setItemDelegate(HeatCellDelegate(self))
        self.setAccessibleName(shown.sentence)
        self.setHorizontalHeader(HeatMapHeader(Qt.Orientation.Horizontal, shown, self))
        self.setVerticalHeader(HeatMapHeader(Qt.Orientation.Vertical, shown, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(scaled(40))
        self.verticalHeader().setFixedWidth(self._row_names_width())
        self.horizontalHeader().setMinimumSectionSize(scaled(_NARROWEST))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._corner = self.findChild(QAbstractButton)
        if self._corner is not None:
            self._corner.installEventFilter(self)
        self.horizontalHeader().setFixedHeight(_HEADER_LINES * QFontMetrics(font(TypeRole.CAPTION_STRONG)).height() + 8)
        self.doubleClicked.connect(self._on_opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._on_opened(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The corner between both rows of names is plain ground."""
        if watched is self._corner and event.type() == QEvent.Type.Paint:
            QPainter(self._corner).fillRect(self._corner.rect(), theme_of(self).base)
            return True
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        height = self.horizontalHeader().height() + len(self._map.rows) * self.verticalHeader().defaultSectionSize()
        return QSize(self._row_names_width() + len(self._map.columns) * scaled(_NARROWEST) + 4, height + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 160)

    def _row_names_width(self) -> int:
        metrics = QFontMetrics(font(TypeRole.STRONG))
        widest = max((metrics.horizontalAdvance(name) for name in self._map.rows), default=0) + 12
        return min(widest, scaled(_WIDEST_ROW_NAMES))

    def _on_opened(self, index: QModelIndex) -> None:
        self.cell_opened.emit(self._map.row_codes[index.row()], self._map.column_codes[index.column()])


def wrapped(words: str, metrics: QFontMetrics, room: int, most: int) -> list[str]:
    """Words in at most `most` lines of `room` pixels; long ones are parted, the last line is cut with an ellipsis."""
    lines: list[str] = []
    for word in (part for whole in words.split() for part in _pieces(whole, metrics, room)):
        joined = f"{lines[-1]} {word}" if lines else word
        if (lines and metrics.horizontalAdvance(joined) <= room) or len(lines) == most:
            lines[-1] = joined
        else:
            lines.append(word)
    return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in lines]


def _pieces(word: str, metrics: QFontMetrics, room: int) -> list[str]:
    """A word too wide for a line in two with a hyphen, before "arbejde" and its like where it can be."""
    if metrics.horizontalAdvance(word) <= room:
        return [word]
    cuts = [word.rfind(tail) for tail in _TAILS if word.rfind(tail) > _SHORTEST]
    fits = [
        end
        for end in range(len(word) - _SHORTEST, _SHORTEST, -1)
        if metrics.horizontalAdvance(word[:end] + "-") <= room
    ]
    cut = next((end for end in cuts if end in fits), fits[0] if fits else 0)
    return [f"{word[:cut]}-", *_pieces(word[cut:], metrics, room)] if cut else [word]

"""A chart or list as a plain table: reachable by keyboard, read by screen readers, copied with its headers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from jobcentre_desk.gui.plain_tooltip import plain_tooltip
from jobcentre_desk.gui.theme import TypeRole, font, scaled, theme_of
from jobcentre_desk.model.charts import TableOf

Index = QModelIndex | QPersistentModelIndex
_ROW, _HEADER = 32, 34
_PADDING = 6
"""Left and right of the words of a cell; the header's margin is the same."""
_BAR = 3
LONG = 40
"""Words of a cell longer than this stand in its tooltip, too, since they may be cut."""
_NOWHERE = QModelIndex()


class TableOfModel(QAbstractTableModel):
    """The finished texts of a `TableOf`."""

    def __init__(self, table: TableOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.table.header)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.table.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            words = self.table.rows[index.row()][index.column()]
            return plain_tooltip(words) if len(words) > LONG else None
        return self._alignment(index.column()) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self.table.header):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.table.header[section]
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if self.table.numeric[column] else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


class CellDelegate(QStyledItemDelegate):
    """A cell's words with a line under them; a selected row has its ground and the accent bar at the left."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The words with their padding."""
        words = option.fontMetrics.horizontalAdvance(str(index.data()))
        return QSize(words + 2 * _PADDING + 1, scaled(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, words, line, and the ring of a cell with the keyboard's focus."""
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        words, cell.text = cell.text, ""
        cell.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, cell, painter, cell.widget)
        theme, rect = theme_of(cell.widget), QRect(cell.rect)
        inside = rect.adjusted(_PADDING, 0, -_PADDING, -1)
        painter.save()
        painter.setFont(cell.font)
        painter.setPen(theme.text)
        shown = cell.fontMetrics.elidedText(words, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, int(cell.displayAlignment), shown)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.line)
        if index.column() == 0 and cell.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect.left(), rect.top(), _BAR, rect.height(), theme.accent)
        painter.restore()


class TableOfView(QTableView):
    """Shows a `TableOf`; Ctrl+C copies it all with its headers, as a spreadsheet takes it.

    `as_shared` is what may leave the screen instead of what is shown (the guard's doing); by default the same.
    """

    def __init__(self, table: TableOf, parent: QWidget | None = None, *, as_shared: TableOf | None = None) -> None:
        super().__init__(parent)
        self._shared = as_shared or table
        self._copy: Callable[[], None] | None = None
        self.setModel(TableOfModel(table, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(scaled(_ROW))
        self.setItemDelegate(CellDelegate(self))
        header = self.horizontalHeader()
        header.setMinimumHeight(scaled(_HEADER))
        header.setFont(font(TypeRole.CAPTION_STRONG))
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def copied_by(self, act: Callable[[], None]) -> None:
        """Let `act` do the copying, where what may leave the screen takes a while to work out."""
        self._copy = act

    def copy(self) -> None:
        """Put the table on the clipboard, headers first."""
        if self._copy is not None:
            self._copy()
            return
        from jobcentre_desk.documents.csv_export import tab_text

        QGuiApplication.clipboard().setText(tab_text(self._shared))

    def full_height(self) -> int:
        """The height at which no row scrolls."""
        header, rows = self.horizontalHeader(), self.model().rowCount()
        top = max(header.sizeHint().height(), header.minimumHeight())
        return top + rows * self.verticalHeader().defaultSectionSize() + 2

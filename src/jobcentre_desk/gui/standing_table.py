"""A list of employers, branches or occupations with its intervals on one scale, as the employer table paints them."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QResizeEvent
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

from jobcentre_desk.gui.badge import badge_colours, mark_of
from jobcentre_desk.gui.employer_look import STAR_SIZE, Look, look_of
from jobcentre_desk.gui.icons import draw_icon
from jobcentre_desk.gui.interval_bar import draw_interval
from jobcentre_desk.gui.mark_painter import MARK_SIZE, draw_mark
from jobcentre_desk.gui.plain_tooltip import plain_tooltip
from jobcentre_desk.gui.theme import TypeRole, font, scaled
from jobcentre_desk.model.branch_pages import StandingLine, StandingList
from jobcentre_desk.model.outcomes import State, Verdict
from jobcentre_desk.text import translate as _

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()
_GAP, _BAR = 6, 3
_NARROW_BELOW = 640
_MEASURED = 24
"""Rows whose words say how wide a column must be."""
_INTERVAL = (72, 150)
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Column(IntEnum):
    """The columns from left to right."""

    NAME = 0
    STARTED = 1
    COMPLETED = 2
    RATE = 3
    INTERVAL = 4
    AGAINST = 5
    NOTE = 6


_NUMBERS = {Column.STARTED, Column.COMPLETED, Column.RATE}


class StandingModel(QAbstractTableModel):
    """The lines of a list."""

    def __init__(self, shown: StandingList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = shown

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.list.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = self.list.lines[index.row()], Column(index.column())
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return _words(line, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(line.name) if column is Column.NAME else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column in _NUMBERS else LEFT
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            name, started, completed, rate, against, note = self.list.headings
            return (name, started, completed, rate, _("0–100 %"), against, note)[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if Column(section) in _NUMBERS else LEFT
        return None


class StandingDelegate(QStyledItemDelegate):
    """Paints every cell: names and rates in 600, interval bars, the badge's mark with its word."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._look = look_of(table)

    def look(self) -> Look:
        """What is painted with."""
        return self._look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line, column = index.data(LINE), Column(index.column())
        if column is Column.INTERVAL:
            return QSize(scaled(_INTERVAL[1]), scaled(32))
        metrics = self._look.strong_metrics
        extra = MARK_SIZE + _GAP if column is Column.AGAINST else 0
        words = metrics.horizontalAdvance(_words(line, column)) + extra + 2 * self._look.padding + 2
        return QSize(words, max(option.rect.height(), scaled(32)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, column, rect, look = index.data(LINE), Column(index.column()), QRect(option.rect), self._look
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, look.theme.highlight)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.theme.line)
        if selected and column is Column.NAME:
            painter.fillRect(rect.left(), rect.top(), _BAR, rect.height(), look.theme.accent)
        inside = rect.adjusted(look.padding, 0, -look.padding, 0)
        if column is Column.INTERVAL:
            draw_interval(painter, rect, line.bar, look.theme)
        elif column is Column.AGAINST:
            self._draw_against(painter, inside, line)
        else:
            self._draw_words(painter, inside, line, column)
        painter.restore()

    def _draw_words(self, painter: QPainter, inside: QRect, line: StandingLine, column: Column) -> None:
        look, strong = self._look, column in {Column.NAME, Column.RATE}
        painter.setFont(look.strong if strong else look.body)
        painter.setPen(look.theme.text2 if column is Column.NOTE else look.theme.text)
        starred = column is Column.NAME and line.listed
        room = inside.width() - (STAR_SIZE + _GAP if starred else 0)
        words = painter.fontMetrics().elidedText(_words(line, column), Qt.TextElideMode.ElideRight, room)
        painter.drawText(inside, int(RIGHT if column in _NUMBERS else LEFT), words)
        if starred:
            left = inside.left() + painter.fontMetrics().horizontalAdvance(words) + _GAP
            star = QRectF(left, inside.center().y() - STAR_SIZE / 2, STAR_SIZE, STAR_SIZE)
            draw_icon(painter, "star-filled", star, look.theme.accent)

    def _draw_against(self, painter: QPainter, inside: QRect, line: StandingLine) -> None:
        look, after = self._look, inside
        state = line.bar.state
        blank = state is not State.KNOWN
        if blank or line.verdict is not Verdict.NO_REFERENCE:
            colour = look.theme.text2 if blank else badge_colours(line.verdict, look.theme)[1]
            box = QRect(inside.left(), inside.center().y() - 5, MARK_SIZE, MARK_SIZE)
            draw_mark(painter, box, state.value if blank else mark_of(line.verdict), colour)
            after = inside.adjusted(MARK_SIZE + _GAP, 0, 0, 0)
            painter.setPen(colour)
        else:
            painter.setPen(look.theme.text3)
        painter.setFont(look.strong if line.verdict in {Verdict.ABOVE, Verdict.BELOW} else look.body)
        words = painter.fontMetrics().elidedText(line.word, Qt.TextElideMode.ElideRight, after.width())
        painter.drawText(after, int(LEFT), words)


class StandingTable(QTableView):
    """`opened` carries the code of a line on Enter or a double click, `listed` the codes L was pressed on.

    `copy_wanted` wants the whole list on the clipboard (Ctrl+C), as it may leave the screen.
    """

    opened = Signal(str)
    listed = Signal(tuple)
    copy_wanted = Signal()

    def __init__(self, shown: StandingList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = shown
        self.setModel(StandingModel(shown, self))
        self.setItemDelegate(StandingDelegate(self))
        self.setAccessibleName(shown.title)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(scaled(32))
        self.setColumnHidden(Column.STARTED, not shown.headings[Column.STARTED])
        header = self.horizontalHeader()
        header.setFont(font(TypeRole.CAPTION_STRONG))
        header.setMinimumHeight(scaled(34))
        header.setHighlightSections(False)
        header.setResizeContentsPrecision(_MEASURED)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(Column.INTERVAL, QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(scaled(48))
        self.doubleClicked.connect(lambda index: self.opened.emit(self._code(index.row())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow list has a short scale and goes without its last column."""
        super().resizeEvent(event)
        narrow = self.width() < scaled(_NARROW_BELOW)
        self.setColumnWidth(Column.INTERVAL, scaled(_INTERVAL[0 if narrow else 1]))
        self.setColumnHidden(Column.NOTE, narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = sorted({index.row() for index in self.selectedIndexes()})
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and rows:
            self.opened.emit(self._code(rows[0]))
        elif event.key() == Qt.Key.Key_L and rows:
            self.listed.emit(tuple(self._code(row) for row in rows))
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        else:
            super().keyPressEvent(event)

    def full_height(self) -> int:
        """The height at which no row scrolls."""
        header = max(self.horizontalHeader().sizeHint().height(), self.horizontalHeader().minimumHeight())
        return header + len(self._list.lines) * self.verticalHeader().defaultSectionSize() + 2

    def _code(self, row: int) -> str:
        return self._list.lines[row].code


def _words(line: StandingLine, column: Column) -> str:
    """The words of a cell; those of an interval are its limits."""
    bar = line.bar
    if column is Column.INTERVAL:
        from jobcentre_desk.desk.wording import interval_text

        return interval_text(bar.low, bar.high)
    return {
        Column.NAME: line.name,
        Column.STARTED: line.started,
        Column.COMPLETED: line.completed,
        Column.RATE: bar.value_text,
        Column.AGAINST: line.word,
        Column.NOTE: line.note,
    }[column]

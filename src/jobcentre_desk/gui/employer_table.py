"""The table of employers: columns that fit, keys, selection, and signals for what the person wants done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QStyleFactory, QTableView, QWidget

from jobcentre_desk import text
from jobcentre_desk.gui.employer_columns import WORDED, Column, heading, plan_columns
from jobcentre_desk.gui.employer_look import Look, look_of
from jobcentre_desk.gui.employer_source import EmployerSource, Titles
from jobcentre_desk.gui.employer_table_model import EmployerTableModel
from jobcentre_desk.gui.interval_delegate import EmployerDelegate
from jobcentre_desk.gui.table_header import TableHeader
from jobcentre_desk.gui.theme import scaled
from jobcentre_desk.model.outcomes import EmployerRow, Order
from jobcentre_desk.text import translate as _

PLACES_AFTER = 120
"""Milliseconds of rest before places are asked for the rows in view."""

_ORDER_OF_COLUMN = {
    Column.PLACE: Order.FAIR,
    Column.NAME: Order.NAME,
    Column.COMPLETED: Order.COMPLETED,
    Column.RATE: Order.RAW,
    Column.INTERVAL: Order.RAW,
}


class EmployerTable(QTableView):
    """Shows an `EmployerTableModel`; the page connects its signals."""

    employer_changed = Signal(object)
    page_wanted = Signal(str)
    pane_wanted = Signal()
    star_wanted = Signal(str)
    copy_wanted = Signal()
    order_wanted = Signal(object)
    places_wanted = Signal(int, int)
    columns_resized = Signal(object)
    trend_planned = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = EmployerTableModel(self)
        self._look: Look = look_of(self)
        self._chosen: dict[Column, int] = {}
        self._hovered = -1
        self._by_keys = False
        self._planning = False
        self._set_up()
        self._rest = QTimer(self, singleShot=True, interval=PLACES_AFTER)
        self._rest.timeout.connect(self._ask_for_places)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._rest.start())

    def _set_up(self) -> None:
        self._plain = QStyleFactory.create("Fusion")
        self.setStyle(self._plain)  # Qt asks the style for every cell: ours, in Python, took a tenth of the painting
        self._header = TableHeader(self._look, self)
        self.setHorizontalHeader(self._header)
        self.setModel(self.rows)
        self._delegate = EmployerDelegate(self, self.rows, self._look)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)  # once: with 300,000 rows each change of it took 10 s
        self.setAccessibleName(_("Employers"))
        self._header.sectionResized.connect(self._on_section_resized)
        self._header.sectionClicked.connect(self._on_header_clicked)
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)
        self.doubleClicked.connect(lambda _index: self._want_page())
        self._apply_heights()

    def show_employers(self, source: EmployerSource, titles: Titles, first: list[EmployerRow]) -> None:
        """Show another list from its top."""
        self.clearSpans()
        self.rows.reset(source, titles, first)
        line = self.rows.line_row()
        if line is not None:
            self.setSpan(line, 0, 1, len(Column))
        self.plan()
        self.scrollToTop()
        self._rest.start()

    def restore_widths(self, widths: dict[Column, int]) -> None:
        """Use the widths the person set by hand another time."""
        self._chosen = dict(widths)
        self.plan()

    def current_employer(self) -> EmployerRow | None:
        """The employer the cursor is on."""
        index = self.currentIndex()
        return self.rows.employer(index.row()) if index.isValid() else None

    def selected_positions(self) -> list[int]:
        """The positions in the list of the selected employers, in order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [position for row in rows if (position := self.rows.place_in_list(row)) is not None]

    def select_row(self, row: int) -> None:
        """Put the cursor on a row that holds an employer."""
        if 0 <= row < self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(row, Column.NAME))

    def plan(self) -> None:
        """Choose the columns for the width there is."""
        room = self.viewport().width()
        plan = plan_columns(room, factor=scaled(100) / 100, needed=self._needed_widths(), chosen=self._chosen)
        self._planning = True
        self.rows.use_two_lines(plan.two_lines)
        for column in Column:
            self.setColumnHidden(column, column not in plan.widths)
            if column in plan.widths:
                self.setColumnWidth(column, plan.widths[column])
        self._planning = False
        self.trend_planned.emit(Column.TREND in plan.widths)
        self._apply_heights()

    def _needed_widths(self) -> dict[Column, int]:
        """What the words of the headings in this language, and the widest place, take up."""
        look, widest = self._look, text.count(self.rows.source.rated)
        advance = look.strong_metrics.horizontalAdvance
        words = {column: max(map(advance, heading(column).split("\n"))) for column in WORDED}
        place = look.body_metrics.horizontalAdvance(f"{widest}{text.EN_DASH}{widest}")
        words[Column.PLACE] = max(words[Column.PLACE], place)
        return {column: width + 2 * look.padding for column, width in words.items()}

    def _apply_heights(self) -> None:
        height = self._look.row_height(two_lines=self.rows.two_lines)
        if self.verticalHeader().defaultSectionSize() != height:
            self.verticalHeader().setDefaultSectionSize(height)
        self.verticalScrollBar().setSingleStep(height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_keys = True
        employer = self.current_employer()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.key() == Qt.Key.Key_Space:
            self.pane_wanted.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._want_page()
        elif event.key() == Qt.Key.Key_L and not event.modifiers() and employer:
            self.star_wanted.emit(employer.cvr)
        else:
            super().keyPressEvent(event)
        self.viewport().update()

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys here; Qt's search would walk through every row of the list."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.plan()
        self._rest.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange} and hasattr(self, "_delegate"):
            self._look = self._header.look = self._delegate.look = look_of(self)
            self._apply_heights()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_keys = event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_keys = False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._hovered >= 0 and self._hovered != self.rows.line_row():
            painter = QPainter(self.viewport())
            painter.fillRect(self._row_rect(self._hovered), self._look.theme.hover)
            painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        self._draw_lines(painter)
        self._draw_current(painter)
        painter.end()

    def _draw_lines(self, painter: QPainter) -> None:
        row, height = self.rowAt(0), self.viewport().height()
        width = self.viewport().width()
        while 0 <= row < self.rows.rowCount():
            bottom = self.rowViewportPosition(row) + self.rowHeight(row) - 1
            painter.fillRect(0, bottom, width, 1, self._look.theme.line)
            if bottom > height:
                return
            row += 1

    def _draw_current(self, painter: QPainter) -> None:
        theme = self._look.theme
        for index in self.selectionModel().selectedRows() if self.selectionModel().hasSelection() else ():
            rect = self._row_rect(index.row())
            painter.fillRect(QRect(0, rect.top(), 3, rect.height() - 1), theme.accent)
        if self._by_keys and self.hasFocus() and self.currentIndex().isValid():
            painter.setPen(QPen(theme.focus, 2))
            painter.drawRect(self._row_rect(self.currentIndex().row()).adjusted(1, 1, -1, -2))

    def _row_rect(self, row: int) -> QRect:
        return QRect(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    def _want_page(self) -> None:
        employer = self.current_employer()
        if employer:
            self.page_wanted.emit(employer.cvr)

    def _ask_for_places(self) -> None:
        first = self.rowAt(0)
        if first < 0:
            return
        last = self.rowAt(self.viewport().height() - 1)
        wanted = self.rows.places_wanted(first, last if last >= 0 else self.rows.rowCount() - 1)
        if wanted:
            self.places_wanted.emit(*wanted)

    def _on_current_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.employer_changed.emit(self.rows.employer(current.row()) if current.isValid() else None)

    def _on_header_clicked(self, section: int) -> None:
        order = _ORDER_OF_COLUMN.get(Column(section))
        if order:
            self.order_wanted.emit(order)

    def _on_section_resized(self, section: int, _old: int, new: int) -> None:
        if self._planning or self.isColumnHidden(section) or section == Column.NAME:
            return
        self._chosen[Column(section)] = new
        QTimer.singleShot(0, self.plan)
        self.columns_resized.emit(dict(self._chosen))

"""Rows of the detail pane: label, rate, interval bar and the counts behind it, all on one scale."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from jobcentre_desk.desk.wording import state_word
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.employer_cells import interval_words
from jobcentre_desk.gui.interval_bar import IntervalBarView
from jobcentre_desk.gui.theme import TypeRole
from jobcentre_desk.model.charts import IntervalBar

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class PaneRows(QWidget):
    """A few bars under each other; with `counts` the x of n stands at the right."""

    def __init__(self, *, counts: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = counts
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(2, 1)

    def show_bars(self, bars: Sequence[IntervalBar]) -> None:
        """Show other bars."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row, bar in enumerate(bars):
            self._add(row, bar)

    def show_counts(self, *, shown: bool) -> None:
        """Whether there is room for the x of n."""
        self._counts = shown
        for row in range(self._grid.rowCount()):
            item = self._grid.itemAtPosition(row, 3)
            widget = item.widget() if item else None
            if widget is not None and item is not self._grid.itemAtPosition(row, 1):
                widget.setVisible(shown)

    def _add(self, row: int, bar: IntervalBar) -> None:
        label = plain_label(bar.label, TypeRole.STRONG if bar.own else TypeRole.BODY)
        self._grid.addWidget(label, row, 0)
        if bar.value is None:
            self._grid.addWidget(plain_label(bar.note or state_word(bar.state), quiet=True), row, 1, 1, 3)
            return
        self._grid.addWidget(plain_label(bar.value_text, TypeRole.STRONG), row, 1, _RIGHT)
        view = IntervalBarView()
        view.show_bar(bar, f"{bar.label}: {interval_words(bar)}")
        self._grid.addWidget(view, row, 2)
        note = plain_label(bar.note, TypeRole.CAPTION, quiet=True)
        note.setVisible(self._counts)
        self._grid.addWidget(note, row, 3, _RIGHT)

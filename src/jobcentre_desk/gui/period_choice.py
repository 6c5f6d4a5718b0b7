"""The period of a search: the last 4, 8 or 12 known quarters, or from one quarter to another."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jobcentre_desk.desk.wording import quarter_words
from jobcentre_desk.gui.buttons import LinkButton, SegmentedChoice
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.theme import TypeRole
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.text import EN_DASH
from jobcentre_desk.text import translate as _

LENGTHS = (4, 8, 12)
Ends = tuple[Quarter | None, Quarter | None]


class PeriodChoice(QWidget):
    """`changed` tells that the person chose another period; `ends` gives it as a scope takes it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quarters: tuple[Quarter, ...] = ()
        self._known_through: Quarter | None = None
        self._ends: Ends = (None, None)
        self._lengths = SegmentedChoice([(str(n), str(n)) for n in LENGTHS], "4", self)
        for n in LENGTHS:
            self._lengths.button(str(n)).setAccessibleName(_("The last {n} known quarters").format(n=n))
        self._line = plain_label("", TypeRole.CAPTION, quiet=True)
        self._change = LinkButton(_("Choose from – to"), self)
        self._change.use_role(TypeRole.CAPTION)
        self._first, self._last = QComboBox(self), QComboBox(self)
        self._own = QWidget(self)
        self._lay_out()
        self._lengths.chosen.connect(self._on_length_chosen)
        self._change.clicked.connect(lambda: self._own.setVisible(self._own.isHidden()))
        self._first.activated.connect(self._on_end_chosen)
        self._last.activated.connect(self._on_end_chosen)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        segments = QHBoxLayout()
        segments.addWidget(self._lengths)
        segments.setSpacing(8)
        segments.addWidget(plain_label(_("quarters"), TypeRole.CAPTION, quiet=True))
        segments.addStretch(1)
        link = QHBoxLayout()
        link.addWidget(self._change)
        link.addStretch(1)
        column.addLayout(segments)
        column.addWidget(self._line)
        column.addLayout(link)
        column.addWidget(self._own)
        ends = QVBoxLayout(self._own)
        ends.setContentsMargins(0, 0, 0, 0)
        ends.setSpacing(4)
        for box, name in ((self._first, _("From")), (self._last, _("To"))):
            box.setAccessibleName(name)
            ends.addLayout(_beside(plain_label(name, TypeRole.CAPTION, quiet=True), box))
        self._own.hide()

    def show_quarters(self, quarters: tuple[Quarter, ...], known_through: Quarter | None) -> None:
        """The quarters there are figures of, and the last whose outcomes are known."""
        self._quarters, self._known_through = quarters, known_through
        for box in (self._first, self._last):
            box.clear()
            for quarter in quarters:
                box.addItem(quarter_words(quarter), quarter.index)
        self._tell()

    def ends(self) -> Ends:
        """First and last quarter, None where the usual period is meant."""
        return self._ends

    def show_ends(self, first: Quarter | None, last: Quarter | None) -> None:
        """Show another period, without a signal."""
        self._ends = (first, last)
        self._tell()

    def ends_of_length(self, quarters: int) -> Ends:
        """The last so many known quarters; four of them are the usual period."""
        known = self._known_through
        if quarters == LENGTHS[0] or known is None:
            return (None, None)
        return (known.plus(1 - quarters), known)

    def _length(self) -> str:
        return next((str(n) for n in LENGTHS if self.ends_of_length(n) == self._ends), "")

    def _span(self) -> tuple[Quarter, Quarter] | None:
        known = self._known_through
        if known is None:
            return None
        first, last = self._ends
        earliest = known.plus(1 - LENGTHS[0]) if last is None else min(self._quarters, default=known)
        return (first or earliest, last or known)

    def _tell(self) -> None:
        length = self._length()
        self._lengths.choose(length)
        span = self._span()
        self._line.setText(f"{quarter_words(span[0])} {EN_DASH} {quarter_words(span[1])}" if span else "")
        if span:
            self._first.setCurrentIndex(self._first.findData(span[0].index))
            self._last.setCurrentIndex(self._last.findData(span[1].index))
        if not length:
            self._own.show()

    def _on_length_chosen(self, length: str) -> None:
        self._ends = self.ends_of_length(int(length))
        self._own.hide()
        self._tell()
        self.changed.emit()

    def _on_end_chosen(self, _index: int) -> None:
        first, last = Quarter(int(self._first.currentData())), Quarter(int(self._last.currentData()))
        if self.sender() is self._first:
            last = max(first, last)
        else:
            first = min(first, last)
        self._ends = (first, last)
        self._tell()
        self.changed.emit()


def _beside(label: QLabel, box: QComboBox) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    label.setMinimumWidth(32)
    row.addWidget(label)
    row.addWidget(box, 1)
    return row

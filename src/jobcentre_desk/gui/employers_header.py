"""The line over the employer table: how many fit, the order, and what can be done with the list."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from jobcentre_desk import text
from jobcentre_desk.gui.buttons import LinkButton, SegmentedChoice, icon_button, secondary_button
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.theme import TypeRole, font, scaled, theme_of
from jobcentre_desk.gui.why_popup import WhyPopup
from jobcentre_desk.model.outcomes import Order
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

WORDS_FROM = 960
"""Narrower than this the buttons are icons, and Name is chosen by a click on the heading Employer."""


class EmployersHeader(QFrame):
    """Tells what the person wants through its signals; the page does it."""

    order_chosen = Signal(object)
    copy_wanted = Signal()
    export_wanted = Signal()
    pane_wanted = Signal()
    filter_wanted = Signal()
    shortlist_wanted = Signal(bool)
    alerts_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(scaled(44))
        self._number = plain_label("", TypeRole.SECTION)
        self._rest = plain_label("")
        self._rest.setFont(_plain_section())
        self._orders = (
            SegmentedChoice(_order_words(), Order.FAIR.value, self),
            SegmentedChoice(_order_words()[:-1], Order.FAIR.value, self),
        )
        self._why = LinkButton(_("Why?"), self)
        self.filter_button = icon_button("filter", _("Show the filters"), self)
        self.shortlist_button = _toggle("star", _("Shortlist only"), self)
        self.alerts_button = icon_button("bell", _("What stands out on the shortlist"), self)
        self.pane_button = _toggle("pane", _("Details beside the list (Space)"), self)
        self._buttons = (
            _Pair(secondary_button(_("Copy"), self, icon_name="copy"), icon_button("copy", _("Copy the list"), self)),
            _Pair(
                secondary_button(_("Export"), self, icon_name="export"),
                icon_button("export", _("Export the list as CSV"), self),
            ),
        )
        self._lay_out()
        self._connect()

    def show_count(self, total: int, everyone: int) -> None:
        """Say how many of everyone fit, as in "23 of 18,412 employers"."""
        self._number.setText(text.count(total))
        rest = _n("of {n} employer", "of {n} employers", everyone).format(n=text.count(everyone))
        self._rest.setText(rest)

    def show_opening(self) -> None:
        """The figures are not open yet."""
        self._number.setText("")
        self._rest.setText(_("Opening the figures …"))

    def show_order(self, order: Order) -> None:
        """Show another order, without a signal."""
        for choice in self._orders:
            choice.choose(order.value)

    def show_usable(self, *, usable: bool) -> None:
        """Whether there is a list that can be ordered, copied and exported."""
        for choice in self._orders:
            choice.setEnabled(usable)
        for pair in self._buttons:
            pair.enable(usable=usable)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= scaled(WORDS_FROM)
        for pair in self._buttons:
            pair.show_words(words=wide)
        self._orders[0].setVisible(wide)
        self._orders[1].setVisible(not wide)

    def sizeHint(self) -> QSize:
        return QSize(600, scaled(44))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        theme, painter = theme_of(self), QPainter(self)
        painter.fillRect(self.rect(), theme.base)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.line)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self.filter_button)
        row.addWidget(self._number)
        row.addSpacing(-3)
        row.addWidget(self._rest)
        row.addStretch(1)
        for choice in self._orders:
            row.addWidget(choice)
        row.addWidget(self._why)
        row.addSpacing(4)
        row.addWidget(self.shortlist_button)
        row.addWidget(self.alerts_button)
        for pair in self._buttons:
            row.addWidget(pair.words)
            row.addWidget(pair.icon)
        row.addWidget(self.pane_button)
        self.filter_button.hide()

    def _connect(self) -> None:
        for choice in self._orders:
            choice.chosen.connect(lambda key: self.order_chosen.emit(Order(key)))
        self._why.clicked.connect(lambda: WhyPopup(self).show_under(self._why))
        self.filter_button.clicked.connect(self.filter_wanted)
        self.pane_button.clicked.connect(self.pane_wanted)
        self.shortlist_button.clicked.connect(self.shortlist_wanted)
        self.alerts_button.clicked.connect(lambda _checked=False: self.alerts_wanted.emit())
        for pair, signal in zip(self._buttons, (self.copy_wanted, self.export_wanted), strict=True):
            pair.words.clicked.connect(signal)
            pair.icon.clicked.connect(signal)


class _Pair:
    """The same button with words and as an icon alone; one of the two is shown."""

    def __init__(self, words: QPushButton, icon: QPushButton) -> None:
        self.words, self.icon = words, icon
        self.show_words(words=True)

    def show_words(self, *, words: bool) -> None:
        self.words.setVisible(words)
        self.icon.setVisible(not words)

    def enable(self, *, usable: bool) -> None:
        self.words.setEnabled(usable)
        self.icon.setEnabled(usable)


def _order_words() -> list[tuple[str, str]]:
    return [
        (Order.FAIR.value, _("Fair order")),
        (Order.RAW.value, _("Raw rate")),
        (Order.COMPLETED.value, _("Completed")),
        (Order.NAME.value, _("Name")),
    ]


def _toggle(icon_name: str, words: str, parent: QWidget) -> QPushButton:
    button = icon_button(icon_name, words, parent)
    button.setCheckable(True)
    return button


def _plain_section() -> QFont:
    made = font(TypeRole.SECTION)
    made.setWeight(QFont.Weight.Normal)
    return made

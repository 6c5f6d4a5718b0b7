"""The bar of choices over the Municipality page: which municipality, measure, benefit group, period and peers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from jobcentre_desk.gui.buttons import SegmentedChoice, secondary_button
from jobcentre_desk.gui.card_frame import GAP, plain_label
from jobcentre_desk.gui.control_drawing import elided
from jobcentre_desk.gui.municipality_choice import danish_order
from jobcentre_desk.gui.plain_tooltip import plain_tooltip
from jobcentre_desk.gui.theme import TypeRole, scaled
from jobcentre_desk.model.municipalities import MeasureView
from jobcentre_desk.text import translate as _

WIDE = 1500
"""From this width the benefit groups stand as one row of buttons, below it as a list."""
_MEASURE_WIDTH, _WIDE_MEASURE = 230, 300
NEW_GROUP = "new"
"""The entry of the list of peers that makes a group of one's own."""


class MunicipalityChoices(QWidget):
    """Signals carry codes; `peers_chosen` one of the kinds, `own:NAME`, or `NEW_GROUP`."""

    area_chosen = Signal(str)
    measure_wanted = Signal()
    group_chosen = Signal(str)
    period_chosen = Signal(str)
    peers_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.area = _combo(_("Municipality"))
        self.measure = secondary_button(_("Measure"), icon_name="measure")
        self.groups = SegmentedChoice([], "")
        self.group_list = _combo(_("Benefit group"))
        self.period = _combo(_("Period"))
        self.peers = _combo(_("Compare with"))
        self._groups: tuple[tuple[str, str], ...] = ()
        self._group, self._measure_words = "", ""
        self._words: list[QLabel] = []
        self._lay_out()
        self.area.activated.connect(lambda i: self.area_chosen.emit(self.area.itemData(i)))
        self.measure.clicked.connect(self.measure_wanted)
        self.group_list.activated.connect(lambda i: self.group_chosen.emit(self.group_list.itemData(i)))
        self.period.activated.connect(lambda i: self.period_chosen.emit(self.period.itemData(i)))
        self.peers.activated.connect(lambda i: self.peers_chosen.emit(self.peers.itemData(i)))

    def show_areas(self, areas: Sequence[tuple[str, str]], current: str) -> None:
        """All municipalities in the order of the Danish alphabet."""
        fill(self.area, sorted(areas, key=lambda pair: danish_order(pair[1])), current)

    def show_peers(self, kinds: Sequence[tuple[str, str]], current: str) -> None:
        """The kinds of peers with the groups of one's own."""
        fill(self.peers, kinds, current)

    def show_view(self, view: MeasureView) -> None:
        """The measure shown with the benefit groups and periods it has."""
        self._measure_words = view.name
        self._groups, self._group = view.groups, view.group
        fill(self.period, view.periods, view.period)
        fill(self.group_list, view.groups, view.group)
        self._renew_groups()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP, 8, GAP, 8)
        row.setSpacing(8)
        self._row = row
        row.addWidget(self.area)
        row.addWidget(self.measure)
        row.addWidget(self.groups)
        row.addWidget(self.group_list)
        row.addWidget(self.period)
        words = plain_label(_("Compare with"), TypeRole.CAPTION, quiet=True)
        self._words.append(words)
        row.addWidget(words)
        row.addWidget(self.peers)
        row.addStretch(1)

    def _renew_groups(self) -> None:
        """Buttons for the groups of this measure; they take the place of those of the former one."""
        fresh = SegmentedChoice(list(self._groups), self._group)
        fresh.setAccessibleName(_("Benefit group"))
        fresh.chosen.connect(self.group_chosen)
        self._row.replaceWidget(self.groups, fresh)
        self.groups.hide()
        self.groups.deleteLater()
        self.groups = fresh

    def _fit(self) -> None:
        wide, several = self.width() >= scaled(WIDE), len(self._groups) > 1
        self.groups.setVisible(several and wide and len(self._groups) <= 5)
        self.group_list.setVisible(several and not self.groups.isVisibleTo(self))
        for words in self._words:
            words.setVisible(self.width() >= scaled(1000))
        room = scaled(_WIDE_MEASURE if wide else _MEASURE_WIDTH)
        self.measure.setText(elided(self._measure_words, room - scaled(56), TypeRole.BODY).replace("&", "&&"))
        self.measure.setToolTip(plain_tooltip(_("Measure: {name}").format(name=self._measure_words)))
        self.measure.setAccessibleName(_("Measure: {name}").format(name=self._measure_words))


def fill(combo: QComboBox, entries: Sequence[tuple[str, str]], current: str) -> None:
    """Put codes with their words into a list and choose one, without a signal."""
    with QSignalBlocker(combo):
        combo.clear()
        for code, words in entries:
            combo.addItem(words, code)
        combo.setCurrentIndex(max(0, combo.findData(current)))


def _combo(name: str) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    combo.setToolTip(name)
    combo.setMaxVisibleItems(20)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return combo

"""How the cards of the Municipality page stand: side by side on a wide screen, in tabs on a narrow one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from jobcentre_desk.gui import municipality_cards as cards
from jobcentre_desk.gui.buttons import SegmentedChoice
from jobcentre_desk.gui.card_frame import GAP
from jobcentre_desk.gui.context import PageContext
from jobcentre_desk.gui.municipality_cards import Doings, Shown
from jobcentre_desk.gui.theme import scaled
from jobcentre_desk.text import translate as _

MAP_WIDTH = 657
TABS = ("map", "all", "peers", "goals")


class MunicipalityBody(QWidget):
    """The whole page under the bar of choices; `tab_chosen` tells which tab of a narrow page is shown."""

    tab_chosen = Signal(str)

    def __init__(
        self, shown: Shown, context: PageContext, doings: Doings, *, wide: bool, tab: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shown, self._context, self._doings = shown, context, doings
        self.areas: list[QScrollArea] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if wide:
            column.addWidget(self._scrolled([cards.sentence_card(shown)], self._wide_columns(), self._definition()))
        else:
            column.addLayout(self._top())
            column.addWidget(self._tabs(tab), 1)

    def _wide_columns(self) -> QWidget:
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        shown, doings = self._shown, self._doings
        left = _column([cards.map_card(shown, doings), self._goals(), cards.cards_card(shown)])
        left.setFixedWidth(scaled(MAP_WIDTH))
        row.addWidget(left, 0)
        beside = _beside([cards.history_card(shown), cards.peers_card(shown)])
        rest = [cards.strips_card(shown), beside, self._distance(), _beside(self._learning()), _beside(self._parts())]
        row.addWidget(_column([widget for widget in rest if widget is not None]), 1)
        return held

    def _top(self) -> QVBoxLayout:
        """Sentence and gap, which stay while the tabs change."""
        top = QVBoxLayout()
        top.setContentsMargins(GAP, 4, GAP, 0)
        top.addWidget(cards.sentence_card(self._shown))
        return top

    def _tabs(self, tab: str) -> QWidget:
        held, stack = QWidget(), QStackedWidget()
        peers = len(self._shown.content.comparison.peers)
        names = (_("Map"), _("All municipalities"), _("The {n} peers").format(n=peers), _("Goals and cards"))
        for tab_content in self._tab_contents():
            stack.addWidget(self._scrolled([], tab_content, None))
        choice = SegmentedChoice(list(zip(TABS, names, strict=True)), tab)
        choice.setAccessibleName(_("Parts of the page"))
        stack.setCurrentIndex(TABS.index(tab))
        choice.chosen.connect(lambda name: stack.setCurrentIndex(TABS.index(name)))
        choice.chosen.connect(self.tab_chosen)
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(GAP, 0, GAP, 0)
        row.addWidget(choice)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(stack, 1)
        return held

    def _tab_contents(self) -> list[QWidget]:
        shown, doings = self._shown, self._doings
        tiles = _beside([cards.map_card(shown, doings), _column([cards.facts_card(shown), self._definition()])])
        peers = [cards.peers_card(shown), self._distance(), cards.teachers_card(shown, doings)]
        return [
            tiles,
            _column([cards.strips_card(shown), cards.history_card(shown)]),
            _column([widget for widget in peers if widget is not None]),
            _column([self._goals(), _beside(self._parts()), cards.cards_card(shown)]),
        ]

    def _learning(self) -> list[QWidget]:
        return [cards.facts_card(self._shown), cards.teachers_card(self._shown, self._doings)]

    def _parts(self) -> list[QWidget]:
        return list(cards.parts_cards(self._shown))

    def _goals(self) -> QWidget:
        return cards.goals_card(self._shown, self._context, self._doings, self._shown.content.goals)

    def _distance(self) -> QWidget | None:
        return cards.distance_card(self._shown, self._context, self._doings)

    def _definition(self) -> QWidget:
        return cards.definition_card(self._shown, self._context)

    def _scrolled(self, first: Sequence[QWidget], middle: QWidget, last: QWidget | None) -> QScrollArea:
        ground = _column([*first, middle, *([last] if last is not None else [])])
        layout = ground.layout()
        assert layout is not None
        layout.setContentsMargins(GAP, GAP, GAP, GAP)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(ground)
        self.areas.append(area)
        return area


def _column(widgets: Sequence[QWidget]) -> QWidget:
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GAP)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return held


def _beside(widgets: Sequence[QWidget]) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GAP)
    for widget in widgets:
        row.addWidget(_column([widget]), 1)
    return held

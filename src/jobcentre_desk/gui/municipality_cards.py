"""The cards of the Municipality page, each made of the page as data; what is copied from them passed the guard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from jobcentre_desk.gui.buttons import LinkButton, SegmentedChoice
from jobcentre_desk.gui.card_frame import GAP, CardFrame, plain_label
from jobcentre_desk.gui.card_list import CardList
from jobcentre_desk.gui.chart_card import ChartCard
from jobcentre_desk.gui.context import PageContext
from jobcentre_desk.gui.former_link import former_link
from jobcentre_desk.gui.goals_card import GoalsCard
from jobcentre_desk.gui.parts_card import PartsCard
from jobcentre_desk.gui.peer_distance_card import PeerDistanceCard
from jobcentre_desk.gui.sentence_label import SentenceLabel
from jobcentre_desk.gui.table_of_view import TableOfView
from jobcentre_desk.gui.teachers_card import TeachersCard
from jobcentre_desk.gui.theme import TypeRole, scaled
from jobcentre_desk.gui.tile_map_view import TileMapView
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.municipalities import Goal, GoalProgress, MeasureView, PeerVariable
from jobcentre_desk.model.pages import MunicipalityPage as MunicipalityContent
from jobcentre_desk.text import count
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

HISTORY_HEIGHT, GAP_WIDTH = 300, 290


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The page as it is shown and as it may leave the screen, and what a new goal would be set from."""

    content: MunicipalityContent
    shared: MunicipalityContent
    proposed: Goal | None
    levels: tuple[tuple[str, str, str], ...]
    provenance: tuple[str, ...] = ()

    @property
    def view(self) -> MeasureView:
        """The chosen measure."""
        assert self.content.chosen is not None
        return self.content.chosen

    @property
    def shared_view(self) -> MeasureView:
        """The chosen measure as it may leave the screen."""
        assert self.shared.chosen is not None
        return self.shared.chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Doings:
    """What the cards of the page ask it to do."""

    open_municipality: Callable[[str], None]
    keep_variables: Callable[[tuple[PeerVariable, ...]], None]
    goals_changed: Callable[[], None]
    save_table: Callable[[MeasureView, str], None]


def sentence_card(shown: Shown) -> CardFrame:
    """The one sentence with the gap as a big figure beside it."""
    view, card = shown.view, CardFrame()
    row = QHBoxLayout()
    row.setSpacing(24)
    sentence = SentenceLabel(TypeRole.SENTENCE)
    sentence.show_sentence(view.sentence, view.sentence_strong)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(sentence)
    lines = [view.target.sentence] if view.target is not None else []
    for line in (*lines, *shown.content.source_lines):
        words.addWidget(plain_label(line, TypeRole.CAPTION, wrap=True, quiet=True))
    words.addStretch(1)
    row.addLayout(words, 1)
    if view.gap_text:
        gap = QVBoxLayout()
        gap.setSpacing(0)
        gap.addWidget(plain_label(_("To the middle of the peers"), TypeRole.CAPTION, quiet=True))
        gap.addWidget(plain_label(view.gap_text, TypeRole.BIG_FIGURE))
        under = plain_label(view.gap_line, TypeRole.CAPTION, wrap=True, quiet=True)
        under.setFixedWidth(scaled(GAP_WIDTH))
        gap.addWidget(under)
        gap.addStretch(1)
        row.addLayout(gap)
    card.body.addLayout(row)
    return card


def map_card(shown: Shown, doings: Doings) -> ChartCard:
    """The map of all municipalities; a click on a tile opens that one."""
    card = ChartCard(shown.view.tiles, shared=shown.shared_view.tiles.table)
    for view in card.findChildren(TileMapView):
        view.municipality_chosen.connect(doings.open_municipality)
    save = LinkButton(_("Save as CSV …"), icon_name="export")
    save.use_role(TypeRole.CAPTION)
    save.clicked.connect(partial(_save, doings, shown.shared_view))
    card.header.insertWidget(card.header.count() - 1, save)
    return card


def strips_card(shown: Shown) -> QWidget:
    """All municipalities on one scale, or the funds where the measure is published for them."""
    view = shown.view
    strips = ChartCard(view.strips, shared=shown.shared_view.strips.table)
    if view.funds is None or shown.shared_view.funds is None:
        return strips
    held, stack = QWidget(), QStackedWidget()
    funds = ChartCard(view.funds.strip, shared=shown.shared_view.funds.table)
    for card in (strips, funds):
        stack.addWidget(card)
    row = view.strips.rows[0]
    first = "municipality" if row.own is not None or row.others or row.peers else "fund"
    stack.setCurrentIndex(int(first == "fund"))
    choice = SegmentedChoice([("municipality", _("Municipalities")), ("fund", _("Funds"))], first)
    choice.setAccessibleName(_("Units"))
    choice.chosen.connect(lambda unit: stack.setCurrentIndex(int(unit == "fund")))
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 0, 0)
    head = QHBoxLayout()
    head.addWidget(choice)
    head.addWidget(plain_label(view.funds.sentence, TypeRole.CAPTION, quiet=True))
    head.addStretch(1)
    column.addLayout(head)
    column.addWidget(stack)
    return held


def history_card(shown: Shown) -> ChartCard:
    """The measure over its periods."""
    card = ChartCard(shown.view.history, shared=shown.shared_view.history.table)
    card.setFixedHeight(scaled(HISTORY_HEIGHT))
    return card


def facts_card(shown: Shown) -> CardFrame:
    """Own figure, peers, country, leading, uncertainty, place and what peers reach."""
    card = CardFrame(shown.view.name)
    card.body.addWidget(_whole_table(shown.view.facts, shown.shared_view.facts))
    return card


def peers_card(shown: Shown) -> CardFrame:
    """The peers with what they reach."""
    peers = len(shown.content.comparison.peers)
    card = CardFrame(_n("The {n} nearest", "The {n} nearest", peers).format(n=count(peers)))
    if shown.content.comparison.peers_by == "own":
        card = CardFrame(_("The group of your own"))
    card.body.addWidget(_whole_table(shown.content.peers_table, shown.shared.peers_table))
    return card


def distance_card(shown: Shown, context: PageContext, doings: Doings) -> PeerDistanceCard | None:
    """The distance taken apart, where peers were found by it."""
    if shown.content.distance is None:
        return None
    card = PeerDistanceCard(shown.content.distance, add_source=partial(context.open_page, "figures"))
    card.variables_chosen.connect(doings.keep_variables)
    return card


def teachers_card(shown: Shown, doings: Doings) -> TeachersCard:
    """Who to learn from."""
    card = TeachersCard(shown.content.teachers)
    card.municipality_chosen.connect(doings.open_municipality)
    return card


def parts_cards(shown: Shown) -> list[PartsCard]:
    """Where half of the gap in outcomes lies; none where no outcomes are loaded."""
    pairs = (
        (shown.content.branch_parts, shown.shared.branch_parts),
        (shown.content.employer_parts, shown.shared.employer_parts),
    )
    return [PartsCard(parts, shared=shared.table if shared else None) for parts, shared in pairs if parts is not None]


def goals_card(shown: Shown, context: PageContext, doings: Doings, goals: tuple[GoalProgress, ...]) -> GoalsCard:
    """The goals and how far they are."""
    return GoalsCard(context, goals, proposed=shown.proposed, levels=shown.levels, on_changed=doings.goals_changed)


def cards_card(shown: Shown) -> CardFrame:
    """The improvement cards, those the figures suggest first."""
    card = CardFrame(_("Improvement cards"))
    about = _("All four parts must be worked on. The cards the figures suggest stand first, with the reason.")
    card.body.addWidget(plain_label(about, TypeRole.CAPTION, wrap=True, quiet=True))
    card.body.addWidget(CardList(shown.content.cards))
    return card


def definition_card(shown: Shown, context: PageContext) -> CardFrame:
    """What the figure means and where it comes from."""
    card = CardFrame()
    row = QHBoxLayout()
    row.setSpacing(GAP)
    row.addWidget(plain_label(_("About the figure"), TypeRole.STRONG), 0, Qt.AlignmentFlag.AlignTop)
    lines = QVBoxLayout()
    for words in (shown.view.definition, shown.view.source_line, *shown.provenance, shown.content.origin.line):
        if words:
            lines.addWidget(plain_label(words, TypeRole.CAPTION, wrap=True, quiet=True))
    row.addLayout(lines, 1)
    link = LinkButton(_("Definition and reservations"))
    link.clicked.connect(partial(context.show_help, "municipality"))
    links = QVBoxLayout()
    links.addWidget(link)
    links.addWidget(former_link(context, shown.view.id))
    links.addStretch(1)
    row.addLayout(links)
    card.body.addLayout(row)
    return card


def _whole_table(table: TableOf, shared: TableOf) -> TableOfView:
    view = TableOfView(table, as_shared=shared)
    view.setFixedHeight(view.full_height())
    return view


def _save(doings: Doings, view: MeasureView, _checked: object = None) -> None:
    doings.save_table(view, _("municipalities"))

"""The Municipality page: expected against actual, the nearest peers, and the cards the measured gap suggests."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from jobcentre_desk.gui.buttons import LinkButton, SegmentedChoice, primary_button
from jobcentre_desk.gui.card_frame import GAP, CardFrame, plain_label
from jobcentre_desk.gui.card_list import CardList
from jobcentre_desk.gui.chart_card import ChartCard
from jobcentre_desk.gui.context import PageContext
from jobcentre_desk.gui.page import Page
from jobcentre_desk.gui.sentence_label import SentenceLabel
from jobcentre_desk.gui.table_of_view import TableOfView
from jobcentre_desk.gui.theme import TypeRole, scaled
from jobcentre_desk.model.areas import AreaKind
from jobcentre_desk.model.pages import MunicipalityPage as MunicipalityContent
from jobcentre_desk.task import Task
from jobcentre_desk.text import both
from jobcentre_desk.text import translate as _

FIRST_MUNICIPALITY = "101"
_HISTORY_HEIGHT = 300


class MunicipalityPage(Page):
    """Shows one municipality beside its peers."""

    page_name: ClassVar[str] = "municipality"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._code = context.settings().home_municipality or FIRST_MUNICIPALITY
        self._group, self._peers, self._period = "all", "expected", ""
        self._content: MunicipalityContent | None = None
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._choice_bar())
        layout.addWidget(self._scroll, 1)
        self.figures_changed()

    def title(self) -> str:
        return _("Municipality")

    def top_bar_widgets(self) -> list[QWidget]:
        if self._content is None:
            return []
        save = primary_button(_("Cards as PDF"), icon_name="document")
        save.clicked.connect(self.save_cards)
        return [save]

    def figures_changed(self) -> None:
        self._fill_choices()
        self._load()

    def state(self) -> object:
        return self._code, self._group, self._peers, self._period

    def restore(self, state: object) -> None:
        if isinstance(state, tuple) and len(state) == 4:
            self._code, self._group, self._peers, self._period = state
            self._group_choice.choose(self._group)
            self._peers_choice.setCurrentIndex(self._peers_choice.findData(self._peers))
            self.figures_changed()

    def show_municipality(self, code: str) -> None:
        """Show another municipality."""
        self._code = code
        self.figures_changed()

    def save_cards(self) -> None:
        """Ask where to, and write the cards as PDF."""
        if self._content is not None:
            self._context.choose_save_file(self, _("cards") + f"-{self._code}.pdf", self._write_cards)

    def _choice_bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(GAP, 8, GAP, 8)
        row.setSpacing(8)
        self._area_choice = _combo(_("Municipality"), self._on_area_chosen)
        self._group_choice = SegmentedChoice(_groups(), self._group)
        self._group_choice.chosen.connect(self._on_group_chosen)
        self._period_choice = _combo(_("Period"), self._on_period_chosen)
        self._peers_choice = _combo(_("Compare with"), self._on_peers_chosen)
        for kind, words in _peer_kinds():
            self._peers_choice.addItem(words, kind)
        for widget in (self._area_choice, self._group_choice, self._period_choice):
            row.addWidget(widget)
        row.addSpacing(8)
        row.addWidget(plain_label(_("Compare with"), TypeRole.CAPTION, quiet=True))
        row.addWidget(self._peers_choice)
        row.addStretch(1)
        return bar

    def _fill_choices(self) -> None:
        figures = self._context.figures()
        if figures is None:
            return
        from jobcentre_desk.desk.municipality_figures import periods_of

        areas = [a for a in figures.codes.areas.values() if a.kind is AreaKind.MUNICIPALITY]
        self._area_choice.clear()
        for area in sorted(areas, key=lambda a: both(a.name_da, a.name_en).casefold()):
            self._area_choice.addItem(both(area.name_da, area.name_en), area.code)
        self._area_choice.setCurrentIndex(self._area_choice.findData(self._code))
        self._period_choice.clear()
        for code, words in periods_of(figures):
            self._period_choice.addItem(words, code)
        self._period_choice.setCurrentIndex(max(0, self._period_choice.findData(self._period)))

    def _on_area_chosen(self, index: int) -> None:
        self._code = self._area_choice.itemData(index)
        self._load()

    def _on_group_chosen(self, group: str) -> None:
        self._group = group
        self._load()

    def _on_period_chosen(self, index: int) -> None:
        self._period = self._period_choice.itemData(index)
        self._load()

    def _on_peers_chosen(self, index: int) -> None:
        self._peers = self._peers_choice.itemData(index)
        self._load()

    def _load(self) -> None:
        figures = self._context.figures()
        if figures is None:
            return
        code, group, peers, period = self._code, self._group, self._peers, self._period or None

        def work(_task: Task) -> MunicipalityContent:
            from jobcentre_desk.desk.municipality_page import municipality_page

            return municipality_page(figures, code, peers=peers, period=period, group=group)

        self._context.jobs.start(work, self, self._on_content_ready, replaces="municipality")

    def _on_content_ready(self, content: MunicipalityContent) -> None:
        self._content = content
        self._scroll.setWidget(self._laid_out(content))
        self.header_changed.emit()

    def _laid_out(self, content: MunicipalityContent) -> QWidget:
        ground = QWidget()
        grid = QGridLayout(ground)
        grid.setContentsMargins(GAP, GAP, GAP, GAP)
        grid.setSpacing(GAP)
        grid.addWidget(_sentence_card(content), 0, 0, 1, 2)
        strips = ChartCard(content.strips)
        history = ChartCard(content.history)
        history.setFixedHeight(scaled(_HISTORY_HEIGHT))
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(GAP)
        left.addWidget(strips)
        left.addWidget(_peers_card(content))
        left.addStretch(1)
        right.addWidget(history)
        right.addWidget(self._cards_card(content))
        right.addStretch(1)
        grid.addLayout(left, 1, 0)
        grid.addLayout(right, 1, 1)
        grid.addWidget(_definition_card(content, self._context), 2, 0, 1, 2)
        grid.setRowStretch(1, 1)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        return ground

    def _cards_card(self, content: MunicipalityContent) -> CardFrame:
        card = CardFrame(_("Improvement cards"))
        about = _("All four parts must be worked on. The cards the figures suggest stand first, with the reason.")
        card.body.addWidget(plain_label(about, TypeRole.CAPTION, wrap=True, quiet=True))
        card.body.addWidget(CardList(content.cards))
        return card

    def _write_cards(self, path: Path) -> None:
        figures, code = self._context.figures(), self._code
        if figures is None:
            return

        def work(_task: Task) -> Path:
            from jobcentre_desk.desk.exports import save_cards

            save_cards(figures, code, path)
            return path

        self._context.jobs.start(work, self, self._on_cards_written)

    def _on_cards_written(self, path: Path) -> None:
        self._context.notices.inform(_("The cards are saved: {path}").format(path=path), cause="cards")


def _combo(name: str, on_chosen: Callable[[int], None]) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    combo.activated.connect(on_chosen)
    return combo


def _groups() -> list[tuple[str, str]]:
    return [
        ("all", _("All benefits")),
        ("unemployment_benefit", _("Unemployment benefit")),
        ("sickness_benefit", _("Sickness benefit")),
        ("cash_benefit", _("Cash benefit")),
    ]


def _peer_kinds() -> list[tuple[str, str]]:
    return [
        ("expected", _("same expected share")),
        ("distance", _("similar in all groups")),
        ("statbank_group", _("municipality group")),
    ]


def _sentence_card(content: MunicipalityContent) -> CardFrame:
    card = CardFrame()
    row = QHBoxLayout()
    row.setSpacing(24)
    sentence = SentenceLabel(TypeRole.SENTENCE)
    sentence.show_sentence(content.sentence, content.sentence_strong)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(sentence)
    for line in content.source_lines:
        words.addWidget(plain_label(line, TypeRole.CAPTION, wrap=True, quiet=True))
    words.addStretch(1)
    row.addLayout(words, 1)
    if content.gap_text:
        gap = QVBoxLayout()
        gap.setSpacing(0)
        gap.addWidget(plain_label(_("To the middle of the peers"), TypeRole.CAPTION, quiet=True))
        gap.addWidget(plain_label(content.gap_text, TypeRole.BIG_FIGURE))
        gap.addWidget(plain_label(content.gap_line, TypeRole.CAPTION, quiet=True))
        row.addLayout(gap)
    card.body.addLayout(row)
    return card


def _peers_card(content: MunicipalityContent) -> CardFrame:
    card = CardFrame(_("The five nearest"))
    table = TableOfView(content.peers_table)
    table.setFixedHeight(table.full_height())
    card.body.addWidget(table)
    return card


def _definition_card(content: MunicipalityContent, context: PageContext) -> CardFrame:
    card = CardFrame()
    row = QHBoxLayout()
    row.setSpacing(GAP)
    row.addWidget(plain_label(_("About the figure"), TypeRole.STRONG), 0, Qt.AlignmentFlag.AlignTop)
    lines = QVBoxLayout()
    lines.addWidget(plain_label(content.definition, TypeRole.CAPTION, wrap=True, quiet=True))
    lines.addWidget(plain_label(content.origin.line, TypeRole.CAPTION, wrap=True, quiet=True))
    row.addLayout(lines, 1)
    link = LinkButton(_("Definition and reservations"))
    link.clicked.connect(partial(context.show_help, "municipality"))
    row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
    card.body.addLayout(row)
    return card

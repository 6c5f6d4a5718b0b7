"""The Branches and occupations page: the funnel of a branch, the heat map of branch by occupation, and lists."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from jobcentre_desk import text
from jobcentre_desk.errors import DeskError
from jobcentre_desk.gui.branch_actions import BranchActions
from jobcentre_desk.gui.branches_header import BranchesHeader
from jobcentre_desk.gui.branches_layout import BRANCHES, MAP, OCCUPATIONS, BranchesLayout
from jobcentre_desk.gui.buttons import LinkButton
from jobcentre_desk.gui.card_frame import GAP, CardFrame, plain_label
from jobcentre_desk.gui.context import PageContext
from jobcentre_desk.gui.elided_label import ElidedLabel
from jobcentre_desk.gui.page import Page
from jobcentre_desk.gui.theme import TypeRole, scaled
from jobcentre_desk.gui.wrapped_label import wrapped_label
from jobcentre_desk.model.branch_pages import BranchPage, JobKind, StandingList
from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

if TYPE_CHECKING:
    from jobcentre_desk.desk.figures import Figures
    from jobcentre_desk.gui.funnel_card import FunnelCard
    from jobcentre_desk.gui.heat_map_card import HeatMapCard
    from jobcentre_desk.gui.standing_table import StandingTable

WANTED = "branch"
"""Where the search over everything leaves the code of a branch for this page to open."""
_FUNNEL_HEIGHT, _MOST_ROWS = 500, 8


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the person chose here: kept when the page is built anew."""

    scope: Scope
    kind: JobKind
    tab: str
    side: str


class BranchesPage(Page):
    """Shows one branch; every question is a job, and the former page stands until the next is there."""

    page_name: ClassVar[str] = "branches"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._content: BranchPage | None = None
        self._side = "results"
        self.header, self.layout_ = BranchesHeader(), BranchesLayout()
        self.actions_ = BranchActions(context, self)
        self._nothing = plain_label("", TypeRole.TITLE)
        self._stack, self._footer = QStackedWidget(), _Footer(context)
        self._lay_out()
        self.header.changed.connect(self._load)
        self.header.export_wanted.connect(self._on_export_wanted)
        self.actions_.shortlist_changed.connect(self._load)
        self.figures_changed()

    # What the window asks of a page

    def title(self) -> str:
        return _("Branches and occupations")

    def figures_changed(self) -> None:
        figures = self._context.figures()
        if figures is None:
            return
        if figures.outcome_source is None:
            self._say_nothing(_("No source with outcomes of traineeships has been fetched yet."))
            return
        self.header.show_figures(figures, self._context.settings().home_municipality)
        self._take_wanted(figures)
        self._load()

    def state(self) -> object:
        return Chosen(self.header.scope(), self.header.job_kind(), self.layout_.tab(), self._side)

    def restore(self, state: object) -> None:
        if isinstance(state, Chosen):
            self._side = state.side
            self.layout_.show_tab(state.tab)
            self.show_question(state.scope, state.kind)

    def focus_filter(self) -> None:
        self.header.branch.open_tree()

    def first_control(self) -> QWidget:
        return self.header.branch

    def panes(self) -> list[QWidget]:
        panes: list[QWidget] = [self.header.branch, self.layout_.tabs]
        return [*panes, *(card for card in (self._funnel_view(), self._map_card()) if card is not None)]

    def showEvent(self, event: QShowEvent) -> None:
        """Open the branch that was searched for elsewhere."""
        super().showEvent(event)
        figures = self._context.figures()
        if figures is not None and self._take_wanted(figures):
            self._load()

    def show_question(self, scope: Scope, kind: JobKind) -> None:
        """Show another scope and kind of job."""
        self.header.show_question(scope, kind)
        self._load()

    def show_branch(self, code: str) -> None:
        """Show another branch ("" = all of them) under the same choices."""
        self.header.branch.show_branch(code)
        self._load()

    # Asking and showing

    def _take_wanted(self, figures: Figures) -> bool:
        wanted = self._context.state.pop(WANTED, "")
        if wanted not in figures.codes.branches:
            return False
        self.header.branch.show_branch(wanted)
        return True

    def _load(self) -> None:
        figures, scope, kind = self._context.figures(), self.header.scope(), self.header.job_kind()
        if figures is None or figures.outcome_source is None:
            return
        listed = tuple(self._context.workspace.shortlist())

        def work(_task: Task) -> BranchPage:
            from jobcentre_desk.desk.branch_page import branch_page

            return branch_page(figures, scope, kind=kind, shortlist=listed)

        self._context.jobs.start(work, self, self._on_ready, on_failed=self._on_failed, replaces="branches")

    def _on_failed(self, fault: DeskError) -> None:
        self._content = None
        self._say_nothing(str(fault))

    def _on_ready(self, content: BranchPage) -> None:
        self._content = content
        self.layout_.show_parts(self._left(content), self._right(content))
        self._footer.show_lines(content)
        self._stack.setCurrentIndex(1)
        self.header.export.setEnabled(True)
        self._context.show_result(_result_words(content))

    def _say_nothing(self, words: str) -> None:
        self._nothing.setText(words)
        self._stack.setCurrentIndex(0)
        self.header.export.setEnabled(False)

    # Building

    def _lay_out(self) -> None:
        empty = QWidget()
        middle = QVBoxLayout(empty)
        middle.addStretch(2)
        middle.addWidget(self._nothing, 0, Qt.AlignmentFlag.AlignHCenter)
        link = LinkButton(_("Go to Figures"))
        link.clicked.connect(lambda _checked=False: self._context.open_page("figures"))
        middle.addWidget(link, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(3)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.layout_, 1)
        column.addWidget(self._footer)
        self._stack.addWidget(empty)
        self._stack.addWidget(shown)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.header)
        page.addWidget(self._stack, 1)
        self.header.export.setEnabled(False)

    def _left(self, content: BranchPage) -> QWidget:
        from jobcentre_desk.gui.funnel_card import FunnelCard

        figures = self._context.figures()
        assert figures is not None, "the content came of figures"
        name_of = figures.employers.name
        has_branch = bool(content.scope.branches)
        self._funnel = FunnelCard(content.funnel, name_of, spread=content.spread, has_branch=has_branch)
        self._funnel.setMinimumHeight(scaled(_FUNNEL_HEIGHT))
        self._funnel.opened.connect(lambda unit: self._open_employer(figures.employers.cvr_text(unit)))
        self._funnel.listed.connect(
            lambda units: self.actions_.put_on_shortlist([figures.employers.cvr_text(unit) for unit in units])
        )
        self._funnel.list_wanted.connect(self._on_list_wanted)
        self._funnel.copy_wanted.connect(partial(self._copy, "funnel"))
        ground = QWidget()
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._funnel, 1)
        if content.furthest.lines:
            column.addWidget(self._furthest_card(content.furthest))
        return ground

    def _furthest_card(self, furthest: StandingList) -> CardFrame:
        card = CardFrame(furthest.title)
        table = self._standing_table(furthest)
        table.opened.connect(self._open_employer)
        table.listed.connect(self.actions_.put_on_shortlist)
        table.copy_wanted.connect(partial(self._copy, "funnel"))
        table.setFixedHeight(min(table.full_height(), scaled(34 + 32 * _MOST_ROWS)))
        card.body.addWidget(table)
        return card

    def _right(self, content: BranchPage) -> dict[str, QWidget]:
        from jobcentre_desk.gui.heat_map_card import HeatMapCard

        self._map = HeatMapCard(content.results, content.intake, notes=content.notes, side=self._side)
        self._map.cell_opened.connect(self._on_cell_opened)
        self._map.side_chosen.connect(self._on_side_chosen)
        self._map.copy_wanted.connect(self._copy)
        return {
            MAP: self._map,
            BRANCHES: self._list_card(BRANCHES, content.branches),
            OCCUPATIONS: self._list_card(OCCUPATIONS, content.occupations),
        }

    def _list_card(self, name: str, shown: StandingList) -> CardFrame:
        card = CardFrame(shown.title)
        card.body.addWidget(wrapped_label(shown.sentence))
        table = self._standing_table(shown)
        table.copy_wanted.connect(partial(self._copy, name))
        if name == BRANCHES:
            table.opened.connect(self.show_branch)
        card.body.addWidget(table, 1)
        return card

    def _standing_table(self, shown: StandingList) -> StandingTable:
        from jobcentre_desk.gui.standing_table import StandingTable

        return StandingTable(shown)

    def _funnel_view(self) -> FunnelCard | None:
        return self._funnel if self._content is not None and self._funnel.isVisible() else None

    def _map_card(self) -> HeatMapCard | None:
        return self._map if self._content is not None and self._map.isVisible() else None

    # What the person does

    def _open_employer(self, cvr: str) -> None:
        scope = self.header.scope()
        narrowed = Scope(first=scope.first, last=scope.last)
        self._context.open_employer(cvr, narrowed if scope.first or scope.last else None)

    def _on_cell_opened(self, branch: str, _occupation: str) -> None:
        if branch and branch != self.header.branch.branch():
            self.show_branch(branch)

    def _on_side_chosen(self, side: str) -> None:
        self._side = side

    def _copy(self, which: str) -> None:
        if self._content is not None:
            self.actions_.copy(self._content.scope, self._content.kind, which)

    def _on_export_wanted(self, which: str) -> None:
        if self._content is not None:
            self.actions_.save(self._content.scope, self._content.kind, which)

    def _on_list_wanted(self) -> None:
        self._context.state["employers scope"] = self.header.scope()
        self._context.open_page("employers")


class _Footer(QFrame):
    """What is counted, that it tells no cause, and where it comes from."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._lines = (ElidedLabel("", TypeRole.CAPTION), ElidedLabel("", TypeRole.CAPTION))
        words = QVBoxLayout()
        words.setSpacing(0)
        for line in self._lines:
            words.addWidget(line)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP + 16, 0, GAP + 16, 8)
        row.setSpacing(GAP)
        row.addLayout(words, 1)
        link = LinkButton(_("The whole definition"))
        link.use_role(TypeRole.CAPTION)
        link.clicked.connect(partial(context.show_help, "branches"))
        row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)

    def show_lines(self, content: BranchPage) -> None:
        """Show the lines of another page."""
        told = (f"{content.definition} {content.caution}", f"{content.period_line} · {content.origin.line}")
        for line, words in zip(self._lines, told, strict=True):
            line.setText(words)
            line.setToolTip(words)
            line.update()


def _result_words(content: BranchPage) -> str:
    many = len(content.funnel.n)
    return _n("{n} employer", "{n} employers", many).format(n=text.count(many)) + f" · {content.title}"

"""The Branches and occupations page, brought to the states that are pictured."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from jobcentre_desk.gui.branches_layout import BRANCHES, MAP
from jobcentre_desk.gui.funnel_card import FunnelCard
from jobcentre_desk.gui.heat_map_card import HeatMapCard
from jobcentre_desk.gui.pages.branches_page import BranchesPage
from jobcentre_desk.gui.window_desk import WindowDesk
from jobcentre_desk.gui.window_picture import settle
from jobcentre_desk.model.branch_pages import JobKind
from jobcentre_desk.model.outcomes import Scope


def branches(desk: WindowDesk) -> QWidget:
    """The funnel of a section with two employers on the shortlist, one of them under the cursor."""
    page = _page(desk, Scope(branches=("G",)))
    card = page.findChildren(FunnelCard)[-1]
    for outlier in card.chart.named[:2]:
        if outlier.code not in desk.workspace.shortlist():
            desk.workspace.add_to_shortlist(outlier.code)
    page.show_branch("G")
    assert settle(desk)
    view = page.findChildren(FunnelCard)[-1].view
    view.point_at(int(view.points.n.argmax()))
    return desk.window


def branches_map(desk: WindowDesk) -> QWidget:
    """The heat map of all sections."""
    _page(desk, Scope()).layout_.show_tab(MAP)
    return desk.window


def branches_intake(desk: WindowDesk) -> QWidget:
    """Whom the sections take."""
    page = _page(desk, Scope())
    page.layout_.show_tab(MAP)
    page.findChildren(HeatMapCard)[-1].side.button("intake").click()
    return desk.window


def branches_list(desk: WindowDesk) -> QWidget:
    """The sections as a list, job with the same employer."""
    _page(desk, Scope(), JobKind.SAME_EMPLOYER).layout_.show_tab(BRANCHES)
    return desk.window


def branches_tables(desk: WindowDesk) -> QWidget:
    """Funnel and heat map as tables."""
    page = _page(desk, Scope(branches=("G",)))
    page.findChildren(FunnelCard)[-1].toggle()
    page.findChildren(HeatMapCard)[-1].toggle()
    return desk.window


def branches_nobody(desk: WindowDesk) -> QWidget:
    """A branch without employers in a municipality."""
    _page(desk, Scope(branches=("B",), municipalities=("825",)))
    return desk.window


def _page(desk: WindowDesk, scope: Scope, kind: JobKind = JobKind.ANY) -> BranchesPage:
    page = desk.window.open_page("branches")
    assert isinstance(page, BranchesPage)
    page.layout_.show_tab("funnel")
    page.show_question(scope, kind)
    assert settle(desk)
    return page

"""The states of the Municipality page that are pictured: measures, peers taken apart, goals, and its dialogs."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from jobcentre_desk.gui.goal_dialog import GoalDialog
from jobcentre_desk.gui.goals_card import GoalsCard
from jobcentre_desk.gui.measure_dialog import MeasureDialog
from jobcentre_desk.gui.municipality_choices import NEW_GROUP
from jobcentre_desk.gui.pages.municipality_page import MunicipalityPage
from jobcentre_desk.gui.peer_group_dialog import PeerGroupDialog
from jobcentre_desk.gui.window_desk import WindowDesk
from jobcentre_desk.gui.window_picture import settle

RATE = "traineeship.success_rate"


def randers(desk: WindowDesk, *, measure: str = "", peers: str = "expected", tab: str = "map") -> MunicipalityPage:
    """The page of Randers on a measure, against peers of a kind, on a tab where there are tabs."""
    page = desk.window.open_page("municipality")
    assert isinstance(page, MunicipalityPage)
    page._tab = tab
    page._ask(measure=measure, group="all", period="", peers=peers)
    page.show_municipality("730")
    assert settle(desk)
    return page


def measure(desk: WindowDesk) -> QWidget:
    """A share with its uncertainty on the map, and all municipalities on one scale."""
    randers(desk, measure=RATE, tab="all")
    return desk.window


def peers(desk: WindowDesk) -> QWidget:
    """The distance to the peers taken apart."""
    randers(desk, peers="distance", tab="peers")
    return desk.window


def goals(desk: WindowDesk) -> QWidget:
    """A goal that is kept, and the parts that make up half of the gap."""
    page = randers(desk, tab="goals")
    card = page.findChildren(GoalsCard)[-1]
    if not desk.workspace.municipalities.goals("730") and card._proposed is not None:
        desk.workspace.municipalities.keep_goal(card._proposed)
        page.figures_changed()
    return desk.window


def choose_measure(desk: WindowDesk) -> QWidget:
    """Choosing a measure."""
    randers(desk).focus_filter()
    return desk.window.findChildren(MeasureDialog)[-1]


def own_group(desk: WindowDesk) -> QWidget:
    """Making a group of one's own."""
    randers(desk).choices.peers_chosen.emit(NEW_GROUP)
    return desk.window.findChildren(PeerGroupDialog)[-1]


def set_goal(desk: WindowDesk) -> QWidget:
    """Setting a goal from what peers reach."""
    page = randers(desk, tab="goals")
    page.findChildren(GoalsCard)[-1].ask_for_goal()
    return desk.window.findChildren(GoalDialog)[-1]

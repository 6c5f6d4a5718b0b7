"""The Branches and occupations page in the real window, on small demonstration figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from jobcentre_desk.desk.branch_page import branch_page
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.gui.branch_choice import BranchTreePopup
from jobcentre_desk.gui.branches_layout import BRANCHES, FUNNEL, MAP
from jobcentre_desk.gui.command_palette import CommandPalette
from jobcentre_desk.gui.funnel_card import FunnelCard
from jobcentre_desk.gui.funnel_points import FunnelPoints
from jobcentre_desk.gui.funnel_view import FunnelView
from jobcentre_desk.gui.heat_map_card import HeatMapCard
from jobcentre_desk.gui.heat_map_view import HeatMapModel, HeatMapView
from jobcentre_desk.gui.pages.branches_page import BranchesPage
from jobcentre_desk.gui.pages.employers_page import EmployersPage
from jobcentre_desk.gui.standing_table import Column, StandingModel, StandingTable
from jobcentre_desk.gui.window_desk import WindowDesk
from jobcentre_desk.gui.window_picture import settle
from jobcentre_desk.model.branch_pages import JobKind
from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.paths import Home
from jobcentre_desk.settings import Settings

RETAIL = Scope(branches=("47",))


class Shown:
    """The page in its window, and what a person uses on it."""

    def __init__(self, desk: WindowDesk) -> None:
        self.desk = desk
        page = desk.window.open_page("branches")
        assert isinstance(page, BranchesPage)
        self.page = page
        assert settle(desk)

    @property
    def figures(self) -> Figures:
        figures = self.desk.session.figures()
        assert figures is not None
        return figures

    def ask(self, scope: Scope, kind: JobKind = JobKind.ANY) -> None:
        """Ask for a scope and wait for the answer."""
        self.page.show_question(scope, kind)
        assert settle(self.desk)
        QApplication.processEvents()

    @property
    def card(self) -> FunnelCard:
        return self.page.findChildren(FunnelCard)[-1]

    @property
    def funnel(self) -> FunnelView:
        return self.card.view

    @property
    def map(self) -> HeatMapCard:
        return self.page.findChildren(HeatMapCard)[-1]


@pytest.fixture
def shown(qapp: QApplication, demonstration_home: Path, tmp_path: Path) -> Iterator[Shown]:
    home = Home(tmp_path / "home")
    copytree(demonstration_home, home.root)
    desk = WindowDesk(home, Settings(language="en", home_municipality="730", daily_sync=False), qapp)
    desk.window.resize(1920, 1032)
    desk.window.show()
    desk.begin()
    assert settle(desk)
    yield Shown(desk)
    desk.window.close()
    shiboken6.delete(desk.window)
    desk.close()


def test_ctrl_3_opens_the_page_with_every_branch(shown: Shown) -> None:
    shown.desk.window.open_page("employers")
    shortcut = next(one for one in shown.desk.window.findChildren(QShortcut) if one.key().toString() == "Ctrl+3")
    shortcut.activated.emit()
    assert shown.desk.window.current() == "branches"
    assert shown.card.chart == branch_page(shown.figures, Scope()).funnel


def test_the_page_shows_what_the_engine_gives_for_branch_area_and_kind(shown: Shown) -> None:
    scope = Scope(branches=("Q",), municipalities=("081",) if "081" in shown.figures.codes.areas else ())
    shown.ask(scope, JobKind.SAME_EMPLOYER)
    wanted = branch_page(shown.figures, scope, kind=JobKind.SAME_EMPLOYER)
    assert shown.card.chart == wanted.funnel
    assert shown.map.maps["results"] == wanted.results
    assert shown.page.header.job_kind() is JobKind.SAME_EMPLOYER


# The funnel


def pixel_of(view: FunnelView, place: int) -> QPoint:
    window = view.window_of()
    n, rate = view.points.n[place : place + 1], view.points.rate[place : place + 1]
    return QPoint(round(float(window.x(n)[0])), round(float(window.y(rate)[0])))


def mouse(view: FunnelView, kind: QMouseEvent.Type, at: QPoint, *, held: bool = False) -> None:
    plot = view.plot_viewport()
    button = Qt.MouseButton.NoButton if kind == QMouseEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    buttons = Qt.MouseButton.LeftButton if held else Qt.MouseButton.NoButton
    position = QPointF(at)
    event = QMouseEvent(kind, position, plot.mapToGlobal(position), button, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(plot, event)


def test_the_mouse_over_a_mark_names_its_employer(shown: Shown) -> None:
    shown.ask(RETAIL)
    view = shown.funnel
    place = int(view.points.n.argmax())
    mouse(view, QMouseEvent.Type.MouseMove, pixel_of(view, place))
    assert view.unit_pointed_at() == view.points.unit[place]
    name = shown.figures.employers.name(int(view.points.unit[place]))
    assert shown.card.readout.text().startswith(name)
    assert f"of {int(view.points.n[place])}" in shown.card.readout.text()


def test_a_click_chooses_all_who_share_the_spot(shown: Shown) -> None:
    shown.ask(RETAIL)
    view = shown.funnel
    place = int(view.points.first[view.points.count.argmax()])
    for kind in (QMouseEvent.Type.MouseButtonPress, QMouseEvent.Type.MouseButtonRelease):
        mouse(view, kind, pixel_of(view, place))
    assert set(view.chosen()) == set(view.points.unit[view.points.on_spot(place)].tolist())
    assert "others" in view.words_at(place)


def test_a_rectangle_chooses_who_lies_in_it_and_l_lists_them_with_undo(shown: Shown) -> None:
    shown.ask(RETAIL)
    view = shown.funnel
    largest = int(view.points.n.argmax())
    corner = pixel_of(view, largest)
    mouse(view, QMouseEvent.Type.MouseButtonPress, corner - QPoint(12, 12))
    mouse(view, QMouseEvent.Type.MouseMove, corner + QPoint(12, 12), held=True)
    mouse(view, QMouseEvent.Type.MouseButtonRelease, corner + QPoint(12, 12))
    assert int(view.points.unit[largest]) in view.chosen()
    cvrs = [shown.figures.employers.cvr_text(unit) for unit in view.chosen()]
    QTest.keyClick(view, Qt.Key.Key_L)
    assert set(shown.desk.workspace.shortlist()) == set(cvrs)
    assert settle(shown.desk)
    assert any(one.listed for one in shown.card.chart.named)
    shown.desk.window.notice_bar.notices[0].links[0][1]()
    assert shown.desk.workspace.shortlist() == []


def test_a_rectangle_over_the_whole_crowd_is_not_put_on_the_shortlist(shown: Shown) -> None:
    shown.ask(Scope())
    shown.funnel.choose(shown.funnel.points.unit.tolist())
    QTest.keyClick(shown.funnel, Qt.Key.Key_L)
    assert shown.desk.workspace.shortlist() == []
    assert "At most 200" in shown.desk.window.notice_bar.notices[0].text


def test_arrow_keys_walk_over_the_marks_and_enter_opens_the_page(shown: Shown) -> None:
    shown.ask(RETAIL)
    view = shown.funnel
    QTest.keyClick(view, Qt.Key.Key_Right)
    first = view.place()
    assert first is not None
    QTest.keyClick(view, Qt.Key.Key_Left)
    second = view.place()
    assert second is not None
    assert view.points.n[second] < view.points.n[first]
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert view.unit_pointed_at() in view.chosen()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert settle(shown.desk)
    assert shown.desk.window.current() == "employer"


def test_nearer_says_how_many_lie_beyond(shown: Shown) -> None:
    shown.ask(RETAIL)
    told: list[tuple[float, int]] = []
    shown.funnel.zoomed.connect(lambda to, beyond: told.append((to, beyond)))
    QTest.keyClick(shown.funnel, Qt.Key.Key_Plus)
    to, beyond = told[-1]
    assert beyond == sum(n > to for n in shown.card.chart.n) > 0
    QTest.keyClick(shown.funnel, Qt.Key.Key_Minus)
    assert told[-1][1] == 0


def test_more_than_2_000_points_are_one_picture_in_which_all_outside_are_marks(shown: Shown) -> None:
    shown.ask(Scope())
    points = FunnelPoints.of(shown.card.chart)
    assert len(points) > 2_000
    assert points.count.sum() == len(points)
    for spot, place in enumerate(points.first.tolist()):
        assert points.spot_of[place] == spot
    assert shown.funnel.grab().toImage().width() > 0


def test_t_shows_the_chart_as_a_table_and_copy_goes_through_the_guard(shown: Shown) -> None:
    shown.ask(RETAIL)
    card = shown.card
    QTest.keyClick(card, Qt.Key.Key_T)
    assert card.table.isVisible()
    card.table.copy()
    assert settle(shown.desk)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) > 1
    completed = lines[0].split("\t").index("Completed")
    assert not {"1", "2"} & {line.split("\t")[completed] for line in lines[1:]}


def test_copied_lists_and_heat_maps_are_remembered(shown: Shown) -> None:
    shown.ask(RETAIL)
    workspace = shown.desk.context.workspace
    workspace.forget_shared_tables()
    for which in ("branches", "occupations", "results", "intake"):
        shown.page._copy(which)
        assert settle(shown.desk)
    assert [table["kind"] for table in workspace.shared_tables()] == [
        "branches",
        "occupations",
        "results any",
        "intake",
    ]


def test_all_as_a_list_opens_the_employers_under_the_same_scope(shown: Shown) -> None:
    shown.ask(RETAIL)
    shown.card.list_wanted.emit()
    page = shown.desk.window.page("employers")
    assert shown.desk.window.current() == "employers"
    assert isinstance(page, EmployersPage)
    assert settle(shown.desk)
    kept = page.state()
    assert getattr(kept, "scope", None) == RETAIL


# The heat map and the lists


def test_the_heat_map_keeps_the_rules_of_a_table_model(shown: Shown, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    content = branch_page(shown.figures, Scope())
    for shown_map in (content.results, content.intake):
        model = HeatMapModel(shown_map)
        qtmodeltester.check(model)  # type: ignore[no-untyped-call]
        words = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
        assert words.startswith(f"{shown_map.rows[0]} × {shown_map.columns[0]}: ")
    qtmodeltester.check(StandingModel(content.branches))  # type: ignore[no-untyped-call]
    assert qtbot is not None


def test_enter_on_a_cell_goes_to_its_branch_and_a_leaf_is_marked_among_its_neighbours(shown: Shown) -> None:
    shown.ask(Scope())
    view = shown.map.findChildren(HeatMapView)[0]
    row = view.model().rowCount() - 2
    code = branch_page(shown.figures, Scope()).results.row_codes[row]
    view.setCurrentIndex(view.model().index(row, 0))
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert settle(shown.desk)
    assert shown.page.header.scope().branches == (code,)
    leaf = next(one.code for one in shown.figures.codes.branches if one.level == 4 and one.code.startswith("47"))
    leaves = branch_page(shown.figures, Scope(branches=(leaf,))).results
    assert leaves.own_row in (-1, leaves.row_codes.index(leaf) if leaf in leaves.row_codes else -1)


def test_whom_they_take_is_one_click_away_and_stays_when_the_page_is_built_anew(shown: Shown) -> None:
    shown.map.side.button("intake").click()
    assert shown.map.views["intake"].isVisible()
    shown.ask(RETAIL, JobKind.ELSEWHERE)
    shown.desk.window.rebuild()
    assert settle(shown.desk)
    again = shown.desk.window.page("branches")
    assert isinstance(again, BranchesPage)
    assert again.header.scope() == RETAIL
    assert again.header.job_kind() is JobKind.ELSEWHERE
    assert again.findChildren(HeatMapCard)[-1].side.current() == "intake"


def test_the_lists_stand_in_fair_order_with_the_badge_of_the_engine(shown: Shown) -> None:
    shown.ask(Scope())
    shown.page.layout_.show_tab(BRANCHES)
    wanted = branch_page(shown.figures, Scope()).branches
    table = next(
        table for table in shown.page.findChildren(StandingTable) if table.isVisible() and table.height() > 300
    )
    words = [table.model().index(row, Column.AGAINST).data() for row in range(table.model().rowCount())]
    assert words == [line.word for line in wanted.lines]
    table.opened.emit(wanted.lines[0].code)
    assert settle(shown.desk)
    assert shown.page.header.scope().branches == (wanted.lines[0].code,)


# Finding, layout, export


def test_a_narrow_window_has_a_tab_for_the_funnel(shown: Shown) -> None:
    shown.desk.window.resize(1366, 720)
    QApplication.processEvents()
    shown.page.layout_.show_tab(FUNNEL)
    assert shown.card.isVisible()
    assert not shown.map.isVisible()
    shown.page.layout_.show_tab(MAP)
    assert shown.map.isVisible()
    assert not shown.card.isVisible()


def test_the_tree_finds_a_branch_by_its_words(shown: Shown) -> None:
    choice = shown.page.header.branch
    popup = BranchTreePopup(shown.figures.codes.branches, "", choice)
    popup.chosen.connect(choice.take)
    popup.field.setText("retail trade")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert settle(shown.desk)
    chosen = shown.page.header.scope().branches
    assert chosen
    assert "retail" in shown.figures.codes.branches[chosen[0]].title_en.casefold()


def test_the_search_over_everything_finds_branches_and_opens_them_here(shown: Shown) -> None:
    shown.desk.window.open_page("employers")
    shown.desk.window.palette_asked.emit()
    palette = next(one for one in shown.desk.window.findChildren(CommandPalette) if one.isVisible())
    palette.search.look_for("construction")
    assert settle(shown.desk)
    hit = next(hit for hit in palette.model.hits if hit.icon == "branches" and hit.detail == "F")
    assert hit.act is not None
    palette.reject()
    hit.act()
    assert settle(shown.desk)
    assert shown.desk.window.current() == "branches"
    assert shown.page.header.scope().branches == ("F",)


def test_the_export_menu_names_every_table(shown: Shown) -> None:
    asked: list[str] = []
    shown.page.header.export_wanted.connect(asked.append)
    shown.page.header.export_wanted.disconnect(shown.page._on_export_wanted)
    for action in shown.page.header.menu.actions():
        action.trigger()
    assert asked == ["funnel", "results", "intake", "branches", "occupations", "sheet"]
    assert isinstance(shown.page.header.export, QPushButton)

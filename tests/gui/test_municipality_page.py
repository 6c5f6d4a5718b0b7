"""The Municipality page in the window: measures, the map, peers taken apart, groups of one's own, goals."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QLabel, QWidget
from tests.gui.conftest import OpenWindow

from jobcentre_desk.gui.chart_card import ChartCard
from jobcentre_desk.gui.goal_dialog import GoalDialog
from jobcentre_desk.gui.goals_card import GoalsCard
from jobcentre_desk.gui.measure_dialog import MeasureDialog
from jobcentre_desk.gui.municipality_body import TABS
from jobcentre_desk.gui.pages.municipality_page import MunicipalityPage
from jobcentre_desk.gui.parts_card import PartsCard
from jobcentre_desk.gui.peer_distance_card import PeerDistanceCard
from jobcentre_desk.gui.peer_group_dialog import PeerGroupDialog
from jobcentre_desk.gui.theme import LIGHT
from jobcentre_desk.gui.tile_map_view import TileMapView, ground_of
from jobcentre_desk.gui.window_desk import WindowDesk
from jobcentre_desk.gui.window_picture import settle
from jobcentre_desk.paths import Home


@pytest.fixture
def desk(open_window: OpenWindow, filled: Home) -> WindowDesk:
    """A window wide enough for the map beside the rest, on the demonstration."""
    opened = open_window(filled)
    opened.window.resize(1920, 1032)
    return opened


def opened(desk: WindowDesk, code: str = "730") -> MunicipalityPage:
    desk.context.open_municipality(code)
    page = desk.window.open_page("municipality")
    assert settle(desk)
    assert isinstance(page, MunicipalityPage)
    return page


def tiles(page: QWidget) -> TileMapView:
    return next(view for view in page.findChildren(TileMapView) if view.isVisible())


def texts(page: QWidget) -> str:
    return " | ".join(label.text() for label in page.findChildren(QLabel))


def test_arrow_keys_walk_over_the_map_and_enter_opens_the_municipality(desk: WindowDesk) -> None:
    page = opened(desk)
    view = tiles(page)
    assert view.current is not None
    assert view.current.code == "730"
    seen = set()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left):
        QTest.keyClick(view, key)
        seen.add(view.current.code)
        assert view.current.name in view.accessibleDescription()
    assert len(seen) >= 4
    wanted = view.current.code
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert settle(desk)
    assert page.choices.area.currentData() == wanted
    assert tiles(page).current.code == wanted  # type: ignore[union-attr]


def test_a_click_on_a_tile_opens_that_municipality_and_its_words_name_it(desk: WindowDesk) -> None:
    page = opened(desk)
    view = tiles(page)
    grid = [QPoint(x, y) for x in range(4, view.width(), 12) for y in range(4, view.height(), 12)]
    at = next(p for p in grid if (tile := view.tile_at(p.toPointF())) is not None and not tile.own)
    tile = view.tile_at(at.toPointF())
    assert tile is not None
    assert view.words_of(tile).startswith(f"{tile.name}: {tile.text}")
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
    assert settle(desk)
    assert page.choices.area.currentData() == tile.code


def test_every_tile_can_be_reached_with_the_arrows(desk: WindowDesk) -> None:
    view = tiles(opened(desk))
    reached: set[str] = set()
    waiting = [view.current]
    while waiting:
        tile = waiting.pop()
        assert tile is not None
        if tile.code in reached:
            continue
        reached.add(tile.code)
        for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            view.current = tile
            QTest.keyClick(view, key)
            waiting.append(view.current)
    assert len(reached) == 98


def test_a_measure_is_found_by_a_word_and_shown_with_its_uncertainty_and_place(desk: WindowDesk) -> None:
    page = opened(desk)
    QTest.mouseClick(page.choices.measure, Qt.MouseButton.LeftButton)
    dialog = desk.window.findChild(MeasureDialog)
    assert dialog is not None
    dialog.look_for("job after traineeship")
    assert [hit.detail for hit in dialog.model.hits if hit.act] == ["traineeship.success_rate"]
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert settle(desk)
    assert page.choices.measure.accessibleName() == "Measure: In a job after the traineeship"
    shown = page._shown
    assert shown is not None
    assert "With its uncertainty between" in shown.view.sentence
    assert "Its true place is probably between" in shown.view.sentence
    assert shown.content.standing is not None
    assert shown.content.standing.place_low is not None
    assert len(page.findChildren(PartsCard)) >= 2


def test_a_word_that_fits_no_measure_leaves_the_list_empty_and_enter_does_nothing(desk: WindowDesk) -> None:
    page = opened(desk)
    page.focus_filter()
    dialog = desk.window.findChild(MeasureDialog)
    assert dialog is not None
    dialog.look_for("zzz")
    assert dialog.model.hits == []
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible()


def test_a_variable_can_be_dropped_and_weighted_and_the_choice_is_kept_and_undone(desk: WindowDesk) -> None:
    page = opened(desk)
    page.choices.peers_chosen.emit("distance")
    assert settle(desk)
    card = page.findChild(PeerDistanceCard)
    assert card is not None
    assert "Add StatBank on the Figures page" in texts(card)
    card.copy()
    assert QGuiApplication.clipboard().text().startswith("Variable\tOwn\t")
    card.findChildren(QCheckBox)[0].setChecked(False)
    assert settle(desk)
    records = desk.workspace.municipalities
    assert len(records.peer_variables()) == 2
    card = page.findChildren(PeerDistanceCard)[-1]
    next(box for box in card.findChildren(QDoubleSpinBox) if box.isEnabled()).setValue(3.0)
    assert settle(desk)
    assert sorted(variable.weight for variable in records.peer_variables()) == [1.0, 3.0]
    desk.window.notice_bar.notices[0].links[0][1]()
    assert settle(desk)
    assert [variable.weight for variable in records.peer_variables()] == [1.0, 1.0]


def test_a_group_of_ones_own_is_named_kept_compared_with_and_undone(desk: WindowDesk) -> None:
    page = opened(desk)
    page.choices.peers_chosen.emit("new")
    dialog = desk.window.findChild(PeerGroupDialog)
    assert dialog is not None
    assert not dialog.keep.isEnabled()
    assert dialog.list.count() == 97
    for row in range(3):
        dialog.list.item(row).setCheckState(Qt.CheckState.Checked)
    dialog.name.setText("Our region")
    dialog.keep.click()
    assert settle(desk)
    assert [group.name for group in desk.workspace.municipalities.peer_groups()] == ["Our region"]
    shown = page._shown
    assert shown is not None
    assert len(shown.content.comparison.peers) == 3
    assert "3 municipalities of your own group" in shown.view.sentence
    assert page.choices.peers.currentText() == "Our region"
    desk.window.notice_bar.notices[0].links[0][1]()
    assert settle(desk)
    assert desk.workspace.municipalities.peer_groups() == []
    assert page.choices.peers.currentData() == "expected"


def test_a_goal_is_set_from_what_peers_reach_changed_and_removed_with_undo(desk: WindowDesk) -> None:
    page = opened(desk)
    records = desk.workspace.municipalities
    card = page.findChild(GoalsCard)
    assert card is not None
    card.ask_for_goal()
    dialog = desk.window.findChild(GoalDialog)
    assert dialog is not None
    dialog.value.setText("not a number")
    assert not dialog.keep.isEnabled()
    dialog.value.setText("-0,20")
    assert dialog.keep.isEnabled()
    dialog.keep.click()
    assert settle(desk)
    [goal] = records.goals("730")
    assert (goal.target, goal.measure, goal.year) == ("-0.20", "y30r21.difference", 2027)
    assert goal.definition_version == "1"
    assert "No later figure is published yet." in texts(page)
    desk.window.notice_bar.notices[0].links[0][1]()
    assert settle(desk)
    assert records.goals("730") == []


def test_t_shows_the_map_as_a_table_and_back(desk: WindowDesk) -> None:
    page = opened(desk)
    view = tiles(page)
    QTest.keyClick(view, Qt.Key.Key_T)
    assert not view.isVisible()
    card = next(card for card in page.findChildren(ChartCard) if view in card.findChildren(TileMapView))
    QTest.keyClick(card, Qt.Key.Key_T)
    assert view.isVisible()


def test_a_narrow_window_has_tabs_and_keeps_the_chosen_one(desk: WindowDesk) -> None:
    page = opened(desk)
    desk.window.resize(1366, 720)
    assert settle(desk)
    body = page._body
    assert body is not None
    assert len(body.areas) == len(TABS)
    body.tab_chosen.emit("peers")
    page.show_municipality("101")
    assert settle(desk)
    assert page.state()[1] == "peers"  # type: ignore[index]


def test_the_sheet_and_the_table_are_saved(desk: WindowDesk, tmp_path: Path) -> None:
    page = opened(desk)
    page.show_measure("traineeship.success_rate")
    assert settle(desk)
    page._write_sheet(tmp_path / "sheet.pdf")
    shown = page._shown
    assert shown is not None
    page._write_table(shown.shared_view, tmp_path / "table.csv")
    assert settle(desk)
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert len((tmp_path / "table.csv").read_text("utf-8-sig").splitlines()) == 99


def test_a_measure_without_judgement_is_drawn_in_greys() -> None:
    judged = {ground_of(step, -1, LIGHT).name() for step in range(-2, 3)}
    grey = [ground_of(step, 0, LIGHT) for step in range(-2, 3)]
    assert len(judged) == 5
    assert ground_of(-2, -1, LIGHT) == LIGHT.above_strong
    assert ground_of(2, -1, LIGHT) == LIGHT.below_strong
    assert [colour.lightness() for colour in grey] == sorted((c.lightness() for c in grey), reverse=True)
    assert all(colour.saturation() < 40 for colour in grey)
    assert ground_of(None, 1, LIGHT) == LIGHT.base

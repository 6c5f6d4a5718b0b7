"""Filter lists as trees."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from jobcentre_desk.gui.filter_choices import NEIGHBOURS, ROOT, AreaChoices, CodeChoices, matches
from jobcentre_desk.gui.filter_tree import FilterTree
from jobcentre_desk.gui.filter_tree_model import FilterTreeModel
from jobcentre_desk.gui.tree_choice import Tick
from jobcentre_desk.model.areas import Area, AreaKind
from jobcentre_desk.model.classifications import Code, CodeTree

BRANCHES = CodeTree(
    [
        Code("G", "Handel", "Trade"),
        Code("46", "Engroshandel", "Wholesale", "G", 2),
        Code("47", "Detailhandel", "Retail", "G", 2),
        Code("H", "Transport", "Transport"),
    ]
)
AREAS = {
    area.code: area
    for area in (
        Area("082", AreaKind.REGION, "Midtjylland", "Central Jutland"),
        Area("081", AreaKind.REGION, "Nordjylland", "North Jutland"),
        Area("730", AreaKind.MUNICIPALITY, "Randers", "Randers", "082", neighbours=("846", "710")),
        Area("710", AreaKind.MUNICIPALITY, "Favrskov", "Favrskov", "082"),
        Area("751", AreaKind.MUNICIPALITY, "Aarhus", "Aarhus", "082"),
        Area("846", AreaKind.MUNICIPALITY, "Mariagerfjord", "Mariagerfjord", "081"),
    )
}


@pytest.fixture
def tree(qtbot: QtBot) -> FilterTree:
    made = FilterTree(CodeChoices(BRANCHES), name="Branch")
    qtbot.addWidget(made)
    made.resize(248, 200)
    return made


def test_the_model_keeps_the_rules_of_qt(qtmodeltester: ModelTester) -> None:
    model = FilterTreeModel(AreaChoices(AREAS, "730"))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # the plugin has no types here
    model.search("mari")
    model.toggle(model.index(0, 0))
    model.show_counts({"730": 3})
    model.search("")


def test_the_home_municipality_comes_first_with_its_neighbours_then_the_regions() -> None:
    choices = AreaChoices(AREAS, "730")
    assert choices.children(ROOT) == ("730", NEIGHBOURS, "082", "081")
    assert choices.children(NEIGHBOURS) == ("710", "846")
    assert choices.children("082") == ("751", "710", "730")


def test_without_a_home_municipality_there_are_only_regions() -> None:
    assert AreaChoices(AREAS, "").children(ROOT) == ("082", "081")


def test_a_neighbour_is_ticked_in_its_region_too() -> None:
    choices = AreaChoices(AREAS, "730")
    choices.toggle(NEIGHBOURS)
    assert choices.chosen() == ("710", "846")
    assert choices.tick("081") is Tick.ON
    assert choices.tick("082") is Tick.PARTLY
    assert choices.tick("730") is Tick.OFF


def test_search_folds_danish_letters_and_shows_what_is_above_a_match() -> None:
    found = matches(AreaChoices(AREAS, ""), "århus")
    assert found[ROOT] == ("082",)
    assert found["082"] == ("751",)
    assert matches(CodeChoices(BRANCHES), "47")[ROOT] == ("G",)


def test_a_click_on_a_choice_ticks_it_and_tells(tree: FilterTree, qtbot: QtBot) -> None:
    tree.show()
    model = tree.model()
    rect = tree.visualRect(model.index(1, 0))
    with qtbot.waitSignal(tree.changed):
        QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert tree.chosen() == ("H",)
    assert model.index(1, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked


def test_space_ticks_the_choice_under_the_cursor(tree: FilterTree, qtbot: QtBot) -> None:
    tree.setCurrentIndex(tree.model().index(0, 0))
    QTest.keyClick(tree, Qt.Key.Key_Space)
    assert tree.chosen() == ("G",)
    assert tree.chosen_title() == "Trade"


def test_counts_that_arrive_are_told_and_move_nothing(tree: FilterTree) -> None:
    before = tree.sizeHint()
    tree.show_counts({"G": 1234, "H": 0})
    assert tree.sizeHint() == before
    assert tree.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Trade, 1,234 employers"


def test_a_search_opens_the_tree_down_to_its_matches(tree: FilterTree) -> None:
    tree.search("detail")
    assert tree.model().rowCount() == 0
    tree.search("retail")
    trade = tree.model().index(0, 0)
    assert tree.isExpanded(trade)
    assert tree.model().index(0, 0, trade).data() == "Retail"


def test_a_letter_typed_in_the_tree_goes_to_the_search_field(tree: FilterTree, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tree.typed) as caught:
        QTest.keyClick(tree, Qt.Key.Key_K)
    assert caught.args == ["k"]

"""Two sources of outcomes in the window: one is looked at, the choice is remembered, else the order decides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from tests.builders.two_outcome_sources import IN_BOTH, IN_NORTH_ALONE, NORTH, SOUTH, add_outcome_sources

from jobcentre_desk.gui.filter_panel import FilterPanel
from jobcentre_desk.gui.window_desk import WindowDesk
from jobcentre_desk.gui.window_picture import settle
from jobcentre_desk.paths import Home
from jobcentre_desk.settings import Settings, read_settings

OpenWindow = Callable[..., WindowDesk]


@pytest.fixture
def both(home: Home, tmp_path: Path) -> Home:
    """A home with both sources."""
    add_outcome_sources(home, tmp_path)
    return home


def panel(desk: WindowDesk) -> FilterPanel:
    desk.window.resize(1400, 800)
    found = desk.window.open_page("employers").findChild(FilterPanel)
    assert isinstance(found, FilterPanel)
    return found


def source_of(desk: WindowDesk) -> str:
    figures = desk.session.figures()
    assert figures is not None
    assert figures.outcome_source is not None
    return figures.outcome_source.name


def test_with_one_source_there_is_nothing_to_choose(filled: Home, open_window: OpenWindow) -> None:
    assert not panel(open_window(filled)).source_choice.isVisible()


def test_another_source_is_chosen_with_the_keyboard_and_remembered(both: Home, open_window: OpenWindow) -> None:
    desk = open_window(both)
    choice = panel(desk).source_choice
    assert choice.isVisible()
    assert [choice.box.itemData(index) for index in range(choice.box.count())] == [NORTH, SOUTH]
    assert (choice.box.currentData(), source_of(desk)) == (NORTH, NORTH)
    choice.box.setFocus()
    QTest.keyClick(choice.box, Qt.Key.Key_Down)
    assert settle(desk)
    assert (source_of(desk), choice.box.currentData()) == (SOUTH, SOUTH)
    assert read_settings(both.settings)[0].outcomes_from == SOUTH
    again = open_window(both, Settings(language="en", theme="light", daily_sync=False, outcomes_from=SOUTH))
    assert source_of(again) == SOUTH


def test_the_source_that_stands_first_follows_the_order(both: Home, open_window: OpenWindow) -> None:
    desk = open_window(both)
    desk.session.see_outcomes_of(SOUTH)
    assert settle(desk)
    desk.session.see_outcomes_of(NORTH)
    assert settle(desk)
    assert desk.session.settings().outcomes_from == ""
    desk.workspace.move_source(SOUTH, 1)
    desk.context.reopen_figures()
    assert settle(desk)
    assert source_of(desk) == SOUTH
    assert panel(desk).source_choice.box.currentData() == SOUTH


def test_a_remembered_source_that_is_gone_gives_way_to_the_first(both: Home, open_window: OpenWindow) -> None:
    assert source_of(open_window(both, Settings(language="en", daily_sync=False, outcomes_from="gone"))) == NORTH


def test_the_page_of_an_employer_says_what_the_other_source_has(both: Home, open_window: OpenWindow) -> None:
    desk = open_window(both)
    desk.context.open_employer(IN_BOTH, None)
    assert settle(desk)
    labels = desk.window.open_page("employer").findChildren(QLabel)
    assert any(f"Also in {SOUTH}: 12 of 30" in label.text() for label in labels)


def test_an_employer_that_the_chosen_source_does_not_list_leaves_the_page(both: Home, open_window: OpenWindow) -> None:
    desk = open_window(both)
    desk.context.open_employer(IN_NORTH_ALONE, None)
    assert settle(desk)
    page = desk.window.open_page("employer")
    assert page.title() == "Ålborg Fragt ApS"
    desk.session.see_outcomes_of(SOUTH)
    assert settle(desk)
    assert page.title() == "Employer"
    assert f"It is in the figures of {NORTH}" in desk.window.notice_bar.notices[0].text
    desk.session.see_outcomes_of(NORTH)
    assert settle(desk)
    assert page.title() == "Ålborg Fragt ApS"
    assert desk.window.notice_bar.notices == []

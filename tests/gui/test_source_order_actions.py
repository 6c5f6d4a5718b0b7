"""Sources are moved in their menu, by keyboard and back by the notice; the figures follow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton, QWidget
from tests.builders.two_outcome_sources import NORTH, SOUTH, add_outcome_sources

from jobcentre_desk.desk.source_order import ordered
from jobcentre_desk.gui.pages.figures_page import FiguresPage
from jobcentre_desk.gui.source_order_actions import ROW, SourceOrderActions
from jobcentre_desk.gui.source_row import SourceRow
from jobcentre_desk.gui.window_desk import WindowDesk
from jobcentre_desk.gui.window_picture import settle
from jobcentre_desk.paths import Home

OpenWindow = Callable[..., WindowDesk]


@pytest.fixture
def desk(home: Home, tmp_path: Path, open_window: OpenWindow) -> WindowDesk:
    """A window on two sources of outcomes."""
    add_outcome_sources(home, tmp_path)
    return open_window(home)


def order(desk: WindowDesk) -> list[str]:
    return ordered(desk.workspace.sources())


def words(menu: QMenu) -> list[tuple[str, bool]]:
    return [(action.text().partition("\t")[0], action.isEnabled()) for action in menu.actions()]


def test_the_menu_moves_a_source_and_the_notice_moves_it_back(desk: WindowDesk) -> None:
    actions = SourceOrderActions(desk.context, desk.window)
    first, last = QMenu(desk.window), QMenu(desk.window)
    actions.add_to(first, NORTH)
    removal = last.addAction("Remove")
    actions.add_to(last, SOUTH, before=removal)
    assert words(first) == [("Move up", False), ("Move down", True)]
    assert words(last) == [("Move up", True), ("Move down", False), ("Remove", True)]
    last.actions()[0].trigger()
    assert settle(desk)
    assert order(desk) == [SOUTH, NORTH]
    figures = desk.session.figures()
    assert figures is not None
    assert (figures.order, figures.outcome_source and figures.outcome_source.name) == ((SOUTH, NORTH), SOUTH)
    notice = desk.window.notice_bar.notices[0]
    assert (notice.text, notice.links[0][0]) == (f"{SOUTH} is shown before {NORTH} now.", "Undo")
    notice.links[0][1]()
    assert settle(desk)
    assert order(desk) == [NORTH, SOUTH]
    assert desk.window.notice_bar.notices == []


def test_at_the_ends_of_the_list_nothing_moves(desk: WindowDesk) -> None:
    actions = SourceOrderActions(desk.context, desk.window)
    actions.move(NORTH, -1)
    actions.move(SOUTH, 1)
    actions.move("nobody", 1)
    assert order(desk) == [NORTH, SOUTH]
    assert desk.window.notice_bar.notices == []


def test_alt_and_an_arrow_move_the_source_the_keyboard_is_in(desk: WindowDesk) -> None:
    actions = SourceOrderActions(desk.context, desk.window)
    rows = QWidget(desk.window)
    row = QWidget(rows)
    button = QPushButton(row)
    actions.add_keys(row, SOUTH)
    rows.show()
    desk.window.activateWindow()
    assert QTest.qWaitForWindowActive(desk.window)
    button.setFocus()
    assert actions.row_with_keyboard(rows) == ROW + SOUTH
    QTest.keyClick(button, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert order(desk) == [SOUTH, NORTH]


def test_the_rule_stands_over_the_list_where_there_are_several(desk: WindowDesk) -> None:
    line = SourceOrderActions(desk.context, desk.window).rule_line()
    assert "stands higher" in line.text()
    assert not line.isHidden()


def test_with_one_source_there_is_nothing_to_move(filled: Home, open_window: OpenWindow) -> None:
    alone = open_window(filled)
    menu = QMenu(alone.window)
    actions = SourceOrderActions(alone.context, alone.window)
    assert actions.rule_line().isHidden()
    actions.add_to(menu, "Demonstration")
    assert menu.actions() == []


def test_on_the_page_the_keyboard_stays_with_the_source_it_moved(desk: WindowDesk) -> None:
    page = desk.window.open_page("figures")
    assert isinstance(page, FiguresPage)
    assert settle(desk)
    desk.window.activateWindow()
    assert QTest.qWaitForWindowActive(desk.window)
    rows = {row.objectName(): row for row in page.sources.findChildren(SourceRow) if row.isVisible()}
    more = rows[ROW + NORTH].more
    more.setFocus()
    QTest.keyClick(more, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert settle(desk)
    assert order(desk) == [SOUTH, NORTH]
    assert [state.name for state in page.sources.states()] == [SOUTH, NORTH]
    assert page.sources.order.row_with_keyboard(page.sources) == ROW + NORTH

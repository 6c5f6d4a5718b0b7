"""The Employers page in the real window, on small demonstration figures."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from jobcentre_desk.desk.demonstration import add_demonstration
from jobcentre_desk.desk.find import find_employers, rows
from jobcentre_desk.gui.detail_pane import DetailPane
from jobcentre_desk.gui.employer_columns import Column
from jobcentre_desk.gui.employer_table import EmployerTable
from jobcentre_desk.gui.employers_header import EmployersHeader
from jobcentre_desk.gui.empty_state import EmptyState
from jobcentre_desk.gui.export_dialog import ExportDialog
from jobcentre_desk.gui.filter_panel import FilterPanel
from jobcentre_desk.gui.pages.employers_page import EmployersPage
from jobcentre_desk.gui.window_desk import WindowDesk
from jobcentre_desk.model.outcomes import Order, Scope
from jobcentre_desk.paths import Home
from jobcentre_desk.settings import Settings
from jobcentre_desk.task import Task
from jobcentre_desk.workspace.store import Workspace

W = TypeVar("W", bound=QWidget)
NEAR = ("730", "710", "846", "791")
NOBODY = Scope(municipalities=("730",), branches=("B",), min_completed=400)


@pytest.fixture(scope="module")
def figures_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with the small demonstration figures in it, made once."""
    root = tmp_path_factory.mktemp("figures")
    workspace = Workspace.open(Home(root))
    add_demonstration(Home(root), workspace, size="small", task=Task())
    from jobcentre_desk.desk.sync import sync

    sync(Home(root), workspace, task=Task())
    workspace.close()
    return root


def part(page: EmployersPage, kind: type[W]) -> W:
    """The one widget of a kind on the page."""
    found = page.findChild(kind)
    assert found is not None
    return found


class Shown:
    """The page in its window, and the widgets a person uses."""

    def __init__(self, desk: WindowDesk, qtbot: QtBot) -> None:
        page = desk.window.page("employers")
        assert isinstance(page, EmployersPage)
        self.desk, self.page, self.qtbot = desk, page, qtbot
        self.table = part(page, EmployerTable)
        self.panel = part(page, FilterPanel)
        self.pane = part(page, DetailPane)
        self.empty = part(page, EmptyState)
        self.header = part(page, EmployersHeader)

    def settle(self) -> None:
        """Wait until no job is left."""
        self.qtbot.waitUntil(lambda: not self.desk.jobs.busy(), timeout=10_000)

    def ask(self, scope: Scope) -> None:
        """Ask for a scope as a saved filter does, and wait for the answer."""
        self.page.show_scope(scope)
        self.settle()

    def names(self, count: int) -> list[str]:
        return [str(self.table.rows.index(row, Column.NAME).data()) for row in range(count)]


@pytest.fixture
def shown(qtbot: QtBot, qapp: QApplication, figures_home: Path, tmp_path: Path) -> Iterator[Shown]:
    home = Home(tmp_path / "home")
    shutil.copytree(figures_home, home.root)
    desk = WindowDesk(home, Settings(language="en", home_municipality="730", daily_sync=False), qapp)
    desk.window.resize(1500, 800)
    desk.window.show()
    desk.begin()
    made = Shown(desk, qtbot)
    qtbot.waitUntil(lambda: desk.session.figures() is not None, timeout=10_000)
    made.settle()
    yield made
    desk.window.close()
    shiboken6.delete(desk.window)
    desk.close()


def test_the_list_is_the_one_of_the_engine_in_fair_order(shown: Shown) -> None:
    figures = shown.desk.session.figures()
    assert figures is not None
    scope = Scope(municipalities=NEAR, min_completed=3)
    shown.ask(scope)
    expected = [row.name for row in rows(figures, find_employers(figures, scope), 0, 20)]
    assert shown.names(20) == expected


def test_places_arrive_after_the_list_for_the_rows_in_view(shown: Shown) -> None:
    shown.ask(Scope(municipalities=NEAR))
    shown.qtbot.waitUntil(lambda: bool(shown.table.rows.index(0, Column.PLACE).data()), timeout=5_000)


def test_the_trend_ends_with_the_rate_of_the_last_four_known_quarters(shown: Shown) -> None:
    shown.ask(Scope(municipalities=NEAR, branches=("G",)))
    model = shown.table.rows
    shown.qtbot.waitUntil(lambda: bool(model.trend_of(0)), timeout=5_000)
    for row in range(10):
        employer, trend = model.employer(row), model.trend_of(row)
        assert employer is not None
        assert len(trend) == 8
        assert trend[-1] == pytest.approx(employer.rate.value)


def test_counts_stand_beside_every_choice_and_zero_is_told(shown: Shown) -> None:
    shown.ask(Scope(municipalities=("730",)))
    model = shown.panel.section("branches").tree.model()
    told = [str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())]
    assert len(told) == 22
    assert all(" employer" in words for words in told)
    assert any(words.endswith(", 0 employers") for words in told)


def test_typing_two_letters_narrows_the_list_and_one_does_not(shown: Shown) -> None:
    before = shown.table.rows.rowCount()
    QTest.keyClicks(shown.panel.text_field, "b")
    shown.settle()
    assert shown.table.rows.rowCount() == before
    QTest.keyClicks(shown.panel.text_field, "yg")
    shown.settle()
    assert 0 < shown.table.rows.rowCount() < before
    assert all("byg" in name.casefold() for name in shown.names(5))


def test_the_pane_shows_the_employer_under_the_cursor(shown: Shown) -> None:
    shown.ask(Scope(municipalities=NEAR))
    shown.table.select_row(3)
    shown.settle()
    employer = shown.table.current_employer()
    assert employer is not None
    shown.qtbot.waitUntil(lambda: shown.pane.cvr == employer.cvr, timeout=2_000)


def test_l_puts_an_employer_on_the_shortlist_and_taking_it_off_can_be_undone(shown: Shown) -> None:
    employer = shown.table.current_employer()
    assert employer is not None
    QTest.keyClick(shown.table, Qt.Key.Key_L)
    assert shown.desk.workspace.shortlist() == [employer.cvr]
    QTest.keyClick(shown.table, Qt.Key.Key_L)
    assert shown.desk.workspace.shortlist() == []
    notice = shown.desk.window.notice_bar.notices[0]
    notice.links[0][1]()
    assert shown.desk.workspace.shortlist() == [employer.cvr]


def test_shortlist_only_narrows_the_list_to_the_stars(shown: Shown) -> None:
    QTest.keyClick(shown.table, Qt.Key.Key_L)
    shown.header.shortlist_button.click()
    shown.settle()
    assert shown.table.rows.rowCount() == 1


def test_an_empty_list_offers_ways_out_that_give_what_they_say(shown: Shown) -> None:
    shown.ask(NOBODY)
    assert shown.empty.isVisible()
    shown.ask(Scope(municipalities=("730",), branches=("N",), min_completed=400))
    ways = shown.empty.ways
    assert ways
    shown.ask(ways[0].scope)
    assert shown.table.isVisible()
    assert shown.table.rows.source.total == ways[0].employers


def test_copy_puts_headers_and_the_selected_rows_on_the_clipboard(shown: Shown) -> None:
    shown.table.selectRow(0)
    QTest.keyClick(shown.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    shown.settle()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[1] == "Employer"
    assert len(lines) <= 2


def test_export_tells_what_is_hidden_and_asks_what_the_list_is_for(shown: Shown, tmp_path: Path) -> None:
    shown.ask(Scope(municipalities=NEAR))
    total = shown.table.rows.source.total
    shown.header.export_wanted.emit()
    dialog = part(shown.page, ExportDialog)
    assert dialog.windowTitle() == f"Export {total} employers"
    shown.settle()
    assert "protected from advertising" in dialog.losses.text()
    dialog.for_contact.setChecked(False)
    shown.settle()
    assert "protected from advertising" not in dialog.losses.text()
    wanted: list[tuple[bool, str]] = []
    dialog.save_wanted.connect(lambda contact, ending: wanted.append((contact, ending)))
    dialog.reject()
    assert wanted == []


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_the_list_is_saved_in_the_form_that_was_chosen(shown: Shown, ending: str) -> None:
    shown.ask(Scope(municipalities=NEAR))
    shown.header.export_wanted.emit()
    dialog = part(shown.page, ExportDialog)
    shown.settle()
    wanted: list[tuple[bool, str]] = []
    dialog.save_wanted.disconnect()
    dialog.save_wanted.connect(lambda contact, ending: wanted.append((contact, ending)))
    (dialog.save if ending == ".csv" else dialog.save_workbook).click()
    assert wanted == [(True, ending)]


def test_a_saved_filter_comes_back_and_its_deletion_can_be_undone(shown: Shown) -> None:
    scope = Scope(municipalities=NEAR, min_completed=5, order=Order.RAW)
    shown.ask(scope)
    saved = shown.page.saved
    saved.save("Near & raw")
    shown.ask(Scope())
    saved.fill()
    next(action for action in saved.menu.actions() if action.text() == "Near && raw").trigger()
    assert shown.panel.scope() == scope
    saved.delete(shown.desk.workspace.saved_filters()[0])
    assert shown.desk.workspace.saved_filters() == []
    shown.desk.window.notice_bar.notices[0].links[0][1]()
    assert [kept.name for kept in shown.desk.workspace.saved_filters()] == ["Near & raw"]


def test_a_narrow_window_lays_the_pane_over_the_list_and_escape_closes_it(shown: Shown) -> None:
    shown.desk.window.resize(1200, 700)
    QApplication.processEvents()
    assert not shown.pane.isVisible()
    QTest.keyClick(shown.table, Qt.Key.Key_Space)
    assert shown.pane.isVisible()
    assert shown.page.go_back()
    assert not shown.pane.isVisible()


def test_the_legend_explains_the_trend_only_where_its_column_is_shown(shown: Shown) -> None:
    words = next(label for label in shown.page.findChildren(QLabel) if label.text() == "8 rolling periods")
    for width in (1300, 1900):
        shown.desk.window.resize(width, 700)
        QApplication.processEvents()
        assert words.isHidden() is shown.table.isColumnHidden(Column.TREND)
    assert not words.isHidden()


def test_the_page_built_anew_in_another_language_keeps_what_was_chosen(shown: Shown) -> None:
    scope = Scope(municipalities=NEAR, min_completed=5)
    shown.ask(scope)
    shown.table.select_row(2)
    chosen = shown.page.state()
    again = EmployersPage(shown.desk.context)
    shown.qtbot.addWidget(again)
    again.restore(chosen)
    shown.settle()
    assert again.state() == chosen


def test_a_click_on_a_heading_orders_the_list(shown: Shown) -> None:
    shown.table.horizontalHeader().sectionClicked.emit(Column.COMPLETED)
    shown.settle()
    assert shown.panel.scope().order is Order.COMPLETED

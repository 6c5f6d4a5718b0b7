"""The Employer page in the real window: its cards, what is worked out later, tables, and the files it is saved as."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from tests.gui.conftest import OpenWindow

from jobcentre_desk.desk.find import find_employers, rows
from jobcentre_desk.gui.chart_card import ChartCard
from jobcentre_desk.gui.employer_body import EmployerBody
from jobcentre_desk.gui.employer_exports import file_name
from jobcentre_desk.gui.funnel_view import FunnelView
from jobcentre_desk.gui.pages.employer_page import EmployerPage
from jobcentre_desk.gui.place_card import PlaceCard
from jobcentre_desk.gui.table_of_view import TableOfView
from jobcentre_desk.gui.trend_view import MarkerLine, TrendView
from jobcentre_desk.gui.window_desk import WindowDesk
from jobcentre_desk.gui.window_picture import settle
from jobcentre_desk.model.outcomes import Order, Scope
from jobcentre_desk.paths import Home

W = TypeVar("W", bound=QWidget)


class Shown:
    """The page of the employer with most completed traineeships."""

    def __init__(self, desk: WindowDesk) -> None:
        self.desk = desk
        figures = desk.context.figures()
        assert figures is not None
        found = find_employers(figures, Scope(order=Order.COMPLETED))
        self.row = rows(figures, found, 0, 1)[0]
        page = desk.window.open_page("employer")
        assert isinstance(page, EmployerPage)
        self.page = page
        page.show_employer(self.row.cvr, None)
        assert settle(desk)

    def part(self, kind: type[W]) -> W:
        found = self.page.findChild(kind)
        assert found is not None
        return found

    def words(self) -> str:
        return "\n".join(label.text() for label in self.page.findChildren(QLabel))

    def cards(self) -> dict[str, ChartCard]:
        titles = {card.findChildren(QLabel)[0].text(): card for card in self.page.findChildren(ChartCard)}
        return dict(titles)


@pytest.fixture
def shown(open_window: OpenWindow, filled: Home) -> Shown:
    return Shown(open_window(filled))


def test_the_page_says_place_trend_and_what_works(shown: Shown, qtbot: QtBot) -> None:
    place = shown.part(PlaceCard)
    qtbot.waitUntil(lambda: not place.place.isHidden(), timeout=5_000)
    assert "completed were checked" in shown.words()
    assert shown.part(MarkerLine) is not None
    assert shown.part(TrendView).accessibleName()
    assert "By chance alone it would be" in shown.words()
    assert "Drawn towards its branch" in shown.words()


def test_the_funnel_of_the_branch_rings_the_employer_and_opens_others(shown: Shown, qtbot: QtBot) -> None:
    place = shown.part(PlaceCard)
    qtbot.waitUntil(lambda: place.findChild(FunnelView) is not None, timeout=5_000)
    funnel = shown.part(FunnelView)
    assert len(funnel.points) > 10
    QTest.keyClick(place, Qt.Key.Key_T)
    table = place.findChild(TableOfView)
    assert table is not None
    assert table.isVisible()
    assert table.model().index(0, 1).data() == shown.row.cvr
    QTest.keyClick(place, Qt.Key.Key_T)
    other = next(unit for unit in funnel.points.unit.tolist())
    funnel.opened.emit(other)
    assert settle(shown.desk)
    figures = shown.desk.context.figures()
    assert figures is not None
    assert figures.employers.name(other) == shown.page.title()


def test_wide_windows_have_three_columns_and_narrow_ones_two(shown: Shown, qtbot: QtBot) -> None:
    body = shown.part(EmployerBody)
    for width, columns in ((1366, 2), (1920, 3), (1366, 2)):
        shown.desk.window.resize(width, 900)
        qtbot.waitUntil(lambda columns=columns: len({card.x() for card in shown.cards().values()}) == columns)  # type: ignore[misc]
    assert body.findChild(PlaceCard) is not None


def test_t_shows_the_groups_the_case_mix_rests_on(shown: Shown) -> None:
    card = shown.cards()["Given whom they took"]
    before = card.height()
    QTest.keyClick(card, Qt.Key.Key_T)
    assert settle(shown.desk)
    assert card.height() > before
    QTest.keyClick(card, Qt.Key.Key_T)


def test_a_table_that_does_not_leave_the_screen_says_so_when_it_is_copied(shown: Shown) -> None:
    card = shown.cards()["All programmes at the employer"]
    card.toggle()
    card._table.copy()
    assert QGuiApplication.clipboard().text().startswith("Hidden to protect people")


def test_a_table_that_is_copied_is_guarded_anew_and_remembered(shown: Shown) -> None:
    workspace = shown.desk.context.workspace
    workspace.forget_shared_tables()
    card = shown.cards()["Beside the branch and the country"]
    card.toggle()
    card._table.copy()
    assert settle(shown.desk)
    assert len(QGuiApplication.clipboard().text().splitlines()) > 1
    assert [table["subject"] for table in workspace.shared_tables()] == [shown.row.cvr]


def test_what_cannot_be_remembered_is_said_once_above_the_page(shown: Shown) -> None:
    shown.desk.context.workspace.forget_shared_tables()
    lock = shown.desk.context.home.root / "workspace.lock"
    lock.unlink()
    lock.mkdir()
    card = shown.cards()["Beside the branch and the country"]
    card._table.copy()
    assert settle(shown.desk)
    said = [notice.text for notice in shown.desk.window.notice_bar.notices]
    assert sum(words.startswith("What leaves the program cannot be remembered") for words in said) == 1
    assert len(QGuiApplication.clipboard().text().splitlines()) > 1


@pytest.mark.parametrize(("action", "ending"), [(0, ".pdf"), (1, ".xlsx"), (3, ".csv"), (4, ".csv")])
def test_the_page_is_saved_in_every_form(shown: Shown, qtbot: QtBot, tmp_path: Path, action: int, ending: str) -> None:
    suggested: list[str] = []

    def choose(_parent: QWidget, name: str, on_chosen: Callable[[Path], None]) -> None:
        suggested.append(name)
        on_chosen(tmp_path / name)

    shown.page._context = replace(shown.page._context, choose_save_file=choose)
    menu = shown.page.export_menu()
    menu.actions()[action].trigger()
    path = tmp_path / suggested[0]
    qtbot.waitUntil(path.exists, timeout=10_000)
    assert settle(shown.desk)
    assert path.suffix == ending
    assert path.stat().st_size > 100
    if ending == ".xlsx":
        assert openpyxl.load_workbook(path).worksheets[0].title == "About"


def test_names_of_employers_make_names_of_files() -> None:
    assert file_name('A/S "Øst" <x>:*?|\\') == "A S Øst x"
    assert file_name("../..") == "-"
    assert len(file_name("x" * 300)) == 80

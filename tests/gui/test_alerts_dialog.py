"""Alerts in the window: the budget, dismissing with undo, the way to each unit, copying, and the empty states."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from tests.gui.conftest import OpenWindow

from jobcentre_desk.gui.alert_list import MOST_ROWS
from jobcentre_desk.gui.alerts_dialog import AlertsDialog
from jobcentre_desk.gui.buttons import LinkButton
from jobcentre_desk.gui.command_palette import CommandPalette
from jobcentre_desk.gui.employers_header import EmployersHeader
from jobcentre_desk.gui.window_desk import WindowDesk
from jobcentre_desk.gui.window_picture import settle
from jobcentre_desk.model.alerts import AlertUnit
from jobcentre_desk.paths import Home

BRANCH_OF, EMPLOYER_OF, WHOLE = "751", "630", "779"
"""Municipalities of the small demonstration in which a branch, an employer, and everything together stands out."""


def shown(desk: WindowDesk, code: str) -> AlertsDialog:
    dialog = AlertsDialog(desk.context, code, desk.window)
    dialog.open()
    assert settle(desk)
    return dialog


def test_the_budget_and_each_alert_are_shown(open_window: OpenWindow, filled: Home) -> None:
    dialog = shown(open_window(filled), BRANCH_OF)
    assert "checked, 1 flagged, about 0.1 expected by chance" in dialog.list.sentence.text()
    [row] = dialog.list.rows
    assert row.alert.unit_name in row.button.toolTip()
    assert dialog.windowTitle() == "Alerts: Aarhus"
    assert "Demonstration figures" in dialog.about.text()


def test_a_dismissed_alert_goes_and_comes_back_with_undo(open_window: OpenWindow, filled: Home) -> None:
    desk = open_window(filled)
    dialog = shown(desk, BRANCH_OF)
    [row] = dialog.list.rows
    QTest.keyClick(row.name, Qt.Key.Key_Delete)
    assert settle(desk)
    assert dialog.list.rows == []
    assert [one.key for one in desk.workspace.dismissed_alerts.all()] == [row.alert.key]
    dialog.list.undo.click()
    assert settle(desk)
    assert [one.alert.key for one in dialog.list.rows] == [row.alert.key]
    assert desk.workspace.dismissed_alerts.all() == []


def test_dismissed_ones_are_listed_and_can_be_taken_back_later(open_window: OpenWindow, filled: Home) -> None:
    desk = open_window(filled)
    first = shown(desk, BRANCH_OF)
    first.list.rows[0].button.click()
    assert settle(desk)
    first.accept()
    later = shown(desk, BRANCH_OF)
    assert later.list.rows == []
    assert later.list.history.isHidden()
    later.list.history_link.click()
    assert not later.list.history.isHidden()
    assert later.alerts is not None
    later.list.take_back(later.alerts.dismissed[0])
    assert settle(desk)
    assert len(later.list.rows) == 1


@pytest.mark.parametrize(
    ("code", "page"), [(BRANCH_OF, "employers"), (EMPLOYER_OF, "employer"), (WHOLE, "municipality")]
)
def test_a_click_on_a_name_opens_its_page(open_window: OpenWindow, filled: Home, code: str, page: str) -> None:
    desk = open_window(filled)
    dialog = shown(desk, code)
    dialog.list.rows[0].name.click()
    assert settle(desk)
    assert desk.window.current() == page
    assert not dialog.isVisible()


def test_the_list_is_copied_and_saved(open_window: OpenWindow, filled: Home, tmp_path: Path) -> None:
    desk = open_window(filled)
    path = tmp_path / "alerts.csv"
    context = replace(desk.context, choose_save_file=lambda _p, _name, on_chosen: on_chosen(path))
    dialog = AlertsDialog(context, BRANCH_OF, desk.window)
    dialog.open()
    assert settle(desk)
    QTest.keyClick(dialog, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert settle(desk)
    assert QGuiApplication.clipboard().text().startswith("Kind\tName\tCode")
    assert "copied" in dialog.told.text()
    dialog.save_button.click()
    assert settle(desk)
    assert len(path.read_text("utf-8-sig").splitlines()) == 2


def test_a_long_list_shows_the_surest_first_and_the_others_on_demand(open_window: OpenWindow, filled: Home) -> None:
    desk = open_window(filled)
    dialog = shown(desk, BRANCH_OF)
    assert dialog.alerts is not None
    [alert] = dialog.alerts.rows
    many = tuple(replace(alert, key=f"{alert.key} {n}") for n in range(MOST_ROWS + 3))
    dialog.list.show_alerts(replace(dialog.alerts, rows=many))
    assert len(dialog.list.rows) == MOST_ROWS
    [more] = [link for link in dialog.list.findChildren(LinkButton) if link.text() == "Show 3 more alerts"]
    more.click()
    assert len(dialog.list.rows) == MOST_ROWS + 3


def test_what_was_dismissed_once_stands_in_the_history_though_it_is_flagged_no_more(
    open_window: OpenWindow, filled: Home
) -> None:
    desk = open_window(filled)
    desk.workspace.dismissed_alerts.dismiss("730 outside gone", "2020Q01", sentence="It stood out then.", by="Kim")
    dialog = shown(desk, "730")
    dialog.list.history_link.click()
    words = [label.text() for label in dialog.list.history.findChildren(QLabel)]
    assert words[0] == "It stood out then."
    assert words[1].endswith("by Kim; it spoke of Q1\N{NO-BREAK SPACE}2020.")


def test_a_measure_opens_in_the_glossary(open_window: OpenWindow, filled: Home) -> None:
    desk = open_window(filled)
    dialog = shown(desk, BRANCH_OF)
    [alert] = [row.alert for row in dialog.list.rows]
    about = replace(alert, unit_kind=AlertUnit.MEASURE, unit="y30r21.actual_share")
    dialog.list.open_wanted.emit(about)
    assert settle(desk)
    assert desk.window.current() == "figures"


def test_where_nothing_can_be_written_the_list_says_so(open_window: OpenWindow, filled: Home) -> None:
    desk = open_window(filled)
    dialog = shown(desk, BRANCH_OF)
    (filled.root / "workspace.lock").unlink(missing_ok=True)
    (filled.root / "workspace.lock").mkdir()
    dialog.list.rows[0].button.click()
    assert settle(desk)
    assert len(dialog.list.rows) == 1
    assert dialog.list.note.text()
    (filled.root / "workspace.lock").rmdir()


def test_an_empty_shortlist_says_how_to_fill_it(open_window: OpenWindow, filled: Home) -> None:
    desk = open_window(filled)
    header = desk.window.open_page("employers").findChild(EmployersHeader)
    assert header is not None
    header.alerts_button.click()
    assert settle(desk)
    [dialog] = desk.window.findChildren(AlertsDialog)
    assert "star" in dialog.told.text()
    assert not dialog.copy_button.isEnabled()
    dialog.accept()


def test_where_nothing_stands_out_the_chance_is_told(open_window: OpenWindow, filled: Home) -> None:
    dialog = shown(open_window(filled), "730")
    assert dialog.list.sentence.text() == "Nothing stands out among 22; less than 0.1 would be expected by chance."
    assert dialog.list.rows == []


def test_the_palette_leads_to_both_lists(open_window: OpenWindow, filled: Home) -> None:
    desk = open_window(filled)
    desk.window.palette_asked.emit()
    palette = desk.window.findChild(CommandPalette)
    assert palette is not None
    palette.field.setText("alerts")
    assert settle(desk)
    hits = [hit for hit in palette.model.hits if hit.act and hit.words.startswith("Alerts")]
    palette.close()
    for hit, title in zip(hits, ("Alerts: Copenhagen", "Alerts: the shortlist"), strict=True):
        assert hit.act is not None
        hit.act()
        assert settle(desk)
        dialog = desk.window.findChildren(AlertsDialog)[-1]
        assert dialog.windowTitle() == title
        dialog.accept()

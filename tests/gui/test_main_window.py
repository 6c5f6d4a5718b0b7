"""The window: pages and keys, the way back, language and theme at run time, and what is remembered."""

from __future__ import annotations

import json

from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from tests.gui.conftest import OpenWindow

from jobcentre_desk import text
from jobcentre_desk.gui.pages.figures_page import FiguresPage
from jobcentre_desk.gui.theme import theme_of
from jobcentre_desk.gui.window_picture import settle
from jobcentre_desk.gui.window_place import can_be_reached, place_of, restore_place
from jobcentre_desk.paths import Home
from jobcentre_desk.settings import Settings

CTRL = Qt.KeyboardModifier.ControlModifier


def test_without_figures_every_page_gives_way_to_the_first_start(open_window: OpenWindow, home: Home) -> None:
    desk = open_window(home)
    for name in ("employers", "employer", "municipality", "figures"):
        desk.window.open_page(name)
        assert desk.window.current() == "welcome"


def test_keys_open_pages_and_escape_goes_back(open_window: OpenWindow, filled: Home, qtbot: QtBot) -> None:
    window = open_window(filled).window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    shown = []
    for key in (Qt.Key.Key_4, Qt.Key.Key_7, Qt.Key.Key_2, Qt.Key.Key_1):
        QTest.keyClick(window, key, CTRL)
        shown.append(window.current())
    assert shown == ["municipality", "figures", "employer", "employers"]
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.current() == "employer"


def test_language_changes_at_run_time_and_pages_keep_what_was_chosen(open_window: OpenWindow, filled: Home) -> None:
    desk = open_window(filled)
    page = desk.window.open_page("figures")
    assert isinstance(page, FiguresPage)
    page.show_tab("measures")
    page.glossary.choose("y30r21.actual_share")
    desk.window.top_bar.language.click()
    rebuilt = desk.window.page("figures")
    assert isinstance(rebuilt, FiguresPage)
    assert rebuilt is not page
    assert (text.language(), rebuilt.tabs.current(), rebuilt.glossary.chosen()) == (
        "da",
        "measures",
        "y30r21.actual_share",
    )


def test_theme_changes_at_run_time(open_window: OpenWindow, filled: Home) -> None:
    desk = open_window(filled)
    desk.session.change_settings(theme="dark")
    assert theme_of(desk.window).dark
    assert theme_of(desk.window.rail).dark


def test_narrow_window_has_a_rail_of_icons(open_window: OpenWindow, filled: Home) -> None:
    window = open_window(filled).window
    widths = []
    for width in (1366, 1100):
        window.resize(width, 700)
        widths.append(window.rail.width())
    assert widths == [96, 52]


def test_demonstration_is_marked_and_age_is_told_on_every_page(open_window: OpenWindow, filled: Home) -> None:
    window = open_window(filled).window
    for name in ("employers", "municipality", "figures"):
        window.open_page(name)
        assert window.top_bar.demo.isVisible()
        assert not window.top_bar.unsigned.isVisible()
        assert "Q1" in window.status_bar.age.accessibleName()


def test_page_and_place_are_remembered(open_window: OpenWindow, filled: Home) -> None:
    desk = open_window(filled)
    desk.window.open_page("municipality")
    desk.window.resize(1250, 680)
    desk.window.close()
    kept = json.loads(filled.settings.read_text())
    assert kept["last_page"] == "municipality"
    assert kept["window_geometry"].startswith("1250x680")


def test_place_outside_every_screen_is_not_believed(qtbot: QtBot) -> None:
    screens = [QRect(0, 0, 1920, 1040), QRect(1920, 0, 1280, 984)]
    assert can_be_reached(QRect(2000, 40, 1200, 700), screens)
    assert not can_be_reached(QRect(4000, 40, 1200, 700), screens)
    assert not can_be_reached(QRect(100, -400, 1200, 700), screens)
    assert not can_be_reached(QRect(1890, 1030, 1200, 700), [screens[0]])


def test_place_survives_a_round_trip_and_nonsense_is_ignored(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    restore_place(window, "500x400+30+20")
    assert place_of(window) == "500x400+30+20"
    for nonsense in ("", "x", "99999999x1+0+0", "500x400+90000+0"):
        restore_place(window, nonsense)
        assert window.geometry().intersects(window.screen().availableGeometry())


def test_next_pane_key_walks_from_the_rail_through_the_page(open_window: OpenWindow, filled: Home) -> None:
    window = open_window(filled).window
    window.open_page("employers")
    window.rail.button("employers").setFocus()
    before = window.focusWidget()
    window._on_next_pane_asked()
    assert window.focusWidget() is not before
    assert window.page("employers").isAncestorOf(window.focusWidget())


def test_unreadable_settings_are_told_and_the_rest_is_kept(open_window: OpenWindow, filled: Home) -> None:
    desk = open_window(filled)
    desk.tell_unusable_settings(["text_factor"])
    assert desk.window.notice_bar.notices[0].level == "warning"
    assert "text_factor" in desk.window.notice_bar.notices[0].text


def test_settings_that_cannot_be_saved_hold_and_are_told(open_window: OpenWindow, home: Home) -> None:
    desk = open_window(home)
    home.settings.mkdir(parents=True)
    desk.session.change_settings(home_municipality="730")
    assert desk.session.settings().home_municipality == "730"
    assert "could not be saved" in desk.window.notice_bar.notices[0].text


def test_text_factor_makes_everything_larger(open_window: OpenWindow, filled: Home) -> None:
    desk = open_window(filled, Settings(language="en", theme="light", text_factor=130, daily_sync=False))
    assert desk.window.top_bar.height() == 62
    assert settle(desk)

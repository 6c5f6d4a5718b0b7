"""Ctrl+K finds everything; F1 explains every page in both languages and loads nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from tests.gui.conftest import OpenWindow

from jobcentre_desk import text
from jobcentre_desk.desk.find import find_employers, rows
from jobcentre_desk.gui.command_palette import CommandPalette, Hit, HitModel
from jobcentre_desk.gui.crash_reporter import report_text, save_report
from jobcentre_desk.gui.help_window import HelpBrowser, HelpWindow, help_file
from jobcentre_desk.gui.page_list import page_list
from jobcentre_desk.gui.settings_dialog import SettingsDialog
from jobcentre_desk.gui.window_desk import WindowDesk
from jobcentre_desk.gui.window_picture import settle
from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.paths import Home


def palette_of(desk: WindowDesk) -> CommandPalette:
    desk.window.palette_asked.emit()
    return next(found for found in desk.window.findChildren(CommandPalette) if found.isVisible())


def words(palette: CommandPalette) -> list[str]:
    return [hit.words for hit in palette.model.hits]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("randers", "Randers"), ("kobenhavn", "Copenhagen"), ("actual share", "Actual share on public support")],
)
def test_palette_finds_municipalities_and_measures(
    open_window: OpenWindow, filled: Home, typed: str, found: str
) -> None:
    desk = open_window(filled)
    palette = palette_of(desk)
    palette.search.look_for(typed)
    assert settle(desk)
    assert found in words(palette)


def test_palette_finds_an_employer_by_cvr_and_opens_its_page(open_window: OpenWindow, filled: Home) -> None:
    desk = open_window(filled)
    figures = desk.session.figures()
    assert figures is not None
    employer = rows(figures, find_employers(figures, Scope()), 0, 1)[0]
    palette = palette_of(desk)
    palette.search.look_for(employer.cvr)
    assert settle(desk)
    assert employer.name in words(palette)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert settle(desk)
    assert desk.window.current() == "employer"


def test_palette_finds_pages_and_commands_without_figures(open_window: OpenWindow, home: Home) -> None:
    palette = palette_of(open_window(home))
    palette.search.look_for("")
    assert {"Employers", "Figures", "Change settings", "Add a source"} <= set(words(palette))


def test_arrow_keys_pass_over_headings(open_window: OpenWindow, filled: Home) -> None:
    palette = palette_of(open_window(filled))
    hits = palette.model.hits
    for _ in range(len(hits)):
        QTest.keyClick(palette, Qt.Key.Key_Down)
        assert hits[palette.list.currentIndex().row()].act is not None


def test_hit_model_is_a_sound_model(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model = HitModel()
    model.show_hits([Hit(words="Pages"), Hit(words="Employers", act=lambda: None)])
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("page", [*(entry.name for entry in page_list()), "welcome", "index"])
def test_every_page_has_help_in_both_languages(page: str, language: str) -> None:
    text.use_language(language)
    path = help_file(page)
    assert path.stem == page
    assert path.parent.name == language
    assert len(path.read_text(encoding="utf-8")) > 500


def test_help_links_lead_to_help_alone_and_nothing_is_loaded(qtbot: QtBot) -> None:
    browser = HelpBrowser()
    qtbot.addWidget(browser)
    browser.show_page("index")
    browser.anchorClicked.emit(QUrl("employers.md"))
    assert browser.page == "employers"
    browser.anchorClicked.emit(QUrl("https://example.dk/../../etc/passwd"))
    assert browser.page == "index"
    assert browser.loadResource(2, QUrl("file:///etc/hosts")) is None


def test_f1_opens_the_help_of_the_page_shown(open_window: OpenWindow, filled: Home) -> None:
    desk = open_window(filled)
    for page in ("municipality", "figures"):
        desk.window.open_page(page)
        desk.window._on_help_asked()
        [shown] = [found for found in desk.window.findChildren(HelpWindow) if found.isVisible()]
        assert shown.browser.page == page


def test_settings_change_nothing_until_saved(open_window: OpenWindow, filled: Home) -> None:
    desk = open_window(filled)
    desk.window.settings_asked.emit()
    [dialog] = [found for found in desk.window.findChildren(QDialog) if isinstance(found, SettingsDialog)]
    dialog.language.choose("da")
    dialog.municipality.setCurrentIndex(dialog.municipality.findData("730"))
    assert desk.session.settings().language == "en"
    dialog.accept()
    assert (desk.session.settings().language, desk.session.settings().home_municipality) == ("da", "730")


def test_crash_report_tells_where_and_never_what(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="invalid literal") as caught:
        int("Jensen <A/S> 01234567")
    report = report_text(caught.type, caught.tb)
    assert "ValueError" in report
    assert "test_palette_and_help.py" in report
    assert "Jensen" not in report
    saved = save_report(tmp_path / "log", report)
    assert saved is not None
    assert saved.read_text() == report
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert save_report(blocked / "log", report) is None

"""The monthly report in the window: what is offered, what is written, what is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdf
from PySide6.QtWidgets import QPushButton, QWidget
from tests.gui.conftest import OpenWindow

from jobcentre_desk import text
from jobcentre_desk.gui.pages.municipality_page import MunicipalityPage
from jobcentre_desk.gui.report_dialog import ReportDialog
from jobcentre_desk.gui.window_desk import WindowDesk
from jobcentre_desk.gui.window_picture import settle
from jobcentre_desk.paths import Home


def _chooses(place: Path) -> Callable[[QWidget, Callable[[Path], None]], None]:
    return lambda _parent, on_chosen: on_chosen(place)


def _dialog(desk: WindowDesk, place: Path, opened: list[Path]) -> ReportDialog:
    context = replace(desk.context, choose_folder=_chooses(place))
    figures = desk.context.figures()
    assert figures is not None
    made = ReportDialog(context, figures, "730", desk.window, open_folder=opened.append)
    made.open()
    return made


def _notice_links(desk: WindowDesk) -> list[QWidget]:
    return [link for link in desk.window.findChildren(QWidget) if link.property("text") == "Open folder"]


def test_one_report_is_saved_in_the_language_chosen_and_the_window_keeps_its_own(
    open_window: OpenWindow, filled: Home, tmp_path: Path
) -> None:
    desk, opened = open_window(filled), list[Path]()
    dialog = _dialog(desk, tmp_path / "out", opened)
    dialog.language.choose("da")
    dialog.files.choose("both")
    dialog.make.click()
    assert settle(desk)
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert [name.rsplit("-", 1)[1] for name in names] == ["da.pdf", "da.xlsx"]
    assert "Randers" in pypdf.PdfReader(tmp_path / "out" / names[0]).pages[0].extract_text()
    assert text.language() == "en"
    (link,) = _notice_links(desk)
    link.click()  # type: ignore[attr-defined]
    assert opened == [tmp_path / "out"]


def test_a_folder_that_cannot_be_written_is_told_in_the_dialog(
    open_window: OpenWindow, filled: Home, tmp_path: Path
) -> None:
    desk = open_window(filled)
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    dialog = _dialog(desk, tmp_path / "taken", [])
    dialog.make.click()
    assert settle(desk)
    assert dialog.isVisible()
    assert "taken" in dialog.fault.text()
    assert dialog.make.isEnabled()
    dialog.reject()


def test_closing_the_dialog_stops_the_run_and_nothing_is_written(
    open_window: OpenWindow, filled: Home, tmp_path: Path
) -> None:
    desk = open_window(filled)
    dialog = _dialog(desk, tmp_path / "out", [])
    dialog.which.choose("all")
    dialog.make.click()
    dialog.cancel.click()
    assert settle(desk)
    assert not (tmp_path / "out").exists()
    assert _notice_links(desk) == []


def test_the_municipality_page_leads_to_it(open_window: OpenWindow, filled: Home) -> None:
    desk = open_window(filled)
    desk.context.open_municipality("730")
    assert settle(desk)
    page = desk.window.findChild(MunicipalityPage)
    assert page is not None
    (button,) = (one for one in desk.window.findChildren(QPushButton) if one.text() == "Monthly report …")
    button.click()
    dialog = desk.window.findChild(ReportDialog)
    assert dialog is not None
    assert dialog.which.current() == "one"
    dialog.reject()

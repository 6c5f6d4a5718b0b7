"""Loading a file of one's own in the window: its columns, its problems, the source it becomes, and its correction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from tests.builders.authority_files import CVR, FAULTS, HEADER, rows_with, sound_row, write_csv, write_xlsx
from tests.gui.conftest import OpenWindow

from jobcentre_desk.gui.mapping_dialog import MappingDialog
from jobcentre_desk.gui.source_dialog import SourceDialog
from jobcentre_desk.gui.window_desk import WindowDesk
from jobcentre_desk.gui.window_picture import settle
from jobcentre_desk.model.imports import Target
from jobcentre_desk.model.services import SourceKind
from jobcentre_desk.paths import Home


@pytest.fixture
def desk(open_window: OpenWindow, filled: Home) -> WindowDesk:
    """A window with the demonstration."""
    return open_window(filled)


def opened(desk: WindowDesk, path: Path, **more: Any) -> MappingDialog:
    dialog = MappingDialog(desk.context, path, desk.window, **more)
    dialog.open()
    assert settle(desk)
    return dialog


def fill_fields(dialog: MappingDialog) -> None:
    dialog.fields.publisher.setText("Data office")
    dialog.fields.basis.setText("Agreement of 1 May")
    dialog.fields.access.setChecked(True)


def sound_rows() -> list[list[Any]]:
    return [list(HEADER), *(sound_row(cvr=cvr) for cvr in CVR[:8])]


def test_how_the_file_is_read_is_said_and_its_columns_are_guessed(desk: WindowDesk, tmp_path: Path) -> None:
    dialog = opened(desk, write_csv(tmp_path / "own.csv", sound_rows(), encoding="cp1252"))
    assert dialog.layout_bar.encoding.currentData() == "windows-1252"
    assert dialog.layout_bar.separator.currentData() == ";"
    assert dialog.layout_bar.decided_by.text()
    assert dialog.mapping.target_of("CVR-nr.") is Target.CVR
    assert dialog.preview.heading.choice("CVR-nr.").currentData() == Target.CVR.value
    assert dialog.load.isEnabled()
    assert "8" in dialog.load.text()


def test_column_that_is_missing_is_asked_for_above_the_columns(desk: WindowDesk, tmp_path: Path) -> None:
    dialog = opened(desk, write_csv(tmp_path / "own.csv", sound_rows()))
    dialog.preview.choose("CVR-nr.", Target.NOTHING)
    assert settle(desk)
    assert "CVR number" in dialog.fault.text()
    assert not dialog.load.isEnabled()
    dialog.preview.choose("CVR-nr.", Target.CVR)
    assert settle(desk)
    assert dialog.load.isEnabled()
    assert not dialog.fault.isVisible()


def test_problems_of_the_first_rows_stand_over_their_column(desk: WindowDesk, tmp_path: Path) -> None:
    rows = [*sound_rows(), sound_row(cvr="12345678")]
    dialog = opened(desk, write_csv(tmp_path / "own.csv", rows))
    place = HEADER.index("CVR-nr.")
    assert "10" in dialog.preview.heading.reasons(place)
    assert dialog.preview.heading.choice("CVR-nr.").accessibleDescription() == "1 problem"
    assert dialog.preview.heading.reasons(HEADER.index("Kommune")) == ""


def test_how_numbers_are_read_stands_over_their_column_and_is_told_at_the_end(desk: WindowDesk, tmp_path: Path) -> None:
    rows = [*sound_rows(), sound_row(cvr=CVR[9], started="1.300", completed="1.234")]
    dialog = opened(desk, write_csv(tmp_path / "own.csv", rows))
    told = "A point parts thousands here: each stands before three digits."
    place = HEADER.index("Afsluttede")
    assert dialog.preview.heading.reasons(place) == told
    assert dialog.preview.heading.choice("Afsluttede").accessibleDescription() == told
    fill_fields(dialog)
    dialog.load.click()
    assert settle(desk)
    [notice] = [notice for notice in desk.window.notice_bar.notices if told in notice.text]
    assert notice.text.startswith("own: ")


def test_keyboard_goes_through_the_choices_column_by_column(desk: WindowDesk, tmp_path: Path) -> None:
    dialog = opened(desk, write_csv(tmp_path / "own.csv", sound_rows()))
    choices = dialog.preview.heading.choices()
    dialog.layout_bar.separator.setFocus()
    for choice in choices:
        dialog.focusNextChild()
        assert dialog.focusWidget() is choice
    assert dialog.preview.horizontalScrollBar().value() > 0
    dialog.focusNextChild()
    assert dialog.focusWidget() is dialog.preview


def test_access_is_asked_for_before_anything_is_loaded(desk: WindowDesk, tmp_path: Path) -> None:
    dialog = opened(desk, write_csv(tmp_path / "own.csv", sound_rows()))
    dialog.load.click()
    assert "access" in dialog.fault.text()
    assert not desk.syncing.running
    dialog.fields.basis.setText("Agreement of 1 May")
    dialog.load.click()
    assert "not confirmed" in dialog.fault.text()


def test_sound_file_becomes_a_source_and_is_remembered(desk: WindowDesk, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "own.csv", sound_rows())
    dialog = opened(desk, path)
    fill_fields(dialog)
    dialog.load.click()
    assert desk.syncing.running_import
    assert settle(desk)
    [entry] = [entry for entry in desk.workspace.sources() if entry.name == "own"]
    assert entry.kind is SourceKind.AUTHORITY_FILE
    assert desk.window.current() == "figures"
    again = opened(desk, path)
    assert "as last time" in again.layout_bar.decided_by.text()
    again.reject()


def test_refused_file_lists_every_problem_and_keeps_nothing(desk: WindowDesk, tmp_path: Path) -> None:
    rows, _told = rows_with(FAULTS)
    dialog = opened(desk, write_csv(tmp_path / "own.csv", rows))
    fill_fields(dialog)
    known = dialog.fields.known_through
    known.setCurrentIndex(known.findData("2025Q03"))
    dialog.load.click()
    assert settle(desk)
    assert dialog.isVisible()
    assert dialog.problems is not None
    model = dialog.problems.table.model()
    assert model.rowCount() >= len(FAULTS)
    dialog.problems.copy.click()
    assert "CVR-nr." in QGuiApplication.clipboard().text()
    dialog.problems.save_to(tmp_path / "problems.csv")
    assert settle(desk)
    assert len((tmp_path / "problems.csv").read_text(encoding="utf-8-sig").splitlines()) == model.rowCount() + 1
    assert [entry.name for entry in desk.workspace.sources()] == ["Demonstration"]


def test_mended_file_takes_the_place_of_the_former(desk: WindowDesk, tmp_path: Path) -> None:
    dialog = opened(desk, write_csv(tmp_path / "own.csv", sound_rows()))
    fill_fields(dialog)
    dialog.load.click()
    assert settle(desk)
    [entry] = [entry for entry in desk.workspace.sources() if entry.name == "own"]
    dialog = opened(desk, write_xlsx(tmp_path / "mended.xlsx", sound_rows()[:6]), entry=entry)
    assert dialog.fields.name.text() == "own"
    assert not dialog.fields.name.isEnabled()
    assert dialog.layout_bar.sheet.isVisible()
    fill_fields(dialog)
    dialog.load.click()
    assert settle(desk)
    assert [entry.name for entry in desk.workspace.sources()].count("own") == 1
    figures = desk.session.figures()
    assert figures is not None
    assert [source.sequence for source in figures.sources if source.name == "own"] == [2]


def test_other_encoding_reads_the_file_again(desk: WindowDesk, tmp_path: Path) -> None:
    dialog = opened(desk, write_csv(tmp_path / "own.csv", sound_rows(), encoding="cp1252"))
    choice = dialog.layout_bar.encoding
    choice.setCurrentIndex(choice.findData("utf-8"))
    choice.activated.emit(choice.currentIndex())
    assert settle(desk)
    assert dialog.fault.isVisible()
    choice.setCurrentIndex(choice.findData("windows-1252"))
    choice.activated.emit(choice.currentIndex())
    assert settle(desk)
    assert dialog.load.isEnabled()


def test_file_that_is_no_table_is_told_in_the_dialog(desk: WindowDesk, tmp_path: Path) -> None:
    path = tmp_path / "picture.xlsx"
    path.write_bytes(b"\x89PNG\r\n" + bytes(500))
    dialog = opened(desk, path)
    assert dialog.fault.isVisible()
    assert not dialog.load.isEnabled()


def test_stopping_a_load_keeps_the_dialog_and_nothing_else(desk: WindowDesk, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = opened(desk, write_csv(tmp_path / "own.csv", sound_rows()))
    fill_fields(dialog)
    dialog.load.click()
    assert dialog.cancel.text() == "Stop"
    dialog.reject()
    qtbot.waitUntil(lambda: not desk.syncing.running)
    assert settle(desk)
    assert dialog.isVisible()
    assert dialog.load.isEnabled()
    assert [entry.name for entry in desk.workspace.sources()] == ["Demonstration"]


def test_file_is_chosen_from_the_source_dialog(desk: WindowDesk, tmp_path: Path) -> None:
    dialog = SourceDialog(desk.context, desk.window, kind=SourceKind.AUTHORITY_FILE)
    dialog.open()
    assert dialog.add.text() == "Choose the file …"
    assert not dialog.publication.isVisible()
    dialog.take_file(write_csv(tmp_path / "own.csv", sound_rows()))
    assert settle(desk)
    [mapping] = desk.window.findChildren(MappingDialog)
    assert mapping.isVisible()
    mapping.reject()

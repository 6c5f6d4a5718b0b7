"""Excel workbooks of an authority: exact text out of sound ones, a sentence and no memory for hostile ones."""

from __future__ import annotations

import datetime as dt
import io
import re
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.builders.authority_files import HEADER, NEVER_WORKED_OUT, sound_row, write_xlsx

from jobcentre_desk.sources.authority_file import read_authority_file
from jobcentre_desk.sources.authority_table import BrokenCell, FileRefused, FileTable, StoredNumber
from jobcentre_desk.task import Task

SHEET = "xl/worksheets/sheet1.xml"
MOST_MEMORY = 64 * 1024**2


def read(path: Path, *, sheet: str = "") -> FileTable:
    return read_authority_file(path, sheet=sheet, task=Task())


def cells(path: Path) -> list[str]:
    return list(read(path).rows[0][1])


# Sound ones


def test_cells_come_out_as_exact_text(tmp_path: Path) -> None:
    noon = dt.datetime(2025, 3, 31, 12)  # noqa: DTZ001 - a spreadsheet knows no zones
    values: list[Any] = [12, 12.0, 47.11, "0012", True, dt.date(2025, 3, 31), noon, "a  b"]
    path = write_xlsx(tmp_path / "a.xlsx", [[f"name {letter}" for letter in "abcdefgh"], values])
    found = cells(path)
    assert found == ["12", "12", "47.11", "0012", "true", "2025-03-31", "2025-03-31", "a  b"]
    assert [isinstance(cell, StoredNumber) for cell in found] == [True, True, True, *[False] * 5]


def test_an_error_and_a_formula_never_worked_out_are_not_taken_for_empty_cells(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["a", "b", "c"], ["x", "#N/A", NEVER_WORKED_OUT]])
    found = cells(path)
    assert found == ["x", "#N/A", "="]
    assert [isinstance(cell, BrokenCell) for cell in found] == [False, True, True]


def test_a_formula_that_was_worked_out_is_its_value_and_its_links_are_not_followed(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["a", "b", "c"], ["x", 1, 2]])
    linked = '<c r="B2"><f>[1]Ark1!A1</f><v>7</v></c><c r="C2" t="str"><f>IF(1,"")</f><v></v></c>'
    _change(path, SHEET, lambda sheet: re.sub(r'<c r="B2".*</c>', linked, sheet))
    assert cells(path) == ["x", "7", ""]


def test_the_sheet_that_names_most_known_columns_is_read_even_when_hidden(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [HEADER, sound_row()], sheet="Træk", beside=("Forside", "Noter"))
    _change(path, "xl/workbook.xml", lambda book: re.sub('(<sheet[^>]*"Træk"[^>]*)"visible"', r'\1"hidden"', book))
    table = read(path)
    assert (table.layout.sheet, table.layout.sheets) == ("Træk", ("Forside", "Noter", "Træk"))
    assert "The sheet is “Træk”: of 3 it names most of the columns that are known." in table.decided_by
    with pytest.raises(FileRefused, match="no sheet “Ark9”"):
        read(path, sheet="Ark9")


def test_merged_and_hidden_rows_are_no_trouble_and_short_rows_are_filled(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["Udtræk af virksomheder"])
    page.merge_cells("A1:N1")
    page.append(HEADER)
    page.append(sound_row())
    page.append(sound_row()[:-3])
    page.row_dimensions[3].hidden = True
    book.save(tmp_path / "a.xlsx")
    table = read(tmp_path / "a.xlsx")
    assert [number for number, _row in table.rows] == [3, 4]
    assert table.rows[1][1][-3:] == ("", "", "")


# Hostile ones


def _change(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Rewrite one part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts.get(part, b"").decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _in_sheet(old: str, new: str) -> Callable[[Path], None]:
    return lambda path: _change(path, SHEET, lambda sheet: sheet.replace(old, new, 1))


def _bomb(part: str, before: str, filling: str, times: int) -> Callable[[Path], None]:
    """Put something tiny when packed and huge when unpacked into a part."""

    def change(path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        head, _found, tail = parts[part].decode().partition(before)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, content in parts.items():
                if name != part:
                    archive.writestr(name, content)
            with archive.open(part, "w", force_zip64=True) as file:
                file.write(head.encode() + before.encode())
                for _time in range(times):
                    file.write((filling * 10_000).encode())
                file.write(tail.encode())

    return change


HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "cells in one row": (_bomb(SHEET, '<row r="2">', "<c/>", 4_000), "far larger than a list"),
    "a cell of a gigabyte": (_bomb(SHEET, '<row r="2">', " " * 100, 700), "far larger than a list"),
    "styles without end": (_bomb("xl/styles.xml", "<cellXfs>", "<xf/>", 50), "far larger than a list"),
    "a thousand columns": (
        lambda path: write_xlsx(path, [[f"c{n}" for n in range(1000)]] * 2),
        "more than 200 columns",
    ),
    "a column that cannot be": (_in_sheet('r="B2"', 'r="ZZZZZZZZ2"'), "damaged"),
    "a row beyond the last": (_in_sheet('<row r="2"', '<row r="999999999"'), "damaged"),
    "a row that is no number": (_in_sheet('<row r="2"', '<row r="two"'), "damaged"),
    "a shared text that is not there": (
        _in_sheet('<row r="2">', '<row r="2"><c r="A2" t="s"><v>99</v></c>'),
        "damaged",
    ),
    "entities": (_in_sheet("<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet'), "damaged"),
    "broken XML": (_in_sheet("</row>", "</rwo>"), "damaged"),
    "no workbook": (lambda path: path.write_bytes(_zip_of({"a.txt": b"a"})), "no Excel workbook"),
    "a binary workbook": (lambda path: path.write_bytes(_zip_of({"xl/workbook.bin": b"a"})), "no Excel workbook"),
    "half a workbook": (lambda path: path.write_bytes(path.read_bytes()[:2000]), "damaged"),
    "the old format": (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 999), "(.xls)"),
    "a password": (
        lambda path: path.write_bytes(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 999 + "EncryptedPackage".encode("utf-16-le")
        ),
        "password",
    ),
}


def _zip_of(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_workbook_is_refused_with_a_sentence_and_fills_no_memory(tmp_path: Path, kind: str) -> None:
    change, words = HOSTILE[kind]
    path = write_xlsx(tmp_path / "a.xlsx", [HEADER, sound_row()])
    change(path)
    tracemalloc.start()
    try:
        with pytest.raises(FileRefused) as refused:
            read(path)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert words in refused.value.message
    assert refused.value.hint
    assert peak < MOST_MEMORY


def test_a_million_declared_columns_and_a_cell_in_the_last_one_cost_nothing(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [HEADER, sound_row(), sound_row()])
    _change(path, SHEET, lambda sheet: sheet.replace("</row>", '<c r="XFD2" s="0"/></row>'))
    declared = '<dimension ref="A1:XFD1048576"/><sheetData>'
    _change(path, SHEET, lambda sheet: re.sub("<dimension[^>]*/>", "", sheet).replace("<sheetData>", declared, 1))
    assert len(read(path).rows) == 2

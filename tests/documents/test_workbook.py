"""Workbooks: read back by another program, every text is the text it was, and every number a number."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcentre_desk import text
from jobcentre_desk.documents.workbook import LONGEST_TEXT, sheet_names, sheet_of, shown_number, workbook_bytes
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.workbooks import Cell, Share, Sheet, Workbook

NBSP = "\N{NO-BREAK SPACE}"
HOSTILE = (
    "=cmd|' /C calc'!A0", "=1+1", "+45 12345678", "-2", "@SUM(A1)", "\t=1", "＝1+1", "#N/A", "#REF!", "TRUE", "1e5",
    "0012", "2026-01-01", "<img src=x onerror=alert(1)>", "<b>Fed</b>", "AT&T", "Jensen <A/S>", "Łódź Import",
    "\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe", "שלום", "𝕏 Æøå", "_x0041_", "_x005F_", "]]>", "a\nb", "  spaces  ", "'quoted",
    '"', "&amp;", "{{7*7}}", "%s%n", "x" * 10_000, "<table>" * 20,
)  # fmt: skip


def book(*rows: tuple[Cell, ...], header: tuple[str, ...] = (), lines: tuple[str, ...] = ()) -> bytes:
    sheet = Sheet(name="Rows", header=header, rows=rows, lines=lines)
    return workbook_bytes(Workbook(title="Title", language="da", sheets=(sheet,)))


def cells(content: bytes, sheet: int = 0) -> list[list[Any]]:
    """The cells as openpyxl reads them."""
    read = openpyxl.load_workbook(io.BytesIO(content))
    return [list(row) for row in read.worksheets[sheet].iter_rows()]


def unescaped(value: object) -> str:
    """A text as a spreadsheet shows it: `_x005F_` stands for an underscore (ECMA-376, ST_Xstring)."""
    return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), str(value))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_text_is_read_back_as_the_text_it_is(hostile: str) -> None:
    ((cell,),) = cells(book((hostile,)))
    assert cell.data_type == "s"
    assert unescaped(cell.value) == hostile


def test_a_text_that_begins_like_a_formula_stays_a_text_when_it_is_edited() -> None:
    read = cells(book(*[(name,) for name in HOSTILE]))
    marked = {name for name, (cell,) in zip(HOSTILE, read, strict=True) if cell.quotePrefix}
    assert {"=cmd|' /C calc'!A0", "=1+1", "+45 12345678", "-2", "@SUM(A1)", "\t=1", "＝1+1"} <= marked
    assert "AT&T" not in marked


@given(st.text(max_size=60))
def test_any_text_is_written_and_read_back_but_for_what_no_file_may_hold(name: str) -> None:
    ((cell,),) = cells(book((f"x{name}",)))
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", name.replace("\r\n", "\n").replace("\r", "\n"))
    assert unescaped(cell.value) == f"x{kept}"
    assert cell.data_type == "s"


@pytest.mark.parametrize("broken", ["a\0b", "a\ud800b", "a\x1bb", "a\uffffb"])
def test_control_characters_and_lone_surrogates_are_left_out(broken: str) -> None:
    ((cell,),) = cells(book((broken,)))
    assert cell.value == "ab"


def test_a_text_too_long_for_a_cell_is_cut() -> None:
    ((cell,),) = cells(book(("y" * 40_000,)))
    assert len(cell.value) == LONGEST_TEXT


def test_numbers_are_numbers_with_their_format() -> None:
    ((whole, nothing, share, fine, digits, plain),) = cells(
        book((1234, None, Share(0.31), Share(0.3125, 2), Decimal("10.05"), 0.125))
    )
    assert [(cell.value, cell.number_format) for cell in (whole, share, fine, digits, plain)] == [
        (1234, "#,##0"), (0.31, "0%"), (0.3125, "0.00%"), (10.05, "#,##0.00"), (0.125, "General"),
    ]  # fmt: skip
    assert nothing.value is None


@pytest.mark.parametrize(
    ("language", "shown", "number"),
    [
        ("en", "1,234", 1234), ("da", "1.234", 1234), ("da", "10,05", Decimal("10.05")), ("en", "\N{MINUS SIGN}3", -3),
        ("en", f"31{NBSP}%", Share(0.31)), ("da", f"31,25{NBSP}%", Share(0.3125, 2)), ("en", "hidden", "hidden"),
        ("en", "28 of 42", "28 of 42"), ("en", f"52\N{EN DASH}79{NBSP}%", f"52\N{EN DASH}79{NBSP}%"),
        ("en", "", ""), ("en", "\N{EN DASH}", "\N{EN DASH}"), ("en", "+12", 12), ("en", "1.2.3", "1.2.3"),
    ],
)  # fmt: skip
def test_a_shown_number_is_found_in_the_language_in_use(language: str, shown: str, number: Cell) -> None:
    text.use_language(language)
    try:
        assert shown_number(shown) == number
    finally:
        text.use_language("en")


def test_a_table_keeps_names_and_numbers_apart() -> None:
    table = TableOf(
        header=("CVR", "Completed", "Rate"),
        rows=(("00012345", "1,234", f"31{NBSP}%"), ("1,234", "hidden", "not yet known")),
        numeric=(False, True, True),
    )
    read = cells(workbook_bytes(Workbook(title="", language="en", sheets=(sheet_of("T", table, lines=("A line.",)),))))
    assert read[0][0].value == "A line."
    assert [cell.value for cell in read[2]] == ["CVR", "Completed", "Rate"]
    assert read[2][0].font.bold
    assert [cell.value for cell in read[3]] == ["00012345", 1234, 0.31]
    assert [cell.value for cell in read[4]] == ["1,234", "hidden", "not yet known"]


def test_the_same_content_is_the_same_file_with_title_and_language() -> None:
    rows = [("=x", 1, Share(0.5))] * 3
    first = book(*rows, header=("a", "b", "c"))
    assert first == book(*rows, header=("a", "b", "c"))
    read = openpyxl.load_workbook(io.BytesIO(first))
    assert (read.properties.title, read.properties.language) == ("Title", "da")
    assert read.worksheets[0].freeze_panes == "A2"


def test_every_part_is_well_formed_and_many_rows_are_all_there() -> None:
    content = book(*[(f"<{n}>", n) for n in range(5_001)], header=("a", "b"))
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        for name in file.namelist():
            assert ET.fromstring(file.read(name)) is not None
    read = cells(content)
    assert len(read) == 5_002
    assert [cell.value for cell in read[-1]] == ["<5000>", 5000]


def test_more_columns_than_letters_have_their_names() -> None:
    (row,) = cells(book(tuple(range(800))))
    assert [cell.value for cell in row] == list(range(800))
    assert row[701].coordinate == "ZZ1"
    assert row[702].coordinate == "AAA1"


def test_names_of_sheets_are_short_plain_and_each_once() -> None:
    names = sheet_names(["a/b:c", "a b c", "'quoted'", "", "x" * 40, "x" * 40, "History", "[1]*?\\", "A B C"])
    assert names[:4] == ["a b c", "a b c 2", "quoted", "-"]
    assert [len(name) for name in names[4:6]] == [31, 31]
    assert len({name.casefold() for name in names}) == len(names)
    assert names[6] == "History 2"

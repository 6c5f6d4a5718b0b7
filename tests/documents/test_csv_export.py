"""Tables as files and clipboard text: numbers stay numbers, and no cell becomes a formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcentre_desk.documents.csv_export import FORMULA_STARTS, as_cell, csv_text, tab_text
from jobcentre_desk.model.charts import TableOf


def _table(*rows: tuple[str, ...]) -> TableOf:
    return TableOf(header=("Name", "Value"), rows=rows, numeric=(False, True))


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-x", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "-1+cmd|' /C'!A0"])
def test_what_could_be_a_formula_gets_an_apostrophe(text: str) -> None:
    assert as_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["-5", "+0.12", "-0,05", "-1.234", "1e-9", "-12 %", "−0,05", "31 %", "Jensen <A/S>", ""]
)
def test_numbers_and_plain_texts_stay_as_they_are(text: str) -> None:
    assert as_cell(text) == text


def test_lines_end_as_the_standard_says_and_cells_are_quoted_where_needed() -> None:
    assert csv_text(_table(('Søn, "A"', "1"))) == 'Name,Value\r\n"Søn, ""A""",1\r\n'


def test_another_delimiter_suits_a_danish_spreadsheet() -> None:
    assert csv_text(_table(("a;b", "0,5")), delimiter=";") == 'Name;Value\r\n"a;b";0,5\r\n'


def test_clipboard_rows_stay_on_one_line_each() -> None:
    assert tab_text(_table(("a\tb\nc", "=1"))) == "Name\tValue\na b c\t'=1\n"


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_whatever_is_written_is_read_back_and_is_no_formula(rows: list[tuple[str, str]]) -> None:
    read = list(csv.reader(io.StringIO(csv_text(_table(*rows)), newline="")))[1:]
    assert [[as_cell(cell) for cell in row] for row in rows] == [row or ["", ""] for row in read]
    for cell in (cell for row in read for cell in row):
        assert not cell.startswith(FORMULA_STARTS) or as_cell(cell) == cell

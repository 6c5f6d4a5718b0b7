"""CSV cut into rows: both ways of cutting agree, and rows of another width are told by their number."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobcentre_desk.model.publication import TABLE_COLUMNS
from jobcentre_desk.publishing.csv_rows import RowReader, csv_bytes

COLUMNS = TABLE_COLUMNS["programmes"]
HEADER = ",".join(COLUMNS)

cells = st.text(st.characters(codec="utf-8"), max_size=8) | st.sampled_from(['"', ",", "\n", ""])
tables = st.lists(st.lists(cells, min_size=1, max_size=5), max_size=30)


def by_row(content: bytes) -> tuple[list[tuple[int, list[str]]], RowReader]:
    reader = RowReader("programmes", content, file="f")
    return list(reader.rows()), reader


def by_column(content: bytes) -> tuple[list[tuple[int, list[str]]], RowReader]:
    reader = RowReader("programmes", content, file="f")
    rows = [
        (number, list(row))
        for numbers, columns in reader.column_chunks()
        for number, row in zip(numbers, zip(*columns, strict=True), strict=True)
    ]
    return sorted(rows), reader


@settings(max_examples=200)
@given(tables, st.sampled_from(["\n", "\r\n"]), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_rows_and_columns_give_the_same_cells_and_problems(table: list[list[str]], end: str, quoting: int) -> None:
    page = io.StringIO(newline="")
    page.write(HEADER + end)
    csv.writer(page, lineterminator=end, quoting=quoting).writerows(table)  # type: ignore[arg-type]
    content = page.getvalue().encode()
    rows, one = by_row(content)
    same_rows, other = by_column(content)
    assert same_rows == rows
    assert sorted(other.problems, key=lambda p: p.row) == one.problems


@given(st.lists(st.lists(cells, min_size=3, max_size=3), max_size=20))
def test_what_is_written_reads_back(table: list[list[str]]) -> None:
    cleaned = [[cell.replace("\r", " ") for cell in row] for row in table]
    rows, reader = by_row(csv_bytes(COLUMNS, cleaned))
    assert [row for _number, row in rows] == cleaned
    assert not reader.problems


@given(st.binary(max_size=200))
def test_any_bytes_at_all_end_in_rows_or_problems(content: bytes) -> None:
    for read in (by_row, by_column):
        rows, _reader = read(HEADER.encode() + b"\n" + content)
        assert all(len(row) == len(COLUMNS) for _number, row in rows)


WRONG_HEADERS = (
    "",
    "code",
    "code,title_da",
    "code,title_en,title_da",
    HEADER + ",x",
    "\ufeff" + HEADER,
    HEADER.upper(),
)


@pytest.mark.parametrize("header", WRONG_HEADERS)
def test_another_header_is_refused_at_row_one(header: str) -> None:
    for read in (by_row, by_column):
        rows, reader = read(f"{header}\n1,2,3\n".encode())
        assert not rows
        assert [problem.row for problem in reader.problems] == [1]
        assert HEADER in reader.problems[0].reason


def test_the_first_column_that_differs_is_named() -> None:
    _rows, reader = by_row(b"code,titel_da,title_en\n")
    assert reader.problems[0].column == "title_da"


def test_rows_too_short_or_long_are_told_by_number() -> None:
    content = f'{HEADER}\na,b,c\na,b\n\na,b,c,d\n"a",b\n'.encode()
    for read in (by_row, by_column):
        rows, reader = read(content)
        assert [number for number, _row in rows] == [2]
        assert sorted(problem.row for problem in reader.problems) == [3, 4, 5, 6]


def test_a_quoted_cell_may_hold_line_feeds_and_later_rows_keep_their_number() -> None:
    content = f'{HEADER}\na,"b\nb",c\nx\n'.encode()
    for read in (by_row, by_column):
        rows, reader = read(content)
        assert rows == [(2, ["a", "b\nb", "c"])]
        assert [problem.row for problem in reader.problems] == [3]


def test_quotation_marks_that_do_not_match_are_a_problem() -> None:
    for bad in ('a,"b,c\n', 'a,"b"x,c\n'):
        for read in (by_row, by_column):
            _rows, reader = read(f"{HEADER}\n1,2,3\n{bad}".encode())
            assert [problem.row for problem in reader.problems] == [3]


def test_bytes_that_are_no_utf8_are_told_by_row() -> None:
    for read in (by_row, by_column):
        rows, reader = read(HEADER.encode() + b"\na,b,c\na,\xe6,c\n")
        assert not rows
        assert [(problem.row, problem.file) for problem in reader.problems] == [(3, "f")]


def test_a_table_larger_than_one_chunk_keeps_its_numbers() -> None:
    lines = [f"{n},{'x' * 90},y" if n % 7 else f'{n},"x, {n}",y' for n in range(30_000)]
    content = "\n".join([HEADER, *lines, "short"]).encode()
    rows, reader = by_column(content)
    assert rows == by_row(content)[0]
    assert [problem.row for problem in reader.problems] == [30_002]

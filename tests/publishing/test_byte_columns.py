"""Columns of bytes agree with plain Python on every cell."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from jobcentre_desk.publishing.byte_columns import LONGEST_CELL, ByteColumn, find_codes, read_digits, split_columns

any_cell = st.text(st.characters(codec="utf-8", exclude_characters=',\n"\r'), max_size=45)
cell = any_cell | st.sampled_from(["", "A", "A\0", "47.11", "unemployment_benefit", "unemployment_benefits", "\0"])


def columns_of(rows: list[tuple[str, str]]) -> list[ByteColumn]:
    columns = split_columns("".join(f"{a},{b}\n" for a, b in rows).encode(), 2)
    assert columns is not None
    return columns


@given(st.lists(st.tuples(cell, cell), max_size=40))
def test_cells_are_those_between_the_commas(rows: list[tuple[str, str]]) -> None:
    left, right = columns_of(rows)
    assert [(left.cell(place), right.cell(place)) for place in range(len(rows))] == rows


@settings(max_examples=200)
@given(st.lists(st.tuples(cell, cell), max_size=40), st.sets(cell, max_size=12))
def test_codes_are_found_exactly(rows: list[tuple[str, str]], known: set[str]) -> None:
    known |= {row[0] for row in rows[::2]}
    fitting = sorted(code for code in known if code and "\0" not in code and len(code.encode()) <= LONGEST_CELL)
    ids = {code: number for number, code in enumerate(fitting)}
    assert find_codes(columns_of(rows)[0], ids).tolist() == [ids.get(row[0], -1) for row in rows]


digits = st.text("0123456789", max_size=9) | st.sampled_from(["-1", "1.0", "1e3", "+1", " 1", "٣", "１", "1_0", "NaN"])


@given(st.lists(st.tuples(digits | cell, cell), max_size=40))
def test_whole_numbers_are_digits_alone(rows: list[tuple[str, str]]) -> None:
    numbers, fits = read_digits(columns_of(rows)[0])
    for (text, _other), number, fit in zip(rows, numbers.tolist(), fits.tolist(), strict=True):
        assert fit == (text.isascii() and text.isdigit() and len(text) <= 8)
        assert not fit or number == int(text)


def test_lines_of_another_width_are_not_cut() -> None:
    for text in (b"a\n", b"a,b,c\n", b"a,b\nc\n", b"a\nb,c,d\n", b"a,b", b"a,b\n\n", b"\n", b","):
        assert split_columns(text, 2) is None


def test_no_lines_at_all_are_two_empty_columns() -> None:
    columns = split_columns(b"", 2)
    assert columns is not None
    assert [len(column.starts) for column in columns] == [0, 0]
    assert find_codes(columns[0], {"a": 1}).tolist() == []
    assert read_digits(columns[0])[0].dtype == np.int64

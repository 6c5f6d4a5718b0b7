"""The refusal of a release: how many problems, which is the first, and nothing from outside that is more than text."""

from __future__ import annotations

import pytest

from jobcentre_desk.model.publication import RowProblem
from jobcentre_desk.publishing.row_problems import RowsRefused, quoted, refuse_rows


def problem(row: int) -> RowProblem:
    return RowProblem(file="areas.csv", row=row, column="code", reason="“x” is no code.")


def test_the_message_names_file_row_column_and_reason_of_the_first() -> None:
    refused = RowsRefused([problem(3)])
    assert refused.message == (
        "1 problem was found in the rows of the release: areas.csv, row 3, column code: “x” is no code."
    )
    assert RowsRefused([problem(3), problem(4)]).message.startswith("2 problems were found")
    assert refused.id == "publication_refused"


def test_no_more_than_a_hundred_are_kept() -> None:
    assert [p.row for p in RowsRefused([problem(row) for row in range(300)]).problems] == list(range(100))


def test_no_problems_are_no_refusal() -> None:
    refuse_rows([])
    with pytest.raises(RowsRefused):
        refuse_rows([problem(2)])


def test_quoted_values_are_short_plain_text() -> None:
    assert quoted("a\u202e\nb") == "“a b”"
    assert quoted("x" * 41) == "“" + "x" * 40 + "…”"
    assert quoted("") == "“”"

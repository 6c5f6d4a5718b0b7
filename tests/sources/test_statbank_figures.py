"""Rows of StatBank as figures: each cell kept as published, and what cannot be used named in a sentence."""

from __future__ import annotations

import pytest
from tests.builders.small_statbank import gathered

from jobcentre_desk.model.outcomes import State
from jobcentre_desk.sources.service_faults import ServiceRefused
from jobcentre_desk.sources.statbank_figures import Gathered
from jobcentre_desk.sources.statbank_rows import read_rows

GOOD = "Copenhagen;Men;2024Q1;12"
BESIDE = "Frederiksberg;Men;2024Q1;7"


def values(read: Gathered) -> dict[tuple[str, str, str], str | None]:
    return {key: figure.value for key, figure in read.figures.items()}


def reasons(read: Gathered) -> list[str]:
    return [problem.reason for problem in read.problems]


def test_a_row_is_a_figure_that_knows_where_it_stood() -> None:
    figure = gathered(GOOD).figures["test1.indhold.koen-m", "101", "2024Q01"]
    assert (figure.value, figure.state, figure.group) == ("12", State.KNOWN, "all")
    assert (figure.answer, figure.row, figure.column) == (1, 1, "INDHOLD")


def test_the_total_has_the_id_of_the_table_alone() -> None:
    assert list(gathered("All Denmark;Total;2025Q1;100").figures) == [("test1.indhold", "000", "2025Q01")]


@pytest.mark.parametrize(
    ("written", "value", "state"),
    [
        ("12", "12", State.KNOWN),
        ("0", "0", State.KNOWN),
        ("-3.50", "-3.50", State.KNOWN),
        ("1072,20", "1072.20", State.KNOWN),
        ("..", None, State.HIDDEN),
        (".", None, State.NOT_REPORTED),
    ],
)
def test_published_digits_are_kept_and_missing_stays_missing(written: str, value: str | None, state: State) -> None:
    read = gathered(f"Copenhagen;Men;2024Q1;{written}")
    assert [(figure.value, figure.state) for figure in read.figures.values()] == [(value, state)]
    assert read.problems == []


@pytest.mark.parametrize("written", ["-", "", "many", "1e5", "1.2.3", "١٢", "=1+1"])
def test_what_is_no_figure_is_named_and_the_others_stay(written: str) -> None:
    read = gathered(f"Copenhagen;Men;2024Q1;{written}", BESIDE)
    assert list(values(read).values()) == ["7"]
    assert len(read.problems) == 1
    assert (read.problems[0].row, read.problems[0].column) == (1, "INDHOLD")


def test_identical_rows_merge_and_contradicting_ones_are_left_out() -> None:
    read = gathered(GOOD, GOOD, BESIDE, "Frederiksberg;Men;2024Q1;8", "Frederiksberg;Men;2024Q1;7")
    assert values(read) == {("test1.indhold.koen-m", "101", "2024Q01"): "12"}
    assert [(problem.file, problem.row) for problem in read.problems] == [("TEST1", 4), ("TEST1", 5)]
    assert "row 3" in read.problems[0].reason


def test_a_new_level_is_named_once_and_the_other_rows_stay() -> None:
    read = gathered(GOOD, "Copenhagen;Other;2024Q1;1", "Frederiksberg;Other;2024Q1;1", BESIDE)
    assert list(values(read).values()) == ["12", "7"]
    assert len(reasons(read)) == 1
    assert "“Other” in row 2 of answer 1 is no level of KØN" in reasons(read)[0]


def test_an_unknown_column_is_named_and_the_figures_stay() -> None:
    read = gathered("Copenhagen;Men;x;2024Q1;12", "Frederiksberg;Men;x;2024Q1;7", header="OMRÅDE;KØN;NYT;TID;INDHOLD")
    assert list(values(read).values()) == ["12", "7"]
    assert reasons(read) == ["Answer 1 has a column NYT that the description of the table does not have."]


def test_figures_that_an_unknown_column_breaks_down_are_left_out_even_when_equal() -> None:
    read = gathered(
        "Copenhagen;Men;x;2024Q1;12",
        "Copenhagen;Men;y;2024Q1;12",
        "Frederiksberg;Men;x;2024Q1;7",
        header="OMRÅDE;KØN;NYT;TID;INDHOLD",
    )
    assert list(values(read).values()) == ["7"]
    assert len(read.problems) == 2


def test_a_column_that_lacks_is_refused() -> None:
    with pytest.raises(ServiceRefused, match="lacks the column KØN"):
        gathered("Copenhagen;2024Q1;12", header="OMRÅDE;TID;INDHOLD")
    with pytest.raises(ServiceRefused, match="lacks the column Tid"):
        gathered("Copenhagen;Men;12", header="OMRÅDE;KØN;INDHOLD")


def test_danish_and_english_labels_join_to_the_same_codes() -> None:
    read = gathered("København;Mænd;2024K1;12", "FREDERIKSBERG;Women;2024Q1;7", "Hele landet;I alt;2024Q1;9")
    assert sorted(key[1:] for key in read.figures) == [("000", "2024Q01"), ("101", "2024Q01"), ("147", "2024Q01")]
    assert read.problems == []


def test_areas_that_are_none_of_ours_are_not_taken() -> None:
    read = gathered(GOOD, "Province;Men;2024Q1;99")
    assert list(values(read).values()) == ["12"]
    assert "Province" in " ".join(read.chosen.told)


def test_problems_are_named_up_to_a_hundred_and_then_counted() -> None:
    read = gathered(*(f"Copenhagen;Men;2024Q1;x{number}" for number in range(250)))
    assert len(read.problems) == 101
    assert reasons(read)[-1] == "150 more rows could not be used."


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"<html>Please log in</html>", "a text instead of rows"),
        (b"", "a text instead of rows"),
        ("﻿OMRÅDE;TID;INDHOLD\r\nCopenhagen;2024Q1;1".encode(), "damaged at row 1"),
        (b'{"errorTypeCode":"EXTRACT-NOTALLOWED","message":"Nej."}', "could not answer the question: Nej"),
    ],
)
def test_other_texts_than_rows_are_refused(body: bytes, sentence: str) -> None:
    with pytest.raises(ServiceRefused, match=sentence):
        read_rows(body)


@pytest.mark.parametrize("torn", ["Copenhagen;Men", "Copenhagen;Men;2024Q1;12;13"])
def test_a_row_with_other_cells_than_columns_is_refused(torn: str) -> None:
    with pytest.raises(ServiceRefused, match="damaged at row 2"):
        gathered(GOOD, torn)

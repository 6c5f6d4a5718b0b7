"""Masking: windows of four, collapsed codes, and no small count left that rows could tell."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.publishing.columns import OUTCOME_COUNTS, EmployerIds, KnownCodes, OutcomeColumns
from jobcentre_desk.publishing.masking import mask_window, window_ends, with_all

CODES = KnownCodes(
    occupations={"all": 9, "5": 0}, benefit_groups={"all": 8, "a": 0}, programmes={"all": 7, "t": 0},
    employers=EmployerIds.of(()),
)  # fmt: skip

Row = tuple[int, int, int, int, tuple[int, ...]]


def columns(rows: list[Row]) -> OutcomeColumns:
    """Rows of (municipality, branch, occupation, employer, five counts)."""
    ids = np.array([row[:4] for row in rows], dtype=np.int64).reshape(-1, 4).T
    counts = np.array([row[4] for row in rows], dtype=np.int32).reshape(-1, 5).T
    return OutcomeColumns(
        municipality=ids[0].astype(np.int16),
        branch=ids[1].astype(np.int16),
        occupation=ids[2].astype(np.int16),
        employer=ids[3].astype(np.int32),
        benefit_group=np.zeros(len(rows), np.int8),
        programme=np.zeros(len(rows), np.int8),
        **dict(zip(OUTCOME_COUNTS, counts, strict=True)),
    )


def rows_of(outcomes: OutcomeColumns) -> dict[tuple[int, int, int], tuple[int, ...]]:
    keys = zip(outcomes.municipality.tolist(), outcomes.branch.tolist(), outcomes.employer.tolist(), strict=True)
    counts = zip(*(getattr(outcomes, name).tolist() for name in OUTCOME_COUNTS), strict=True)
    return dict(zip(keys, counts, strict=True))


def masked(*counts: int, minimum_count: int = 5) -> tuple[int, ...]:
    window = mask_window([columns([(1, 1, 0, 1, counts)])], minimum_count=minimum_count, codes=CODES)
    return rows_of(window)[(1, 1, 1)]


def quarters(first: str, count: int) -> list[Quarter]:
    start = Quarter.parse(first)
    assert start is not None
    return [start.plus(n) for n in range(count)]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((9, 20, 6, 6, 0), (9, 20, 6, 6, 0)),
        ((9, 0, 0, 0, 0), (9, 0, 0, 0, 0)),
        ((9, 4, 4, 0, 0), (-1, -1, -1, -1, -1)),
        ((9, 1, 0, 0, 0), (-1, -1, -1, -1, -1)),
        ((9, 5, 0, 0, 0), (9, 5, 0, 0, 0)),
        ((9, 5, 5, 0, 0), (9, 5, 5, 0, 0)),
        ((9, 20, 4, 6, 6), (9, 20, -1, -1, -1)),
        ((9, 20, 6, 1, 6), (9, 20, -1, -1, -1)),
        ((9, 20, 6, 0, 4), (9, 20, -1, -1, -1)),
        ((9, 20, 6, 6, 4), (9, 20, -1, -1, -1)),
        ((9, 20, 10, 6, 0), (9, 20, -1, -1, -1)),
        ((9, 20, 10, 10, 0), (9, 20, 10, 10, 0)),
        ((2, 20, 10, 10, 0), (2, 20, 10, 10, 0)),
        ((9, -1, -1, -1, -1), (-1, -1, -1, -1, -1)),
        ((9, 20, -1, -1, -1), (9, 20, -1, -1, -1)),
    ],
)
def test_each_row_shows_what_the_page_allows(counts: tuple[int, ...], shown: tuple[int, ...]) -> None:
    assert masked(*counts) == shown


def test_fine_codes_collapse_to_all_and_four_quarters_to_one_row() -> None:
    year = [columns([(1, 2, occupation, 3, (1, 3, 2, 0, 0)) for occupation in (0, 1)]) for _ in range(4)]
    window = mask_window(year, minimum_count=5, codes=CODES)
    assert rows_of(window) == {(1, 2, 3): (8, 24, 16, 0, 0)}
    assert (window.occupation.tolist(), window.benefit_group.tolist(), window.programme.tolist()) == ([9], [8], [7])


def test_a_count_hidden_in_one_quarter_is_hidden_in_the_window() -> None:
    year = [columns([(1, 2, 0, 3, (1, 9, 9, 0, 0))]), columns([(1, 2, 0, 3, (1, 9, -1, -1, -1))])]
    assert rows_of(mask_window(year, minimum_count=5, codes=CODES)) == {(1, 2, 3): (2, 18, -1, -1, -1)}


def test_workplaces_stay_apart() -> None:
    year = [columns([(1, 2, 0, 3, (0, 9, 9, 0, 0)), (2, 2, 0, 3, (0, 9, 0, 9, 0)), (1, 3, 0, 3, (0, 7, 0, 7, 0))])]
    assert len(rows_of(mask_window(year, minimum_count=5, codes=CODES))) == 3


def test_an_empty_window_has_no_rows() -> None:
    assert len(mask_window([columns([])], minimum_count=5, codes=CODES)) == 0


small = st.integers(0, 4)
row = st.tuples(small, small, small, small, st.tuples(small, small, small, small, small))


@given(st.lists(st.lists(row, max_size=12), min_size=1, max_size=4), st.integers(2, 8))
def test_no_row_shows_a_small_count_and_shown_ones_are_true(year: list[list[Row]], minimum_count: int) -> None:
    truth: dict[tuple[int, int, int], np.ndarray[tuple[int], np.dtype[np.int64]]] = defaultdict(
        lambda: np.zeros(5, np.int64)
    )
    year = [[(m, b, o, e, (s, sum(c) + s, *c)) for m, b, o, e, (s, _n, *c) in quarter] for quarter in year]
    for quarter in year:
        for municipality, branch, _occupation, employer, counts in quarter:
            truth[(municipality, branch, employer)] += np.array(counts)
    window = rows_of(mask_window([columns(quarter) for quarter in year], minimum_count=minimum_count, codes=CODES))
    assert set(window) == set(truth)
    for key, shown in window.items():
        for true, count in zip(truth[key].tolist(), shown, strict=True):
            assert count in {true, -1}
        for count in shown[1:]:
            assert count not in range(1, minimum_count)
        if shown[2] >= 0:
            assert shown[1] - sum(shown[2:]) not in range(1, minimum_count)


def test_windows_count_back_from_the_last_known_quarter() -> None:
    known = Quarter.of(2026, 1)
    assert [str(end) for end in window_ends(quarters("2020Q04", 24), known)] == [
        "2022Q01", "2023Q01", "2024Q01", "2025Q01", "2026Q01",
    ]  # fmt: skip


def test_quarters_too_few_for_a_window_give_none() -> None:
    known = Quarter.of(2026, 1)
    assert window_ends(quarters("2025Q03", 5), known) == []
    assert window_ends(quarters("2026Q02", 2), known) == []
    assert window_ends([], known) == []


def test_the_row_for_all_joins_each_collapsed_list_once() -> None:
    flat: list[dict[str, str | None]] = [{"code": "t", "title_da": "T", "title_en": "T"}]
    with_row = with_all("programmes", flat)
    assert with_row[0] == {"code": "all", "title_da": "Alle", "title_en": "All"}
    assert with_all("programmes", with_row) == with_row
    assert with_all("areas", flat) == flat
    levelled: list[dict[str, str | None]] = [
        {"code": "5", "parent": None, "level": "1", "title_da": "S", "title_en": "S"}
    ]
    assert with_all("occupations", levelled)[0]["level"] == "1"

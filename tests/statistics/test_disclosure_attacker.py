"""What an attacker can work out of a table with hidden cells, and what is hidden so that it is nothing."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobcentre_desk.statistics.disclosure import (
    CellTable,
    attacker_bounds,
    complementary,
    is_pinned,
    is_small,
    pinned,
)


@pytest.fixture
def published_case(shared_folder: Path) -> dict[str, Any]:
    cases = json.loads((shared_folder / "oracles/suppression_primary_secondary.json").read_text("utf-8"))["cases"]
    return {case["id"]: case for case in cases}


def _activity(case: dict[str, Any]) -> tuple[CellTable, np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """The published table, what its primary rule hides, and costs that keep the totals shown."""
    inner = np.array(case["inputs"]["table"])
    table = CellTable.two_way(inner)
    shape = np.array(inner.shape) + 1
    hidden, totals = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    for row, column in case["inputs"]["primary"]:
        hidden[row, column] = True
    totals[-1], totals[:, -1] = True, True
    return table, hidden.ravel(), np.where(totals.ravel(), np.inf, table.values)


@pytest.mark.published
def test_the_published_pattern_is_found_and_primary_alone_is_seen_to_leak(published_case: dict[str, Any]) -> None:
    case = published_case["activity_region_pattern"]
    table, hidden, costs = _activity(case)
    assert pinned(table, hidden, minimum=10).sum() == 1
    found = complementary(table, hidden, minimum=10, costs=costs)
    assert np.argwhere(found.reshape(4, 4)).tolist() == case["expected"]["suppressed"]
    assert not pinned(table, found, minimum=10).any()


@pytest.mark.published
def test_the_cheapest_pattern_of_all_is_found(published_case: dict[str, Any]) -> None:
    case = published_case["activity_region_min_cost"]
    table, hidden, costs = _activity(case)
    added = complementary(table, hidden, minimum=10, costs=costs) & ~hidden
    assert np.argwhere(added.reshape(4, 4)).tolist() == case["expected"]["added"]
    assert table.values[added].sum() == case["expected"]["added_cells_cost"]


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [(0, 0, False), (1, 1, True), (5, 5, True), (1, 2, True), (0, 1, False), (2, 3, False), (0, 9, False)],
)
def test_one_whole_number_or_only_small_ones_is_pinned(low: float, high: float, found: bool) -> None:
    assert bool(is_pinned(low, high, minimum=3)) is found


def test_bounds_are_those_of_every_table_that_agrees() -> None:
    inner = np.array([[2, 1, 4], [3, 0, 1]])
    table = CellTable.two_way(inner)
    hidden = np.zeros((3, 4), dtype=bool)
    hidden[:2, :3] = True
    low, high = attacker_bounds(table, hidden.ravel())
    tables = np.array(
        [
            [[a, b, 7 - a - b], [5 - a, 1 - b, 5 - 7 + a + b]]
            for a, b in itertools.product(range(6), range(2))
            if 7 - a - b >= 0 and a + b >= 2
        ]
    )
    assert low.reshape(3, 4)[:2, :3].tolist() == tables.min(axis=0).tolist()
    assert high.reshape(3, 4)[:2, :3].tolist() == tables.max(axis=0).tolist()


def test_what_no_relation_bounds_has_no_largest_value() -> None:
    low, high = attacker_bounds(CellTable.of([4, 5], [[0, 0]]), [True, False])
    assert (low.tolist(), high.tolist()) == ([0, 5], [np.inf, 5])
    assert attacker_bounds(CellTable.of([4], [[0]]), [False])[0].tolist() == [4]


def test_relations_that_do_not_hold_are_refused() -> None:
    with pytest.raises(ValueError, match="does not hold"):
        CellTable.of([1, 2], [[1, 1]])


def test_a_cell_that_nothing_can_protect_is_left_and_told() -> None:
    table = CellTable.of([2, 2], [[1, -1]])
    found = complementary(table, [True, False], minimum=3, costs=[1, np.inf])
    assert found.tolist() == [True, False]
    assert pinned(table, found, minimum=3).tolist() == [True, False]


def test_what_proves_superfluous_is_shown_again() -> None:
    table = CellTable.two_way([[2, 9, 9], [9, 2, 9], [9, 9, 9]])
    hidden = is_small(table.values, table.values, 3)
    found = complementary(table, hidden, minimum=3, costs=np.where(table.values > 9, np.inf, table.values))
    assert not pinned(table, found, minimum=3).any()
    assert found.sum() == 4


counts = st.integers(2, 4).flatmap(
    lambda rows: st.integers(2, 4).flatmap(
        lambda columns: st.lists(
            st.lists(st.integers(0, 12), min_size=columns, max_size=columns), min_size=rows, max_size=rows
        )
    )
)


@settings(max_examples=40, deadline=None)
@given(counts)
def test_no_cell_of_a_table_that_goes_out_can_be_pinned(inner: list[list[int]]) -> None:
    table = CellTable.two_way(inner)
    hidden = is_small(table.values, table.values, 3)
    found = complementary(table, hidden, minimum=3)
    low, high = attacker_bounds(table, found)
    assert not (found & is_pinned(low, high, minimum=3)).any()
    assert (low <= table.values + 1e-6).all()
    assert (high >= table.values - 1e-6).all()


@settings(max_examples=20, deadline=None)
@given(counts)
def test_nothing_is_hidden_where_nothing_is_small(inner: list[list[int]]) -> None:
    table = CellTable.two_way(np.array(inner) + 3)
    assert not complementary(table, is_small(table.values, table.values, 3), minimum=3).any()

"""Sums over quarters shown together: exact bounds, and nothing small worked out."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from jobcentre_desk.statistics.disclosure import CellTable, attacker_bounds
from jobcentre_desk.statistics.sums_in_time import Stretch, Timeline, shown_stretches

quarters_of = st.lists(st.integers(0, 7), min_size=3, max_size=7)
ends = st.lists(st.tuples(st.integers(0, 6), st.integers(1, 4)), max_size=6)


def _stretches(quarters: list[int], wanted: list[tuple[int, int]]) -> list[Stretch]:
    return [Stretch(a, min(a + size, len(quarters)), (0,)) for a, size in wanted if a < len(quarters)]


def _bounds(quarters: list[int], shown: list[Stretch], asked: Stretch) -> tuple[float, float]:
    """The same by linear programme: quarters hidden, the stretches shown, the one asked for hidden."""
    sums = [sum(quarters[one.first : one.stop]) for one in [*shown, asked]]
    relations = np.zeros((len(sums), len(quarters) + len(sums)), dtype=np.int64)
    for row, one in enumerate([*shown, asked]):
        relations[row, one.first : one.stop] = 1
        relations[row, len(quarters) + row] = -1
    hidden = np.ones(relations.shape[1], dtype=bool)
    hidden[len(quarters) : -1] = False
    low, high = attacker_bounds(CellTable.of([*quarters, *sums], relations), hidden, [len(hidden) - 1])
    return float(np.round(low[-1], 6)), float(np.round(high[-1], 6))


@settings(max_examples=60, deadline=None)
@given(quarters_of, ends, st.tuples(st.integers(0, 2), st.integers(1, 3)))
def test_bounds_are_those_of_the_linear_programme(
    quarters: list[int], wanted: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    timeline = Timeline(np.array([quarters]), minimum=3)
    shown = _stretches(quarters, wanted)
    for stretch in shown:
        timeline.know(stretch)
    (question,) = _stretches(quarters, [asked])
    assert timeline.bounds(question) == [_bounds(quarters, shown, question)]


@settings(max_examples=60, deadline=None)
@given(quarters_of, ends)
def test_no_small_stretch_can_be_worked_out_of_those_shown(quarters: list[int], wanted: list[tuple[int, int]]) -> None:
    timeline = Timeline(np.array([quarters]), minimum=3)
    asked = _stretches(quarters, wanted)
    shown = [one for one, done in zip(asked, shown_stretches(timeline, asked), strict=True) if done]
    for first in range(len(quarters)):
        for stop in range(first + 1, len(quarters) + 1):
            low, high = _bounds(quarters, shown, Stretch(first, stop, (0,)))
            if 1 <= sum(quarters[first:stop]) < 3:
                assert low < high
                assert low < 1 or high >= 3


def test_everything_is_shown_where_nothing_is_small() -> None:
    timeline = Timeline(np.array([[5, 0, 4, 9]]), minimum=3)
    wanted = [Stretch(0, 4, (0,)), *(Stretch(at, at + 1, (0,)) for at in range(4))]
    assert shown_stretches(timeline, wanted) == [True] * 5

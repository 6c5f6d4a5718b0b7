"""Which counts stay on the screen."""

from __future__ import annotations

import pytest

from jobcentre_desk.statistics.disclosure import branch_tells_on_few, is_small


@pytest.mark.parametrize(
    ("count", "total", "small"),
    [
        (0, 0, False),
        (0, 5, False),
        (1, 9, True),
        (2, 9, True),
        (3, 9, False),
        (7, 9, True),
        (9, 9, False),
        (0, 2, True),
    ],
)
def test_a_count_or_its_complement_below_three_is_small(count: int, total: int, small: bool) -> None:
    assert bool(is_small(count, total, 3)) is small


def test_a_least_count_of_one_hides_nothing() -> None:
    assert is_small([0, 1, 2], [2, 2, 2], 1).tolist() == [False, False, False]


@pytest.mark.parametrize(
    ("others", "tells"),
    [([5, 5], True), ([5, 5, 0], True), ([5, 5, 5], False), ([90, 5, 5], True), ([80, 10, 10], False)],
)
def test_a_branch_of_few_or_of_one_giant_is_not_shown_beside_its_employer(others: list[int], tells: bool) -> None:
    assert branch_tells_on_few(others) is tells

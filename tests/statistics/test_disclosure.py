"""Which counts stay on the screen."""

from __future__ import annotations

import pytest

from jobcentre_desk.statistics.disclosure import is_small


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

"""The first rows of a list are those that the complete order begins with."""

from __future__ import annotations

import numpy as np
import pytest

from jobcentre_desk.desk.ordering import all_places, first_places


@pytest.mark.parametrize("count", [1, 7, 250, 2000])
@pytest.mark.parametrize("ties", [3, 100_000])
def test_the_first_places_begin_the_complete_order(count: int, ties: int) -> None:
    chance = np.random.default_rng(count + ties)
    keys = (-chance.integers(0, ties, 2000) / ties, chance.integers(0, 4, 2000), chance.permutation(2000))
    expected = np.lexsort(tuple(reversed(keys)))
    assert np.array_equal(all_places(keys), expected)
    assert np.array_equal(first_places(keys, count), expected[:count])


def test_keys_too_wide_for_one_number_are_ordered_all_the_same() -> None:
    chance = np.random.default_rng(1)
    keys = tuple(chance.integers(-(2**40), 2**40, 500) for _ in range(3))
    assert np.array_equal(all_places(keys), np.lexsort(tuple(reversed(keys))))


def test_nothing_has_no_order() -> None:
    assert len(all_places((np.zeros(0), np.zeros(0, dtype=np.int64)))) == 0

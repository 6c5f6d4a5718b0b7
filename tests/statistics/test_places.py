"""Places are ranges, and the ranges are those that drawing from the posteriors gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from jobcentre_desk.statistics.places import places

Whole = NDArray[np.int64]
ALPHA, BETA = 8.0, 14.0


def employers(seed: int, many: int, *, most: int) -> tuple[Whole, Whole]:
    rng = np.random.default_rng(seed)
    n = np.minimum(rng.geometric(0.2, many), most)
    return rng.binomial(n, rng.beta(ALPHA, BETA, many)), n


def drawn_places(x: Whole, n: Whole, shown: Whole, *, draws: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    rng = np.random.default_rng(11)
    found = np.empty((draws, len(shown)))
    for draw in range(draws):
        theta = rng.beta(x + ALPHA, n - x + BETA)
        found[draw] = 1 + len(x) - np.searchsorted(np.sort(theta), theta[shown], side="right")
    return np.percentile(found, 2.5, axis=0), np.percentile(found, 97.5, axis=0)


@pytest.mark.parametrize("many", [2, 12, 60, 100, 101, 400, 2000])
def test_places_agree_with_draws_from_the_posteriors(many: int) -> None:
    x, n = employers(many, many, most=60)
    shown = np.arange(min(many, 30))
    low, high = drawn_places(x, n, shown, draws=4000)
    first, last = places(x, n, ALPHA, BETA, shown)
    apart = np.maximum(np.abs(first - low), np.abs(last - high))
    assert apart.max() <= max(2, 0.04 * many)
    assert np.median(apart) <= max(1, 0.005 * many)


def test_few_units_with_thousands_of_cases_keep_narrow_places() -> None:
    rng = np.random.default_rng(3)
    n = rng.integers(5_000, 50_000, 20)
    x = rng.binomial(n, rng.uniform(0.36, 0.42, 20))
    low, high = drawn_places(x, n, np.arange(20), draws=4000)
    first, last = places(x, n, ALPHA, BETA, np.arange(20))
    assert np.abs(first - low).max() <= 2
    assert np.abs(last - high).max() <= 2


def test_an_employer_with_thousands_of_cases_has_a_narrow_place_among_many() -> None:
    x, n = employers(5, 3000, most=20)
    x[0], n[0] = 3_000, 6_000
    low, high = drawn_places(x, n, np.array([0]), draws=1000)
    first, last = places(x, n, ALPHA, BETA, [0])
    assert (int(first[0]), int(last[0])) == pytest.approx((low[0], high[0]), abs=0.01 * 3000)


def test_rates_near_0_and_1_keep_places_within_the_list() -> None:
    x = np.array([0, 0, 500_000, 500_000] * 40)
    n = np.full(160, 500_000)
    first, last = places(x, n, 0.02, 0.02, np.arange(4))
    assert (first >= 1).all()
    assert (last <= 160).all()
    assert last[2] <= first[0] + 2


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=150), st.randoms())
def test_places_are_ranges_within_the_list_and_do_not_depend_on_its_order(
    counts: list[tuple[int, int]], random: object
) -> None:
    x = np.array([a for a, _ in counts])
    n = np.array([a + b for a, b in counts])
    first, last = places(x, n, ALPHA, BETA, np.arange(len(x)))
    assert (first >= 1).all()
    assert (first <= last).all()
    assert (last <= len(x)).all()
    order = np.random.default_rng(0).permutation(len(x))
    turned_first, turned_last = places(x[order], n[order], ALPHA, BETA, np.arange(len(x)))
    assert turned_first.tolist() == first[order].tolist()
    assert turned_last.tolist() == last[order].tolist()


def test_nobody_shown_gives_no_places() -> None:
    first, last = places([1, 2], [3, 4], ALPHA, BETA, [])
    assert (len(first), len(last)) == (0, 0)

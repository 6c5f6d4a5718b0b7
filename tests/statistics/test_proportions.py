"""Intervals of one rate and of two."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from jobcentre_desk.statistics.proportions import newcombe_difference, rates, wilson
from jobcentre_desk.statistics.special import normal_cdf, small_binomial_tails

counted = st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counted)
def test_wilson_holds_the_rate_and_stays_between_0_and_1(counts: tuple[int, int]) -> None:
    x, n = counts
    low, high = wilson(x, n)
    assert 0 <= low <= x / n <= high <= 1


@given(counted)
def test_wilson_of_those_without_a_job_is_the_mirror_image(counts: tuple[int, int]) -> None:
    x, n = counts
    low, high = wilson(x, n)
    other_low, other_high = wilson(n - x, n)
    assert float(low) == pytest.approx(1 - float(other_high), abs=1e-12)
    assert float(high) == pytest.approx(1 - float(other_low), abs=1e-12)


@given(counted)
def test_wilson_agrees_with_statsmodels(counts: tuple[int, int]) -> None:
    low, high = wilson(*counts)
    assert (float(low), float(high)) == pytest.approx(proportion_confint(*counts, method="wilson"), abs=1e-12)


def test_nobody_completed_gives_no_rate_and_no_interval() -> None:
    assert np.isnan(rates([0, 3], [0, 6])).tolist() == [True, False]
    assert np.isnan(np.stack(wilson([0], [0]))).all()
    assert np.isnan(np.stack(newcombe_difference(1, 2, 0, 0))).all()


def test_none_and_all_of_few_have_a_limit_at_the_end_of_the_scale() -> None:
    low, high = wilson([0, 4], [4, 4])
    assert low[0] == 0
    assert high[1] == 1


@given(counted, counted)
def test_the_difference_of_two_rates_turns_its_sign_when_they_change_sides(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    value, low, high = newcombe_difference(*first, *second)
    turned, turned_low, turned_high = newcombe_difference(*second, *first)
    assert float(value) == pytest.approx(-float(turned))
    assert (float(low), float(high)) == pytest.approx((-float(turned_high), -float(turned_low)), abs=1e-12)


def test_the_difference_of_two_rates_agrees_with_statsmodels() -> None:
    _value, low, high = newcombe_difference([28, 3], [42, 8], [2243, 900], [5085, 2000])
    for i, (x1, n1, x2, n2) in enumerate([(28, 42, 2243, 5085), (3, 8, 900, 2000)]):
        other = confint_proportions_2indep(x1, n1, x2, n2, method="newcomb")
        assert (low[i], high[i]) == pytest.approx(other, abs=1e-9)


def test_normal_probabilities_agree_with_scipy() -> None:
    z = np.linspace(-9, 9, 1001)
    assert np.abs(normal_cdf(z) - stats.norm.cdf(z)).max() < 1e-7


@given(st.floats(0, 1))
def test_small_binomial_tails_agree_with_scipy(p: float) -> None:
    lower, upper = small_binomial_tails(p)
    for n in range(1, 10):
        x = np.arange(n + 1)
        assert lower[0, n, : n + 1] == pytest.approx(stats.binom.cdf(x, n, p), abs=1e-12)
        assert upper[0, n, : n + 1] == pytest.approx(stats.binom.sf(x - 1, n, p), abs=1e-12)

"""The interval of a fair rate, beside scipy and by its own logic."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from jobcentre_desk.statistics.fair_intervals import fair_interval, regularised_beta
from jobcentre_desk.statistics.priors import fair_rate
from jobcentre_desk.statistics.proportions import wilson


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 500), st.integers(0, 500), st.floats(0.05, 150), st.floats(0.05, 150))
def test_the_limits_agree_with_scipy(x: int, more: int, alpha: float, beta: float) -> None:
    low, high = fair_interval(x, x + more, alpha, beta)
    posterior = stats.beta(x + alpha, more + beta)
    assert float(low) == pytest.approx(float(posterior.ppf(0.025)), abs=1e-10)
    assert float(high) == pytest.approx(float(posterior.ppf(0.975)), abs=1e-10)


def test_the_incomplete_beta_agrees_with_scipy_far_out() -> None:
    a, b, x = (grid.ravel() for grid in np.meshgrid([0.5, 3, 800], [0.5, 40, 9000], [1e-6, 0.02, 0.5, 0.999]))
    assert regularised_beta(a, b, x) == pytest.approx(stats.beta.cdf(x, a, b), abs=1e-11)


def test_the_fair_rate_lies_inside_and_more_cases_make_it_narrower() -> None:
    n = np.array([0, 3, 30, 300, 3000])
    low, high = fair_interval(n // 3, n, 8.0, 12.0)
    rate = fair_rate(n // 3, n, 8.0, 12.0)
    assert (low < rate).all()
    assert (rate < high).all()
    assert (np.diff(high - low) < 0).all()


def test_with_many_cases_it_is_the_raw_interval_and_with_none_the_prior() -> None:
    low, high = fair_interval(40_000, 100_000, 8.0, 12.0)
    raw_low, raw_high = wilson(40_000, 100_000)
    assert float(low) == pytest.approx(float(raw_low), abs=2e-4)
    assert float(high) == pytest.approx(float(raw_high), abs=2e-4)
    assert float(fair_interval(0, 0, 8.0, 12.0)[0]) == pytest.approx(float(stats.beta.ppf(0.025, 8, 12)), abs=1e-9)

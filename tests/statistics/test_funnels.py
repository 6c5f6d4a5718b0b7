"""The one rule behind badge and chart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from jobcentre_desk.statistics.funnels import funnel_limits_normal, funnel_state, funnel_steps, needed_n
from jobcentre_desk.statistics.priors import fair_rate
from jobcentre_desk.statistics.proportions import Z95

counted = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
references = st.floats(0.01, 0.99)


def state_by_definition(x: int, n: int, p0: float) -> int:
    if n < 10:
        return int(stats.binom.sf(x - 1, n, p0) <= 0.025) - int(stats.binom.cdf(x, n, p0) <= 0.025)
    half = 1.959964 * (p0 * (1 - p0) / n) ** 0.5
    return int(x / n > p0 + half) - int(x / n < p0 - half)


@given(counted, references)
def test_a_badge_follows_the_exact_tails_below_ten_and_the_limits_from_ten(counts: tuple[int, int], p0: float) -> None:
    assert int(funnel_state(*counts, p0)) == state_by_definition(*counts, p0)


@given(counted, references)
def test_the_badge_is_what_the_drawn_limits_show(counts: tuple[int, int], p0: float) -> None:
    x, n = counts
    if n < 10:
        low, high = (steps[n - 1] for steps in funnel_steps(p0))
    else:
        low, high = funnel_limits_normal(p0, n)
    assert int(funnel_state(x, n, p0)) == int(x / n > high) - int(x / n < low)


@given(counted, references)
def test_those_without_a_job_have_the_opposite_badge(counts: tuple[int, int], p0: float) -> None:
    x, n = counts
    assert int(funnel_state(x, n, p0)) == -int(funnel_state(n - x, n, 1 - p0))


def test_a_branch_alone_with_itself_cannot_be_told_apart() -> None:
    assert funnel_state([0, 0, 5, 20], [5, 20, 5, 20], [0.0, 0.0, 1.0, 1.0]).tolist() == [0, 0, 0, 0]


def test_nobody_completed_or_no_reference_cannot_be_told_apart() -> None:
    assert funnel_state([0, 9], [0, 9], [0.5, np.nan]).tolist() == [0, 0]


def test_one_employer_and_one_reference_give_one_state() -> None:
    assert funnel_state(28, 42, 0.44).shape == ()
    assert int(funnel_state(28, 42, 0.44)) == 1


@pytest.mark.parametrize(("x", "n", "p0"), [(9, 20, 0.35), (6, 8, 0.4), (14, 30, 0.6), (30, 100, 0.37)])
def test_the_needed_number_is_the_first_that_would_leave_the_funnel(x: int, n: int, p0: float) -> None:
    needed = needed_n(x, n, 6.0, 10.0, p0)
    rate = float(fair_rate(x, n, 6.0, 10.0))
    assert needed is not None
    assert needed > n
    assert abs(rate - p0) > Z95 * (p0 * (1 - p0) / needed) ** 0.5
    assert needed == n + 1 or abs(rate - p0) <= Z95 * (p0 * (1 - p0) / (needed - 1)) ** 0.5


@pytest.mark.parametrize(("x", "n", "p0", "reads"), [(5, 5, 0.3, 6), (0, 7, 0.6, 8)])
def test_below_ten_the_needed_number_follows_the_exact_steps(x: int, n: int, p0: float, reads: int) -> None:
    assert needed_n(x, n, 0.5, 0.5, p0) == reads


@pytest.mark.parametrize(
    ("x", "n", "p0"),
    [(3, 4, 0.2), (8, 20, 0.39), (11, 30, 0.33)],
    ids=["fewer than five", "as good as the same", "more than five hundred"],
)
def test_no_number_is_promised_where_it_would_mislead(x: int, n: int, p0: float) -> None:
    assert needed_n(x, n, 6.0, 10.0, p0) is None

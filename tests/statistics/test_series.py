"""What trends, control charts, alerts, targets and overdispersion must hold for any figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from jobcentre_desk.statistics.alerts import cusum_shifts, discoveries, expected_by_chance
from jobcentre_desk.statistics.control_charts import p_chart, run_ends, signs, xmr_chart
from jobcentre_desk.statistics.overdispersion import overdispersion, wide_limits
from jobcentre_desk.statistics.special import chi_square_quantile, regularised_gamma
from jobcentre_desk.statistics.targets import achievable_benchmark, favourable_quartile, half_of_gap
from jobcentre_desk.statistics.trends import trends

N5 = [200, 210, 190, 205, 200]


def test_a_steady_rise_is_rising_and_its_mirror_falling() -> None:
    risen = [40, 55, 62, 82, 96]
    found = trends([risen, risen[::-1]], [N5, N5[::-1]])
    assert found.direction.tolist() == [1, -1]
    assert found.computed.all()


def test_a_trend_that_hangs_on_one_period_is_no_clear_change() -> None:
    found = trends([[60, 58, 55, 52, 120]], [[200] * 5])
    assert found.chi_square[0] > 9.55
    assert found.direction.tolist() == [0]


@pytest.mark.parametrize("n", [[200, 9, 200, 200, 200], [200, np.nan, 200, 200, 200]])
def test_a_period_with_too_few_leaves_the_trend_uncomputed(n: list[float]) -> None:
    found = trends([[40, 5, 60, 80, 96]], [n])
    assert not found.computed[0]
    assert np.isnan(found.chi_square[0])


def test_all_or_none_in_a_job_has_no_trend() -> None:
    found = trends([[20] * 5, [0] * 5], [[20] * 5, [20] * 5])
    assert found.direction.tolist() == [0, 0]


def test_trends_by_chance_are_as_rare_as_the_limit_says() -> None:
    draws = np.random.default_rng(5).binomial(300, 0.4, size=(20_000, 5))
    assert np.mean(trends(draws, np.full((20_000, 5), 300)).direction != 0) < 0.004


def test_a_p_chart_needs_eight_points_with_cases() -> None:
    assert p_chart([3] * 7, [10] * 7) is None
    assert p_chart([3] * 8, [*[10] * 7, 0]) is None
    limits = p_chart([3] * 8, [10] * 8)
    assert limits is not None
    assert limits.centre == pytest.approx(np.full(8, 0.3))
    assert limits.low == pytest.approx(np.zeros(8))


def test_one_odd_point_is_outside_and_does_not_hide_itself() -> None:
    series = np.array([5.0, 5.4, 4.7, 5.2, 5.0, 4.7, 5.3, 5.0, 5.4, 4.8, 5.1, 9.0])
    limits = xmr_chart(series)
    assert limits is not None
    assert signs(series, limits).outside.tolist() == [False] * 11 + [True]
    assert limits.high[0] - limits.centre[0] < 1.5
    assert xmr_chart(series[:11]) is None


def test_seven_on_one_side_are_a_shift_and_six_are_not() -> None:
    assert run_ends([1] * 6).any() == np.False_
    assert run_ends([1] * 8).tolist() == [False] * 6 + [True, True]
    assert run_ends([1, 1, 1, 0, 1, 1, 1, 1]).any() == np.False_


def test_a_quiet_series_shows_no_sign() -> None:
    series = np.tile([4.9, 5.1, 5.0], 5)
    limits = xmr_chart(series)
    assert limits is not None
    assert not signs(series, limits).any.any()


def test_flags_by_chance_are_counted_from_the_number_checked() -> None:
    assert expected_by_chance(212) == pytest.approx(0.424)


def test_tests_that_could_not_be_made_are_not_counted() -> None:
    assert discoveries([np.nan, 0.01, np.nan, 0.9]).tolist() == [False, True, False, False]
    assert discoveries([]).tolist() == []
    assert discoveries([0.4, 0.9]).tolist() == [False, False]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_discoveries_agree_with_the_definition(p_values: list[float]) -> None:
    p = np.array(p_values)
    ordered = np.sort(p)
    passed = [value for i, value in enumerate(ordered, 1) if value <= i * 0.05 / len(p)]
    expected = p <= passed[-1] if passed else np.zeros(len(p), dtype=bool)
    assert discoveries(p).tolist() == expected.tolist()


def test_a_flat_or_empty_series_never_shifts() -> None:
    assert not cusum_shifts([3.0] * 30).any()
    assert not cusum_shifts([np.nan] * 5).any()
    assert not cusum_shifts([]).any()


def test_a_lasting_step_is_told_and_a_gap_in_between_is_no_news() -> None:
    series = [10.0, 10.4, 9.8, 10.1] * 4 + [np.nan] + [13.0] * 6
    shifts = cusum_shifts(series)
    assert not shifts[:17].any()
    assert shifts[19] == 1


def test_a_jump_before_the_first_window_is_full_ends_in_no_error() -> None:
    assert len(cusum_shifts([1.0, 1.0, 90.0, 1.0, 1.0], window=3, slack=0.5)) == 5


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=20))
def test_a_benchmark_covers_a_tenth_of_the_cases_and_lies_between_its_units(drawn: list[tuple[int, int]]) -> None:
    x = np.array([a for a, _b in drawn])
    n = x + np.array([b for _a, b in drawn])
    found = achievable_benchmark(x, n)
    if n.sum() == 0:
        assert found is None
        return
    assert found is not None
    chosen = list(found.units)
    assert n[chosen].sum() >= 0.1 * n.sum()
    assert n[chosen[:-1]].sum() < 0.1 * n.sum()
    assert 0 <= found.rate <= 1


def test_the_quartile_lies_on_the_wanted_side() -> None:
    values = [1.0, 2.0, 3.0, 4.0, np.nan, 5.0]
    assert favourable_quartile(values, high_is_good=True) == 4.0
    assert favourable_quartile(values, high_is_good=False) == 2.0
    assert np.isnan(favourable_quartile([np.nan], high_is_good=True))


def test_the_fewest_parts_make_up_half_the_gap() -> None:
    assert half_of_gap([10, 50, 20, 20]) == (1,)
    assert half_of_gap([10, 30, 30, 30]) == (1, 2)
    assert half_of_gap([-5, 4, np.nan, 4]) == (1,)
    assert half_of_gap([-5, 0]) == ()


def worlds(spread: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    n = random.integers(10, 80, size=200)
    rate = np.clip(0.38 + random.normal(0, spread, size=200), 0.01, 0.99) if spread else np.full(200, 0.38)
    return random.binomial(n, rate), n


def test_overdispersion_is_found_where_it_is_and_seldom_where_not() -> None:
    there = [overdispersion(*worlds(0.1, seed), 0.38) for seed in range(100)]
    absent = [overdispersion(*worlds(0.0, seed), 0.38) for seed in range(100)]
    assert sum(found.found for found in there if found) >= 80
    assert sum(found.found for found in absent if found) <= 10
    taus = [found.tau for found in there if found]  # drawn-in tails make it smaller than the true 0.1
    assert 0.05 < np.mean(taus) < 0.1


def test_overdispersion_needs_twenty_units_and_a_reference() -> None:
    assert overdispersion([5] * 19, [10] * 19, 0.4) is None
    assert overdispersion([5] * 30, [9] * 30, 0.4) is None
    assert overdispersion([5] * 30, [10] * 30, 0.0) is None


def test_wide_limits_hold_the_plain_ones() -> None:
    low, high = wide_limits(0.4, [10, 100, 1000], 0.05)
    plain_low, plain_high = wide_limits(0.4, [10, 100, 1000], 0.0)
    assert (low <= plain_low).all()
    assert (high >= plain_high).all()
    assert high[-1] - 0.4 > 0.09


@given(st.floats(0.5, 2000), st.floats(0.0, 4000))
def test_the_incomplete_gamma_agrees_with_scipy(shape: float, x: float) -> None:
    assert regularised_gamma(shape, x) == pytest.approx(float(stats.gamma.cdf(x, shape)), abs=1e-11)


@pytest.mark.parametrize("degrees", [1, 4, 19, 299, 5000])
def test_chi_square_quantiles_agree_with_scipy(degrees: int) -> None:
    for probability in (0.05, 0.95, 0.998):
        expected = float(stats.chi2.ppf(probability, degrees))
        assert chi_square_quantile(probability, degrees) == pytest.approx(expected, rel=1e-9)

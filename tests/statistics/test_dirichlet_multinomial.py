"""Fair rates of several kinds of outcome."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from jobcentre_desk.statistics.dirichlet_multinomial import DirichletPrior, fair_rates, fit_dirichlet_multinomial
from jobcentre_desk.statistics.priors import fit_beta_binomial


def drawn(alpha: list[float], units: int, seed: int = 3) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    random = np.random.default_rng(seed)
    n = 1 + random.poisson(6, units)
    rates = random.dirichlet(alpha, units)
    return np.array([random.multinomial(size, rate) for size, rate in zip(n, rates, strict=True)])


def test_the_fit_is_where_an_independent_optimiser_finds_it() -> None:
    counts = drawn([2.0, 1.0, 4.0], 400)

    def minus_log(logs: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
        return -float(stats.dirichlet_multinomial.logpmf(counts, np.exp(logs), counts.sum(axis=1)).sum())

    found = optimize.minimize(minus_log, np.zeros(3), method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-9})
    fitted = fit_dirichlet_multinomial(counts)
    assert fitted.alpha == pytest.approx(np.exp(found.x), rel=1e-3)
    assert not fitted.capped
    assert fitted.units == 400


def test_two_kinds_give_the_beta_binomial() -> None:
    counts = drawn([1.5, 3.0], 300)
    beta = fit_beta_binomial(counts[:, 0], counts.sum(axis=1))
    assert fit_dirichlet_multinomial(counts).alpha == pytest.approx((beta.alpha, beta.beta), rel=1e-4)


def test_units_more_alike_than_chance_hold_the_weight_at_its_cap() -> None:
    found = fit_dirichlet_multinomial([[1, 1, 2], [2, 1, 1], [1, 2, 1]] * 50)
    assert found.capped
    assert found.weight == pytest.approx(200.0)


def test_nobody_at_all_cannot_be_fitted() -> None:
    with pytest.raises(ValueError, match="nothing to fit"):
        fit_dirichlet_multinomial(np.zeros((4, 3), dtype=np.int64))


def test_a_kind_that_nobody_has_stays_near_nought() -> None:
    found = fit_dirichlet_multinomial([[3, 0, 4], [1, 0, 6], [6, 0, 1], [2, 0, 0]])
    assert fair_rates([[1, 0, 1]], found)[0, 1] < 0.01


@given(st.lists(st.integers(0, 60), min_size=3, max_size=3), st.lists(st.floats(0.1, 20.0), min_size=3, max_size=3))
def test_fair_rates_add_up_to_one_and_lie_between_raw_rate_and_prior(counts: list[int], alpha: list[float]) -> None:
    prior = DirichletPrior(tuple(alpha), 100, capped=False)
    fair = fair_rates(counts, prior)
    assert fair.sum() == pytest.approx(1.0)
    expected = np.array(alpha) / sum(alpha)
    raw = np.array(counts) / sum(counts) if sum(counts) else expected
    assert (fair >= np.minimum(raw, expected) - 1e-12).all()
    assert (fair <= np.maximum(raw, expected) + 1e-12).all()

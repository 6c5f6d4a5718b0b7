"""The fitted prior and the fair rate it gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import optimize
from scipy.special import betaln

from jobcentre_desk.statistics.priors import MOST_WEIGHT, fair_rate, fit_beta_binomial

Whole = NDArray[np.int64]


def employers(seed: int, many: int, alpha: float, beta: float) -> tuple[Whole, Whole]:
    rng = np.random.default_rng(seed)
    n = rng.geometric(0.3, many) + (rng.random(many) < 0.03) * rng.integers(0, 400, many)
    return rng.binomial(n, rng.beta(alpha, beta, many)), n


def loss(shape: NDArray[np.float64], x: Whole, n: Whole) -> float:
    alpha, beta = np.exp(shape)
    return -float(np.sum(betaln(x + alpha, n - x + beta) - betaln(alpha, beta)))


@pytest.mark.parametrize(
    ("seed", "many", "alpha", "beta"),
    [(1, 1000, 8, 14), (2, 300, 0.4, 0.6), (3, 5000, 20, 30), (4, 400, 0.05, 0.2), (5, 800, 2, 30)],
)
def test_the_prior_is_the_one_an_independent_optimiser_finds(seed: int, many: int, alpha: float, beta: float) -> None:
    x, n = employers(seed, many, alpha, beta)
    prior = fit_beta_binomial(x, n)
    options = {"xatol": 1e-9, "fatol": 1e-11, "maxiter": 4000}
    other = optimize.minimize(loss, [0.0, 0.5], args=(x, n), method="Nelder-Mead", options=options)
    assert (prior.alpha, prior.beta) == pytest.approx(tuple(np.exp(other.x)), rel=1e-4)
    assert not prior.capped


def test_a_prior_that_runs_away_is_held_at_its_cap_with_the_likeliest_mean() -> None:
    n = employers(6, 150, 4, 6)[1]
    x = np.rint(0.4 * n).astype(np.int64)
    prior = fit_beta_binomial(x, n)
    assert prior.capped
    assert prior.alpha + prior.beta == pytest.approx(MOST_WEIGHT)
    best = optimize.minimize_scalar(
        lambda mean: loss(np.log([mean * MOST_WEIGHT, (1 - mean) * MOST_WEIGHT]), x, n),
        bounds=(0.01, 0.99),
        method="bounded",
    )
    assert prior.alpha / MOST_WEIGHT == pytest.approx(best.x, rel=1e-4)


def test_employers_without_completed_traineeships_say_nothing() -> None:
    x, n = employers(7, 200, 8, 14)
    with_idle = fit_beta_binomial(np.append(x, [0, 0]), np.append(n, [0, 0]))
    assert with_idle == fit_beta_binomial(x, n)
    assert with_idle.employers == 200


def test_nobody_at_all_cannot_be_fitted() -> None:
    with pytest.raises(ValueError, match="nothing to fit"):
        fit_beta_binomial([0, 0], [0, 0])


@pytest.mark.parametrize("x", [[0] * 50, [3] * 50, [0, 3] * 25, [1, 2] * 25])
def test_extreme_employers_still_give_a_prior_between_0_and_its_cap(x: list[int]) -> None:
    prior = fit_beta_binomial(x, [3] * 50)
    assert 0 < prior.alpha < MOST_WEIGHT
    assert 0 < prior.beta < MOST_WEIGHT
    assert prior.alpha + prior.beta <= MOST_WEIGHT * (1 + 1e-12)


def test_single_traineeships_cannot_tell_how_much_employers_differ() -> None:
    prior = fit_beta_binomial([1, 0, 0, 1, 0], [1] * 5)
    assert prior.capped
    assert prior.alpha / (prior.alpha + prior.beta) == pytest.approx(0.4)


@given(st.permutations(list(range(40))))
def test_the_prior_does_not_depend_on_the_order_of_employers(order: list[int]) -> None:
    x, n = employers(8, 40, 2, 3)
    assert fit_beta_binomial(x[order], n[order]) == fit_beta_binomial(x, n)


shapes = st.floats(0.01, 150)


@given(st.integers(1, 50).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), shapes, shapes)
def test_the_fair_rate_lies_between_the_raw_rate_and_the_prior(
    counts: tuple[int, int], alpha: float, beta: float
) -> None:
    x, n = counts
    raw, mean = x / n, alpha / (alpha + beta)
    fair = float(fair_rate(x, n, alpha, beta))
    assert min(raw, mean) - 1e-12 <= fair <= max(raw, mean) + 1e-12


@given(shapes, shapes)
def test_the_fair_rate_is_the_prior_at_0_and_the_raw_rate_with_endless_traineeships(alpha: float, beta: float) -> None:
    assert float(fair_rate(0, 0, alpha, beta)) == pytest.approx(alpha / (alpha + beta))
    assert float(fair_rate(3 * 10**8, 10**9, alpha, beta)) == pytest.approx(0.3, abs=1e-6)

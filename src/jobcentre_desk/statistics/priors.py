"""The prior of employers' rates: a beta-binomial fitted by marginal maximum likelihood, and the fair rate it gives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

MOST_WEIGHT = 200.0
"""alpha + beta never exceeds this: with few employers the fit may run away (21 % of fits at 20-59 employers)."""

_LEAST_WEIGHT = 1e-3
_FURTHEST_LOGIT = 12.0
_LONGEST_STEP = 2.0
_MOST_STEPS = 100
_CONVERGED = 1e-9


@dataclass(frozen=True, slots=True)
class BetaPrior:
    """Beta(alpha, beta) of the true rates of `employers` units; `capped` when alpha + beta was held at 200."""

    alpha: float
    beta: float
    employers: int
    capped: bool


@dataclass(frozen=True, slots=True)
class _Tallies:
    """The likelihood's sufficient counts: units with x > k, n - x > k and n > k, at their k."""

    jobs: Floats
    others: Floats
    all: Floats


def fit_beta_binomial(x: ArrayLike, n: ArrayLike) -> BetaPrior:
    """Fit Beta(alpha, beta) to units with x jobs of n completed; units with n = 0 say nothing and are left out.

    Marginal maximum likelihood (Gelman et al., Bayesian Data Analysis 3rd ed., ch. 5) of
    log L = sum_k A_k log(alpha+k) + B_k log(beta+k) - T_k log(alpha+beta+k), by Newton's method in
    (logit of the mean, log(alpha+beta)). Raises ValueError when no unit has n >= 1.
    """
    jobs = np.asarray(x, dtype=np.int64)
    completed = np.asarray(n, dtype=np.int64)
    employers = int(np.count_nonzero(completed > 0))
    if not employers:
        raise ValueError("No unit with a completed traineeship: there is nothing to fit.")
    tallies = _Tallies(_more_than(jobs), _more_than(completed - jobs), _more_than(completed))
    start = _start_logit(tallies)
    at_cap, slope = _fit(tallies, np.array([start, np.log(MOST_WEIGHT)]), free=(True, False))
    # The likelihood has one peak along alpha + beta: rising at the cap means that the peak lies beyond it.
    if slope >= -_CONVERGED * employers:
        return _prior(at_cap, employers, capped=True)
    fitted, _slope = _fit(tallies, np.array([start, np.log(10.0)]), free=(True, True))
    return _prior(fitted, employers, capped=False)


def fair_rate(x: ArrayLike, n: ArrayLike, alpha: ArrayLike, beta: ArrayLike) -> Floats:
    """(x + alpha) / (n + alpha + beta): the rate drawn towards the prior, the more so the fewer the n."""
    first = np.asarray(alpha, dtype=np.float64)
    weight = first + np.asarray(beta, dtype=np.float64)
    rate: Floats = (np.asarray(x) + first) / (np.asarray(n) + weight)
    return rate


def _more_than(values: NDArray[np.int64]) -> Floats:
    """How many values exceed k, for k = 0 .. highest - 1."""
    tally = np.bincount(values)[::-1].cumsum()[::-1]
    return tally[1:].astype(np.float64)


def _start_logit(tallies: _Tallies) -> float:
    """Logit of the pooled rate, kept off 0 and 1."""
    return float(np.log((tallies.jobs.sum() + 0.5) / (tallies.others.sum() + 0.5)))


def _prior(at: Floats, employers: int, *, capped: bool) -> BetaPrior:
    alpha, beta = _shape(at)
    return BetaPrior(alpha, beta, employers, capped)


def _shape(at: Floats) -> tuple[float, float]:
    """(alpha, beta) at (logit of the mean, log(alpha+beta))."""
    mean = 1.0 / (1.0 + np.exp(-at[0]))
    weight = np.exp(at[1])
    return float(mean * weight), float((1.0 - mean) * weight)


def _log_likelihood(tallies: _Tallies, at: Floats) -> float:
    alpha, beta = _shape(at)
    terms = ((tallies.jobs, alpha, 1.0), (tallies.others, beta, 1.0), (tallies.all, alpha + beta, -1.0))
    return float(sum(sign * (count @ np.log(first + np.arange(len(count)))) for count, first, sign in terms))


def _sums(count: Floats, first: float) -> tuple[float, float]:
    """Sum of count_k / (first + k) and of count_k / (first + k)^2."""
    inverse = 1.0 / (first + np.arange(len(count)))
    weighted = count * inverse
    return float(weighted.sum()), float(weighted @ inverse)


def _slope_and_curvature(tallies: _Tallies, at: Floats) -> tuple[Floats, Floats]:
    """First and second derivatives of log L by (logit of the mean, log(alpha+beta)), by the chain rule."""
    alpha, beta = _shape(at)
    weight = alpha + beta
    (a1, a2), (b1, b2), (t1, t2) = (
        _sums(tallies.jobs, alpha),
        _sums(tallies.others, beta),
        _sums(tallies.all, weight),
    )
    spread = alpha * beta / weight
    to_shape = np.array([[spread, -spread], [alpha, beta]])
    by_shape = np.array([a1 - t1, b1 - t1])
    curvature = to_shape @ np.array([[t2 - a2, t2], [t2, t2 - b2]]) @ to_shape.T
    lean = by_shape[0] - by_shape[1]
    curvature[0, 0] += lean * spread * (beta - alpha) / weight
    curvature[0, 1] += lean * spread
    curvature[1, 0] += lean * spread
    curvature[1, 1] += by_shape @ np.array([alpha, beta])
    return to_shape @ by_shape, curvature


def _fit(tallies: _Tallies, at: Floats, *, free: tuple[bool, bool]) -> tuple[Floats, float]:
    """Climb to the highest likelihood along the free coordinates; gives the point and the slope by log(alpha+beta)."""
    height = _log_likelihood(tallies, at)
    slope, curvature = _slope_and_curvature(tallies, at)
    for _ in range(_MOST_STEPS):
        step = _newton_step(slope, curvature, free)
        at, height, moved = _climb(tallies, at, height, step)
        slope, curvature = _slope_and_curvature(tallies, at)
        if moved < _CONVERGED:
            break
    return at, float(slope[1])


def _newton_step(slope: Floats, curvature: Floats, free: tuple[bool, bool]) -> Floats:
    """Newton's step where the likelihood is concave, else a step along the slope; never longer than 2."""
    step = np.zeros(2)
    chosen = np.flatnonzero(free)
    inner = curvature[np.ix_(chosen, chosen)]
    if np.linalg.eigvalsh(inner)[-1] < 0:
        step[chosen] = -np.linalg.solve(inner, slope[chosen])
    else:
        step[chosen] = np.sign(slope[chosen])
    longest = np.abs(step).max()
    return step if longest <= _LONGEST_STEP else step * (_LONGEST_STEP / longest)


def _climb(tallies: _Tallies, at: Floats, height: float, step: Floats) -> tuple[Floats, float, float]:
    """Take the step, halved until it does not lead downhill; gives the point, its height and how far it lies.

    It ends: a step halved often enough moves nothing, and nothing is not downhill.
    """
    while True:
        target = _inside(at + step)
        reached = _log_likelihood(tallies, target)
        if reached >= height:
            return target, reached, float(np.abs(target - at).max())
        step = step / 2


def _inside(at: Floats) -> Floats:
    """The nearest point whose mean is a fraction strictly between 0 and 1 and whose weight is at most the cap."""
    lowest = [-_FURTHEST_LOGIT, np.log(_LEAST_WEIGHT)]
    highest = [_FURTHEST_LOGIT, np.log(MOST_WEIGHT)]
    return np.clip(at, lowest, highest)

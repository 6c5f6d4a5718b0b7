"""The funnel around a reference rate: the one rule behind badge and chart, and how many more would settle it.

Spiegelhalter 2005 (Stat Med 24:1185). Below n = 10 exact binomial tails take the place of the normal limits.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jobcentre_desk.statistics.priors import fair_rate
from jobcentre_desk.statistics.proportions import Z95, rates
from jobcentre_desk.statistics.special import EXACT_BELOW, normal_quantile, small_binomial_tails

Floats = NDArray[np.float64]
States = NDArray[np.int8]

TAIL = 0.025
"""Probability of each tail outside the 95 % limits."""
SURE_TAIL = 0.001
"""Probability of each tail outside the 99.8 % limits."""
NEEDED_FROM = 5
NEEDED_AT_MOST = 500
TOO_NEAR = 0.02


def funnel_limits_normal(p0: ArrayLike, n: ArrayLike, z: float = Z95) -> tuple[Floats, Floats]:
    """Limits p0 - z sqrt(p0 q0 / n) and p0 + ..., kept within 0..1; for n >= 1."""
    centre = np.asarray(p0, dtype=np.float64)
    half = z * np.sqrt(centre * (1 - centre) / np.asarray(n, dtype=np.float64))
    return np.clip(centre - half, 0.0, 1.0), np.clip(centre + half, 0.0, 1.0)


def funnel_state(x: ArrayLike, n: ArrayLike, p0: ArrayLike, *, tail: float = TAIL) -> States:
    """Whether x of n differs from the reference rate p0 by more than chance: -1 below, 0 cannot tell, 1 above.

    n < 10: above if P(X >= x) <= 0.025 and below if P(X <= x) <= 0.025, exact binomial; else outside
    p0 -+ 1.959964 sqrt(p0 q0 / n). n = 0 or a reference that is nan: cannot tell. With `tail` = SURE_TAIL the 99.8 %
    limits, which say how sure it is and never decide a word.
    """
    shape = np.broadcast_shapes(np.shape(x), np.shape(n), np.shape(p0))
    jobs = np.broadcast_to(np.asarray(x, dtype=np.int64), shape)
    completed = np.broadcast_to(np.asarray(n, dtype=np.int64), shape)
    reference = np.broadcast_to(np.asarray(p0, dtype=np.float64), shape)
    state = np.zeros(shape, dtype=np.int8)
    known = (completed > 0) & ~np.isnan(reference)
    small = known & (completed < EXACT_BELOW)
    state[small] = _exact_state(jobs[small], completed[small], reference[small], tail)
    large = known & (completed >= EXACT_BELOW)
    state[large] = _normal_state(jobs[large], completed[large], reference[large], z_of(tail))
    return state


def z_of(tail: float) -> float:
    """The z of the normal limits with this probability in each tail."""
    return Z95 if tail == TAIL else normal_quantile(1.0 - tail)


def funnel_steps(p0: float, *, tail: float = TAIL) -> tuple[Floats, Floats]:
    """The exact limits as the badge uses them, as rates at n = 1..9: the last rate not below, the last not above."""
    lower, upper = (tails[0] for tails in small_binomial_tails(p0))
    n = np.arange(1, EXACT_BELOW)
    below = np.array([np.count_nonzero(lower[m, : m + 1] <= tail) for m in n])
    above = np.array([np.count_nonzero(upper[m, : m + 1] <= tail) for m in n])
    return below / n, (n - above) / n


def needed_n(x: int, n: int, alpha: float, beta: float, p0: float) -> int | None:
    """How many completed traineeships in all would settle the comparison if the rate is the fair rate.

    The smallest number above n at which the fair rate lies outside the 95 % funnel around p0; None for n < 5,
    when the fair rate is within 0.02 of p0, or when more than 500 would be needed.
    """
    rate = float(fair_rate(x, n, alpha, beta))
    gap = abs(rate - p0)
    if n < NEEDED_FROM or gap <= TOO_NEAR:
        return None
    low, high = funnel_steps(p0)
    for m in range(n + 1, EXACT_BELOW):
        if rate <= low[m - 1] - 1 / m or rate >= high[m - 1] + 1 / m:
            return m
    outside_from = math.floor(Z95 * Z95 * p0 * (1 - p0) / (gap * gap)) + 1
    needed = max(outside_from, n + 1, EXACT_BELOW)
    return needed if needed <= NEEDED_AT_MOST else None


def _exact_state(x: NDArray[np.int64], n: NDArray[np.int64], p0: Floats, tail: float) -> States:
    references, which = np.unique(p0, return_inverse=True)
    lower, upper = small_binomial_tails(references)
    above = upper[which, n, x] <= tail
    below = lower[which, n, x] <= tail
    return above.astype(np.int8) - below.astype(np.int8)


def _normal_state(x: NDArray[np.int64], n: NDArray[np.int64], p0: Floats, z: float) -> States:
    low, high = funnel_limits_normal(p0, n, z)
    rate = rates(x, n)
    return (rate > high).astype(np.int8) - (rate < low).astype(np.int8)

"""How many units of a funnel chance alone would put outside its limits, by the very rule the badge uses."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jobcentre_desk.statistics.funnels import TAIL, funnel_state

Floats = NDArray[np.float64]

EXACT_AT_MOST = 400
"""Above this n both tails together hold what they are named for, within a hundredth of it."""


def outside_by_chance(n: ArrayLike, p0: float, *, tail: float = TAIL) -> float:
    """How many of units with these n lie outside the limits if every one of them truly has the rate p0.

    The sum over units of P(`funnel_state` of X is not 0) for X ~ Binomial(n, p0), exact up to n = 400 and 2 x `tail`
    above. With few cases it is far below 5 %: nobody with two traineeships can lie outside.
    """
    sizes, units = np.unique(np.asarray(n, dtype=np.int64), return_counts=True)
    chance = np.full(len(sizes), 2 * tail)
    few = sizes <= EXACT_AT_MOST
    chance[few] = [_outside(int(size), p0, tail) for size in sizes[few]]
    return float(np.sum(chance * units))


def above_by_chance(n: ArrayLike, p0: float) -> float:
    """How many of units with these n lie above the 95 % limits if every one of them truly has the rate p0; as exact."""
    sizes, units = np.unique(np.asarray(n, dtype=np.int64), return_counts=True)
    chance = np.full(len(sizes), TAIL)
    few = sizes <= EXACT_AT_MOST
    chance[few] = [_above(int(size), p0) for size in sizes[few]]
    return float(np.sum(chance * units))


def _above(n: int, p0: float) -> float:
    if n < 1 or not 0.0 < p0 < 1.0:
        return 0.0
    return float(_masses(n, p0)[funnel_state(np.arange(n + 1), n, p0) > 0].sum())


def _outside(n: int, p0: float, tail: float) -> float:
    if n < 1 or not 0.0 < p0 < 1.0:
        return 0.0
    k = np.arange(n + 1)
    return float(_masses(n, p0)[funnel_state(k, n, p0, tail=tail) != 0].sum())


def _masses(n: int, p0: float) -> Floats:
    """P(X = k) for k = 0..n, by logarithms."""
    k = np.arange(n + 1)
    ways = np.concatenate(([0.0], np.cumsum(np.log((n - k[:-1]) / (k[:-1] + 1.0)))))
    masses: Floats = np.exp(ways + k * np.log(p0) + (n - k) * np.log1p(-p0))
    return masses

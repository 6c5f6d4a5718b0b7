"""The interval of a fair rate: where the true rate lies with 95 %, the prior and the unit's own cases weighed."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

TAIL = 0.025
_HALVINGS = 50
_MOST_TERMS = 400
_EPSILON = 1e-14
_TINY = 1e-300


def fair_interval(
    x: ArrayLike, n: ArrayLike, alpha: ArrayLike, beta: ArrayLike, tail: float = TAIL
) -> tuple[Floats, Floats]:
    """Limits of the true rates with x of n and the prior Beta(alpha, beta), as fractions.

    The quantiles `tail` and 1 - `tail` of the posterior Beta(x + alpha, n - x + beta) (Gelman et al., Bayesian Data
    Analysis 3rd ed., ch. 2). All four broadcast; each distinct posterior is worked out once, and the limits are exact
    to 1e-12.
    """
    jobs, completed, first, second = np.broadcast_arrays(
        *(np.asarray(v, dtype=np.float64) for v in (x, n, alpha, beta))
    )
    shapes = np.stack([(jobs + first).ravel(), (completed - jobs + second).ravel()], axis=1)
    distinct, back = np.unique(shapes, axis=0, return_inverse=True)
    a, b = distinct.T
    low, high = (beta_quantile(a, b, probability)[back.ravel()] for probability in (tail, 1.0 - tail))
    return low.reshape(jobs.shape), high.reshape(jobs.shape)


def beta_quantile(a: ArrayLike, b: ArrayLike, probability: float) -> Floats:
    """The fractions that Beta(a, b) stays below with this probability, by halving."""
    first, second = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    low, high = np.zeros_like(first), np.ones_like(first)
    for _halving in range(_HALVINGS):
        middle = (low + high) / 2
        below = regularised_beta(first, second, middle) < probability
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return (low + high) / 2


def regularised_beta(a: Floats, b: Floats, x: Floats) -> Floats:
    """P(Beta(a, b) <= x) for 0 < x < 1 (Abramowitz & Stegun 1964, 26.5.8, by Lentz's method)."""
    mirrored = x > (a + 1.0) / (a + b + 2.0)
    first, second = np.where(mirrored, b, a), np.where(mirrored, a, b)
    at = np.where(mirrored, 1.0 - x, x)
    log_gamma = np.vectorize(math.lgamma, otypes=[np.float64])
    scale = log_gamma(a + b) - log_gamma(a) - log_gamma(b)
    front = np.exp(scale + first * np.log(at) + second * np.log1p(-at)) / first
    share = front * _continued_fraction(first, second, at)
    below: Floats = np.where(mirrored, 1.0 - share, share)
    return below


def _continued_fraction(a: Floats, b: Floats, x: Floats) -> Floats:
    """The fraction of 26.5.8, all entries at once until the last has converged."""
    c = np.ones_like(x)
    d = 1.0 / _kept_off_zero(1.0 - (a + b) * x / (a + 1.0))
    value = d.copy()
    for m in range(1, _MOST_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0))
        for term in (even, odd):
            d = 1.0 / _kept_off_zero(1.0 + term * d)
            c = _kept_off_zero(1.0 + term / c)
            value *= c * d
        if np.all(np.abs(c * d - 1.0) < _EPSILON):
            break
    return value


def _kept_off_zero(values: Floats) -> Floats:
    return np.where(np.abs(values) < _TINY, _TINY, values)

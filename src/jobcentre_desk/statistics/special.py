"""The few special functions that the statistics need and numpy does not bring."""

from __future__ import annotations

import math
from itertools import count
from math import comb
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

EXACT_BELOW = 10
"""Below this n the funnel uses exact binomial tails."""

_EPSILON = 1e-15
_CONVERGED = 1e-13
_MOST_STEPS = 60
_LEAST_START = 1e-2
_TINY = 1e-300
"""Stands for a zero that would divide, in Lentz's method."""

_ROWS = range(EXACT_BELOW)
_COEFFICIENTS = np.array([[comb(n, k) for k in _ROWS] for n in _ROWS], dtype=np.float64)

# Abramowitz & Stegun (1964) 7.1.26: error function, absolute error below 1.5e-7.
_ERF_SCALE = 0.3275911
_ERF_TERMS = (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)


def normal_cdf(z: ArrayLike) -> Floats:
    """P(Z <= z) of the standard normal, absolute error below 1e-7 (Abramowitz & Stegun 7.1.26)."""
    scaled = np.asarray(z, dtype=np.float64) / np.sqrt(2.0)
    t = 1.0 / (1.0 + _ERF_SCALE * np.abs(scaled))
    polynomial = np.zeros_like(t)
    for term in _ERF_TERMS:
        polynomial = polynomial * t + term
    upper = 0.5 * polynomial * t * np.exp(-scaled * scaled)
    below: Floats = np.where(scaled < 0, upper, 1.0 - upper)
    return below


def small_binomial_tails(p: ArrayLike) -> tuple[Floats, Floats]:
    """Both exact tails of every binomial with fewer than ten trials.

    p of shape (m,) gives two arrays of shape (m, 10, 10): `lower[i, n, x]` = P(X <= x) and `upper[i, n, x]` =
    P(X >= x) for X ~ Binomial(n, p[i]); entries with x > n are 1 and 0.
    """
    probability = np.atleast_1d(np.asarray(p, dtype=np.float64))[:, None]
    k = np.arange(EXACT_BELOW)
    successes = probability**k
    failures = (1.0 - probability) ** k
    misses = np.clip(k[:, None] - k[None, :], 0, None)
    mass = _COEFFICIENTS[None] * successes[:, None, :] * failures[:, misses]
    upper = np.cumsum(mass[:, :, ::-1], axis=2)[:, :, ::-1]
    return np.cumsum(mass, axis=2), upper


def normal_quantile(probability: float) -> float:
    """The z with P(Z <= z) = probability of the standard normal."""
    return NormalDist().inv_cdf(probability)


def regularised_gamma(shape: float, x: float) -> float:
    """P(Gamma(shape) <= x): the series below shape + 1, the continued fraction above.

    Abramowitz & Stegun (1964) 6.5.29 and 6.5.31, the fraction by Lentz's method; relative error about 1e-14 for
    shapes up to thousands, 1e-9 at ten million.
    """
    if x <= 0:
        return 0.0
    scale = math.exp(shape * math.log(x) - x - math.lgamma(shape))
    if x < shape + 1.0:
        return scale * _gamma_series(shape, x)
    return 1.0 - scale * _gamma_fraction(shape, x)


def _gamma_series(shape: float, x: float) -> float:
    term = total = 1.0 / shape
    following = shape
    while term > total * _EPSILON:
        following += 1.0
        term *= x / following
        total += term
    return total


def _gamma_fraction(shape: float, x: float) -> float:
    b = x + 1.0 - shape
    c, d = 1.0 / _TINY, 1.0 / b
    value = d
    for i in count(1):
        a = -i * (i - shape)
        b += 2.0
        d = 1.0 / (a * d + b or _TINY)
        c = b + a / c or _TINY
        value *= c * d
        if abs(c * d - 1.0) < _EPSILON:
            break
    return value


def gamma_quantile(shape: float, probability: float) -> float:
    """The x with P(Gamma(shape) <= x) = probability, by Newton's steps kept within a shrinking bracket."""
    z = normal_quantile(probability)
    at = shape * max(1.0 - 1.0 / (9.0 * shape) + z / (3.0 * math.sqrt(shape)), _LEAST_START) ** 3
    low, high = 0.0, math.inf
    for _step in range(_MOST_STEPS):
        excess = regularised_gamma(shape, at) - probability
        low, high = (at, high) if excess < 0 else (low, at)
        density = math.exp((shape - 1.0) * math.log(at) - at - math.lgamma(shape))
        following = at - excess / density if density > 0 else math.nan
        if not low < following < high:
            following = (low + high) / 2 if math.isfinite(high) else 2 * at
        if abs(following - at) <= _CONVERGED * at:
            return following
        at = following
    return at


def chi_square_quantile(probability: float, degrees: float) -> float:
    """The value that chi-square with so many degrees of freedom stays below with this probability."""
    return 2.0 * gamma_quantile(degrees / 2.0, probability)

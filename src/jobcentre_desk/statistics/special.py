"""The few special functions that the statistics need and numpy does not bring."""

from __future__ import annotations

from math import comb

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

EXACT_BELOW = 10
"""Below this n the funnel uses exact binomial tails."""

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

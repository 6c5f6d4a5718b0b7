"""Intervals of counts: the exact Poisson limits."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jobcentre_desk.statistics.special import gamma_quantile

Floats = NDArray[np.float64]

TAIL95, TAIL998 = 0.025, 0.001
"""Probability of each tail outside a two-sided 95 % and 99.8 % interval."""


def poisson_interval(counts: ArrayLike, tail: float = TAIL95) -> tuple[Floats, Floats]:
    """Exact limits of the means behind counts (Garwood 1936, Biometrika 28:437), in the unit of the counts.

    The lower limit is the mean at which so many or more have the probability `tail`, the upper one that at which so
    many or fewer have it. A count of 0 has the lower limit 0; nan gives nan.
    """
    seen = np.asarray(counts, dtype=np.float64)
    flat = seen.ravel()
    limits = np.array([_limits(float(count), tail) for count in flat]).reshape(-1, 2)
    return limits[:, 0].reshape(seen.shape), limits[:, 1].reshape(seen.shape)


def _limits(count: float, tail: float) -> tuple[float, float]:
    if math.isnan(count):
        return math.nan, math.nan
    low = 0.0 if count == 0 else gamma_quantile(count, tail)
    return low, gamma_quantile(count + 1.0, 1.0 - tail)

"""Intervals of rates: Wilson's score interval and Newcombe's interval of a difference."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

Z95 = 1.959963984540054
"""Normal quantile of a two-sided 95 % interval."""
"""Normal quantile of a two-sided 99.8 % interval."""


def rates(x: ArrayLike, n: ArrayLike) -> Floats:
    """The rates x / n as fractions; nan where n is 0."""
    jobs = np.asarray(x, dtype=np.float64)
    completed = np.asarray(n, dtype=np.float64)
    shape = np.broadcast_shapes(jobs.shape, completed.shape)
    share: Floats = np.divide(jobs, completed, out=np.full(shape, np.nan), where=completed > 0)
    return share


def wilson(x: ArrayLike, n: ArrayLike, z: float = Z95) -> tuple[Floats, Floats]:
    """Lower and upper limit of the rates x of n as fractions (Wilson 1927, JASA 22:209); nan where n is 0."""
    jobs = np.asarray(x, dtype=np.float64)
    completed = np.asarray(n, dtype=np.float64)
    share = rates(jobs, completed)
    weight = completed + z * z
    centre = (jobs + z * z / 2) / weight
    half = z / weight * np.sqrt(completed * share * (1 - share) + z * z / 4)
    # At 0 of n and n of n the limits are 0 and 1; rounding alone would miss them by 1e-17.
    low = np.where(share == 0, 0.0, np.maximum(centre - half, 0.0))
    high = np.where(share == 1, 1.0, np.minimum(centre + half, 1.0))
    return low, high


def newcombe_difference(
    x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, z: float = Z95
) -> tuple[Floats, Floats, Floats]:
    """The difference x1/n1 - x2/n2 with its hybrid score interval; nan where an n is 0.

    Newcombe 1998b (Stat Med 17:873), method 10.
    """
    first, second = rates(x1, n1), rates(x2, n2)
    low1, high1 = wilson(x1, n1, z)
    low2, high2 = wilson(x2, n2, z)
    difference = first - second
    below = np.sqrt((first - low1) ** 2 + (high2 - second) ** 2)
    above = np.sqrt((high1 - first) ** 2 + (second - low2) ** 2)
    return difference, difference - below, difference + above

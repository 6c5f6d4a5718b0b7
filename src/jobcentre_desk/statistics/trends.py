"""The recent trend of a rate: rising, falling, no clear change, or why it cannot be told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

PERIODS = 5
FEWEST_CASES = 10
"""Completed traineeships that each period needs."""
LIMIT998 = 9.549535706083256
"""The 99.8 % quantile of chi-square with one degree of freedom."""


@dataclass(frozen=True, slots=True)
class Trends:
    """One entry per unit: `direction` 1 rising, -1 falling, 0 no clear change; `computed` False where n is too small.

    `chi_square` is the statistic of all five periods, nan where it was not computed.
    """

    direction: NDArray[np.int8]
    computed: NDArray[np.bool_]
    chi_square: Floats


def trends(x: ArrayLike, n: ArrayLike) -> Trends:
    """The trends of the rates x of n over the last five periods that do not overlap, oldest first.

    x and n have the shape (units, 5) or (5,), with nan where a count is not known. Cochran-Armitage at 99.8 %; it only
    counts where the slopes of the log odds with all periods and with each one left out agree in sign (the recent trend
    of OHID's Fingertips). Every period needs 10 completed.
    """
    jobs, completed = (np.atleast_2d(np.asarray(values, dtype=np.float64)) for values in (x, n))
    with np.errstate(invalid="ignore"):
        computed = np.asarray((completed >= FEWEST_CASES).all(axis=1) & ~np.isnan(jobs).any(axis=1))
    chi_square = np.full(len(jobs), np.nan)
    direction = np.zeros(len(jobs), dtype=np.int8)
    if computed.any():
        chi_square[computed] = cochran_armitage(jobs[computed], completed[computed])
        signs = _agreed_sign(jobs[computed], completed[computed])
        direction[computed] = np.where(chi_square[computed] > LIMIT998, signs, 0)
    return Trends(direction, computed, chi_square)


def cochran_armitage(x: ArrayLike, n: ArrayLike) -> Floats:
    """Chi-square with one degree of freedom for a linear trend of the rates x of n along the last axis.

    Armitage 1955 (Biometrics 11:375); 0 where all or none of the cases are counted.
    """
    jobs, completed = np.asarray(x, dtype=np.float64), np.asarray(n, dtype=np.float64)
    time = np.arange(jobs.shape[-1], dtype=np.float64)
    total = completed.sum(axis=-1)
    rate = jobs.sum(axis=-1) / total
    covariance = (time * (jobs - completed * rate[..., None])).sum(axis=-1)
    spread = (completed * time**2).sum(axis=-1) - (completed * time).sum(axis=-1) ** 2 / total
    variance = rate * (1.0 - rate) * spread
    chi_square: Floats = np.divide(covariance**2, variance, out=np.zeros_like(covariance), where=variance > 0)
    return chi_square


def weighted_slope(values: ArrayLike, weights: ArrayLike) -> tuple[Floats, Floats]:
    """The slope of values along the last axis by weighted least squares, and its standard error.

    Weights are 1 / s^2 of each value; those of weight 0 are left out. Units: that of the values, a period.
    """
    value, weight = np.asarray(values, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    time = np.arange(value.shape[-1], dtype=np.float64)
    total = weight.sum(axis=-1, keepdims=True)
    centred = time - (weight * time).sum(axis=-1, keepdims=True) / total
    spread = (weight * centred**2).sum(axis=-1)
    return (weight * centred * value).sum(axis=-1) / spread, 1.0 / np.sqrt(spread)


def _agreed_sign(jobs: Floats, completed: Floats) -> NDArray[np.int8]:
    """The sign that the slope of the log odds has with all periods and with each one left out; 0 when they differ.

    Half a case is added on either side, so that 0 of n and n of n have log odds too.
    """
    gained, missed = jobs + 0.5, completed - jobs + 0.5
    log_odds, weight = np.log(gained / missed), gained * missed / (gained + missed)
    kept = np.vstack([np.ones(jobs.shape[1]), 1.0 - np.eye(jobs.shape[1])])
    slopes, _errors = weighted_slope(log_odds[:, None, :], weight[:, None, :] * kept)
    rising, falling = (slopes > 0).all(axis=1), (slopes < 0).all(axis=1)
    return np.asarray(rising, dtype=np.int8) - np.asarray(falling, dtype=np.int8)

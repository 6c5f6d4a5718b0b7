"""Control charts: the limits within which a series moves by chance, and the signs that it does not.

Rates have a p-chart, other measures an XmR chart; the signs are those of NHS England's Making Data Count.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FEWEST_RATES, FEWEST_VALUES = 8, 12
"""Points that limits need: of a p-chart, of an XmR chart."""
SIGMAS = 3.0
XMR_FACTOR, RANGE_FACTOR = 2.66, 3.267
"""3 / 1.128 and D4 for ranges of two, as Making Data Count rounds them."""
RUN = 7
"""So many points on one side of the centre, or rising or falling one after the other, are no chance."""


@dataclass(frozen=True, slots=True)
class ControlLimits:
    """Centre and limits, point by point, in the unit of the series."""

    centre: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Signs:
    """Point by point: outside the limits, in a run on one side, in a run rising or falling, two of three near one."""

    outside: Flags
    shift: Flags
    drift: Flags
    near: Flags

    @property
    def any(self) -> Flags:
        """Points with any of the signs."""
        flagged: Flags = self.outside | self.shift | self.drift | self.near
        return flagged


def p_chart(x: ArrayLike, n: ArrayLike) -> ControlLimits | None:
    """Limits p -+ 3 sqrt(p (1 - p) / n_i) of the rates x of n, within 0..1; None with fewer than 8 points."""
    jobs, completed = np.asarray(x, dtype=np.float64), np.asarray(n, dtype=np.float64)
    if len(completed) < FEWEST_RATES or (completed <= 0).any():
        return None
    centre = jobs.sum() / completed.sum()
    half = SIGMAS * np.sqrt(centre * (1.0 - centre) / completed)
    return ControlLimits(np.full_like(completed, centre), np.clip(centre - half, 0, 1), np.clip(centre + half, 0, 1))


def xmr_chart(values: ArrayLike, *, fewest: int = FEWEST_VALUES) -> ControlLimits | None:
    """Limits mean -+ 2.66 x mean moving range (Wheeler 1993); None with fewer than 12 points.

    Moving ranges beyond 3.267 x their mean are screened out once, as Making Data Count does, so that one odd point
    does not widen the limits meant to find it.
    """
    series = np.asarray(values, dtype=np.float64)
    if len(series) < fewest:
        return None
    ranges = np.abs(np.diff(series))
    half = XMR_FACTOR * ranges[ranges <= RANGE_FACTOR * ranges.mean()].mean()
    centre = np.full_like(series, series.mean())
    return ControlLimits(centre, centre - half, centre + half)


def signs(values: ArrayLike, limits: ControlLimits) -> Signs:
    """The signs that a series moves by more than chance."""
    series = np.asarray(values, dtype=np.float64)
    side = np.sign(series - limits.centre).astype(np.int8)
    step = np.sign(np.diff(series, prepend=series[:1])).astype(np.int8)
    half = np.where(side > 0, limits.high - limits.centre, limits.centre - limits.low)
    close = np.abs(series - limits.centre) > half * 2 / 3
    outside = (series > limits.high) | (series < limits.low)
    return Signs(outside, in_run(run_ends(side)), in_run(drift_ends(step)), two_of_three(close & ~outside, side))


def run_ends(side: ArrayLike) -> Flags:
    """Points at which the seventh or a later one in a row lies on one side (-1, 1; 0 is on neither)."""
    return _lengths(np.asarray(side, dtype=np.int8)) >= RUN


def drift_ends(step: ArrayLike) -> Flags:
    """Points reached by the sixth or a later step in a row in one direction: seven points rise or fall."""
    return _lengths(np.asarray(step, dtype=np.int8)) >= RUN - 1


def in_run(ends: ArrayLike) -> Flags:
    """All seven points of each run, given the points at which runs are complete."""
    complete = np.asarray(ends, dtype=np.bool_)
    inside = np.zeros_like(complete)
    for end in np.flatnonzero(complete):
        inside[max(end - RUN + 1, 0) : end + 1] = True
    return inside


def two_of_three(close: ArrayLike, side: ArrayLike) -> Flags:
    """Points of any three in a row on one side of the centre of which two or more are close to the limit there."""
    near, sides = np.asarray(close, dtype=np.bool_), np.asarray(side, dtype=np.int8)
    flagged = np.zeros_like(near)
    for start in range(len(near) - 2):
        window = slice(start, start + 3)
        if abs(int(sides[window].sum())) == 3 and near[window].sum() >= 2:
            flagged[window] = True
    return flagged


def _lengths(sides: NDArray[np.int8]) -> NDArray[np.int64]:
    """How many points in a row up to each one have the same sign as it; 0 where it has none."""
    lengths = np.zeros(len(sides), dtype=np.int64)
    for place, side in enumerate(sides):
        if side:
            follows = place > 0 and sides[place - 1] == side
            lengths[place] = lengths[place - 1] + 1 if follows else 1
    return lengths

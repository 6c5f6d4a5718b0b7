"""Alerts with a budget: slow shifts in a series, and how many flags of a long list chance alone would give."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Shifts = NDArray[np.int8]

OUTSIDE_998 = 0.002
"""Chance that a unit without any difference lies outside its 99.8 % limits."""
WINDOW, SENSITIVITY, SLACK = 12, 5.0, 1.5
FEWEST_A_QUARTER = 30
"""A CUSUM is worked out only where every point of the series rests on so many."""
_DIGITS = 2


def expected_by_chance(checked: int) -> float:
    """How many of `checked` units without any difference would lie outside their 99.8 % limits."""
    return OUTSIDE_998 * checked


def discoveries(p_values: ArrayLike, rate: float = 0.05) -> NDArray[np.bool_]:
    """Which of many tests stand when at most the share `rate` of those flagged may be false.

    Benjamini & Hochberg 1995 (JRSS B 57:289): all up to the largest i with p_(i) <= i rate / m. Tests that could not
    be made (nan) are not counted in m and never flagged.
    """
    p = np.asarray(p_values, dtype=np.float64)
    made = np.flatnonzero(~np.isnan(p))
    order = made[np.argsort(p[made], kind="stable")]
    passed = np.flatnonzero(p[order] <= np.arange(1, len(order) + 1) * rate / max(len(order), 1))
    flagged = np.zeros(p.shape, dtype=np.bool_)
    if len(passed):
        flagged[order[: passed[-1] + 1]] = True
    return flagged


def cusum_shifts(
    values: ArrayLike, *, window: int = WINDOW, sensitivity: float = SENSITIVITY, slack: float = SLACK
) -> Shifts:
    """Where a series has drifted away from its recent level: -1 below, 1 above, 0 neither, point by point.

    Two cumulative sums of the distance from the mean of `window` points beyond `slack` standard deviations; a shift is
    told while one exceeds `sensitivity` standard deviations. From then on the deviation is that of the `window` points
    before; the mean stays while the series still moves away from them, else both sums begin anew around their mean
    (Walker et al., alerts of OpenPrescribing; Montgomery 2009). Leading nan are passed over; later ones add nothing.
    """
    series = np.asarray(values, dtype=np.float64)
    shifts = np.zeros(len(series), dtype=np.int8)
    first = int(np.argmax(~np.isnan(series))) - window + 1 if not np.isnan(series).all() else len(series)
    state = _Cusum(window, sensitivity, slack)
    for place in range(max(first, 0), len(series)):
        state.take(series, place, starts=place <= max(first, 0))
        shifts[place] = state.side
    return shifts


@dataclass(slots=True)
class _Cusum:
    """The two sums with the level they are held against; all in the unit of the series."""

    window: int
    sensitivity: float
    slack: float
    mean: float = 0.0
    deviation: float = 0.0
    above: float = 0.0
    below: float = 0.0

    @property
    def side(self) -> int:
        """Which sum is outside its limit: 1 above, -1 below, 0 neither."""
        limit = self.sensitivity * self.deviation
        return int(self.above > limit) - int(self.below < -limit)

    def take(self, series: Floats, place: int, *, starts: bool) -> None:
        """Take the next point in."""
        value = float(series[place])
        if starts:
            self._centre(series[place : place + self.window], with_deviation=True)
            self.above, self.below = self._added(value, 0.0, 0.0)
            return
        side = self.side
        if side:
            self._look_back(series[max(place - self.window, 0) : place], value, side)
        self.above, self.below = self._added(value, self.above, self.below)

    def _look_back(self, recent: Floats, value: float, side: int) -> None:
        """After a shift: keep the mean while `value` still moves away from the recent points, else begin anew."""
        former = self.mean
        self._centre(recent, with_deviation=False)
        above, below = self._added(value, self.above, self.below)
        if (side > 0 and above > self.above) or (side < 0 and below < self.below):
            self._centre(recent, with_deviation=True)
            self.mean = former
        else:
            self._centre(recent, with_deviation=True)
            self.above = self.below = 0.0

    def _centre(self, values: Floats, *, with_deviation: bool) -> None:
        known = values[~np.isnan(values)]
        if len(known):
            self.mean = float(known.mean())
            self.deviation = float(known.std()) if with_deviation else self.deviation

    def _added(self, value: float, above: float, below: float) -> tuple[float, float]:
        if np.isnan(value):
            return above, below
        allowed = self.slack * self.deviation
        return (
            round(max(0.0, above + value - (self.mean + allowed)), _DIGITS),
            round(min(0.0, below + value - (self.mean - allowed)), _DIGITS),
        )

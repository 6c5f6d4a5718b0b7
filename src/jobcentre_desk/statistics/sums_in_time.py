"""Which sums over stretches of time may be shown together, so that no small one can be worked out of the others.

Counts of quarters add up to those of stretches: a window of four, a period, a stretch shown before. With P as the
running total at each quarter's start every shown stretch is an equation P_b - P_a = v, and no count is below 0, so P
never falls: a system of differences, whose shortest paths are the exact smallest and largest value of every stretch,
those of a linear programme.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Quarters `first` .. `stop` - 1, counted from 0, and the counts shown of them: places in the rows of values."""

    first: int
    stop: int
    counts: tuple[int, ...]


class Timeline:
    """What is known of the stretches of some counts once certain ones are shown.

    `values` (counts x quarters) are the true ones. A stretch leaks when its count lies in 1 .. minimum - 1 and its
    interval holds one whole number or only such ones.
    """

    def __init__(self, values: Ints, *, minimum: int) -> None:
        counts, quarters = values.shape
        self._running = np.concatenate([np.zeros((counts, 1), dtype=np.int64), values.cumsum(axis=1)], axis=1)
        later = np.triu(np.ones((quarters + 1, quarters + 1), dtype=bool), 1)
        self._most = np.repeat(np.where(later, np.inf, 0.0)[None], counts, axis=0)
        true = self._running[:, None, :] - self._running[:, :, None]
        self._small = later[None] & (true >= 1) & (true < minimum)
        self._minimum = minimum

    def know(self, stretch: Stretch) -> None:
        """Take a stretch as shown, whatever that tells."""
        for count in stretch.counts:
            self._most[count] = self._with(stretch, count)

    def show(self, stretch: Stretch) -> bool:
        """Show a stretch unless something small could then be worked out; whether it is shown."""
        after = {count: self._with(stretch, count) for count in stretch.counts}
        if any(self._leaks(count, most) for count, most in after.items()):
            return False
        for count, most in after.items():
            self._most[count] = most
        return True

    def is_known(self, stretch: Stretch) -> bool:
        """Whether each of these counts of the stretch follows from what is shown."""
        a, b = stretch.first, stretch.stop
        return all(self._most[count, a, b] == -self._most[count, b, a] for count in stretch.counts)

    def bounds(self, stretch: Stretch) -> list[tuple[float, float]]:
        """The smallest and largest value of each of these counts."""
        a, b = stretch.first, stretch.stop
        return [(float(-self._most[count, b, a]), float(self._most[count, a, b])) for count in stretch.counts]

    def _with(self, stretch: Stretch, count: int) -> NDArray[np.float64]:
        """The largest differences once one more is known: each may now go by way of it."""
        most, a, b = self._most[count], stretch.first, stretch.stop
        value = float(self._running[count, b] - self._running[count, a])
        onward = most[:, a, None] + value + most[None, b, :]
        back = most[:, b, None] - value + most[None, a, :]
        return np.asarray(np.minimum(most, np.minimum(onward, back)))

    def _leaks(self, count: int, most: NDArray[np.float64]) -> bool:
        low, high = -most.T, most
        told = (low >= high) | ((low >= 1) & (high < self._minimum))
        return bool((told & self._small[count]).any())


def shown_stretches(timeline: Timeline, wanted: Sequence[Stretch]) -> list[bool]:
    """Which of the stretches are shown, asked for in this order; one that follows from the others is shown as well."""
    shown = [timeline.show(stretch) for stretch in wanted]
    return [done or timeline.is_known(stretch) for done, stretch in zip(shown, wanted, strict=True)]

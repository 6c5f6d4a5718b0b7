"""Which counts are too small to leave the screen, and when a branch would tell on one of its employers."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

FEWEST_OTHER_EMPLOYERS = 3
"""A branch beside one of its employers holds at least so many others with a completed traineeship."""
LARGEST_SHARE = 0.8
"""None of those others has more than this share of all that the others completed."""


def is_small(counts: ArrayLike, totals: ArrayLike, minimum: int) -> NDArray[np.bool_]:
    """Whether a count or its complement (total - count) lies in 1 .. minimum - 1: the guard's primary rule.

    0 is shown; so is the whole of a total, whose complement is 0.
    """
    part = np.asarray(counts, dtype=np.int64)
    rest = np.asarray(totals, dtype=np.int64) - part
    small = (part >= 1) & (part < minimum)
    return small | ((rest >= 1) & (rest < minimum))

"""Which counts are too small to leave the screen, and when a branch hides the one employer beside it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

FEWEST_OTHER_EMPLOYERS = 3
LARGEST_SHARE = 0.8


def is_small(counts: ArrayLike, totals: ArrayLike, minimum: int) -> NDArray[np.bool_]:
    """Whether a count or its complement (total - count) lies in 1 .. minimum - 1: the guard's primary rule.

    0 is shown; so is the whole of a total, whose complement is 0.
    """
    part = np.asarray(counts, dtype=np.int64)
    rest = np.asarray(totals, dtype=np.int64) - part
    small = (part >= 1) & (part < minimum)
    return small | ((rest >= 1) & (rest < minimum))


def branch_tells_on_few(others: ArrayLike) -> bool:
    """Whether a branch shown beside one of its employers would tell on another employer of it.

    `others`: completed traineeships of each other employer of the branch. At least 3 others with any are needed, none
    of them with more than 80 % of all the others have; else the parent branch is to be shown.
    """
    completed = np.asarray(others, dtype=np.int64)
    completed = completed[completed > 0]
    if len(completed) < FEWEST_OTHER_EMPLOYERS:
        return True
    return bool(completed.max() > LARGEST_SHARE * completed.sum())

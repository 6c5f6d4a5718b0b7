"""What is withheld of the counts of many rows at once, as bits: the guard's primary rule, and what two tables tell.

Counts stand as an array of five rows: started, not yet known, completed, jobs, jobs with the same employer. Whatever
withholds the completed withholds the jobs, and that both kinds of job.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.desk.small_counts import ALL_JOBS, KINDS
from jobcentre_desk.model.outcomes import Counts
from jobcentre_desk.statistics.disclosure import is_small

Ints = NDArray[np.int64]
Bits = NDArray[np.uint8]

STARTED, WAITING, COMPLETED_ONLY, JOBS_ONLY, KINDS_ONLY = 1, 2, 4, 8, 16
WITH_JOBS = JOBS_ONLY | KINDS_ONLY
WITH_COMPLETED = COMPLETED_ONLY | WITH_JOBS
RATE = COMPLETED_ONLY | JOBS_ONLY
EVERYTHING = STARTED | WAITING | WITH_COMPLETED

_NAMES = {
    STARTED: frozenset({"started"}),
    WAITING: frozenset({"not_yet_known"}),
    COMPLETED_ONLY: frozenset({"completed"}),
    JOBS_ONLY: frozenset({ALL_JOBS}),
    KINDS_ONLY: KINDS,
}


@cache
def names_of(bits: int) -> frozenset[str]:
    """The names of the counts withheld."""
    return frozenset().union(*(names for bit, names in _NAMES.items() if bits & bit))


def bits_of(names: Iterable[str]) -> int:
    """The bits of the counts withheld by name."""
    withheld = set(names)
    return sum(bit for bit, of_bit in _NAMES.items() if of_bit <= withheld)


def columns_of(counts: Iterable[Counts]) -> Ints:
    """Counts as an array of five rows."""
    rows = [(c.started, c.not_yet_known, c.completed, c.jobs, c.job_same_employer) for c in counts]
    return np.array(rows, dtype=np.int64).reshape(-1, 5).T


def small_bits(columns: Ints, minimum: int) -> Bits:
    """What the primary rule withholds of each column of counts."""
    started, waiting, completed, jobs, same = columns
    few = _few(completed, minimum)
    few_jobs = few | is_small(jobs, completed, minimum)
    few_kinds = few_jobs | is_small(same, completed, minimum) | is_small(jobs - same, completed, minimum)
    bits = _few(started, minimum) * STARTED + _few(waiting, minimum) * WAITING
    bits = bits + few * COMPLETED_ONLY + few_jobs * JOBS_ONLY + few_kinds * KINDS_ONLY
    return np.asarray(bits, dtype=np.uint8)


def told_bits(columns: Ints, other: Ints, hidden_of_other: Bits, minimum: int) -> Bits:
    """What must be withheld of tables beside others that hold the same people or more (or fewer), and were shared.

    What is only in one of the two can be had by subtracting; `hidden_of_other` is what was withheld there.
    """
    small = small_bits(np.abs(columns - other), minimum)
    shown = ~hidden_of_other
    outcomes = small & WITH_COMPLETED
    by_completed = np.where(small & COMPLETED_ONLY, outcomes, 0)
    by_jobs = np.where(small & JOBS_ONLY, outcomes, 0)
    found = np.where(shown & KINDS_ONLY, outcomes, np.where(shown & JOBS_ONLY, by_jobs, by_completed))
    found = np.where(shown & COMPLETED_ONLY, found, 0)
    return np.asarray(found | (small & shown & (STARTED | WAITING)), dtype=np.uint8)


def with_partners(columns: Ints, bits: Bits, *, fixed: Bits | None = None) -> Bits:
    """The bits with a second row for each count that only one row withholds, as their sum may be known.

    The partner is the row with the fewest completed (or started) that are not 0; `fixed` are counts that cannot be a
    partner since they were shared before. Two of which not both are 0 can be exchanged for one another.
    """
    made = bits.copy()
    taken = np.zeros_like(bits) if fixed is None else fixed
    for bit, whole, size in (
        (STARTED, STARTED, columns[0]),
        (WAITING, WAITING, columns[1]),
        (COMPLETED_ONLY, WITH_COMPLETED, columns[2]),
        (JOBS_ONLY, WITH_JOBS, columns[2]),
        (KINDS_ONLY, KINDS_ONLY, columns[3]),
    ):
        hidden = (made & bit > 0) & (size > 0)
        others = np.flatnonzero((made & bit == 0) & (taken & bit == 0) & (size > 0))
        if np.count_nonzero(hidden) == 1 and len(others):
            made[others[np.argmin(size[others])]] |= whole
    return made


def _few(counts: Ints, minimum: int) -> NDArray[np.bool_]:
    return np.asarray((counts >= 1) & (counts < minimum))

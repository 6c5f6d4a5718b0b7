"""Rolling rates of the employers in view: four known quarters at a time, ending in each of the last eight."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.cache.outcome_blocks import completed, jobs
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.find import Found
from jobcentre_desk.desk.selection import facts_of_employers, within

POINTS = 8
STEP = 4

Rolling = tuple[float | None, ...]


def rolling_rates(figures: Figures, found: Found, start: int, stop: int) -> list[Rolling]:
    """The rates of the rows start..stop - 1, oldest first; None where nothing was completed or a count is hidden.

    The narrowing is that of the list, the quarters end with the last known one whatever the list's own period.
    """
    ids = found.ids.take(found.ordered(start, stop))
    done, went, hidden = _by_quarter(figures, found, ids)
    of_done, of_went, of_hidden = _rolled(done), _rolled(went), _rolled(hidden)
    rates = np.divide(of_went, of_done, out=np.full(of_done.shape, np.nan), where=(of_done > 0) & (of_hidden == 0))
    return [tuple(None if np.isnan(rate) else float(rate) for rate in row) for row in rates.T]


def _by_quarter(figures: Figures, found: Found, ids: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
    """Completed, jobs and hidden cells: a row for each of the quarters needed, a column for each employer."""
    blocks = figures.load_blocks().outcomes.quarters
    last = figures.known_through
    quarters = [] if last is None else range(last.index - POINTS - STEP + 2, last.index + 1)
    counts = np.zeros((3, len(quarters), len(ids)), dtype=np.int64)
    for row, quarter in enumerate(quarters):
        block = blocks.get(quarter)
        if block is None:
            continue
        places, which = facts_of_employers(block, ids)
        if found.narrowing.sets:
            inside = within(block, places, found.narrowing)
            places, which = places.compress(inside), which.compress(inside)
        outcome = block.outcome.take(places)
        counts[0, row] = np.bincount(which, completed(outcome), len(ids))
        counts[1, row] = np.bincount(which, jobs(outcome), len(ids))
        if block.null_rows is not None:
            counts[2, row] = np.bincount(which, block.null_rows.take(places), len(ids))
    return counts[0], counts[1], counts[2]


def _rolled(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sums of STEP quarters in a row."""
    if len(counts) < STEP:
        return np.zeros((0, counts.shape[1]), dtype=np.int64)
    sums = np.cumsum(np.vstack([np.zeros((1, counts.shape[1]), dtype=np.int64), counts]), axis=0)
    rolled: NDArray[np.int64] = sums[STEP:] - sums[:-STEP]
    return rolled

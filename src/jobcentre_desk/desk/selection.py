"""The facts a question touches, found the cheapest way quarter by quarter, and added up by employer.

Per quarter the order with the fewest facts is taken: slices of the municipality order, the branch or occupation
permutation, or all facts; the other lists are masks on those. Where nothing narrower is asked the sums per employer
are added instead of facts. Measured at 3 million facts: comparing 500,000 int16 takes 0.1 ms, gathering them 0.3 ms,
adding them by employer 1.4 ms.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.cache.outcome_blocks import NARROW, OutcomeBlocks, QuarterBlock, completed, jobs
from jobcentre_desk.desk.narrowing import IdSet, Narrowing

Facts = slice | NDArray[np.intp]
"""Some facts of a quarter: a stretch of them, or their places."""

_ORDERS = {"municipality": 1, "branch": 4, "occupation": 4}
"""Lists that facts are ordered by, with what looking at one fact costs: a permutation reads far apart."""
_MOST_STRETCHES = 4
_FEW = 8
"""Up to one fact for so many employers, sorting the facts is quicker than a tally as long as all employers."""
_HALF = 1 << 16


@dataclass(frozen=True, slots=True)
class EmployerSums:
    """Completed and jobs of the employers with at least one completed traineeship, ids ascending."""

    ids: NDArray[np.int64]
    completed: NDArray[np.int64]
    jobs: NDArray[np.int64]


def facts_of(block: QuarterBlock, narrowing: Narrowing) -> list[Facts]:
    """The facts of a quarter that lie within the narrowing, in pieces that do not overlap."""
    sets = narrowing.sets
    cheapest = min((c for c in _ORDERS if c in sets), key=lambda c: _cost(block, c, sets[c]), default="")
    if not cheapest or _cost(block, cheapest, sets[cheapest]) > len(block):
        return list(_masked(block, slice(0, len(block)), sets))
    others = {column: ids for column, ids in sets.items() if column != cheapest}
    return [facts for piece in _pieces(block, cheapest, sets[cheapest]) for facts in _masked(block, piece, others)]


def column(array: NDArray[Any], facts: Facts) -> NDArray[Any]:
    """The values of a column at some facts."""
    return array[facts] if isinstance(facts, slice) else array.take(facts)


def _stretches(block: QuarterBlock, name: str, ids: IdSet) -> list[tuple[int, int]]:
    """Where the ids begin and end in the order of a list."""
    offsets = getattr(block, f"{name}_offsets")
    end = len(offsets) - 1
    found = [(int(offsets[min(first, end)]), int(offsets[min(last + 1, end)])) for first, last in ids.runs]
    return [(start, stop) for start, stop in found if stop > start]


def _cost(block: QuarterBlock, name: str, ids: IdSet) -> int:
    return _ORDERS[name] * sum(stop - start for start, stop in _stretches(block, name, ids))


def _pieces(block: QuarterBlock, name: str, ids: IdSet) -> list[Facts]:
    stretches = _stretches(block, name, ids)
    if name == "municipality" and len(stretches) <= _MOST_STRETCHES:
        return [slice(start, stop) for start, stop in stretches]
    if not stretches:
        return []
    if name == "municipality":
        return [np.concatenate([np.arange(start, stop) for start, stop in stretches])]
    rows = getattr(block, f"{name}_rows")
    return [np.concatenate([rows[start:stop] for start, stop in stretches]).astype(np.intp)]


def _masked(block: QuarterBlock, piece: Facts, sets: dict[str, IdSet]) -> Iterator[Facts]:
    """The facts of a piece that every set holds."""
    held: NDArray[np.bool_] | None = None
    for name, ids in sets.items():
        fits = ids.holds(column(getattr(block, name), piece))
        held = fits if held is None else held & fits
    if held is None:
        yield piece
    elif isinstance(piece, slice):
        yield np.flatnonzero(held) + piece.start
    else:
        yield piece.compress(held)


def employer_sums(
    blocks: OutcomeBlocks,
    quarters: Sequence[int],
    narrowing: Narrowing,
    *,
    employers: int,
    leave_hidden_out: bool = False,
) -> EmployerSums:
    """Completed and jobs by employer over neighbouring quarters (those without facts add nothing).

    A hidden count adds 0; with `leave_hidden_out` facts with one add nothing at all, so that rates stay true.
    """
    present = [blocks.quarters[quarter] for quarter in quarters if quarter in blocks.quarters]
    fits_half = not blocks.wide and sum(blocks.largest[block.quarter] for block in present) < _HALF
    if fits_half and not narrowing.sets and not leave_hidden_out and present:
        return _unpacked(blocks.packed_sums([block.quarter for block in present], employers))
    parts_of = _whole_parts if leave_hidden_out else _parts
    parts = [part for block in present for part in parts_of(block, narrowing)]
    if not parts:
        return EmployerSums(*(np.zeros(0, dtype=np.int64) for _ in range(3)))
    if fits_half and sum(len(ids) for ids, _outcome in parts) * _FEW > employers:
        packed = np.zeros(employers, dtype=NARROW)
        for ids, outcome in parts:  # three times as fast as one tally of all of them
            np.add.at(packed, ids, outcome)
        return _unpacked(packed)
    ids, outcome = (np.concatenate(column) for column in zip(*parts, strict=True))
    if len(ids) * _FEW < employers:
        return _sums_by_sorting(ids, outcome)
    return _sums_by_two_tallies(ids, outcome, employers)


def _parts(block: QuarterBlock, narrowing: Narrowing) -> Iterator[tuple[NDArray[Any], NDArray[Any]]]:
    if not narrowing.sets:
        yield block.sum_employer, block.sum_outcome
        return
    for facts in facts_of(block, narrowing):
        yield column(block.employer, facts), column(block.outcome, facts)


def _whole_parts(block: QuarterBlock, narrowing: Narrowing) -> Iterator[tuple[NDArray[Any], NDArray[Any]]]:
    """The same without facts that have a hidden count."""
    if block.null_rows is None:
        yield from _parts(block, narrowing)
        return
    for facts in facts_of(block, narrowing):
        whole = ~column(block.null_rows, facts)
        yield column(block.employer, facts)[whole], column(block.outcome, facts)[whole]


def rated_employers(block: QuarterBlock, narrowing: Narrowing) -> Iterator[NDArray[Any]]:
    """The employers of the facts with something completed and no hidden count, not always once."""
    for ids, outcome in _whole_parts(block, narrowing):
        yield ids.compress(completed(outcome) > 0)


def _sums_by_sorting(employer: NDArray[Any], outcome: NDArray[Any]) -> EmployerSums:
    order = np.argsort(employer)
    ids = employer.take(order)
    if not len(ids):
        return EmployerSums(ids.astype(np.int64), ids.astype(np.int64), ids.astype(np.int64))
    starts = np.concatenate(([0], np.flatnonzero(np.diff(ids)) + 1))
    sorted_outcome = outcome.take(order)
    n, x = (np.add.reduceat(half(sorted_outcome).astype(np.int64), starts) for half in (completed, jobs))
    rated = np.flatnonzero(n)
    return EmployerSums(ids.take(starts.take(rated)).astype(np.int64), n.take(rated), x.take(rated))


def _unpacked(packed: NDArray[Any]) -> EmployerSums:
    """Both halves of sums by employer; no employer's completed may have run over into the half of the jobs."""
    ids = np.flatnonzero(packed != 0)
    sums = packed.take(ids)
    return EmployerSums(ids, completed(sums).astype(np.int64), jobs(sums).astype(np.int64))


def _sums_by_two_tallies(employer: NDArray[Any], outcome: NDArray[Any], employers: int) -> EmployerSums:
    done = np.bincount(employer, completed(outcome), employers)
    ids = np.flatnonzero(done != 0)
    led = np.bincount(employer, jobs(outcome), employers)
    return EmployerSums(ids, done.take(ids).astype(np.int64), led.take(ids).astype(np.int64))


def hidden_cells(
    blocks: OutcomeBlocks, quarters: Sequence[int], narrowing: Narrowing, *, employers: int
) -> NDArray[np.int64] | None:
    """How many facts with a hidden count each employer has, by id; None when no quarter has any."""
    present = [blocks.quarters[quarter] for quarter in quarters if quarter in blocks.quarters]
    with_hidden = [block for block in present if block.null_rows is not None]
    if not with_hidden:
        return None
    cells = np.zeros(employers, dtype=np.int64)
    for block in with_hidden:
        assert block.null_rows is not None
        for facts in facts_of(block, narrowing):
            hidden = column(block.null_rows, facts)
            cells += np.bincount(column(block.employer, facts)[hidden], minlength=employers)
    return cells


def present_employers(
    blocks: OutcomeBlocks, quarters: Sequence[int], narrowing: Narrowing, *, employers: int
) -> NDArray[np.bool_]:
    """Which employers have any fact in the quarters, whatever its counts."""
    present = np.zeros(employers, dtype=np.bool_)
    for quarter in quarters:
        if quarter in blocks.quarters:
            for ids, _outcome in _parts(blocks.quarters[quarter], narrowing):
                present[ids] = True
    return present


def facts_of_employers(block: QuarterBlock, ids: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The facts of some employers (distinct ids): their places in the quarter, and beside each the place in `ids`."""
    at = np.searchsorted(block.sum_employer, ids)
    at[at == len(block.sum_employer)] = 0
    which = np.flatnonzero(block.sum_employer.take(at) == ids) if len(block.sum_employer) else np.zeros(0, np.intp)
    at = at.take(which)
    starts = block.sum_offsets.take(at).astype(np.int64)
    lengths = block.sum_offsets.take(at + 1) - starts
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    places = np.arange(total) + np.repeat(starts - (ends - lengths), lengths)
    return block.employer_rows.take(places).astype(np.intp), np.repeat(which, lengths)


def within(block: QuarterBlock, facts: NDArray[np.intp], narrowing: Narrowing) -> NDArray[np.bool_]:
    """Which of some facts lie within the narrowing."""
    held = np.ones(len(facts), dtype=np.bool_)
    for name, ids in narrowing.sets.items():
        held &= ids.table.take(getattr(block, name).take(facts))
    return held

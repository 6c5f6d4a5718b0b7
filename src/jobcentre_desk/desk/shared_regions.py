"""Which people a row of a shared table counts: some quarters of some codes; and what two such rows tell together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.cache.outcome_blocks import QuarterBlock, completed, jobs
from jobcentre_desk.desk.employer_facts import EmployerFacts
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.narrowing import Narrowing
from jobcentre_desk.desk.scopes import narrowing_of
from jobcentre_desk.desk.selection import facts_of_employers, within
from jobcentre_desk.desk.shared_before import SharedTable, scope_of
from jobcentre_desk.desk.withheld import STARTED, WAITING, WITH_COMPLETED, Bits
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.outcomes import Period

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Region:
    """The facts of the quarters `first` .. `last` (indices) within a narrowing; outcomes known through `known`."""

    narrowing: Narrowing
    first: int
    last: int
    known: int

    def beside(self, other: Region) -> int:
        """The counts, as bits, of which the one holds all that the other holds, so that they can be subtracted."""
        inside = self.in_time_of(other) if self.narrowing.is_narrower(other.narrowing) else 0
        return inside | (other.in_time_of(self) if other.narrowing.is_narrower(self.narrowing) else 0)

    def in_time_of(self, other: Region) -> int:
        """The counts, as bits, whose quarters here all lie within those of the other."""
        stretches = (
            (STARTED, (self.first, self.last), (other.first, other.last)),
            (WAITING, self._waiting, other._waiting),
            (WITH_COMPLETED, self._outcomes, other._outcomes),
        )
        return sum(bit for bit, mine, theirs in stretches if _is_inside(mine, theirs))

    def has_filters_of(self, other: Region) -> bool:
        """Whether both are narrowed to the same codes."""
        return _is_narrower(self.narrowing, other.narrowing) and _is_narrower(other.narrowing, self.narrowing)

    def is_same(self, other: Region) -> bool:
        """Whether both hold the same facts."""
        mine, theirs = (self.first, self.last, self._outcomes), (other.first, other.last, other._outcomes)
        return mine == theirs and self.has_filters_of(other)

    @property
    def _outcomes(self) -> tuple[int, int]:
        return (self.first, min(self.last, self.known))

    @property
    def _waiting(self) -> tuple[int, int]:
        return (max(self.first, self.known + 1), self.last)


class Neighbours:
    """Many regions at once, to be asked which of them a region can be subtracted from, or can be subtracted of it."""

    def __init__(self, regions: Sequence[Region]) -> None:
        self._regions = regions
        ends = [(one.first, one.last, min(one.last, one.known), one.known) for one in regions]
        self._first, self._last, self._last_known, self._known = np.array(ends, dtype=np.int64).reshape(-1, 4).T
        self._filters: dict[int, tuple[Narrowing, Flags, Flags]] = {}

    def of(self, region: Region) -> tuple[Bits, Flags]:
        """Per region what `Region.beside` gives, and whether it is the same."""
        inside, outside = self._filters_beside(region.narrowing)
        stretches = (
            (STARTED, self._first, self._last, region.first, region.last),
            (
                WAITING,
                np.maximum(self._first, self._known + 1),
                self._last,
                max(region.first, region.known + 1),
                region.last,
            ),
            (WITH_COMPLETED, self._first, self._last_known, region.first, min(region.last, region.known)),
        )
        beside = np.zeros(len(self._regions), dtype=np.uint8)
        for bit, first, last, my_first, my_last in stretches:
            within = inside & (first <= my_first) & (my_last <= last)
            around = outside & (my_first <= first) & (last <= my_last)
            beside |= np.where(within | around, bit, 0).astype(np.uint8)
        same = inside & outside & (self._first == region.first) & (self._last == region.last)
        return beside, same & (self._last_known == min(region.last, region.known))

    def _filters_beside(self, narrowing: Narrowing) -> tuple[Flags, Flags]:
        """Which regions have all the filters' codes of this one, and which have no other; kept with what it is of."""
        known = self._filters.get(id(narrowing))
        if known is None:
            inside = [_is_narrower(narrowing, one.narrowing) for one in self._regions]
            outside = [_is_narrower(one.narrowing, narrowing) for one in self._regions]
            known = self._filters[id(narrowing)] = (narrowing, np.array(inside, bool), np.array(outside, bool))
        return known[1:]


def _is_inside(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _is_narrower(inner: Narrowing, outer: Narrowing) -> bool:
    return inner.is_narrower(outer)


def region_of(narrowing: Narrowing, period: Period) -> Region:
    """The region of a period; every outcome of it unknown where nothing is known."""
    known = -1 if period.known_through is None else period.known_through.index
    return Region(narrowing, period.span.first.index, period.span.last.index, known)


def region_of_table(figures: Figures, table: SharedTable) -> Region | None:
    """The region of a table shared before; None when its codes are no longer in the lists."""
    known: dict[str, Region | None] = figures.remembered("regions of shared tables", dict)
    if table.key not in known:
        try:
            known[table.key] = Region(narrowing_of(figures, table.scope), table.first, table.last, table.known)
        except InputRefused:
            known[table.key] = None
    return known[table.key]


@dataclass(frozen=True, slots=True)
class RowBefore:
    """A row shared before about one employer: what was not in it, and of that what protects another figure."""

    region: Region
    unseen: int
    protects: int


def rows_of_sheet(figures: Figures, table: SharedTable) -> Iterator[RowBefore]:
    """The rows of the page of an employer."""
    for part in table.parts:
        filters = dict(table.filters)
        if part.occupation:
            filters["occupations"] = (part.occupation,)
        try:
            region = Region(narrowing_of(figures, scope_of(filters)), part.first, part.last, table.known)
        except InputRefused:
            continue
        yield RowBefore(region, part.withheld, part.protects)


def tables_before(figures: Figures, *kinds: str) -> tuple[SharedTable, ...]:
    """The tables of these kinds shared before from the source looked at; none where nobody remembers them.

    A publisher who masked the outcomes gives only sums of their own that cannot be added up: none then, either.
    """
    source, memory = figures.outcome_source, figures.shared_before
    if source is None or memory is None or figures.outcome_window > 1:
        return ()
    return tuple(table for table in memory.tables(source.name) if table.kind in kinds)


def sums_of(figures: Figures, region: Region, ids: Ints) -> Ints:
    """Started, not yet known, completed, jobs and jobs with the same employer of some employers (distinct ids)."""
    found = np.zeros((5, len(ids)), dtype=np.int64)
    for block in _blocks(figures, region):
        facts, which = facts_of_employers(block, ids)
        if region.narrowing.sets:
            inside = within(block, facts, region.narrowing)
            facts, which = facts.compress(inside), which.compress(inside)
        outcome, known = block.outcome.take(facts), block.quarter <= region.known
        counts = {0: block.started.take(facts), 2 if known else 1: completed(outcome)}
        if known:
            counts |= {3: jobs(outcome), 4: block.same_employer.take(facts)}
        for row, values in counts.items():
            found[row] += np.bincount(which, values, len(ids)).astype(np.int64)
    return found


def sums_of_facts(facts: EmployerFacts, region: Region) -> Ints:
    """The same of one employer's facts, as one column."""
    held = (facts.quarter >= region.first) & (facts.quarter <= region.last)
    for name, ids in region.narrowing.sets.items():
        held &= ids.table.take(getattr(facts, name))
    known = held & (facts.quarter <= region.known)
    counts = (
        facts.started[held].sum(),
        facts.completed[held & ~known].sum(),
        facts.completed[known].sum(),
        facts.jobs[known].sum(),
        facts.same_employer[known].sum(),
    )
    return np.array(counts, dtype=np.int64)[:, None]


def _blocks(figures: Figures, region: Region) -> Iterator[QuarterBlock]:
    blocks = figures.load_blocks().outcomes.quarters
    for quarter in range(region.first, region.last + 1):
        if quarter in blocks:
            yield blocks[quarter]

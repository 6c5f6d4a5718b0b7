"""What is withheld on the page of one employer that leaves the program: its sums, quarters, trend and occupations.

Quarters, the periods of the trend and the whole period are sums of one another, and of what was shared before: a
timeline finds which of them can be shown together. The occupations add up to the whole. Every row is also held
against the rows of lists and pages shared before that hold the same people or more, or fewer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.desk.employer_facts import EmployerFacts, employer_facts
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.scopes import id_set, narrowing_of, reference_narrowing
from jobcentre_desk.desk.shared_before import Part, SharedTable, filters_of
from jobcentre_desk.desk.shared_lists import KIND as LISTS
from jobcentre_desk.desk.shared_regions import (
    Neighbours,
    Region,
    RowBefore,
    region_of,
    region_of_table,
    rows_of_sheet,
    sums_of_facts,
    tables_before,
)
from jobcentre_desk.desk.small_counts import share_occupations, share_quarters
from jobcentre_desk.desk.withheld import (
    COMPLETED_ONLY,
    EVERYTHING,
    JOBS_ONLY,
    KINDS_ONLY,
    RATE,
    STARTED,
    WAITING,
    WITH_COMPLETED,
    Bits,
    small_bits,
    told_bits,
    with_partners,
)
from jobcentre_desk.model.outcomes import Scope, State
from jobcentre_desk.model.pages import EmployerComparison
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.statistics.sums_in_time import Stretch, Timeline

Ints = NDArray[np.int64]
KIND = "employer"
LENGTHS = (4, 2, 1)
"""Quarters of a period of the trend, those that are shown first asked for first."""
_COMPLETED, _JOBS, _WITHOUT, _STARTED, _WAITING = range(5)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetGuard:
    """What is withheld on an employer's page: of its own counts, of quarters, of sums of quarters, of occupations.

    `quarters` are those whose rate is withheld, `starts` those whose started are; `stretches` pairs of the last quarter
    (an index) and how many quarters end there; `parts` are the rows as they are remembered.
    """

    own: int = 0
    quarters: frozenset[int] = frozenset()
    starts: frozenset[int] = frozenset()
    stretches: frozenset[tuple[int, int]] = frozenset()
    occupations: frozenset[str] = frozenset()
    parts: tuple[Part, ...] = ()


class _Sheet:
    """One employer's facts with the rows about it that were shared before."""

    def __init__(self, figures: Figures, comparison: EmployerComparison, scope: Scope, minimum: int) -> None:
        self.figures, self.comparison, self.minimum = figures, comparison, minimum
        self.facts = employer_facts(figures, comparison.employer.cvr)
        self.narrowing = reference_narrowing(narrowing_of(figures, scope))
        self.region = region_of(self.narrowing, comparison.period)
        self.before = list(_rows_before(figures, comparison.employer.cvr, self.facts, minimum))
        columns = [sums_of_facts(self.facts, row.region) for row in self.before]
        self._columns = np.concatenate([np.zeros((5, 0), dtype=np.int64), *columns], axis=1)
        self._unseen = np.array([row.unseen for row in self.before], dtype=np.uint8)
        self._protects = np.array([row.protects for row in self.before], dtype=np.uint8)
        self._neighbours = Neighbours([row.region for row in self.before])

    def bits(self, region: Region) -> int:
        """What must be withheld of a row, by the primary rule and by what was shared before."""
        columns = sums_of_facts(self.facts, region)
        found = int(small_bits(columns, self.minimum)[0])
        if self.before:
            beside, same = self._neighbours.of(region)
            told = told_bits(columns, self._columns, self._unseen, self.minimum) & beside
            found |= int(np.bitwise_or.reduce(np.where(same, self._protects, told)))
        return found

    def region_at(self, first: int, last: int) -> Region:
        """The region of some quarters with the filters of the page."""
        return Region(self.narrowing, first, last, self.region.known)


def sheet_guard(figures: Figures, comparison: EmployerComparison, *, scope: Scope, minimum: int) -> SheetGuard:
    """What is withheld on the page of an employer; of one with hidden counts only what one row alone tells."""
    if figures.outcome_window > 1 or any(one.state is State.HIDDEN for one in comparison.quarters):
        return _plain(comparison, minimum)
    sheet = _Sheet(figures, comparison, scope, minimum)
    own = sheet.bits(sheet.region)
    parts = _in_time(sheet, own)
    occupations = _occupations(sheet, own, scope)
    whole = Part(sheet.region.first, sheet.region.last, "", own, own)
    codes = [
        Part(whole.first, whole.last, code, STARTED | WAITING | KINDS_ONLY | bits, bits)
        for code, bits in occupations.items()
    ]
    alone = [part for part in parts if part.first == part.last]
    return SheetGuard(
        own=own,
        quarters=frozenset(part.last for part in alone if part.protects & (RATE | WAITING)),
        starts=frozenset(part.last for part in alone if part.protects & STARTED),
        stretches=frozenset((part.last, part.last + 1 - part.first) for part in parts if part.protects & RATE),
        occupations=frozenset(code for code, bits in occupations.items() if bits),
        parts=(whole, *parts, *codes),
    )


def _plain(comparison: EmployerComparison, minimum: int) -> SheetGuard:
    """The rule for a page on which the publisher hid counts: nothing adds up there, but the quarters of a period."""
    quarters = share_quarters(comparison.quarters, minimum, period=comparison.period)
    occupations = share_occupations(comparison.occupations, minimum)
    hidden = [Quarter.parse(one.quarter) for one in quarters if one.state is State.HIDDEN]
    few = [Quarter.parse(one.quarter) for one in comparison.quarters if 1 <= one.started < minimum]
    return SheetGuard(
        quarters=frozenset(quarter.index for quarter in hidden if quarter is not None),
        starts=frozenset(quarter.index for quarter in (*hidden, *few) if quarter is not None),
        occupations=frozenset(one.code for one in occupations if one.state is State.HIDDEN),
    )


def table_of_sheet(figures: Figures, comparison: EmployerComparison, scope: Scope, guard: SheetGuard) -> SharedTable:
    """The page as it is remembered once it has left."""
    source, region = figures.outcome_source, region_of(narrowing_of(figures, scope), comparison.period)
    filters = {name: codes for name, codes in filters_of(scope).items() if name not in ("municipalities", "branches")}
    return SharedTable(
        kind=KIND,
        source=source.name if source else "",
        filters=filters,
        first=region.first,
        last=region.last,
        known=region.known,
        subject=comparison.employer.cvr,
        parts=guard.parts,
    )


def _rows_before(figures: Figures, cvr: str, facts: EmployerFacts, minimum: int) -> Iterator[RowBefore]:
    for table in tables_before(figures, LISTS, KIND):
        region = region_of_table(figures, table) if table.kind == LISTS else None
        if region is not None:
            primary = int(small_bits(sums_of_facts(facts, region), minimum)[0])
            unseen = primary | table.withheld.get(cvr, 0)
            yield RowBefore(region, unseen, unseen)
        elif table.subject == cvr:
            yield from rows_of_sheet(figures, table)


def _in_time(sheet: _Sheet, own: int) -> list[Part]:
    """The quarters and sums of quarters as rows to remember, with what is withheld of each."""
    quarters = list(range(sheet.figures.quarters[0].index, sheet.figures.quarters[-1].index + 1))
    known = [quarter for quarter in quarters if quarter <= sheet.region.known]
    timeline = _timeline(sheet, quarters, own)
    ends = [(last, length) for length in LENGTHS for last in reversed(known) if last - length + 1 >= known[0]]
    parts = []
    for last, length in [*ends, *((quarter, 1) for quarter in quarters[len(known) :])]:
        region = sheet.region_at(last - length + 1, last)
        wanted = [RATE] if last in known else [WAITING]
        wanted += [STARTED] if length == 1 else []
        withheld = sum(bits for bits in wanted if not _may_show(sheet, timeline, region, quarters[0], bits))
        parts.append(Part(region.first, last, "", EVERYTHING & ~sum(wanted) | withheld, withheld))
    return parts


def _may_show(sheet: _Sheet, timeline: Timeline, region: Region, start: int, bits: int) -> bool:
    """Whether these counts of some quarters may be shown beside all that is shown already."""
    if sheet.bits(region) & bits:
        return False
    stretch = Stretch(region.first - start, region.last + 1 - start, _counts(bits))
    return timeline.show(stretch) or timeline.is_known(stretch)


def _timeline(sheet: _Sheet, quarters: Sequence[int], own: int) -> Timeline:
    """What is known of the quarters: those without anyone, the page's own sums, and what was shared before."""
    columns = np.concatenate([sums_of_facts(sheet.facts, sheet.region_at(q, q)) for q in quarters], axis=1)
    started, waiting, completed, jobs, _same = columns
    timeline = Timeline(np.stack([completed, jobs, completed - jobs, started, waiting]), minimum=sheet.minimum)
    start, size = quarters[0], len(quarters)
    for row in (RowBefore(sheet.region, own, own), *sheet.before):
        if not row.region.has_filters_of(sheet.region):
            continue
        _know(timeline, row, start, size)
    for place in np.flatnonzero(~columns.any(axis=0)).tolist():
        timeline.know(Stretch(place, place + 1, (_COMPLETED, _JOBS, _WITHOUT, _STARTED, _WAITING)))
    return timeline


def _know(timeline: Timeline, row: RowBefore, start: int, size: int) -> None:
    region, shown = row.region, EVERYTHING & ~row.unseen
    first, stop = max(region.first - start, 0), min(region.last + 1 - start, size)
    known = min(region.known + 1 - start, stop)
    if shown & STARTED and first < stop:
        timeline.know(Stretch(first, stop, (_STARTED,)))
    if shown & COMPLETED_ONLY and first < known:
        timeline.know(Stretch(first, known, _counts(shown & RATE)))
    if shown & WAITING and max(known, first) < stop:
        timeline.know(Stretch(max(known, first), stop, (_WAITING,)))


def _counts(bits: int) -> tuple[int, ...]:
    """The rows of the timeline that a row with these counts shows."""
    by_bit = (
        (COMPLETED_ONLY, (_COMPLETED,)),
        (JOBS_ONLY, (_JOBS, _WITHOUT)),
        (STARTED, (_STARTED,)),
        (WAITING, (_WAITING,)),
    )
    return tuple(count for bit, counts in by_bit if bits & bit for count in counts)


def _occupations(sheet: _Sheet, own: int, scope: Scope) -> dict[str, int]:
    """What is withheld of the rate of each occupation; those of the filter, and the others, add up to known sums."""
    rows = [one for one in sheet.comparison.occupations if one.rate.value is not None]
    codes = [one.code for one in rows]
    if not rows:
        return {}
    outside = sheet.narrowing.without("occupation").sets
    bits = np.zeros(len(rows), dtype=np.uint8)
    columns = np.zeros((5, len(rows)), dtype=np.int64)
    for place, code in enumerate(codes):
        narrowing = type(sheet.narrowing)(sets={**outside, "occupation": id_set(sheet.figures, "occupation", (code,))})
        region = Region(narrowing, sheet.region.first, sheet.region.last, sheet.region.known)
        columns[2:, place] = sums_of_facts(sheet.facts, region)[2:, 0]
        bits[place] = sheet.bits(region) & RATE
    inside = np.ones(len(rows), dtype=bool)
    if scope.occupations and not own & WITH_COMPLETED:
        wanted = sheet.figures.codes.tree("occupations").closure(scope.occupations)
        inside = np.array([code in wanted for code in codes])
    return dict(zip(codes, _partnered(columns, bits, inside).tolist(), strict=True))


def _partnered(columns: Ints, bits: Bits, inside: NDArray[np.bool_]) -> Bits:
    made = np.where(bits, RATE, 0).astype(np.uint8)
    for group in (np.flatnonzero(inside), np.flatnonzero(~inside)):
        partnered = with_partners(columns[:, group], made[group])
        made[group] = np.where(partnered, RATE, 0)
    return made

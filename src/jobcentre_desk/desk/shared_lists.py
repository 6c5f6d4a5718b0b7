"""What is withheld in a list of employers that leaves the program, and the order in which it leaves.

Beyond the primary rule: what could be had by subtracting a table shared before; and a second row where one alone is
withheld, as sums are known elsewhere (rows of branches, the branch beside an employer). An order by rate or by
completed would tell what a withheld row has, so such rows come last, by CVR number; and with "at least 2 completed"
those below the minimum are left out, as the row alone would tell how many they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.desk.employer_facts import employer_facts
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.find import Found
from jobcentre_desk.desk.reference_rules import Branches
from jobcentre_desk.desk.shared_before import SharedTable, filters_of
from jobcentre_desk.desk.shared_regions import (
    Region,
    region_of,
    region_of_table,
    rows_of_sheet,
    sums_of,
    sums_of_facts,
    tables_before,
)
from jobcentre_desk.desk.withheld import EVERYTHING, JOBS_ONLY, Bits, small_bits, told_bits, with_partners
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.outcomes import Order

Ints = NDArray[np.int64]
KIND = "employers"


@dataclass(frozen=True, slots=True)
class ListGuard:
    """Per employer of a list what is withheld of it, and of that what the primary rule withholds."""

    ids: Ints
    withheld: Bits
    primary: Bits
    place_of: dict[int, int]

    def of(self, cvr: str) -> tuple[int, int]:
        """The id of an employer in the list, and the bits withheld of it."""
        place = self.place_of[int(cvr)]
        return int(self.ids[place]), int(self.withheld[place])


def list_guard(figures: Figures, found: Found, *, minimum: int) -> ListGuard:
    """What is withheld in the list, worked out once for each state of what was shared before."""
    earlier = tables_before(figures, KIND, "employer")
    key = ("list guard", found.scope, found.period, hash(found.ids.tobytes()), tuple(one.key for one in earlier))
    guard: ListGuard = figures.remembered(key, lambda: _guard(figures, found, earlier, minimum))
    return guard


def shared_order(figures: Figures, found: Found, *, minimum: int) -> Found:
    """The list in the order in which it may leave, without those whose presence would tell how many they are."""
    kept = np.ones(len(found.ids), dtype=bool)
    if 1 < found.scope.min_completed < minimum:
        kept = found.completed >= minimum
        if not kept.all():
            found = _only(found, kept)
    guard = list_guard(figures, found, minimum=minimum)
    order = found.ordered(0, found.total)
    if found.scope.order is not Order.NAME:
        last = (guard.withheld & JOBS_ONLY > 0)[order]
        by_cvr = np.argsort(figures.employers.cvr.take(found.ids.take(order[last])), kind="stable")
        order = np.concatenate([order[~last], order[last][by_cvr]])
    return replace(found, _order=order)


def table_of_list(figures: Figures, found: Found, *, minimum: int) -> SharedTable | None:
    """The list as it is remembered once it has left; None where nothing is remembered."""
    if figures.outcome_source is None or figures.outcome_window > 1:
        return None
    guard, region = list_guard(figures, found, minimum=minimum), region_of(found.narrowing, found.period)
    beyond = np.flatnonzero(guard.withheld & ~guard.primary)
    cvrs = [figures.employers.cvr_text(employer) for employer in guard.ids[beyond].tolist()]
    return SharedTable(
        kind=KIND,
        source=figures.outcome_source.name,
        filters=filters_of(found.scope),
        first=region.first,
        last=region.last,
        known=region.known,
        withheld=dict(zip(cvrs, (guard.withheld & ~guard.primary)[beyond].tolist(), strict=True)),
    )


def _only(found: Found, kept: NDArray[np.bool_]) -> Found:
    order = found.ordered(0, found.total)
    places = np.cumsum(kept) - 1
    return replace(
        found,
        ids=found.ids.compress(kept),
        completed=found.completed.compress(kept),
        jobs=found.jobs.compress(kept),
        hidden=None if found.hidden is None else found.hidden.compress(kept),
        fair_rate=found.fair_rate.compress(kept),
        rated=int(np.count_nonzero(found.is_rated() & kept)),
        _order=places.take(order[kept.take(order)]),
    )


def _guard(figures: Figures, found: Found, earlier: tuple[SharedTable, ...], minimum: int) -> ListGuard:
    region = region_of(found.narrowing, found.period)
    columns = sums_of(figures, region, found.ids)
    primary = small_bits(columns, minimum)
    withheld, shown_before = primary.copy(), np.zeros(len(primary), dtype=np.uint8)
    for table in earlier:
        if table.kind == KIND:
            more, known = _beside_list(figures, found.ids, (region, columns), table, minimum)
            withheld |= more
            shown_before |= known
        else:
            _beside_sheet(figures, found.ids, region, table, withheld, minimum)
    persons = _sole_proprietors(figures, found.ids)
    whole = withheld | np.where(persons, EVERYTHING, 0).astype(np.uint8)
    for group in _groups(figures, found, minimum):
        made = with_partners(columns[:, group], whole[group], fixed=shown_before[group])
        withheld[group] |= np.where(persons[group], 0, made)
        whole[group] |= made
    cvrs = figures.employers.cvr.take(found.ids).tolist()
    places = dict(zip(cvrs, range(len(cvrs)), strict=True))
    return ListGuard(found.ids, withheld, primary, places)


def _beside_list(
    figures: Figures, ids: Ints, mine: tuple[Region, Ints], table: SharedTable, minimum: int
) -> tuple[Bits, Bits]:
    """What must be withheld beside a list shared before, and what of this very list was shown in it."""
    nothing = np.zeros(len(ids), dtype=np.uint8)
    region, columns = mine
    other = region_of_table(figures, table)
    beside = 0 if other is None else region.beside(other)
    if other is None or not beside:
        return nothing, nothing
    same = region.is_same(other)
    theirs = columns if same else sums_of(figures, other, ids)
    hidden = small_bits(theirs, minimum) | _withheld_before(figures, ids, table)
    if same:
        return np.asarray(hidden, dtype=np.uint8), np.asarray(~hidden & EVERYTHING, dtype=np.uint8)
    return np.asarray(told_bits(columns, theirs, hidden, minimum) & beside, dtype=np.uint8), nothing


def _withheld_before(figures: Figures, ids: Ints, table: SharedTable) -> Bits:
    found = np.zeros(len(ids), dtype=np.uint8)
    for cvr, bits in table.withheld.items():
        employer = figures.employers.id_of(cvr)
        place = len(ids) if employer is None else int(np.searchsorted(ids, employer))
        if place < len(ids) and ids[place] == employer:
            found[place] = bits
    return found


def _beside_sheet(
    figures: Figures, ids: Ints, region: Region, table: SharedTable, withheld: Bits, minimum: int
) -> None:
    """Withhold of one employer what could be had by subtracting a row of its own page."""
    employer = figures.employers.id_of(table.subject)
    place = len(ids) if employer is None else int(np.searchsorted(ids, employer))
    if place == len(ids) or ids[place] != employer:
        return
    try:
        facts = employer_facts(figures, table.subject)
    except InputRefused:
        return
    mine = sums_of_facts(facts, region)
    for row in rows_of_sheet(figures, table):
        beside = region.beside(row.region)
        if beside:
            unseen = np.array([row.unseen], dtype=np.uint8)
            told = told_bits(mine, sums_of_facts(facts, row.region), unseen, minimum) & beside
            withheld[place] |= row.protects if region.is_same(row.region) else int(told[0])


def _sole_proprietors(figures: Figures, ids: Ints) -> NDArray[np.bool_]:
    return np.asarray(figures.employers.sole_proprietors.take(ids), dtype=bool)


def _groups(figures: Figures, found: Found, minimum: int) -> Iterator[Ints]:
    """Rows whose sums may be known: all of them; in a list of the whole country also those of one reference."""
    everyone = np.arange(len(found.ids))
    if not found.narrowing.sets.keys() & {"municipality", "branch"}:
        groups = Branches.of(figures, found.narrowing, found.period, minimum=minimum).groups(found.ids)
        order = np.argsort(groups, kind="stable")
        edges = np.flatnonzero(np.diff(groups[order])) + 1
        yield from (part for part in np.split(order, edges) if len(part) and groups[part[0]] >= 0)
    yield everyone

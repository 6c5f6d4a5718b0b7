"""What is withheld in a table of rows and columns with its totals, and in a list of branches or occupations."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.desk.branches import CodeStandings
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.scopes import narrowing_of
from jobcentre_desk.desk.shared_before import SharedTable, filters_of
from jobcentre_desk.desk.shared_grids import LISTS_OF, MAPS, beside_earlier, grid_of_list
from jobcentre_desk.desk.shared_regions import Region, region_of, region_of_table, tables_before
from jobcentre_desk.desk.withheld import Bits, columns_of, small_bits, told_bits, with_partners
from jobcentre_desk.errors import InputRefused, QuarterOutOfRange
from jobcentre_desk.model.outcomes import Period, Scope
from jobcentre_desk.statistics.disclosure import CellTable, complementary

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


def shared_table(counts: Sequence[Ints], hidden: Flags, *, minimum: int, known: Flags | None = None) -> Flags:
    """Which cells of a table may not leave the screen, so that none of `hidden` can be worked out of the others.

    `counts` are what each cell tells, each an array (rows + 1) x (columns + 1) with the totals last: the completed,
    those with a job, those without. Rows and columns may leave something out that is in their totals. What is hidden
    is hidden of all the counts. Nothing is hidden where nothing is small; `known` cells were shown before, and hiding
    them would be of no use.
    """
    found, before = np.asarray(hidden, dtype=bool).copy(), None
    if not found.any() and not any(_left_out_is_small(one, minimum) for one in counts):
        return found
    while before is None or (found != before).any():
        before = found
        for one in counts:
            found = _protected(np.asarray(one, dtype=np.int64), found, minimum, known)
    return found


def standing_bits(standings: CodeStandings, *, kind: str, figures: Figures, scope: Scope | None, minimum: int) -> Bits:
    """What is withheld of each row of branches or occupations: small counts, what earlier tables tell, partners.

    Without a `scope` nothing is held against what was shared before. The sum of the rows counts as known.
    """
    columns = columns_of(row.counts for row in standings.rows)
    bits = small_bits(columns, minimum)
    shown_before = np.zeros(len(bits), dtype=np.uint8)
    if scope is not None:
        more, shown_before = _beside_earlier(
            standings, columns, kind=kind, figures=figures, scope=scope, minimum=minimum
        )
        bits |= more
    return with_partners(columns, bits, fixed=shown_before)


def table_of_standings(
    standings: CodeStandings, bits: Bits, *, kind: str, figures: Figures, scope: Scope, minimum: int
) -> SharedTable:
    """The rows as they are remembered once they have left."""
    source, region = figures.outcome_source, _region(figures, scope, standings.period)
    beyond = bits & ~small_bits(columns_of(row.counts for row in standings.rows), minimum)
    codes = [row.code for row in standings.rows]
    return SharedTable(
        kind=kind,
        source=source.name if source else "",
        filters=filters_of(scope),
        first=region.first,
        last=region.last,
        known=region.known,
        withheld={code: more for code, more in zip(codes, beyond.tolist(), strict=True) if more},
    )


def _region(figures: Figures, scope: Scope, period: Period) -> Region:
    return region_of(narrowing_of(figures, scope), period)


def _beside_earlier(
    standings: CodeStandings, columns: Ints, *, kind: str, figures: Figures, scope: Scope, minimum: int
) -> tuple[Bits, Bits]:
    """What the rows of earlier tables tell beside these, and what was shown of these very rows."""
    mine = _region(figures, scope, standings.period)
    more, shown = (np.zeros(len(standings.rows), dtype=np.uint8) for _ in range(2))
    own = "branch" if kind == "branches" else "occupation"
    for table in tables_before(figures, kind):
        region = region_of_table(figures, table)
        if region is None:
            continue
        inside = [Region(one.narrowing.without(own), one.first, one.last, one.known) for one in (mine, region)]
        beside = inside[0].beside(inside[1])
        if beside:
            theirs, hidden, there = _rows_of(figures, table, standings, minimum)
            if inside[0].is_same(inside[1]):
                more |= np.where(there, hidden, 0).astype(np.uint8)
                shown |= np.where(there, ~hidden, 0).astype(np.uint8)
            else:
                more |= np.where(there, told_bits(columns, theirs, hidden, minimum) & beside, 0).astype(np.uint8)
    told, known = beside_earlier(figures, grid_of_list(figures, scope, standings, kind=kind), *MAPS, minimum=minimum)
    return more | told.ravel(), shown | known.ravel()


def _rows_of(figures: Figures, table: SharedTable, standings: CodeStandings, minimum: int) -> tuple[Ints, Bits, Flags]:
    """The counts of the same codes in an earlier table, what was withheld of them, and which it had."""
    columns = np.zeros((5, len(standings.rows)), dtype=np.int64)
    hidden = np.zeros(len(standings.rows), dtype=np.uint8)
    there = np.zeros(len(standings.rows), dtype=bool)
    try:
        rows = {row.code: row for row in LISTS_OF[table.kind](figures, table.scope).rows}
    except (InputRefused, QuarterOutOfRange):
        return columns, hidden, there
    for place, row in enumerate(standings.rows):
        if row.code in rows:
            there[place] = True
            columns[:, place] = columns_of([rows[row.code].counts])[:, 0]
            hidden[place] = table.withheld.get(row.code, 0)
    return columns, hidden | small_bits(columns, minimum), there


def _left_out_is_small(counts: Ints, minimum: int) -> bool:
    left = _with_the_rest(counts)[1]
    return bool(((left >= 1) & (left < minimum)).any())


def _protected(counts: Ints, hidden: Flags, minimum: int, known: Flags | None) -> Flags:
    """The same for one count; what rows and columns leave out is hidden, and known only where it is 0."""
    whole, _left = _with_the_rest(counts)
    table = CellTable.two_way(whole)
    rows, columns = counts.shape
    places = np.arange(table.values.size).reshape(rows + 1, columns + 1)
    given = places[np.ix_([*range(rows - 1), rows], [*range(columns - 1), columns])]
    unseen, free = np.zeros(table.values.size, dtype=bool), np.ones(table.values.size, dtype=bool)
    unseen[given] = hidden
    free[given] = False
    unseen |= free & (table.values > 0)
    free[given] |= False if known is None else known & ~hidden
    costs = np.where((table.values == 0) | free, np.inf, table.values + 1.0)
    return complementary(table, unseen, minimum=minimum, costs=costs)[given]


def _with_the_rest(counts: Ints) -> tuple[Ints, Ints]:
    """The inner cells with a row and a column for what the totals have beyond them; and that row and column."""
    inner, rows_total, columns_total = counts[:-1, :-1], counts[:-1, -1], counts[-1, :-1]
    right, below = rows_total - inner.sum(1), columns_total - inner.sum(0)
    corner = counts[-1, -1] - counts[:-1, -1].sum() - below.sum()
    whole = np.block([[inner, right[:, None]], [below[None, :], np.array([[corner]])]])
    return whole, np.concatenate([right, below, [corner]])

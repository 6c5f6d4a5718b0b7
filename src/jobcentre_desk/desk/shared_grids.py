"""Tables of branches by occupations held against those shared before: heat maps, lists of branches, of occupations.

Each is a grid of cells; a list is a grid of one column or one row. A cell is held against every cell of an earlier
grid that holds the same people or more, or fewer, as the totals of the one may be cells of the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.desk.branches import CodeStandings, branch_rows, occupation_rows
from jobcentre_desk.desk.cross_tally import CrossTally, cross_tally, tally_narrowing
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.narrowing import Narrowing
from jobcentre_desk.desk.scopes import LISTS, id_set, narrowing_of
from jobcentre_desk.desk.shared_before import SharedTable
from jobcentre_desk.desk.shared_regions import Region, region_of, region_of_table, tables_before
from jobcentre_desk.desk.withheld import (
    EVERYTHING,
    KINDS_ONLY,
    RATE,
    STARTED,
    Bits,
    columns_of,
    small_bits,
    told_bits,
)
from jobcentre_desk.errors import InputRefused, QuarterOutOfRange
from jobcentre_desk.model.outcomes import Scope

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
MAPS = {
    "results any": RATE,
    "results same_employer": RATE | KINDS_ONLY,
    "results elsewhere": RATE | KINDS_ONLY,
    "intake": STARTED,
}
"""The kinds of heat maps, with the counts that a cell shows."""
LISTS_OF = {"branches": branch_rows, "occupations": occupation_rows}


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Grid:
    """Cells: the people of `region` in a branch (rows x ids) and an occupation (columns x ids).

    `counts` are 5 x rows x columns; `unseen` is what a cell does not show, `protects` what of that is withheld.
    """

    region: Region
    branches: Flags
    occupations: Flags
    counts: Ints
    unseen: Bits
    protects: Bits


def grid_of_map(figures: Figures, scope: Scope, tally: CrossTally) -> Grid:
    """A heat map as a grid in which everything is seen; who waits is in no heat map."""
    narrowing = tally_narrowing(figures, scope)
    counts = np.stack(
        [
            tally.counts["started"],
            np.zeros_like(tally.counts["started"]),
            *(tally.counts[name] for name in ("completed", "jobs", "same")),
        ]
    )
    return _grid(
        region_of(narrowing, tally.period),
        _ids(figures, narrowing, "branch", [code.code for code in tally.rows], total=True),
        _ids(figures, narrowing, "occupation", [code.code for code in tally.columns], total=True),
        counts,
    )


def grid_of_list(figures: Figures, scope: Scope, standings: CodeStandings, *, kind: str) -> Grid:
    """A list of "branches" or "occupations" as a grid in which everything is seen."""
    narrowing = narrowing_of(figures, scope)
    codes = [row.code for row in standings.rows]
    counts = columns_of(row.counts for row in standings.rows)
    in_rows = kind == "branches"
    return _grid(
        region_of(narrowing, standings.period),
        _ids(figures, narrowing, "branch", codes if in_rows else (), total=not in_rows),
        _ids(figures, narrowing, "occupation", () if in_rows else codes, total=in_rows),
        counts[:, :, None] if in_rows else counts[:, None, :],
    )


def beside_earlier(figures: Figures, mine: Grid, *kinds: str, minimum: int) -> tuple[Bits, Bits]:
    """What must be withheld of each cell beside earlier grids of some kinds, and what was shown of that very cell."""
    more, known = np.zeros_like(mine.unseen), np.zeros_like(mine.unseen)
    for table in tables_before(figures, *kinds):
        theirs = _grid_of_table(figures, table, minimum) if _may_tell(figures, mine.region, table) else None
        if theirs is not None:
            found, shown = _beside(mine, theirs, minimum)
            more |= found
            known |= shown
    return more, known


def cell_name(branch: str, occupation: str) -> str:
    """What a cell of a heat map is remembered by; "" is a total."""
    return f"{branch}/{occupation}"


def _may_tell(figures: Figures, mine: Region, table: SharedTable) -> bool:
    """Whether some of its cells can hold all that some of mine hold; spares working it out anew."""
    region = region_of_table(figures, table)
    if region is None:
        return False
    outside = Region(region.narrowing.without("branch", "occupation"), region.first, region.last, region.known)
    return bool(mine.beside(outside))


def _beside(mine: Grid, theirs: Grid, minimum: int) -> tuple[Bits, Bits]:
    inside, outside = _is_within(mine, theirs), _is_within(theirs, mine).transpose(2, 3, 0, 1)
    there, here = mine.region.in_time_of(theirs.region), theirs.region.in_time_of(mine.region)
    bits = np.where(inside, there, 0) | np.where(outside, here, 0)
    row, column, their_row, their_column = np.nonzero(bits)
    common = bits[row, column, their_row, their_column].astype(np.uint8)
    same = (inside & outside)[row, column, their_row, their_column]
    same_time = np.where(same, there & here, 0).astype(np.uint8)
    unseen, protects = theirs.unseen[their_row, their_column], theirs.protects[their_row, their_column]
    told = told_bits(mine.counts[:, row, column], theirs.counts[:, their_row, their_column], unseen, minimum) & common
    more, known = np.zeros_like(mine.unseen), np.zeros_like(mine.unseen)
    np.bitwise_or.at(more, (row, column), (told | (protects & same_time)).astype(np.uint8))
    np.bitwise_or.at(known, (row, column), (~unseen & same_time).astype(np.uint8))
    return more, known


def _is_within(inner: Grid, outer: Grid) -> Flags:
    """Whether each cell of the one lies within each cell of the other, whatever the quarters."""
    if not inner.region.narrowing.is_narrower(outer.region.narrowing):
        return np.zeros((*inner.unseen.shape, *outer.unseen.shape), dtype=bool)
    branches = (inner.branches.astype(np.int64) @ (~outer.branches).T) == 0
    occupations = (inner.occupations.astype(np.int64) @ (~outer.occupations).T) == 0
    return np.asarray(branches[:, None, :, None] & occupations[None, :, None, :])


def _grid(region: Region, branches: Flags, occupations: Flags, counts: Ints) -> Grid:
    outside = Region(region.narrowing.without("branch", "occupation"), region.first, region.last, region.known)
    nothing = np.zeros(counts.shape[1:], dtype=np.uint8)
    return Grid(
        region=outside, branches=branches, occupations=occupations, counts=counts, unseen=nothing, protects=nothing
    )


def _ids(figures: Figures, narrowing: Narrowing, name: str, codes: Sequence[str], *, total: bool) -> Flags:
    """The ids of each code, and with `total` last those of all that the narrowing leaves."""
    size = max(figures.codes.ids[LISTS[name][0]].values()) + 1
    lines = [id_set(figures, name, (code,)).table for code in codes]
    if total:
        lines.append(narrowing.sets[name].table if name in narrowing.sets else np.ones(size, dtype=bool))
    return np.array(lines, dtype=bool).reshape(-1, size)


def _grid_of_table(figures: Figures, table: SharedTable, minimum: int) -> Grid | None:
    """The grid of a table shared before; None where its codes or quarters are no longer there."""
    key = ("grid of a shared table", table.key, tuple(sorted(table.withheld.items())), minimum)
    grid: Grid | None = figures.remembered(key, lambda: _made_again(figures, table, minimum))
    return grid


def _made_again(figures: Figures, table: SharedTable, minimum: int) -> Grid | None:
    scope = table.scope
    try:
        if table.kind in MAPS:
            tally = cross_tally(figures, scope)
            grid = grid_of_map(figures, scope, tally)
            rows, columns = ([*(code.code for code in codes), ""] for codes in (tally.rows, tally.columns))
            names = [[cell_name(row, column) for column in columns] for row in rows]
        else:
            standings = LISTS_OF[table.kind](figures, scope)
            grid = grid_of_list(figures, scope, standings, kind=table.kind)
            names = [[row.code] for row in standings.rows]
            names = names if table.kind == "branches" else [[name for (name,) in names]]
    except (InputRefused, QuarterOutOfRange):
        return None
    shows = MAPS.get(table.kind, EVERYTHING)
    shape = grid.unseen.shape
    withheld = np.array([[table.withheld.get(name, 0) for name in line] for line in names], np.uint8).reshape(shape)
    hidden = small_bits(grid.counts.reshape(5, -1), minimum).reshape(shape) & shows | withheld
    if table.kind in MAPS:  # a cell is shown whole or not at all
        hidden = np.where(hidden, shows, 0).astype(np.uint8)
    return Grid(
        region=Region(grid.region.narrowing, table.first, table.last, table.known),
        branches=grid.branches,
        occupations=grid.occupations,
        counts=grid.counts,
        unseen=np.asarray(EVERYTHING & ~shows | hidden, dtype=np.uint8),
        protects=np.asarray(hidden, dtype=np.uint8),
    )

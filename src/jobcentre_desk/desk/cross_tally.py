"""Counts of every branch by every occupation of a scope, added up in one pass over its facts.

Rows are the branches one level under the chosen one (sections without one; a branch without any under it stands among
its neighbours). Columns are the most frequent occupations of the second level. Both have totals over everything in the
scope. Facts count under the workplace's branch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.cache.outcome_blocks import QuarterBlock, completed, jobs
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.narrowing import Narrowing
from jobcentre_desk.desk.scopes import LISTS, narrowing_of, resolve_period
from jobcentre_desk.desk.selection import Facts, column, facts_of
from jobcentre_desk.model.branch_pages import JobKind
from jobcentre_desk.model.classifications import Code
from jobcentre_desk.model.outcomes import Counts, Period, Scope

COLUMNS = 7
OCCUPATION_LEVEL = 2
COUNTED = ("started", "completed", "jobs", "same", "hidden", "facts", "known")

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CrossTally:
    """Counts by name of shape (rows + 1, columns + 1), totals last; `own` is the row of the branch chosen, or -1.

    Sums are of known cells alone: where `hidden` is not 0 they are "at least".
    """

    period: Period
    rows: tuple[Code, ...]
    columns: tuple[Code, ...]
    own: int
    counts: dict[str, Ints]

    def at(self, row: int, place: int) -> Counts:
        """The counts of one cell."""
        one = {name: int(values[row, place]) for name, values in self.counts.items()}
        return Counts(
            started=one["started"],
            completed=one["completed"],
            job_same_employer=one["same"],
            job_elsewhere=one["jobs"] - one["same"],
            hidden_cells=one["hidden"],
        )

    def of_kind(self, kind: JobKind) -> Ints:
        """The jobs of a kind, cell by cell."""
        if kind is JobKind.ANY:
            return self.counts["jobs"]
        same = self.counts["same"]
        return same if kind is JobKind.SAME_EMPLOYER else self.counts["jobs"] - same


def cross_tally(figures: Figures, scope: Scope, *, columns: int = COLUMNS) -> CrossTally:
    """The counts of a scope; its occupations play no part."""
    period = resolve_period(figures, scope.first, scope.last)
    chosen = scope.branches[0] if scope.branches else ""
    parent, narrowing = _parent_of_rows(figures, chosen), tally_narrowing(figures, scope)
    rows = figures.codes.branches.children(parent)
    groups = tuple(code for code in figures.codes.occupations if code.level == OCCUPATION_LEVEL)
    row_of = _place_of(figures, "branch", rows)
    group_of = _place_of(figures, "occupation", groups)
    shape = (len(rows) + 1, len(groups) + 1)
    sums = {name: np.zeros(shape[0] * shape[1], dtype=np.int64) for name in COUNTED}
    blocks = figures.load_blocks().outcomes.quarters
    for quarter in period.span.quarters():
        block = blocks.get(quarter.index)
        for facts in facts_of(block, narrowing) if block is not None else ():
            assert block is not None
            cell = row_of.take(column(block.branch, facts)) * shape[1] + group_of.take(column(block.occupation, facts))
            _add(sums, block, facts, cell, known=quarter in period.known)
    return _laid_out(period, rows, groups, chosen, {name: v.reshape(shape) for name, v in sums.items()}, columns)


def tally_narrowing(figures: Figures, scope: Scope) -> Narrowing:
    """What the whole tally of a scope is narrowed to: not its occupations, and the branch its rows lie under."""
    parent = _parent_of_rows(figures, scope.branches[0] if scope.branches else "")
    return narrowing_of(figures, replace(scope, branches=(parent,) if parent else (), occupations=()))


def _parent_of_rows(figures: Figures, chosen: str) -> str:
    """The branch whose children are the rows: the chosen one, or what is above it when nothing is under it."""
    if not chosen or figures.codes.branches.children(chosen):
        return chosen
    return figures.codes.branches[chosen].parent


def _place_of(figures: Figures, name: str, codes: Sequence[Code]) -> Ints:
    """By id the place of the code it lies under; what lies under none comes last."""
    list_name = LISTS[name][0]
    ids = figures.codes.ids[list_name]
    place = np.full(max(ids.values(), default=-1) + 1, len(codes), dtype=np.int64)
    for number, code in enumerate(codes):
        place[[ids[inside] for inside in figures.codes.tree(list_name).closure([code.code])]] = number
    return place


def _add(sums: dict[str, Ints], block: QuarterBlock, facts: Facts, cell: Ints, *, known: bool) -> None:
    outcome, size = column(block.outcome, facts), len(sums["facts"])
    parts = {"started": column(block.started, facts), "facts": None}
    if known:
        parts |= {"completed": completed(outcome), "jobs": jobs(outcome), "known": None}
        parts |= {"same": column(block.same_employer, facts)}
        if block.null_rows is not None:
            parts |= {"hidden": column(block.null_rows, facts)}
    for name, values in parts.items():
        sums[name] += np.bincount(cell, values, size).astype(np.int64)


def _laid_out(
    period: Period, rows: Sequence[Code], groups: Sequence[Code], chosen: str, sums: dict[str, Ints], columns: int
) -> CrossTally:
    """The most frequent columns and the rows with anything in them, each with totals over everything."""
    frequent = np.argsort(-sums["facts"].sum(axis=0)[:-1], kind="stable")
    by_completed = np.argsort(-(sums["completed"] + sums["hidden"]).sum(axis=0)[:-1], kind="stable")
    order = by_completed if sums["completed"].any() else frequent
    places = sorted(place for place in order[:columns].tolist() if sums["facts"][:, place].any())
    kept = [row for row in range(len(rows)) if sums["facts"][row].any()]
    counts = {}
    for name, values in sums.items():
        whole = values.sum(axis=1, keepdims=True)
        cells = np.hstack([values[:, places], whole])
        counts[name] = np.vstack([cells[kept], cells.sum(axis=0, keepdims=True)])
    shown = tuple(rows[row] for row in kept)
    own = next((number for number, code in enumerate(shown) if code.code == chosen), -1)
    return CrossTally(
        period=period, rows=shown, columns=tuple(groups[place] for place in places), own=own, counts=counts
    )

"""What an employer is held against: the reference branch and its rate, and the counts of branches and the country.

The reference of an employer is its own branch, itself included, in the whole country; its parent while fewer than 20
employers of it have completed traineeships or the employer has more than 20 % of them (Spiegelhalter 2005, funnel
around p0). Period and filters on occupation, benefit group and programme are those of the list; municipality, branch,
text and least completed are not. Facts with a hidden count take no part: a rate of partly known numbers would be wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.cache.outcome_blocks import QuarterBlock, completed, jobs
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.scopes import IdSet, Narrowing, id_set, narrowing_of, reference_narrowing
from jobcentre_desk.desk.selection import EmployerSums, column, employer_sums, facts_of
from jobcentre_desk.model.outcomes import Counts, Scope
from jobcentre_desk.model.periods import Quarter

LEAST_EMPLOYERS = 20
LARGEST_SHARE = 5
"""An employer with more than one in so many of the completed traineeships is held against the parent."""
NO_BRANCH = -1


@dataclass(frozen=True, slots=True)
class BranchTotals:
    """By branch id, everything under it added in: employers with completed traineeships, completed, jobs."""

    employers: NDArray[np.int64]
    completed: NDArray[np.int64]
    jobs: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Country:
    """The whole country under the filters of a reference: by employer, and by the employers' own branch."""

    sums: EmployerSums
    branches: BranchTotals

    def completed_of(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Completed of some employers, 0 for those without."""
        if not len(self.sums.ids):
            return np.zeros(len(ids), dtype=np.int64)
        at = np.minimum(np.searchsorted(self.sums.ids, ids), len(self.sums.ids) - 1)
        return np.where(self.sums.ids.take(at) == ids, self.sums.completed.take(at), 0)


@dataclass(frozen=True, slots=True)
class References:
    """Per row the id of the reference branch (NO_BRANCH = none) and its rate (nan = none)."""

    branch: NDArray[np.int64]
    rate: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class BranchTree:
    """The branches by id: parent (NO_BRANCH at the top) and ids from the finest level to the coarsest."""

    parent: NDArray[np.int64]
    levels: tuple[NDArray[np.int64], ...]


def branch_tree(figures: Figures) -> BranchTree:
    """The tree of branches by id."""
    tree: BranchTree = figures.remembered("branch_tree", lambda: _branch_tree(figures))
    return tree


def _branch_tree(figures: Figures) -> BranchTree:
    ids, codes = figures.codes.ids["branches"], list(figures.codes.branches)
    parent = np.full(max(ids.values(), default=-1) + 1, NO_BRANCH, dtype=np.int64)
    for code in codes:
        parent[ids[code.code]] = ids.get(code.parent, NO_BRANCH)
    levels = sorted({code.level for code in codes}, reverse=True)
    return BranchTree(parent, tuple(np.array([ids[c.code] for c in codes if c.level == level]) for level in levels))


def country(figures: Figures, narrowing: Narrowing, quarters: Sequence[Quarter]) -> Country:
    """The country in the known quarters under the filters of a reference; remembered for the next question."""
    kept = reference_narrowing(narrowing)
    key = ("country", tuple(quarters), tuple((name, ids.runs) for name, ids in sorted(kept.sets.items())))
    found: Country = figures.remembered(key, lambda: _country(figures, kept, quarters))
    return found


def _country(figures: Figures, narrowing: Narrowing, quarters: Sequence[Quarter]) -> Country:
    blocks, employers = figures.load_blocks().outcomes, figures.employers
    indices = [quarter.index for quarter in quarters]
    sums = employer_sums(blocks, indices, narrowing, employers=len(employers), leave_hidden_out=True)
    return Country(sums, _branch_totals(sums, employers.branch, branch_tree(figures)))


def _branch_totals(sums: EmployerSums, own_branch: NDArray[np.int16], tree: BranchTree) -> BranchTotals:
    size = len(tree.parent)
    own = own_branch.take(sums.ids)
    totals = np.stack([np.bincount(own, weights, size) for weights in (None, sums.completed, sums.jobs)]).astype(
        np.int64
    )
    for level in tree.levels:
        inside = level[tree.parent[level] >= 0]
        np.add.at(totals.T, tree.parent[inside], totals.T[inside])
    return BranchTotals(*totals)


def references(figures: Figures, whole: Country, ids: NDArray[np.int64]) -> References:
    """The reference of each employer: its branch, or the nearest parent with enough employers beside it."""
    tree, totals = branch_tree(figures), whole.branches
    own = whole.completed_of(ids)
    at = figures.employers.branch.take(ids).astype(np.int64)
    found = np.full(len(ids), NO_BRANCH, dtype=np.int64)
    for _level in tree.levels:
        fits = (totals.employers[at] >= LEAST_EMPLOYERS) & (own * LARGEST_SHARE <= totals.completed[at])
        found = np.where((found == NO_BRANCH) & (at != NO_BRANCH) & fits, at, found)
        at = np.where(at == NO_BRANCH, NO_BRANCH, tree.parent[at])
    known = found != NO_BRANCH
    n = np.where(known, totals.completed[found], 1)
    return References(found, np.where(known, totals.jobs[found] / np.maximum(n, 1), np.nan))


def reference_branch(figures: Figures, cvr: str, scope: Scope, quarters: Sequence[Quarter]) -> str:
    """The code of the branch an employer is held against; "" when there is none."""
    whole = country(figures, narrowing_of(figures, scope), quarters)
    found = int(references(figures, whole, np.array([figures.employer_id(cvr)])).branch[0])
    return "" if found == NO_BRANCH else figures.code("branches", found)


def country_standing(figures: Figures, scope: Scope, quarters: Sequence[Quarter]) -> Counts:
    """Counts of the whole country under the occupation, benefit-group and programme filters of `scope`.

    Quarters after the last known one add to `started` and `not_yet_known` alone. Facts with a hidden count are left
    out and told as `hidden_cells`.
    """
    return _counts(figures, reference_narrowing(narrowing_of(figures, scope)), quarters, None)


def branch_standing(figures: Figures, branch_code: str, scope: Scope, quarters: Sequence[Quarter]) -> Counts:
    """Counts of all employers whose own branch is `branch_code` or under it, otherwise as `country_standing`."""
    own_branch = id_set(figures, "branch", (branch_code,))
    return _counts(figures, reference_narrowing(narrowing_of(figures, scope)), quarters, own_branch)


def _counts(figures: Figures, narrowing: Narrowing, quarters: Sequence[Quarter], own_branch: IdSet | None) -> Counts:
    blocks = figures.load_blocks().outcomes
    inside = None if own_branch is None else own_branch.holds(figures.employers.branch)
    total = Counts(started=0, completed=0, job_same_employer=0, job_elsewhere=0)
    for quarter in quarters:
        block = blocks.quarters.get(quarter.index)
        if block is not None:
            known = figures.known_through is not None and quarter <= figures.known_through
            for facts in facts_of(block, narrowing):
                chosen = _chosen(block, facts, inside)
                total = _added(total, block, chosen, known=known)
    return total


def _chosen(block: QuarterBlock, facts: slice | NDArray[np.intp], inside: NDArray[np.bool_] | None) -> NDArray[np.intp]:
    places = np.arange(facts.start, facts.stop) if isinstance(facts, slice) else facts
    return places if inside is None else places.compress(inside.take(column(block.employer, facts)))


def _added(total: Counts, block: QuarterBlock, facts: NDArray[np.intp], *, known: bool) -> Counts:
    started = total.started + int(block.started.take(facts).sum(dtype=np.int64))
    if not known:
        waiting = int(completed(block.outcome.take(facts)).sum(dtype=np.int64))
        return replace(total, started=started, not_yet_known=total.not_yet_known + waiting)
    hidden = 0
    if block.null_rows is not None:
        null = block.null_rows.take(facts)
        hidden, facts = int(np.count_nonzero(null)), facts[~null]
    outcome = block.outcome.take(facts)
    same = int(block.same_employer.take(facts).sum(dtype=np.int64))
    return Counts(
        started=started,
        completed=total.completed + int(completed(outcome).sum(dtype=np.int64)),
        job_same_employer=total.job_same_employer + same,
        job_elsewhere=total.job_elsewhere + int(jobs(outcome).sum(dtype=np.int64)) - same,
        hidden_cells=total.hidden_cells + hidden,
        not_yet_known=total.not_yet_known,
    )

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
from jobcentre_desk.desk.branch_totals import NO_BRANCH, BranchTotals
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.narrowing import IdSet, Narrowing
from jobcentre_desk.desk.scopes import id_set, narrowing_of, reference_narrowing
from jobcentre_desk.desk.selection import column, employer_sums, facts_of, facts_of_employers, rated_employers, within
from jobcentre_desk.model.outcomes import Counts, Scope
from jobcentre_desk.model.periods import Quarter

LEAST_EMPLOYERS = 20
LARGEST_SHARE = 5
"""An employer with more than one in so many of the completed traineeships is held against the parent."""
_FEW = 300
"""Up to one employer in so many, their own facts are looked up; else all facts within the filters are gone through."""


@dataclass(frozen=True, slots=True)
class Country:
    """The whole country under the filters of a reference, by the employers' own branch."""

    narrowing: Narrowing
    quarters: tuple[int, ...]
    totals: BranchTotals
    counted: dict[int, bool]
    """Branches between the bounds of `totals` that were asked for: whether they have enough employers."""


@dataclass(frozen=True, slots=True)
class References:
    """Per row the id of the reference branch (NO_BRANCH = none) and its rate (nan = none)."""

    branch: NDArray[np.int64]
    rate: NDArray[np.float64]


def country(figures: Figures, narrowing: Narrowing, quarters: Sequence[Quarter]) -> Country:
    """The country in the known quarters under the filters of a reference; remembered for the next question."""
    kept = reference_narrowing(narrowing)
    indices = tuple(quarter.index for quarter in quarters)
    key = ("country", indices, tuple((name, ids.runs) for name, ids in sorted(kept.sets.items())))
    found: Country = figures.remembered(key, lambda: Country(kept, indices, _totals(figures, kept, indices), {}))
    return found


def _totals(figures: Figures, narrowing: Narrowing, quarters: Sequence[int]) -> BranchTotals:
    table = figures.load_blocks().branch_table
    if "occupation" not in narrowing.sets:
        return table.totals(quarters, narrowing)
    blocks, employers = figures.load_blocks().outcomes, figures.employers
    sums = employer_sums(blocks, quarters, narrowing, employers=len(employers), leave_hidden_out=True)
    own, size = employers.branch.take(sums.ids), len(table.tree.parent)
    each = [np.bincount(own, weights, size) for weights in (sums.completed, sums.jobs, None)]
    done, led, count = table.tree.with_children(np.stack(each))
    return BranchTotals(done, led, count, count)


def references(
    figures: Figures, whole: Country, ids: NDArray[np.int64], *, own: NDArray[np.int64] | None = None
) -> References:
    """The reference of each employer: its branch, or the nearest parent with enough employers beside it.

    `own`: what each completed in the whole country under the same filters, where that is known already.
    """
    tree, totals = figures.load_blocks().branch_table.tree, whole.totals
    own = _own_completed(figures, whole, ids) if own is None else own
    at = figures.employers.branch.take(ids).astype(np.int64)
    found = np.full(len(ids), NO_BRANCH, dtype=np.int64)
    for _level in tree.levels:
        open_rows = np.flatnonzero((found == NO_BRANCH) & (at != NO_BRANCH))
        asked = at[open_rows]
        fits = _are_large(figures, whole, asked) & (own[open_rows] * LARGEST_SHARE <= totals.completed[asked])
        found[open_rows[fits]] = asked[fits]
        at = np.where(at == NO_BRANCH, NO_BRANCH, tree.parent[at])
    n = np.where(found == NO_BRANCH, 0, totals.completed[found])
    rate = np.divide(totals.jobs[found], n, out=np.full(len(ids), np.nan), where=n > 0)
    return References(found, rate)


def _are_large(figures: Figures, whole: Country, branches: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether enough employers of each branch have completed traineeships; counted only between the bounds."""
    large = whole.totals.fewest[branches] >= LEAST_EMPLOYERS
    between = ~large & (whole.totals.most[branches] >= LEAST_EMPLOYERS)
    unknown = sorted(set(branches[between].tolist()) - whole.counted.keys())
    if unknown:
        whole.counted.update(_count_employers(figures, whole, unknown))
    large[between] = [whole.counted[branch] for branch in branches[between].tolist()]
    return large


def _count_employers(figures: Figures, whole: Country, branches: Sequence[int]) -> dict[int, bool]:
    """Whether `branches` have enough employers with completed traineeships; where all facts are read, all branches."""
    blocks, employers = figures.load_blocks().outcomes.quarters, figures.employers
    tree = figures.load_blocks().branch_table.tree
    chosen = np.flatnonzero(tree.under(branches).take(employers.branch))
    few = len(chosen) * _FEW < len(employers)
    rated = np.zeros(len(employers), dtype=np.bool_)
    for block in (blocks[quarter] for quarter in whole.quarters if quarter in blocks):
        if few:
            rated[chosen[_rated_facts(block, chosen, whole.narrowing)[1]]] = True
        else:
            for ids in rated_employers(block, whole.narrowing):
                rated[ids] = True
    own = employers.branch.take(np.flatnonzero(rated))
    large = tree.with_children(np.bincount(own, minlength=len(tree.parent))) >= LEAST_EMPLOYERS
    return {branch: bool(large[branch]) for branch in (branches if few else range(len(large)))}


def _own_completed(figures: Figures, whole: Country, ids: NDArray[np.int64]) -> NDArray[np.int64]:
    blocks, own = figures.load_blocks().outcomes.quarters, np.zeros(len(ids), dtype=np.int64)
    for block in (blocks[quarter] for quarter in whole.quarters if quarter in blocks):
        facts, which = _rated_facts(block, ids, whole.narrowing)
        own += np.bincount(which, completed(block.outcome.take(facts)), len(ids)).astype(np.int64)
    return own


def _rated_facts(
    block: QuarterBlock, ids: NDArray[np.int64], narrowing: Narrowing
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The facts of some employers with something completed and nothing hidden, and the place in `ids` of each."""
    facts, which = facts_of_employers(block, ids)
    kept = within(block, facts, narrowing) & (completed(block.outcome.take(facts)) > 0)
    if block.null_rows is not None:
        kept &= ~block.null_rows.take(facts)
    return facts.compress(kept), which.compress(kept)


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
    hidden = 0
    if known and block.null_rows is not None:
        null = block.null_rows.take(facts)
        hidden, facts = int(np.count_nonzero(null)), facts[~null]
    started = total.started + int(block.started.take(facts).sum(dtype=np.int64))
    if not known:
        waiting = int(completed(block.outcome.take(facts)).sum(dtype=np.int64))
        return replace(total, started=started, not_yet_known=total.not_yet_known + waiting)
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

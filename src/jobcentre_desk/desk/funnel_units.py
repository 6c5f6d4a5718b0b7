"""The employers of a branch as points of its funnel: what each completed, what it led to, and the reference rate.

An employer belongs to the branch it is registered in, as in every reference (`desk.reference`); it stands with all its
traineeships within area, period and the other filters. So the chart of an employer's reference branch gives it the
very badge it has everywhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.find import Found, find_employers
from jobcentre_desk.desk.guard import share_minimum
from jobcentre_desk.desk.narrowing import Narrowing
from jobcentre_desk.desk.reference import branch_standing, country_standing
from jobcentre_desk.desk.scopes import id_set, narrowing_of, resolve_period
from jobcentre_desk.desk.selection import column, employer_sums, facts_of, hidden_cells
from jobcentre_desk.desk.shared_lists import list_guard
from jobcentre_desk.desk.withheld import KINDS_ONLY, RATE
from jobcentre_desk.model.branch_pages import JobKind
from jobcentre_desk.model.outcomes import Counts, Order, Period, Scope
from jobcentre_desk.statistics.disclosure import FEWEST_OTHER_EMPLOYERS, LARGEST_SHARE

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FunnelUnits:
    """Employers with at least one completed traineeship and no hidden count: ids ascending, x jobs of the kind, n.

    `hidden` are the ids of those left out because a count of theirs is hidden. `p0` is the rate of the reference in
    the whole country, None when nobody completed anything there; `branch` is its code ("" = all branches).
    """

    branch: str
    kind: JobKind
    period: Period
    ids: Ints
    x: Ints
    n: Ints
    hidden: Ints
    p0: float | None

    def __len__(self) -> int:
        return len(self.ids)


def jobs_of_kind(counts: Counts, kind: JobKind) -> int:
    """The jobs of one kind among some counts."""
    if kind is JobKind.ANY:
        return counts.jobs
    return counts.job_same_employer if kind is JobKind.SAME_EMPLOYER else counts.job_elsewhere


def funnel_units(figures: Figures, scope: Scope, *, kind: JobKind = JobKind.ANY) -> FunnelUnits:
    """The employers of the branch in `scope.branches` (one code or none), under the other filters of the scope.

    Text and least completed play no part. InputRefused for a code that no list has.
    """
    period = resolve_period(figures, scope.first, scope.last)
    branch = scope.branches[0] if scope.branches else ""
    narrowing = narrowing_of(figures, replace(scope, branches=()))
    quarters = [quarter.index for quarter in period.known]
    blocks, employers = figures.load_blocks().outcomes, figures.employers
    sums = employer_sums(blocks, quarters, narrowing, employers=len(employers))
    hidden = hidden_cells(blocks, quarters, narrowing, employers=len(employers))
    inside = _inside(figures, branch)
    kept = inside.take(sums.ids)
    if hidden is not None:
        kept &= hidden.take(sums.ids) == 0
    ids = sums.ids.compress(kept)
    same = None if kind is JobKind.ANY else _same_employer(figures, quarters, narrowing).take(ids)
    return FunnelUnits(
        branch=branch,
        kind=kind,
        period=period,
        ids=ids,
        x=_of_kind(sums.jobs.compress(kept), same, kind),
        n=sums.completed.compress(kept),
        hidden=np.zeros(0, dtype=np.int64) if hidden is None else np.flatnonzero(inside & (hidden > 0)),
        p0=reference_rate(figures, scope, period, kind=kind),
    )


def reference_rate(figures: Figures, scope: Scope, period: Period, *, kind: JobKind) -> float | None:
    """p0 of the branch of a scope, itself as a whole in the country; of the country without one."""
    everywhere = replace(scope, branches=(), municipalities=())
    if scope.branches:
        counts = branch_standing(figures, scope.branches[0], everywhere, period.known)
    else:
        counts = country_standing(figures, everywhere, period.known)
    return jobs_of_kind(counts, kind) / counts.completed if counts.completed else None


def employers_of_funnel(figures: Figures, scope: Scope) -> Found:
    """The employers of a funnel as a list: those registered in the branch, most completed first."""
    found = find_employers(figures, replace(scope, branches=(), order=Order.COMPLETED))
    if not scope.branches:
        return found
    own = figures.employers.branch.take(found.ids)
    return found.only(id_set(figures, "branch", scope.branches).holds(own))


def share_funnel(figures: Figures, scope: Scope, units: FunnelUnits) -> FunnelUnits:
    """The units as they may leave the screen: under the guard of a list of the same employers, without persons.

    Whose rate (or kind of job) that list withholds is not drawn but counted as hidden. Nobody is left in a branch of
    too few employers, or of one that has nearly all.
    """
    guard = list_guard(figures, employers_of_funnel(figures, scope), minimum=share_minimum(figures))
    told = RATE if units.kind is JobKind.ANY else RATE | KINDS_ONLY
    withheld = guard.withheld.take(np.searchsorted(guard.ids, units.ids)) & told > 0
    sole = figures.employers.sole_proprietors
    hide = np.ones_like(withheld) if _tells_on_few(units.n) else withheld
    kept = ~hide & ~sole.take(units.ids)
    left_out = np.concatenate([units.hidden, units.ids.compress(hide)])
    return replace(
        units,
        ids=units.ids.compress(kept),
        x=units.x.compress(kept),
        n=units.n.compress(kept),
        hidden=left_out.compress(~sole.take(left_out)),
    )


def _tells_on_few(n: Ints) -> bool:
    return len(n) <= FEWEST_OTHER_EMPLOYERS or int(n.max(initial=0)) > LARGEST_SHARE * int(n.sum())


def _inside(figures: Figures, branch: str) -> NDArray[np.bool_]:
    """By employer id whether it is registered in the branch and may be shown."""
    employers, shown = figures.employers, figures.shown_employers
    inside = np.ones(len(employers), dtype=np.bool_) if shown is None else shown.copy()
    if branch:
        inside &= id_set(figures, "branch", (branch,)).holds(employers.branch)
    return inside


def _same_employer(figures: Figures, quarters: Sequence[int], narrowing: Narrowing) -> Ints:
    """Jobs with the same employer, by employer id."""
    blocks, many = figures.load_blocks().outcomes.quarters, len(figures.employers)
    sums = np.zeros(many)
    for block in (blocks[quarter] for quarter in quarters if quarter in blocks):
        for facts in facts_of(block, narrowing):
            sums += np.bincount(column(block.employer, facts), column(block.same_employer, facts), many)
    return sums.astype(np.int64)


def _of_kind(jobs: Ints, same: Ints | None, kind: JobKind) -> Ints:
    if same is None:
        return jobs
    return same if kind is JobKind.SAME_EMPLOYER else jobs - same

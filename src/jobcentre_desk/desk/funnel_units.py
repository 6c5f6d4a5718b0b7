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
from jobcentre_desk.desk.guard import share_minimum
from jobcentre_desk.desk.narrowing import Narrowing
from jobcentre_desk.desk.reference import branch_standing, country_standing
from jobcentre_desk.desk.scopes import id_set, narrowing_of, resolve_period
from jobcentre_desk.desk.selection import column, employer_sums, facts_of, hidden_cells
from jobcentre_desk.model.branch_pages import JobKind
from jobcentre_desk.model.outcomes import Counts, Period, Scope
from jobcentre_desk.statistics.disclosure import FEWEST_OTHER_EMPLOYERS, LARGEST_SHARE, is_small

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


def shared_units(figures: Figures, units: FunnelUnits, *, jobs: Ints, same: Ints) -> FunnelUnits:
    """The units as they may leave the screen: without persons, and without those whose counts are too few.

    `jobs` and `same` are all jobs and those with the same employer, unit by unit. Where only one unit is hidden the
    smallest other goes with it. Nobody is left in a branch of too few employers, or of one that has nearly all.
    """
    minimum, n = share_minimum(figures), units.n
    hide = is_small(jobs, n, minimum) | ((n >= 1) & (n < minimum))
    if units.kind is not JobKind.ANY:
        hide = hide | is_small(same, n, minimum) | is_small(jobs - same, n, minimum)
    persons = figures.employers.sole_proprietors.take(units.ids)
    hide = hide & ~persons
    shown = ~hide & ~persons
    if np.count_nonzero(hide) + len(units.hidden) == 1 and shown.any():
        hide[np.flatnonzero(shown)[np.argmin(n[shown])]] = True
    if _tells_on_few(n):
        hide = ~persons
    kept = ~hide & ~persons
    left_out = np.concatenate([units.hidden, units.ids.compress(hide)])
    return replace(
        units,
        ids=units.ids.compress(kept),
        x=units.x.compress(kept),
        n=n.compress(kept),
        hidden=left_out[~figures.employers.sole_proprietors.take(left_out)],
    )


def share_funnel(figures: Figures, scope: Scope, units: FunnelUnits) -> FunnelUnits:
    """The units of a funnel of `scope` as they may leave the screen."""
    quarters = [quarter.index for quarter in units.period.known]
    narrowing = narrowing_of(figures, replace(scope, branches=()))
    blocks, many = figures.load_blocks().outcomes, len(figures.employers)
    sums = employer_sums(blocks, quarters, narrowing, employers=many)
    jobs = np.zeros(many, dtype=np.int64)
    jobs[sums.ids] = sums.jobs
    same = _same_employer(figures, quarters, narrowing)
    return shared_units(figures, units, jobs=jobs.take(units.ids), same=same.take(units.ids))


def _tells_on_few(n: Ints) -> bool:
    return len(n) <= FEWEST_OTHER_EMPLOYERS or int(n.max()) > LARGEST_SHARE * int(n.sum())


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

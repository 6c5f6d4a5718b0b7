"""Which branch may stand beside one employer, so that neither it nor what is left of its parent tells on another.

A branch stands beside one employer only with at least 3 other employers of which none has more than 80 % of what the
others completed; else its parent does. A parent beside which some of its branches are shown tells what the others of
it have together: those must be as many.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.desk.branch_totals import NO_BRANCH
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.narrowing import Narrowing
from jobcentre_desk.desk.rows import VERDICTS
from jobcentre_desk.desk.scopes import reference_narrowing
from jobcentre_desk.desk.selection import employer_sums
from jobcentre_desk.desk.withheld import WITH_COMPLETED, WITH_JOBS
from jobcentre_desk.model.outcomes import EmployerRow, Period, State, Verdict
from jobcentre_desk.statistics.disclosure import FEWEST_OTHER_EMPLOYERS, LARGEST_SHARE, is_small
from jobcentre_desk.statistics.funnels import funnel_state

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Group:
    """Some employers with completed traineeships: how many, what they completed, the two largest; and the jobs."""

    employers: int
    completed: int
    largest: int
    second: int
    jobs: int

    @classmethod
    def of(cls, completed: Ints, jobs: Ints) -> _Group:
        largest, second = [*np.sort(completed)[:-3:-1].tolist(), 0, 0][:2]
        return cls(len(completed), int(completed.sum()), largest, second, int(jobs.sum()))

    def tells_on_few(self, own: int = 0) -> bool:
        """Whether, beside an employer of it with `own` completed, it would tell on another one of it."""
        largest = self.second if own and own == self.largest else self.largest
        return self.is_few(own) or largest > LARGEST_SHARE * (self.completed - own)

    def is_few(self, own: int = 0) -> bool:
        """Whether it has too few other employers."""
        return self.employers - (own > 0) < FEWEST_OTHER_EMPLOYERS


@dataclass(frozen=True, slots=True)
class _Branch:
    """A branch with all under it: its employers (places in the sums), and those of no branch shown under it."""

    members: Ints
    left: Ints
    group: _Group
    rest: _Group | None
    may_stand: bool


class Branches:
    """The branches of the whole country under the filters of a reference, in a period."""

    def __init__(self, figures: Figures, narrowing: Narrowing, period: Period, minimum: int) -> None:
        self._figures, self._minimum = figures, minimum
        self._sums = employer_sums(
            figures.load_blocks().outcomes,
            [quarter.index for quarter in period.known],
            narrowing,
            employers=len(figures.employers),
            leave_hidden_out=True,
        )
        self._parent = figures.load_blocks().branch_table.tree.parent
        own = figures.employers.branch.take(self._sums.ids).astype(np.int64)
        order = np.argsort(own, kind="stable")
        starts = np.searchsorted(own[order], np.arange(len(self._parent) + 1))
        self._own = [order[a:b] for a, b in pairwise(starts.tolist())]
        self._children: list[list[int]] = [[] for _ in self._parent]
        for branch, parent in enumerate(self._parent.tolist()):
            if parent != NO_BRANCH:
                self._children[parent].append(branch)
        self._seen: dict[int, _Branch] = {}

    @classmethod
    def of(cls, figures: Figures, narrowing: Narrowing, period: Period, *, minimum: int) -> Branches:
        """The branches beside a list or an employer so narrowed; remembered for the next question."""
        kept = reference_narrowing(narrowing)
        key = ("guard", minimum, period.known, tuple((name, ids.runs) for name, ids in sorted(kept.sets.items())))
        branches: Branches = figures.remembered(key, lambda: cls(figures, kept, period, minimum))
        return branches

    def allowed(self, cvr: str, code: str) -> str:
        """The code of the branch, or of the nearest one above it that may stand beside the employer; "" for none."""
        return self._allowed(self._figures.employer_id(cvr), code)

    def _allowed(self, employer: int, code: str) -> str:
        own, place = self._completed_of(employer)
        branch = self._figures.codes.ids["branches"][code] if code else NO_BRANCH
        while branch != NO_BRANCH and not self._may_stand_beside(self._branch(branch), own, place):
            branch = int(self._parent[branch])
        return "" if branch == NO_BRANCH else self._figures.code("branches", branch)

    def beside(self, row: EmployerRow, employer: int) -> EmployerRow:
        """The row of an employer (by id) with a reference that may be shown; its badge worked out anew for another."""
        allowed = self._allowed(employer, row.reference_branch)
        if allowed == row.reference_branch:
            return row
        rated = row.state is State.KNOWN and row.rate.value is not None
        if not allowed:
            verdict = Verdict.NO_REFERENCE if rated else row.against_branch
            return replace(row, reference_branch="", reference_rate=None, against_branch=verdict)
        group = self._branch(self._figures.codes.ids["branches"][allowed]).group
        rate = group.jobs / group.completed
        verdict = VERDICTS[int(funnel_state(row.rate.x, row.rate.n, rate))] if rated else row.against_branch
        return replace(row, reference_branch=allowed, reference_rate=rate, against_branch=verdict)

    def withheld(self, code: str) -> int:
        """The bits withheld of a branch since, without one employer, it would tell how few the others have."""
        members = self._branch(self._figures.codes.ids["branches"][code]).members
        completed, jobs = self._sums.completed[members], self._sums.jobs[members]
        others, their_jobs = completed.sum() - completed, jobs.sum() - jobs
        if is_small(others, others, self._minimum).any():
            return WITH_COMPLETED
        return WITH_JOBS if is_small(their_jobs, others, self._minimum).any() else 0

    def groups(self, employers: Ints) -> Ints:
        """Per employer the branch whose sum may be known: the nearest to its own that may stand; -1 for none."""
        nearest = np.full(len(self._parent), -1, dtype=np.int64)
        for branch in range(len(self._parent)):
            at = branch
            while at != NO_BRANCH and not self._branch(at).may_stand:
                at = int(self._parent[at])
            nearest[branch] = at if at != NO_BRANCH else -1
        return nearest.take(self._figures.employers.branch.take(employers))

    def _may_stand_beside(self, branch: _Branch, own: int, place: int) -> bool:
        if not branch.may_stand or branch.group.tells_on_few(own):
            return False
        return branch.rest is None or not (place in branch.left and branch.rest.is_few(own))

    def _completed_of(self, employer: int) -> tuple[int, int]:
        """What an employer completed, and its place in the sums; 0 and -1 without any."""
        place = int(np.searchsorted(self._sums.ids, employer))
        there = place < len(self._sums.ids) and int(self._sums.ids[place]) == employer
        return (int(self._sums.completed[place]), place) if there else (0, -1)

    def _branch(self, branch: int) -> _Branch:
        if branch not in self._seen:
            under = [self._branch(child) for child in self._children[branch]]
            own = self._own[branch]
            members = np.concatenate([own, *(one.members for one in under)])
            left = np.concatenate([own, *(one.left for one in under if not one.may_stand)])
            group = self._group(members)
            rest = self._group(left) if 0 < len(left) < len(members) else None
            may_stand = not group.tells_on_few() and (rest is None or self._is_large(rest))
            self._seen[branch] = _Branch(members, left, group, rest, may_stand)
        return self._seen[branch]

    def _group(self, places: Ints) -> _Group:
        return _Group.of(self._sums.completed[places], self._sums.jobs[places])

    def _is_large(self, group: _Group) -> bool:
        few = is_small([group.completed, group.jobs], group.completed, self._minimum).any()
        return not (few or group.is_few())

"""The guard on everything that leaves the screen: small counts, sole proprietors, branches of few employers.

Primary rule: a count or its complement in 1 .. minimum - 1 is withheld, and with it every rate, interval and word made
of it. It works on figures, before any sentence or chart is made of them: `shared_comparison` first, then
`employer_page.page_of`, so that nothing withheld is ever put into words. A branch stands beside one employer only with
at least 3 other employers of which none has more than 80 % of what the others completed; else its parent does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.desk.branches import CodeStanding, CodeStandings
from jobcentre_desk.desk.employer import compare_employer
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.find import Found
from jobcentre_desk.desk.narrowing import Narrowing
from jobcentre_desk.desk.rows import VERDICTS
from jobcentre_desk.desk.scopes import narrowing_of, reference_narrowing
from jobcentre_desk.desk.selection import employer_sums
from jobcentre_desk.desk.small_counts import (
    ALL_JOBS,
    KINDS,
    NO_RATE,
    share_case_mix,
    share_occupations,
    share_quarters,
    small_names,
    withhold,
    withhold_from,
)
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.employers import Employer
from jobcentre_desk.model.outcomes import EmployerRow, Period, Scope, State, Verdict
from jobcentre_desk.model.pages import EmployerComparison, Verdicts
from jobcentre_desk.statistics.disclosure import FEWEST_OTHER_EMPLOYERS, LARGEST_SHARE
from jobcentre_desk.statistics.funnels import funnel_state
from jobcentre_desk.text import translate as _

DEFAULT_MINIMUM = 3
ALL_HIDDEN = Verdicts(any=Verdict.HIDDEN, same_employer=Verdict.HIDDEN, elsewhere=Verdict.HIDDEN)


def share_minimum(figures: Figures) -> int:
    """The smallest count that may leave the screen, as the source of the outcomes wants it."""
    source = figures.outcome_source
    return DEFAULT_MINIMUM if source is None else source.share_minimum_count


def refuse_sole_proprietor(employer: Employer) -> None:
    """Raise InputRefused for a person trading in their own name, who is in no shared file."""
    if employer.sole_proprietor:
        raise InputRefused(
            _("{name} is a sole proprietor, whose figures are personal data and never leave the screen.").format(
                name=employer.name
            ),
            _("Look at them on the screen."),
            error_id="sole_proprietor",
        )


def shared_rows(rows: Sequence[EmployerRow], figures: Figures, found: Found) -> list[EmployerRow]:
    """Rows of a list as they may leave the screen; sole proprietors are left out."""
    minimum = share_minimum(figures)
    branches = _branches(figures, found.narrowing, found.period)
    return [
        _shared_row(branches.beside(row), minimum)
        for row in rows
        if not figures.employers.is_sole_proprietor(figures.employer_id(row.cvr))
    ]


def shared_standings(standings: CodeStandings, figures: Figures) -> CodeStandings:
    """Rows of branches or occupations as they may leave the screen."""
    minimum = share_minimum(figures)
    return replace(standings, rows=tuple(_shared_standing(row, minimum) for row in standings.rows))


def contact_rows(rows: Sequence[EmployerRow], figures: Figures) -> list[EmployerRow]:
    """The rows of a list made for getting in touch: without employers protected from advertising."""
    employers = figures.employers
    return [row for row in rows if not employers.is_advertising_protected(figures.employer_id(row.cvr))]


def shared_comparison(comparison: EmployerComparison, figures: Figures, *, scope: Scope) -> EmployerComparison:
    """A comparison as it may leave the screen; `scope` is the one it was made with.

    Raises InputRefused for a sole proprietor.
    """
    refuse_sole_proprietor(comparison.employer)
    cvr, shown = comparison.employer.cvr, comparison.reference_branch
    allowed = _branches(figures, narrowing_of(figures, scope), comparison.period).allowed(cvr, shown)
    if allowed != shown:
        comparison = compare_employer(figures, cvr, scope=scope, reference_branch=allowed)
    return hide_small(comparison, share_minimum(figures))


def hide_small(comparison: EmployerComparison, minimum: int) -> EmployerComparison:
    """The comparison without counts that are too small, and without what they could be had from.

    The reference is the employer and the rest of its branch together: it loses what either of them loses.
    """
    own = small_names(comparison.own.counts, minimum)
    rest = small_names(comparison.rest_of_branch.counts, minimum)
    reference = own | rest | small_names(comparison.reference.counts, minimum)
    shared = replace(
        comparison,
        own=withhold_from(comparison.own, own),
        rest_of_branch=withhold_from(comparison.rest_of_branch, rest),
        reference=withhold_from(comparison.reference, reference),
        country=withhold_from(comparison.country, small_names(comparison.country.counts, minimum)),
        quarters=share_quarters(comparison.quarters, minimum, period=comparison.period),
        occupations=share_occupations(comparison.occupations, minimum),
        programmes=(),
        case_mix=share_case_mix(comparison.case_mix),
    )
    if ALL_JOBS in own:
        return replace(
            shared, against_branch=ALL_HIDDEN, difference=None, expected_rate=None, needed_n=None, case_mix=None
        )
    if own & KINDS:
        shared = replace(shared, against_branch=replace(ALL_HIDDEN, any=comparison.against_branch.any))
    return replace(shared, difference=None) if ALL_JOBS in reference else shared


def _shared_standing(row: CodeStanding, minimum: int) -> CodeStanding:
    names = small_names(row.counts, minimum)
    shared = replace(row, counts=withhold(row.counts, names))
    if ALL_JOBS not in names:
        return shared
    return replace(shared, rate=NO_RATE, against_country=Verdict.HIDDEN, state=State.HIDDEN)


def _branches(figures: Figures, narrowing: Narrowing, period: Period) -> Branches:
    kept = reference_narrowing(narrowing)
    key = ("guard", period.known, tuple((name, ids.runs) for name, ids in sorted(kept.sets.items())))
    branches: Branches = figures.remembered(key, lambda: Branches(figures, kept, period))
    return branches


def _shared_row(row: EmployerRow, minimum: int) -> EmployerRow:
    names = small_names(row.counts, minimum)
    shared = replace(row, counts=withhold(row.counts, names))
    if ALL_JOBS not in names:
        return shared
    return replace(shared, rate=NO_RATE, fair_rate=None, against_branch=Verdict.HIDDEN, state=State.HIDDEN)


@dataclass(frozen=True, slots=True)
class _Branch:
    """What the employers of a branch completed: how many have any, all they have, the two largest; and the jobs."""

    employers: int
    completed: int
    largest: int
    second: int
    jobs: int

    @classmethod
    def of(cls, completed: NDArray[np.int64], jobs: NDArray[np.int64]) -> _Branch:
        with_any = np.sort(completed[completed > 0])
        largest, second = [*with_any[:-3:-1].tolist(), 0, 0][:2]
        return cls(len(with_any), int(with_any.sum()), largest, second, int(jobs.sum()))

    def tells_on_few(self, own: int) -> bool:
        """Whether, beside an employer with `own` completed, the branch would tell on another employer."""
        others = self.employers - (own > 0)
        largest = self.second if own and own == self.largest else self.largest
        return others < FEWEST_OTHER_EMPLOYERS or largest > LARGEST_SHARE * (self.completed - own)


class Branches:
    """Which branch may stand beside an employer, in the whole country under the filters of a reference."""

    def __init__(self, figures: Figures, narrowing: Narrowing, period: Period) -> None:
        self._figures = figures
        self._sums = employer_sums(
            figures.load_blocks().outcomes,
            [quarter.index for quarter in period.known],
            narrowing,
            employers=len(figures.employers),
            leave_hidden_out=True,
        )
        self._own_branch = figures.employers.branch.take(self._sums.ids)
        self._seen: dict[str, _Branch] = {}

    def allowed(self, cvr: str, branch: str) -> str:
        """The code of `branch`, or of the nearest branch above it that may stand beside the employer; "" for none."""
        own = self._completed_of(self._figures.employer_id(cvr))
        codes = self._figures.codes.tree("branches")
        while branch and self._branch(branch).tells_on_few(own):
            branch = codes[branch].parent
        return branch

    def beside(self, row: EmployerRow) -> EmployerRow:
        """The row with a reference that may be shown, its badge worked out anew where that is another branch."""
        allowed = self.allowed(row.cvr, row.reference_branch)
        if allowed == row.reference_branch:
            return row
        rated = row.state is State.KNOWN and row.rate.value is not None
        if not allowed:
            verdict = Verdict.NO_REFERENCE if rated else row.against_branch
            return replace(row, reference_branch="", reference_rate=None, against_branch=verdict)
        branch = self._branch(allowed)
        rate = branch.jobs / branch.completed
        verdict = VERDICTS[int(funnel_state(row.rate.x, row.rate.n, rate))] if rated else row.against_branch
        return replace(row, reference_branch=allowed, reference_rate=rate, against_branch=verdict)

    def _completed_of(self, employer: int) -> int:
        place = int(np.searchsorted(self._sums.ids, employer))
        there = place < len(self._sums.ids) and int(self._sums.ids[place]) == employer
        return int(self._sums.completed[place]) if there else 0

    def _branch(self, code: str) -> _Branch:
        if code not in self._seen:
            inside = np.isin(self._own_branch, self._under(code))
            self._seen[code] = _Branch.of(self._sums.completed[inside], self._sums.jobs[inside])
        return self._seen[code]

    def _under(self, code: str) -> list[int]:
        ids = self._figures.codes.ids["branches"]
        return [ids[under] for under in self._figures.codes.tree("branches").closure((code,))]

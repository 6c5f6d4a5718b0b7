"""One employer beside its branch and the country: both kinds of job, quarters, occupations, what would settle it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from jobcentre_desk.desk.case_mix import case_mix
from jobcentre_desk.desk.employer_facts import EmployerFacts, employer_facts
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.level_priors import level_priors
from jobcentre_desk.desk.narrowing import Narrowing
from jobcentre_desk.desk.reference import branch_standing, country_standing
from jobcentre_desk.desk.reference import reference_branch as branch_held_against
from jobcentre_desk.desk.scopes import (
    LISTS,
    first_quarter,
    loaded_quarters,
    narrowing_of,
    reference_narrowing,
    resolve_period,
)
from jobcentre_desk.model.outcomes import Counts, Period, Rate, Scope, State, Verdict
from jobcentre_desk.model.pages import (
    EmployerComparison,
    OccupationStanding,
    QuarterStanding,
    Standing,
    Verdicts,
)
from jobcentre_desk.statistics.funnels import funnel_state, needed_n
from jobcentre_desk.statistics.proportions import newcombe_difference, wilson
from jobcentre_desk.text import both

LEAST_COMPLETED = 10
WINDOWS = (4, 8, 12)
NOBODY = Counts(started=0, completed=0, job_same_employer=0, job_elsewhere=0)

_VERDICTS = {-1: Verdict.BELOW, 0: Verdict.CANNOT_TELL, 1: Verdict.ABOVE}


def compare_employer(
    figures: Figures, cvr: str, *, scope: Scope, reference_branch: str | None = None
) -> EmployerComparison:
    """One employer beside its reference branch (with and without it) and the country.

    `scope` narrows by occupation, benefit group, programme and period; its other filters play no part here.
    `reference_branch` is the code of another branch to hold it against ("" = none), as the guard may ask for. Raises
    InputRefused for an unknown CVR number or code and QuarterOutOfRange for a period without a known quarter.
    """
    employer = figures.employer(cvr)
    narrowing = reference_narrowing(narrowing_of(figures, scope))
    whole = employer_facts(figures, cvr)
    facts = whole.within(narrowing)
    period = settled_period(figures, facts, scope)
    in_period = facts.of_quarters(period.span.quarters())
    own = standing(in_period.counts(), _own_state(figures, in_period, period))
    if reference_branch is None:
        reference_branch = branch_held_against(figures, cvr, scope, period.known)
    reference = _reference_counts(figures, reference_branch, scope, period)
    rest = _without(reference, in_period.where(~in_period.hidden).counts()) if reference_branch else NOBODY
    verdicts = _verdicts(own, reference, reference_branch)
    known = own.state is State.KNOWN
    mix = case_mix(figures, in_period, period.known, narrowing=narrowing) if known else None
    return EmployerComparison(
        employer=employer,
        period=period,
        own=own,
        reference=standing(reference, State.KNOWN),
        rest_of_branch=standing(rest, State.KNOWN),
        country=standing(country_standing(figures, scope, period.span.quarters()), State.KNOWN),
        reference_branch=reference_branch,
        against_branch=verdicts,
        difference=_difference(own, rest),
        expected_rate=mix.rate if mix else None,
        case_mix=mix,
        needed_n=_needed(figures, cvr, own, reference, verdicts=verdicts, period=period),
        quarters=tuple(_quarter_standings(figures, facts)),
        occupations=tuple(_code_standings(figures, whole, narrowing, period, name="occupation")),
        programmes=tuple(_code_standings(figures, whole, narrowing, period, name="programme")),
    )


def settled_period(figures: Figures, facts: EmployerFacts, scope: Scope) -> Period:
    """The period asked for; without one 4, 8 or 12 known quarters, the first that holds 10 completed traineeships."""
    if scope.first is not None or scope.last is not None:
        return resolve_period(figures, scope.first, scope.last)
    period = resolve_period(figures, None, None)
    known = period.known_through
    assert known is not None
    shortest = len(period.span)
    for quarters in WINDOWS:
        first = max(first_quarter(figures), known.plus(1 - quarters))
        period = resolve_period(figures, first, known)
        if facts.of_quarters(period.known).counts().completed >= LEAST_COMPLETED:
            break
    return replace(period, widened=period.widened or len(period.span) > shortest)


def standing(counts: Counts, state: State) -> Standing:
    """Counts with their rate of those who went on to a job; no rate unless the state is known."""
    return Standing(counts=counts, rate=rate_of(counts.jobs, counts.completed, state), state=state)


def rate_of(x: int, n: int, state: State = State.KNOWN) -> Rate:
    """The rate x of n with Wilson's interval; without them at n = 0 or when the state is not known."""
    if state is not State.KNOWN or n == 0:
        return Rate(x, n, None, None, None)
    low, high = wilson(x, n)
    return Rate(x, n, x / n, float(low), float(high))


def _own_state(figures: Figures, facts: EmployerFacts, period: Period) -> State:
    if facts.hidden.any():
        return State.HIDDEN
    if not len(facts):
        loaded = loaded_quarters(figures)
        whole = all(quarter.index in loaded for quarter in period.span.quarters())
        return State.NOT_REPORTED if whole else State.NOT_LOADED
    return State.KNOWN if facts.known.any() else State.NOT_YET_KNOWN


def _reference_counts(figures: Figures, branch: str, scope: Scope, period: Period) -> Counts:
    return branch_standing(figures, branch, scope, period.span.quarters()) if branch else NOBODY


def _without(reference: Counts, own: Counts) -> Counts:
    """The reference less the employer; both without facts that have a hidden count."""
    return Counts(
        started=reference.started - own.started,
        completed=reference.completed - own.completed,
        job_same_employer=reference.job_same_employer - own.job_same_employer,
        job_elsewhere=reference.job_elsewhere - own.job_elsewhere,
        hidden_cells=reference.hidden_cells,
        not_yet_known=reference.not_yet_known - own.not_yet_known,
    )


def _verdicts(own: Standing, reference: Counts, reference_branch: str) -> Verdicts:
    """The badge of each kind of job, each with its own p0."""
    ours = own.counts
    pairs = (
        (ours.jobs, reference.jobs),
        (ours.job_same_employer, reference.job_same_employer),
        (ours.job_elsewhere, reference.job_elsewhere),
    )
    made = [_verdict(own, x, reference_jobs, reference.completed, reference_branch) for x, reference_jobs in pairs]
    return Verdicts(any=made[0], same_employer=made[1], elsewhere=made[2])


def _verdict(own: Standing, x: int, reference_jobs: int, reference_completed: int, reference_branch: str) -> Verdict:
    if own.state is State.HIDDEN:
        return Verdict.HIDDEN
    if not reference_branch or not reference_completed:
        return Verdict.NO_REFERENCE
    if own.state is not State.KNOWN:
        return Verdict.CANNOT_TELL
    return _VERDICTS[int(funnel_state(x, own.counts.completed, reference_jobs / reference_completed))]


def _difference(own: Standing, rest: Counts) -> tuple[float, float, float] | None:
    if own.state is not State.KNOWN or not own.counts.completed or not rest.completed:
        return None
    parts = newcombe_difference(own.counts.jobs, own.counts.completed, rest.jobs, rest.completed)
    value, low, high = (float(part) for part in parts)
    return value, low, high


def _needed(
    figures: Figures, cvr: str, own: Standing, reference: Counts, *, verdicts: Verdicts, period: Period
) -> int | None:
    if verdicts.any is not Verdict.CANNOT_TELL or own.state is not State.KNOWN:
        return None
    priors = level_priors(figures, len(period.span))
    branch = int(figures.employers.branch[figures.employer_id(cvr)])
    alpha, beta = float(priors.alpha[branch]), float(priors.beta[branch])
    if np.isnan(alpha):
        return None
    return needed_n(own.counts.jobs, own.counts.completed, alpha, beta, reference.jobs / reference.completed)


def _quarter_standings(figures: Figures, facts: EmployerFacts) -> list[QuarterStanding]:
    """Every loaded quarter in order; one that is not known yet tells how many completed, without a rate."""
    found = []
    for quarter in figures.quarters:
        part = facts.of_quarters([quarter])
        counts = part.counts()
        state = _quarter_state(part, counts, known=_is_known(figures, quarter.index))
        found.append(
            QuarterStanding(
                quarter=str(quarter),
                started=counts.started,
                completed=counts.completed + counts.not_yet_known,
                rate=rate_of(counts.jobs, counts.completed, state),
                state=state,
            )
        )
    return found


def _is_known(figures: Figures, quarter: int) -> bool:
    return figures.known_through is not None and quarter <= figures.known_through.index


def _quarter_state(part: EmployerFacts, counts: Counts, *, known: bool) -> State:
    if not known:
        return State.NOT_YET_KNOWN
    if counts.hidden_cells:
        return State.HIDDEN
    return State.KNOWN if len(part) else State.NOT_REPORTED


def _code_standings(
    figures: Figures, facts: EmployerFacts, narrowing: Narrowing, period: Period, *, name: str
) -> list[OccupationStanding]:
    """Every occupation or programme with completed traineeships or hidden counts in the known quarters, most first.

    The filter on the list itself is left out: those not asked for stand there too.
    """
    known = facts.within(narrowing.without(name)).of_quarters(period.known)
    ids, codes = getattr(known, name), LISTS[name][0]
    found = []
    for one in np.unique(ids):
        part = known.where(ids == one)
        counts = part.counts()
        state = State.HIDDEN if counts.hidden_cells else State.KNOWN
        if counts.completed or state is State.HIDDEN:
            code = figures.codes.tree(codes)[figures.code(codes, int(one))]
            rate = rate_of(counts.jobs, counts.completed, state)
            title = both(code.title_da, code.title_en)
            found.append(OccupationStanding(code=code.code, title=title, rate=rate, state=state))
    return sorted(found, key=lambda one: (-one.rate.n, one.code))

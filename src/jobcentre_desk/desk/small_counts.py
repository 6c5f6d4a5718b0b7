"""The guard's primary rule on one set of counts, and on lists whose sum is shown as well.

A kind of job that is small, or whose complement is, withholds both kinds, so that it cannot be had by subtraction; the
jobs together stay unless they or those without a job are few. A small completed count withholds everything. 0 is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jobcentre_desk.model.case_mix import CaseMix
from jobcentre_desk.model.outcomes import Counts, Period, Rate, State
from jobcentre_desk.model.pages import OccupationStanding, QuarterStanding, Standing
from jobcentre_desk.statistics.disclosure import is_small

KINDS = frozenset({"job_same_employer", "job_elsewhere"})
ALL_JOBS = "jobs"
"""The name of both kinds of job together: where it is withheld there is no rate."""
JOBS = KINDS | {ALL_JOBS}
OUTCOMES = JOBS | {"completed"}
NO_RATE = Rate(0, 0, None, None, None)


def small_names(counts: Counts, minimum: int) -> frozenset[str]:
    """Names of the counts that may not be shared."""
    names = {name for name in ("started", "not_yet_known") if _small(getattr(counts, name), minimum)}
    if _small(counts.completed, minimum):
        names |= OUTCOMES
    elif is_small(counts.jobs, counts.completed, minimum):
        names |= JOBS
    elif any(is_small([counts.job_same_employer, counts.job_elsewhere], counts.completed, minimum)):
        names |= KINDS
    return frozenset(names)


def withhold(counts: Counts, names: frozenset[str]) -> Counts:
    """The counts without those of these names."""
    if not names:
        return counts
    return replace(counts, withheld=counts.withheld | names, **dict.fromkeys(names - {ALL_JOBS}, 0))


def withhold_from(standing: Standing, names: frozenset[str]) -> Standing:
    """One side of a comparison without these counts; without its jobs it has no rate."""
    counts = withhold(standing.counts, names)
    if ALL_JOBS not in names:
        return replace(standing, counts=counts)
    return Standing(counts=counts, rate=NO_RATE, state=State.HIDDEN)


def share_quarters(quarters: Sequence[QuarterStanding], minimum: int, *, period: Period) -> tuple[QuarterStanding, ...]:
    """The quarters with small ones hidden, and a second one of the period where one alone could be had from its sum."""
    inside = {str(quarter) for quarter in period.span.quarters()}
    hidden = [_small(q.started, minimum) or _small_rate(q.completed, q.rate, minimum) for q in quarters]
    summed = [index for index, quarter in enumerate(quarters) if quarter.quarter in inside]
    seconds = _with_a_second([hidden[i] for i in summed], [quarters[i].completed for i in summed])
    for index, hide in zip(summed, seconds, strict=True):
        hidden[index] = hide
    return tuple(
        replace(quarter, started=0, completed=0, rate=NO_RATE, state=State.HIDDEN) if hide else quarter
        for quarter, hide in zip(quarters, hidden, strict=True)
    )


def share_occupations(occupations: Sequence[OccupationStanding], minimum: int) -> tuple[OccupationStanding, ...]:
    """The occupations with small ones hidden, and a second one where one alone could be had from the sum."""
    small = [_small_rate(o.rate.n, o.rate, minimum) for o in occupations]
    hidden = _with_a_second(small, [o.rate.n for o in occupations])
    return tuple(
        replace(occupation, rate=NO_RATE, state=State.HIDDEN) if hide else occupation
        for occupation, hide in zip(occupations, hidden, strict=True)
    )


def share_case_mix(mix: CaseMix | None) -> CaseMix | None:
    """The case mix without its strata: they are small groups of people, and of others, whose sums stand beside them."""
    return None if mix is None else replace(mix, strata=())


def _small(count: int, minimum: int) -> bool:
    return 1 <= count < minimum


def _small_rate(completed: int, rate: Rate, minimum: int) -> bool:
    if _small(completed, minimum):
        return True
    return rate.value is not None and bool(is_small(rate.x, rate.n, minimum))


def _with_a_second(small: Sequence[bool], sizes: Sequence[int]) -> list[bool]:
    """Where exactly one is hidden, the smallest other with anything in it is hidden too."""
    hidden = list(small)
    others = [index for index, size in enumerate(sizes) if size > 0 and not hidden[index]]
    if sum(hidden) == 1 and others:
        hidden[min(others, key=lambda index: sizes[index])] = True
    return hidden

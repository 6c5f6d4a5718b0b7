"""What people like those an employer took usually reach: its rate expected from branch, occupation and benefit group.

E = sum of n_k r_k over the employer's strata, r_k worked out without the employer. A stratum with fewer than 20 other
completed traineeships is merged: the benefit group first, then the occupation from four digits to one, then the branch
upwards, in the end the whole country.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from jobcentre_desk.cache.outcome_blocks import completed, jobs
from jobcentre_desk.desk.employer_facts import EmployerFacts
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.narrowing import IdSet, Narrowing
from jobcentre_desk.desk.scopes import id_set
from jobcentre_desk.desk.selection import column, facts_of
from jobcentre_desk.model.case_mix import CaseMix, MixStratum, Widened
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.statistics.casemix import chance_limits, expected_count

LEAST_OTHERS = 20


@dataclass(frozen=True, slots=True)
class _Stratum:
    """Codes that people share; "" = all. `widened` and `against` say how it came from a narrower one."""

    branch: str
    occupation: str
    benefit_group: str
    widened: Widened = Widened.NOT
    against: str = ""


def case_mix(
    figures: Figures, facts: EmployerFacts, quarters: Sequence[Quarter], *, narrowing: Narrowing
) -> CaseMix | None:
    """What others reached with the branches, occupations and benefit groups of the employer's facts.

    `narrowing` keeps the programme asked for; None when nobody completed, or there are no others at all.
    """
    counted = facts.where(facts.known & ~facts.hidden & (facts.completed > 0))
    if not len(counted):
        return None
    keys = np.stack([counted.branch, counted.occupation, counted.benefit_group], axis=1)
    distinct, back = np.unique(keys, axis=0, return_inverse=True)
    people = np.bincount(back.ravel(), counted.completed).astype(np.int64)
    found = [
        _beside_others(figures, counted, quarters, stratum, narrowing, completed=int(n))
        for stratum, n in zip(_coded(figures, distinct), people, strict=True)
    ]
    strata = [stratum for stratum in found if stratum is not None]
    return _mixed(strata) if len(strata) == len(found) else None


def _mixed(strata: Sequence[MixStratum]) -> CaseMix:
    people, rates = [one.completed for one in strata], [one.rate for one in strata]
    mix, (low, high) = expected_count(people, rates), chance_limits(people, rates)
    return CaseMix(
        completed=sum(people),
        expected=mix.expected,
        variance=mix.variance,
        low=low,
        high=high,
        strata=tuple(sorted(strata, key=lambda one: (-one.completed, one.branch, one.occupation, one.benefit_group))),
    )


def _coded(figures: Figures, strata: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> list[_Stratum]:
    return [
        _Stratum(
            figures.code("branches", branch),
            figures.code("occupations", occupation),
            figures.code("benefit_groups", benefit_group),
        )
        for branch, occupation, benefit_group in strata.tolist()
    ]


def _beside_others(
    figures: Figures,
    own: EmployerFacts,
    quarters: Sequence[Quarter],
    stratum: _Stratum,
    narrowing: Narrowing,
    *,
    completed: int,
) -> MixStratum | None:
    """A stratum beside the others in it, merged until there are enough of them; None when there are none anywhere."""
    n = x = 0
    merged = stratum
    for merged in _merging(figures, stratum):
        sets = _narrowed(figures, merged, narrowing)
        n, x = _totals(figures, quarters, sets)
        inside = own.within(sets)
        n, x = n - int(inside.completed.sum()), x - int(inside.jobs.sum())
        if n >= LEAST_OTHERS:
            break
    if not n:
        return None
    return MixStratum(
        branch=stratum.branch,
        occupation=stratum.occupation,
        benefit_group=stratum.benefit_group,
        completed=completed,
        others_completed=n,
        others_jobs=x,
        widened=merged.widened,
        against=merged.against,
    )


def _merging(figures: Figures, stratum: _Stratum) -> Iterator[_Stratum]:
    """The stratum, then ever larger ones around it."""
    yield stratum
    branches, occupations = figures.codes.branches, figures.codes.occupations
    occupation = stratum.occupation
    yield _Stratum(stratum.branch, occupation, "", Widened.BENEFIT_GROUPS)
    for code in occupations.ancestors(occupation):
        occupation = code.code
        yield _Stratum(stratum.branch, occupation, "", Widened.OCCUPATIONS, occupation)
    for branch in branches.ancestors(stratum.branch):
        yield _Stratum(branch.code, occupation, "", Widened.BRANCHES, branch.code)
    yield _Stratum("", "", "", Widened.COUNTRY)


def _narrowed(figures: Figures, stratum: _Stratum, narrowing: Narrowing) -> Narrowing:
    codes = {"branch": stratum.branch, "occupation": stratum.occupation, "benefit_group": stratum.benefit_group}
    sets: dict[str, IdSet] = {name: id_set(figures, name, (code,)) for name, code in codes.items() if code}
    if "programme" in narrowing.sets:
        sets["programme"] = narrowing.sets["programme"]
    return Narrowing(sets=sets)


def _totals(figures: Figures, quarters: Sequence[Quarter], narrowing: Narrowing) -> tuple[int, int]:
    """Completed and jobs of everybody in the narrowing; facts with a hidden count are left out."""
    blocks = figures.load_blocks().outcomes.quarters
    n = x = 0
    for block in (blocks[quarter.index] for quarter in quarters if quarter.index in blocks):
        for facts in facts_of(block, narrowing):
            outcome = column(block.outcome, facts)
            if block.null_rows is not None:
                outcome = outcome[~column(block.null_rows, facts)]
            n += int(completed(outcome).sum(dtype=np.int64))
            x += int(jobs(outcome).sum(dtype=np.int64))
    return n, x

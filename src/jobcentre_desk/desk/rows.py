"""Rows of the list of employers: everything a table shows of some employers, made for those that are painted."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.cache.outcome_blocks import QuarterBlock, completed, jobs
from jobcentre_desk.desk.branch_totals import NO_BRANCH
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.level_priors import LevelPriors
from jobcentre_desk.desk.narrowing import Narrowing
from jobcentre_desk.desk.reference import References, country, references
from jobcentre_desk.desk.scopes import loaded_quarters, reference_narrowing
from jobcentre_desk.desk.selection import facts_of_employers, within
from jobcentre_desk.model.outcomes import Counts, EmployerRow, Period, Rate, State, Verdict
from jobcentre_desk.statistics.funnels import funnel_state
from jobcentre_desk.statistics.proportions import wilson

Ints = NDArray[np.int64]

VERDICTS = {-1: Verdict.BELOW, 0: Verdict.CANNOT_TELL, 1: Verdict.ABOVE}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """The facts of some employers in a period, quarter after quarter; `which` is the place of the employer."""

    which: Ints
    municipality: Ints
    started: Ints
    completed: Ints
    jobs: Ints
    same_employer: Ints
    waiting: Ints
    hidden: Ints
    known: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sums:
    """Sums by place of the employer; `known` counts its facts whose outcomes are known.

    `country` is what it completed in the whole country under the filters of its reference.
    """

    started: Ints
    completed: Ints
    jobs: Ints
    same_employer: Ints
    waiting: Ints
    hidden: Ints
    known: Ints
    country: Ints
    facts: Ints
    municipality: Ints
    workplaces: Ints


def employer_rows(
    figures: Figures,
    period: Period,
    narrowing: Narrowing,
    *,
    ids: Ints,
    fair_rates: NDArray[np.float64],
    priors: LevelPriors,
) -> list[EmployerRow]:
    """The rows of the employers `ids` (distinct), in that order."""
    if not len(ids):
        return []
    employers, sums = figures.employers, _sums(figures, period, narrowing, ids)
    reference = references(figures, country(figures, narrowing, period.known), ids, own=sums.country)
    verdicts = funnel_state(sums.jobs, sums.completed, reference.rate)
    low, high = wilson(sums.jobs, sums.completed)
    levels = priors.level_of_branch.take(employers.branch.take(ids)).tolist()
    blank, found = _blank_state(figures, period), []
    for place, employer in enumerate(ids.tolist()):
        state = _state(sums, place, blank)
        rated = state is State.KNOWN and sums.completed[place] > 0
        branch, rate = _reference_of(figures, reference, place)
        found.append(
            EmployerRow(
                cvr=employers.cvr_text(employer),
                name=employers.name(employer),
                branch=figures.code("branches", int(employers.branch[employer])),
                municipality=figures.code("areas", int(sums.municipality[place])),
                workplaces=int(sums.workplaces[place]),
                counts=_counts(sums, place),
                rate=_rate(sums, place, float(low[place]), float(high[place]), rated=rated),
                fair_rate=float(fair_rates[place]) if rated else None,
                prior_level=priors.levels[levels[place]] if priors.levels else "",
                against_branch=_verdict(state, branch, int(verdicts[place]), rated=rated),
                reference_branch=branch,
                reference_rate=rate,
                state=state,
            )
        )
    return found


def _reference_of(figures: Figures, reference: References, place: int) -> tuple[str, float | None]:
    branch = int(reference.branch[place])
    return ("", None) if branch == NO_BRANCH else (figures.code("branches", branch), float(reference.rate[place]))


def _verdict(state: State, reference_branch: str, verdict: int, *, rated: bool) -> Verdict:
    if state is State.HIDDEN:
        return Verdict.HIDDEN
    if not reference_branch:
        return Verdict.NO_REFERENCE
    return VERDICTS[verdict] if rated else Verdict.CANNOT_TELL


def _counts(sums: _Sums, place: int) -> Counts:
    same = int(sums.same_employer[place])
    return Counts(
        started=int(sums.started[place]),
        completed=int(sums.completed[place]),
        job_same_employer=same,
        job_elsewhere=int(sums.jobs[place]) - same,
        hidden_cells=int(sums.hidden[place]),
        not_yet_known=int(sums.waiting[place]),
    )


def _rate(sums: _Sums, place: int, low: float, high: float, *, rated: bool) -> Rate:
    x, n = int(sums.jobs[place]), int(sums.completed[place])
    return Rate(x, n, x / n, low, high) if rated else Rate(x, n, None, None, None)


def _blank_state(figures: Figures, period: Period) -> State:
    """The state of an employer without a fact in the period."""
    loaded = loaded_quarters(figures)
    whole = all(quarter.index in loaded for quarter in period.span.quarters())
    return State.NOT_REPORTED if whole else State.NOT_LOADED


def _state(sums: _Sums, place: int, blank: State) -> State:
    if sums.hidden[place]:
        return State.HIDDEN
    if not sums.facts[place]:
        return blank
    return State.KNOWN if sums.known[place] else State.NOT_YET_KNOWN


def _sums(figures: Figures, period: Period, narrowing: Narrowing, ids: Ints) -> _Sums:
    blocks = figures.load_blocks().outcomes.quarters
    spanned = [blocks[quarter.index] for quarter in period.span.quarters() if quarter.index in blocks]
    known_through = -1 if period.known_through is None else period.known_through.index
    country_sums = np.zeros(len(ids), dtype=np.int64)
    parts = [_facts(block, ids, narrowing, country_sums, known=block.quarter <= known_through) for block in spanned]
    facts = _Facts(**{f.name: _joined([getattr(part, f.name) for part in parts]) for f in fields(_Facts)})
    count = len(ids)
    municipality, workplaces = _workplaces(figures, facts, ids)

    def total(values: Ints) -> Ints:
        return np.bincount(facts.which, values, count).astype(np.int64)

    return _Sums(
        started=total(facts.started),
        completed=total(facts.completed),
        jobs=total(facts.jobs),
        same_employer=total(facts.same_employer),
        waiting=total(facts.waiting),
        hidden=total(facts.hidden),
        known=total(facts.known),
        country=country_sums,
        facts=np.bincount(facts.which, minlength=count),
        municipality=municipality,
        workplaces=workplaces,
    )


def _joined(arrays: list[NDArray[Any]]) -> Ints:
    return np.concatenate([np.zeros(0, dtype=np.int64), *arrays])


def _facts(block: QuarterBlock, ids: Ints, narrowing: Narrowing, country_sums: Ints, *, known: bool) -> _Facts:
    """The facts of a quarter within the narrowing; what counts for a reference is added to `country_sums`."""
    places, which = facts_of_employers(block, ids)
    if narrowing.sets:
        inside = within(block, places, reference_narrowing(narrowing))
        places, which = places.compress(inside), which.compress(inside)
    outcome = block.outcome.take(places)
    done, nothing = completed(outcome).astype(np.int64), np.zeros(len(places), dtype=np.int64)
    hidden = nothing if block.null_rows is None else block.null_rows.take(places).astype(np.int64)
    if known:
        np.add.at(country_sums, which, done * (1 - hidden))
    facts = _Facts(
        which=which,
        municipality=block.municipality.take(places),
        started=block.started.take(places),
        completed=done if known else nothing,
        jobs=jobs(outcome).astype(np.int64) if known else nothing,
        same_employer=block.same_employer.take(places) if known else nothing,
        waiting=nothing if known else done,
        hidden=hidden,
        known=nothing + 1 if known else nothing,
    )
    return _kept(facts, within(block, places, narrowing)) if narrowing.sets else facts


def _kept(facts: _Facts, kept: NDArray[np.bool_]) -> _Facts:
    return _Facts(**{f.name: getattr(facts, f.name).compress(kept) for f in fields(_Facts)})


def _workplaces(figures: Figures, facts: _Facts, ids: Ints) -> tuple[Ints, Ints]:
    """The municipality with most completed of each employer (ties: lowest code), and how many it has.

    An employer without facts stands in its own municipality with no workplace.
    """
    rank = _code_rank(figures)
    span = len(rank)
    keys, back = np.unique(facts.which * span + rank.take(facts.municipality), return_inverse=True)
    done = np.bincount(back, facts.completed, len(keys))
    order = np.lexsort((keys % span, -done, keys // span))
    employer, first, count = np.unique(keys[order] // span, return_index=True, return_counts=True)
    municipality = figures.employers.municipality.take(ids).astype(np.int64)
    municipality[employer] = np.argsort(rank)[keys[order][first] % span]
    workplaces = np.zeros(len(ids), dtype=np.int64)
    workplaces[employer] = count
    return municipality, workplaces


def _code_rank(figures: Figures) -> Ints:
    """By area id the place of its code among all codes in order; ids that no area has come last."""
    rank: Ints = figures.remembered("area_rank", lambda: _rank(figures.codes.ids["areas"]))
    return rank


def _rank(ids: dict[str, int]) -> Ints:
    in_order = [ids[code] for code in sorted(ids)]
    rest = sorted(set(range(max(in_order, default=-1) + 1)) - set(in_order))
    rank = np.empty(len(in_order) + len(rest), dtype=np.int64)
    rank[in_order + rest] = np.arange(len(rank))
    return rank

"""Branches and occupations of a scope: the same comparison one level up, each row held against the country.

Rows are the codes one level under what the scope names: the coarsest level without such a filter, the children of each
code asked for, and the code itself where it has none. Facts count under the workplace's branch; every other filter of
the list holds, text and least completed by way of the employers that fit them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.cache.outcome_blocks import QuarterBlock, completed, jobs
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.find import find_employers
from jobcentre_desk.desk.narrowing import Narrowing
from jobcentre_desk.desk.reference import country_standing
from jobcentre_desk.desk.rows import VERDICTS
from jobcentre_desk.desk.scopes import LISTS, narrowing_of, resolve_period
from jobcentre_desk.desk.selection import Facts, column, facts_of
from jobcentre_desk.model.classifications import Code
from jobcentre_desk.model.outcomes import Counts, Period, Rate, Scope, State, Verdict
from jobcentre_desk.statistics.funnels import funnel_state
from jobcentre_desk.statistics.proportions import wilson
from jobcentre_desk.text import both

_NOTHING = Counts(started=0, completed=0, job_same_employer=0, job_elsewhere=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeStanding:
    """One branch or occupation; `employers` are those with at least one completed traineeship in it."""

    code: str
    title: str
    level: int
    parent: str
    employers: int
    counts: Counts
    rate: Rate
    against_country: Verdict
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeStandings:
    """The rows in the order of their list; codes without a fact in the scope are left out."""

    period: Period
    rows: tuple[CodeStanding, ...]


@dataclass(slots=True)
class _Tally:
    """What has been added up for each row so far; `pairs` are rows with employers, as row * employers + employer."""

    counts: dict[str, NDArray[np.int64]]
    pairs: list[NDArray[np.int64]]


def branch_rows(figures: Figures, scope: Scope) -> CodeStandings:
    """The branches of a scope; see the module for which."""
    return _standings(figures, scope, "branch")


def occupation_rows(figures: Figures, scope: Scope) -> CodeStandings:
    """The occupations of a scope; see the module for which."""
    return _standings(figures, scope, "occupation")


def _standings(figures: Figures, scope: Scope, name: str) -> CodeStandings:
    period = resolve_period(figures, scope.first, scope.last)
    narrowing = narrowing_of(figures, scope)
    shown = _codes_shown(figures, scope, name)
    p0 = _country_rate(figures, scope, period)
    rows: dict[str, CodeStanding] = {}
    for level in sorted({code.level for code in shown}):
        codes = [code for code in shown if code.level == level]
        tally = _tally(figures, scope, period, narrowing, name, codes)
        rows |= {row.code: row for row in _rows(figures, codes, tally, p0)}
    return CodeStandings(period=period, rows=tuple(rows[code.code] for code in shown if code.code in rows))


def _codes_shown(figures: Figures, scope: Scope, name: str) -> list[Code]:
    list_name, field = LISTS[name]
    tree = figures.codes.tree(list_name)
    asked: tuple[str, ...] = getattr(scope, field)
    if not asked:
        return list(tree.children())
    wanted = {child.code for code in asked for child in (tree.children(code) or (tree[code],))}
    return [code for code in tree if code.code in wanted]


def _country_rate(figures: Figures, scope: Scope, period: Period) -> float | None:
    """p0 of all branches and occupations: same period, benefit groups and programmes."""
    asked = Scope(benefit_groups=scope.benefit_groups, programmes=scope.programmes)
    key = ("country", period.known, asked)
    whole: Counts = figures.remembered(key, lambda: country_standing(figures, asked, period.known), small=True)
    return whole.jobs / whole.completed if whole.completed else None


def _tally(
    figures: Figures, scope: Scope, period: Period, narrowing: Narrowing, name: str, codes: Sequence[Code]
) -> _Tally:
    row_of = _row_of(figures, name, codes)
    fits = _employers_that_fit(figures, scope)
    blocks = figures.load_blocks().outcomes.quarters
    names = ("started", "completed", "jobs", "same", "hidden", "waiting", "facts", "known")
    tally = _Tally({count: np.zeros(len(codes), dtype=np.int64) for count in names}, [])
    for quarter in period.span.quarters():
        block = blocks.get(quarter.index)
        if block is not None:
            for facts in facts_of(block, narrowing):
                known = quarter in period.known
                _add(
                    tally,
                    block,
                    *_placed(block, facts, row_of, name, fits),
                    known=known,
                    employers=len(figures.employers),
                )
    return tally


def _row_of(figures: Figures, name: str, codes: Sequence[Code]) -> NDArray[np.int64]:
    """By id the row that a code belongs to, -1 for none; kept, as 98 municipalities ask for the same codes."""
    key = ("row of a code", name, tuple(code.code for code in codes))
    rows: NDArray[np.int64] = figures.remembered(key, lambda: _rows_by_id(figures, LISTS[name][0], codes), small=True)
    return rows


def _rows_by_id(figures: Figures, list_name: str, codes: Sequence[Code]) -> NDArray[np.int64]:
    ids = figures.codes.ids[list_name]
    row_of = np.full(max(ids.values(), default=-1) + 1, -1, dtype=np.int64)
    for row, code in enumerate(codes):
        row_of[[ids[inside] for inside in figures.codes.tree(list_name).closure([code.code])]] = row
    return row_of


def _employers_that_fit(figures: Figures, scope: Scope) -> NDArray[np.bool_] | None:
    """Employers within text and least completed; None when neither narrows."""
    if scope.min_completed <= 1 and not scope.text:
        return None
    fits = np.zeros(len(figures.employers), dtype=np.bool_)
    fits[find_employers(figures, scope).ids] = True
    return fits


def _placed(
    block: QuarterBlock, facts: Facts, row_of: NDArray[np.int64], name: str, fits: NDArray[np.bool_] | None
) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """The facts that belong to a row, and the row of each."""
    row = row_of.take(column(getattr(block, name), facts))
    kept = row >= 0 if fits is None else (row >= 0) & fits.take(column(block.employer, facts))
    places = np.arange(facts.start, facts.stop) if isinstance(facts, slice) else facts
    return places.compress(kept), row.compress(kept)


def _add(
    tally: _Tally,
    block: QuarterBlock,
    facts: NDArray[np.intp],
    row: NDArray[np.int64],
    *,
    known: bool,
    employers: int,
) -> None:
    outcome = block.outcome.take(facts)
    done = completed(outcome).astype(np.int64)
    values = {"started": block.started.take(facts), "facts": np.ones(len(facts))}
    if known:
        values |= {"completed": done, "jobs": jobs(outcome), "same": block.same_employer.take(facts)}
        values |= {"known": np.ones(len(facts))}
        tally.pairs.append((row * employers + block.employer.take(facts)).compress(done > 0))
    else:
        values |= {"waiting": done}
    if block.null_rows is not None:
        values |= {"hidden": block.null_rows.take(facts)}
    for name, value in values.items():
        tally.counts[name] += np.bincount(row, value, len(tally.counts[name])).astype(np.int64)


def _rows(figures: Figures, codes: Sequence[Code], tally: _Tally, p0: float | None) -> Iterator[CodeStanding]:
    pairs = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *tally.pairs]))
    employers = np.bincount(pairs // max(len(figures.employers), 1), minlength=len(codes))
    x, n = tally.counts["jobs"], tally.counts["completed"]
    low, high = wilson(x, n)
    verdicts = funnel_state(x, n, np.nan if p0 is None else p0)
    for row, code in enumerate(codes):
        if tally.counts["facts"][row]:
            counts, state = _counts(tally, row), _state(tally, row)
            rated = state is State.KNOWN and counts.completed > 0
            interval = (counts.jobs / counts.completed, float(low[row]), float(high[row])) if rated else (None,) * 3
            yield CodeStanding(
                code=code.code,
                title=both(code.title_da, code.title_en),
                level=code.level,
                parent=code.parent,
                employers=int(employers[row]),
                counts=counts,
                rate=Rate(counts.jobs, counts.completed, *interval),
                against_country=_verdict(state, int(verdicts[row]), has_reference=p0 is not None),
                state=state,
            )


def _counts(tally: _Tally, row: int) -> Counts:
    values = {name: int(counts[row]) for name, counts in tally.counts.items()}
    return replace(
        _NOTHING,
        started=values["started"],
        completed=values["completed"],
        job_same_employer=values["same"],
        job_elsewhere=values["jobs"] - values["same"],
        hidden_cells=values["hidden"],
        not_yet_known=values["waiting"],
    )


def _state(tally: _Tally, row: int) -> State:
    if tally.counts["hidden"][row]:
        return State.HIDDEN
    return State.KNOWN if tally.counts["known"][row] else State.NOT_YET_KNOWN


def _verdict(state: State, verdict: int, *, has_reference: bool) -> Verdict:
    if state is State.HIDDEN:
        return Verdict.HIDDEN
    return VERDICTS[verdict] if has_reference else Verdict.NO_REFERENCE

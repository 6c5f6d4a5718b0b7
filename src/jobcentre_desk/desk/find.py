"""Finding employers: the ordered list for a scope. Ids first; the rows that are painted are made when asked for."""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.level_priors import LevelPriors, level_priors
from jobcentre_desk.desk.narrowing import Narrowing
from jobcentre_desk.desk.ordering import HIDDEN, RATED, WITHOUT_RATE, Keys, all_places, first_places, order_keys
from jobcentre_desk.desk.rows import employer_rows
from jobcentre_desk.desk.scopes import narrowing_of, resolve_period
from jobcentre_desk.desk.selection import employer_sums, hidden_cells, present_employers
from jobcentre_desk.model.outcomes import EmployerRow, Period, Scope
from jobcentre_desk.statistics.priors import fair_rate

__all__ = ["Found", "find_employers", "priors_used", "resolve_period", "rows"]

_FIRST_ROWS = 256
"""Rows ordered at once; a window shows about 40 of them."""


@dataclass(slots=True, eq=False, kw_only=True)
class Found:
    """The employers a scope gives, by id, with what orders them; the complete order is worked out when asked for.

    `rated` of the `total` rows have a rate; they come first, then those with a hidden count, then the others.
    """

    scope: Scope
    period: Period
    narrowing: Narrowing
    ids: NDArray[np.int64]
    completed: NDArray[np.int64]
    jobs: NDArray[np.int64]
    hidden: NDArray[np.int64] | None
    fair_rate: NDArray[np.float64]
    priors: LevelPriors
    rated: int
    keys: Keys
    _order: NDArray[np.intp] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def total(self) -> int:
        """How many employers fit."""
        return len(self.ids)

    def is_rated(self) -> NDArray[np.bool_]:
        """Which of `ids` have a rate: something completed and no hidden count."""
        rated = self.completed > 0
        return rated if self.hidden is None else rated & (self.hidden == 0)

    def only(self, kept: NDArray[np.bool_]) -> Found:
        """The list with only some of its employers, in the same order; `kept` is one entry for each of `ids`."""
        order, place = self.ordered(0, self.total), np.cumsum(kept) - 1
        return replace(
            self,
            ids=self.ids.compress(kept),
            completed=self.completed.compress(kept),
            jobs=self.jobs.compress(kept),
            hidden=None if self.hidden is None else self.hidden.compress(kept),
            fair_rate=self.fair_rate.compress(kept),
            rated=int(np.count_nonzero(self.is_rated() & kept)),
            _order=place.take(order[kept.take(order)]),
            _lock=threading.Lock(),
        )

    def ordered(self, start: int, stop: int) -> NDArray[np.intp]:
        """Where the rows start..stop - 1 of the ordered list stand in `ids`; fewer at its end."""
        with self._lock:
            stop = min(stop, self.total)
            if self._order is None or stop > len(self._order):
                first = stop <= _FIRST_ROWS
                self._order = first_places(self.keys, min(_FIRST_ROWS, self.total)) if first else all_places(self.keys)
            return self._order[start:stop]


def find_employers(figures: Figures, scope: Scope, *, cvrs: Collection[str] | None = None) -> Found:
    """The employers that fit a scope, in its order; with `cvrs` (a shortlist, say) only those among them.

    Hidden counts add 0 to an employer's sums, which are then "at least"; `min_completed` is held against those sums.
    At `min_completed` 0 come also employers whose outcomes are not known yet, and employers without any traineeship in
    the period: their own municipality and branch then decide, and filters on occupation, benefit group or programme
    leave them out.
    """
    period = resolve_period(figures, scope.first, scope.last)
    narrowing = narrowing_of(figures, scope)
    blocks, employers = figures.load_blocks().outcomes, figures.employers
    known = [quarter.index for quarter in period.known]
    sums = employer_sums(blocks, known, narrowing, employers=len(employers))
    hidden = hidden_cells(blocks, known, narrowing, employers=len(employers))
    ids, completed, jobs = sums.ids, sums.completed, sums.jobs
    if scope.min_completed <= 0:
        ids, completed, jobs = _with_others(figures, period, narrowing, (ids, completed, jobs))
    kept = _kept(figures, scope, ids, completed, cvrs=cvrs)
    if kept is not None:
        ids, completed, jobs = ids.compress(kept), completed.compress(kept), jobs.compress(kept)
    hidden_of = None if hidden is None else hidden.take(ids)
    return _found(figures, scope, period, narrowing, ids, completed, jobs, hidden_of)


def rows(figures: Figures, found: Found, start: int, stop: int) -> list[EmployerRow]:
    """The rows start..stop - 1 of the ordered list, with everything a table shows; fewer at its end."""
    at = found.ordered(start, stop)
    return employer_rows(
        figures,
        found.period,
        found.narrowing,
        ids=found.ids.take(at),
        fair_rates=found.fair_rate.take(at),
        priors=found.priors,
    )


def priors_used(figures: Figures, found: Found) -> dict[str, dict[str, Any]]:
    """The priors of the rows of a list: level -> alpha, beta, employers, window (quarters), capped."""
    priors = found.priors
    used = np.unique(priors.level_of_branch.take(figures.employers.branch.take(found.ids)))
    return {
        priors.levels[place]: {
            "alpha": priors.priors[place].alpha,
            "beta": priors.priors[place].beta,
            "employers": priors.priors[place].employers,
            "window": priors.window,
            "capped": priors.priors[place].capped,
        }
        for place in used.tolist()
        if place < len(priors.levels)
    }


def _with_others(
    figures: Figures, period: Period, narrowing: Narrowing, rated: tuple[NDArray[np.int64], ...]
) -> tuple[NDArray[np.int64], ...]:
    """The sums with every other employer of the list added, at 0."""
    blocks, employers = figures.load_blocks().outcomes, figures.employers
    quarters = [quarter.index for quarter in period.span.quarters()]
    inside = present_employers(blocks, quarters, narrowing, employers=len(employers))
    if not set(narrowing.sets) & {"occupation", "benefit_group", "programme"}:
        everywhere = Narrowing(sets={})
        absent = ~present_employers(blocks, quarters, everywhere, employers=len(employers)) & employers.listed
        for name, ids in narrowing.sets.items():
            absent &= ids.holds(getattr(employers, name))
        inside |= absent
    inside[rated[0]] = True
    every = np.flatnonzero(inside)
    at = np.searchsorted(every, rated[0])
    sums = [np.zeros(len(every), dtype=np.int64) for _ in rated[1:]]
    for values, known in zip(sums, rated[1:], strict=True):
        values[at] = known
    return every, *sums


def _kept(
    figures: Figures,
    scope: Scope,
    ids: NDArray[np.int64],
    completed: NDArray[np.int64],
    *,
    cvrs: Collection[str] | None,
) -> NDArray[np.bool_] | None:
    """Which employers stay after least completed, text, CVR numbers and what may be shown; None = all."""
    masks = []
    if scope.min_completed > 1:
        masks.append(completed >= scope.min_completed)
    shown = figures.shown_employers
    if shown is not None:
        masks.append(shown.take(ids))
    text = figures.employers.index.find(scope.text, len(figures.employers))
    if text is not None:
        masks.append(text.take(ids))
    if cvrs is not None:
        wanted = [employer for cvr in cvrs if (employer := figures.employers.id_of(cvr)) is not None]
        masks.append(np.isin(ids, wanted))
    return np.logical_and.reduce(masks) if masks else None


def _found(
    figures: Figures,
    scope: Scope,
    period: Period,
    narrowing: Narrowing,
    ids: NDArray[np.int64],
    completed: NDArray[np.int64],
    jobs: NDArray[np.int64],
    hidden: NDArray[np.int64] | None,
) -> Found:
    employers = figures.employers
    priors = level_priors(figures, len(period.span))
    branch = employers.branch.take(ids)
    fair = fair_rate(jobs, completed, priors.alpha.take(branch), priors.beta.take(branch))
    group = _group(scope, completed, hidden)
    keys = order_keys(
        scope.order,
        group=group,
        fair_rate=fair,
        completed=completed,
        jobs=jobs,
        cvr=employers.cvr.take(ids),
        name_rank=employers.name_rank.take(ids),
    )
    return Found(
        scope=scope,
        period=period,
        narrowing=narrowing,
        ids=ids,
        completed=completed,
        jobs=jobs,
        hidden=hidden,
        fair_rate=fair,
        priors=priors,
        rated=len(ids) if group is None else int(np.count_nonzero(group == RATED)),
        keys=keys,
    )


def _group(scope: Scope, completed: NDArray[np.int64], hidden: NDArray[np.int64] | None) -> NDArray[np.int8] | None:
    """Rated, hidden or without a rate; None when all are rated."""
    if hidden is None and scope.min_completed > 0:
        return None
    group = np.where(completed > 0, RATED, WITHOUT_RATE).astype(np.int8)
    if hidden is not None:
        group[hidden > 0] = HIDDEN
    return group

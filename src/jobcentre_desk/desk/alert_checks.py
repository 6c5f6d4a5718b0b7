"""What alerts are made of: units held against the 99.8 % limits of their reference, put in words where flagged."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.desk import alert_wording as words
from jobcentre_desk.desk.branches import branch_rows
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.find import Found, find_employers
from jobcentre_desk.desk.narrowing import Narrowing
from jobcentre_desk.desk.reference import country, country_standing, references
from jobcentre_desk.desk.selection import employer_sums
from jobcentre_desk.desk.wording import span_words
from jobcentre_desk.model.alerts import Alert, AlertKind, AlertUnit
from jobcentre_desk.model.measures import Polarity
from jobcentre_desk.model.outcomes import Period, Scope, State, Verdict
from jobcentre_desk.statistics.funnels import SURE_TAIL, funnel_state
from jobcentre_desk.statistics.proportions import rates
from jobcentre_desk.statistics.special import EXACT_BELOW, normal_cdf, small_binomial_tails

RATE = "traineeship.success_rate"
"""The measure that traineeships are checked by."""
DIRECTIONS = {-1: Verdict.BELOW, 1: Verdict.ABOVE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Units that could lie outside: the state of each (-1, 0, 1), its p value, and the alert of the one at a place."""

    state: NDArray[np.int8]
    p_values: NDArray[np.float64]
    alert_at: Callable[[int], Alert]


def alert_key(scope: str, kind: AlertKind, unit_kind: AlertUnit, *parts: str) -> str:
    """What an alert is known by in every release; it names no period and no release."""
    return " ".join((scope, kind.value, unit_kind.value, *parts))


def two_sided_p(x: NDArray[np.int64], n: NDArray[np.int64], p0: NDArray[np.float64]) -> NDArray[np.float64]:
    """How seldom chance gives a rate as far from p0: twice the smaller tail, exact below n = 10, else normal."""
    p_values = np.full(len(n), np.nan)
    small, large = n < EXACT_BELOW, n >= EXACT_BELOW
    if small.any():
        found, which = np.unique(p0[small], return_inverse=True)
        lower, upper = (tails[which, n[small], x[small]] for tails in small_binomial_tails(found))
        p_values[small] = np.minimum(1.0, 2 * np.minimum(lower, upper))
    error = np.sqrt(p0[large] * (1 - p0[large]) / n[large])
    distance = np.abs(rates(x[large], n[large]) - p0[large])
    z = np.divide(distance, error, out=np.where(distance > 0, np.inf, 0.0), where=error > 0)
    p_values[large] = 2 * normal_cdf(-z)
    return p_values


def could_stand_out(n: NDArray[np.int64], p0: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether all of n or none of n would lie outside the 99.8 % limits: others tell nothing and are not counted."""
    every = funnel_state(n, n, p0, tail=SURE_TAIL) > 0
    nobody = funnel_state(np.zeros_like(n), n, p0, tail=SURE_TAIL) < 0
    could: NDArray[np.bool_] = every | nobody
    return could


def checked_employers(
    figures: Figures, scope: Scope, *, key: str, cvrs: Collection[str] | None = None
) -> tuple[Checked, Found]:
    """The rated employers of a scope, each against its branch in the whole country."""
    found = find_employers(figures, scope, cvrs=cvrs)
    rated = np.flatnonzero(found.is_rated())
    ids, x, n = found.ids.take(rated), found.jobs.take(rated), found.completed.take(rated)
    reference = references(figures, country(figures, found.narrowing, found.period.known), ids).rate
    kept = np.flatnonzero(could_stand_out(n, reference))
    ids, x, n, reference = ids.take(kept), x.take(kept), n.take(kept), reference.take(kept)

    def alert_at(place: int) -> Alert:
        employer = int(ids[place])
        return rate_alert(
            key,
            AlertUnit.EMPLOYER,
            (figures.employers.cvr_text(employer), figures.employers.name(employer)),
            counts=(int(x[place]), int(n[place])),
            reference=float(reference[place]),
            period=found.period,
        )

    return _checked(x, n, reference, alert_at), found


def checked_branches(figures: Figures, scope: Scope, *, key: str) -> Checked:
    """The branches of a scope at the coarsest level, each against the same branch in the whole country."""
    standings = branch_rows(figures, scope)
    rows = [row for row in standings.rows if row.state is State.KNOWN and row.counts.completed > 0]
    p0_of = _branch_rates(figures)
    x, n = (np.array([getattr(row.counts, name) for row in rows], dtype=np.int64) for name in ("jobs", "completed"))
    p0 = np.array([p0_of.get(row.code, np.nan) for row in rows], dtype=np.float64)
    kept = np.flatnonzero(could_stand_out(n, p0)).tolist()

    def alert_at(place: int) -> Alert:
        row, reference = rows[kept[place]], float(p0[kept[place]])
        counts = row.counts.jobs, row.counts.completed
        unit = row.code, row.title
        return rate_alert(key, AlertUnit.BRANCH, unit, counts=counts, reference=reference, period=standings.period)

    return _checked(x.take(kept), n.take(kept), p0.take(kept), alert_at)


def _branch_rates(figures: Figures) -> dict[str, float]:
    """The rate of each of the coarsest branches in the whole country, in the last four known quarters."""
    rates_of: dict[str, float] = figures.remembered("branch rates of alerts", lambda: _country_rates(figures))
    return rates_of


def _country_rates(figures: Figures) -> dict[str, float]:
    rows = branch_rows(figures, Scope()).rows
    return {row.code: row.counts.jobs / row.counts.completed for row in rows if row.counts.completed}


def checked_whole(figures: Figures, found: Found, unit: tuple[str, str], *, key: str) -> Checked:
    """All traineeships of a municipality together, against the whole country; nothing where a count is hidden."""
    whole = country_standing(figures, Scope(), found.period.known)
    x, n = _sum(figures, found.period, found.narrowing)
    p0 = whole.jobs / whole.completed if whole.completed else np.nan

    def alert_at(_place: int) -> Alert:
        return rate_alert(key, AlertUnit.MUNICIPALITY, unit, counts=(x, n), reference=float(p0), period=found.period)

    kept = int(could_stand_out(np.array([n]), np.array([p0]))[0])
    return _checked(
        np.array([x] * kept, dtype=np.int64), np.array([n] * kept, dtype=np.int64), np.full(kept, p0), alert_at
    )


def _sum(figures: Figures, period: Period, narrowing: Narrowing) -> tuple[int, int]:
    """Jobs and completed of the facts without a hidden count."""
    sums = employer_sums(
        figures.load_blocks().outcomes,
        [quarter.index for quarter in period.known],
        narrowing,
        employers=len(figures.employers),
        leave_hidden_out=True,
    )
    return int(sums.jobs.sum()), int(sums.completed.sum())


def _checked(
    x: NDArray[np.int64], n: NDArray[np.int64], p0: NDArray[np.float64], alert_at: Callable[[int], Alert]
) -> Checked:
    return Checked(state=funnel_state(x, n, p0, tail=SURE_TAIL), p_values=two_sided_p(x, n, p0), alert_at=alert_at)


def rate_alert(
    scope: str,
    unit_kind: AlertUnit,
    unit: tuple[str, str],
    *,
    counts: tuple[int, int],
    reference: float,
    period: Period,
) -> Alert:
    """The alert about a rate outside its limits; `unit` is code and name, `counts` are jobs and completed."""
    (code, name), (x, n) = unit, counts
    direction = Verdict.ABOVE if x / n > reference else Verdict.BELOW
    return Alert(
        key=alert_key(scope, AlertKind.OUTSIDE, unit_kind, code, RATE, direction.value),
        kind=AlertKind.OUTSIDE,
        unit_kind=unit_kind,
        unit=code,
        unit_name=name,
        measure=RATE,
        measure_name=words.rate_name(),
        period=str(period.known[-1]),
        period_from=str(period.known[0]),
        period_words=span_words(period),
        direction=direction,
        polarity=Polarity.HIGH_IS_GOOD,
        value=x / n,
        reference=reference,
        x=x,
        n=n,
        stands=False,
        sentence=words.rate_alert_sentence(x, n, reference=reference, unit=unit_kind, direction=direction),
    )

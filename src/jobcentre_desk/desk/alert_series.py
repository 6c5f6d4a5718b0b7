"""Series that alerts look through: quarters of employers and municipalities, and published values of a municipality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.cache.area_series import PublishedSeries, begin_of, series_of_area
from jobcentre_desk.cache.outcome_blocks import QuarterBlock, completed, jobs
from jobcentre_desk.desk import alert_wording as words
from jobcentre_desk.desk.alert_checks import DIRECTIONS, RATE, Checked, alert_key
from jobcentre_desk.desk.expected import GROUPS
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.find import Found
from jobcentre_desk.desk.municipality_wording import group_title, period_words, published_number
from jobcentre_desk.desk.narrowing import Narrowing
from jobcentre_desk.desk.scopes import DEFAULT_QUARTERS
from jobcentre_desk.desk.selection import column, employer_sums, facts_of, facts_of_employers, within
from jobcentre_desk.desk.wording import quarter_words
from jobcentre_desk.model.alerts import Alert, AlertKind, AlertUnit
from jobcentre_desk.model.measures import Polarity
from jobcentre_desk.model.outcomes import Verdict
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.statistics.alerts import FEWEST_A_QUARTER, WINDOW, cusum_shifts
from jobcentre_desk.statistics.control_charts import FEWEST_VALUES, SIGMAS, xmr_chart
from jobcentre_desk.statistics.funnels import SURE_TAIL, z_of
from jobcentre_desk.statistics.special import normal_cdf
from jobcentre_desk.text import both, decimal

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Shifts:
    """How many series were looked through, and the alerts of those that have drifted."""

    series: int
    alerts: tuple[Alert, ...]


def employer_shifts(figures: Figures, found: Found, *, key: str) -> Shifts:
    """The employers of a list with at least 30 completed in every quarter looked at, whose rate has drifted."""
    quarters = _known_quarters(figures)
    ids = _large_in(figures, found, quarters[-1:])
    x, n = _employer_quarters(figures, ids, found.narrowing, quarters)
    units = [(figures.employers.cvr_text(int(one)), figures.employers.name(int(one))) for one in ids]
    return _shifts(x, n, quarters, [(AlertUnit.EMPLOYER, *unit) for unit in units], key=key)


def municipality_shift(figures: Figures, narrowing: Narrowing, unit: tuple[str, str], *, key: str) -> Shifts:
    """All traineeships of a municipality, quarter by quarter."""
    quarters, blocks = _known_quarters(figures), figures.load_blocks().outcomes.quarters
    sums = [_quarter_sums(blocks[quarter.index], narrowing) for quarter in quarters]
    x, n = (np.array(values, dtype=np.float64)[None, :] for values in zip(*sums, strict=True))
    return _shifts(x, n, quarters, [(AlertUnit.MUNICIPALITY, *unit)], key=key)


def _known_quarters(figures: Figures) -> list[Quarter]:
    known = figures.known_through
    return [quarter for quarter in figures.quarters if known is not None and quarter <= known]


def _large_in(figures: Figures, found: Found, last: Sequence[Quarter]) -> Ints:
    """The employers of the list that have enough completed in the last quarter."""
    sums = employer_sums(
        figures.load_blocks().outcomes,
        [quarter.index for quarter in last],
        found.narrowing,
        employers=len(figures.employers),
    )
    large = sums.ids.compress(sums.completed >= FEWEST_A_QUARTER)
    return np.intersect1d(large, found.ids)


def _employer_quarters(
    figures: Figures, ids: Ints, narrowing: Narrowing, quarters: Sequence[Quarter]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Jobs and completed, shape (employers, quarters); nan where a count is hidden."""
    blocks = figures.load_blocks().outcomes.quarters
    x, n = (np.zeros((len(ids), len(quarters))) for _ in range(2))
    for place, quarter in enumerate(quarters):
        block = blocks[quarter.index]
        facts, which = facts_of_employers(block, ids)
        kept = within(block, facts, narrowing)
        facts, which = facts.compress(kept), which.compress(kept)
        outcome = block.outcome.take(facts)
        n[:, place] = np.bincount(which, completed(outcome), len(ids))
        x[:, place] = np.bincount(which, jobs(outcome), len(ids))
        if block.null_rows is not None:
            n[which[block.null_rows.take(facts)], place] = np.nan
    return x, n


def _quarter_sums(block: QuarterBlock, narrowing: Narrowing) -> tuple[int, int]:
    """Jobs and completed of the facts of a quarter without a hidden count."""
    x = n = 0
    for facts in facts_of(block, narrowing):
        outcome = column(block.outcome, facts)
        if block.null_rows is not None:
            outcome = outcome[~column(block.null_rows, facts)]
        x, n = x + int(jobs(outcome).sum(dtype=np.int64)), n + int(completed(outcome).sum(dtype=np.int64))
    return x, n


def _shifts(
    x: NDArray[np.float64],
    n: NDArray[np.float64],
    quarters: Sequence[Quarter],
    units: Sequence[tuple[AlertUnit, str, str]],
    *,
    key: str,
) -> Shifts:
    """The CUSUM of each series over its latest quarters that are all large enough; shorter ones are left out."""
    alerts, series = [], 0
    for jobs_of, completed_of, unit in zip(x, n, units, strict=True):
        long = _latest_large(completed_of)
        if long <= WINDOW:
            continue
        series += 1
        values = jobs_of[-long:] / completed_of[-long:]
        if side := int(cusum_shifts(100 * values)[-1]):
            alerts.append(_shift_alert(key, unit, values, quarters[-1], direction=DIRECTIONS[side]))
    return Shifts(series, tuple(alerts))


def _latest_large(completed_of: NDArray[np.float64]) -> int:
    """How many of the latest quarters have enough completed, without a gap."""
    small = np.flatnonzero(~(completed_of >= FEWEST_A_QUARTER))
    return len(completed_of) - 1 - int(small[-1]) if len(small) else len(completed_of)


def _shift_alert(
    scope: str, unit: tuple[AlertUnit, str, str], values: NDArray[np.float64], last: Quarter, *, direction: Verdict
) -> Alert:
    kind, code, name = unit
    return Alert(
        key=alert_key(scope, AlertKind.SHIFT, kind, code, RATE, direction.value),
        kind=AlertKind.SHIFT,
        unit_kind=kind,
        unit=code,
        unit_name=name,
        measure=RATE,
        measure_name=words.rate_name(),
        period=str(last),
        period_from=str(last.plus(1 - DEFAULT_QUARTERS)),
        period_words=quarter_words(last),
        direction=direction,
        polarity=Polarity.HIGH_IS_GOOD,
        value=float(values[-1]),
        reference=float(values.mean()),
        x=None,
        n=None,
        stands=False,
        sentence=words.shift_sentence(len(values), direction=direction),
    )


def checked_measures(figures: Figures, area: str, *, key: str) -> Checked:
    """The published measures of an area with a wanted side and at least 12 periods: the latest beside its own mean.

    Limits are those of an XmR chart drawn in or out to 99.8 %; periods that overlap are thinned out before.
    """
    series = [one for one in series_of_area(figures.snapshot, area, order=figures.order) if _is_long(one)]
    values = [np.array([float(digits) for _period, digits in one.values]) for one in series]
    z = np.array([_distance(each) for each in values], dtype=np.float64)

    def alert_at(place: int) -> Alert:
        return _measure_alert(key, series[place], values[place])

    outside = np.where(np.abs(z) > z_of(SURE_TAIL), np.sign(z), 0).astype(np.int8)
    return Checked(state=outside, p_values=2 * normal_cdf(-np.abs(z)), alert_at=alert_at)


def _is_long(series: PublishedSeries) -> bool:
    judged = series.measure.polarity is not Polarity.NO_JUDGEMENT
    return judged and len(series.values) >= FEWEST_VALUES and len({value for _period, value in series.values}) > 1


def _distance(values: NDArray[np.float64]) -> float:
    """How many standard deviations of the XmR chart the latest value lies from the mean."""
    limits = xmr_chart(values)
    if limits is None:
        return 0.0
    deviation = float(limits.high[-1] - limits.centre[-1]) / SIGMAS
    distance = float(values[-1] - limits.centre[-1])
    return distance / deviation if deviation > 0 else float(np.sign(distance)) * np.inf


def _measure_alert(scope: str, series: PublishedSeries, values: NDArray[np.float64]) -> Alert:
    period, digits = series.values[-1]
    places = max(0, len(digits.partition(".")[2]))
    mean = float(values.mean())
    direction = Verdict.ABOVE if values[-1] > mean else Verdict.BELOW
    measure, group = series.measure, series.group
    name = both(measure.name_da, measure.name_en)
    titled = f"{name}, {group_title(group)}" if group in GROUPS and group != "all" else name
    return Alert(
        key=alert_key(scope, AlertKind.OUTSIDE, AlertUnit.MEASURE, measure.id, group, direction.value),
        kind=AlertKind.OUTSIDE,
        unit_kind=AlertUnit.MEASURE,
        unit=measure.id,
        unit_name=titled,
        measure=measure.id,
        measure_name=name,
        period=period,
        period_from=begin_of(period),
        period_words=period_words(period),
        direction=direction,
        polarity=measure.polarity,
        value=float(values[-1]),
        reference=mean,
        x=None,
        n=None,
        stands=False,
        sentence=words.measure_alert_sentence(
            published_number(digits), decimal(mean, places=places), periods=len(values), direction=direction
        ),
    )

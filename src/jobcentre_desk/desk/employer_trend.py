"""The trend of an employer: its points, whether its rate rises or falls, and the limits it moves within by chance.

One rule sets how long a period is: the shortest of a quarter, a half-year and a year that holds 10 completed
traineeships in each of the last five of them, so that employers with few can still be told. They end with the last
known quarter and do not overlap. With eight such periods the points drawn are those, within their control limits;
else they are the rolling years that a person is used to. All of it is made of the counts the badge is made of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from jobcentre_desk.desk import trend_wording as told
from jobcentre_desk.desk import wording as words
from jobcentre_desk.desk.employer import rate_of
from jobcentre_desk.model.charts import ControlBand, TableOf, TrendChart, TrendMarker, TrendPoint
from jobcentre_desk.model.outcomes import Rate, State
from jobcentre_desk.model.pages import EmployerComparison, QuarterStanding
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.statistics.control_charts import FEWEST_RATES, Signs, p_chart, signs
from jobcentre_desk.statistics.disclosure import is_small
from jobcentre_desk.statistics.trends import FEWEST_CASES, PERIODS, trends
from jobcentre_desk.text import NO_BREAK_SPACE, percent
from jobcentre_desk.text import translate as _

ROLLING_QUARTERS = 4
POINTS = 8
MOST_POINTS = 12
LENGTHS = (1, 2, 4)
"""Quarters of a period, the shortest first."""
NO_RATE = Rate(0, 0, None, None, None)


@dataclass(frozen=True, slots=True)
class PeriodRate:
    """The rate of some quarters, named by the last of them; without one where its state is not known."""

    quarter: str
    rate: Rate
    state: State


def trend_chart(
    comparison: EmployerComparison, *, quarters: Sequence[QuarterStanding], window: int = 1, least: int = 1
) -> TrendChart:
    """The rate by period up to the last known quarter, then the quarters not known yet.

    `window` is how many quarters one of `quarters` holds (a publisher who masks joins four). A point with fewer than
    `least` people on either side is hidden, and with it the limits and the marker made of it.
    """
    known = last_in_a_row([one for one in quarters if one.state is not State.NOT_YET_KNOWN], window)
    length = settled_length(known, window, least)
    series = non_overlapping(known, length, most=MOST_POINTS, least=least) if length else []
    control = control_band(series)
    step = length if control and length else 1 if window > 1 else ROLLING_QUARTERS
    shown = series if control else rolling(known, step, least)
    waiting = [PeriodRate(q.quarter, NO_RATE, q.state) for q in quarters if q.state is State.NOT_YET_KNOWN]
    rated = sum(one.rate.value is not None for one in shown)
    hidden = sum(one.state is State.HIDDEN for one in shown)
    points = tuple(_point(one) for one in (*shown, *waiting))
    return TrendChart(
        title=_("Trend"),
        sentence=words.trend_sentence(rated, step * window, points_hidden=hidden),
        points=points,
        reference=comparison.reference.rate.value,
        reference_name=reference_name(comparison.reference.rate),
        axis_low=0.0,
        axis_high=1.0,
        axis_ticks=((0.0, "0"), (0.25, "25"), (0.5, "50"), (0.75, "75"), (1.0, f"100{NO_BREAK_SPACE}%")),
        comparison=(),
        comparison_name="",
        table=_table([*shown, *waiting], control),
        control=_padded(control, len(points)) if control else None,
        marker=trend_marker(known, window, least) if rated or hidden else None,
    )


def reference_name(reference: Rate) -> str:
    """The dashed line in words: "its branch 44 %"; "" where there is none."""
    return "" if reference.value is None else _("its branch {rate}").format(rate=percent(reference.value))


def last_in_a_row(quarters: Sequence[QuarterStanding], window: int) -> list[QuarterStanding]:
    """The known quarters that follow one another up to the last; what lies before a gap is left out."""
    indices = [Quarter.parse(one.quarter) for one in quarters]
    start = 0
    for place, (former, later) in enumerate(pairwise(indices), start=1):
        if former is not None and later is not None and later.index - former.index != window:
            start = place
    return list(quarters[start:])


def lengths(window: int) -> tuple[int, ...]:
    """The lengths a period may have, in windows."""
    return tuple(length // window for length in LENGTHS if length % window == 0) or (1,)


def settled_length(known: Sequence[QuarterStanding], window: int, least: int) -> int | None:
    """How many windows a period has by the rule of this module; None where no length holds enough."""
    for length in lengths(window):
        if _enough(non_overlapping(known, length, most=PERIODS, least=least)):
            return length
    return None


def non_overlapping(known: Sequence[QuarterStanding], length: int, *, most: int, least: int = 1) -> list[PeriodRate]:
    """At most so many periods of `length` standings each, ending with the last one, oldest first."""
    count = min(most, len(known) // length)
    ends = [len(known) - back * length for back in reversed(range(count))]
    return [summed(known[end - length : end], least) for end in ends]


def rolling(known: Sequence[QuarterStanding], step: int, least: int) -> list[PeriodRate]:
    """The rate of `step` standings at a time, ending in each of the last eight."""
    ends = range(max(step, len(known) - POINTS + 1), len(known) + 1)
    return [summed(known[end - step : end], least) for end in ends]


def summed(quarters: Sequence[QuarterStanding], least: int = 1) -> PeriodRate:
    """Some quarters as one; hidden when one of them is, its counts are below `least`, or the guard hides the sum."""
    x, n = sum(one.rate.x for one in quarters), sum(one.rate.n for one in quarters)
    hidden = any(one.state is State.HIDDEN for one in quarters) or bool(is_small([x, n], n, least).any())
    hidden |= len(quarters) in quarters[-1].hidden_lengths
    state = State.HIDDEN if hidden else State.KNOWN if n else State.NOT_REPORTED
    return PeriodRate(quarters[-1].quarter, NO_RATE if hidden else rate_of(x, n, state), state)


def trend_marker(known: Sequence[QuarterStanding], window: int, least: int) -> TrendMarker:
    """Rising, falling, no clear change over the last five periods (Cochran-Armitage), or why it cannot be computed."""
    length = settled_length(known, window, least)
    if length is None:
        return _not_computed(known, window, least)
    rates = [one.rate for one in non_overlapping(known, length, most=PERIODS, least=least)]
    direction = int(trends([rate.x for rate in rates], [rate.n for rate in rates]).direction[0])
    return told.trend_words(direction, length * window)


def _not_computed(known: Sequence[QuarterStanding], window: int, least: int) -> TrendMarker:
    """The reason, told of the longest periods of which there are five."""
    fitting = [length for length in lengths(window) if len(known) >= length * PERIODS]
    if not fitting:
        return told.too_few_quarters(len(known) * window, lengths(window)[0] * PERIODS * window)
    periods = non_overlapping(known, fitting[-1], most=PERIODS, least=least)
    if any(one.state is State.HIDDEN for one in periods):
        return told.hidden_periods()
    return told.too_few_cases(min(one.rate.n for one in periods), fitting[-1] * window)


def _enough(periods: Sequence[PeriodRate]) -> bool:
    enough = [one.state is State.KNOWN and one.rate.n >= FEWEST_CASES for one in periods]
    return len(enough) == PERIODS and all(enough)


def control_band(series: Sequence[PeriodRate]) -> ControlBand | None:
    """The limits of a p-chart around periods that all have cases, with the signs; None with fewer than eight."""
    rated = [one.state is State.KNOWN for one in series]
    start = len(rated) - next((back for back, fits in enumerate(reversed(rated)) if not fits), len(rated))
    rates = [one.rate for one in series[start:]]
    limits = p_chart([rate.x for rate in rates], [rate.n for rate in rates]) if len(rates) >= FEWEST_RATES else None
    if limits is None or any(one.state is State.HIDDEN for one in series):
        return None
    found = signs([rate.x / rate.n for rate in rates], limits)
    phrases = ("",) * start + tuple(_phrase(found, place) for place in range(len(rates)))
    blank: tuple[float | None, ...] = (None,) * start
    centre = float(limits.centre[0])
    return ControlBand(
        centre=centre,
        low=(*blank, *limits.low.tolist()),
        high=(*blank, *limits.high.tolist()),
        signs=phrases,
        sentence=told.control_sentence(centre, sum(map(bool, phrases))),
    )


def _phrase(found: Signs, place: int) -> str:
    kinds = (
        (found.outside, told.outside),
        (found.shift, told.shift),
        (found.drift, told.drift),
        (found.near, told.near),
    )
    return " · ".join(phrase() for flags, phrase in kinds if flags[place])


def _padded(band: ControlBand, points: int) -> ControlBand:
    """The band with nothing at the quarters that are not known yet."""
    blank: tuple[float | None, ...] = (None,) * (points - len(band.low))
    return ControlBand(
        centre=band.centre,
        low=(*band.low, *blank),
        high=(*band.high, *blank),
        signs=(*band.signs, *("" for _none in blank)),
        sentence=band.sentence,
    )


def _point(one: PeriodRate) -> TrendPoint:
    quarter = Quarter.parse(one.quarter)
    assert quarter is not None
    return TrendPoint(
        label=words.quarter_of_year(quarter),
        sublabel=str(quarter.year),
        value=one.rate.value,
        low=one.rate.low,
        high=one.rate.high,
        state=one.state,
    )


def _table(shown: Sequence[PeriodRate], control: ControlBand | None) -> TableOf:
    header = (_("Up to and including"), _("Rate and uncertainty"), _("Of completed"))
    rows = [
        (f"{point.label} {point.sublabel}", words.rate_text(one.rate, one.state), words.share_text(one.rate, one.state))
        for one, point in ((one, _point(one)) for one in shown)
    ]
    if control is None:
        return TableOf(header=header, rows=tuple(rows), numeric=(False, True, True))
    band = _padded(control, len(shown))
    limits = [words.interval_text(low, high) for low, high in zip(band.low, band.high, strict=True)]
    return TableOf(
        header=(*header, _("By chance between"), _("Sign")),
        rows=tuple((*row, limit, sign) for row, limit, sign in zip(rows, limits, band.signs, strict=True)),
        numeric=(False, True, True, True, False),
    )

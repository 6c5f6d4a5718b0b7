"""The charts of a chosen measure: all municipalities on one scale, and its periods beside the middle of the peers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from jobcentre_desk.desk import measure_wording as words
from jobcentre_desk.desk import value_words
from jobcentre_desk.desk.expected import median, period_order
from jobcentre_desk.desk.municipality import Question, interval_of
from jobcentre_desk.desk.municipality_wording import group_title, period_words
from jobcentre_desk.desk.other_sources import break_line
from jobcentre_desk.model.areas import Area, AreaKind
from jobcentre_desk.model.charts import StripChart, StripRow, TableOf, TrendChart, TrendPoint
from jobcentre_desk.model.measures import Figure
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.model.periods import PublishedPeriod
from jobcentre_desk.text import both
from jobcentre_desk.text import month as month_text
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.desk.measure_view import Chosen

MOST_POINTS = 16
"""The latest periods of a monthly measure; more would not fit beside their labels."""


def drawn_strip(areas: Mapping[str, Area], chosen: Chosen, question: Question, peers: Sequence[str]) -> StripChart:
    """All municipalities by the measure on one line; own and peers marked."""
    places = [code for code, area in areas.items() if area.kind is AreaKind.MUNICIPALITY]
    name = both(areas[question.code].name_da, areas[question.code].name_en)
    return strip_of(
        chosen.values,
        areas,
        codes=places,
        own=question.code,
        peers=peers,
        unit=chosen.measure.unit,
        title=_("{name} among the {n}").format(name=name, n=len(places)),
        label=group_title(chosen.group) if len(chosen.groups) > 1 else name,
    )


def strip_of(
    values: Mapping[str, Figure],
    areas: Mapping[str, Area],
    *,
    codes: Sequence[str],
    own: str,
    peers: Sequence[str],
    unit: str,
    title: str,
    label: str,
) -> StripChart:
    """Areas of one kind on one line; `own` may be "" where none is one's own."""
    known = {c: Decimal(f.value) for c in codes if (f := values.get(c)) is not None and f.value is not None}
    signed = value_words.is_signed(list(known.values()))
    low, high, ticks = value_words.axis(list(known.values()), signed=signed, unit=unit)
    named = {code: (float(value), both(areas[code].name_da, areas[code].name_en)) for code, value in known.items()}
    middle = median(known[code] for code in peers if code in known)
    row = StripRow(
        label=label,
        sublabel=value_words.title_unit(unit),
        own=float(known[own]) if own in known else None,
        peers=tuple(named[code] for code in peers if code in known),
        middle=None if middle is None else float(middle),
        others=tuple(named[code] for code in sorted(named) if code not in peers and code != own),
        value_text=value_words.short_value(known.get(own), unit, signed=signed),
        note="",
    )
    return StripChart(
        title=title,
        sentence=_("Each tick is one of them. The axis starts at {start}.").format(start=ticks[0][1]),
        rows=(row,),
        axis_low=low,
        axis_high=high,
        axis_ticks=ticks,
        axis_name=value_words.title_unit(unit),
        table=_strip_table(known, areas, unit=unit, signed=signed),
    )


def drawn_history(chosen: Chosen, code: str, peers: Sequence[str], *, breaks: Sequence[tuple[str, str]]) -> TrendChart:
    """The municipality's figure by period beside the middle of its peers; breaks in the series are marked."""
    by_period: dict[str, dict[str, Figure]] = {}
    for figure in chosen.every:
        by_period.setdefault(figure.period, {})[figure.area] = figure
    periods = chosen.periods[-MOST_POINTS:]
    own = {period: by_period[period].get(code) for period in periods}
    points = tuple(_point(period, figure) for period, figure in own.items())
    middles = [_middle(by_period[period], peers) for period in periods]
    drawn = [v for p in points for v in (p.value, p.low, p.high) if v is not None]
    every = [Decimal(repr(v)) for v in drawn] + [middle for middle in middles if middle is not None]
    unit, signed = chosen.measure.unit, value_words.is_signed(every)
    low, high, ticks = value_words.axis(every, signed=signed, unit=unit)
    known = sum(point.value is not None for point in points)
    return TrendChart(
        title=_("Over the periods"),
        sentence=" ".join(
            [
                words.history_sentence(known, axis_from=ticks[0][1], in_years="QMAT" in chosen.period),
                *(break_line(period, reason) for period, reason in breaks if period in periods),
            ]
        ),
        points=points,
        reference=None,
        reference_name="",
        axis_low=low,
        axis_high=high,
        axis_ticks=ticks,
        comparison=tuple(None if middle is None else float(middle) for middle in middles),
        comparison_name=_("middle of the peers"),
        table=_history_table(own, middles, breaks=dict(breaks), unit=unit, signed=signed),
        breaks=_breaks_at(periods, breaks),
    )


def _history_table(
    own: Mapping[str, Figure | None],
    middles: Sequence[Decimal | None],
    *,
    breaks: Mapping[str, str],
    unit: str,
    signed: bool,
) -> TableOf:
    """The same by period, with what is counted otherwise from there on."""
    rows = tuple(
        (
            period_words(period),
            value_words.value_text(_value(figure), unit, signed=signed),
            value_words.value_text(middle, unit, signed=signed),
            breaks.get(period, ""),
        )
        for (period, figure), middle in zip(own.items(), middles, strict=True)
    )
    header = (_("Period"), _("Own figure"), _("Middle of the peers"), _("Counted otherwise"))
    return TableOf(header=header, rows=rows, numeric=(False, True, True, False))


def _breaks_at(periods: Sequence[str], breaks: Sequence[tuple[str, str]]) -> tuple[tuple[int, str], ...]:
    """The place of the first point from which each break counts; a break before the first point is none."""
    found = []
    for period, sentence in breaks:
        later = [i for i, each in enumerate(periods) if period_order(each) >= period_order(period)]
        if later and later[0] > 0:
            found.append((later[0], sentence))
    return tuple(found)


def _point(period: str, figure: Figure | None) -> TrendPoint:
    parsed = PublishedPeriod.parse(period)
    label, sublabel = period, ""
    if parsed is not None:
        sublabel = "" if parsed.kind == "Y" else str(parsed.year)
        label = {"Y": str(parsed.year), "M": month_text(parsed.year, parsed.number).split("\N{NO-BREAK SPACE}")[0]}.get(
            parsed.kind, _("Q{number}").format(number=parsed.number)
        )
    low, high = interval_of(figure)
    value = _value(figure)
    state = State.KNOWN if value is not None else State.NOT_REPORTED if figure is None else figure.state
    return TrendPoint(
        label=label,
        sublabel=sublabel,
        value=None if value is None else float(value),
        low=low,
        high=high,
        state=state,
    )


def _middle(values: Mapping[str, Figure], peers: Sequence[str]) -> Decimal | None:
    return median(Decimal(v) for peer in peers if (v := _value(values.get(peer))) is not None)


def _value(figure: Figure | None) -> str | None:
    return None if figure is None else figure.value


def _strip_table(known: Mapping[str, Decimal], areas: Mapping[str, Area], *, unit: str, signed: bool) -> TableOf:
    rows = sorted((both(areas[code].name_da, areas[code].name_en), code) for code in known)
    return TableOf(
        header=(_("Name"), _("Figure")),
        rows=tuple((name, value_words.value_text(known[code], unit, signed=signed)) for name, code in rows),
        numeric=(False, True),
    )

"""What other sources publish where one is shown, and breaks in series: found without mixing, said in sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from jobcentre_desk.cache.revisions import LoadedBreak
from jobcentre_desk.desk.expected import TABLE, ExpectedTable, period_order
from jobcentre_desk.desk.municipality_wording import period_words, published_percent
from jobcentre_desk.model.measures import Figure
from jobcentre_desk.model.pages import ExpectedAndActual, OtherExpected, OtherFigure
from jobcentre_desk.text import both
from jobcentre_desk.text import translate as _

NO_GROUP = ""
"""How a publication writes that a measure is not parted by benefit group."""


def expected_source(publishers: Mapping[str, Sequence[str]]) -> str:
    """The source of the table y30r21: the first that publishes expected and actual share; "" when none does.

    All its parts are taken from that one, so that no row holds the expected of one source and the actual of another.
    """
    actual, expected = (publishers.get(f"{TABLE}.{part}", ()) for part in ("actual_share", "expected_share"))
    both_shares = [name for name in actual if name in expected]
    return next(iter((*both_shares, *actual, *expected)), "")


def of_group(figures: Iterable[Figure], group: str) -> tuple[Figure, ...]:
    """The values of one benefit group; those of a measure that is not parted by group belong to all groups together."""
    return tuple(figure for figure in figures if figure.group == group or (group == "all" and figure.group == NO_GROUP))


def latest_period(figures: Iterable[Figure], period: str) -> str:
    """`period` where there are values of it or none at all, else the latest that has any."""
    periods = {figure.period for figure in figures}
    return period if period in periods or not periods else max(periods, key=period_order)


def other_figures(
    figures: Iterable[Figure], area: str, *, period: str, invented: Collection[str] = ()
) -> tuple[OtherFigure, ...]:
    """What other sources publish for an area in `period`, or where they have none of it, in their latest."""
    by_source: dict[str, dict[str, Figure]] = {}
    for figure in figures:
        if figure.area == area:
            by_source.setdefault(figure.source, {})[figure.period] = figure
    found = (_other_figure(source, values, period) for source, values in by_source.items())
    return tuple(replace(other, demonstration=other.source in invented) for other in found)


def other_expected(
    tables: Mapping[str, ExpectedTable], area: str, *, period: str, group: str, invented: Collection[str] = ()
) -> tuple[OtherExpected, ...]:
    """Expected and actual share of an area as other sources publish them, in `period` or else in their latest."""
    found = []
    for source, table in tables.items():
        known = [at for at in table.periods if table.row(area, at, group).actual_share is not None]
        if known:
            found.append(_other_expected(source, table, (area, group), known, period))
    return tuple(replace(other, demonstration=other.source in invented) for other in found)


def breaks_of(breaks: Iterable[LoadedBreak], measures: Sequence[str], *, source: str) -> tuple[tuple[str, str], ...]:
    """The breaks in the series of the measures as their source tells them: period and sentence, the latest first."""
    told = {
        (one.period, both(one.sentence_da, one.sentence_en))
        for one in breaks
        if one.measure in measures and one.source == source
    }
    return tuple(sorted(told, key=lambda pair: period_order(pair[0]), reverse=True))


def source_lines(expected: ExpectedAndActual) -> tuple[str, ...]:
    """Which source is shown and what the others say, a line each; empty where one source publishes and no break is."""
    lines = [_("These are the figures of {source}.").format(source=expected.source)] if expected.others else []
    lines += [_also_line(other, expected.period) for other in expected.others]
    return (*lines, *(break_line(period, sentence) for period, sentence in expected.breaks))


def break_line(period: str, sentence: str) -> str:
    """That a measure is counted otherwise from a period on, with the reason its source gives."""
    return _("Counted otherwise from {period}: {reason}").format(period=period_words(period), reason=sentence)


def _also_line(other: OtherExpected, shown: str) -> str:
    told = _("Also published by {source}: {actual}, expected {expected} ({period}).").format(
        source=other.source,
        actual=published_percent(other.actual),
        expected=published_percent(other.expected),
        period=period_words(other.period),
    )
    if other.newest and period_order(other.newest) > period_order(shown):
        told += " " + _("Its newest figures: {period}.").format(period=period_words(other.newest))
    if other.demonstration:
        told += " " + _("Demonstration figures: everything in them is invented.")
    return told


def _other_figure(source: str, values: Mapping[str, Figure], period: str) -> OtherFigure:
    newest = max(values, key=period_order)
    at = period if period in values else newest
    return OtherFigure(source=source, value=values[at].value, period=at, newest="" if newest == at else newest)


def _other_expected(
    source: str, table: ExpectedTable, whose: tuple[str, str], known: Sequence[str], period: str
) -> OtherExpected:
    area, group = whose
    at = period if period in known else known[-1]
    row = table.row(area, at, group)
    return OtherExpected(
        source=source,
        expected=_digits(row.expected_share),
        actual=_digits(row.actual_share),
        difference=_digits(row.difference),
        period=at,
        newest="" if known[-1] == at else known[-1],
    )


def _digits(value: Decimal | None) -> str | None:
    return None if value is None else str(value)

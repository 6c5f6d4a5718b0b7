"""The published series of one area: each measure from the source it is shown from, periods that do not overlap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jobcentre_desk.cache.figures import measures, publishers_of
from jobcentre_desk.cache.revisions import read_breaks
from jobcentre_desk.cache.snapshot import Snapshot
from jobcentre_desk.model.measures import Measure
from jobcentre_desk.model.periods import PublishedPeriod

_STEPS = {"Q": 4, "QMAT": 4, "M": 12, "Y": 1}
"""Periods a year. Months to date (MYTD) are left out: each holds the one before."""
_OVERLAP = {"QMAT": 4}
"""Every so manieth period is taken, so that no quarter is counted twice."""


@dataclass(frozen=True, slots=True)
class PublishedSeries:
    """The known values of one measure and benefit group, oldest first, as (period, published digits)."""

    measure: Measure
    group: str
    values: tuple[tuple[str, str], ...]


def series_of_area(snapshot: Snapshot, area: str, *, order: Sequence[str] = ()) -> list[PublishedSeries]:
    """Every series of an area by measure and group; what lies before a break in the series is left out."""
    publishers, found = publishers_of(snapshot, order=order), []
    breaks = _last_breaks(snapshot)
    for measure in measures(snapshot, order=order):
        names = publishers.get(measure.id, ())
        if names:
            begins = breaks.get((names[0], measure.id))
            by_group = _by_group(_rows(snapshot, names[0], measure.id, area))
            for group, values in sorted(by_group.items()):
                found.append(PublishedSeries(measure, group, _without_overlap(values, begins)))
    return found


def begin_of(period: str) -> str:
    """The oldest period of the kind that shares something with `period`: itself, but where one holds a whole year."""
    parsed = PublishedPeriod.parse(period)
    if parsed is None or parsed.kind not in _OVERLAP:
        return period
    first = _place(parsed) - _OVERLAP[parsed.kind] + 1
    year, number = divmod(first - 1, _STEPS[parsed.kind])
    return str(PublishedPeriod(year, parsed.kind, number + 1))


def _rows(snapshot: Snapshot, source: str, measure: str, area: str) -> Iterable[tuple[str, str, str]]:
    return snapshot.connect().execute(
        "SELECT f.grp, f.period, f.value FROM figures f JOIN sources s ON s.id = f.source"
        " WHERE s.name = ? AND f.measure = ? AND f.area = ? AND f.value IS NOT NULL",
        (source, measure, area),
    )


def _by_group(rows: Iterable[tuple[str, str, str]]) -> dict[str, list[tuple[PublishedPeriod, str]]]:
    found: dict[str, list[tuple[PublishedPeriod, str]]] = defaultdict(list)
    for group, period, value in rows:
        parsed = PublishedPeriod.parse(period)
        if parsed is not None and parsed.kind in _STEPS:
            found[group].append((parsed, value))
    return found


def _without_overlap(
    values: list[tuple[PublishedPeriod, str]], begins: PublishedPeriod | None
) -> tuple[tuple[str, str], ...]:
    """The periods of the kind that the latest has, counted back from it."""
    ordered = sorted(values)
    last = ordered[-1][0]
    apart = _OVERLAP.get(last.kind, 1)
    return tuple(
        (str(period), value)
        for period, value in ordered
        if period.kind == last.kind
        and (begins is None or not period < begins)
        and (_place(last) - _place(period)) % apart == 0
    )


def _place(period: PublishedPeriod) -> int:
    return period.year * _STEPS[period.kind] + period.number


def _last_breaks(snapshot: Snapshot) -> dict[tuple[str, str], PublishedPeriod]:
    """The period from which a measure of a source is counted as it is now."""
    found: dict[tuple[str, str], PublishedPeriod] = {}
    for one in read_breaks(snapshot):
        period = PublishedPeriod.parse(one.period)
        key = (one.source, one.measure)
        if period is not None and (key not in found or found[key] < period):
            found[key] = period
    return found

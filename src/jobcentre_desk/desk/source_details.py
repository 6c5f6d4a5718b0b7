"""What the figures hold of each source beyond its state: tables and their dates, the last changes, and warnings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from jobcentre_desk import text
from jobcentre_desk.cache.change_log import DEFINITION, ROWS_CHANGED, ROWS_GONE, ROWS_NEW, Change, read_changes
from jobcentre_desk.cache.readings import newest_periods, revision_counts
from jobcentre_desk.cache.revisions import CalendarEntry, read_problems, release_calendar
from jobcentre_desk.desk.expected import period_order
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.municipality_wording import period_words
from jobcentre_desk.desk.services import service_of
from jobcentre_desk.model.publication import RowProblem
from jobcentre_desk.model.services import SourceKind
from jobcentre_desk.model.workspace_records import SourceEntry
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

MOST_NAMED = 3
"""More tables of one source on one day are counted instead of named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDetail:
    """`changed` says what the newest release changed, "" where nothing is known; `warnings` what could not be used.

    `through` is the newest period of a service's figures, "" for a publication, whose outcomes say it.
    """

    tables: int = 0
    through: str = ""
    changed: str = ""
    warnings: tuple[RowProblem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingRelease:
    """A day on which a source will publish, and what."""

    day: dt.date
    words: str
    tables: tuple[str, ...] = ()
    due: bool = False


def source_details(figures: Figures) -> dict[str, SourceDetail]:
    """The details of every source in the figures, by its name."""
    tables: dict[str, int] = {}
    for entry in release_calendar(figures.snapshot):
        tables[entry.source] = tables.get(entry.source, 0) + 1
    changed = _last_changes(figures)
    return {
        source.name: SourceDetail(
            tables=tables.get(source.name, 0),
            through=_newest_period(figures, source.name) if source.name in tables else "",
            changed=changed.get(source.name, ""),
            warnings=read_problems(figures.snapshot, source.name),
        )
        for source in figures.sources
    }


def coming_releases(
    figures: Figures | None, announced: Iterable[tuple[str, dt.date]], *, today: dt.date
) -> tuple[ComingRelease, ...]:
    """What comes next, the soonest first: per table where a service tells it, else the day the source announced.

    A day that has passed stays, marked as due, until the figures are here.
    """
    calendar = release_calendar(figures.snapshot) if figures is not None else ()
    by_day: dict[tuple[dt.date, str], list[CalendarEntry]] = {}
    for entry in calendar:
        day = _day(entry.next_update)
        if day is not None:
            by_day.setdefault((day, entry.source), []).append(entry)
    told = {source for _day_of, source in by_day}
    coming = [_coming(day, source, entries, today) for (day, source), entries in by_day.items()]
    coming += [ComingRelease(day=day, words=name, due=day < today) for name, day in announced if name not in told]
    return tuple(sorted(coming, key=lambda one: (one.day, one.words)))


def _newest_period(figures: Figures, source: str) -> str:
    newest = max(newest_periods(figures.snapshot, source), key=period_order, default="")
    return period_words(newest) if newest else ""


def _coming(day: dt.date, source: str, entries: Sequence[CalendarEntry], today: dt.date) -> ComingRelease:
    titles = tuple(dict.fromkeys(entry.title or entry.table for entry in entries))
    if len(titles) > MOST_NAMED:
        what = _n("{n} table", "{n} tables", len(titles)).format(n=text.count(len(titles)))
    else:
        what = ", ".join(titles)
    words = _("{source}: {tables}").format(source=source, tables=what)
    return ComingRelease(day=day, words=words, tables=titles, due=day < today)


def _last_changes(figures: Figures) -> dict[str, str]:
    """What the newest release of each source changed, in words."""
    newest: dict[str, int] = {}
    counts: dict[str, dict[str, int]] = {}
    for change in read_changes(figures.snapshot):
        if newest.setdefault(change.source, change.sequence) == change.sequence:
            of_source = counts.setdefault(change.source, {})
            of_source[change.kind] = of_source.get(change.kind, 0) + _rows(change)
    revised, words = revision_counts(figures.snapshot), {}
    for source, of_kind in counts.items():
        words[source] = _changed_words(of_kind, revised.get((source, newest[source]), 0))
    return words


def _rows(change: Change) -> int:
    return 1 if change.kind == DEFINITION else int(change.new or 0)


def _changed_words(of_kind: dict[str, int], revised: int) -> str:
    new, changed, gone, defined = (of_kind.get(kind, 0) for kind in (ROWS_NEW, ROWS_CHANGED, ROWS_GONE, DEFINITION))
    parts = (
        (new, _n("{n} new row", "{n} new rows", new)),
        (changed if changed != revised else 0, _n("{n} changed", "{n} changed", changed)),
        (gone, _n("{n} gone", "{n} gone", gone)),
        (defined, _n("{n} definition", "{n} definitions", defined)),
        (revised, _n("{n} revised value", "{n} revised values", revised)),
    )
    return ", ".join(words.format(n=text.count(n)) for n, words in parts if n)


def _day(written: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written[:10])
    except ValueError:
        return None


def about_source(entry: SourceEntry, detail: SourceDetail | None) -> str:
    """Where a source comes from in a few words: its place, or the address of its service and how many tables."""
    if entry.kind is SourceKind.PUBLICATION:
        return entry.location
    if entry.kind is SourceKind.AUTHORITY_FILE:
        return _("a file of one's own")
    place = urlsplit(entry.address or service_of(entry.kind).address).netloc
    tables = detail.tables if detail is not None else 0
    if not tables:
        return place
    counted = _n("{n} table", "{n} tables", tables).format(n=text.count(tables))
    return f"{place} · {counted}"

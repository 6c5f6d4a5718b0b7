"""The ready first pages: for each source of outcomes the first rows of the default list, read without numpy."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from jobcentre_desk.cache.snapshot import LoadedSource, Snapshot, is_current, sources
from jobcentre_desk.model.outcomes import EmployerRow, Period, Scope

FIRST_ROWS = 200


class FirstPage(msgspec.Struct, frozen=True):
    """The first rows of the list without any filter, how many rows it has and how many of them have a rate."""

    total: int
    rated: int
    period: Period
    rows: list[EmployerRow]


def outcome_sources(sources: Sequence[LoadedSource], order: Sequence[str] = ()) -> tuple[LoadedSource, ...]:
    """The sources that bring outcomes: those named in `order` first, the others as they came."""
    place = {name: place for place, name in enumerate(order)}
    with_outcomes = [source for source in sources if source.holds_outcomes]
    return tuple(sorted(with_outcomes, key=lambda source: place.get(source.name, len(place))))


def make_first_page(snapshot: Snapshot, source_id: int) -> str:
    """The JSON of a source's first page, from a snapshot that has all but it; "" when it holds no known outcomes."""
    from jobcentre_desk.desk.figures import Figures
    from jobcentre_desk.desk.find import find_employers, rows
    from jobcentre_desk.errors import QuarterOutOfRange

    figures = Figures.open(snapshot)
    source = next((source for source in figures.outcome_sources if source.id == source_id), None)
    if source is None:
        return ""
    figures = figures.seen_from(source.name)
    try:
        found = find_employers(figures, Scope())
    except QuarterOutOfRange:
        return ""
    page = FirstPage(found.total, found.rated, found.period, rows(figures, found, 0, FIRST_ROWS))
    return msgspec.json.encode(page).decode()


def read_first_page(snapshot: Snapshot, source_id: int) -> FirstPage | None:
    """The first page of the outcomes of a source; None when it has none."""
    query = "SELECT data FROM first_page WHERE source = ?"
    row = snapshot.connect().execute(query, (source_id,)).fetchone()
    return msgspec.json.decode(row[0], type=FirstPage) if row and row[0] else None


def ready_page(snapshot: Snapshot, order: Sequence[str] = ()) -> FirstPage | None:
    """The first page of the outcomes that are looked at first; None when there is none, or it is of an older form."""
    if not is_current(snapshot.path):
        return None
    first = outcome_sources(sources(snapshot), order)[:1]
    return read_first_page(snapshot, first[0].id) if first else None

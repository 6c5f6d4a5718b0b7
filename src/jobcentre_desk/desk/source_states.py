"""How every source stands: what it holds, when it was fetched, and what came of the last sync, in finished words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from jobcentre_desk import text
from jobcentre_desk.cache.snapshot import LoadedSource
from jobcentre_desk.errors import SourceUnreachable
from jobcentre_desk.model.publication import RowProblem
from jobcentre_desk.model.services import SourceKind
from jobcentre_desk.model.workspace_records import SourceEntry
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.desk.sync import SourceResult, SyncResult


class Standing(StrEnum):
    """How a source stands, worst first."""

    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    STALE = "stale"
    NOT_LOADED = "not_loaded"
    IN_ORDER = "in_order"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """One line of the Figures page; all texts are finished, "" where there is nothing to say."""

    name: str
    publisher: str
    location: str
    access: str
    through: str
    fetched: str
    next_release: str
    next_release_day: dt.date | None
    release: str
    standing: Standing
    words: str
    error: str
    problems: tuple[RowProblem, ...]
    demonstration: bool
    unsigned: bool


def source_states(
    entries: Sequence[SourceEntry],
    loaded: Sequence[LoadedSource],
    last_sync: SyncResult | None,
    *,
    today: dt.date,
) -> tuple[SourceState, ...]:
    """The sources a person added, each with what the snapshot holds of it and how the last sync fared."""
    held = {source.name: source for source in loaded}
    fared = {result.name: result for result in last_sync.sources} if last_sync else {}
    return tuple(_state(entry, held.get(entry.name), fared.get(entry.name), today) for entry in entries)


def _state(entry: SourceEntry, loaded: LoadedSource | None, result: SourceResult | None, today: dt.date) -> SourceState:
    standing = _standing(loaded, result, today)
    failed = result is not None and result.result == "failed"
    next_day = _day(loaded.next_release) if loaded else None
    return SourceState(
        name=entry.name,
        publisher=loaded.publisher_name if loaded else "",
        location=entry.location,
        access=_access(entry),
        through=_through(loaded),
        fetched=_moment(loaded.synced_at) if loaded else "–",
        next_release=text.date(next_day) if next_day else "",
        next_release_day=next_day,
        release=_("release {number}").format(number=text.count(loaded.sequence)) if loaded else "",
        standing=standing,
        words=_words(standing, loaded, entry),
        error=(result.error or "") if result is not None and failed else "",
        problems=result.problems if result is not None and failed else (),
        demonstration=bool(loaded and loaded.demonstration),
        unsigned=(loaded.unsigned if loaded else entry.unsigned) and entry.kind is not SourceKind.AUTHORITY_FILE,
    )


def _standing(loaded: LoadedSource | None, result: SourceResult | None, today: dt.date) -> Standing:
    if result is not None and result.result == "failed":
        return Standing.UNREACHABLE if result.error_id == SourceUnreachable.id else Standing.REFUSED
    if loaded is None:
        return Standing.NOT_LOADED
    stale = _day(loaded.stale_after)
    return Standing.STALE if stale is not None and stale < today else Standing.IN_ORDER


def _words(standing: Standing, loaded: LoadedSource | None, entry: SourceEntry) -> str:
    if standing is Standing.REFUSED:
        return _("release refused") if loaded or entry.confirmed_at else _("not taken over")
    if standing is Standing.UNREACHABLE:
        return _("not reached")
    if standing is Standing.NOT_LOADED:
        return _("not fetched yet")
    if standing is Standing.STALE:
        return _("out of date")
    if loaded and loaded.own_file:
        return _("in order, own file")
    return _("in order, not signed") if loaded and loaded.unsigned else _("in order")


def _through(loaded: LoadedSource | None) -> str:
    if loaded is None or loaded.known_through is None:
        return "–"
    return text.quarter(loaded.known_through.year, loaded.known_through.number)


def _access(entry: SourceEntry) -> str:
    if not entry.basis:
        return ""
    confirmed = _day(entry.confirmed_at)
    if confirmed is None:
        return _("Access: {basis}").format(basis=entry.basis)
    return _("Access: {basis} (confirmed {date})").format(basis=entry.basis, date=text.date(confirmed))


def _day(written: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written[:10]) if written else None
    except ValueError:
        return None


def _moment(written: str) -> str:
    try:
        return text.moment(dt.datetime.fromisoformat(written).astimezone())
    except ValueError:
        return "–"

"""Asking one source for its newest release, and deciding whether it may come in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from jobcentre_desk.cache.arrivals import Arrival
from jobcentre_desk.cache.file_rows import needed_resources
from jobcentre_desk.cache.publishers import description_hash, read_description_of
from jobcentre_desk.cache.snapshot import LoadedSource, Snapshot, sources
from jobcentre_desk.desk.publisher_keys import highest_seen, key_ids, trusted_keys
from jobcentre_desk.errors import PublicationRefused
from jobcentre_desk.model.publication import Access, Publication, Resource
from jobcentre_desk.model.services import SERVICES
from jobcentre_desk.model.workspace_records import SequenceSeen, SourceEntry
from jobcentre_desk.sources.publication_source import PublicationSource, Release, read_release
from jobcentre_desk.task import Task
from jobcentre_desk.text import count, date
from jobcentre_desk.text import translate as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Arriving:
    """A release that may come in: its files that are not here yet, and whether it takes another publisher's place."""

    arrival: Arrival
    source: PublicationSource
    needed: tuple[Resource, ...]
    takes_place: bool


def arrive(
    entry: SourceEntry,
    source: PublicationSource,
    newest: Snapshot | None,
    *,
    seen: Callable[[str], SequenceSeen | None],
    task: Task,
) -> Arriving | None:
    """The newest release of `source` with its files brought close by; None when the snapshot holds it already.

    `seen` gives the highest release ever seen of a key id. Raises PublicationRefused, SourceUnreachable.
    """
    connection = newest.connect() if newest else None
    loaded = loaded_source(newest, entry.name)
    ids = key_ids(entry)
    published = loaded is not None and loaded.kind not in SERVICES
    same = loaded if loaded is not None and published and loaded.key_id in (ids or ("",)) else None
    settled = same is not None and _as_loaded(entry, same)
    release = read_release(
        source,
        keys=trusted_keys(entry),
        known_description=read_description_of(connection, entry.name) if connection and settled else b"",
        etag=same.etag if same else "",
        task=task,
    )
    if release is None:
        return None
    _require_newest(entry, release, same, seen=highest_seen(newest, seen, ids))
    _require_basis(entry, release.publication)
    known = needed_resources(connection, entry.name, release.publication) if connection and same else None
    needed = tuple(release.publication.resources if known is None else known)
    source.collect(needed, task=task)
    return Arriving(
        arrival=_arrival(entry, release),
        source=source,
        needed=needed,
        takes_place=loaded is not None and same is None,
    )


def loaded_source(newest: Snapshot | None, name: str) -> LoadedSource | None:
    """The source of that name in the snapshot."""
    return next((source for source in sources(newest) if source.name == name), None) if newest else None


def holds_outcomes(publication: Publication) -> bool:
    """Whether the release brings traineeship outcomes."""
    return any(resource.table == "outcomes" for resource in publication.resources)


def _as_loaded(entry: SourceEntry, loaded: LoadedSource) -> bool:
    """Whether the snapshot holds the source as the user wants it now."""
    return entry.location == loaded.location and entry.sole_proprietors == loaded.sole_proprietors


def _arrival(entry: SourceEntry, release: Release) -> Arrival:
    return Arrival(
        name=entry.name,
        location=entry.location,
        key_id=release.key_id,
        sole_proprietors=entry.sole_proprietors,
        publication=release.publication,
        description=release.description,
        signature=release.signature,
        etag=release.etag,
        kind=entry.kind,
        read_gzip=release.source.read_resource,
    )


def _require_newest(
    entry: SourceEntry, release: Release, loaded: LoadedSource | None, *, seen: SequenceSeen | None
) -> None:
    sequence, seen_hash = (seen.sequence, seen.description_hash) if seen else (0, "")
    if entry.unsigned and loaded is not None:
        sequence, seen_hash = loaded.sequence, ""
    arrived = release.publication.sequence
    if arrived < max(sequence, entry.at_least):
        raise PublicationRefused(
            _older_than(release.publication, loaded, name=entry.name, known=max(sequence, entry.at_least)),
            _("Ask the publisher for the newest release; the figures you have stay in use."),
            error_id="older_release",
        )
    if arrived == sequence and seen_hash and description_hash(release.description) != seen_hash:
        raise PublicationRefused(
            _("{name} offers release {offered} with another content than before.").format(
                name=entry.name, offered=count(arrived)
            ),
            _("Ask the publisher: a changed release needs a new number. The figures you have stay in use."),
            error_id="other_release",
        )


def _older_than(offered: Publication, loaded: LoadedSource | None, *, name: str, known: int) -> str:
    """Both releases with their dates; the one known has one only while it is in use here."""
    day = _day(offered.released)
    if loaded is None or loaded.sequence != known:
        return _("{name} offers release {offered} of {day}, but release {known} is out already.").format(
            name=name, offered=count(offered.sequence), day=day, known=count(known)
        )
    return _("{name} offers release {offered} of {day}, but release {known} of {known_day} is here already.").format(
        name=name,
        offered=count(offered.sequence),
        day=day,
        known=count(known),
        known_day=_day(loaded.released),
    )


def _day(released: str) -> str:
    return date(dt.date.fromisoformat(released[:10]))


def _require_basis(entry: SourceEntry, publication: Publication) -> None:
    if publication.access is Access.AUTHORITY and not publication.demonstration and not entry.basis.strip():
        raise PublicationRefused(
            _("{name} holds figures for authorities, and nobody confirmed who gave access and on what basis.").format(
                name=entry.name
            ),
            _("Remove the source and add it again with --basis “who gave access, on what legal basis”."),
            error_id="basis_missing",
        )

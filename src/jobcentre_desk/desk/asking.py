"""Asking a service (Jobindsats, StatBank) for what changed since the last sync, as part of a sync."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from jobcentre_desk.cache.code_lists import read_code_lists
from jobcentre_desk.cache.service_queries import known_tables, loaded_measures, query_texts
from jobcentre_desk.cache.service_writer import ServiceArrival
from jobcentre_desk.cache.snapshot import LoadedSource, Snapshot
from jobcentre_desk.desk.arriving import loaded_source
from jobcentre_desk.desk.services import Service, ServiceOf, service_of
from jobcentre_desk.desk.source_progress import ProgressOfSource
from jobcentre_desk.model.areas import Area, AreaKind
from jobcentre_desk.model.publication import RowProblem
from jobcentre_desk.model.services import KnownTable, ServiceFigures, TableQuery
from jobcentre_desk.model.workspace_records import SourceEntry
from jobcentre_desk.publishing.code_lists import code_list_rows
from jobcentre_desk.sources.api_key import read_key
from jobcentre_desk.sources.fetch import FetchLimits
from jobcentre_desk.sources.service_client import ServiceClient, ServiceRefused
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a service answered; `arrival` is None when nothing changed, `problems` name what could not be used."""

    arrival: ServiceArrival | None
    problems: tuple[RowProblem, ...]
    answers: int
    bytes_fetched: int


def ask_service(
    entry: SourceEntry,
    newest: Snapshot | None,
    *,
    task: Task,
    limits: FetchLimits,
    ends_at: float,
    progress: ProgressOfSource | None = None,
    services: ServiceOf = service_of,
) -> Asked:
    """Ask the service of `entry` about its tables; only those that changed are read.

    `ends_at` (monotonic seconds) ends the whole sync. Raises ServiceRefused and SourceUnreachable with cause and
    remedy, TaskCancelled.
    """
    service = services(entry.kind)
    address = entry.address or service.address
    client = ServiceClient(address, task=task, limits=limits, ends_at=ends_at, key=_key_of(entry, service, address))
    known = _known(entry, newest)
    queries = queries_of(entry, service)
    with closing(client):
        figures = service.read(
            queries,
            client=client,
            known=known,
            areas=_areas(newest),
            task=task,
            watch=progress.pass_on if progress else None,
            former=loaded_measures(newest.connect(), entry.name) if newest else (),
        )
        travelled = client.bytes_fetched
    _require_something(entry, figures, known)
    arrival = _arrival(entry, figures, queries) if _has_changed(figures, known, queries) else None
    return Asked(arrival=arrival, problems=figures.problems, answers=len(figures.answers), bytes_fetched=travelled)


def queries_of(entry: SourceEntry, service: Service) -> tuple[TableQuery, ...]:
    """The queries put to a service: those chosen for it, else the usual ones."""
    return entry.queries or service.presets()


def location_of(entry: SourceEntry) -> str:
    """Where the figures of a service come from, as the snapshot remembers it."""
    return entry.address or entry.location


def _key_of(entry: SourceEntry, service: Service, address: str) -> str:
    if not service.needs_key:
        return ""
    key = read_key(entry.location, address)
    if not key:
        raise ServiceRefused(
            _("{name} needs the key that {service} gave you, and none is kept here.").format(
                name=entry.name, service=service.title
            ),
            _("Change its key on the Figures page or with 'source change-key', or set JOBCENTRE_DESK_KEY."),
        )
    return key


def _known(entry: SourceEntry, newest: Snapshot | None) -> dict[str, KnownTable]:
    """What the snapshot holds; nothing when it came from another address, so that all is asked anew."""
    loaded = loaded_source(newest, entry.name)
    if newest is None or loaded is None or not _same_place(entry, loaded):
        return {}
    return known_tables(newest.connect(), entry.name)


def _same_place(entry: SourceEntry, loaded: LoadedSource) -> bool:
    return loaded.location == location_of(entry)


def _areas(newest: Snapshot | None) -> tuple[Area, ...]:
    """The country, its regions and municipalities from the official list, and the funds met so far."""
    funds = (
        [area for area in read_code_lists(newest.connect()).areas.values() if area.kind is AreaKind.FUND]
        if newest
        else []
    )
    return (*_official_areas(), *funds)


def _official_areas() -> tuple[Area, ...]:
    return tuple(
        Area(
            row["code"],
            AreaKind(row["kind"]),
            row["name_da"],
            row["name_en"],
            parent=row["parent"],
            peer_group=row["peer_group"],
            tile_column=int(row["tile_column"]) if row["tile_column"] else None,
            tile_row=int(row["tile_row"]) if row["tile_row"] else None,
            neighbours=tuple(code for code in row["neighbours"].split(";") if code),
        )
        for row in code_list_rows("areas")
    )


def _require_something(entry: SourceEntry, figures: ServiceFigures, known: dict[str, KnownTable]) -> None:
    """A first sync that brought nothing at all has failed: its first problem says why."""
    if figures.answers or known or not figures.problems:
        return
    raise ServiceRefused(
        _("{name} gave no figures: {reason}").format(name=entry.name, reason=figures.problems[0].reason),
        _("Look at the tables chosen for this source, then sync again."),
    )


def _has_changed(figures: ServiceFigures, known: dict[str, KnownTable], queries: Sequence[TableQuery]) -> bool:
    """Whether there are answers, a table is asked for no more, or another day was set for one that is kept."""
    asked = {query.table for query in queries}
    coming = {name.casefold(): date for name, date in figures.next_updates.items()}
    moved = any(coming.get(name.casefold()) not in {None, "", held.next_update} for name, held in known.items())
    return bool(figures.answers) or bool(known.keys() - asked) or moved


def _arrival(entry: SourceEntry, figures: ServiceFigures, queries: Sequence[TableQuery]) -> ServiceArrival:
    """The figures with the official areas among theirs, so that every code has its place."""
    areas = {area.code: area for area in (*_official_areas(), *figures.areas)}
    return ServiceArrival(
        name=entry.name,
        location=location_of(entry),
        kind=entry.kind,
        figures=replace(figures, areas=tuple(areas.values())),
        queries=query_texts(queries),
    )

"""The list of sources: adding one with what must be said about it, what a service is asked for, and removing one."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from jobcentre_desk.desk.services import ServiceOf, service_of
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.services import SERVICES, SourceKind, TableOffer, TableQuery
from jobcentre_desk.model.workspace_records import SourceEntry
from jobcentre_desk.publishing import trust
from jobcentre_desk.sources import api_key
from jobcentre_desk.sources.fetch import FetchLimits
from jobcentre_desk.sources.publication_source import check_location
from jobcentre_desk.sources.service_client import ServiceClient, service_address
from jobcentre_desk.task import Task
from jobcentre_desk.text import clean
from jobcentre_desk.text import translate as _
from jobcentre_desk.workspace.store import Workspace

LONGEST_NAME = 60
LONGEST_BASIS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedService:
    """A service as kept; without a keyring its key lasts for this session only (`key_kept` is False)."""

    entry: SourceEntry
    key_kept: bool


def add_source(
    workspace: Workspace,
    *,
    name: str,
    location: str,
    key: str = "",
    unsigned: bool = False,
    at_least: int | None = None,
    basis: str | None = None,
    sole_proprietors: bool = False,
) -> SourceEntry:
    """Keep a new source; gives it as kept, a folder with its full path.

    `key` is the publisher's public key (a whole file or its line alone); without one, and not `unsigned`, only
    demonstration figures can come in. `basis` says who gave access to an authority's figures, on what legal basis.
    Raises InputRefused with what is wrong.
    """
    if key.strip() and unsigned:
        raise InputRefused(
            _("A source is either signed with a key or taken unsigned."), _("Give --key or --unsigned, not both.")
        )
    if at_least is not None and at_least < 0:
        raise InputRefused(_("The least release number is below zero."), _("Give the number the publisher told you."))
    check_location(location)
    confirmed = clean(basis or "", longest=LONGEST_BASIS)
    entry = SourceEntry(
        name=checked_name(name),
        location=_full_location(location),
        key=trust.parse_public_key(key) if key.strip() else "",
        unsigned=unsigned,
        at_least=at_least or 0,
        basis=confirmed,
        sole_proprietors=sole_proprietors,
        confirmed_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds") if confirmed else "",
    )
    workspace.add_source(entry)
    return entry


def add_service(
    workspace: Workspace,
    *,
    kind: SourceKind,
    name: str,
    address: str = "",
    queries: Sequence[TableQuery] = (),
    key: str = "",
    services: ServiceOf = service_of,
) -> AddedService:
    """Keep a service as a source, its key in the keyring of the system, or for this session where there is none.

    `address` is another base address than the usual one; `queries` are the tables to ask for (none = those chosen
    for everyone). Raises InputRefused with what is wrong.
    """
    entry = SourceEntry(
        name=checked_name(name),
        location=kind.value,
        key="",
        kind=kind,
        address=service_address(address) if address.strip() else "",
        queries=_one_each(queries),
    )
    service = services(kind)
    workspace.add_source(entry)
    if not key.strip() or not service.needs_key:
        return AddedService(entry=entry, key_kept=True)
    kept = api_key.keep_key(entry.location, entry.address or service.address, key)
    return AddedService(entry=entry, key_kept=kept)


def table_offers(
    kind: SourceKind, *, address: str = "", key: str = "", task: Task, services: ServiceOf = service_of
) -> tuple[TableOffer, ...]:
    """The tables a service offers, with their dates in the release calendar.

    Without `key` the one that is kept is used. Raises SourceUnreachable, ServiceRefused, InputRefused.
    """
    service = services(kind)
    base = service_address(address) if address.strip() else service.address
    used = (key or api_key.read_key(kind.value, base)) if service.needs_key else ""
    limits = FetchLimits()
    client = ServiceClient(base, task=task, limits=limits, ends_at=time.monotonic() + limits.whole_sync, key=used)
    with closing(client):
        return service.offers(client)


def preset_queries(kind: SourceKind, *, services: ServiceOf = service_of) -> tuple[TableQuery, ...]:
    """What a service is asked for when nobody chose otherwise."""
    return services(kind).presets()


def queries_of_tables(
    kind: SourceKind, tables: Sequence[str], *, former: Sequence[TableQuery] = (), services: ServiceOf = service_of
) -> tuple[TableQuery, ...]:
    """A query for each table: the former one, else the usual one, else one that asks for all its measures."""
    known = {query.table.casefold(): query for query in (*services(kind).presets(), *former)}
    return tuple(known.get(table.casefold()) or TableQuery(table=table) for table in tables)


def set_queries(workspace: Workspace, name: str, queries: Sequence[TableQuery]) -> SourceEntry:
    """Ask the service `name` for other tables from now on; without any, for those chosen for everyone.

    Figures of tables that are left out go with the next sync. Raises InputRefused for a source that is no service.
    """
    entry = replace(service_named(workspace, name), queries=_one_each(queries))
    workspace.update_source(entry)
    return entry


def service_named(workspace: Workspace, name: str) -> SourceEntry:
    """The service with this name among the sources; raises InputRefused when there is none."""
    entry = next((entry for entry in workspace.sources() if entry.name == name), None)
    if entry is None:
        raise InputRefused(
            _("There is no source named {name}.").format(name=name), _("See the names with 'source list'.")
        )
    if entry.kind not in SERVICES:
        raise InputRefused(
            _("{name} is no service: it has neither a key nor tables to choose.").format(name=name),
            _("Its publisher decides what it holds."),
        )
    return entry


def remove_source(workspace: Workspace, name: str, *, services: ServiceOf = service_of) -> None:
    """Forget a source; its figures go with the next sync, which needs no network for that, an authority file too.

    The highest release seen of its publisher stays known, so that nobody can bring back an older one. The key of a
    service is forgotten with it, unless another source asks the same service.
    """
    entries = workspace.sources()
    workspace.remove_source(name)
    gone = next(entry for entry in entries if entry.name == name)
    if gone.kind not in SERVICES or not services(gone.kind).needs_key:
        return
    if not any(entry.name != name and _asks_the_same(entry, gone) for entry in entries):
        api_key.forget_key(gone.location, gone.address or services(gone.kind).address)


def _asks_the_same(entry: SourceEntry, other: SourceEntry) -> bool:
    return (entry.kind, entry.address) == (other.kind, other.address)


def _one_each(queries: Sequence[TableQuery]) -> tuple[TableQuery, ...]:
    """One query a table: the last one for each, in the order the tables were first named."""
    return tuple({query.table.casefold(): query for query in queries}.values())


def checked_name(name: str) -> str:
    """The name of a source as it is kept; raises InputRefused for one that cannot be."""
    cleaned = clean(name, longest=LONGEST_NAME + 1)
    if not cleaned or len(cleaned) > LONGEST_NAME or cleaned.startswith("-"):
        raise InputRefused(
            _("The name of a source has 1 to {n} characters and does not begin with a line.").format(n=LONGEST_NAME),
            _("Choose a short name, such as “authority”."),
        )
    return cleaned


def _full_location(location: str) -> str:
    """Addresses as they are; a folder or file with its full path, as the next sync may start elsewhere."""
    return location.strip() if "://" in location else str(Path(location).expanduser().absolute())

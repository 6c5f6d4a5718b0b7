"""The command `source`: the list of sources, the keys and tables of services, and next keys of publishers."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jobcentre_desk.cli.output import print_rows
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.services import SERVICES, SourceKind, TableOffer
from jobcentre_desk.model.workspace_records import SourceEntry
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _
from jobcentre_desk.workspace.store import Workspace

Action = Callable[[argparse.Namespace, Home, Workspace], Sequence[SourceEntry]]


def source(options: argparse.Namespace, home: Home, task: Task) -> int:
    """`source add`, `list`, `remove`, `move`, `change-key`, `accept-key`, `tables` and `choose`."""
    workspace = Workspace.open(home)
    try:
        if options.action == "tables":
            return _list_tables(options, workspace, task)
        entries = _ACTIONS[options.action](options, home, workspace)
    finally:
        workspace.close()
    rows = [asdict(entry) for entry in entries]
    print_rows({"rows": rows}, rows=[_short_row(row) for row in rows], output=options.output)
    return 0


def _short_row(row: dict[str, Any]) -> dict[str, Any]:
    """A source on one line: of its queries the tables alone."""
    return row | {"queries": " ".join(query["table"] for query in row["queries"])}


def _list(_options: argparse.Namespace, _home: Home, workspace: Workspace) -> Sequence[SourceEntry]:
    return workspace.sources()


def _remove(options: argparse.Namespace, _home: Home, workspace: Workspace) -> Sequence[SourceEntry]:
    from jobcentre_desk.desk.source_list import remove_source

    remove_source(workspace, options.name)
    return ()


def _move(options: argparse.Namespace, _home: Home, workspace: Workspace) -> Sequence[SourceEntry]:
    from jobcentre_desk.desk.source_order import move_source

    move_source(workspace, options.name, options.place)
    return workspace.sources()


def _add(options: argparse.Namespace, _home: Home, workspace: Workspace) -> Sequence[SourceEntry]:
    kind = _service_kind(options)
    return (_add_publication(options, workspace) if kind is None else _add_service(options, workspace, kind),)


def _service_kind(options: argparse.Namespace) -> SourceKind | None:
    """The service that is meant: by its word as location, or as name where no location is given."""
    word = options.location or options.name
    return next((kind for kind in SERVICES if word.casefold() == kind.value), None)


def _add_publication(options: argparse.Namespace, workspace: Workspace) -> SourceEntry:
    from jobcentre_desk.desk.source_list import add_source

    if options.at or options.table:
        raise InputRefused(
            _("--at and --table are for jobindsats and statbank alone."),
            _("Give the publication's address, folder or .zip as LOCATION, without them."),
        )
    return add_source(
        workspace,
        name=options.name,
        location=options.location,
        key=_read_key(options.key) if options.key else "",
        unsigned=options.unsigned,
        at_least=options.at_least,
        basis=options.basis,
        sole_proprietors=options.sole_proprietors,
    )


def _add_service(options: argparse.Namespace, workspace: Workspace, kind: SourceKind) -> SourceEntry:
    from jobcentre_desk.desk.services import service_of
    from jobcentre_desk.desk.source_list import add_service, queries_of_tables

    if options.key or options.unsigned or options.at_least or options.basis:
        raise InputRefused(
            _("--key, --unsigned, --at-least and --basis are for publications alone."),
            _("The key of a service is asked for, or read from JOBCENTRE_DESK_KEY."),
        )
    service = service_of(kind)
    key = _ask_key(service.title) if service.needs_key else ""
    added = add_service(
        workspace,
        kind=kind,
        name=options.name,
        address=options.at,
        queries=queries_of_tables(kind, options.table),
        key=key,
    )
    if service.needs_key:
        sys.stderr.write(_about_key(key, kept=added.key_kept) + "\n")
    return added.entry


def _ask_key(title: str) -> str:
    """The key, from JOBCENTRE_DESK_KEY or typed unseen at a terminal; "" where there is neither."""
    from jobcentre_desk.sources.api_key import ENVIRONMENT

    given = os.environ.get(ENVIRONMENT, "").strip()
    if given or not sys.stdin.isatty():
        return given
    return getpass.getpass(_("Key for {service} (it is not shown): ").format(service=title)).strip()


def _about_key(key: str, *, kept: bool) -> str:
    if not key:
        return _("No key was given: set JOBCENTRE_DESK_KEY when you sync, or use 'source change-key' at a terminal.")
    if kept:
        return _("The key is kept in the keyring of this computer.")
    return _("This computer has no keyring, so the key was not kept: set JOBCENTRE_DESK_KEY when you sync.")


def _change_key(options: argparse.Namespace, _home: Home, workspace: Workspace) -> Sequence[SourceEntry]:
    from jobcentre_desk.desk.services import service_of
    from jobcentre_desk.desk.source_keys import change_key
    from jobcentre_desk.desk.source_list import service_named

    entry = service_named(workspace, options.name)
    service = service_of(entry.kind)
    if not service.needs_key:
        raise InputRefused(
            _("{service} needs no key.").format(service=service.title),
            _("Its figures come with 'sync'; nothing was changed."),
        )
    key = _ask_key(service.title)
    sys.stderr.write(_about_key(key, kept=change_key(entry, key)) + "\n")
    return (entry,)


def _choose(options: argparse.Namespace, _home: Home, workspace: Workspace) -> Sequence[SourceEntry]:
    from jobcentre_desk.desk.source_list import queries_of_tables, service_named, set_queries

    former = service_named(workspace, options.name)
    queries = queries_of_tables(former.kind, options.tables, former=former.queries)
    return (set_queries(workspace, options.name, queries),)


def _list_tables(options: argparse.Namespace, workspace: Workspace, task: Task) -> int:
    from jobcentre_desk.desk.source_list import preset_queries, service_named, table_offers

    entry = service_named(workspace, options.name)
    asked = {query.table.casefold() for query in entry.queries or preset_queries(entry.kind)}
    offers = table_offers(entry.kind, address=entry.address, task=task)
    words = options.search.casefold().split()
    rows = [_offer_row(offer, asked) for offer in offers if _holds(offer, words)]
    print_rows({"rows": rows}, rows=rows, output=options.output)
    return 0


def _offer_row(offer: TableOffer, asked: set[str]) -> dict[str, Any]:
    return {
        "table": offer.table,
        "title": offer.title,
        "subject": offer.subject,
        "updated": offer.updated,
        "next_update": offer.next_update,
        "chosen": offer.table.casefold() in asked,
    }


def _holds(offer: TableOffer, words: Sequence[str]) -> bool:
    text = f"{offer.table} {offer.title} {offer.subject}".casefold()
    return all(word in text for word in words)


def _accept_key(options: argparse.Namespace, home: Home, workspace: Workspace) -> Sequence[SourceEntry]:
    from jobcentre_desk.cache.upgrade import open_current
    from jobcentre_desk.desk.publisher_keys import accept_next_key

    newest = open_current(home)
    try:
        return (accept_next_key(workspace, newest, options.name, next_key_id=options.id),)
    finally:
        if newest is not None:
            newest.close()


def _read_key(path: Path) -> str:
    from jobcentre_desk.publishing.trust import parse_public_key

    try:
        content = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefused(
            _("The key {path} cannot be read.").format(path=path),
            _("Give the publisher's public key file, as publisher.pub."),
        ) from error
    return parse_public_key(content)


_ACTIONS: dict[str, Action] = {
    "add": _add,
    "list": _list,
    "remove": _remove,
    "move": _move,
    "accept-key": _accept_key,
    "change-key": _change_key,
    "choose": _choose,
}

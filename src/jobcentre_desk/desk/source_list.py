"""The list of sources: adding one with what must be said about it, and removing one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.workspace_records import SourceEntry
from jobcentre_desk.publishing import trust
from jobcentre_desk.sources.publication_source import check_location
from jobcentre_desk.text import clean
from jobcentre_desk.text import translate as _
from jobcentre_desk.workspace.store import Workspace

LONGEST_NAME = 60
LONGEST_BASIS = 500


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


def remove_source(workspace: Workspace, name: str) -> None:
    """Forget a source; its figures go with the next sync, which needs no network for that, an authority file too.

    The highest release seen of its publisher stays known, so that nobody can bring back an older one.
    """
    workspace.remove_source(name)


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

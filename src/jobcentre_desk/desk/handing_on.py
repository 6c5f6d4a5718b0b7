"""Which publications can be handed on: signed ones that are in use here, with every file kept as it was signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jobcentre_desk.cache.held_releases import HeldRelease, held_release
from jobcentre_desk.cache.snapshot import LoadedSource, Snapshot, open_newest, sources
from jobcentre_desk.desk.publisher_keys import key_ids, trusted_keys
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.publication import Access, Publication
from jobcentre_desk.model.services import SourceKind
from jobcentre_desk.model.workspace_records import SourceEntry
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing.format import read_description
from jobcentre_desk.sources.kept_files import KeptFiles
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n
from jobcentre_desk.workspace.store import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOn:
    """The release in use of one source, as its publisher signed it; `lacking` counts files that are not kept here."""

    source: str
    publication: Publication
    description: bytes
    signature: bytes
    key_id: str
    keys: tuple[str, ...]
    lacking: int

    @property
    def files(self) -> int:
        """How many files the publisher signed: tables, description and signature."""
        return len(self.publication.resources) + 2

    @property
    def bytes(self) -> int:
        """How long they are together."""
        tables = sum(resource.bytes for resource in self.publication.resources)
        return tables + len(self.description) + len(self.signature)

    @property
    def needs_access(self) -> bool:
        """Whether whoever receives it needs access of their own."""
        return self.publication.access is Access.AUTHORITY and not self.publication.demonstration


def what_can_be_handed_on(home: Home, workspace: Workspace) -> tuple[HandedOn, ...]:
    """The publications that can be copied to a stick, in the order of the sources; those lacking files too."""
    newest = open_newest(home, check_hash=False)
    if newest is None:
        return ()
    try:
        loaded = {source.name: source for source in sources(newest)}
        found = (_handed_on(home, newest, entry, loaded.get(entry.name)) for entry in workspace.sources())
        return tuple(handed for handed in found if handed is not None)
    finally:
        newest.close()


def chosen_to_hand_on(home: Home, workspace: Workspace, names: Sequence[str]) -> tuple[HandedOn, ...]:
    """The publications of the sources `names` (all that can be when empty), each with every file kept.

    Raises InputRefused for a source that is none, is not signed, or is not whole here.
    """
    can = {handed.source: handed for handed in what_can_be_handed_on(home, workspace)}
    listed = {entry.name for entry in workspace.sources()}
    for name in names:
        if name not in can:
            raise _not_handed_on(name, known=name in listed)
    chosen = [can[name] for name in dict.fromkeys(names)] or list(can.values())
    if not chosen:
        raise InputRefused(
            _("There is no signed publication here that could be handed on."),
            _("Add a source with its publisher's key and sync first."),
            error_id="nothing_to_hand_on",
        )
    for handed in chosen:
        _require_whole(handed)
    return tuple(chosen)


def _handed_on(home: Home, newest: Snapshot, entry: SourceEntry, loaded: LoadedSource | None) -> HandedOn | None:
    ids = key_ids(entry)
    if entry.kind is not SourceKind.PUBLICATION or loaded is None or loaded.key_id not in ids:
        return None
    held = held_release(newest, entry.name)
    return None if held is None else _of_release(home, entry, held, key_id=loaded.key_id)


def _of_release(home: Home, entry: SourceEntry, held: HeldRelease, *, key_id: str) -> HandedOn:
    publication, kept = read_description(held.description), KeptFiles(home.releases)
    return HandedOn(
        source=entry.name,
        publication=publication,
        description=held.description,
        signature=held.signature,
        key_id=key_id,
        keys=trusted_keys(entry),
        lacking=sum(not kept.holds(resource) for resource in publication.resources),
    )


def _not_handed_on(name: str, *, known: bool) -> InputRefused:
    if not known:
        return InputRefused(
            _("There is no source named {name}.").format(name=name), _("See the names with 'source list'.")
        )
    return InputRefused(
        _("{name} cannot be handed on: only a publication that was fetched and is signed can.").format(name=name),
        _("Sync it first; services, files of your own and unsigned publications stay on this computer."),
        error_id="not_handed_on",
    )


def _require_whole(handed: HandedOn) -> None:
    if handed.lacking:
        words = _n(
            "{n} file of {name} is not kept on this computer.",
            "{n} files of {name} are not kept on this computer.",
            handed.lacking,
        )
        raise InputRefused(
            words.format(n=handed.lacking, name=handed.source),
            _("Sync once more with the network first, then copy again."),
            error_id="files_lacking",
        )

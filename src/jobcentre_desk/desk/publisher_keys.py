"""Which keys speak for the publisher of a source: the one it was added with, and the next one a person confirmed.

A publisher announces its next key in a release signed with the present one. Once confirmed, both sign for the same
publisher and share the highest release ever seen; the first release signed with the next key retires the former.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from jobcentre_desk.cache.publishers import highest_release
from jobcentre_desk.cache.snapshot import LoadedSource, Snapshot, sources
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.workspace_records import SequenceSeen, SourceEntry
from jobcentre_desk.publishing import trust
from jobcentre_desk.text import translate as _
from jobcentre_desk.workspace.store import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyOffer:
    """A publisher's announced next key that nobody confirmed yet; `put_off` when a person was asked already."""

    name: str
    publisher: str
    key_id: str
    next_key: str
    next_key_id: str
    put_off: bool


def trusted_keys(entry: SourceEntry) -> tuple[str, ...]:
    """The key lines a release may be signed with, the present one first; none for a source taken unsigned.

    Without a key only demonstration figures can come in: their key is built in, and good for nothing else.
    """
    if entry.unsigned:
        return ()
    confirmed = (entry.next_key,) if entry.next_key_confirmed_at else ()
    return (entry.key or trust.DEMONSTRATION_KEY, *confirmed)


def key_ids(entry: SourceEntry) -> tuple[str, ...]:
    """The ids of the trusted keys; none for a source taken unsigned."""
    return tuple(trust.key_id(key) for key in trusted_keys(entry))


def highest_seen(
    newest: Snapshot | None, seen: Callable[[str], SequenceSeen | None], ids: Sequence[str]
) -> SequenceSeen | None:
    """The highest release ever seen of a publisher under any of its key ids, in the snapshot or the workspace."""
    found = [kept for kept in map(seen, ids) if kept]
    if newest is not None:
        held = [(key_id, highest_release(newest.connect(), key_id)) for key_id in ids]
        found += [SequenceSeen(key_id=i, sequence=kept[0], description_hash=kept[1]) for i, kept in held if kept]
    return max(found, key=lambda kept: kept.sequence, default=None)


def key_offers(entries: Sequence[SourceEntry], loaded: Sequence[LoadedSource]) -> tuple[KeyOffer, ...]:
    """The next keys announced in releases that were verified with the source's own key, and not confirmed yet."""
    held = {source.name: source for source in loaded}
    offers = (_offer(entry, held[entry.name]) for entry in entries if entry.name in held)
    return tuple(offer for offer in offers if offer is not None)


def accept_next_key(workspace: Workspace, newest: Snapshot | None, name: str, *, next_key_id: str) -> SourceEntry:
    """Keep that the next key of source `name`, compared with its publisher by its id, is the same publisher's.

    The highest release seen goes over to the new key, so that no older one comes in under it. Raises InputRefused
    where no key is announced, or another than the one compared.
    """
    entry = _listed(workspace, name)
    offer = next(iter(key_offers([entry], sources(newest) if newest else [])), None)
    if offer is None:
        raise InputRefused(
            _("The publisher of {name} has announced no next key.").format(name=name),
            _("Run 'sync' first; a key that was confirmed already needs no second confirmation."),
        )
    if next_key_id.strip().upper() != offer.next_key_id:
        raise InputRefused(
            _("The publisher of {name} signs with the key {present} and announces {next} as its next.").format(
                name=name, present=offer.key_id, next=offer.next_key_id
            ),
            _("Compare it with the publisher by phone; if it is the same, confirm with --id {next}.").format(
                next=offer.next_key_id
            ),
        )
    highest = highest_seen(newest, workspace.sequence_seen, key_ids(entry))
    if highest is not None:
        workspace.remember_sequence(replace(highest, key_id=offer.next_key_id))
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    accepted = replace(entry, next_key=offer.next_key, next_key_confirmed_at=now)
    workspace.update_source(accepted)
    return accepted


def put_off_next_key(workspace: Workspace, offer: KeyOffer) -> None:
    """Keep that a person was asked and did not confirm, so that the key is not offered by itself again."""
    entry = _listed(workspace, offer.name)
    workspace.update_source(replace(entry, next_key=offer.next_key, next_key_confirmed_at=""))


def remember_release(workspace: Workspace, name: str, release: SequenceSeen) -> None:
    """Keep a release taken over as the highest of its publisher; one signed with the next key retires the former."""
    entry = next((entry for entry in workspace.sources() if entry.name == name), None)
    ids = key_ids(entry) if entry else ()
    for key_id in dict.fromkeys((release.key_id, *(ids if release.key_id in ids else ()))):
        workspace.remember_sequence(replace(release, key_id=key_id))
    if entry is not None and release.key_id in ids[1:]:
        workspace.update_source(replace(entry, key=entry.next_key, next_key="", next_key_confirmed_at=""))


def _offer(entry: SourceEntry, loaded: LoadedSource) -> KeyOffer | None:
    announced = loaded.next_key
    if not announced or not entry.key or entry.key == trust.DEMONSTRATION_KEY or loaded.key_id not in key_ids(entry):
        return None
    if announced == trust.DEMONSTRATION_KEY or trust.key_id(announced) in key_ids(entry):
        return None
    return KeyOffer(
        name=entry.name,
        publisher=loaded.publisher_name,
        key_id=trust.key_id(entry.key),
        next_key=announced,
        next_key_id=trust.key_id(announced),
        put_off=announced == entry.next_key,
    )


def _listed(workspace: Workspace, name: str) -> SourceEntry:
    entry = next((entry for entry in workspace.sources() if entry.name == name), None)
    if entry is None:
        raise InputRefused(
            _("There is no source named {name}.").format(name=name), _("See the names with 'source list'.")
        )
    return entry

"""The places of sources in their list: as a person moved them, new ones last but before demonstration figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jobcentre_desk.model.services import SourceKind
from jobcentre_desk.model.workspace_records import SourceEntry


def in_order(entries: Iterable[SourceEntry], names: Sequence[str]) -> list[SourceEntry]:
    """The sources in the order of `names`; others by name after them, before the demonstration sources at the end."""
    by_name = {entry.name: entry for entry in entries}
    placed = [by_name.pop(name) for name in names if name in by_name]
    for entry in sorted(by_name.values(), key=lambda entry: entry.name):
        placed.insert(_end_for(entry, placed), entry)
    return placed


def moved(names: Sequence[str], name: str, place: int) -> list[str]:
    """The names with one of them at `place`, counted from 1; a place beyond the ends is the end."""
    others = [other for other in names if other != name]
    others.insert(max(0, place - 1), name)
    return others


def is_demonstration(entry: SourceEntry) -> bool:
    """Whether only demonstration figures can come from the source: their key, or no key at all where one is needed."""
    from jobcentre_desk.publishing.trust import DEMONSTRATION_KEY

    unkeyed = entry.kind is SourceKind.PUBLICATION and not entry.unsigned and not entry.key
    return unkeyed or entry.key == DEMONSTRATION_KEY


def _end_for(entry: SourceEntry, placed: Sequence[SourceEntry]) -> int:
    """Where a source goes that nobody placed: at the end, but before the demonstration sources there."""
    end = len(placed)
    if not is_demonstration(entry):
        while end and is_demonstration(placed[end - 1]):
            end -= 1
    return end

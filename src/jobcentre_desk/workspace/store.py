"""The workspace: what the user made or confirmed, and what must outlive every snapshot."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from functools import cached_property
from typing import TYPE_CHECKING, Any

from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.outcomes import Order, Scope
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.model.services import SourceKind, TableQuery
from jobcentre_desk.model.workspace_records import Note, SavedFilter, SequenceSeen, SourceEntry, StoredProblem
from jobcentre_desk.paths import Home
from jobcentre_desk.text import clean
from jobcentre_desk.text import translate as _
from jobcentre_desk.workspace.dismissed_alerts import DismissedAlerts
from jobcentre_desk.workspace.records import Held, Records
from jobcentre_desk.workspace.source_places import in_order, moved

if TYPE_CHECKING:
    from jobcentre_desk.workspace.municipality_records import MunicipalityRecords

LONGEST_NOTE = 2_000
LONGEST_NOTE_LINE = 500

_SOURCE, _FILTER, _SHORTLIST, _NOTE, _SEQUENCE = "source", "filter", "shortlist", "note", "sequence"
_ORDER, _ORDER_OF_SOURCES = "order", "sources"
_MAPPING = "import_mapping"
_SHARED = "shared_table"


class Workspace:
    """Sources, saved filters, shortlist and notes of one home folder; safe for threads and for two windows at once.

    Every change is on disk twice before the call returns. In a folder that cannot be written everything can be
    read, and a change raises WorkspaceUnusable.
    """

    def __init__(self, home: Home) -> None:
        self._records = Records(home)
        self.dismissed_alerts = DismissedAlerts(self._records)

    @classmethod
    def open(cls, home: Home) -> Workspace:
        """The workspace of `home`, checked and mended; nothing is made before the first change.

        Raises WorkspaceUnusable when a newer program wrote it.
        """
        workspace = cls(home)
        workspace._records.check_and_mend()
        return workspace

    @cached_property
    def municipalities(self) -> MunicipalityRecords:
        """Goals, peer groups and peer variables; brought in when first asked for, as the window opens without them."""
        from jobcentre_desk.workspace.municipality_records import MunicipalityRecords

        return MunicipalityRecords(self._records)

    @property
    def notices(self) -> tuple[str, ...]:
        """What was mended since it was opened, in finished sentences."""
        return tuple(self._records.notices)

    def close(self) -> None:
        """Nothing stays open between two calls; here for those who end with it."""

    def check(self) -> list[StoredProblem]:
        """What does not hold in the workspace and its journal; changes nothing."""
        return [
            StoredProblem(file=path.name, table="records", row=row, reason=reason)
            for path, row, reason in self._records.problems()
        ]

    # Sources

    def sources(self) -> list[SourceEntry]:
        """All sources in their order: the first that publishes a figure is the one it is shown from.

        One that was removed and is added again comes back to its place, unless others were placed in between.
        """
        return _sources_of(self._records)

    def add_source(self, entry: SourceEntry) -> None:
        """Keep a new source, last but before demonstration figures; refuses a name that is taken."""
        with self._records.exclusive() as held:
            if held.get(_SOURCE, entry.name) is not None:
                raise InputRefused(
                    _("There is a source named {name} already.").format(name=entry.name),
                    _("Choose another name, or remove the old one first."),
                )
            order = _order_of(held)
            names = order if entry.name in order else [source.name for source in _sources_of(held)]
            held.put(_SOURCE, entry.name, _source_data(entry))
            _keep_order(held, [source.name for source in in_order(_entries_of(held), names)])

    def move_source(self, name: str, place: int) -> None:
        """Move a source to a place in the order, counted from 1; a place beyond the ends is the end."""
        with self._records.exclusive() as held:
            _require(held, _SOURCE, name, _("There is no source named {name}.").format(name=name))
            _keep_order(held, moved([source.name for source in _sources_of(held)], name, place))

    def update_source(self, entry: SourceEntry) -> None:
        """Write a source anew, as when its publisher's next key was confirmed."""
        with self._records.exclusive() as held:
            _require(held, _SOURCE, entry.name, _("There is no source named {name}.").format(name=entry.name))
            held.put(_SOURCE, entry.name, _source_data(entry))

    def remove_source(self, name: str) -> None:
        """Forget a source; the highest release seen of its publisher stays known."""
        with self._records.exclusive() as held:
            _require(held, _SOURCE, name, _("There is no source named {name}.").format(name=name))
            held.delete(_SOURCE, name)

    def sequence_seen(self, key_id: str) -> SequenceSeen | None:
        """The highest release ever seen of the publisher with this key id."""
        for entry in self._records.all(_SEQUENCE):
            if entry.key == key_id and entry.data:
                return _sequence_of(key_id, entry.data)
        return None

    def remember_sequence(self, seen: SequenceSeen) -> None:
        """Keep a release as seen, unless a higher one was seen already."""
        with self._records.exclusive() as held:
            known = held.get(_SEQUENCE, seen.key_id)
            if known is None or _sequence_of(seen.key_id, known).sequence <= seen.sequence:
                data = {"sequence": seen.sequence, "description_hash": seen.description_hash}
                if data != known:
                    held.put(_SEQUENCE, seen.key_id, data)

    # Mappings of authority files

    def import_mapping(self, layout: str) -> dict[str, Any] | None:
        """What the columns of a file of this layout were said to be the last time; None when none was loaded."""
        return next((entry.data for entry in self._records.all(_MAPPING) if entry.key == layout), None)

    def remember_import_mapping(self, layout: str, data: dict[str, Any]) -> None:
        """Keep what the columns of a file of this layout are."""
        with self._records.exclusive() as held:
            if held.get(_MAPPING, layout) != data:
                held.put(_MAPPING, layout, data)

    # Tables that were shared

    def shared_tables(self) -> list[dict[str, Any]]:
        """The tables that left the program, by filters and quarters, oldest first."""
        return [entry.data for entry in self._records.all(_SHARED) if entry.data]

    def remember_shared_tables(self, tables: dict[str, dict[str, Any]], *, kept_days: int) -> None:
        """Keep shared tables by key, each with its day as "shared_on"; those older than `kept_days` are erased."""
        last_day = (dt.datetime.now(dt.UTC).date() - dt.timedelta(days=kept_days)).isoformat()
        with self._records.exclusive() as held:
            old = [entry.key for entry in held.all(_SHARED) if str((entry.data or {}).get("shared_on")) < last_day]
            for gone in old:
                held.delete(_SHARED, gone)
            held.put_all(_SHARED, tables)

    def forget_shared_tables(self) -> None:
        """Erase every shared table; what is shared later is then no longer held against them."""
        with self._records.exclusive() as held:
            for entry in held.all(_SHARED):
                held.delete(_SHARED, entry.key)

    # Saved filters

    def saved_filters(self) -> list[SavedFilter]:
        """All saved filters, by name."""
        filters = [_filter_of(entry.data or {}) for entry in self._records.all(_FILTER)]
        return sorted(filters, key=lambda saved: saved.name.casefold())

    def save_filter(self, saved: SavedFilter) -> None:
        """Keep a filter under its name; one of the same name is replaced."""
        name = _name(saved.name)
        with self._records.exclusive() as held:
            held.put(_FILTER, _filter_key(held, name) or uuid.uuid4().hex, _filter_data(name, saved.scope))

    def rename_filter(self, old: str, new: str) -> None:
        """Give a saved filter another name; refuses a name that is taken."""
        name = _name(new)
        with self._records.exclusive() as held:
            key = _filter_key(held, old)
            data = held.get(_FILTER, key) if key else None
            if key is None or data is None:
                raise _no_filter(old)
            if _filter_key(held, name) not in {None, key}:
                raise InputRefused(
                    _("There is a saved filter named {name} already.").format(name=name), _("Choose another name.")
                )
            held.put(_FILTER, key, data | {"name": name})

    def delete_filter(self, name: str) -> None:
        """Erase a saved filter."""
        with self._records.exclusive() as held:
            key = _filter_key(held, name)
            if key is None:
                raise _no_filter(name)
            held.delete(_FILTER, key)

    # Shortlist

    def shortlist(self) -> list[str]:
        """CVR numbers on the shortlist, in the order they were added."""
        return [entry.key for entry in self._records.all(_SHORTLIST)]

    def add_to_shortlist(self, cvr: str) -> None:
        """Put an employer on the shortlist; one that is there stays where it is."""
        with self._records.exclusive() as held:
            if held.get(_SHORTLIST, cvr) is None:
                held.put(_SHORTLIST, cvr, {"added_at": _now()})

    def remove_from_shortlist(self, cvr: str) -> None:
        """Take an employer off the shortlist."""
        with self._records.exclusive() as held:
            held.delete(_SHORTLIST, cvr)

    # Notes

    def notes(self, cvr: str) -> list[Note]:
        """The notes on one employer, newest first."""
        return [note for note in self.all_notes() if note.cvr == cvr]

    def all_notes(self) -> list[Note]:
        """All notes, newest first."""
        notes = [_note_of(entry.key, entry.data or {}) for entry in self._records.all(_NOTE)]
        return sorted(notes, key=lambda note: note.written_at, reverse=True)

    def write_note(self, cvr: str, text: str) -> Note:
        """Keep a new note on an employer; gives it as kept (cleaned, at most 2,000 characters)."""
        note = Note(id=uuid.uuid4().hex, cvr=cvr, text=_note_text(text), written_at=_now())
        with self._records.exclusive() as held:
            held.put(_NOTE, note.id, _note_data(note))
        return note

    def change_note(self, note_id: str, text: str) -> Note:
        """Replace the text of a note; it keeps the time it was first written."""
        with self._records.exclusive() as held:
            data = _require(held, _NOTE, note_id, _("This note is no longer there."))
            note = dataclasses.replace(_note_of(note_id, data), text=_note_text(text))
            held.put(_NOTE, note_id, _note_data(note))
        return note

    def delete_note(self, note_id: str) -> None:
        """Erase a note with every former text of it."""
        with self._records.exclusive() as held:
            held.delete(_NOTE, note_id)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")


def _require(held: Held, kind: str, key: str, message: str) -> dict[str, Any]:
    data = held.get(kind, key)
    if data is None:
        raise InputRefused(message, _("It may have been removed in another window."))
    return data


def _entries_of(records: Records | Held) -> list[SourceEntry]:
    return [_source_of(entry.key, entry.data or {}) for entry in records.all(_SOURCE)]


def _order_of(records: Records | Held) -> list[str]:
    """The names of sources as they were last placed, also of some that were removed since."""
    kept = next((entry.data for entry in records.all(_ORDER) if entry.key == _ORDER_OF_SOURCES), None)
    return [str(name) for name in (kept or {}).get("names", ())]


def _sources_of(records: Records | Held) -> list[SourceEntry]:
    return in_order(_entries_of(records), _order_of(records))


def _keep_order(held: Held, names: list[str]) -> None:
    """Write the order down, unless it is down already or there is only one source."""
    if len(names) > 1 and names != [name for name in _order_of(held) if name in names]:
        held.put(_ORDER, _ORDER_OF_SOURCES, {"names": names})


def _name(name: str) -> str:
    cleaned = clean(name)
    if not cleaned:
        raise InputRefused(_("The filter has no name."), _("Give it a name."))
    return cleaned


def _no_filter(name: str) -> InputRefused:
    return InputRefused(
        _("There is no saved filter named {name}.").format(name=name), _("It may have been removed in another window.")
    )


def _filter_key(held: Held, name: str) -> str | None:
    return next((entry.key for entry in held.all(_FILTER) if (entry.data or {}).get("name") == name), None)


def _filter_data(name: str, scope: Scope) -> dict[str, Any]:
    data = dataclasses.asdict(scope)
    for end in ("first", "last"):
        data[end] = str(getattr(scope, end)) if getattr(scope, end) else None
    return {
        "name": name,
        "scope": {key: list(value) if isinstance(value, tuple) else value for key, value in data.items()},
    }


def _filter_of(data: dict[str, Any]) -> SavedFilter:
    """The filter as kept; keys of a newer program are passed over, missing ones have their default."""
    kept = data.get("scope") or {}
    fields: dict[str, Any] = {}
    for field in dataclasses.fields(Scope):
        if field.name in kept:
            value = kept[field.name]
            fields[field.name] = tuple(value) if isinstance(value, list) else value
    for end in ("first", "last"):
        fields[end] = Quarter.parse(kept[end]) if kept.get(end) else None
    fields["order"] = Order(kept.get("order", Order.FAIR))
    return SavedFilter(name=str(data.get("name", "")), scope=Scope(**fields))


def _source_data(entry: SourceEntry) -> dict[str, Any]:
    data = dataclasses.asdict(entry)
    del data["name"]
    return data


def _source_of(name: str, data: dict[str, Any]) -> SourceEntry:
    known = {field.name for field in dataclasses.fields(SourceEntry)} - {"queries"}
    values = {key: value for key, value in data.items() if key in known}
    values["kind"] = SourceKind(values.get("kind", SourceKind.PUBLICATION))
    return SourceEntry(name=name, queries=tuple(map(_query_of, data.get("queries", ()))), **values)


def _query_of(data: dict[str, Any]) -> TableQuery:
    dimensions = tuple((dimension, tuple(levels)) for dimension, levels in data["dimensions"])
    return TableQuery(**{**data, "measures": tuple(data["measures"]), "dimensions": dimensions})


def _sequence_of(key_id: str, data: dict[str, Any]) -> SequenceSeen:
    return SequenceSeen(key_id=key_id, sequence=data["sequence"], description_hash=data["description_hash"])


def _note_data(note: Note) -> dict[str, Any]:
    return {"cvr": note.cvr, "text": note.text, "written_at": note.written_at}


def _note_of(note_id: str, data: dict[str, Any]) -> Note:
    return Note(id=note_id, cvr=data["cvr"], text=data["text"], written_at=data["written_at"])


def _note_text(text: str) -> str:
    lines = [clean(line, longest=LONGEST_NOTE_LINE) for line in text.splitlines()]
    cleaned = "\n".join(lines).strip()[:LONGEST_NOTE]
    if not cleaned:
        raise InputRefused(_("The note is empty."), _("Write something about the employer first."))
    return cleaned

"""The journal of the workspace: one line of JSON for each change, forced to disk before anything else is written.

Each line carries a hash of its own content, so that a damaged line is told from a sound one. The journal is
append-only between deletions; a deletion writes it anew without the lines of what was deleted.
"""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jobcentre_desk.files import sync_folder, write_atomically

JOURNAL_VERSION = 1

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change: the record `key` of `kind` became `data` (None = deleted). `number` grows with each change."""

    number: int
    kind: str
    key: str
    data: dict[str, Any] | None

    @property
    def identity(self) -> Key:
        """What tells this record from all others."""
        return (self.kind, self.key)

    def content(self) -> dict[str, Any]:
        """What a line of the journal says, but for its hash."""
        return {"v": JOURNAL_VERSION, "n": self.number, "kind": self.kind, "key": self.key, "data": self.data}

    def hash(self) -> str:
        """SHA-256 of the content; the same in the journal and in the database."""
        return _hash_of(self.content())


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalContent:
    """What a journal holds: sound entries and the numbers of damaged lines.

    `torn` = an unfinished last line, which nobody was told of; `version` is the newest that a line names.
    """

    entries: tuple[Entry, ...]
    damaged: tuple[int, ...]
    torn: bool
    version: int


def read_journal(path: Path) -> JournalContent:
    """Read every line of the journal; an absent one is empty. Raises OSError."""
    raw = path.read_bytes() if path.exists() else b""
    whole, newline, rest = raw.rpartition(b"\n")
    entries: list[Entry] = []
    damaged: list[int] = []
    version = JOURNAL_VERSION
    for number, line in enumerate(whole.split(b"\n") if newline else (), start=1):
        entry, line_version = _parse(line)
        version = max(version, line_version)
        if entry is None:
            damaged.append(number)
        else:
            entries.append(entry)
    return JournalContent(
        entries=tuple(entries),
        damaged=tuple(damaged),
        torn=bool(rest),
        version=version,
    )


def append_entry(path: Path, entry: Entry) -> int:
    """Add one line and force it to disk; gives the size of the journal after it.

    When the line cannot be written whole (full disk), what was written of it is taken back and OSError raised.
    """
    is_new = not path.exists()
    with path.open("ab", buffering=0) as file:
        before = file.seek(0, os.SEEK_END)
        try:
            after = before + _write_whole(file, _line(entry))
            os.fsync(file.fileno())
        except OSError:
            file.truncate(before)
            raise
    if is_new:
        sync_folder(path.parent)
    return after


def write_journal(path: Path, entries: Iterable[Entry]) -> int:
    """Write the whole journal anew, by rename; gives its size in bytes."""
    content = b"".join(_line(entry) for entry in entries)
    write_atomically(path, content)
    return len(content)


def latest(*histories: Iterable[Entry]) -> dict[Key, Entry]:
    """The newest entry of each record over several histories, deletions included."""
    found: dict[Key, Entry] = {}
    for history in histories:
        for entry in history:
            known = found.get(entry.identity)
            if known is None or entry.number >= known.number:
                found[entry.identity] = entry
    return found


def _hash_of(content: dict[str, Any]) -> str:
    return hashlib.sha256(_canonical(content)).hexdigest()


def _canonical(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode()


def _line(entry: Entry) -> bytes:
    return _canonical(entry.content() | {"hash": entry.hash()}) + b"\n"


def _write_whole(file: io.FileIO, content: bytes) -> int:
    written = file.write(content)
    if written != len(content):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    return written


def _parse(line: bytes) -> tuple[Entry | None, int]:
    """The entry of a line and its format version; None when the line is damaged or of a newer program.

    Whatever later versions add, the hash covers all other keys: a damaged line never looks like a newer one.
    """
    try:
        content = json.loads(line)
    except ValueError:
        return None, 0
    if not isinstance(content, dict) or content.pop("hash", None) != _hash_of(content):
        return None, 0
    version = content.get("v")
    if version != JOURNAL_VERSION:
        return None, version if isinstance(version, int) else 0
    return _entry_of(content), JOURNAL_VERSION


def _entry_of(content: dict[str, Any]) -> Entry | None:
    number, kind, key, data = (content.get(name) for name in ("n", "kind", "key", "data"))
    if not (isinstance(number, int) and isinstance(kind, str) and isinstance(key, str)):
        return None
    if not (data is None or isinstance(data, dict)):
        return None
    return Entry(number=number, kind=kind, key=key, data=data)

"""The workspace database: the newest state of each record, with a hash per row to find damage by."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jobcentre_desk.errors import WorkspaceUnusable
from jobcentre_desk.text import translate as _
from jobcentre_desk.workspace.journal import Entry
from jobcentre_desk.workspace.migrations import WORKSPACE_VERSION

BUSY_SECONDS = 10.0
HIGHEST_BELIEVABLE_VERSION = 1_000
_HEADER = b"SQLite format 3\0"
_DAMAGE_CODES = {
    sqlite3.SQLITE_ERROR,  # a table or column that should be there is not
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_FORMAT,
    sqlite3.SQLITE_MISMATCH,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseContent:
    """What a database holds: sound records, keys of damaged rows, and how far it had read the journal.

    `complete` = no row is missing, by the hash over the hashes of all rows.
    """

    entries: tuple[Entry, ...] = ()
    damaged: tuple[str, ...] = ()
    last_number: int = 0
    journal_bytes: int = 0
    complete: bool = True

    @property
    def sound(self) -> bool:
        """Whether every row is there and as it was written."""
        return self.complete and not self.damaged


class DatabaseDamaged(Exception):
    """The file is no database, names no believable version, or cannot be read through."""


class DatabaseOlder(Exception):
    """An older program wrote the file; it can be brought up."""


def read_database(path: Path, *, mode: str) -> DatabaseContent:
    """The content of the database; empty when there is no file. `mode` is "ro", or "rw" by whoever holds the lock.

    Raises DatabaseDamaged, DatabaseOlder, WorkspaceUnusable for a newer file, and sqlite3.Error when the file
    cannot be opened just now (busy; or, read-only, when an interrupted change must be taken back first).
    """
    if not path.exists():
        return DatabaseContent()
    _check_header(path)
    try:
        with connected(path, mode=mode) as connection:
            if version_of(connection) < WORKSPACE_VERSION:
                raise DatabaseOlder
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise DatabaseDamaged
            return _read_records(connection)
    except UnicodeDecodeError as error:  # SQLite names what it cannot parse, and the name is damaged too
        raise DatabaseDamaged from error
    except sqlite3.Error as error:
        if _is_damage(error):
            raise DatabaseDamaged from error
        raise


@contextmanager
def connected(path: Path, *, mode: str) -> Iterator[sqlite3.Connection]:
    """Open the database with `mode` "ro", "rw" or "rwc" and close it again; what is deleted is overwritten.

    Autocommit; a transaction begins with BEGIN IMMEDIATE.
    """
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS)
    try:
        connection.isolation_level = None
        if mode != "ro":
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA synchronous = EXTRA")
            connection.execute("PRAGMA secure_delete = ON")
        yield connection
    finally:
        connection.close()


def version_of(connection: sqlite3.Connection) -> int:
    """The version of the file; raises WorkspaceUnusable when a newer program wrote it, DatabaseDamaged below 1."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if not 0 < version <= HIGHEST_BELIEVABLE_VERSION:
        raise DatabaseDamaged
    refuse_newer(version)
    return int(version)


def refuse_newer(version: int, ours: int = WORKSPACE_VERSION) -> None:
    """Raise WorkspaceUnusable, naming both versions, when `version` is newer than `ours`."""
    if version > ours:
        raise WorkspaceUnusable(
            _(
                "The workspace was written by a newer program: it has version {theirs}, this program knows {ours}."
            ).format(theirs=version, ours=ours),
            _("Use the newer program; nothing was changed."),
        )


def apply_entries(connection: sqlite3.Connection, entries: Iterable[Entry], *, journal_bytes: int) -> None:
    """Take `entries` over in one transaction and note that the journal is read up to `journal_bytes`."""
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        for entry in entries:
            _apply(connection, entry)
            connection.execute("UPDATE journal_read SET last_number = max(last_number, ?)", (entry.number,))
        rows_hash = _hash_over(row_hash for (row_hash,) in connection.execute("SELECT hash FROM records"))
        connection.execute("UPDATE journal_read SET bytes = ?, rows_hash = ?", (journal_bytes, rows_hash))


def _read_records(connection: sqlite3.Connection) -> DatabaseContent:
    state = connection.execute("SELECT last_number, bytes, rows_hash FROM journal_read").fetchone()
    if state is None:
        raise DatabaseDamaged
    rows = connection.execute("SELECT kind, key, number, data, hash FROM records ORDER BY number").fetchall()
    entries = [_entry_of(row) for row in rows]
    return DatabaseContent(
        entries=tuple(entry for entry in entries if entry is not None),
        damaged=tuple(str(row[1]) for row, entry in zip(rows, entries, strict=True) if entry is None),
        last_number=state[0],
        journal_bytes=state[1],
        complete=state[2] == _hash_over(str(row[4]) for row in rows),
    )


def _apply(connection: sqlite3.Connection, entry: Entry) -> None:
    if entry.data is None:
        connection.execute("DELETE FROM records WHERE kind = ? AND key = ?", entry.identity)
        return
    data = json.dumps(entry.data, ensure_ascii=False, sort_keys=True)
    connection.execute(
        "INSERT INTO records VALUES (?, ?, ?, ?, ?) ON CONFLICT (kind, key)"
        " DO UPDATE SET number = excluded.number, data = excluded.data, hash = excluded.hash",
        (entry.kind, entry.key, entry.number, data, entry.hash()),
    )


def _hash_over(row_hashes: Iterable[str]) -> str:
    return hashlib.sha256("".join(sorted(row_hashes)).encode()).hexdigest()


def _entry_of(row: tuple[str, str, int, str, str]) -> Entry | None:
    kind, key, number, data, row_hash = row
    try:
        entry = Entry(number=number, kind=kind, key=key, data=json.loads(data))
    except ValueError:
        return None
    return entry if entry.hash() == row_hash else None


def _check_header(path: Path) -> None:
    """A flipped bit in the file format bytes would make SQLite call a sound folder read-only."""
    with path.open("rb") as file:
        header = file.read(20)
    if header[:16] != _HEADER or header[18:] != b"\1\1":
        raise DatabaseDamaged


def _is_damage(error: sqlite3.Error) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return code is None or code == sqlite3.SQLITE_IOERR_SHORT_READ or code & 0xFF in _DAMAGE_CODES

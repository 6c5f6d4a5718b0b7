"""Snapshots: finding the newest whole one, opening it read-only, setting damaged ones aside."""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import sys
import threading
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from jobcentre_desk.cache.schema import SCHEMA_VERSION
from jobcentre_desk.cache.snapshot_lock import delete_unless_read, hold_for_reading
from jobcentre_desk.errors import SnapshotUnusable
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.model.services import SourceKind
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

SNAPSHOT_NAME = re.compile(r"snap-(\d{8})-([0-9a-f]{64})\.db")
BUILDING_SUFFIX = ".building"
DAMAGED_SUFFIX = ".damaged"
SNAPSHOTS_KEPT = 2
HASH_CHUNK_BYTES = 1 << 22
HEADER_BYTES = 100
USER_VERSION_AT = slice(60, 64)
SQLITE_MAGIC = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedSource:
    """A source as this snapshot holds it: the release, what it allows, and when it was taken over."""

    id: int
    name: str
    location: str
    key_id: str
    publisher: str
    publisher_name: str
    sequence: int
    released: str
    next_release: str | None
    stale_after: str | None
    definitions_version: str
    known_through: Quarter | None
    access: str
    minimum_count: int
    share_minimum_count: int
    demonstration: bool
    unsigned: bool
    sole_proprietors: bool
    outcome_window: int
    next_key: str | None
    etag: str
    synced_at: str
    holds_outcomes: bool
    kind: SourceKind = SourceKind.PUBLICATION

    @property
    def own_file(self) -> bool:
        """Whether it is an authority's file loaded on this computer, which nobody needs to sign."""
        return self.kind is SourceKind.AUTHORITY_FILE


class SnapshotDamaged(SnapshotUnusable):
    """The newest snapshot turned out damaged while the next one was built from it: set it aside and begin again."""


class Snapshot:
    """One snapshot, open for reading from any thread; nobody deletes it before `close()`."""

    def __init__(self, path: Path, *, number: int) -> None:
        self.path = path
        self.number = number
        self._held = hold_for_reading(path)
        self._connections: dict[int, sqlite3.Connection] = {}
        self._lock = threading.Lock()

    def connect(self) -> sqlite3.Connection:
        """The read-only connection of this thread."""
        with self._lock:
            thread = threading.get_ident()
            if thread not in self._connections:
                self._connections[thread] = open_read_only(self.path)
            return self._connections[thread]

    def close(self) -> None:
        """Close every connection and let the file go."""
        with self._lock:
            for connection in self._connections.values():
                connection.close()
            self._connections.clear()
            if self._held >= 0:
                os.close(self._held)
                self._held = -1


def snapshot_uri(path: str) -> str:
    """The URI that opens the file with this full path read-only and immutable.

    `# % ?` are quoted; a share of Windows keeps its server (`file:////server/share`), a drive its letter.
    """
    name = path.replace("\\", "/") if sys.platform == "win32" or path.startswith("\\\\") else path
    if name.startswith("//"):
        name = f"//{name}"
    elif not name.startswith("/"):
        name = f"/{name}"
    return f"file:{quote(name, safe='/:')}?mode=ro&immutable=1"


def open_read_only(path: Path) -> sqlite3.Connection:
    """A connection that can change nothing and takes no lock."""
    return sqlite3.connect(snapshot_uri(str(path.absolute())), uri=True, check_same_thread=False)


def open_newest(home: Home, *, check_hash: bool = True) -> Snapshot | None:
    """The snapshot with the highest number whose SHA-256 is the one in its name; None when there is none.

    A damaged one is set aside, never deleted. Without `check_hash` the file is trusted for now and its hash is to be
    checked behind the window. Raises SnapshotUnusable for a snapshot of a newer program.
    """
    for path in snapshot_files(home):
        with suppress(FileNotFoundError):  # another process tidied up between the listing and the opening
            snapshot = _open_whole(path, check_hash=check_hash)
            if snapshot is not None:
                return snapshot
    return None


def snapshot_files(home: Home) -> list[Path]:
    """The named snapshots of a home, newest first."""
    if not home.snapshots.is_dir():
        return []
    return sorted((path for path in home.snapshots.iterdir() if SNAPSHOT_NAME.fullmatch(path.name)), reverse=True)


def damaged_files(home: Home) -> list[Path]:
    """The snapshots of a home that were set aside as damaged, newest first."""
    if not home.snapshots.is_dir():
        return []
    found = (path for path in home.snapshots.iterdir() if path.name.endswith(DAMAGED_SUFFIX))
    return sorted((path for path in found if number_of(path)), reverse=True)


def number_of(path: Path) -> int:
    """The number in a snapshot's name, also of one set aside; 0 for another file."""
    match = SNAPSHOT_NAME.fullmatch(path.name.removesuffix(DAMAGED_SUFFIX))
    return int(match[1]) if match else 0


def is_whole(path: Path, *, task: Task | None = None) -> bool:
    """Whether the file's SHA-256 is the one in its name."""
    match = SNAPSHOT_NAME.fullmatch(path.name)
    return match is not None and sha256_of(path, task=task) == match[2]


def sha256_of(path: Path, *, task: Task | None = None) -> str:
    """The SHA-256 of a file (0.8 ms a megabyte), stopping when the task is cancelled."""
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(HASH_CHUNK_BYTES):
            digest.update(chunk)
            if task is not None:
                task.stop_if_cancelled()
    return digest.hexdigest()


def set_aside(path: Path) -> Path:
    """Rename a damaged snapshot so that no start takes it; where the system refuses, it stays and is passed over."""
    aside = path.with_name(path.name + DAMAGED_SUFFIX)
    try:
        path.replace(aside)
    except OSError:
        return path
    return aside


def tidy(home: Home) -> None:
    """Remove what a killed sync left, and snapshots older than the last two that nobody reads.

    Only for the holder of `snapshot_lock.sync_lock`: an unfinished snapshot may be another process's work.
    """
    for path in leftover_files(home):
        with suppress(OSError):
            path.unlink()
    for path in snapshot_files(home)[SNAPSHOTS_KEPT:]:
        delete_unless_read(path)


def leftover_files(home: Home) -> list[Path]:
    """Unfinished snapshots that no running sync owns any more (to be asked by the holder of the sync lock)."""
    if not home.snapshots.is_dir():
        return []
    return sorted(path for path in home.snapshots.iterdir() if BUILDING_SUFFIX in path.name)


def sources(snapshot: Snapshot) -> list[LoadedSource]:
    """The sources of a snapshot in the order they were added."""
    return read_sources(snapshot.connect())


def read_sources(connection: sqlite3.Connection) -> list[LoadedSource]:
    """The sources of an open snapshot; one of the first version knows publications alone."""
    told = connection.execute("SELECT 1 FROM pragma_table_info('sources') WHERE name = 'kind'").fetchone()
    kind = "kind" if told else "'publication'"
    rows = connection.execute(
        "SELECT id, name, location, key_id, publisher, publisher_name, sequence, released, next_release, stale_after,"  # noqa: S608 - one of two words of ours
        " definitions_version, known_through, access, minimum_count, share_minimum_count, demonstration, unsigned,"
        " sole_proprietors, outcome_window, next_key, coalesce(etag, ''), synced_at,"
        " EXISTS (SELECT 1 FROM files WHERE files.source = sources.id AND files.tbl = 'outcomes'),"
        f" {kind} FROM sources ORDER BY id"
    )
    return [_loaded_source(row) for row in rows]


def _loaded_source(row: tuple[object, ...]) -> LoadedSource:
    names = list(LoadedSource.__dataclass_fields__)
    values: dict[str, object] = dict(zip(names, row, strict=True))
    known = values["known_through"]
    values["known_through"] = Quarter(known) if isinstance(known, int) else None
    for flag in ("demonstration", "unsigned", "sole_proprietors", "holds_outcomes"):
        values[flag] = bool(values[flag])
    values["kind"] = SourceKind(str(values["kind"]))
    return LoadedSource(**values)  # type: ignore[arg-type]


def _open_whole(path: Path, *, check_hash: bool) -> Snapshot | None:
    suspect = check_hash or _user_version(path) != SCHEMA_VERSION or not _answers(path)
    if suspect and not is_whole(path):
        set_aside(path)
        return None
    return open_snapshot(path)


def open_snapshot(path: Path) -> Snapshot:
    """Open a snapshot whose hash holds; raises SnapshotUnusable for one that a newer program wrote."""
    version = _user_version(path)
    if version is not None and version > SCHEMA_VERSION:
        raise from_the_future(path, version)
    return Snapshot(path, number=number_of(path))


def from_the_future(path: Path, version: int) -> SnapshotUnusable:
    """The polite refusal of a snapshot that a newer program wrote."""
    return SnapshotUnusable(
        _("The figures in {file} were written by a newer program (format {theirs}; this one reads {ours}).").format(
            file=path.name, theirs=version, ours=SCHEMA_VERSION
        ),
        _("Start the newer program, or choose another folder with --home; nothing was changed."),
        error_id="snapshot_newer",
    )


def _answers(path: Path) -> bool:
    """Whether SQLite can read the sources, as far as that tells without the hash."""
    try:
        with closing(open_read_only(path)) as connection:
            connection.execute("SELECT count(*) FROM sources").fetchone()
    except sqlite3.DatabaseError:
        return False
    return True


def is_current(path: Path) -> bool:
    """Whether a snapshot has the tables of today, not those of an older program."""
    return _user_version(path) == SCHEMA_VERSION


def _user_version(path: Path) -> int | None:
    """`PRAGMA user_version` straight from the header, before SQLite touches the file; None when it is no database."""
    with path.open("rb") as file:
        header = file.read(HEADER_BYTES)
    if len(header) < HEADER_BYTES or not header.startswith(SQLITE_MAGIC):
        return None
    return int.from_bytes(header[USER_VERSION_AT], "big")

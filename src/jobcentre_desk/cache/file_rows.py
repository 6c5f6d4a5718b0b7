"""The files of each release as the snapshot remembers them: what it holds already, and what it must still read."""

from __future__ import annotations

import csv
import gzip
import io
import sqlite3
from dataclasses import dataclass

from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.model.publication import CODE_LISTS, Publication, Resource

KEPT_BODIES = frozenset({*CODE_LISTS, "employers"})
"""Tables whose compressed file stays in the snapshot, to be compared with the next one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file of a release as the snapshot remembers it."""

    name: str
    table: str
    quarter: Quarter | None
    hash: str


def stored_files(connection: sqlite3.Connection, source: int) -> dict[str, StoredFile]:
    """The files of a source by name."""
    rows = connection.execute("SELECT name, tbl, quarter, hash FROM files WHERE source = ?", (source,))
    return {
        name: StoredFile(name=name, table=table, quarter=None if quarter is None else Quarter(quarter), hash=digest)
        for name, table, quarter, digest in rows
    }


def needed_resources(connection: sqlite3.Connection, name: str, publication: Publication) -> list[Resource]:
    """The files of a release that the snapshot does not hold yet.

    A quarter whose outcomes became known, or whose masking changed, is read again even when its file stayed the same:
    its empty cells mean something else now, and the rules for them differ.
    """
    row = connection.execute("SELECT id, known_through, minimum_count FROM sources WHERE name = ?", (name,)).fetchone()
    if row is None:
        return list(publication.resources)
    source, known_before, minimum_before = row
    stored = stored_files(connection, source)
    known = publication.outcomes_known_through
    known_now = known.index if known else None

    def holds(resource: Resource) -> bool:
        former = stored.get(resource.name)
        if former is None or former.hash != resource.hash or resource.quarter is None:
            return former is not None and former.hash == resource.hash
        same_meaning = _is_known(resource.quarter, known_now) == _is_known(resource.quarter, known_before)
        return same_meaning and publication.minimum_count == minimum_before

    return [resource for resource in publication.resources if not holds(resource)]


def _is_known(quarter: Quarter, known_through: int | None) -> bool:
    return known_through is not None and quarter.index <= known_through


def put_file(connection: sqlite3.Connection, source: int, resource: Resource, *, rows: int, gz_bytes: bytes) -> None:
    """Remember a file as taken over."""
    forget_file(connection, source, resource.name)
    connection.execute(
        "INSERT INTO files (source, path, name, tbl, quarter, hash, content_hash, bytes, rows, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            source,
            resource.path,
            resource.name,
            resource.table,
            resource.quarter.index if resource.quarter else None,
            resource.hash,
            resource.content_hash,
            resource.bytes,
            rows,
            gz_bytes if resource.table in KEPT_BODIES else None,
        ),
    )


def forget_file(connection: sqlite3.Connection, source: int, name: str) -> None:
    """Forget a file that was replaced or is no longer published."""
    connection.execute("DELETE FROM files WHERE source = ? AND name = ?", (source, name))


def read_body(connection: sqlite3.Connection, source: int, name: str) -> bytes:
    """The table a kept file held, b"" when there is none."""
    row = connection.execute("SELECT body FROM files WHERE source = ? AND name = ?", (source, name)).fetchone()
    return gzip.decompress(row[0]) if row and row[0] else b""


def listed_codes(connection: sqlite3.Connection) -> dict[str, set[str]]:
    """The codes of each list over all sources, from the files they brought (they were checked when they came)."""
    found: dict[str, set[str]] = {table: set() for table in CODE_LISTS}
    for (source,) in connection.execute("SELECT DISTINCT source FROM files WHERE body IS NOT NULL").fetchall():
        for table, codes in codes_of(connection, source).items():
            found[table] |= codes
    return found


def codes_of(connection: sqlite3.Connection, source: int) -> dict[str, set[str]]:
    """The codes of each list that one source brought."""
    found: dict[str, set[str]] = {table: set() for table in CODE_LISTS}
    for table, codes in found.items():
        body = read_body(connection, source, table)
        if body:
            rows = csv.reader(io.StringIO(body.decode(), newline=""))
            next(rows)
            codes.update(row[0] for row in rows)
    return found

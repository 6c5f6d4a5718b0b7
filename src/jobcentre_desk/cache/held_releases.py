"""The releases that snapshots were built from: their exact descriptions, signatures, and the hashes of their files."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass

from jobcentre_desk.cache.snapshot import Snapshot, open_read_only, snapshot_files
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.model.publication import Resource
from jobcentre_desk.paths import Home

SIGNED_HASHES = (
    "SELECT DISTINCT files.hash FROM files JOIN sources ON sources.id = files.source WHERE sources.key_id != ''"
)


@dataclass(frozen=True, slots=True)
class HeldRelease:
    """The bytes that a source's publisher signed, and the signature."""

    description: bytes
    signature: bytes


def held_release(snapshot: Snapshot, name: str) -> HeldRelease | None:
    """The release of a source as it was taken over; None when the snapshot holds none that was signed."""
    query = "SELECT description, signature FROM sources WHERE name = ? AND key_id != ''"
    row = snapshot.connect().execute(query, (name,)).fetchone()
    return None if row is None else HeldRelease(bytes(row[0]), bytes(row[1]))


def held_resources(snapshot: Snapshot, name: str) -> list[Resource]:
    """The files of a source's signed release as the snapshot took them over; none for another source."""
    rows = snapshot.connect().execute(
        "SELECT files.name, path, tbl, bytes, hash, content_hash, quarter FROM files"
        " JOIN sources ON sources.id = files.source WHERE sources.name = ? AND sources.key_id != ''",
        (name,),
    )
    return [
        Resource(
            name=each,
            path=path,
            table=table,
            bytes=length,
            hash=digest,
            content_hash=content,
            quarter=None if quarter is None else Quarter(quarter),
        )
        for each, path, table, length, digest, content, quarter in rows
    ]


def signed_hashes(home: Home) -> frozenset[str] | None:
    """The hashes of all files of signed releases in the snapshots of a home; None when one of them cannot tell."""
    found: set[str] = set()
    for path in snapshot_files(home):
        try:
            with closing(open_read_only(path)) as connection:
                found.update(digest for (digest,) in connection.execute(SIGNED_HASHES))
        except sqlite3.DatabaseError:
            return None
    return frozenset(found)

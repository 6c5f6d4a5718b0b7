"""The highest release a snapshot has seen of each publisher, known by its key id also after its source was removed."""

from __future__ import annotations

import hashlib
import sqlite3

from jobcentre_desk.cache.arrivals import Arrival


def remember_publisher(connection: sqlite3.Connection, arrival: Arrival) -> None:
    """Keep the release as the highest seen of its publisher (a key id); an unsigned one has no identity to keep."""
    if arrival.key_id:
        connection.execute(
            "INSERT INTO publishers (key_id, sequence, description_hash) VALUES (?, ?, ?)"
            " ON CONFLICT (key_id) DO UPDATE SET sequence = excluded.sequence,"
            " description_hash = excluded.description_hash WHERE excluded.sequence >= sequence",
            (arrival.key_id, arrival.publication.sequence, description_hash(arrival.description)),
        )


def highest_release(connection: sqlite3.Connection, key_id: str) -> tuple[int, str] | None:
    """The highest sequence this snapshot has seen of a publisher, and the SHA-256 of its description."""
    row = connection.execute("SELECT sequence, description_hash FROM publishers WHERE key_id = ?", (key_id,)).fetchone()
    return None if row is None else (row[0], row[1])


def read_description_of(connection: sqlite3.Connection, name: str) -> bytes:
    """The exact bytes of the description a source was loaded from, b"" when it is not loaded."""
    row = connection.execute("SELECT description FROM sources WHERE name = ?", (name,)).fetchone()
    return b"" if row is None else bytes(row[0])


def description_hash(description: bytes) -> str:
    """The SHA-256 of a description, by which two releases of one sequence are told apart."""
    return hashlib.sha256(description).hexdigest()

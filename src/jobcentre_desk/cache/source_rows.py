"""The sources of a snapshot as rows: putting one in, taking one out, and the highest release seen of each publisher."""

from __future__ import annotations

import datetime as dt
import sqlite3

from jobcentre_desk.cache.arrivals import Arrival
from jobcentre_desk.cache.file_rows import listed_codes, read_body
from jobcentre_desk.cache.schema import employer_ids_of_source, outcome_ids_of_source
from jobcentre_desk.cache.small_tables import SOURCE_TABLES, drop_codes, put_codes
from jobcentre_desk.model.publication import CODE_LISTS
from jobcentre_desk.model.services import SourceKind
from jobcentre_desk.publishing.read_tables import read_small_table

DERIVED_TABLES = ("blocks", "employer_blocks", "priors", "first_page")
"""Tables of what follows from the rows of outcomes and employers."""

SERVICE_TABLES = ("answers", "queries", "revisions", "problems", "breaks")

_COLUMNS = (
    "name", "location", "key_id", "publisher", "publisher_name", "sequence", "released", "next_release",
    "stale_after", "definitions_version", "known_through", "access", "minimum_count", "share_minimum_count",
    "demonstration", "unsigned", "sole_proprietors", "outcome_window", "next_key", "etag", "description",
    "signature", "synced_at", "kind",
)  # fmt: skip


def put_source(connection: sqlite3.Connection, arrival: Arrival) -> int:
    """Write the release's own facts; gives the id of the source, which stays the same from release to release."""
    publication = arrival.publication
    known = publication.outcomes_known_through
    values = (
        arrival.name, arrival.location, arrival.key_id, publication.publisher, publication.publisher_name,
        publication.sequence, publication.released, publication.next_release, publication.stale_after,
        publication.definitions_version, known.index if known else None, publication.access.value,
        publication.minimum_count, publication.share_minimum_count, publication.demonstration,
        not arrival.key_id, arrival.sole_proprietors, publication.outcome_window, publication.next_key, arrival.etag,
        arrival.description, arrival.signature, dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        arrival.kind.value,
    )  # fmt: skip
    updates = ", ".join(f"{column} = excluded.{column}" for column in _COLUMNS)
    connection.execute(
        f"INSERT INTO sources ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608 - our names
        f" ON CONFLICT (name) DO UPDATE SET {updates}",
        values,
    )
    source: int = connection.execute("SELECT id FROM sources WHERE name = ?", (arrival.name,)).fetchone()[0]
    return source


def source_ids(connection: sqlite3.Connection) -> dict[str, int]:
    """The ids of the sources of a snapshot by name."""
    return dict(connection.execute("SELECT name, id FROM sources").fetchall())


def kind_of(connection: sqlite3.Connection, name: str) -> SourceKind | None:
    """The kind of a source; None when there is none of that name."""
    row = connection.execute("SELECT kind FROM sources WHERE name = ?", (name,)).fetchone()
    return None if row is None else SourceKind(row[0])


def remove_source(connection: sqlite3.Connection, name: str) -> None:
    """Take out a source with all its rows and nothing of others; the highest release seen of its publisher stays."""
    row = connection.execute("SELECT id FROM sources WHERE name = ?", (name,)).fetchone()
    if row is None:
        return
    source: int = row[0]
    connection.execute("DELETE FROM outcomes WHERE id >= ? AND id < ?", outcome_ids_of_source(source))
    connection.execute("DELETE FROM employers WHERE id >= ? AND id < ?", employer_ids_of_source(source))
    for table in (*SOURCE_TABLES, *DERIVED_TABLES, *SERVICE_TABLES, "files", "changes"):
        connection.execute(f"DELETE FROM {table} WHERE source = ?", (source,))  # noqa: S608 - our own names
    connection.execute("DELETE FROM sources WHERE id = ?", (source,))
    _merge_code_lists(connection)


def _merge_code_lists(connection: sqlite3.Connection) -> None:
    """Write the lists of the sources that are left anew, and drop the codes that were the removed source's alone.

    Those of services come first, so that the words of a publication for a code stand.
    """
    left = connection.execute(
        "SELECT f.source, f.tbl FROM files f JOIN sources s ON s.id = f.source WHERE f.body IS NOT NULL"
        " ORDER BY s.kind NOT IN ('jobindsats', 'statbank'), f.source"
    ).fetchall()
    for source, table in left:
        if table in CODE_LISTS:
            rows, _problems = read_small_table(table, read_body(connection, source, table), file=table)
            put_codes(connection, table, rows)
    listed = listed_codes(connection)
    for table in CODE_LISTS:
        drop_codes(connection, table, listed[table])

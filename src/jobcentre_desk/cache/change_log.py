"""What each sync changed, kept in the snapshot: rows by table and quarter, and definitions old beside new."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from jobcentre_desk.cache.arrivals import ReleaseChanges, RowCounts
from jobcentre_desk.cache.snapshot import Snapshot
from jobcentre_desk.model.periods import Quarter

ROWS_NEW, ROWS_CHANGED, ROWS_GONE, DEFINITION = "new", "changed", "gone", "definition"

_Row = tuple[str, str, str, str, str | None, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of the log.

    `kind` is `new`, `changed` or `gone` with the number of rows in `new` (and the quarter of outcomes in `key`), or
    `definition` with the measure in `key`, its column, and the words before and after.
    """

    source: str
    sequence: int
    synced_at: str
    table: str
    kind: str
    key: str
    column: str
    old: str | None
    new: str | None


def log_changes(connection: sqlite3.Connection, source: int, sequence: int, changes: ReleaseChanges) -> None:
    """Write what a release changed."""
    at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    connection.executemany(
        "INSERT INTO changes (source, sequence, synced_at, tbl, kind, key, column_name, old, new)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((source, sequence, at, *row) for row in _log_rows(changes)),
    )


def read_changes(snapshot: Snapshot) -> tuple[Change, ...]:
    """The whole log, newest release first."""
    rows = snapshot.connect().execute(
        "SELECT s.name, c.sequence, c.synced_at, c.tbl, c.kind, c.key, c.column_name, c.old, c.new"
        " FROM changes c JOIN sources s ON s.id = c.source ORDER BY c.synced_at DESC, c.sequence DESC, c.id"
    )
    names = list(Change.__dataclass_fields__)
    return tuple(Change(**dict(zip(names, row, strict=True))) for row in rows)


def _log_rows(changes: ReleaseChanges) -> Iterator[_Row]:
    for table, counts in changes.tables.items():
        if table != "outcomes":
            yield from _count_rows(table, "", counts)
    for quarter, counts in sorted(changes.quarters.items()):
        yield from _count_rows("outcomes", str(Quarter(quarter)), counts)
    for change in changes.definitions:
        yield ("measures", DEFINITION, change.measure, change.column, change.old, change.new)


def _count_rows(table: str, key: str, counts: RowCounts) -> Iterator[_Row]:
    for kind, count in ((ROWS_NEW, counts.new), (ROWS_CHANGED, counts.changed), (ROWS_GONE, counts.gone)):
        if count:
            yield (table, kind, key, "", None, str(count))

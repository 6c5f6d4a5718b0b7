"""The steps that bring the workspace database from one version to the next, append-only.

`PRAGMA user_version` counts the steps taken. A database of an older program is brought up on a copy, which then
takes its place. The steps are plain functions in a tuple: `sqlite_utils.Migrations` would add 0.4 s to the first
note of a day, as importing it brings in pandas.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable


def create_records(connection: sqlite3.Connection) -> None:
    """Version 1: one row for each record with the hash of its journal entry, and how far the journal is read."""
    connection.execute(
        "CREATE TABLE records (kind TEXT NOT NULL, key TEXT NOT NULL, number INTEGER NOT NULL, data TEXT NOT NULL,"
        " hash TEXT NOT NULL, PRIMARY KEY (kind, key)) STRICT"
    )
    connection.execute(
        "CREATE TABLE journal_read (id INTEGER PRIMARY KEY CHECK (id = 1), last_number INTEGER NOT NULL,"
        " bytes INTEGER NOT NULL, rows_hash TEXT NOT NULL) STRICT"
    )
    connection.execute("INSERT INTO journal_read VALUES (1, 0, 0, '')")


STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (create_records,)
WORKSPACE_VERSION = len(STEPS)


def migrate(connection: sqlite3.Connection) -> None:
    """Take the steps this database has not taken yet, all or none; the caller hands in a copy or an empty one."""
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        for step in STEPS[version:]:
            step(connection)
        connection.execute(f"PRAGMA user_version = {WORKSPACE_VERSION}")

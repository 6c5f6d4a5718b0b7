"""The steps from an empty file to the tables of today, in order; a step once released is never changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from jobcentre_desk.cache.schema import SCHEMA, SERVICES

if TYPE_CHECKING:
    from sqlite_utils import Database

Step = Callable[["Database"], None]
NAME_OF_SET = "snapshot"


def m001_first_tables(database: Database) -> None:
    """All tables of the first version."""
    _run(database, SCHEMA)


def m002_services(database: Database) -> None:
    """Where a figure was read, what was revised, what could not be used, and breaks in series."""
    _run(database, SERVICES)


STEPS: tuple[Step, ...] = (m001_first_tables, m002_services)


def _run(database: Database, script: str) -> None:
    for statement in script.split(";\n"):
        if statement.strip():
            database.execute(statement)


def migrate(connection: sqlite3.Connection, steps: Sequence[Step] = STEPS) -> None:
    """Bring the copy of a snapshot (or an empty file) to the tables of today; `user_version` counts the steps."""
    done: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if done >= len(steps):
        return
    from sqlite_utils import Database, Migrations

    migrations = Migrations(NAME_OF_SET)
    for step in steps:
        migrations(name=step.__name__)(step)
    migrations.apply(Database(connection))
    connection.execute(f"PRAGMA user_version = {len(steps)}")

"""The steps from an empty file to the tables of today, in order; a step once released is never changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from jobcentre_desk.cache.schema import EMPLOYER_ID_FACTOR, OUTCOMES_PER_SOURCE, SCHEMA, SERVICES, outcome_ids_of_source

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


def m003_outcomes_per_source(database: Database) -> None:
    """Outcomes, employers and what follows from them belong to a source: the one that brought them so far."""
    database.execute("DROP VIEW outcomes_readable")
    for table in _FORMER:
        database.execute(f"ALTER TABLE {table} RENAME TO former_{table}")
    _run(database, OUTCOMES_PER_SOURCE)
    owner = _owner_of_outcomes(database)
    for table, columns in _FORMER.items():
        if owner is not None:
            _move_rows(database, table, columns, owner)
        database.execute(f"DROP TABLE former_{table}")
    if owner is not None:
        database.execute("UPDATE outcomes SET id = id + ?", (outcome_ids_of_source(owner)[0],))
        database.execute("DELETE FROM files WHERE tbl = 'employers' AND source <> ?", (owner,))


STEPS: tuple[Step, ...] = (m001_first_tables, m002_services, m003_outcomes_per_source)


def _owner_of_outcomes(database: Database) -> int | None:
    """The source that the outcomes of a snapshot of version 2 came from; None when it has neither these nor employers.

    A source that withdrew its outcomes is known by its employers, and one that withdrew those too by being alone.
    """
    row = database.execute(
        "SELECT s.id FROM sources s LEFT JOIN files f ON f.source = s.id AND f.tbl IN ('outcomes', 'employers')"
        " WHERE EXISTS (SELECT 1 FROM former_employers) OR EXISTS (SELECT 1 FROM outcomes)"
        " ORDER BY f.tbl DESC, s.access, s.id LIMIT 1"
    ).fetchone()
    return None if row is None else int(row[0])


_FORMER = {
    "employers": f"?1 * {EMPLOYER_ID_FACTOR} + id, ?1, cvr, name, branch, municipality, size_band, sole_proprietor,"
    " advertising_protected, listed",
    "employer_blocks": "?1, name, data",
    "priors": "?1, window, level_code, alpha, beta, employers, capped",
    "first_page": "?1, data",
    "blocks": "?1, quarter, name, data",
}
"""Tables of version 2 that had no source, with what their rows become; small ones first, so that room is used again."""


def _move_rows(database: Database, table: str, columns: str, owner: int) -> None:
    """Give all rows of a table to a source; blocks go a quarter at a time, so that the file never holds them twice."""
    insert = f"INSERT INTO {table} SELECT {columns} FROM former_{table}"  # noqa: S608 - our own names
    if table != "blocks":
        database.execute(insert, (owner,))
        return
    for (quarter,) in database.execute("SELECT DISTINCT quarter FROM former_blocks ORDER BY quarter").fetchall():
        database.execute(f"{insert} WHERE quarter = ?2", (owner, quarter))
        database.execute("DELETE FROM former_blocks WHERE quarter = ?", (quarter,))


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

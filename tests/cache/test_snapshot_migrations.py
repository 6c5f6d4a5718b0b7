"""Steps from one form of the snapshot to the next: in order, once, counted in the file itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlite_utils import Database

from jobcentre_desk.cache import migrations
from jobcentre_desk.cache.migrations import STEPS, migrate
from jobcentre_desk.cache.schema import SCHEMA, SCHEMA_VERSION


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}


def test_every_step_of_the_module_is_in_the_list_in_order() -> None:
    steps = sorted(name for name in vars(migrations) if name[:1] == "m" and name[1:4].isdigit())
    assert [step.__name__ for step in STEPS] == steps
    assert len(STEPS) == SCHEMA_VERSION


def test_an_empty_file_gets_the_tables_of_the_schema() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection)
        with closing(sqlite3.connect(":memory:")) as plain:
            plain.executescript(SCHEMA)
            assert _tables(plain) <= _tables(connection)
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


def test_an_older_file_gets_only_the_steps_it_lacks() -> None:
    def add_colour(database: Database) -> None:
        database.execute("ALTER TABLE sources ADD COLUMN colour TEXT")

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection)
        connection.execute("INSERT INTO publishers (key_id, sequence, description_hash) VALUES ('A', 1, '')")
        migrate(connection, (*STEPS, add_colour))
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION + 1,)
        assert "colour" in {row[1] for row in connection.execute("PRAGMA table_info(sources)")}
        assert connection.execute("SELECT count(*) FROM publishers").fetchone() == (1,)


def test_a_step_that_fails_leaves_the_file_at_its_version() -> None:
    def fail(database: Database) -> None:
        database.execute("ALTER TABLE sources ADD COLUMN colour TEXT")
        database.execute("SELECT nothing FROM nowhere")

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection)
        with pytest.raises(sqlite3.OperationalError):
            migrate(connection, (*STEPS, fail))
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert "colour" not in {row[1] for row in connection.execute("PRAGMA table_info(sources)")}

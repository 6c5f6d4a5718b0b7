"""Each version of the workspace database can be brought up to the present one."""

from __future__ import annotations

import sqlite3

import pytest

from jobcentre_desk.workspace.migrations import STEPS, WORKSPACE_VERSION, migrate


def _schema(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    return connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


@pytest.mark.parametrize("version", range(len(STEPS) + 1))
def test_a_database_of_any_version_ends_as_a_new_one_is_made(version: int) -> None:
    new, old = (sqlite3.connect(":memory:", isolation_level=None) for _ in range(2))
    migrate(new)
    for step in STEPS[:version]:
        step(old)
    old.execute(f"PRAGMA user_version = {version}")
    migrate(old)
    assert _schema(old) == _schema(new)
    assert old.execute("PRAGMA user_version").fetchone() == (WORKSPACE_VERSION,)
    new.close()
    old.close()


def test_a_step_that_fails_leaves_the_version_as_it_was() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE records (other TEXT)")
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection)
    assert connection.execute("PRAGMA user_version").fetchone() == (0,)
    connection.close()

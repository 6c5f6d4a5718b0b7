"""Figures that an older program wrote: a copy of them with the tables of today is opened, the old file stays."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from tests.builders.former_snapshots import PLAIN_NUMBERS, put_former_snapshot

from jobcentre_desk.cache.schema import SCHEMA_VERSION
from jobcentre_desk.cache.snapshot import Snapshot, open_newest, snapshot_files
from jobcentre_desk.cache.snapshot_lock import sync_lock
from jobcentre_desk.cache.upgrade import open_current
from jobcentre_desk.desk.check import check
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.find import find_employers, rows
from jobcentre_desk.desk.first_page import read_first_page, ready_page
from jobcentre_desk.errors import SnapshotUnusable
from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task

FORMER = (1, 2)


def opened(home: Home) -> Snapshot:
    """The newest snapshot, which there is."""
    snapshot = open_current(home)
    assert snapshot is not None
    return snapshot


@pytest.mark.parametrize("version", FORMER)
def test_an_older_snapshot_is_opened_as_a_copy_with_the_tables_of_today(home: Home, version: int) -> None:
    older = put_former_snapshot(home, version)
    content = older.read_bytes()
    snapshot = opened(home)
    assert snapshot.number == 2
    assert snapshot.connect().execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    snapshot.close()
    assert older.read_bytes() == content
    assert snapshot_files(home) == [snapshot.path, older]
    assert check(home, repair=False, task=Task()).ok
    again = opened(home)
    assert again.path == snapshot.path
    again.close()


@pytest.mark.parametrize("version", FORMER)
def test_its_outcomes_belong_to_the_source_that_brought_them(home: Home, version: int) -> None:
    put_former_snapshot(home, version)
    snapshot = opened(home)
    figures = Figures.open(snapshot)
    assert [source.name for source in figures.outcome_sources] == ["north"]
    assert figures.outcome_source is not None
    assert figures.outcome_source.id == 2
    found = find_employers(figures, Scope())
    assert {row.cvr: (row.counts.completed, row.counts.jobs) for row in rows(figures, found, 0, 9)} == PLAIN_NUMBERS
    readable = snapshot.connect().execute(
        "SELECT source, cvr, sum(completed) FROM outcomes_readable GROUP BY 1, 2 ORDER BY 2"
    )
    assert readable.fetchall() == [("north", cvr, completed) for cvr, (completed, _jobs) in PLAIN_NUMBERS.items()]
    page = read_first_page(snapshot, 2)
    assert page is not None
    assert (page.total, page) == (found.total, ready_page(snapshot))
    snapshot.close()


def test_there_is_no_ready_page_before_it_is_brought_up_to_date(home: Home) -> None:
    put_former_snapshot(home, 2)
    older = open_newest(home)
    assert older is not None
    assert ready_page(older) is None
    older.close()


@pytest.mark.parametrize("version", FORMER)
def test_figures_without_outcomes_are_brought_up_to_date_too(home: Home, version: int) -> None:
    put_former_snapshot(home, version, outcomes=False)
    snapshot = opened(home)
    assert Figures.open(snapshot).outcome_source is None
    assert snapshot.connect().execute("SELECT count(*) FROM employers").fetchone() == (0,)
    snapshot.close()


def test_employers_that_are_listed_no_more_stay_with_the_authority(home: Home) -> None:
    put_former_snapshot(home, 2, withdrawn=True)
    snapshot = opened(home)
    employers = snapshot.connect().execute("SELECT id, source, listed FROM employers ORDER BY id").fetchall()
    assert employers == [(2_000_000_001, 2, 0), (2_000_000_002, 2, 0)]
    assert Figures.open(snapshot).outcome_source is None
    snapshot.close()


def test_a_damaged_older_snapshot_is_set_aside(home: Home) -> None:
    older = put_former_snapshot(home, 2)
    older.write_bytes(older.read_bytes()[:-1] + b"x")
    assert open_current(home) is None
    assert older.with_name(older.name + ".damaged").exists()


def test_where_nothing_can_be_written_the_cause_is_told(home: Home) -> None:
    older = put_former_snapshot(home, 2)
    (home.root / "sync.lock").mkdir()
    with pytest.raises(SnapshotUnusable) as refusal:
        open_current(home)
    assert "older program" in refusal.value.message
    assert str(home.root) in refusal.value.message
    assert "--home" in refusal.value.hint
    assert snapshot_files(home) == [older]


def test_two_starts_at_once_bring_it_up_to_date_once(home: Home) -> None:
    put_former_snapshot(home, 2)
    with sync_lock(home):
        waiting = threading.Thread(target=lambda: opened(home).close())
        waiting.start()
        time.sleep(0.25)
    opened(home).close()
    waiting.join(10)
    assert len(snapshot_files(home)) == 2


def test_a_snapshot_of_today_is_opened_as_it_is(home: Home) -> None:
    put_former_snapshot(home, SCHEMA_VERSION, outcomes=False)
    snapshot = opened(home)
    assert snapshot.number == 1
    snapshot.close()
    assert open_current(Home(home.root / "nothing")) is None


def sha256_of(path: Path) -> str:
    """The hash a snapshot is named for."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_copy_has_the_hash_of_its_name(home: Home) -> None:
    put_former_snapshot(home, 1)
    snapshot = opened(home)
    snapshot.close()
    assert sha256_of(snapshot.path) in snapshot.path.name
    with closing(sqlite3.connect(snapshot.path)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    assert not [name for name in tables if name.startswith("former_")]

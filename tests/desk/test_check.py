"""Checking what is kept: damage of any kind is found, and what can be mended is."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.builders.signed_publication import Publisher
from tests.builders.synced_home import SyncedHome

from jobcentre_desk.cache.snapshot import snapshot_files
from jobcentre_desk.cache.snapshot_lock import sync_lock
from jobcentre_desk.desk.check import CheckResult, check
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task


@pytest.fixture
def synced(tmp_path: Path, home: Home) -> SyncedHome:
    publisher = Publisher.new()
    publisher.write(tmp_path / "publication")
    synced = SyncedHome.at(home)
    synced.add(tmp_path / "publication", publisher.key)
    assert synced.sync().result == "new"
    return synced


def _check(synced: SyncedHome, *, repair: bool = False) -> CheckResult:
    return check(synced.home, repair=repair, task=Task())


def _rewrite(path: Path, statement: str) -> Path:
    """Change a snapshot from inside and give it the name that fits: damage that no hash shows."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(statement)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return path.rename(path.with_name(f"snap-00000001-{digest}.db"))


def test_a_home_that_is_well_has_no_problems(synced: SyncedHome) -> None:
    assert _check(synced) == CheckResult(ok=True, problems=())


def test_an_empty_home_is_well(home: Home) -> None:
    assert check(home, repair=False, task=Task()).ok
    assert check(home, repair=True, task=Task()).ok


@pytest.mark.parametrize("place", [10, 30_000, -1])
def test_a_flipped_bit_is_found_named_and_set_aside(synced: SyncedHome, place: int) -> None:
    path = snapshot_files(synced.home)[0]
    content = bytearray(path.read_bytes())
    content[place] ^= 4
    path.write_bytes(content)
    found = _check(synced)
    assert not found.ok
    assert [problem.file for problem in found.problems] == [path.name]
    assert _check(synced, repair=True).ok
    assert path.with_name(path.name + ".damaged").read_bytes() == content
    assert synced.sync().result == "new"


CHANGES: dict[str, tuple[str, Callable[[CheckResult], bool]]] = {
    "a count": ("UPDATE outcomes SET completed = completed + 1 WHERE started = 3", lambda result: result.ok),
    "a block": ("UPDATE blocks SET data = zeroblob(length(data)) WHERE name = 'outcome'", lambda result: result.ok),
    "a lost block": ("DELETE FROM blocks WHERE name = 'employer_rows'", lambda result: result.ok),
    "an employer": ("UPDATE employer_blocks SET data = zeroblob(length(data))", lambda result: result.ok),
    "a code": ("UPDATE outcomes SET branch = 99 WHERE started = 3", lambda result: not result.ok),
    "a branch": ("DELETE FROM branches WHERE code = 'H'", lambda result: not result.ok),
    "a row": ("DELETE FROM outcomes WHERE started = 3", lambda result: not result.ok),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_does_not_agree_inside_is_found(synced: SyncedHome, name: str) -> None:
    statement, expected_after_repair = CHANGES[name]
    _rewrite(snapshot_files(synced.home)[0], statement)
    assert not _check(synced).ok
    assert expected_after_repair(_check(synced, repair=True))


@pytest.mark.parametrize("repair", [False, True])
def test_what_a_killed_sync_left_is_swept_up_and_no_problem(synced: SyncedHome, *, repair: bool) -> None:
    left = synced.home.snapshots / "next-99999.building"
    left.write_bytes(b"half")
    assert _check(synced, repair=repair).ok
    assert not left.exists()


def test_the_unfinished_snapshot_of_a_sync_at_work_is_left_alone(synced: SyncedHome) -> None:
    building = synced.home.snapshots / "next-99999.building"
    building.write_bytes(b"half")
    with sync_lock(synced.home):
        assert _check(synced).ok
    assert building.exists()


def test_a_snapshot_of_a_newer_program_is_told_and_left_alone(synced: SyncedHome) -> None:
    path = _rewrite(snapshot_files(synced.home)[0], "PRAGMA user_version = 9")
    before = path.read_bytes()
    found = _check(synced)
    assert "9" in found.problems[0].reason
    assert path.read_bytes() == before


def test_damage_in_the_workspace_is_told(synced: SyncedHome) -> None:
    synced.home.journal.write_text("not a line\n", encoding="utf-8")
    assert not _check(synced).ok
    assert _check(synced, repair=True).ok
    assert [entry.name for entry in synced.workspace.sources()] == ["north"]

"""Snapshots on disk: names, hashes, damage, the future, and what a start tidies up."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from jobcentre_desk.cache.migrations import migrate
from jobcentre_desk.cache.schema import SCHEMA_VERSION
from jobcentre_desk.cache.snapshot import (
    DAMAGED_SUFFIX,
    open_newest,
    open_read_only,
    snapshot_files,
    snapshot_uri,
    tidy,
)
from jobcentre_desk.cache.snapshot_lock import sync_lock
from jobcentre_desk.errors import FileUnwritable, SnapshotUnusable
from jobcentre_desk.paths import Home


def put_snapshot(home: Home, number: int, *, version: int = SCHEMA_VERSION) -> Path:
    """A whole snapshot without figures."""
    home.snapshots.mkdir(parents=True, exist_ok=True)
    draft = home.snapshots / "draft"
    with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
        migrate(connection)
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("INSERT INTO publishers (key_id, sequence, description_hash) VALUES ('A', ?, '')", (number,))
    digest = hashlib.sha256(draft.read_bytes()).hexdigest()
    return draft.rename(home.snapshots / f"snap-{number:08d}-{digest}.db")


def flip(path: Path, place: int) -> None:
    """Turn one bit round."""
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def newest_number(home: Home) -> int | None:
    """The number of the snapshot that a start takes."""
    snapshot = open_newest(home)
    if snapshot is None:
        return None
    snapshot.close()
    return snapshot.number


def test_an_empty_home_has_no_snapshot(home: Home) -> None:
    assert open_newest(home) is None


def test_the_highest_number_is_taken(home: Home) -> None:
    for number in (1, 3, 2):
        put_snapshot(home, number)
    assert newest_number(home) == 3


@pytest.mark.parametrize("place", [0, 20, 61, 99, 5000, -1])
def test_a_flipped_bit_is_found_and_the_former_snapshot_taken(home: Home, place: int) -> None:
    put_snapshot(home, 1)
    damaged = put_snapshot(home, 2)
    content = damaged.read_bytes()
    flip(damaged, place)
    assert newest_number(home) == 1
    aside = damaged.with_name(damaged.name + DAMAGED_SUFFIX)
    assert len(aside.read_bytes()) == len(content)


@pytest.mark.parametrize("length", [0, 50, 100, 4096])
def test_a_cut_off_file_is_set_aside(home: Home, length: int) -> None:
    damaged = put_snapshot(home, 1)
    damaged.write_bytes(damaged.read_bytes()[:length])
    assert open_newest(home, check_hash=False) is None or length == 4096
    assert newest_number(home) is None
    assert damaged.with_name(damaged.name + DAMAGED_SUFFIX).exists()


def test_a_snapshot_of_a_newer_program_is_refused_with_both_versions_and_left_alone(home: Home) -> None:
    put_snapshot(home, 1)
    future = put_snapshot(home, 2, version=SCHEMA_VERSION + 6)
    before = future.read_bytes()
    for check_hash in (True, False):
        with pytest.raises(SnapshotUnusable) as refusal:
            open_newest(home, check_hash=check_hash)
        assert str(SCHEMA_VERSION + 6) in refusal.value.message
        assert str(SCHEMA_VERSION) in refusal.value.message
    assert future.read_bytes() == before


@pytest.mark.parametrize("folder", ["plain", "a#b", "50%", "who?", "æøå Ł", "two words", "%41"])
def test_a_snapshot_opens_wherever_it_lies(tmp_path: Path, folder: str) -> None:
    home = Home(tmp_path / folder)
    put_snapshot(home, 7)
    snapshot = open_newest(home)
    assert snapshot is not None
    assert snapshot.connect().execute("SELECT sequence FROM publishers").fetchall() == [(7,)]
    snapshot.close()
    assert [path.name for path in home.snapshots.iterdir()] == [snapshot.path.name]


def test_a_share_of_windows_keeps_its_server_in_the_uri() -> None:
    wanted = "file:////server/figures/a%23b%3F.db?mode=ro&immutable=1"
    assert snapshot_uri("\\\\server\\figures\\a#b?.db") == wanted
    assert snapshot_uri("C:/two words/50%.db") == "file:/C:/two%20words/50%25.db?mode=ro&immutable=1"


def test_nothing_can_be_written_through_an_open_snapshot(home: Home) -> None:
    with closing(open_read_only(put_snapshot(home, 1))) as connection, pytest.raises(sqlite3.OperationalError):
        connection.execute("DELETE FROM publishers")


def test_the_last_two_are_kept_and_none_that_is_read(home: Home) -> None:
    for number in (1, 2):
        put_snapshot(home, number)
    reader = open_newest(home)
    assert reader is not None
    for number in (3, 4, 5):
        put_snapshot(home, number)
    (home.snapshots / "next-123.building").write_bytes(b"half")
    tidy(home)
    assert [path.name[5:13] for path in snapshot_files(home)] == ["00000005", "00000004", "00000002"]
    assert reader.connect().execute("SELECT sequence FROM publishers").fetchall() == [(2,)]
    reader.close()
    tidy(home)
    assert len(snapshot_files(home)) == 2
    assert len(list(home.snapshots.iterdir())) == 2


def test_only_one_process_builds_and_a_lock_left_behind_does_not_count(home: Home) -> None:
    home.root.mkdir(parents=True)
    (home.root / "sync.lock").write_bytes(b"")
    with sync_lock(home), pytest.raises(SnapshotUnusable) as refusal, sync_lock(home):
        pass
    assert refusal.value.error_id == "sync_running"
    with sync_lock(home):
        pass


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(FileUnwritable) as refusal, sync_lock(Home(tmp_path / "file" / "home")):
        pass
    assert "file" in refusal.value.message
    assert "--home" in refusal.value.hint


def test_every_thread_has_a_connection_of_its_own(home: Home) -> None:
    from concurrent.futures import ThreadPoolExecutor

    put_snapshot(home, 1)
    snapshot = open_newest(home)
    assert snapshot is not None
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(snapshot.connect).result()
    assert other is not snapshot.connect()
    assert snapshot.connect() is snapshot.connect()
    snapshot.close()

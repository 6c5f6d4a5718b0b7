"""The files of the workspace one by one: the journal's lines, the lock, what is set aside, and why a change failed."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import sqlite3
import sys
from pathlib import Path

import pytest

from jobcentre_desk.errors import InputRefused, WorkspaceUnusable
from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.model.workspace_records import SavedFilter
from jobcentre_desk.paths import Home
from jobcentre_desk.workspace.journal import Entry, append_entry, read_journal
from jobcentre_desk.workspace.setting_aside import copy_journal, erase, move_database, remove_unfinished
from jobcentre_desk.workspace.store import Workspace
from jobcentre_desk.workspace.unwritable import unwritable

NOTE = Entry(number=1, kind="note", key="n1", data={"cvr": "10000009", "text": "ring til Jørgen"})


@pytest.fixture
def root(home: Home) -> Path:
    home.root.mkdir()
    return home.root


# Why a change failed


@pytest.mark.parametrize("code", [errno.EACCES, errno.EPERM, errno.EROFS])
def test_a_folder_without_the_right_to_write_is_called_read_only(code: int, tmp_path: Path) -> None:
    told = unwritable(OSError(code, os.strerror(code)), tmp_path)
    assert "read-only" in str(told)
    assert "--home" in told.hint


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_disk_that_takes_no_more_is_called_full(code: int, tmp_path: Path) -> None:
    assert "is full" in str(unwritable(OSError(code, os.strerror(code)), tmp_path))


def test_any_other_fault_is_told_in_the_words_of_the_system(tmp_path: Path) -> None:
    assert "Input/output error" in str(unwritable(OSError(errno.EIO, "Input/output error"), tmp_path))
    assert "TimeoutError" in str(unwritable(TimeoutError(), tmp_path))
    told = unwritable(sqlite3.OperationalError("database is locked"), tmp_path)
    assert "database is locked" in str(told)
    assert "Close other programs" in told.hint


def test_a_database_the_system_will_not_write_is_called_read_only(tmp_path: Path) -> None:
    path = tmp_path / "read-only.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (a)")
    connection.close()
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    with pytest.raises(sqlite3.OperationalError) as caught:
        connection.execute("INSERT INTO t VALUES (1)")
    connection.close()
    assert "is read-only" in str(unwritable(caught.value, tmp_path))


def test_a_database_that_may_not_grow_is_called_full(tmp_path: Path) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA max_page_count = 2")
    connection.execute("CREATE TABLE t (a)")
    with pytest.raises(sqlite3.OperationalError) as caught:
        connection.execute("INSERT INTO t VALUES (zeroblob(100000))")
    connection.close()
    assert "is full" in str(unwritable(caught.value, tmp_path))


# The journal


def _line(content: object) -> bytes:
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
    assert isinstance(content, dict)
    whole = content | {"hash": hashlib.sha256(canonical).hexdigest()}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True).encode() + b"\n"


@pytest.mark.parametrize(
    "line",
    [
        b"[1, 2]\n",
        b"no json\n",
        _line(NOTE.content() | {"n": "one"}),
        _line(NOTE.content() | {"key": 7}),
        _line(NOTE.content() | {"data": "text"}),
        _line(NOTE.content() | {"v": "two"}),
        _line(NOTE.content()).replace(b"ring", b"RING"),
    ],
)
def test_a_line_that_is_no_record_is_damaged_and_the_lines_around_it_are_read(root: Path, line: bytes) -> None:
    path = root / "journal"
    path.write_bytes(_line(NOTE.content()) + line + _line(NOTE.content() | {"n": 2}))
    journal = read_journal(path)
    assert [entry.number for entry in journal.entries] == [1, 2]
    assert (journal.damaged, journal.torn) == ((2,), False)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files.")
def test_a_line_that_does_not_fit_on_the_disk_is_taken_back_whole(root: Path) -> None:
    import resource

    path = root / "journal"
    before = append_entry(path, NOTE)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (before + 20, hard))
    try:
        with pytest.raises(OSError, match=r"space|large"):
            append_entry(path, NOTE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.stat().st_size == before
    assert read_journal(path).entries == (NOTE,)


def test_a_journal_that_cannot_be_read_is_told_and_nothing_is_made_up(home: Home) -> None:
    Workspace.open(home).write_note("10000009", "before")
    home.journal.unlink()
    home.journal.mkdir()
    with pytest.raises(WorkspaceUnusable, match="cannot be read"):
        Workspace.open(home)


# A change that the database refuses


def test_a_change_the_database_refuses_leaves_no_line_in_the_journal(home: Home) -> None:
    workspace = Workspace.open(home)
    workspace.write_note("10000009", "before")
    journal = home.journal.read_bytes()
    refusal = "CREATE TRIGGER refuse BEFORE INSERT ON records BEGIN SELECT RAISE(ABORT, 'not today'); END"
    with sqlite3.connect(home.workspace) as connection:
        connection.execute(refusal)
    connection.close()
    with pytest.raises(WorkspaceUnusable, match="not today"):
        workspace.write_note("10000009", "after")
    assert home.journal.read_bytes() == journal
    assert [note.text for note in Workspace.open(home).all_notes()] == ["before"]


def test_a_database_without_its_place_in_the_journal_is_made_again(home: Home) -> None:
    Workspace.open(home).write_note("10000009", "kept")
    with sqlite3.connect(home.workspace) as connection:
        connection.execute("DELETE FROM journal_read")
    connection.close()
    workspace = Workspace.open(home)
    assert [note.text for note in workspace.all_notes()] == ["kept"]
    assert "workspace.damaged-1.db" in workspace.notices[0]


@pytest.mark.parametrize("version", [0, 5_000])
def test_a_version_nobody_ever_wrote_is_damage_and_not_the_future(home: Home, version: int) -> None:
    Workspace.open(home).write_note("10000009", "kept")
    with sqlite3.connect(home.workspace) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    assert [note.text for note in Workspace.open(home).all_notes()] == ["kept"]


# Setting aside


def test_nothing_is_set_aside_where_there_is_nothing(home: Home, root: Path) -> None:
    assert (copy_journal(home), move_database(home)) == (None, None)
    assert list(root.iterdir()) == []


def test_each_damaged_file_keeps_a_name_of_its_own(home: Home, root: Path) -> None:
    names = []
    for content in (b"first", b"second"):
        home.workspace.write_bytes(content)
        kept = move_database(home)
        assert kept is not None
        names.append((kept.name, kept.read_bytes()))
    assert names == [("workspace.damaged-1.db", b"first"), ("workspace.damaged-2.db", b"second")]
    home.journal.write_bytes(b"lines")
    kept = copy_journal(home)
    assert kept is not None
    assert (kept.name, home.journal.read_bytes()) == ("workspace.damaged-1.jsonl", b"lines")


def test_an_interrupted_change_goes_with_the_database_it_belongs_to(home: Home, root: Path) -> None:
    home.workspace.write_bytes(b"database")
    (root / "workspace.db-journal").write_bytes(b"to take back")
    assert move_database(home) == root / "workspace.damaged-1.db"
    assert (root / "workspace.damaged-1.db-journal").read_bytes() == b"to take back"
    assert not (root / "workspace.db-journal").exists()


def test_temporary_files_of_a_killed_process_are_swept_up_and_no_others(home: Home, root: Path) -> None:
    for name in (".workspace.db.77.part", ".workspace.jsonl.part123", "workspace.jsonl", "other.part"):
        (root / name).write_bytes(b"")
    remove_unfinished(home)
    assert sorted(path.name for path in root.iterdir()) == ["other.part", "workspace.jsonl"]


def test_erasing_reaches_every_file_set_aside_and_leaves_the_rest_as_it_was(home: Home, root: Path) -> None:
    other = Entry(number=2, kind="note", key="n2", data={"cvr": "10000017", "text": "noget andet"})
    lines = _line(NOTE.content()) + _line(other.content())
    (root / "workspace.damaged-1.jsonl").write_bytes(lines)
    (root / "workspace.damaged-1.db").write_bytes("…ring til Jørgen…noget andet…".encode())
    (root / "workspace.damaged-2.db").write_bytes(b"nothing of it")
    erase(home, [NOTE])
    left = (root / "workspace.damaged-1.jsonl").read_bytes()
    assert len(left) == len(lines)
    assert left.endswith(_line(other.content()))
    assert b"n1" not in left
    assert (root / "workspace.damaged-1.db").read_text(encoding="utf-8").split() == ["…", "…noget", "andet…"]
    assert (root / "workspace.damaged-2.db").read_bytes() == b"nothing of it"


def test_erasing_nothing_touches_no_file(home: Home, root: Path) -> None:
    (root / "workspace.damaged-1.db").write_bytes(b"as it was")
    erase(home, [])
    assert (root / "workspace.damaged-1.db").read_bytes() == b"as it was"


# Saved filters


def test_a_filter_without_a_name_and_a_filter_that_is_gone_are_refused(home: Home) -> None:
    workspace = Workspace.open(home)
    with pytest.raises(InputRefused, match="no name"):
        workspace.save_filter(SavedFilter(name=" \t", scope=Scope()))
    with pytest.raises(InputRefused, match="no saved filter named x"):
        workspace.rename_filter("x", "y")
    with pytest.raises(InputRefused, match="no saved filter named x"):
        workspace.delete_filter("x")


def test_a_filter_takes_no_name_that_is_taken_and_may_keep_its_own(home: Home) -> None:
    workspace = Workspace.open(home)
    for name in ("one", "two"):
        workspace.save_filter(SavedFilter(name=name, scope=Scope(text=name)))
    with pytest.raises(InputRefused, match="already"):
        workspace.rename_filter("one", "two")
    workspace.rename_filter("one", "one")
    assert [(saved.name, saved.scope.text) for saved in workspace.saved_filters()] == [("one", "one"), ("two", "two")]

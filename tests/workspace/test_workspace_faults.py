"""What the workspace survives: damage, a killed process, two windows, a full or read-only disk, a newer file."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobcentre_desk.errors import WorkspaceUnusable
from jobcentre_desk.model.workspace_records import SourceEntry
from jobcentre_desk.paths import Home
from jobcentre_desk.workspace.journal import Entry, append_entry, read_journal, write_journal
from jobcentre_desk.workspace.lock import locked
from jobcentre_desk.workspace.store import Workspace

TEXTS = [f"Note {number}: ring til Jørgen" for number in range(6)]
NOBODY = 65534

WRITER = """
import sys
from pathlib import Path
from jobcentre_desk.paths import Home
from jobcentre_desk.workspace.store import Workspace
workspace = Workspace.open(Home(Path(sys.argv[1])))
for number in range(int(sys.argv[3])):
    workspace.write_note("10000009", f"{sys.argv[2]} {number}")
    print(number, flush=True)
"""


@pytest.fixture
def filled(home: Home) -> Home:
    """A home with six notes, a shortlist and a source."""
    workspace = Workspace.open(home)
    for text in TEXTS:
        workspace.write_note("10000009", text)
    workspace.add_to_shortlist("10000009")
    workspace.add_source(SourceEntry(name="demo", location="/figures", key="RWQ"))
    return home


def _texts(home: Home) -> list[str]:
    return sorted(note.text for note in Workspace.open(home).all_notes())


def test_a_lost_database_is_made_again_from_the_journal(filled: Home) -> None:
    filled.workspace.unlink()
    assert _texts(filled) == TEXTS
    assert Workspace.open(filled).check() == []


def test_a_lost_journal_is_made_again_from_the_database(filled: Home) -> None:
    filled.journal.unlink()
    assert _texts(filled) == TEXTS
    assert len(read_journal(filled.journal).entries) == len(TEXTS) + 2


@pytest.mark.parametrize("damage", ["empty", "half", "noise", "zeroed page"])
def test_a_damaged_database_is_set_aside_and_everything_is_still_there(filled: Home, damage: str) -> None:
    content = bytearray(filled.workspace.read_bytes())
    damaged = {
        "empty": b"",
        "half": bytes(content[: len(content) // 2]),
        "noise": random.Random(1).randbytes(len(content)),
        "zeroed page": bytes(content[:4096]) + b"\0" * 4096 + bytes(content[8192:]),
    }[damage]
    filled.workspace.write_bytes(damaged)
    workspace = Workspace.open(filled)
    assert _texts(filled) == TEXTS
    assert (filled.root / "workspace.damaged-1.db").read_bytes() == damaged
    assert "workspace.damaged-1.db" in workspace.notices[0]
    assert workspace.check() == []


def test_a_row_changed_behind_our_back_is_found_by_its_hash_and_put_right(filled: Home) -> None:
    connection = sqlite3.connect(filled.workspace)
    with connection:
        connection.execute("UPDATE records SET data = replace(data, 'Note 2', 'Nope 2')")
    connection.close()
    assert Workspace(filled).check()[0].reason == "This row does not match its hash."
    assert _texts(filled) == TEXTS


def test_a_row_removed_behind_our_back_is_missed_and_put_back(filled: Home) -> None:
    connection = sqlite3.connect(filled.workspace)
    with connection:
        connection.execute("DELETE FROM records WHERE kind = 'note' AND data LIKE '%Note 3%'")
    connection.close()
    assert [problem.reason for problem in Workspace(filled).check()] == ["Rows of the workspace database are missing."]
    assert _texts(filled) == TEXTS


def test_a_flipped_bit_anywhere_loses_no_note(filled: Home) -> None:
    chance = random.Random(20260201)
    sound = {path: path.read_bytes() for path in (filled.workspace, filled.journal)}
    for path, content in sound.items():
        for _ in range(60):
            _restore(filled, sound)
            flipped = bytearray(content)
            position = chance.randrange(len(content))
            flipped[position] ^= 1 << chance.randrange(8)
            path.write_bytes(bytes(flipped))
            workspace = Workspace.open(filled)
            assert _texts(filled) == TEXTS, (path.name, position)
            workspace.add_to_shortlist("10000017")
            assert workspace.shortlist() == ["10000009", "10000017"]
            assert workspace.check() == []


def _restore(home: Home, sound: dict[Path, bytes]) -> None:
    for path in home.root.iterdir():
        path.unlink()
    for path, content in sound.items():
        path.write_bytes(content)


def test_an_unfinished_last_line_is_dropped_and_the_next_change_goes_on(filled: Home) -> None:
    with filled.journal.open("ab") as file:
        file.write(b'{"v": 1, "n": 99, "kind": "no')
    workspace = Workspace.open(filled)
    assert _texts(filled) == TEXTS
    workspace.write_note("10000009", "afterwards")
    assert not read_journal(filled.journal).torn
    assert read_journal(filled.journal).damaged == ()


def test_a_line_in_the_journal_that_the_database_lacks_is_taken_over(filled: Home) -> None:
    data = {"cvr": "10000017", "text": "just before the power cut", "written_at": "2026-01-01T00:00:00+00:00"}
    append_entry(filled.journal, Entry(number=50, kind="note", key="n50", data=data))
    assert "just before the power cut" in _texts(filled)


def test_a_deleted_note_stays_deleted_when_killed_before_the_database_knew(filled: Home) -> None:
    entries = [entry for entry in read_journal(filled.journal).entries if "Note 1" not in json.dumps(entry.data)]
    gone = next(note for note in Workspace.open(filled).all_notes() if note.text == TEXTS[1])
    write_journal(filled.journal, [*entries, Entry(number=60, kind="note", key=gone.id, data=None)])
    assert TEXTS[1] not in _texts(filled)


def test_deleting_a_note_leaves_no_trace_of_any_text_it_had(filled: Home) -> None:
    workspace = Workspace.open(filled)
    note = workspace.write_note("10000009", "hemmelig æske nummer et")
    workspace.change_note(note.id, "hemmelig æske nummer to")
    filled.workspace.write_bytes(filled.workspace.read_bytes()[:-100])
    shutil.copyfile(filled.journal, filled.root / "workspace.damaged-7.jsonl")
    workspace = Workspace.open(filled)
    assert b"hemmelig" in (filled.root / "workspace.damaged-1.db").read_bytes()
    workspace.delete_note(note.id)
    traces = [path.name for path in filled.root.iterdir() if b"hemmelig" in path.read_bytes()]
    assert traces == []
    assert _texts(filled) == TEXTS


def test_a_plain_copy_of_the_folder_opens(filled: Home, tmp_path: Path) -> None:
    copy = Home(Path(shutil.copytree(filled.root, tmp_path / "copy")))
    assert _texts(copy) == TEXTS


@pytest.mark.parametrize("file", ["workspace.db", "workspace.jsonl"])
def test_a_file_of_a_newer_program_is_refused_with_both_versions_and_left_alone(filled: Home, file: str) -> None:
    if file == "workspace.db":
        connection = sqlite3.connect(filled.workspace)
        connection.execute("PRAGMA user_version = 9")
        connection.close()
    else:
        newer = Entry(number=90, kind="note", key="x", data={}).content() | {"v": 9, "more": 1}
        with filled.journal.open("ab") as journal:
            journal.write(json.dumps(newer | {"hash": _hash_of_line(newer)}, sort_keys=True).encode() + b"\n")
    before = {path: path.read_bytes() for path in filled.root.iterdir()}
    with pytest.raises(WorkspaceUnusable, match=r"version 9.*1"):
        Workspace.open(filled)
    with pytest.raises(WorkspaceUnusable, match=r"version 9.*1"):
        Workspace(filled).add_to_shortlist("10000017")
    assert {path: path.read_bytes() for path in filled.root.iterdir()} == before


def _hash_of_line(content: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def test_two_windows_writing_at_once_lose_nothing(home: Home) -> None:
    writers = [_start_writer(home, name, 12) for name in ("a", "b", "c")]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0]
    for writer in writers:
        writer.stdout.close()  # type: ignore[union-attr]
    assert _texts(home) == sorted(f"{name} {number}" for name in "abc" for number in range(12))
    assert Workspace.open(home).check() == []


def test_threads_writing_at_once_lose_nothing(home: Home) -> None:
    workspace = Workspace.open(home)
    threads = [threading.Thread(target=workspace.write_note, args=("10000009", f"n{number}")) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(workspace.all_notes()) == 8


def test_a_killed_writer_loses_no_acknowledged_note(home: Home) -> None:
    chance = random.Random(3)
    acknowledged: list[str] = []
    for turn in range(6):
        writer = _start_writer(home, f"t{turn}", 100_000)
        assert writer.stdout is not None
        acknowledged += [f"t{turn} {writer.stdout.readline().strip()}" for _ in range(chance.randrange(1, 12))]
        time.sleep(chance.random() * 0.01)
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read()
        writer.wait()
        writer.stdout.close()
        acknowledged += [f"t{turn} {line}" for line in rest.splitlines() if line]
        kept = set(_texts(home))
        assert set(acknowledged) <= kept
        assert Workspace.open(home).check() == []
        assert list(home.root.glob(".workspace*")) == []


def _start_writer(home: Home, name: str, notes: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(home.root), name, str(notes)], stdout=subprocess.PIPE, text=True
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files to test a full disk by.")
def test_a_full_disk_is_told_and_nothing_is_half_written(filled: Home) -> None:
    code = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from jobcentre_desk.errors import WorkspaceUnusable\n"
        "from jobcentre_desk.paths import Home\n"
        "from jobcentre_desk.workspace.store import Workspace\n"
        "workspace = Workspace.open(Home(Path(sys.argv[1])))\n"
        "size = Path(sys.argv[1], 'workspace.jsonl').stat().st_size\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (size + 40, size + 40))\n"
        "try:\n"
        "    workspace.write_note('10000009', 'x' * 300)\n"
        "except WorkspaceUnusable as error:\n"
        "    print(error)\n"
        "print(len(workspace.all_notes()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(filled.root)], capture_output=True, text=True, check=True, timeout=60
    )
    assert "is full" in done.stdout
    assert done.stdout.splitlines()[-1] == "6"
    assert _texts(filled) == TEXTS
    assert not read_journal(filled.journal).torn


@pytest.fixture
def read_only_home() -> Iterator[Home]:
    """A filled home that this process, even as root, may read but not write while the test runs."""
    root = Path(tempfile.mkdtemp())
    home = Home(root / "home")
    workspace = Workspace.open(home)
    for text in TEXTS:
        workspace.write_note("10000009", text)
    for path in (root, home.root):
        path.chmod(0o555)
    for path in home.root.iterdir():
        path.chmod(0o444)
    former = os.geteuid()
    if former == 0:
        os.seteuid(NOBODY)
    try:
        yield home
    finally:
        if former == 0:
            os.seteuid(0)
        for path in (root, home.root):
            path.chmod(0o755)
        shutil.rmtree(root)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights of folders in another way.")
def test_a_read_only_folder_can_be_read_and_says_why_it_cannot_be_changed(read_only_home: Home) -> None:
    workspace = Workspace.open(read_only_home)
    assert len(workspace.all_notes()) == 6
    with pytest.raises(WorkspaceUnusable, match="read-only"):
        workspace.write_note("10000009", "new")
    assert len(workspace.all_notes()) == 6


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights of folders in another way.")
def test_a_damaged_database_in_a_read_only_folder_is_read_from_the_journal(read_only_home: Home) -> None:
    if os.getuid() == 0:
        os.seteuid(0)
        read_only_home.workspace.write_bytes(b"noise")
        os.seteuid(NOBODY)
    else:
        read_only_home.workspace.chmod(0o644)
        read_only_home.workspace.write_bytes(b"noise")
    assert sorted(note.text for note in Workspace.open(read_only_home).all_notes()) == TEXTS


def test_a_lock_held_by_another_window_is_waited_for_and_then_told(home: Home) -> None:
    home.root.mkdir()
    path = home.root / "workspace.lock"
    with locked(path), pytest.raises(WorkspaceUnusable, match="Another window"), locked(path, seconds=0.05):
        pass

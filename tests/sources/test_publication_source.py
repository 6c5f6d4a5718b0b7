"""Locations that can hold a publication, and folders that hold half of one."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from tests.builders.signed_publication import Publisher
from tests.builders.synced_home import SyncedHome

from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.publication import DESCRIPTION, SIGNATURE
from jobcentre_desk.paths import Home
from jobcentre_desk.sources.publication_source import check_location


@pytest.mark.parametrize(
    "location", ["https://figures.example.dk/north", "http://127.0.0.1:8000", "/mnt/share/north", "E:/north.zip"]
)
def test_a_place_that_can_hold_a_publication_is_accepted(location: str) -> None:
    check_location(location)


@pytest.mark.parametrize(
    "location",
    [
        "",
        "http://figures.example.dk/north",
        "http://localhost.example.dk",
        "http://127.0.0.1.example.dk",
        "ftp://figures.example.dk",
        "file:///etc",
        "https://name:secret@figures.example.dk",
        "http://name:secret@figures.example.dk",
        "https://",
        "https://[figures.example.dk",
        "https://figures.example.dk:99999",
        "https://figures.example.dk/north?key=1",
        "https://figures.example.dk/north.zip",
    ],
)
def test_any_other_place_is_refused_without_repeating_a_password(location: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        check_location(location)
    assert "secret" not in str(refusal.value)


@pytest.fixture
def synced(tmp_path: Path, home: Home) -> SyncedHome:
    publisher = Publisher.new()
    publisher.write(tmp_path / "publication")
    synced = SyncedHome.at(home)
    synced.add(tmp_path / "publication", publisher.key)
    return synced


@pytest.mark.parametrize("name", [DESCRIPTION, SIGNATURE, "tables"])
def test_a_folder_that_lacks_a_part_is_refused(tmp_path: Path, synced: SyncedHome, name: str) -> None:
    part = tmp_path / "publication" / name
    part.rename(tmp_path / "gone")
    result = synced.sync()
    assert result.result == "failed"
    assert "publication" in str(result.error)


@pytest.mark.parametrize("change", [-1, 1])
def test_a_file_of_another_length_is_refused(tmp_path: Path, synced: SyncedHome, change: int) -> None:
    file = next((tmp_path / "publication" / "tables").glob("outcomes-*"))
    content = file.read_bytes()
    file.write_bytes(content[:change] if change < 0 else content + b"x")
    assert synced.sync().result == "failed"


def test_a_file_with_other_bytes_is_refused(tmp_path: Path, synced: SyncedHome) -> None:
    file = next((tmp_path / "publication" / "tables").glob("outcomes-*"))
    content = file.read_bytes()
    file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert synced.sync().result == "failed"


def test_a_description_far_too_long_is_not_read(tmp_path: Path, synced: SyncedHome) -> None:
    with (tmp_path / "publication" / DESCRIPTION).open("r+b") as file:
        file.truncate(1 << 30)
    assert synced.sync().result == "failed"


def test_files_the_description_does_not_list_are_never_opened(tmp_path: Path, synced: SyncedHome) -> None:
    (tmp_path / "publication" / "tables" / "evil.csv.gz").write_bytes(b"x")
    assert synced.sync().result == "new"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files.")
def test_a_pipe_in_place_of_a_file_does_not_hang(tmp_path: Path, synced: SyncedHome) -> None:
    file = next((tmp_path / "publication" / "tables").glob("outcomes-*"))
    file.unlink()
    os.mkfifo(file)
    assert synced.sync().result == "failed"

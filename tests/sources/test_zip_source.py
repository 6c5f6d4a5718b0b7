"""Publications in one .zip: honest ones are read, tricks are refused."""

from __future__ import annotations

import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.builders.signed_publication import Publisher, zipped
from tests.builders.synced_home import SyncedHome

from jobcentre_desk.model.publication import CHECK_LIST, DESCRIPTION
from jobcentre_desk.paths import Home


@pytest.fixture
def publisher() -> Publisher:
    return Publisher.new()


@pytest.fixture
def archive(tmp_path: Path, publisher: Publisher) -> Path:
    publisher.write(tmp_path / "publication")
    return zipped(tmp_path / "publication", tmp_path / "publication.zip")


def test_a_publication_in_one_file_is_read(archive: Path, publisher: Publisher, home: Home) -> None:
    synced = SyncedHome.at(home)
    synced.add(archive, publisher.key)
    assert synced.sync().result == "new"
    assert synced.sync().result == "unchanged"


def _in_folders(archive: Path, *folders: str) -> Path:
    """The same members, each inside one of the folders in turn (one folder: as a computer packs a folder)."""
    packed = archive.with_name("packed.zip")
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(packed, "w") as new:
        for folder in dict.fromkeys(folders):
            new.writestr(f"{folder}/", b"")
        for place, member in enumerate(old.infolist()):
            new.writestr(f"{folders[place % len(folders)]}/{member.filename}", old.read(member))
    return packed


@pytest.mark.parametrize("folder", ["north-jutland", "Ny mappe (2)", "tables"])
def test_a_folder_packed_as_a_whole_is_read(archive: Path, publisher: Publisher, home: Home, folder: str) -> None:
    _add(CHECK_LIST)(archive)
    synced = SyncedHome.at(home)
    synced.add(_in_folders(archive, folder), publisher.key)
    assert synced.sync().result == "new"


@pytest.mark.parametrize(
    "folders",
    [("north", "south"), ("..",), (".",), ("/",), ("a/b",), ("a\\b",), ("north", "North")],
    ids=["two", "above", "same", "root", "deeper", "backslash", "two_but_for_capitals"],
)
def test_any_other_folders_are_refused(
    archive: Path, publisher: Publisher, home: Home, folders: tuple[str, ...]
) -> None:
    synced = SyncedHome.at(home)
    synced.add(_in_folders(archive, *folders), publisher.key)
    result = synced.sync()
    assert (result.result, synced.rows("SELECT 1")) == ("failed", [])


@pytest.mark.parametrize(
    "extra", ["north/extra.txt", "readme.txt", "other/tables/x.csv.gz", f"north/north/{DESCRIPTION}"]
)
def test_a_packed_folder_with_anything_more_is_refused(
    archive: Path, publisher: Publisher, home: Home, extra: str
) -> None:
    packed = _in_folders(archive, "north")
    _add(extra)(packed)
    synced = SyncedHome.at(home)
    synced.add(packed, publisher.key)
    assert synced.sync().result == "failed"


def test_a_check_list_is_allowed_and_its_content_means_nothing(archive: Path, publisher: Publisher, home: Home) -> None:
    _add(CHECK_LIST, b"whatever")(archive)
    synced = SyncedHome.at(home)
    synced.add(archive, publisher.key)
    assert synced.sync().result == "new"


def _add(name: str, content: bytes = b"x", *, link: bool = False) -> Callable[[Path], None]:
    def trick(path: Path) -> None:
        with zipfile.ZipFile(path, "a") as archive, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            info = zipfile.ZipInfo(name)
            info.external_attr = 0o120777 << 16 if link else 0
            archive.writestr(info, content)

    return trick


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _overlap(path: Path) -> None:
    """Let the second member begin where the first one does."""
    content = bytearray(path.read_bytes())
    first = content.find(b"PK\x01\x02")
    second = content.find(b"PK\x01\x02", first + 4)
    content[second + 42 : second + 46] = content[first + 42 : first + 46]
    path.write_bytes(content)


def _encrypt(path: Path) -> None:
    content = bytearray(path.read_bytes())
    entry = content.find(b"PK\x01\x02")
    (flags,) = struct.unpack_from("<H", content, entry + 8)
    struct.pack_into("<H", content, entry + 8, flags | 1)
    path.write_bytes(content)


def _claim_a_huge_list(path: Path) -> None:
    content = bytearray(path.read_bytes())
    struct.pack_into("<L", content, content.rfind(b"PK\x05\x06") + 12, 500_000_000)
    path.write_bytes(content)


TRICKS: dict[str, Callable[[Path], None]] = {
    "twice": _add(DESCRIPTION),
    "twice_in_capitals": _add(DESCRIPTION.upper()),
    "above": _add("../datapackage.json"),
    "absolute": _add("/etc/passwd"),
    "deeper": _add("tables/deeper/x.csv.gz"),
    "backslash": _add("tables\\x.csv.gz"),
    "unlisted": _add("tables/extra.csv.gz"),
    "elsewhere": _add("readme.txt"),
    "check_list_twice": lambda path: (_add(CHECK_LIST)(path), _add(CHECK_LIST.lower())(path))[0],
    "check_list_among_tables": _add(f"tables/{CHECK_LIST}"),
    "check_list_is_a_link": _add(CHECK_LIST, b"/etc/passwd", link=True),
    "link": _add("tables/link.csv.gz", b"/etc/passwd", link=True),
    "cut": _cut,
    "empty": _empty,
    "overlap": _overlap,
    "encrypted": _encrypt,
    "huge_list": _claim_a_huge_list,
}


@pytest.mark.parametrize("name", TRICKS)
def test_a_trick_is_refused(archive: Path, publisher: Publisher, home: Home, name: str) -> None:
    TRICKS[name](archive)
    synced = SyncedHome.at(home)
    synced.add(archive, publisher.key)
    result = synced.sync()
    assert result.result == "failed"
    assert result.error
    assert synced.rows("SELECT 1") == []


def test_a_file_that_is_not_there_is_told(tmp_path: Path, home: Home) -> None:
    synced = SyncedHome.at(home)
    synced.add(tmp_path / "none.zip")
    result = synced.sync()
    assert result.result == "failed"
    assert "none.zip" in str(result.error)


def test_a_member_longer_than_announced_is_refused(archive: Path, publisher: Publisher, home: Home) -> None:
    rewritten = archive.with_name("other.zip")
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(rewritten, "w") as new:
        for member in old.infolist():
            extra = b"x" if member.filename.startswith("tables/areas") else b""
            new.writestr(member.filename, old.read(member) + extra)
    synced = SyncedHome.at(home)
    synced.add(rewritten, publisher.key)
    assert synced.sync().result == "failed"

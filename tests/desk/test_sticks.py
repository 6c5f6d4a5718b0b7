"""Copying publications to a stick: the exact bytes with a check list, and nothing half when it cannot be done."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from tests.builders.signed_publication import Publisher
from tests.builders.small_publication import TABLES
from tests.builders.stick_scene import Scene, content_of, fetch_over_the_web, scene_in
from tests.builders.synced_home import SyncedHome

from jobcentre_desk import text
from jobcentre_desk.desk.handing_on import what_can_be_handed_on
from jobcentre_desk.desk.stick_files import unwritable
from jobcentre_desk.desk.sticks import copy_to_stick, look_at_stick
from jobcentre_desk.errors import FileUnwritable, InputRefused
from jobcentre_desk.model.publication import CHECK_LIST, DESCRIPTION, SIGNATURE, Access
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing import trust
from jobcentre_desk.task import Task, TaskCancelled

PUBLIC = {table: rows for table, rows in TABLES.items() if table not in {"employers", "outcomes"}}

Fetched = tuple[Publisher, Path]


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> Fetched:
    root = tmp_path_factory.mktemp("fetched")
    return fetch_over_the_web(root), root


@pytest.fixture
def scene(tmp_path: Path, fetched: Fetched) -> Scene:
    return scene_in(tmp_path, publisher=fetched[0], fetched=fetched[1])


# What is copied


def test_the_exact_bytes_of_the_publisher_are_copied(scene: Scene) -> None:
    place = scene.copy()
    assert place == scene.stick / "north-jutland"
    copied = {file.relative_to(place).as_posix(): file.read_bytes() for file in place.rglob("*") if file.is_file()}
    del copied[CHECK_LIST]
    published = [file for file in scene.folder.rglob("*") if file.is_file()]
    assert copied == {file.relative_to(scene.folder).as_posix(): file.read_bytes() for file in published}
    assert [path.name for path in scene.stick.iterdir()] == ["north-jutland"]


def test_a_zip_holds_the_same_and_is_the_same_each_time(scene: Scene) -> None:
    place = scene.copy(scene.stick / "figures.ZIP")
    first = place.read_bytes()
    with zipfile.ZipFile(place) as archive:
        assert {DESCRIPTION, SIGNATURE, CHECK_LIST} <= set(archive.namelist())
        assert archive.read(DESCRIPTION) == (scene.folder / DESCRIPTION).read_bytes()
    assert scene.copy(scene.stick / "figures.ZIP").read_bytes() == first


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_check_list_tells_both_languages_what_to_compare_and_do(scene: Scene, language: str) -> None:
    text.use_language(language)
    words = (scene.copy() / CHECK_LIST).read_bytes().decode("utf-8-sig")
    key_id = trust.key_id(scene.publisher.key)
    for part in ("TJEKLISTE", "CHECK LIST", "Nordjylland, opdigtet", key_id, "2026-04-15", "--at-least 1", "telefon"):
        assert part in words
    assert words.count(key_id) == 4
    assert "opdigtede" in words
    assert "{" not in words
    assert "\n" not in words.replace("\r\n", "")
    assert max(len(line) for line in words.splitlines()) <= 120


def test_figures_for_authorities_bring_the_sentence_about_access(scene: Scene) -> None:
    [entry] = scene.office.workspace.sources()
    scene.office.workspace.update_source(replace(entry, basis="STAR, § 6"))
    scene.release(2, demonstration=False)
    copied = copy_to_stick(scene.office.home, scene.office.workspace, scene.stick, task=Task())
    assert "access of their own" in copied.access_sentence
    assert "retsgrundlag" in (copied.publications[0].place / CHECK_LIST).read_text(encoding="utf-8-sig")


def test_each_publication_of_several_gets_its_place(scene: Scene, tmp_path: Path) -> None:
    other = Publisher.new()
    for name, publisher_id in (("south", "south-jutland"), ("twin", "north-jutland")):
        publisher = other if name == "south" else Publisher.new()
        publisher.write(tmp_path / name, tables=PUBLIC, access=Access.PUBLIC, publisher=publisher_id)
        scene.office.add(tmp_path / name, publisher.key, name=name)
        assert scene.office.sync(name=name).error is None
    copied = copy_to_stick(scene.office.home, scene.office.workspace, scene.stick, names=["south"], task=Task())
    assert [each.place.name for each in copied.publications] == ["south-jutland"]
    zips = copy_to_stick(scene.office.home, scene.office.workspace, scene.stick / "all.zip", task=Task())
    names = sorted(each.place.name for each in zips.publications)
    assert names[-1] == "all-south-jutland.zip"
    assert all(name.startswith("all-north-jutland-") for name in names[:2])
    assert len(look_at_stick(scene.remote.home, scene.remote.workspace, scene.stick)) == 4


def test_only_signed_publications_go_on_a_stick(tmp_path: Path, home: Home) -> None:
    Publisher.new().write(tmp_path / "publication")
    synced = SyncedHome.at(home)
    synced.add(tmp_path / "publication", unsigned=True)
    assert synced.sync().result == "new"
    for names, error_id in (((), "nothing_to_hand_on"), (("north",), "not_handed_on"), (("x",), "input_refused")):
        with pytest.raises(InputRefused) as refused:
            copy_to_stick(home, synced.workspace, tmp_path / "stick", names=names, task=Task())
        assert refused.value.error_id == error_id
    assert not (tmp_path / "stick").exists()


def test_files_that_are_not_kept_are_told_with_the_remedy(scene: Scene) -> None:
    shutil.rmtree(scene.office.home.releases)
    assert what_can_be_handed_on(scene.office.home, scene.office.workspace)[0].lacking > 5
    with pytest.raises(InputRefused, match="Sync once more"):
        scene.copy()
    assert not scene.stick.exists()


def test_a_kept_file_that_was_damaged_is_not_handed_on(scene: Scene) -> None:
    file = next(scene.office.home.releases.iterdir())
    file.write_bytes(bytes(byte ^ 1 for byte in file.read_bytes()))
    with pytest.raises(InputRefused, match="no longer whole"):
        scene.copy()
    assert not scene.stick.exists()


def test_a_newer_copy_takes_the_place_of_an_older_one(scene: Scene) -> None:
    scene.copy()
    scene.copy(scene.stick / "figures.zip")
    scene.release(2)
    scene.copy()
    scene.copy(scene.stick / "figures.zip")
    found = look_at_stick(scene.remote.home, scene.remote.workspace, scene.stick)
    assert [each.sequence for each in found] == [2, 2]
    assert sorted(path.name for path in scene.stick.iterdir()) == ["figures.zip", "north-jutland"]


@pytest.mark.parametrize("out", ["stick", "stick/figures.zip"])
def test_a_newer_release_on_the_stick_is_not_written_over(scene: Scene, out: str, tmp_path: Path) -> None:
    newer = SyncedHome.at(Home(tmp_path / "newer"))
    scene.publisher.write(scene.folder, sequence=2)
    newer.add(scene.folder, scene.publisher.key)
    assert newer.sync().error is None
    place = copy_to_stick(newer.home, newer.workspace, tmp_path / out, task=Task()).publications[0].place
    before = content_of(place)
    with pytest.raises(InputRefused, match="newer than release 1"):
        scene.copy(tmp_path / out)
    assert content_of(place) == before


@pytest.mark.parametrize("out", ["stick", "stick/north-jutland.zip"])
def test_what_is_no_publication_is_never_written_over(scene: Scene, out: str, tmp_path: Path) -> None:
    scene.stick.mkdir()
    if out.endswith(".zip"):
        with zipfile.ZipFile(tmp_path / out, "w") as archive:
            archive.writestr("holiday.txt", "sun")
    else:
        (scene.stick / "north-jutland").mkdir()
        (scene.stick / "north-jutland" / "holiday.txt").write_text("sun", encoding="utf-8")
    before = content_of(scene.stick)
    with pytest.raises(InputRefused, match="something else"):
        scene.copy(tmp_path / out)
    assert content_of(scene.stick) == before


# Nothing half is left


class _StopsAt(Task):
    """Is cancelled when this share of the work is done."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self._share = share

    def report(self, done: int, total: int, text: str = "") -> None:
        if done >= self._share * total:
            self.cancel()
        super().report(done, total, text)


@pytest.mark.parametrize("out", ["stick", "stick/figures.zip", "stick/deep/er"])
@pytest.mark.parametrize("share", [0.0, 0.4, 0.8], ids=["at_once", "writing", "reading_back"])
def test_a_cancelled_copy_leaves_nothing(scene: Scene, tmp_path: Path, out: str, share: float) -> None:
    with pytest.raises(TaskCancelled):
        copy_to_stick(scene.office.home, scene.office.workspace, tmp_path / out, task=_StopsAt(share))
    assert not scene.stick.exists()


@pytest.mark.parametrize("out", ["stick", "stick/figures.zip"])
def test_what_a_killed_copy_left_is_no_publication_and_goes_with_the_next(
    scene: Scene, tmp_path: Path, out: str
) -> None:
    place = scene.copy(tmp_path / out)
    place.rename(place.with_name(f".{place.name}.part"))
    assert look_at_stick(scene.remote.home, scene.remote.workspace, scene.stick) == ()
    assert scene.copy(tmp_path / out) == place
    assert list(scene.stick.iterdir()) == [place]


def test_a_cancelled_copy_leaves_the_former_one(scene: Scene) -> None:
    before = content_of(scene.copy())
    scene.release(2)
    task = Task(lambda _done, _total, _text: task.cancel())
    with pytest.raises(TaskCancelled):
        copy_to_stick(scene.office.home, scene.office.workspace, scene.stick, task=task)
    assert content_of(scene.stick) == before


def test_progress_goes_to_the_end_and_no_further(scene: Scene) -> None:
    told: list[tuple[int, int]] = []
    copy_to_stick(
        scene.office.home, scene.office.workspace, scene.stick, task=Task(lambda d, t, _words: told.append((d, t)))
    )
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


def test_a_stick_without_room_is_told_before_anything_is_written(scene: Scene, tmp_path: Path) -> None:
    """On a file system of 64 kB where one can be made; elsewhere the words are checked alone."""
    place = tmp_path / "small"
    place.mkdir()
    made = sys.platform == "linux" and shutil.which("mount") is not None and os.geteuid() == 0
    if not made or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", place], check=False).returncode:
        assert "No space" in str(unwritable(place, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))))
        pytest.skip("No small file system can be made here; only the sentence was checked.")
    try:
        with pytest.raises(FileUnwritable) as refused:
            scene.copy(place)
        assert refused.value.error_id == "stick_full"
        assert list(place.iterdir()) == []
    finally:
        subprocess.run(["umount", place], check=True)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the length of a file.")
@pytest.mark.parametrize("out", ["stick", "stick/figures.zip"])
def test_a_stick_that_is_full_before_the_end_keeps_what_it_had(scene: Scene, tmp_path: Path, out: str) -> None:
    import resource

    before = content_of(scene.copy(tmp_path / out))
    scene.release(2)
    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400, former[1]))
    try:
        with pytest.raises(FileUnwritable) as refused:
            scene.copy(tmp_path / out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)
    assert "no half copy was left" in str(refused.value)
    assert content_of(scene.stick) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Folders of Windows are protected by lists, not by a mode.")
def test_a_protected_stick_is_told_in_one_sentence(scene: Scene, tmp_path: Path) -> None:
    place = tmp_path / "protected"
    place.mkdir(mode=0o500)
    if os.geteuid() == 0:
        place.rmdir()
        place.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises((FileUnwritable, InputRefused)):
        scene.copy(place)
    assert place.is_file() or list(place.iterdir()) == []

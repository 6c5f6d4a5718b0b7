"""Handing on without a network: what is copied, what comes out at the other end, what is refused with a sentence."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from tests.builders.signed_publication import Publisher, zipped
from tests.builders.small_publication import TABLES
from tests.builders.synced_home import QUICK, SyncedHome
from tests.service.publication_server import PublicationServer

from jobcentre_desk import text
from jobcentre_desk.desk.check import check
from jobcentre_desk.desk.handing_on import what_can_be_handed_on
from jobcentre_desk.desk.stick_files import unwritable
from jobcentre_desk.desk.sticks import StickState, copy_to_stick, look_at_stick, take_from_stick
from jobcentre_desk.desk.sync import SourceResult, sync
from jobcentre_desk.errors import DeskError, FileUnwritable, InputRefused, SourceUnreachable
from jobcentre_desk.model.publication import CHECK_LIST, DESCRIPTION, SIGNATURE, Access
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing import trust
from jobcentre_desk.task import Task, TaskCancelled

PUBLIC = {table: rows for table, rows in TABLES.items() if table not in {"employers", "outcomes"}}


@dataclass(frozen=True)
class Scene:
    """A publisher's folder, an office that synced it from a web server, and one without a network."""

    publisher: Publisher
    folder: Path
    office: SyncedHome
    remote: SyncedHome
    stick: Path

    def release(self, sequence: int, **facts: object) -> None:
        """Publish another release, and let the office fetch it."""
        self.publisher.write(self.folder, sequence=sequence, tables=tables_of(sequence), **facts)
        fetched = sync(self.office.home, self.office.workspace, task=Task(), locations={"north": str(self.folder)})
        assert [source.error for source in fetched.sources] == [None]

    def copy(self, out: Path | None = None) -> Path:
        """Copy everything; where the one publication lies."""
        copied = copy_to_stick(self.office.home, self.office.workspace, out or self.stick, task=Task())
        return copied.publications[0].place

    def take(self, path: Path | None = None) -> SourceResult:
        """Take everything; how the source fared."""
        return take_from_stick(self.remote.home, self.remote.workspace, path or self.stick, task=Task()).sources[0]


def tables_of(sequence: int) -> dict[str, Sequence[str]]:
    """Tables of which practices, employers and two quarters differ from release to release."""
    practices = [TABLES["practices"][0].replace("Fast kontakt", f"Release {sequence}")]
    employers = [TABLES["employers"][0].replace("Brød", f"Brød {sequence}"), *TABLES["employers"][1:]]
    swaps = {",3,4,1,1,0": f",3,{4 + sequence},1,1,0", ",2,5,2,0,1": f",2,{5 + sequence},2,0,1"}
    outcomes = list(TABLES["outcomes"])
    for old, new in swaps.items():
        outcomes = [line.replace(old, new) for line in outcomes]
    return {**TABLES, "practices": practices, "employers": employers, "outcomes": outcomes}


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> tuple[Publisher, Path]:
    """A publisher, and the folder with its first release and the home of an office that fetched it over the web."""
    publisher, root = Publisher.new(), tmp_path_factory.mktemp("fetched")
    publisher.write(root / "publication")
    office = SyncedHome.at(Home(root / "office"))
    with PublicationServer(root / "publication") as server:
        office.add(server.address, publisher.key)
        assert office.sync().error is None
    office.workspace.close()
    return publisher, root


@pytest.fixture
def scene(tmp_path: Path, fetched: tuple[Publisher, Path]) -> Scene:
    publisher, root = fetched
    shutil.copytree(root, tmp_path, dirs_exist_ok=True)
    office, remote = (SyncedHome.at(Home(tmp_path / name)) for name in ("office", "remote"))
    remote.add("https://figures.example", publisher.key)
    return Scene(publisher, tmp_path / "publication", office, remote, tmp_path / "stick")


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
    before = _content(place)
    with pytest.raises(InputRefused, match="newer than release 1"):
        scene.copy(tmp_path / out)
    assert _content(place) == before


@pytest.mark.parametrize("out", ["stick", "stick/north-jutland.zip"])
def test_what_is_no_publication_is_never_written_over(scene: Scene, out: str, tmp_path: Path) -> None:
    scene.stick.mkdir()
    if out.endswith(".zip"):
        with zipfile.ZipFile(tmp_path / out, "w") as archive:
            archive.writestr("holiday.txt", "sun")
    else:
        (scene.stick / "north-jutland").mkdir()
        (scene.stick / "north-jutland" / "holiday.txt").write_text("sun", encoding="utf-8")
    before = _content(scene.stick)
    with pytest.raises(InputRefused, match="something else"):
        scene.copy(tmp_path / out)
    assert _content(scene.stick) == before


def _content(place: Path) -> dict[str, bytes]:
    files = [place] if place.is_file() else sorted(file for file in place.rglob("*") if file.is_file())
    return {str(file): file.read_bytes() for file in files}


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
    before = _content(scene.copy())
    scene.release(2)
    task = Task(lambda _done, _total, _text: task.cancel())
    with pytest.raises(TaskCancelled):
        copy_to_stick(scene.office.home, scene.office.workspace, scene.stick, task=task)
    assert _content(scene.stick) == before


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

    before = _content(scene.copy(tmp_path / out))
    scene.release(2)
    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400, former[1]))
    try:
        with pytest.raises(FileUnwritable) as refused:
            scene.copy(tmp_path / out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)
    assert "no half copy was left" in str(refused.value)
    assert _content(scene.stick) == before


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


# Out at the other end


@pytest.mark.parametrize("out", ["stick", "stick/figures.zip"])
def test_a_stick_brings_what_the_network_would(scene: Scene, tmp_path: Path, out: str) -> None:
    scene.copy(tmp_path / out)
    [found] = look_at_stick(scene.remote.home, scene.remote.workspace, scene.stick)
    assert (found.state, found.source, found.here) == (StickState.NEWER, "north", None)
    assert scene.take().result == "new"
    assert scene.remote.content() == scene.office.content()
    assert scene.remote.rows("SELECT location FROM sources") == [("https://figures.example",)]
    assert scene.remote.workspace.sources()[0].location == "https://figures.example"
    assert check(scene.remote.home, repair=False, task=Task()).ok
    [again] = look_at_stick(scene.remote.home, scene.remote.workspace, scene.stick)
    assert again.state is StickState.SAME
    assert scene.take().result == "unchanged"


def test_a_stick_can_be_handed_on_from_stick_to_stick(scene: Scene, tmp_path: Path) -> None:
    first = scene.copy()
    assert scene.take().result == "new"
    second = copy_to_stick(scene.remote.home, scene.remote.workspace, tmp_path / "next", task=Task())
    assert {n.split("north-jutland")[1]: c for n, c in _content(second.publications[0].place).items()} == {
        n.split("north-jutland")[1]: c for n, c in _content(first).items()
    }


def test_after_a_stick_the_network_has_nothing_new_to_say(scene: Scene) -> None:
    scene.copy()
    assert scene.take().result == "new"
    with PublicationServer(scene.folder) as server:
        entry = scene.remote.workspace.sources()[0]
        scene.remote.workspace.remove_source("north")
        scene.remote.add(server.address, entry.key)
        scene.remote.sync()
        server.forget()
        assert scene.remote.sync().result == "unchanged"
        assert [path for path, _status in server.requests if path.endswith(".gz")] == []


def test_only_the_newest_of_several_copies_is_taken(scene: Scene) -> None:
    scene.copy(scene.stick / "old.zip")
    scene.release(3)
    scene.copy()
    scene.copy(scene.stick / "old2.zip")
    assert scene.take().sequence == 3


def test_a_folder_inside_the_stick_or_the_stick_itself_can_be_chosen(scene: Scene) -> None:
    place = scene.copy()
    for path in (place, scene.stick):
        assert [each.place for each in look_at_stick(scene.remote.home, scene.remote.workspace, path)] == [place]
    assert scene.take(place).result == "new"


def test_a_zip_of_the_folder_made_by_hand_is_taken(scene: Scene, tmp_path: Path) -> None:
    scene.copy()
    packed = zipped(scene.stick, tmp_path / "by hand.zip")
    assert scene.take(packed).result == "new"


def test_other_things_on_a_stick_are_no_publications(scene: Scene) -> None:
    scene.stick.mkdir()
    (scene.stick / "holiday").mkdir()
    (scene.stick / "letter.txt").write_text("x", encoding="utf-8")
    (scene.stick / "broken.zip").write_bytes(b"PK")
    with zipfile.ZipFile(scene.stick / "photos.zip", "w") as archive:
        archive.writestr("../sun.jpg", b"x")
    assert look_at_stick(scene.remote.home, scene.remote.workspace, scene.stick) == ()
    with pytest.raises(InputRefused) as refused:
        scene.take()
    assert refused.value.error_id == "no_publication"
    with pytest.raises(SourceUnreachable):
        look_at_stick(scene.remote.home, scene.remote.workspace, scene.stick / "gone")


# Only genuine and newest


def _alter_table(place: Path) -> None:
    file = next((place / "tables").glob("outcomes-2025q03-*"))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def _swap_tables(place: Path) -> None:
    """Two files of one length change places."""
    first, second = sorted((place / "tables").glob("outcomes-*"))[:2]
    content = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(content)


def _leave_a_table_out(place: Path) -> None:
    next((place / "tables").glob("outcomes-2025q03-*")).unlink()


def _cut_a_table(place: Path) -> None:
    file = next((place / "tables").glob("employers-*"))
    file.write_bytes(file.read_bytes()[:-7])


def _alter_description(place: Path) -> None:
    file = place / DESCRIPTION
    file.write_bytes(file.read_bytes().replace(b"2026-04-15", b"2026-04-16"))


def _drop_signature(place: Path) -> None:
    (place / SIGNATURE).unlink()


def _sign_otherwise(place: Path) -> None:
    other = Publisher.new()
    other.write(place, sequence=3)


def _legacy_signature(place: Path) -> None:
    """The letters ED of a prehashed signature become Ed."""
    file = place / SIGNATURE
    lines = file.read_text(encoding="utf-8").splitlines()
    lines[1] = "RWQ" + lines[1][3:]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


ATTACKS: dict[str, Callable[[Path], None]] = {
    "altered_byte": _alter_table,
    "swapped_files": _swap_tables,
    "copied_in_part": _leave_a_table_out,
    "cut_off": _cut_a_table,
    "altered_description": _alter_description,
    "without_signature": _drop_signature,
    "other_key": _sign_otherwise,
    "legacy_signature": _legacy_signature,
}


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_but_the_genuine_release_is_taken(scene: Scene, tmp_path: Path, attack: str, *, packed: bool) -> None:
    scene.copy()
    assert scene.take().result == "new"
    before = scene.remote.content()
    scene.release(2)
    place = scene.copy()
    shutil.copytree(place, tmp_path / "control" / place.name)
    ATTACKS[attack](place)
    path = zipped(scene.stick, tmp_path / "stick.zip") if packed else scene.stick
    assert _refusal(scene, path)
    assert scene.remote.content() == before
    assert scene.take(tmp_path / "control").result == "new"


def _refusal(scene: Scene, path: Path) -> str:
    """The sentence a person reads: of the whole stick, or of the source."""
    try:
        result = scene.take(path)
    except DeskError as error:
        return str(error)
    assert result.result == "failed"
    return result.error or ""


def test_an_older_stick_is_refused_with_both_dates_and_numbers(scene: Scene) -> None:
    scene.copy()
    scene.release(2, released="2026-07-15")
    newer = scene.copy(scene.stick / "newer.zip")
    assert scene.take(newer).sequence == 2
    before = scene.remote.content()
    [found] = look_at_stick(scene.remote.home, scene.remote.workspace, scene.stick / "north-jutland")
    assert (found.state, found.here) == (StickState.OLDER, 2)
    result = scene.take(scene.stick / "north-jutland")
    assert (result.result, result.error_id) == ("failed", "older_release")
    sentence = str(result.error).replace("\xa0", " ")
    assert "release 1 of 15 Apr 2026" in sentence
    assert "release 2 of 15 Jul 2026" in sentence
    assert scene.remote.content() == before


def test_a_least_release_holds_for_sticks_too(scene: Scene, tmp_path: Path) -> None:
    scene.copy()
    fresh = SyncedHome.at(Home(tmp_path / "fresh"))
    fresh.add("https://figures.example", scene.publisher.key, at_least=2)
    [found] = look_at_stick(fresh.home, fresh.workspace, scene.stick)
    assert found.state is StickState.OLDER
    result = take_from_stick(fresh.home, fresh.workspace, scene.stick, task=Task()).sources[0]
    assert result.error_id == "older_release"
    assert "15 Apr 2026" in str(result.error).replace("\xa0", " ")


def test_the_same_number_with_other_content_is_refused(scene: Scene, tmp_path: Path) -> None:
    scene.copy()
    assert scene.take().result == "new"
    scene.publisher.write(tmp_path / "stick2" / "x", sequence=1, released="2026-05-01")
    [found] = look_at_stick(scene.remote.home, scene.remote.workspace, tmp_path / "stick2")
    assert found.state is StickState.REFUSED
    assert scene.take(tmp_path / "stick2").error_id == "other_release"


def test_a_mix_of_two_releases_is_refused(scene: Scene) -> None:
    place = scene.copy()
    signature = (place / SIGNATURE).read_bytes()
    scene.release(2)
    (scene.copy() / SIGNATURE).write_bytes(signature)
    assert "signature" in _refusal(scene, scene.stick)
    assert scene.remote.rows("SELECT 1") == []


def test_an_unknown_publisher_is_shown_and_not_taken(scene: Scene, tmp_path: Path) -> None:
    scene.copy()
    fresh = SyncedHome.at(Home(tmp_path / "fresh"))
    [found] = look_at_stick(fresh.home, fresh.workspace, scene.stick)
    assert (found.state, found.source, found.key_id) == (StickState.UNKNOWN, "", trust.key_id(scene.publisher.key))
    with pytest.raises(InputRefused) as refused:
        take_from_stick(fresh.home, fresh.workspace, scene.stick, task=Task())
    assert refused.value.error_id == "publisher_unknown"
    assert found.key_id in str(refused.value)
    fresh.add(found.place, scene.publisher.key, at_least=1)
    assert fresh.sync(limits=QUICK).result == "new"


def test_the_sources_named_are_taken_alone(scene: Scene, tmp_path: Path) -> None:
    scene.copy()
    with pytest.raises(InputRefused, match="belongs to south"):
        take_from_stick(scene.remote.home, scene.remote.workspace, scene.stick, names=["south"], task=Task())
    other = Publisher.new()
    other.write(scene.stick / "south", tables=PUBLIC, access=Access.PUBLIC, publisher="south-jutland")
    scene.remote.add(tmp_path / "nowhere", other.key, name="south")
    taken = take_from_stick(scene.remote.home, scene.remote.workspace, scene.stick, names=["south"], task=Task())
    assert [(each.name, each.result) for each in taken.sources] == [("south", "new")]
    both = take_from_stick(scene.remote.home, scene.remote.workspace, scene.stick, task=Task())
    assert {each.name: each.result for each in both.sources} == {"north": "new", "south": "unchanged"}

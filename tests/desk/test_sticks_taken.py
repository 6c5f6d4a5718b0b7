"""Taking from a stick: what comes out is what the network would bring, and only what is genuine and newest."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.builders.signed_publication import Publisher, zipped
from tests.builders.small_publication import TABLES
from tests.builders.stick_scene import Scene, content_of, fetch_over_the_web, scene_in
from tests.builders.synced_home import QUICK, SyncedHome
from tests.service.publication_server import PublicationServer

from jobcentre_desk.desk.check import check
from jobcentre_desk.desk.sticks import StickState, copy_to_stick, look_at_stick, take_from_stick
from jobcentre_desk.errors import DeskError, InputRefused, SourceUnreachable
from jobcentre_desk.model.publication import DESCRIPTION, SIGNATURE, Access
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing import trust
from jobcentre_desk.task import Task

PUBLIC = {table: rows for table, rows in TABLES.items() if table not in {"employers", "outcomes"}}

Fetched = tuple[Publisher, Path]


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> Fetched:
    root = tmp_path_factory.mktemp("fetched")
    return fetch_over_the_web(root), root


@pytest.fixture
def scene(tmp_path: Path, fetched: Fetched) -> Scene:
    return scene_in(tmp_path, publisher=fetched[0], fetched=fetched[1])


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
    assert {n.split("north-jutland")[1]: c for n, c in content_of(second.publications[0].place).items()} == {
        n.split("north-jutland")[1]: c for n, c in content_of(first).items()
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

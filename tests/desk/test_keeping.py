"""The files of signed releases stay beside the snapshots: exactly those of the snapshots kept, whatever happened."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.builders.signed_publication import Publisher, changed
from tests.builders.small_publication import TABLES
from tests.builders.synced_home import SyncedHome
from tests.service.publication_server import PublicationServer, status

from jobcentre_desk.cache.held_releases import signed_hashes
from jobcentre_desk.cache.snapshot import snapshot_files
from jobcentre_desk.model.publication import Publication
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task, TaskCancelled


@dataclass(frozen=True)
class Scene:
    """A publisher, the folder it publishes to, and a home that has release 1."""

    publisher: Publisher
    folder: Path
    home: SyncedHome


@pytest.fixture
def scene(tmp_path: Path, home: Home) -> Scene:
    publisher, folder = Publisher.new(), tmp_path / "publication"
    publisher.write(folder)
    synced = SyncedHome.at(home)
    synced.add(folder, publisher.key)
    assert synced.sync().result == "new"
    return Scene(publisher, folder, synced)


def _hashes(*publications: Publication) -> set[str]:
    return {each.hash.removeprefix("sha256:") for publication in publications for each in publication.resources}


def _kept(home: Home) -> set[str]:
    """The names of the kept files, each proved to hold what it is named after."""
    files = list(home.releases.iterdir()) if home.releases.is_dir() else []
    assert [file.name for file in files if file.suffix != ".gz"] == []
    assert [file.name for file in files if hashlib.sha256(file.read_bytes()).hexdigest() != file.stem] == []
    return {file.stem for file in files}


def _release(scene: Scene, sequence: int, name: str) -> Publication:
    tables = changed("practices", TABLES["practices"][0].replace("Fast kontakt", name))
    return scene.publisher.write(scene.folder, sequence=sequence, tables=tables)


def test_the_files_of_the_two_snapshots_kept_stay_and_older_ones_go(scene: Scene) -> None:
    second = _release(scene, 2, "Second")
    assert scene.home.sync().result == "new"
    third = _release(scene, 3, "Third")
    assert scene.home.sync().result == "new"
    assert _kept(scene.home.home) == _hashes(second, third)
    assert len(snapshot_files(scene.home.home)) == 2


def test_files_from_the_web_stay_and_none_waits_twice(tmp_path: Path, home: Home) -> None:
    publisher = Publisher.new()
    publication = publisher.write(tmp_path / "publication")
    synced = SyncedHome.at(home)
    with PublicationServer(tmp_path / "publication") as server:
        synced.add(server.address, publisher.key)
        assert synced.sync().result == "new"
    assert _kept(home) == _hashes(publication)
    assert not home.incoming.exists()


def test_a_file_that_is_kept_travels_no_second_time(scene: Scene) -> None:
    shutil.rmtree(scene.home.home.snapshots)
    shutil.rmtree(scene.folder / "tables")
    result = scene.home.sync()
    assert (result.result, result.bytes_fetched) == ("new", 0)


@pytest.mark.parametrize("over_the_web", [False, True])
def test_a_home_from_before_files_were_kept_gets_them_at_its_next_sync(
    scene: Scene, *, over_the_web: bool, tmp_path: Path
) -> None:
    kept = _kept(scene.home.home)
    shutil.rmtree(scene.home.home.releases)
    other = SyncedHome.at(Home(tmp_path / "other"))
    with PublicationServer(scene.folder) as server:
        other.add(server.address, scene.publisher.key)
        assert other.sync().result == "new"
        shutil.rmtree(other.home.releases)
        synced = other if over_the_web else scene.home
        assert synced.sync().result == "unchanged"
    assert _kept(synced.home) == kept
    assert not synced.home.incoming.exists()


def test_files_that_cannot_be_had_again_stop_no_sync(scene: Scene, tmp_path: Path) -> None:
    other = SyncedHome.at(Home(tmp_path / "other"))
    with PublicationServer(scene.folder) as server:
        other.add(server.address, scene.publisher.key)
        assert other.sync().result == "new"
        shutil.rmtree(other.home.releases)
        server.faults[".gz"] = status(404)
        assert other.sync().result == "unchanged"
    assert _kept(other.home) == set()


def test_a_kept_file_that_was_damaged_is_fetched_again(scene: Scene) -> None:
    for file in scene.home.home.releases.iterdir():
        file.write_bytes(bytes(byte ^ 1 for byte in file.read_bytes()))
    shutil.rmtree(scene.home.home.snapshots)
    before = _kept_names(scene.home.home)
    assert scene.home.sync().result == "new"
    assert _kept(scene.home.home) == before


def _kept_names(home: Home) -> set[str]:
    return {file.stem for file in home.releases.iterdir()}


def test_nothing_is_kept_of_a_source_that_nobody_signed(scene: Scene, tmp_path: Path) -> None:
    other = SyncedHome.at(Home(tmp_path / "other"))
    other.add(scene.folder, unsigned=True)
    assert other.sync().result == "new"
    assert _kept(other.home) == set()
    assert not other.home.releases.exists()


def test_files_go_with_their_source(scene: Scene) -> None:
    scene.home.workspace.remove_source("north")
    other = Publisher.new()
    for sequence in (1, 2):
        other.write(scene.folder, sequence=sequence, tables=changed("cards"))
        if sequence == 1:
            scene.home.add(scene.folder, other.key, name="other")
        assert scene.home.sync(name="other").result == "new"
    assert signed_hashes(scene.home.home) == frozenset(f"sha256:{name}" for name in _kept(scene.home.home))


def test_files_of_a_refused_release_do_not_stay(scene: Scene) -> None:
    before = _kept(scene.home.home)
    bad = changed("outcomes", TABLES["outcomes"][0].replace(",3,4,", ",3,0,"))
    scene.publisher.write(scene.folder, sequence=2, tables=bad)
    assert scene.home.sync().result == "failed"
    assert _kept(scene.home.home) == before


def test_what_a_killed_sync_left_goes_at_the_next(scene: Scene) -> None:
    before = _kept(scene.home.home)
    (scene.home.home.releases / f"{'0' * 64}.gz").write_bytes(b"built into no snapshot")
    (scene.home.home.releases / f"{'1' * 64}.part").write_bytes(b"half")
    assert scene.home.sync().result == "unchanged"
    assert _kept(scene.home.home) == before


def test_a_cancelled_sync_can_go_on_from_what_is_kept(scene: Scene) -> None:
    second = _release(scene, 2, "Second")
    task = Task(lambda _done, _total, _text: task.cancel())
    with pytest.raises(TaskCancelled):
        scene.home.sync(task=task)
    assert scene.home.sync().result == "new"
    assert _hashes(second) <= _kept(scene.home.home)


def test_a_damaged_snapshot_costs_no_kept_file(scene: Scene) -> None:
    before = _kept(scene.home.home)
    path = snapshot_files(scene.home.home)[0]
    path.with_name(path.name.replace("snap-00000001", "snap-00000000")).write_bytes(b"no database at all")
    assert scene.home.sync().result == "unchanged"
    assert _kept(scene.home.home) == before

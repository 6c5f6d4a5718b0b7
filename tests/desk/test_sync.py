"""Releases coming in over time: what changes, what is told, what is refused, and that the rest stays."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from tests.builders.signed_publication import Publisher, changed
from tests.builders.small_publication import CVR, TABLES
from tests.builders.synced_home import SyncedHome

from jobcentre_desk.cache.change_log import read_changes
from jobcentre_desk.cache.snapshot import open_newest, snapshot_files
from jobcentre_desk.cache.snapshot_lock import sync_lock
from jobcentre_desk.desk.check import check
from jobcentre_desk.desk.sync import sync
from jobcentre_desk.errors import FileUnwritable, InputRefused, SnapshotUnusable
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.model.publication import DESCRIPTION, SIGNATURE, Access
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing import trust
from jobcentre_desk.task import Task, TaskCancelled

PUBLIC = tuple(table for table in TABLES if table not in {"employers", "outcomes"})


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


def public_tables() -> dict[str, Sequence[str]]:
    """A release without employers and outcomes."""
    return {table: TABLES[table] for table in PUBLIC}


# What a release changes


def test_the_first_release_is_all_new_and_agrees_with_itself(scene: Scene) -> None:
    assert scene.home.rows("SELECT count(*) FROM outcomes") == [(5,)]
    assert scene.home.rows("SELECT name FROM employers WHERE cvr = '10000017'") == [("Østergård, Hansen & Søn I/S",)]
    assert check(scene.home.home, repair=False, task=Task()).ok


def test_rows_of_a_new_release_are_counted_on_their_key(scene: Scene) -> None:
    outcomes = TABLES["outcomes"]
    tables = changed("outcomes", outcomes[0].replace("3,4,1,1,0", "3,4,2,1,0"), *outcomes[2:4], *outcomes[4:])
    tables |= {"employers": (*TABLES["employers"], "10000041,Ny ApS,H,860,,false,false")}
    scene.publisher.write(scene.folder, sequence=2, tables=tables)
    result = scene.home.sync()
    assert (result.rows_new, result.rows_changed, result.rows_gone) == (1, 1, 1)
    assert result.files_fetched == 2
    assert result.sequence == 2
    assert check(scene.home.home, repair=False, task=Task()).ok


def test_ids_of_codes_and_employers_stay_when_lists_are_ordered_otherwise(scene: Scene) -> None:
    lists = ("areas", "branches", "occupations", "benefit_groups", "programmes")
    before = {table: dict(scene.home.rows(f"SELECT code, id FROM {table}")) for table in lists}
    turned = {table: tuple(reversed(TABLES[table])) for table in (*lists, "employers")}
    more = turned["benefit_groups"] + ("sickness_benefit,Sygedagpenge,Sickness benefit",)
    scene.publisher.write(scene.folder, sequence=2, tables=TABLES | turned | {"benefit_groups": more})
    result = scene.home.sync()
    assert (result.result, result.rows_new, result.rows_changed) == ("new", 1, 0)
    for table in lists:
        after = dict(scene.home.rows(f"SELECT code, id FROM {table}"))
        assert before[table].items() <= after.items()
    assert check(scene.home.home, repair=False, task=Task()).ok


def test_a_definition_that_changed_is_told_old_beside_new(scene: Scene) -> None:
    measure = TABLES["measures"][0].replace("Rang i landet", "Rang blandt alle").replace(",1,,,STAR", ",2,,,STAR")
    scene.publisher.write(scene.folder, sequence=2, tables=changed("measures", measure))
    result = scene.home.sync()
    told = {(change.column, change.old, change.new) for change in result.definitions_changed}
    assert told == {("sentence_da", "Rang i landet", "Rang blandt alle"), ("definition_version", "1", "2")}
    snapshot = open_newest(scene.home.home)
    assert snapshot is not None
    logged = [(line.key, line.column, line.old) for line in read_changes(snapshot) if line.kind == "definition"]
    snapshot.close()
    assert ("y30r21.rank", "sentence_da", "Rang i landet") in logged


def test_a_quarter_whose_outcomes_became_known_is_read_again(scene: Scene) -> None:
    known = changed("outcomes", *TABLES["outcomes"][:4], TABLES["outcomes"][4].replace(",1,2,,,", ",1,2,1,0,0"))
    scene.publisher.write(scene.folder, sequence=2, tables=known, outcomes_known_through=Quarter.of(2026, 1))
    result = scene.home.sync()
    assert (result.result, result.rows_changed) == ("new", 1)
    assert scene.home.rows("SELECT job_same_employer FROM outcomes WHERE id / 100000000 % 100000 = 8104") == [(1,)]


def test_a_quarter_that_is_no_longer_published_goes(scene: Scene) -> None:
    scene.publisher.write(scene.folder, sequence=2, tables=changed("outcomes", *TABLES["outcomes"][2:]))
    result = scene.home.sync()
    assert result.rows_gone == 2
    assert scene.home.rows("SELECT min(id) / 100000000 % 100000 FROM outcomes") == [(8102 + 1,)]
    assert check(scene.home.home, repair=False, task=Task()).ok


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        ("branches", TABLES["branches"][:4]),
        ("programmes", TABLES["programmes"][:1]),
        ("employers", TABLES["employers"][1:]),
        ("measures", ()),
    ],
)
def test_a_release_that_drops_what_its_rows_still_use_is_refused(
    scene: Scene, table: str, lines: tuple[str, ...]
) -> None:
    before = scene.home.content()
    scene.publisher.write(scene.folder, sequence=2, tables=changed(table, *lines))
    assert scene.home.sync().result == "failed"
    assert scene.home.content() == before


def test_nothing_is_built_when_nothing_changed(scene: Scene) -> None:
    result = sync(scene.home.home, scene.home.workspace, task=Task())
    assert result.sources[0].result == "unchanged"
    assert result.snapshot is not None
    assert result.snapshot.number == 1


def test_rows_that_break_a_rule_refuse_the_whole_release_with_file_row_and_column(scene: Scene) -> None:
    before = scene.home.content()
    bad = changed("outcomes", *TABLES["outcomes"], f"2025Q03,{CVR[2]},851,H,5223,cash_benefit,traineeship,1,2,3,0,0")
    scene.publisher.write(scene.folder, sequence=2, tables=bad)
    result = scene.home.sync()
    assert result.result == "failed"
    assert [problem.row for problem in result.problems] == [4]
    assert "2025q03" in result.problems[0].file
    assert scene.home.content() == before
    assert scene.home.workspace.sequence_seen(trust.key_id(scene.publisher.key)).sequence == 1  # type: ignore[union-attr]


# Only genuine and newest


def test_an_older_release_is_refused(scene: Scene, tmp_path: Path) -> None:
    shutil.copytree(scene.folder, tmp_path / "old")
    scene.publisher.write(scene.folder, sequence=2)
    assert scene.home.sync().sequence == 2
    shutil.rmtree(scene.folder)
    shutil.copytree(tmp_path / "old", scene.folder)
    result = scene.home.sync()
    assert (result.result, result.error_id, result.sequence) == ("failed", "older_release", 2)


@pytest.mark.parametrize("lost", ["snapshots", "workspace.db"])
def test_the_highest_release_is_known_from_snapshot_and_workspace_alike(
    scene: Scene, tmp_path: Path, lost: str
) -> None:
    scene.publisher.write(scene.folder, sequence=5)
    assert scene.home.sync().sequence == 5
    scene.publisher.write(scene.folder, sequence=4)
    if lost == "snapshots":
        shutil.rmtree(scene.home.home.snapshots)
        again = scene.home
    else:
        for path in (scene.home.home.workspace, scene.home.home.journal):
            path.unlink()
        again = SyncedHome.at(scene.home.home)
        again.add(scene.folder, scene.publisher.key)
    assert again.sync().error_id == "older_release"


def test_removing_a_source_does_not_let_an_older_release_in(scene: Scene) -> None:
    scene.publisher.write(scene.folder, sequence=3)
    assert scene.home.sync().sequence == 3
    scene.home.workspace.remove_source("north")
    scene.publisher.write(scene.folder, sequence=2)
    scene.home.add(scene.folder, scene.publisher.key, name="again")
    assert scene.home.sync(name="again").error_id == "older_release"


def test_the_same_number_with_other_content_is_refused(scene: Scene) -> None:
    scene.publisher.write(scene.folder, sequence=1, released="2026-05-01")
    assert scene.home.sync().error_id == "other_release"


def test_a_least_release_protects_a_new_machine(tmp_path: Path, home: Home) -> None:
    publisher = Publisher.new()
    publisher.write(tmp_path / "publication", sequence=4)
    synced = SyncedHome.at(home)
    synced.add(tmp_path / "publication", publisher.key, at_least=5)
    assert synced.sync().error_id == "older_release"


def test_another_key_is_refused_at_once(scene: Scene) -> None:
    Publisher.new().write(scene.folder, sequence=2)
    result = scene.home.sync()
    assert result.result == "failed"
    assert trust.key_id(scene.publisher.key) in str(result.error)


def test_the_signature_of_another_release_is_refused(scene: Scene) -> None:
    signature = (scene.folder / SIGNATURE).read_bytes()
    scene.publisher.write(scene.folder, sequence=2)
    (scene.folder / SIGNATURE).write_bytes(signature)
    result = scene.home.sync()
    assert result.result == "failed"
    assert "published" in str(result.error)


def test_without_a_key_only_demonstration_figures_come_in(tmp_path: Path, home: Home) -> None:
    synced = SyncedHome.at(home)
    secret = trust.demonstration_secret_key()
    demonstration = Publisher(secret, trust.DEMONSTRATION_KEY)
    demonstration.write(tmp_path / "publication", demonstration=False)
    synced.add(tmp_path / "publication")
    assert synced.sync().result == "failed"
    demonstration.write(tmp_path / "publication", sequence=2)
    assert synced.sync().result == "new"


def test_an_unsigned_release_comes_in_only_where_the_person_said_so(tmp_path: Path, home: Home) -> None:
    Publisher.new().write(tmp_path / "publication", sequence=2)
    (tmp_path / "publication" / SIGNATURE).unlink()
    synced = SyncedHome.at(home)
    synced.add(tmp_path / "publication", name="strict")
    synced.add(tmp_path / "publication", name="open", unsigned=True)
    result = sync(synced.home, synced.workspace, task=Task())
    assert [source.result for source in result.sources] == ["new", "failed"]
    assert synced.rows("SELECT name, unsigned, key_id FROM sources") == [("open", 1, "")]
    Publisher.new().write(tmp_path / "publication", sequence=1)
    assert synced.sync(name="open").error_id == "older_release"


def test_a_source_added_anew_with_another_key_takes_the_place_of_the_old(scene: Scene) -> None:
    scene.home.workspace.remove_source("north")
    other = Publisher.new()
    other.write(scene.folder, tables=changed("employers", *TABLES["employers"][:3]))
    scene.home.add(scene.folder, other.key)
    result = scene.home.sync()
    assert (result.result, result.rows_new) == ("new", 33)
    assert scene.home.rows("SELECT count(*) FROM employers") == [(3,)]
    assert check(scene.home.home, repair=False, task=Task()).ok


# Access


def test_figures_for_authorities_need_a_confirmed_basis(tmp_path: Path, home: Home) -> None:
    publisher = Publisher.new()
    publisher.write(tmp_path / "publication", demonstration=False)
    synced = SyncedHome.at(home)
    synced.add(tmp_path / "publication", publisher.key, name="without")
    result = synced.sync(name="without")
    assert result.error_id == "basis_missing"
    assert "--basis" in str(result.error)
    synced.workspace.remove_source("without")
    synced.add(tmp_path / "publication", publisher.key, name="with", basis="STAR, § 6")
    assert synced.sync(name="with").result == "new"


def test_public_figures_need_none(tmp_path: Path, home: Home) -> None:
    publisher = Publisher.new()
    publisher.write(tmp_path / "publication", demonstration=False, access=Access.PUBLIC, tables=public_tables())
    synced = SyncedHome.at(home)
    synced.add(tmp_path / "publication", publisher.key)
    assert synced.sync().result == "new"


# Several sources


def test_a_source_that_fails_does_not_stop_the_others(scene: Scene, tmp_path: Path) -> None:
    other = Publisher.new()
    other.write(tmp_path / "other", access=Access.PUBLIC, tables=public_tables())
    scene.home.add(tmp_path / "other", other.key, name="public")
    scene.home.add(tmp_path / "nowhere", other.key, name="broken")
    bad = changed("outcomes", TABLES["outcomes"][0].replace(",3,4,", ",3,0,"))
    scene.publisher.write(scene.folder, sequence=2, tables=bad)
    result = sync(scene.home.home, scene.home.workspace, task=Task())
    assert {source.name: source.result for source in result.sources} == {
        "broken": "failed",
        "north": "failed",
        "public": "new",
    }
    assert scene.home.rows("SELECT name, sequence FROM sources ORDER BY name") == [("north", 1), ("public", 1)]


def test_code_lists_of_several_sources_are_merged_and_parted_again(scene: Scene, tmp_path: Path) -> None:
    other = Publisher.new()
    more = (*TABLES["programmes"], "flexjob,Fleksjob,Flexible job")
    other.write(tmp_path / "other", access=Access.PUBLIC, tables=public_tables() | {"programmes": more})
    scene.home.add(tmp_path / "other", other.key, name="public")
    assert scene.home.sync(name="public").result == "new"
    assert ("flexjob",) in scene.home.rows("SELECT code FROM programmes")
    before = scene.home.rows("SELECT id, code FROM areas")
    scene.home.workspace.remove_source("public")
    scene.home.sync()
    assert ("flexjob",) not in scene.home.rows("SELECT code FROM programmes")
    assert scene.home.rows("SELECT id, code FROM areas") == before
    assert scene.home.rows("SELECT DISTINCT source FROM figures") == scene.home.rows("SELECT id FROM sources")


def test_a_removed_source_goes_with_all_its_rows(scene: Scene) -> None:
    scene.home.workspace.remove_source("north")
    result = sync(scene.home.home, scene.home.workspace, task=Task())
    assert result.snapshot is not None
    assert result.snapshot.number == 2
    for table in ("sources", "files", "employers", "outcomes", "blocks", "measures", "figures", "areas", "cards"):
        assert scene.home.rows(f"SELECT count(*) FROM {table}") == [(0,)], table
    assert scene.home.rows("SELECT sequence FROM publishers") == [(1,)]


def test_an_unknown_name_is_refused(scene: Scene) -> None:
    with pytest.raises(InputRefused):
        sync(scene.home.home, scene.home.workspace, ["south"], task=Task())


# The home


def test_a_damaged_snapshot_is_set_aside_and_everything_fetched_again(scene: Scene) -> None:
    before = scene.home.content()
    path = snapshot_files(scene.home.home)[0]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    scene.publisher.write(scene.folder, sequence=2, released="2026-07-01")
    assert scene.home.sync().result == "new"
    assert scene.home.content() == before
    assert [file.name for file in scene.home.home.snapshots.glob("*.damaged")] == [path.name + ".damaged"]


def test_a_second_sync_at_the_same_time_is_told_to_wait(scene: Scene) -> None:
    with sync_lock(scene.home.home), pytest.raises(SnapshotUnusable):
        scene.home.sync()


def test_a_cancelled_sync_leaves_nothing_behind(scene: Scene) -> None:
    scene.publisher.write(scene.folder, sequence=2, tables=changed("outcomes", *TABLES["outcomes"][1:]))
    before = sorted(path.name for path in scene.home.home.snapshots.iterdir())
    task = Task(lambda _done, _total, _text: task.cancel())
    with pytest.raises(TaskCancelled):
        scene.home.sync(task=task)
    assert sorted(path.name for path in scene.home.home.snapshots.iterdir()) == before
    assert scene.home.sync().result == "new"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="Rights bind neither Windows nor root.")
def test_a_home_that_cannot_be_written_is_told_and_stays_readable(scene: Scene) -> None:
    scene.home.home.snapshots.chmod(0o500)
    try:
        scene.publisher.write(scene.folder, sequence=2, released="2026-07-01")
        with pytest.raises(FileUnwritable):
            scene.home.sync()
        assert scene.home.rows("SELECT sequence FROM sources") == [(1,)]
    finally:
        scene.home.home.snapshots.chmod(0o700)


def test_a_source_whose_settings_changed_is_taken_over_without_fetching_files(scene: Scene) -> None:
    entry = scene.home.workspace.sources()[0]
    scene.home.workspace.update_source(replace(entry, sole_proprietors=True))
    result = scene.home.sync()
    assert (result.result, result.files_fetched) == ("new", 0)
    assert scene.home.rows("SELECT sole_proprietors FROM sources") == [(1,)]
    assert (scene.folder / DESCRIPTION).exists()

"""Releases that leave out what an earlier one brought: it goes, what others need stays, and it can come back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.builders.signed_publication import Publisher, changed
from tests.builders.small_publication import TABLES
from tests.builders.synced_home import SyncedHome

from jobcentre_desk.desk.check import check
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task

FACTS = ("employers", "outcomes")
WITHOUT_FACTS = {table: lines for table, lines in TABLES.items() if table not in FACTS}


@dataclass(frozen=True)
class Scene:
    """A publisher, the folder it publishes to, and a home that has release 1."""

    publisher: Publisher
    folder: Path
    home: SyncedHome

    def release(self, sequence: int, tables: dict[str, tuple[str, ...]]) -> tuple[int, int, int]:
        """Publish and fetch a release; the rows that are new, changed and gone."""
        self.publisher.write(self.folder, sequence=sequence, tables=tables)
        result = self.home.sync()
        assert result.result == "new", result.error
        assert check(self.home.home, repair=False, task=Task()).ok
        return (result.rows_new, result.rows_changed, result.rows_gone)


@pytest.fixture
def scene(tmp_path: Path, home: Home) -> Scene:
    publisher, folder = Publisher.new(), tmp_path / "publication"
    publisher.write(folder)
    synced = SyncedHome.at(home)
    synced.add(folder, publisher.key)
    assert synced.sync().result == "new"
    return Scene(publisher, folder, synced)


def test_employers_and_outcomes_that_are_withdrawn_go_and_come_back_with_their_ids(scene: Scene) -> None:
    ids = scene.home.rows("SELECT id, cvr FROM employers ORDER BY id")
    many = len(TABLES["employers"]) + len(TABLES["outcomes"])
    assert scene.home.rows("SELECT count(*) FROM first_page WHERE data <> ''") == [(1,)]
    assert scene.release(2, WITHOUT_FACTS) == (0, 0, many)
    assert scene.home.rows("SELECT count(*) FROM first_page WHERE data <> ''") == [(0,)]
    assert scene.home.rows("SELECT count(*) FROM priors") == [(0,)]
    assert scene.home.rows("SELECT count(*) FROM outcomes") == [(0,)]
    assert scene.home.rows("SELECT count(*) FROM employers WHERE listed = 1") == [(0,)]
    assert scene.release(3, dict(TABLES)) == (many, 0, 0)
    assert scene.home.rows("SELECT id, cvr FROM employers WHERE listed = 1 ORDER BY id") == ids


@pytest.mark.parametrize("table", ["cards", "practices"])
def test_a_table_that_is_withdrawn_takes_its_rows_along(scene: Scene, table: str) -> None:
    assert scene.release(2, changed(table)) == (0, 0, len(TABLES[table]))  # type: ignore[arg-type]
    assert scene.home.rows(f"SELECT count(*) FROM {table}") == [(0,)]


def test_a_code_list_that_is_withdrawn_while_rows_use_it_is_refused_and_everything_stays(scene: Scene) -> None:
    before = scene.home.content()
    scene.publisher.write(scene.folder, sequence=2, tables=changed("occupations"))
    result = scene.home.sync()
    assert (result.result, result.sequence) == ("failed", 1)
    assert result.error
    assert scene.home.content() == before

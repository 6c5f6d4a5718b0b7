"""What each release changed: rows by table, and definitions with the old words beside the new."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.builders.signed_publication import Publisher, changed
from tests.builders.small_publication import TABLES
from tests.builders.synced_home import SyncedHome

from jobcentre_desk.cache.snapshot import open_newest
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.release_changes import ReleaseChange, definition_part, release_changes
from jobcentre_desk.model.publication import TABLE_COLUMNS
from jobcentre_desk.paths import Home
from jobcentre_desk.text import NO_BREAK_SPACE


def told(synced: SyncedHome) -> tuple[ReleaseChange, ...]:
    snapshot = open_newest(synced.home)
    assert snapshot is not None
    try:
        return release_changes(Figures.open(snapshot))
    finally:
        snapshot.close()


@pytest.fixture
def releases(tmp_path: Path, home: Home) -> tuple[ReleaseChange, ...]:
    """Two releases: in the second an outcome, an employer and a definition differ."""
    publisher, folder = Publisher.new(), tmp_path / "publication"
    publisher.write(folder)
    synced = SyncedHome.at(home)
    synced.add(folder, publisher.key)
    assert synced.sync().result == "new"
    outcomes = TABLES["outcomes"]
    measure = TABLES["measures"][0].replace("Rang i landet", "Rang blandt alle").replace(",1,,,STAR", ",2,,,STAR")
    tables = changed("outcomes", outcomes[0].replace("3,4,1,1,0", "3,4,2,1,0"), *outcomes[1:])
    tables |= changed("measures", measure, tables=tables)
    tables |= {"employers": (*TABLES["employers"], "10000041,Ny ApS,H,860,,false,false")}
    publisher.write(folder, sequence=2, tables=tables)
    assert synced.sync().result == "new"
    return told(synced)


def test_newest_release_first_each_with_its_source_and_time(releases: tuple[ReleaseChange, ...]) -> None:
    assert [release.title for release in releases] == ["north, release 2", "north, release 1"]
    assert all(release.taken_over for release in releases)


def test_rows_are_counted_by_table_and_quarter(releases: tuple[ReleaseChange, ...]) -> None:
    rows = {row[0].replace(NO_BREAK_SPACE, " "): row[1:] for row in releases[0].rows.rows}
    assert rows["Employers"] == ("1", "0", "0")
    [outcomes] = [row for table, row in rows.items() if table.startswith("Outcomes, Q")]
    assert outcomes == ("0", "1", "0")
    assert rows["Measures"] == ("0", "1", "0")


def test_a_first_release_tells_its_outcomes_on_one_line(releases: tuple[ReleaseChange, ...]) -> None:
    rows = {row[0]: row[1:] for row in releases[1].rows.rows}
    assert rows["Outcomes"] == (str(len(TABLES["outcomes"])), "0", "0")
    assert releases[1].definitions == ()


def test_a_definition_stands_old_beside_new_under_the_name_of_its_measure(releases: tuple[ReleaseChange, ...]) -> None:
    parts = {change.part: (change.old, change.new) for change in releases[0].definitions}
    assert parts == {"Definition (Danish)": ("Rang i landet", "Rang blandt alle"), "Version": ("1", "2")}
    assert {change.measure for change in releases[0].definitions} != {"y30r21.rank"}


def test_every_column_of_a_definition_has_words() -> None:
    columns = [column for column in TABLE_COLUMNS["measures"] if column != "id"]
    assert [column for column in columns if definition_part(column) == column] == []

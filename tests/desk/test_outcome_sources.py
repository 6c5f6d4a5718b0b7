"""Outcomes of two sources in one snapshot: each is looked at by itself, and neither changes the other."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.builders.signed_publication import Lines, Publisher, changed
from tests.builders.small_publication import CVR, TABLES
from tests.builders.synced_home import SyncedHome

from jobcentre_desk.cache.schema import employer_ids_of_source
from jobcentre_desk.cache.snapshot import snapshot_files
from jobcentre_desk.cache.upgrade import open_current
from jobcentre_desk.desk.check import check
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.find import find_employers, rows
from jobcentre_desk.desk.first_page import read_first_page, ready_page
from jobcentre_desk.desk.guard import share_minimum
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.outcomes import EmployerRow, Scope
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing.demo import write_demonstration
from jobcentre_desk.task import Task

DERIVED = ("blocks", "employer_blocks", "priors", "first_page")
OTHER_TABLES: Lines = TABLES | {
    "employers": (
        f"{CVR[3]},Łódź Import Nord,H,860,1-4,false,false",
        f"{CVR[0]},Nørre Brød & Kager A/S,47.11,851,5-9,false,false",
        "10000041,Kun Her ApS,H,860,,false,false",
    ),
    "outcomes": (
        f"2025Q02,{CVR[0]},851,47.11,5223,cash_benefit,traineeship,1,9,3,0,0",
        f"2025Q02,{CVR[3]},860,H,5223,cash_benefit,traineeship,1,2,1,0,0",
        "2025Q03,10000041,860,H,5223,cash_benefit,traineeship,0,1,0,1,0",
    ),
}
"""The same employer with another number, name and counts; an earlier quarter; one employer of its own."""


@dataclass(frozen=True)
class Scene:
    """A home with two sources of outcomes, and where they are published."""

    publishers: dict[str, Publisher]
    folders: dict[str, Path]
    home: SyncedHome

    def publish(self, name: str, sequence: int, tables: Lines) -> None:
        """Publish the next release of one source."""
        self.publishers[name].write(
            self.folders[name], sequence=sequence, tables=tables, publisher=name, **FACTS.get(name, {})
        )

    def rows_of(self, name: str) -> dict[str, list[Any]]:
        """Everything that follows from the outcomes of a source, and its rows, byte by byte."""
        number = self.home.rows(f"SELECT id FROM sources WHERE name = '{name}'")[0][0]
        found = {
            table: self.home.rows(f"SELECT * FROM {table} WHERE source = {number} ORDER BY 1, 2, 3")
            for table in ("employers", *DERIVED[:3])
        }
        found["first_page"] = self.home.rows(f"SELECT * FROM first_page WHERE source = {number}")
        found["outcomes"] = self.home.rows(f"SELECT * FROM outcomes WHERE id / 10000000000000 = {number} ORDER BY id")
        return found

    @contextmanager
    def figures(self, *, order: Sequence[str] = (), outcomes_from: str = "") -> Iterator[Figures]:
        """The figures of the newest snapshot."""
        snapshot = open_current(self.home.home)
        assert snapshot is not None
        try:
            yield Figures.open(snapshot, order=order, outcomes_from=outcomes_from)
        finally:
            snapshot.close()


FACTS: dict[str, dict[str, object]] = {
    "other": {"outcomes_known_through": Quarter.of(2025, 3), "share_minimum_count": 5, "publisher_name": "Andre"}
}


@pytest.fixture
def scene(tmp_path: Path, home: Home) -> Scene:
    names = ("north", "other")
    made = Scene(
        {name: Publisher.new() for name in names}, {name: tmp_path / name for name in names}, SyncedHome.at(home)
    )
    made.publish("north", 1, TABLES)
    made.publish("other", 1, OTHER_TABLES)
    for name in names:
        made.home.add(made.folders[name], made.publishers[name].key, name=name)
        assert made.home.sync(name=name).error is None
    return made


def listed(figures: Figures) -> list[EmployerRow]:
    """The list of employers without a filter."""
    return rows(figures, find_employers(figures, Scope()), 0, 99)


def counts(figures: Figures) -> dict[str, tuple[str, int]]:
    """Name and completed traineeships of each employer listed."""
    return {row.cvr: (row.name, row.counts.completed) for row in listed(figures)}


def test_each_source_is_seen_with_its_own_employers_and_totals(scene: Scene) -> None:
    with scene.figures() as north:
        assert [source.name for source in north.outcome_sources] == ["north", "other"]
        assert counts(north)[CVR[0]] == ("Nørre Brød A/S", 9)
        other = north.seen_from("other")
        assert counts(other) == {
            CVR[0]: ("Nørre Brød & Kager A/S", 9),
            CVR[3]: ("Łódź Import Nord", 2),
            "10000041": ("Kun Her ApS", 1),
        }
        assert (north.known_through, other.known_through) == (Quarter.of(2025, 4), Quarter.of(2025, 3))
        assert [str(quarter) for quarter in other.quarters] == ["2025Q02", "2025Q03"]
        assert (share_minimum(north), share_minimum(other)) == (3, 5)
        assert "Andre" in other.origin().line
        assert "Nordjylland" in north.origin().line
        assert (north.employer_id(CVR[3]), other.employer_id(CVR[3])) == (4, 2)
        with pytest.raises(InputRefused):
            other.employer(CVR[2])


def test_a_view_shares_the_snapshot_and_is_made_once(scene: Scene) -> None:
    with scene.figures() as north:
        other = north.seen_from("other")
        assert other.snapshot is north.snapshot
        assert other.seen_from("north") is north
        assert north.seen_from("other") is other
        assert other.load_blocks() is not north.load_blocks()
        assert other.load_blocks() is north.seen_from("other").load_blocks()


def test_the_order_says_which_is_looked_at_first(scene: Scene) -> None:
    for order, expected in (((), "north"), (("other", "north"), "other"), (("other",), "other"), (("gone",), "north")):
        with scene.figures(order=order) as figures:
            assert figures.outcome_source is not None
            assert figures.outcome_source.name == expected
            assert ready_page(figures.snapshot, order) == read_first_page(figures.snapshot, figures.outcome_source.id)
    with scene.figures(order=("north",), outcomes_from="other") as figures:
        assert figures.outcome_source is not None
        assert figures.outcome_source.name == "other"


def test_a_source_without_outcomes_cannot_be_looked_at(scene: Scene) -> None:
    with pytest.raises(InputRefused) as refusal, scene.figures(outcomes_from="nobody"):
        pass
    assert "nobody" in refusal.value.message
    assert "north, other" in refusal.value.hint


def test_every_source_has_its_own_ready_page(scene: Scene) -> None:
    with scene.figures() as figures:
        for source in figures.outcome_sources:
            view = figures.seen_from(source.name)
            page = read_first_page(figures.snapshot, source.id)
            assert page is not None
            assert page.rows == listed(view)


def test_the_readable_view_tells_the_source_of_each_row(scene: Scene) -> None:
    found = scene.home.rows(
        f"SELECT source, quarter, name, completed FROM outcomes_readable WHERE cvr = '{CVR[0]}' ORDER BY 1, 2, 4"
    )
    assert found == [
        ("north", "2025Q03", "Nørre Brød A/S", 4),
        ("north", "2025Q04", "Nørre Brød A/S", 5),
        ("north", "2026Q01", "Nørre Brød A/S", 2),
        ("other", "2025Q02", "Nørre Brød & Kager A/S", 9),
    ]


def test_check_proves_both_and_names_the_one_that_does_not_agree(scene: Scene) -> None:
    assert check(scene.home.home, repair=False, task=Task()).ok
    path = snapshot_files(scene.home.home)[0]
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE outcomes SET completed = completed + 1 WHERE completed = 9")
    path.rename(path.with_name(f"snap-00000009-{hashlib.sha256(path.read_bytes()).hexdigest()}.db"))
    found = check(scene.home.home, repair=False, task=Task())
    assert {(problem.table, problem.row) for problem in found.problems} == {("blocks", "other 2025Q02")}
    assert check(scene.home.home, repair=True, task=Task()).ok
    with scene.figures(outcomes_from="other") as figures:
        assert counts(figures)[CVR[0]][1] == 10


def test_numbers_of_employers_are_counted_within_the_source(scene: Scene) -> None:
    for source in (1, 2):
        first = employer_ids_of_source(source)[0]
        ids = [number for (number,) in scene.home.rows(f"SELECT id FROM employers WHERE source = {source} ORDER BY id")]
        assert ids == [first + number for number in range(1, len(ids) + 1)]


@pytest.mark.parametrize(("gone", "left"), [("north", "other"), ("other", "north")])
def test_removing_one_leaves_the_other_byte_for_byte(scene: Scene, gone: str, left: str) -> None:
    before = scene.rows_of(left)
    scene.home.workspace.remove_source(gone)
    scene.home.sync(name=left)
    assert scene.rows_of(left) == before
    for table in (*DERIVED, "employers", "figures", "files"):
        assert len(scene.home.rows(f"SELECT DISTINCT source FROM {table}")) == 1
    assert len(scene.home.rows("SELECT DISTINCT id / 10000000000000 FROM outcomes")) == 1
    with scene.figures() as figures:
        assert [source.name for source in figures.outcome_sources] == [left]
    assert check(scene.home.home, repair=False, task=Task()).ok


def test_a_release_of_one_leaves_the_other_byte_for_byte(scene: Scene) -> None:
    before = scene.rows_of("other")
    outcomes = TABLES["outcomes"]
    tables = changed("outcomes", outcomes[0].replace("3,4,1,1,0", "3,4,2,1,0"), *outcomes[1:])
    tables |= {"employers": (*TABLES["employers"], "10000041,Ny ApS,H,860,,false,false")}
    scene.publish("north", 2, tables)
    result = scene.home.sync(name="north")
    assert (result.rows_new, result.rows_changed) == (1, 1)
    assert scene.rows_of("other") == before
    assert check(scene.home.home, repair=False, task=Task()).ok


def test_a_source_that_withdraws_its_outcomes_leaves_the_other_in_view(scene: Scene) -> None:
    before = scene.rows_of("other")
    scene.publish("north", 2, changed("outcomes", tables=changed("employers")))
    assert scene.home.sync(name="north").error is None
    with scene.figures(order=("north", "other")) as figures:
        assert [source.name for source in figures.outcome_sources] == ["other"]
    assert scene.rows_of("other") == before
    assert check(scene.home.home, repair=False, task=Task()).ok


def test_a_new_place_of_a_branch_is_worked_into_both(scene: Scene) -> None:
    before = scene.rows_of("other")
    moved = tuple(line.replace("47.1,47,3", "47.1,G,3") for line in TABLES["branches"])
    assert moved != TABLES["branches"]
    scene.publish("north", 2, changed("branches", *moved))
    result = scene.home.sync(name="north")
    assert result.error is None
    after = scene.rows_of("other")
    assert {table for table in after if after[table] != before[table]} <= {"priors", "first_page"}
    assert check(scene.home.home, repair=False, task=Task()).ok


def test_a_code_that_only_the_other_uses_stays_when_its_list_goes(scene: Scene) -> None:
    before = scene.rows_of("other")
    lists = ("areas", "branches", "occupations", "benefit_groups", "programmes")
    scene.publish("other", 2, {table: lines for table, lines in OTHER_TABLES.items() if table not in lists})
    assert scene.home.sync(name="other").error is None
    scene.home.workspace.remove_source("north")
    scene.home.sync(name="other")
    assert scene.rows_of("other")["outcomes"] == before["outcomes"]
    assert ("47.11",) in scene.home.rows("SELECT code FROM branches")
    assert check(scene.home.home, repair=False, task=Task()).ok


def test_employers_unlisted_with_a_code_that_goes_leave_the_blocks_of_their_source_too(scene: Scene) -> None:
    more = (*TABLES["branches"], "K,,1,Finans,Finance")
    bank = (*TABLES["employers"], "10000041,Bank A/S,K,851,,false,false")
    for sequence, tables in enumerate(({"branches": more, "employers": bank}, {"branches": more}, {}), 2):
        scene.publish("north", sequence, TABLES | tables)
        assert scene.home.sync(name="north").error is None
        assert check(scene.home.home, repair=False, task=Task()).ok
    assert scene.home.rows("SELECT count(*) FROM employers WHERE source = 1") == [(4,)]


def test_priors_and_badges_of_a_view_are_those_the_source_has_alone(tmp_path: Path, home: Home) -> None:
    """Two demonstrations in one home against the second one in a home of its own."""
    folders = [tmp_path / "first", tmp_path / "second"]
    for release, folder in enumerate(folders, 1):
        write_demonstration(folder, size="small", release=release, task=Task())
    both, alone = SyncedHome.at(home), SyncedHome.at(Home(tmp_path / "alone"))
    for name, folder in zip(("first", "second"), folders, strict=True):
        both.add(folder, unsigned=True, name=name)
    alone.add(folders[1], unsigned=True, name="second")
    assert both.sync(name="second").error is alone.sync(name="second").error is None
    priors = "SELECT window, level_code, alpha, beta, employers, capped FROM priors{} ORDER BY 1, 2"
    assert both.rows(priors.format(" WHERE source = 2")) == alone.rows(priors.format(""))
    with _opened(both.home) as together, _opened(alone.home) as single:
        view = together.seen_from("second")
        assert listed(view) == listed(single)
        assert listed(view) != listed(together)


@contextmanager
def _opened(home: Home) -> Iterator[Figures]:
    snapshot = open_current(home)
    assert snapshot is not None
    try:
        yield Figures.open(snapshot)
    finally:
        snapshot.close()

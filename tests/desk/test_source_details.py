"""What stands beside a source: tables, newest period, the last changes, warnings, and what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.builders.service_home import fill_services

from jobcentre_desk import text
from jobcentre_desk.cache.snapshot import open_newest
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.measure_readings import measure_reading
from jobcentre_desk.desk.revised_values import revised_values
from jobcentre_desk.desk.source_details import about_source, coming_releases, source_details
from jobcentre_desk.desk.table_exports import save_table
from jobcentre_desk.paths import Home
from jobcentre_desk.workspace.store import Workspace


@pytest.fixture(scope="module")
def services_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with three tables of a service fetched twice, and a file of one's own."""
    text.use_language("en")
    home = Home(tmp_path_factory.mktemp("services") / "home")
    fill_services(home)
    return home


@pytest.fixture
def figures(services_home: Home) -> Iterator[Figures]:
    """The figures of that home."""
    text.use_language("en")
    snapshot = open_newest(services_home)
    assert snapshot is not None
    yield Figures.open(snapshot)
    snapshot.close()


def test_source_tells_its_tables_newest_period_changes_and_warnings(figures: Figures) -> None:
    detail = source_details(figures)["Jobindsats"]
    assert (detail.tables, detail.through.replace("\xa0", " "), detail.changed) == (3, "Jun 2026", "12 revised values")
    assert {problem.file.split(",")[0] for problem in detail.warnings} == {"y60a02"}
    assert any(problem.column == "Helt ny kolonne" for problem in detail.warnings)


def test_place_of_a_service_is_its_server(figures: Figures, services_home: Home) -> None:
    entries = {entry.name: entry for entry in Workspace.open(services_home).sources()}
    details = source_details(figures)
    assert about_source(entries["Danmarks Statistik"], None) == "api.statbank.dk"
    assert about_source(entries["Jobindsats"], details["Jobindsats"]).endswith(" · 3 tables")
    assert about_source(entries["Kommunens egen fil"], None) == "a file of one's own"


def test_what_comes_is_told_by_table_and_what_is_due_is_marked(figures: Figures) -> None:
    coming = coming_releases(figures, [("North", dt.date(2027, 1, 2))], today=dt.date(2026, 11, 23))
    assert [(one.day, one.due) for one in coming] == [
        (dt.date(2026, 8, 24), True),
        (dt.date(2026, 12, 14), False),
        (dt.date(2027, 1, 2), False),
    ]
    assert coming[1].words.startswith("Jobindsats: ")
    assert len(coming[1].tables) == 2
    assert coming_releases(None, [], today=dt.date(2026, 11, 23)) == ()


def test_revised_values_stand_old_beside_new_and_can_be_saved(figures: Figures, tmp_path: Path) -> None:
    revised = revised_values(figures)
    assert len(revised.table.rows) == 12
    assert {row[-1] for row in revised.table.rows} == {"Jobindsats 2"}
    assert all(float(row[5]) - float(row[4]) == pytest.approx(7) for row in revised.table.rows)
    [(measure, _name)] = revised.measures
    assert revised_values(figures, measure=measure).table.rows == revised.table.rows
    assert revised_values(figures, source="Kommunens egen fil").table.rows == ()
    save_table(revised.table, tmp_path / "revised.csv")
    assert len((tmp_path / "revised.csv").read_text(encoding="utf-8-sig").splitlines()) == 13


def test_measure_tells_where_it_was_read(figures: Figures) -> None:
    [(measure, _name)] = revised_values(figures).measures
    reading = measure_reading(figures, measure)
    assert reading is not None
    assert reading.shown == "Jobindsats"
    assert reading.others == ()
    assert all("y01a02" in told and "data/y01a02" in told for told in reading.readings)
    assert measure_reading(figures, "no.such") is None

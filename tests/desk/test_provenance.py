"""A figure tells its release, its definition, what it was before, and the row and column it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from tests.builders.service_figures import PLACE, arrival, figure, service_figures
from tests.builders.signed_publication import Publisher, changed
from tests.builders.small_publication import TABLES
from tests.builders.synced_home import SyncedHome

from jobcentre_desk import text
from jobcentre_desk.cache.service_writer import ServiceArrival, write_service_figures
from jobcentre_desk.cache.snapshot import Snapshot, open_newest
from jobcentre_desk.cache.snapshot_writer import next_snapshot
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.provenance import (
    figure_lines,
    provenance_cells,
    provenance_header,
    provenance_lines,
    provenance_of,
)
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task

FIRST, *REST = TABLES["figures"]
WHERE = {"period": "2022QMAT04", "group": "all"}


@contextmanager
def newest(home: Home) -> Iterator[Figures]:
    snapshot = open_newest(home)
    assert snapshot is not None
    with closing(snapshot):
        yield Figures.open(snapshot)


@pytest.fixture
def three_releases(tmp_path: Path, home: Home) -> Home:
    """The rank of Hjørring was 57, then 58, and is hidden now."""
    publisher, folder = Publisher.new(), tmp_path / "publication"
    synced = SyncedHome.at(home)
    publisher.write(folder)
    synced.add(folder, publisher.key)
    synced.sync()
    for sequence, row in ((2, FIRST.replace(",57,", ",58,")), (3, FIRST.replace(",57,,,known", ",,,,hidden"))):
        publisher.write(folder, sequence=sequence, tables=changed("figures", row, *REST))
        assert synced.sync().rows_changed == 1
    return home


def test_a_figure_tells_release_definition_and_every_former_value(three_releases: Home) -> None:
    with newest(three_releases) as figures:
        told = provenance_of(figures, "y30r21.rank", "851", **WHERE)
    assert told is not None
    assert (told.source, told.release, told.definition_version) == ("north", 3, "1")
    assert (told.value, told.state, told.read_at) == (None, State.HIDDEN, None)
    assert [(one.value, one.changed_by) for one in told.former] == [("58", 3), ("57", 2)]
    lines = provenance_lines(told)
    assert lines[1] == "It was 58 until release 3. It was 57 until release 2."
    assert "release 3 of" in lines[0]
    with newest(three_releases) as figures:
        assert figure_lines(figures, "y30r21.rank", "851", **WHERE) == lines
        assert figure_lines(figures, "y30r21.rank", "851", **WHERE, beside=told.publisher_name) == lines[1:]
    assert provenance_cells(told)[-1] == "58 (until release 3); 57 (until release 2)"
    assert len(provenance_cells(None)) == len(provenance_header()) == len(provenance_cells(told))


def test_a_figure_that_never_changed_has_no_former_value(three_releases: Home) -> None:
    with newest(three_releases) as figures:
        told = provenance_of(figures, "y30r21.rank", "860", period="2022QMAT04", group="cash_benefit")
    assert told is not None
    assert told.former == ()
    assert len(provenance_lines(told)) == 1


def test_a_figure_nobody_publishes_tells_nothing(three_releases: Home) -> None:
    with newest(three_releases) as figures:
        assert provenance_of(figures, "y30r21.rank", "851", period="1999QMAT04") is None
        assert provenance_of(figures, "nobody.knows", "851", **WHERE) is None
        assert provenance_of(figures, "y30r21.rank", "851", **WHERE, source="south") is None
        assert figure_lines(figures, "nobody.knows", "851", **WHERE) == ()


def test_a_measure_counted_from_outcomes_has_the_release_of_their_source(three_releases: Home) -> None:
    with newest(three_releases) as figures:
        told = provenance_of(figures, "traineeship.success_rate", "851", period="2025Q04")
        assert told is not None
        assert (told.source, told.release, told.former) == ("north", 3, ())
        assert figures.outcome_source is not None
        assert told.definition_version


def take(home: Home, came: ServiceArrival) -> None:
    with closing_or_none(home) as former, next_snapshot(home, former, task=Task()) as building:
        write_service_figures(building.connection, came, task=Task())
        building.finish(lambda _snapshot, _source: "", touched={})


@contextmanager
def closing_or_none(home: Home) -> Iterator[Snapshot | None]:
    snapshot = open_newest(home)
    try:
        yield snapshot
    finally:
        if snapshot is not None:
            snapshot.close()


def test_a_figure_of_a_service_tells_table_row_and_column(home: Home) -> None:
    take(home, arrival(service_figures(figure("34", row=3))))
    take(home, arrival(service_figures(figure("35", row=7))))
    measure, area, period, group = PLACE
    with newest(home) as figures:
        told = provenance_of(figures, measure, area, period=period, group=group)
    assert told is not None
    assert told.read_at is not None
    assert (told.read_at.table, told.read_at.row, told.read_at.column) == ("y01c01", 7, "Antal")
    assert [one.value for one in told.former] == ["34"]
    text.use_language("da")
    assert len(provenance_lines(told)) == 3

"""The published series of an area: from the source it is shown from, after the last break, without overlaps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from tests.builders.service_figures import PLACE, arrival, figure, measure, service_figures

from jobcentre_desk.cache.area_series import series_of_area
from jobcentre_desk.cache.service_writer import write_service_figures
from jobcentre_desk.cache.snapshot import Snapshot, open_newest
from jobcentre_desk.cache.snapshot_writer import next_snapshot
from jobcentre_desk.model.services import SeriesBreak, TracedFigure
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task

MEASURE, AREA, _PERIOD, GROUP = PLACE


def month(period: str, value: str | None) -> TracedFigure:
    return figure(value, MEASURE, AREA, period, GROUP)


@pytest.fixture
def snapshot(home: Home) -> Iterator[Snapshot]:
    """Six months of one measure, one of them hidden, a value to date, and two breaks before the last four."""
    values = [
        ("2026M01", "1"),
        ("2026M02", "2"),
        ("2026M03", "3"),
        ("2026M04", None),
        ("2026M05", "5"),
        ("2026M06", "6"),
    ]
    figures = [*(month(period, value) for period, value in values), month("2026MYTD06", "21"), month("odd", "9")]
    breaks = tuple(
        SeriesBreak(measure=MEASURE, period=period, sentence_da="brud", sentence_en="break")
        for period in ("2026M03", "2025M01", "odd")
    )
    came = service_figures(*figures, breaks=breaks, measures=(measure(MEASURE),))
    with next_snapshot(home, None, task=Task()) as building:
        write_service_figures(building.connection, arrival(came), task=Task())
        building.finish(lambda _snapshot, _source: "", touched={})
    made = open_newest(home)
    assert made is not None
    with closing(made):
        yield made


def test_a_series_begins_with_its_last_break_and_passes_over_what_is_hidden(snapshot: Snapshot) -> None:
    [series] = series_of_area(snapshot, AREA)
    assert (series.measure.id, series.group) == (MEASURE, GROUP)
    assert series.values == (("2026M03", "3"), ("2026M05", "5"), ("2026M06", "6"))


def test_an_area_without_figures_has_no_series(snapshot: Snapshot) -> None:
    assert series_of_area(snapshot, "081") == []

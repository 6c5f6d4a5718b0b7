"""Figures of a service in a snapshot: what is replaced, what stays, what is revised, and what leaves with what."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from tests.builders.service_figures import AREAS, PLACE, answer, arrival, figure, measure, service_figures

from jobcentre_desk.cache.arrivals import DefinitionChange, ReleaseChanges, RowCounts
from jobcentre_desk.cache.change_log import read_changes
from jobcentre_desk.cache.revisions import (
    CalendarEntry,
    read_breaks,
    read_problems,
    read_revisions,
    release_calendar,
    trace_of,
)
from jobcentre_desk.cache.service_queries import known_tables
from jobcentre_desk.cache.service_writer import ServiceArrival, write_service_figures
from jobcentre_desk.cache.snapshot import Snapshot, open_newest, sources
from jobcentre_desk.cache.snapshot_writer import next_snapshot
from jobcentre_desk.cache.source_rows import remove_source
from jobcentre_desk.model.areas import Area, AreaKind
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.model.publication import RowProblem
from jobcentre_desk.model.services import SeriesBreak, TableQuery
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task

WOMEN = "y01c01.persons.women"


class Scene:
    """A home whose snapshots hold what services brought."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self.snapshot: Snapshot | None = None

    def take(self, *arrivals: ServiceArrival, remove: str = "") -> ReleaseChanges:
        """Build the next snapshot; what the last arrival changed."""
        changes = ReleaseChanges()
        with next_snapshot(self._home, self.snapshot, task=Task()) as building:
            if remove:
                remove_source(building.connection, remove)
            for each in arrivals:
                changes = write_service_figures(building.connection, each, task=Task())
            building.finish(lambda _snapshot, _source: "", touched={})
        self.close()
        self.snapshot = open_newest(self._home)
        return changes

    def close(self) -> None:
        if self.snapshot is not None:
            self.snapshot.close()

    def rows(self, query: str) -> list[tuple[object, ...]]:
        assert self.snapshot is not None
        return self.snapshot.connect().execute(query).fetchall()

    @property
    def loaded(self) -> Snapshot:
        assert self.snapshot is not None
        return self.snapshot


@pytest.fixture
def scene(home: Home) -> Iterator[Scene]:
    made = Scene(home)
    yield made
    made.close()


def test_a_first_sync_is_all_new_and_every_figure_tells_where_it_was_read(scene: Scene) -> None:
    body = b'\xef\xbb\xbf{"columns": [], "rows": []}'
    came = service_figures(figure("34", row=7), figure(None, WOMEN), answers=(answer(body=body),))
    changes = scene.take(arrival(came))
    assert changes.tables["figures"] == RowCounts(new=2)
    assert changes.tables["areas"] == RowCounts(new=3)
    assert changes.sequence == 1
    trace = trace_of(scene.loaded, PLACE, "jobindsats")
    assert trace is not None
    assert (trace.request, trace.row, trace.column) == ("/data/y01c01?format=json", 7, "Antal")
    [(kept,)] = scene.rows(f"SELECT body FROM answers WHERE id = {trace.answer}")
    assert gzip.decompress(kept) == body  # type: ignore[arg-type]
    assert scene.rows(f"SELECT value, state FROM figures WHERE measure = '{WOMEN}'") == [(None, "hidden")]


def test_the_source_stands_as_public_and_signed_by_nobody_but_not_unsigned(scene: Scene) -> None:
    scene.take(arrival(service_figures(figure("34"))))
    [loaded] = sources(scene.loaded)
    assert (loaded.access, loaded.unsigned, loaded.demonstration, loaded.holds_outcomes) == (
        "public",
        False,
        False,
        False,
    )
    assert (loaded.publisher_name, loaded.released, loaded.next_release) == ("Styrelsen", "2026-09-14", "2026-10-12")
    assert scene.rows("SELECT kind FROM sources") == [("jobindsats",)]


def test_a_changed_a_hidden_and_a_vanished_figure_are_each_kept_as_a_revision(scene: Scene) -> None:
    months = ["2026M06", "2026M07", "2026M08"]
    first = service_figures(*(figure("34", PLACE[0], "860", month) for month in months))
    scene.take(arrival(first))
    second = service_figures(
        figure("35", PLACE[0], "860", "2026M06"),
        figure(None, PLACE[0], "860", "2026M07"),
        covered={PLACE[0]: months},
    )
    changes = scene.take(arrival(second))
    assert changes.tables["figures"] == RowCounts(changed=2, gone=1)
    assert changes.sequence == 2
    told = {(r.period, r.old_value, r.old_state, r.new_value, r.new_state) for r in read_revisions(scene.loaded)}
    assert told == {
        ("2026M06", "34", State.KNOWN, "35", State.KNOWN),
        ("2026M07", "34", State.KNOWN, None, State.HIDDEN),
        ("2026M08", "34", State.KNOWN, None, State.NOT_REPORTED),
    }
    assert {r.sequence for r in read_revisions(scene.loaded, source="jobindsats", measure=PLACE[0], area="860")} == {2}
    assert read_revisions(scene.loaded, area="810") == ()


def test_revisions_pile_up_from_sync_to_sync(scene: Scene) -> None:
    for value in ("34", "35", "36"):
        scene.take(arrival(service_figures(figure(value))))
    newest, oldest = read_revisions(scene.loaded)
    assert (newest.sequence, newest.old_value, newest.new_value) == (3, "35", "36")
    assert (oldest.sequence, oldest.old_value, oldest.new_value) == (2, "34", "35")


def test_what_was_announced_as_not_known_yet_is_no_revision_when_it_comes(scene: Scene) -> None:
    scene.take(arrival(service_figures(figure(None, state=State.NOT_YET_KNOWN))))
    scene.take(arrival(service_figures(figure("3"))))
    assert read_revisions(scene.loaded) == ()


def test_periods_that_were_not_asked_for_stay_with_the_answer_they_came_in(scene: Scene) -> None:
    scene.take(arrival(service_figures(figure("1", PLACE[0], "860", "2020M01"), figure("2"))))
    changes = scene.take(arrival(service_figures(figure("2"), answers=(answer(body=b"[]"),))))
    assert not changes.total
    assert scene.rows("SELECT period, value, answer FROM figures ORDER BY period") == [
        ("2020M01", "1", 1),
        ("2026M08", "2", 2),
    ]
    assert [row[0] for row in scene.rows("SELECT id FROM answers ORDER BY id")] == [1, 2]


def test_an_answer_that_no_figure_points_at_any_more_is_dropped(scene: Scene) -> None:
    scene.take(arrival(service_figures(figure("2"))))
    scene.take(arrival(service_figures(figure("2"))))
    assert scene.rows("SELECT id FROM answers") == [(2,)]


def test_a_sync_that_changed_nothing_keeps_the_release_number(scene: Scene) -> None:
    scene.take(arrival(service_figures(figure("2"))))
    assert scene.take(arrival(service_figures(figure("2")))).sequence == 1
    assert {line.sequence for line in read_changes(scene.loaded)} == {1}


def test_a_kept_table_stays_with_its_dates_its_query_and_its_problems(scene: Scene) -> None:
    problem = RowProblem(file="y60c02, answer 2", row=3, column="Køn", reason="The level “X” is new.")
    both = service_figures(
        figure("2"),
        figure("5", "y60c02.persons", answer=2),
        answers=(answer(), answer(2, table="y60c02")),
        problems=(problem,),
    )
    old_query = TableQuery(table="y60c02", latest=14)
    scene.take(arrival(both, TableQuery(table="y01c01"), old_query))
    again = service_figures(figure("3"), answers=(answer(updated="2026-10-12"),), kept_tables=frozenset({"y60c02"}))
    scene.take(arrival(again, TableQuery(table="y01c01"), TableQuery(table="y60c02", latest=28)))
    assert scene.rows("SELECT value FROM figures ORDER BY measure") == [("3",), ("5",)]
    known = known_tables(scene.loaded.connect(), "jobindsats")
    assert known["y60c02"].query == old_query
    assert (known["y60c02"].updated, known["y01c01"].updated) == ("2026-09-14", "2026-10-12")
    assert known["y01c01"].periods == {"2026M08"}
    assert read_problems(scene.loaded, "jobindsats") == (problem,)


def test_problems_of_a_table_that_was_read_again_are_those_of_this_sync(scene: Scene) -> None:
    problem = RowProblem(file="y01c01", row=3, column="Køn", reason="The level “X” is new.")
    scene.take(arrival(service_figures(figure("2"), problems=(problem,))))
    scene.take(arrival(service_figures(figure("2"))))
    assert read_problems(scene.loaded, "jobindsats") == ()


def test_a_table_that_is_no_longer_asked_for_goes_with_all_that_hangs_on_it(scene: Scene) -> None:
    both = service_figures(
        figure("2"), figure("5", "y60c02.persons", answer=2), answers=(answer(), answer(2, table="y60c02"))
    )
    scene.take(arrival(both))
    changed = service_figures(
        figure("2"), figure("6", "y60c02.persons", answer=2), answers=(answer(), answer(2, table="y60c02"))
    )
    scene.take(arrival(changed))
    changes = scene.take(
        arrival(service_figures(kept_tables=frozenset({"y01c01"}), answers=()), TableQuery(table="y01c01"))
    )
    assert changes.tables["figures"] == RowCounts(gone=1)
    assert scene.rows("SELECT DISTINCT measure FROM figures") == [("y01c01.persons",)]
    assert scene.rows("SELECT id FROM measures") == [("y01c01.persons",)]
    assert scene.rows("SELECT tbl FROM queries") == [("y01c01",)]
    assert read_revisions(scene.loaded) == ()


def test_levels_that_a_changed_query_leaves_out_go(scene: Scene) -> None:
    every = TableQuery(table="y01c01", dimensions=(("kon", ("*",)),))
    scene.take(arrival(service_figures(figure("2"), figure("1", WOMEN)), every))
    scene.take(arrival(service_figures(figure("2")), TableQuery(table="y01c01")))
    assert scene.rows("SELECT measure FROM figures") == [("y01c01.persons",)]
    assert scene.rows("SELECT id FROM measures") == [("y01c01.persons",)]


def test_rows_that_break_a_rule_are_left_out_and_named(scene: Scene) -> None:
    came = service_figures(
        figure("34"),
        figure("3,5", WOMEN, row=2),
        figure("4", PLACE[0], "999", row=3),
        figure("5", PLACE[0], "860", "2026M13", row=4),
        figure("6", "y01c01.none", row=5),
    )
    broken = measure("Y01C01 None")
    changes = scene.take(arrival(service_figures(*came.figures, measures=(measure(PLACE[0]), measure(WOMEN), broken))))
    assert scene.rows("SELECT value FROM figures") == [("34",)]
    assert [(problem.file, problem.row) for problem in changes.problems] == [
        ("measures Y01C01 None", 0), ("y01c01", 2), ("y01c01", 3), ("y01c01", 4), ("y01c01", 5),
    ]  # fmt: skip
    assert "“3,5” is no number with a decimal point." in changes.problems[1].reason
    assert read_problems(scene.loaded, "jobindsats") == changes.problems


def test_identical_figures_merge_and_contradicting_ones_are_left_out(scene: Scene) -> None:
    came = service_figures(
        figure("34"),
        figure("34", row=2),
        figure("1", WOMEN, row=3),
        figure("2", WOMEN, row=4),
        figure("9", "y01c01.sure"),
    )
    changes = scene.take(arrival(came))
    assert scene.rows("SELECT measure, answer_row FROM figures ORDER BY measure") == [
        ("y01c01.persons", 1),
        ("y01c01.sure", 1),
    ]
    assert [(problem.row, problem.column) for problem in changes.problems] == [(4, "Antal")]


def test_a_definition_that_changed_is_told_column_by_column(scene: Scene) -> None:
    scene.take(arrival(service_figures(figure("2"))))
    reworded = service_figures(figure("2"), measures=(measure(PLACE[0], name_da="Antal personer"),))
    changes = scene.take(arrival(reworded))
    assert changes.definitions == [DefinitionChange("y01c01.persons", "name_da", "Antal", "Antal personer")]
    assert changes.sequence == 2


def test_breaks_are_replaced_with_their_measures(scene: Scene) -> None:
    told = SeriesBreak(measure=PLACE[0], period="2026M01", sentence_da="Brud", sentence_en="A break")
    scene.take(arrival(service_figures(figure("2"), breaks=(told,))))
    [loaded] = read_breaks(scene.loaded)
    assert (loaded.source, loaded.measure, loaded.sentence_en) == ("jobindsats", PLACE[0], "A break")
    scene.take(arrival(service_figures(figure("2"))))
    assert read_breaks(scene.loaded) == ()


def test_the_release_calendar_tells_what_comes_next_first(scene: Scene) -> None:
    late = answer(2, table="y60c02")
    came = service_figures(figure("2"), figure("5", "y60c02.persons", answer=2), answers=(answer(), late))
    scene.take(arrival(came))
    entry = CalendarEntry(
        source="jobindsats", table="y01c01", title="Title of y01c01", updated="2026-09-14", next_update="2026-10-12"
    )
    assert release_calendar(scene.loaded)[0] == entry


def test_two_services_share_areas_and_one_that_leaves_takes_its_own_funds_alone(scene: Scene) -> None:
    in_fund = service_figures(figure("2", PLACE[0], "fund-07"))
    other = service_figures(figure("7", "folk1am.people"), areas=AREAS[:3], answers=(answer(table="folk1am"),))
    scene.take(arrival(in_fund), arrival(other, name="statbank"))
    assert scene.rows("SELECT count(*) FROM areas") == [(4,)]
    scene.take(remove="jobindsats")
    assert scene.rows("SELECT code FROM areas ORDER BY code") == [("000",), ("081",), ("860",)]
    assert scene.rows("SELECT measure FROM figures") == [("folk1am.people",)]
    for table in ("answers", "queries", "measures"):
        assert scene.rows(f"SELECT count(*) FROM {table}") == [(1,)]


def test_a_fund_without_figures_leaves_the_list(scene: Scene) -> None:
    scene.take(arrival(service_figures(figure("2", PLACE[0], "fund-07"))))
    scene.take(arrival(service_figures(figure("2"), areas=AREAS[:3], covered={PLACE[0]: ["2026M08"]})))
    assert scene.rows("SELECT code FROM areas ORDER BY code") == [("000",), ("081",), ("860",)]


def test_words_that_a_service_has_for_an_area_can_change(scene: Scene) -> None:
    scene.take(arrival(service_figures(figure("2"))))
    renamed = (*AREAS[:2], Area("860", AreaKind.MUNICIPALITY, "Hjørring Kommune", "Hjørring", parent="081"))
    scene.take(arrival(service_figures(figure("2"), areas=renamed)))
    assert scene.rows("SELECT name_da FROM areas WHERE code = '860'") == [("Hjørring Kommune",)]

"""A sync of Jobindsats: tables read whole or kept, faults told, one table never stopping another."""

from __future__ import annotations

import json
import threading
import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.builders.jobindsats_reading import QUICK, HandMade, areas, client_of, read, reasons, values
from tests.service import jobindsats_service as faults
from tests.service import publication_server
from tests.service.jobindsats_service import JobindsatsService

from jobcentre_desk.errors import SourceUnreachable
from jobcentre_desk.model.services import KnownTable, SourceProgress, TableQuery
from jobcentre_desk.sources.jobindsats import read_jobindsats
from jobcentre_desk.sources.jobindsats_presets import preset_queries, read_presets
from jobcentre_desk.sources.service_client import ServiceRefused
from jobcentre_desk.task import Task, TaskCancelled

STOCK = TableQuery(table="y01a02", dimensions=(("_nykom", ("*",)),), period_kind="M", latest=3)
SICK = replace(STOCK, table="y07a02")
FLEX = replace(STOCK, table="y08a02")


@pytest.fixture
def service() -> Iterator[JobindsatsService]:
    with JobindsatsService.of(None) as started:
        yield started


def known(query: TableQuery, *, updated: str = "2026-07-21") -> KnownTable:
    return KnownTable(table=query.table, updated=updated, query=query, periods=frozenset({"2026M05", "2026M06"}))


def test_two_tables_are_read_with_their_dates(service: JobindsatsService) -> None:
    figures = read(service, STOCK, SICK)
    assert (figures.publisher, figures.released, figures.next_release) == ("star", "2026-07-21", "2026-08-24")
    assert [(answer.number, answer.table, answer.rows) for answer in figures.answers] == [
        (1, "y01a02", 3 * 99), (2, "y07a02", 3 * 99),
    ]  # fmt: skip
    assert len(values(figures)) == 2 * 3 * 99 * 3
    assert figures.covered["y01a02.persons"] == frozenset({"2026M04", "2026M05", "2026M06"})
    assert figures.problems == ()
    assert not figures.kept_tables
    assert all(service.key not in answer.request for answer in figures.answers)


def test_measures_have_our_words_where_there_are_some(service: JobindsatsService) -> None:
    names = {measure.id: measure.name_en for measure in read(service, STOCK).measures}
    assert names == {
        "y01a02.persons": "Persons on unemployment benefit",
        "y01a02.full_time": "Full-time persons on unemployment benefit",
        "y01a02.share_of_population": "Unemployment benefit: share of the population",
    }


def test_a_table_that_did_not_change_is_not_asked_for(service: JobindsatsService) -> None:
    figures = read(service, STOCK, SICK, known=[known(STOCK), known(SICK, updated="2026-06-21")])
    assert figures.kept_tables == {"y01a02"}
    assert {answer.table for answer in figures.answers} == {"y07a02"}
    assert not any("y01a02" in path for path, _status in service.requests)


def test_dates_that_only_the_description_of_a_table_tells_are_used_too(service: JobindsatsService) -> None:
    entry = {"table_id": "y01a02", "table_name": "Personer", "subject_name": "A-dagpenge"}
    service.bodies = {"/tables": json.dumps([entry]).encode()}
    figures = read(service, STOCK)
    assert (figures.released, figures.next_release) == ("2026-07-21", "2026-08-24")
    assert read(service, STOCK, known=[known(STOCK)]).kept_tables == {"y01a02"}


def test_the_calendar_stands_when_nothing_changed(service: JobindsatsService) -> None:
    figures = read(service, STOCK, known=[known(STOCK)])
    assert (figures.answers, figures.released, figures.next_release) == ((), "2026-07-21", "2026-08-24")
    assert figures.next_updates == {"y01a02": "2026-08-24"}


def test_a_table_asked_for_otherwise_than_before_is_asked_for_again(service: JobindsatsService) -> None:
    figures = read(service, STOCK, known=[known(replace(STOCK, latest=9))])
    assert figures.kept_tables == frozenset()


def test_splitting_gives_the_same_figures(service: JobindsatsService) -> None:
    whole, pieces = read(service, STOCK), read(service, STOCK, most_cells=100)
    assert values(whole) == values(pieces)
    assert len(whole.answers) == 1
    assert len(pieces.answers) > 9


def test_a_missing_table_is_told_in_one_sentence_and_others_are_read(service: JobindsatsService) -> None:
    figures = read(service, replace(STOCK, table="y99z99"), SICK)
    assert reasons(figures) == ["The table is no longer offered by Jobindsats. The figures loaded earlier stay."]
    assert figures.problems[0].file == "y99z99"
    assert figures.kept_tables == {"y99z99"}
    assert {answer.table for answer in figures.answers} == {"y07a02"}


def test_a_refused_question_keeps_its_table_and_tells_the_cause(service: JobindsatsService) -> None:
    service.faults = {"data/y01a02": faults.refused("Unknown hierarchies: ['_nykom']")}
    figures = read(service, STOCK, SICK)
    assert figures.kept_tables == {"y01a02"}
    assert "Unknown hierarchies: ['_nykom']" in reasons(figures)[0]
    assert {answer.table for answer in figures.answers} == {"y07a02"}


def test_a_table_whose_second_answer_fails_is_left_as_it_was(service: JobindsatsService) -> None:
    service.faults = {"data/y01a02?mgroup.*=*&period.M=2026M06": faults.refused("Too large")}
    figures = read(service, STOCK, SICK, most_cells=300)
    assert figures.kept_tables == {"y01a02"}
    assert {figure.measure.partition(".")[0] for figure in figures.figures} == {"y07a02"}
    assert [answer.number for answer in figures.answers] == [1, 2, 3]
    assert all(name.startswith("y07a02.") for name in (*figures.covered, *(one.id for one in figures.measures)))


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (faults.bad_key_text, "sent a text instead of data"),
        (publication_server.shortened, "breaks off or is damaged"),
        (publication_server.reset, "cannot be reached"),
        (faults.forbidden_in_plain_text, "for the moment"),
        (publication_server.status(500), "out of order"),
    ],
)
def test_a_fault_of_one_table_is_told_and_others_are_read(
    service: JobindsatsService, fault: publication_server.Fault, sentence: str
) -> None:
    service.faults = {"data/y01a02": fault}
    figures = read(service, STOCK, SICK)
    assert sentence in reasons(figures)[0]
    assert {figure.measure.partition(".")[0] for figure in figures.figures} == {"y07a02"}


def test_json_that_holds_no_rows_is_told(service: JobindsatsService) -> None:
    service.bodies = {"data/y01a02": b'{"message": "bad key"}'}
    figures = read(service, STOCK, SICK)
    assert reasons(figures) == ["The answer holds no columns and rows."]
    assert figures.kept_tables == {"y01a02"}


def test_a_passing_fault_is_not_told(service: JobindsatsService) -> None:
    service.faults = {"data/y01a02": faults.forbidden_in_plain_text}
    service.times = {"data/y01a02": 1}
    assert read(service, STOCK).problems == ()


def test_a_byte_order_mark_is_no_fault_and_stays_in_what_is_kept(service: JobindsatsService) -> None:
    service.faults = {"*": faults.with_bom}
    figures = read(service, STOCK)
    assert figures.answers[0].body.startswith(faults.BOM)
    assert len(figures.figures) == 3 * 99 * 3


def test_a_service_that_stops_answering_is_not_waited_for_at_every_table(service: JobindsatsService) -> None:
    service.faults = {"data/y07a02": publication_server.reset, "data/y08a02": publication_server.reset}
    tables = [STOCK, SICK, FLEX, replace(STOCK, table="y09a02")]
    figures = read(service, *tables)
    assert figures.kept_tables == {"y07a02", "y08a02", "y09a02"}
    assert reasons(figures)[-1].startswith("The table was not asked for")
    assert not any("y09a02" in path for path, _status in service.requests)


def test_a_key_that_is_not_accepted_ends_the_sync(service: JobindsatsService) -> None:
    service.key = "another-key-than-given"
    with (
        client_of(service, key="wrong-key-given") as client,
        pytest.raises(ServiceRefused, match="key was not accepted"),
    ):
        read_jobindsats([STOCK], client=client, known={}, areas=(), task=Task())


def test_nothing_read_at_all_is_an_error_of_the_source(service: JobindsatsService) -> None:
    service.faults = {"data/": publication_server.reset}
    with pytest.raises(SourceUnreachable):
        read(service, STOCK)


def test_more_periods_than_there_are_is_asked_for_again_with_what_there_is(service: JobindsatsService) -> None:
    told = service.tables["y25i14"].metadata() | {"periods": []}
    service.bodies = {"table/y25i14": json.dumps(told).encode()}
    figures = read(service, TableQuery(table="y25i14", latest=40))
    assert "latest:29" in figures.answers[0].request
    assert len({figure.period for figure in figures.figures}) == 29
    assert all(len(periods) == 29 for periods in figures.covered.values())


def test_a_kind_of_period_that_is_not_there_is_told(service: JobindsatsService) -> None:
    figures = read(service, replace(STOCK, period_kind="Y"), SICK)
    assert reasons(figures) == ["The table has no periods of the kind Y. The figures loaded earlier stay."]


def test_a_dimension_that_is_gone_is_told_and_the_table_read_without_it(service: JobindsatsService) -> None:
    figures = read(service, replace(STOCK, dimensions=(("_nykom", ("*",)), ("_gone", ("*",)))))
    assert reasons(figures) == ["The table has no dimension “_gone” any more; it is read without it."]
    assert len(figures.figures) == 3 * 99 * 3


def test_two_hierarchies_that_number_funds_otherwise_never_mix_them() -> None:
    from tests.service.jobindsats_tables import Value

    one = HandMade(hierarchies={"_akassedp": (Value("/", "I alt"), Value("/1/", "Ingen a-kasse"), Value("/2/", "FOA"))})
    other = HandMade(hierarchies={"_akassebl": (Value("/", "I alt"), Value("/1/", "FOA"), Value("/2/", "Lærerne"))})
    rows = [("2026M05", "Hele landet", name, 5, 0.1) for name in ("Ingen a-kasse", "FOA")]
    with one.serving(*rows) as service:
        service.tables["x02"] = replace(other.table(), id="x02")
        rows = [("2026M05", "Hele landet", name, 6, 0.1) for name in ("FOA", "Lærerne")]
        columns = other.columns
        service.bodies["/data/x02"] = json.dumps({"columns": columns, "rows": rows}).encode()
        figures = read(service, one.query, replace(other.query, table="x02"))
    assert {(area.code, area.name_da) for area in figures.areas} == {
        ("fund-1", "Ingen a-kasse"), ("fund-2", "FOA"), ("fund-akassebl-2", "Lærerne"),
    }  # fmt: skip


def test_progress_is_told_with_bytes_and_rows(service: JobindsatsService) -> None:
    seen: list[SourceProgress] = []
    read(service, STOCK, SICK, watch=seen.append)
    assert seen[-1].rows_read == 2 * 3 * 99
    assert seen[-1].bytes_fetched > 10_000
    assert [one.bytes_fetched for one in seen] == sorted(one.bytes_fetched for one in seen)


def test_a_cancel_is_felt_within_half_a_second(service: JobindsatsService) -> None:
    service.faults = {"data/y07a02": publication_server.silent}
    task = Task()
    threading.Timer(0.5, task.cancel).start()
    started = time.monotonic()
    with pytest.raises(TaskCancelled):
        read(service, STOCK, SICK, task=task)
    assert time.monotonic() - started < 1.0


def test_the_tables_chosen_for_everyone_are_all_there(service: JobindsatsService) -> None:
    queries = preset_queries()
    names = {query.table for query in queries}
    assert {"y14d03", "y30r21", "y01c01", "y60c02", "y01a02", "y60a02", "y25i01", "y25i09"} <= names
    assert {"y25i07", "y25i14", "y25i08"} <= names
    assert len(names) == len(queries)


def test_every_shipped_definition_is_complete_in_both_languages() -> None:
    presets = read_presets()
    for name, table in presets.tables.items():
        labels = [*table.measures, *presets.shared.get(table.shared, {})]
        told = [presets.measure_text(name, label) for label in labels]
        for text in told:
            assert text is not None
            words = (text.name_da, text.name_en, text.sentence_da, text.sentence_en)
            assert all(words), label_of(name, text.id)
            assert not any("{" in word for word in words), label_of(name, text.id)
        assert len({text.id for text in told if text}) == len(told), name
        assert table.differs in presets.differs
        assert not table.shared or table.shared in presets.shared


def label_of(table: str, measure: str) -> str:
    return f"{table}.{measure}"


def test_made_up_figures_of_y14d03_say_that_they_are(service: JobindsatsService) -> None:
    query = next(query for query in preset_queries() if query.table == "y14d03")
    figures = read(service, replace(query, latest=1))
    assert all(b'"synthetic": "Made up for tests' in answer.body for answer in figures.answers)
    assert {figure.period for figure in figures.figures} == {"2026QMAT02"}
    assert {"y14d03.completed", "y14d03.job_same_employer", "y14d03.no_job", "y14d03.average_degree"} <= {
        measure.id for measure in figures.measures
    }
    assert {figure.group for figure in figures.figures} == {
        "all", "unemployment_benefit", "cash_benefit", "sickness_benefit",
    }  # fmt: skip
    assert figures.problems == ()


def _evil_bodies() -> dict[str, bytes]:
    """Bodies near the longest that is accepted, of the kinds that take most memory to read."""
    length = 3_900_000
    head = b'{"columns": ["Periode", "Omr\xc3\xa5de", "Antal personer"], "rows": ['
    row = '["2026M05", "Aarhus", "\U0001f600"],'.encode()
    return {
        "rows without cells": head + b"[]," * ((length - len(head)) // 3) + b"[]]}",
        "numbers": b"[" + b"0," * (length // 2) + b"0]",
        "wide characters": head + row * (length // len(row)) + b'["","",""]]}',
        "one long text": b'["' + "\U0001f600".encode() * (length // 4) + b'"]',
        "deep": b"[" * length,
        "labels": b'{"columns": [' + b'"x",' * 90_000 + b'"x"], "rows": []}',
    }


@pytest.mark.parametrize(
    "name", ["rows without cells", "numbers", "wide characters", "one long text", "deep", "labels"]
)
def test_an_evil_body_takes_little_memory_and_changes_nothing(service: JobindsatsService, name: str) -> None:
    service.bodies = {"data/y01a02": _evil_bodies()[name]}
    tracemalloc.start()
    try:
        figures = read(service, STOCK, SICK, FLEX)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 64_000_000
    assert "y01a02" in figures.kept_tables
    assert {answer.table for answer in figures.answers} == {"y07a02", "y08a02"}
    assert figures.problems


def test_an_answer_that_is_too_long_is_asked_for_in_halves(service: JobindsatsService) -> None:
    """Twelve months of one table, then one month of a table with very long labels."""
    whole = read(service, STOCK)
    service.faults = {"2026M04,2026M05": publication_server.over_declared, "2026M06&": publication_server.over_declared}
    service.times = {"2026M06&": 1}
    parted = read(service, STOCK)
    assert [answer.request.split("period.M=")[1].partition("&format")[0] for answer in parted.answers][:2] == [
        "2026M04&hierarchy._nykom=*", "2026M05&hierarchy._nykom=*",
    ]  # fmt: skip
    assert values(parted) == values(whole)
    assert parted.problems == ()


def test_an_answer_that_stays_too_long_keeps_its_table(service: JobindsatsService) -> None:
    service.faults = {"data/y01a02": publication_server.over_declared}
    figures = read(service, STOCK, SICK)
    assert figures.kept_tables == {"y01a02"}
    assert "longer than" in reasons(figures)[0]


@pytest.mark.parametrize("slow", [publication_server.silent, publication_server.status(504)])
def test_a_question_not_answered_in_time_is_put_in_halves(
    service: JobindsatsService, slow: publication_server.Fault
) -> None:
    whole = read(service, STOCK)
    service.requests.clear()
    service.faults, service.times = {"2026M04,2026M05": slow}, {}
    with client_of(service, limits=replace(QUICK, service_silence=0.3)) as client:
        parted = read_jobindsats([STOCK], client=client, known={}, areas=areas(), task=Task())
    assert len([path for path, _status in service.requests if "data/" in path]) == 3
    assert (values(parted), parted.problems) == (values(whole), ())


def test_a_table_that_is_never_answered_in_time_is_kept_after_few_questions(service: JobindsatsService) -> None:
    service.faults = {"data/y01a02": publication_server.status(504)}
    figures = read(service, STOCK, SICK)
    assert figures.kept_tables == {"y01a02"}
    assert {answer.table for answer in figures.answers} == {"y07a02"}
    assert len([path for path, _status in service.requests if "data/y01a02" in path]) == 2 + QUICK.tries

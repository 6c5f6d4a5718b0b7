"""StatBank over HTTP: what changed is asked again, what fails is named, and the other tables go on."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.service import publication_server as faults
from tests.service.publication_server import Fault, took_at_most
from tests.service.statbank_service import StatBankService

from jobcentre_desk.errors import SourceUnreachable
from jobcentre_desk.model.services import KnownTable, ServiceFigures, SourceProgress, TableQuery
from jobcentre_desk.sources.fetch import FetchLimits
from jobcentre_desk.sources.service_client import ServiceClient
from jobcentre_desk.sources.service_faults import ServiceRefused
from jobcentre_desk.sources.statbank import offers, read_statbank
from jobcentre_desk.task import Task, TaskCancelled

pytestmark = pytest.mark.published

LIMITS = FetchLimits(silence=0.4, service_silence=0.4, first_pause=0.01, tries=2, longest_retry_after=0.05)
CRIME = TableQuery(table="STRAF11", latest=2)
PEOPLE = TableQuery(table="FOLK1AM", dimensions=(("KØN", ("/",)), ("ALDER", ("/",))), latest=3)


@pytest.fixture(scope="module")
def served(shared_folder: Path) -> Iterator[StatBankService]:
    with StatBankService(shared_folder / "data" / "statbank") as service:
        yield service


@pytest.fixture
def service(served: StatBankService) -> Iterator[StatBankService]:
    yield served
    served.forget()
    served.restore()


@contextmanager
def client_of(service: StatBankService, task: Task) -> Iterator[ServiceClient]:
    client = ServiceClient(service.address, task=task, limits=LIMITS, ends_at=time.monotonic() + 30)
    try:
        yield client
    finally:
        client.close()


def read(service: StatBankService, *queries: TableQuery, known: dict[str, KnownTable] | None = None) -> ServiceFigures:
    task = Task()
    with client_of(service, task) as client:
        return read_statbank(queries, client=client, known=known or {}, areas=(), task=task)


def asked(service: StatBankService, path: str) -> list[dict[str, object]]:
    return [question for one, question in service.asked if one == path]


def known(figures: ServiceFigures, query: TableQuery) -> dict[str, KnownTable]:
    periods = frozenset(figure.period for figure in figures.figures)
    return {
        query.table: KnownTable(table=query.table, updated=figures.answers[0].updated, query=query, periods=periods)
    }


def sentences(figures: ServiceFigures, table: str) -> list[str]:
    told = [problem.reason for problem in figures.problems if problem.file == table]
    return [sentence for sentence in told if "Not taken from" not in sentence]


def test_the_tables_are_offered_with_subject_and_dates(service: StatBankService) -> None:
    with client_of(service, Task()) as client:
        offered = {one.table: one for one in offers(client)}
    crime = offered["STRAF11"]
    assert len(offered) > 2000
    assert (crime.title, crime.updated[:10], crime.latest_period) == (
        "Reported criminal offences",
        "2025-07-16",
        "2025Q2",
    )
    assert crime.subject == "People – Recorded tables"
    assert crime.next_update == ""


def test_two_tables_are_read_with_their_areas(service: StatBankService) -> None:
    figures = read(service, CRIME, PEOPLE)
    assert {one.table for one in figures.answers} == {"STRAF11", "FOLK1AM"}
    assert len(figures.figures) == 104 * (2 + 3)
    assert len(figures.areas) == 104
    assert figures.released == "2025-08-11"
    assert figures.covered["straf11.indhold"] == {"2025Q03", "2025Q04"}
    assert figures.answers[0].request.startswith('data {"table":"STRAF11","format":"JSONSTAT"')


def test_a_table_that_did_not_change_is_not_asked_again(service: StatBankService) -> None:
    before = known(read(service, CRIME), CRIME)
    service.asked.clear()
    figures = read(service, CRIME, known=before)
    assert figures.kept_tables == frozenset({"STRAF11"})
    assert figures.figures == ()
    assert figures.problems == ()
    assert [path for path, _question in service.asked] == ["tables"]


def test_a_table_that_changed_is_asked_again_and_a_revision_arrives(service: StatBankService) -> None:
    first = read(service, CRIME)
    service.updated["STRAF11"] = "2026-01-16T08:00:00"
    changed = first.figures[-1]
    recorded = service.tables["STRAF11"]
    row = next(at for at, one in enumerate(recorded.rows, 1) if (one[0], one[2]) == (changed.area, "2025K4"))
    recorded.revise(row, "1")
    second = read(service, CRIME, known=known(first, CRIME))
    before = {(figure.area, figure.period): figure.value for figure in first.figures}
    after = {(figure.area, figure.period): figure.value for figure in second.figures}
    assert {key for key in before if before[key] != after[key]} == {(changed.area, changed.period)}
    assert after[changed.area, changed.period] == "1"
    assert second.released == "2026-01-16"


def test_a_measure_that_is_called_otherwise_now_is_told_and_its_figures_stay(service: StatBankService) -> None:
    before = read(service, CRIME)
    service.changes["tableinfo STRAF11 en"] = lambda body: body.replace(b"(figures)", b"(cases)")
    task = Task()
    with client_of(service, task) as client:
        after = read_statbank((CRIME,), client=client, known={}, areas=(), task=task, former=before.measures)
    assert sentences(after, "STRAF11") == [
        "“STRAF11 (figures)” is now called “STRAF11 (cases)”; check that it still means the same."
    ]
    assert after.figures == before.figures


def test_another_query_on_an_unchanged_table_is_asked(service: StatBankService) -> None:
    wider = TableQuery(table="STRAF11", latest=4)
    figures = read(service, wider, known=known(read(service, CRIME), CRIME))
    assert figures.covered["straf11.indhold"] == {"2025Q01", "2025Q02", "2025Q03", "2025Q04"}
    assert figures.kept_tables == frozenset()


def test_a_table_that_is_gone_is_named_and_the_others_are_read(service: StatBankService) -> None:
    service.hidden.add("STRAF11")
    figures = read(service, CRIME, PEOPLE)
    assert sentences(figures, "STRAF11") == [
        "StatBank has no table STRAF11, or not what was asked of it: Tabellen blev ikke fundet. Choose it anew."
    ]
    assert figures.kept_tables == {"STRAF11"}
    assert len(figures.figures) == 104 * 3


@pytest.mark.parametrize("status", [200, 400])
def test_a_question_too_large_for_statbank_is_put_in_halves(service: StatBankService, status: int) -> None:
    service.most_cells = 60
    service.refusal_status = status
    figures = read(service, CRIME, PEOPLE)
    assert sentences(figures, "STRAF11") == []
    assert len(figures.figures) == 104 * (2 + 3)
    assert len(figures.answers) > 4
    assert len({(figure.measure, figure.area, figure.period) for figure in figures.figures}) == len(figures.figures)


def test_a_question_that_cannot_be_halved_is_told(service: StatBankService) -> None:
    service.most_cells = 0
    figures = read(service, CRIME)
    assert len(sentences(figures, "STRAF11")) == 1
    assert "too large for StatBank" in sentences(figures, "STRAF11")[0]


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("EXTRACT-NOTFOUND", "StatBank has no table STRAF11, or not what was asked of it: Nej. Choose it anew."),
        ("EXTRACT-NOTALLOWED", "StatBank does not answer this question on table STRAF11: Nej. Choose its levels anew."),
        ("REQUEST-LIMIT", "The question on table STRAF11 is too large for StatBank: Nej. Choose fewer levels."),
    ],
)
@pytest.mark.parametrize("status", [200, 400, 404])
def test_each_error_of_statbank_is_one_sentence_with_its_remedy(
    service: StatBankService, status: int, code: str, sentence: str
) -> None:
    body = json.dumps({"errorTypeCode": code, "message": "Nej."}).encode()
    service.faults["data STRAF11"] = lambda handler, _content: handler.answer(status, body)
    figures = read(service, CRIME, PEOPLE)
    assert sentences(figures, "STRAF11") == [sentence]
    assert len(figures.figures) == 104 * 3


FAULTS: dict[str, Fault] = {
    "timed-out": faults.silent,
    "truncated": faults.truncated,
    "shortened": faults.shortened,
    "altered": faults.altered,
    "text": faults.plain_text,
    "endless": faults.endless,
    "too-many": faults.status(429, Retry_After="0"),
    "broken": faults.status(500),
    "bad-request": faults.status(400),
    "bomb": faults.bomb,
    "reset": faults.reset,
}


@pytest.mark.parametrize("path", ["data STRAF11", "tableinfo STRAF11"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_at_one_table_is_named_and_the_others_are_read(service: StatBankService, fault: str, path: str) -> None:
    service.faults[path] = FAULTS[fault]
    with took_at_most(5):
        figures = read(service, CRIME, PEOPLE)
    assert len(sentences(figures, "STRAF11")) == 1
    assert figures.kept_tables == {"STRAF11"}
    assert {figure.measure for figure in figures.figures} == {"folk1am.indhold"}
    assert len(figures.figures) == 104 * 3


@pytest.mark.parametrize("fault", FAULTS)
def test_without_the_list_of_tables_nothing_is_read(service: StatBankService, fault: str) -> None:
    service.faults["tables"] = FAULTS[fault]
    with took_at_most(5), pytest.raises((SourceUnreachable, ServiceRefused)):
        read(service, CRIME)


def test_a_fault_that_passes_is_tried_again(service: StatBankService) -> None:
    service.faults["data STRAF11"] = faults.status(503, Retry_After="0")
    service.times["data STRAF11"] = 1
    figures = read(service, CRIME)
    assert sentences(figures, "STRAF11") == []
    assert len(figures.figures) == 104 * 2


def test_an_unreachable_statbank_is_not_asked_for_every_table(service: StatBankService) -> None:
    service.faults["tableinfo STRAF11"] = faults.status(500)
    queries = [TableQuery(table="STRAF11", latest=number) for number in range(1, 9)]
    with pytest.raises(SourceUnreachable):
        read(service, *queries)
    assert len(asked(service, "tableinfo")) == 3 * LIMITS.tries


def test_a_cancelled_sync_ends_at_once(service: StatBankService) -> None:
    task = Task()
    service.faults["data STRAF11"] = faults.silent
    with client_of(service, task) as client, took_at_most(0.5), pytest.raises(TaskCancelled):
        read_statbank((CRIME,), client=client, known={}, areas=(), task=task, watch=lambda _progress: task.cancel())


def test_a_sync_says_how_far_it_is(service: StatBankService) -> None:
    told: list[SourceProgress] = []
    task = Task()
    with client_of(service, task) as client:
        read_statbank((CRIME, PEOPLE), client=client, known={}, areas=(), task=task, watch=told.append)
    assert [progress.stage for progress in told] == ["Table STRAF11"] * 2 + ["Table FOLK1AM"] * 2
    assert [progress.rows_read for progress in told] == sorted(progress.rows_read for progress in told)
    assert told[-1].rows_read == 106 * 2 + 105 * 3
    assert told[-1].bytes_fetched > told[0].bytes_fetched > 0

"""Each recorded body through its service and a sync into a snapshot: none doubled, summed, filled in or left out."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.builders.recorded_bodies import BODIES, RecordedBody
from tests.builders.service_snapshot import Synced, require_traced
from tests.service.jobindsats_service import KEY, JobindsatsService
from tests.service.jobindsats_tables import recorded_bytes
from tests.service.statbank_service import StatBankService

from jobcentre_desk.desk.services import service_of
from jobcentre_desk.desk.source_list import add_service
from jobcentre_desk.model.services import SourceKind, TableQuery
from jobcentre_desk.paths import Home
from jobcentre_desk.sources.api_key import ENVIRONMENT
from jobcentre_desk.sources.statbank import read_statbank
from jobcentre_desk.workspace.store import Workspace

pytestmark = pytest.mark.published


@pytest.fixture
def jobindsats(shared_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[JobindsatsService]:
    monkeypatch.setenv(ENVIRONMENT, KEY)
    with JobindsatsService.of(shared_folder / "data" / "jobindsats") as service:
        yield service


@pytest.fixture
def statbank(shared_folder: Path) -> Iterator[StatBankService]:
    with StatBankService(shared_folder / "data" / "statbank") as service:
        yield service


@pytest.fixture
def ask(home: Home) -> Iterator[Callable[[SourceKind, str, tuple[TableQuery, ...]], Synced]]:
    workspace = Workspace.open(home)

    def make(kind: SourceKind, address: str, queries: tuple[TableQuery, ...]) -> Synced:
        add_service(workspace, kind=kind, name="source", address=address, queries=queries)
        return Synced(home, workspace)

    yield make
    workspace.close()


def by_origin(table: str = "STRAF42") -> TableQuery:
    return TableQuery(table=table, dimensions=(("HERKOMST1", ("/",)),), latest=1)


def whole(table: str, *totals: str) -> TableQuery:
    return TableQuery(table=table, dimensions=tuple((name, ("/",)) for name in totals), latest=0)


STATBANK_BODIES = (
    ("auk01_social_assistance.csv", whole("AUK01", "KØN", "ALDER"), "", 0, 104 * 76),
    ("folk1am_population_by_municipality.csv", whole("FOLK1AM", "KØN", "ALDER"), "", 0, 104 * 53),
    ("lbesk69_employees_by_municipality.csv", whole("LBESK69", "KØN"), "", 0, 104 * 71),
    ("straf11_crime_by_municipality.csv", whole("STRAF11", "OVERTRÆD"), "", 0, 104 * 76),
    ("data_straf42_all.body.json", TableQuery(table="STRAF42", latest=1), "2024", 10, 1),
    ("data_straf42_json.body.json", by_origin(), "2023", 10, 1),
    ("data_straf42_csv.body.csv", by_origin(), "2023", 0, 1),
)


@pytest.mark.parametrize("recorded", BODIES, ids=lambda body: f"{body.asked.table}-{body.rows}")
def test_each_recorded_body_of_jobindsats_stands_in_the_snapshot(
    jobindsats: JobindsatsService, ask: Callable[..., Synced], shared_folder: Path, recorded: RecordedBody
) -> None:
    synced = ask(SourceKind.JOBINDSATS, jobindsats.base, (recorded.asked,))
    result = synced.sync()
    assert (result.result, result.problems) == ("new", ())
    body = recorded_bytes(shared_folder / "data" / "jobindsats" / recorded.file)
    [kept] = [gzip.decompress(row[0]) for row in synced.rows("SELECT body FROM answers")]
    assert kept == body
    assert require_traced(synced) == recorded.distinct * recorded.measures
    assert synced.rows("SELECT count(DISTINCT answer_row) FROM figures") == [(recorded.distinct,)]
    distinct = {json.dumps(row) for row in json.loads(body.decode("utf-8-sig"))["rows"]}
    nulls = sum(json.loads(row).count(None) for row in distinct)
    assert synced.rows("SELECT count(*) FROM figures WHERE value IS NULL") == [(nulls,)]


@pytest.mark.parametrize(("file", "query", "until", "small", "expected"), STATBANK_BODIES)
def test_each_recorded_body_of_statbank_stands_in_the_snapshot(
    statbank: StatBankService,
    ask: Callable[..., Synced],
    file: str,
    query: TableQuery,
    until: str,
    small: int,
    expected: int,
) -> None:
    statbank.until |= {query.table: until} if until else {}
    synced = ask(SourceKind.STATBANK, statbank.address, (query,))
    synced.services = lambda kind: replace(service_of(kind), read=partial(read_statbank, small=small))
    result = synced.sync()
    assert result.result == "new"
    assert [problem.reason for problem in result.problems if "Not taken from" not in problem.reason] == []
    [kept] = [gzip.decompress(row[0]) for row in synced.rows("SELECT body FROM answers")]
    assert kept == (statbank.folder / file).read_bytes()
    assert require_traced(synced) == expected
    assert synced.rows("SELECT count(*) FROM figures WHERE value IS NULL") == [(0,)]


def test_no_recorded_body_is_left_out(shared_folder: Path) -> None:
    """What is no body of figures is read by the tests of the readers: descriptions, lists, refusals."""
    described = {
        "table_columns.md", "v3_errors_422.json", "v3_table_dimensions.json", "y30r21_LICENSE.txt",
        "table_info_straf42.body.json", "table_info_straf42_da.body.json", "tables_all.body.json.gz",
    }  # fmt: skip
    synced = {body.file.partition(":")[0] for body in BODIES} | {file for file, *_rest in STATBANK_BODIES}
    folders = (shared_folder / "data" / "jobindsats", shared_folder / "data" / "statbank")
    assert {file.name for folder in folders for file in folder.iterdir()} == synced | described


ACTIVATION, LONG_TERM = BODIES[0], BODIES[3]


def column_added(columns: list[str], rows: list[list[Any]]) -> None:
    columns.append("Ny kolonne")
    for row in rows:
        row.append(1)


def level_added(columns: list[str], rows: list[list[Any]]) -> None:
    rows.append([*rows[0][:3], "Nyt tilbud", *rows[0][4:]])


def level_renamed(columns: list[str], rows: list[list[Any]]) -> None:
    for row in rows:
        row[3] = row[3].replace("Virksomhedspraktik i alt", "Praktik i virksomhed i alt")


def measure_renamed(columns: list[str], rows: list[list[Any]]) -> None:
    columns[-1] += " (ny)"


@pytest.mark.parametrize(
    ("change", "named", "lost"),
    [
        (column_added, "Ny kolonne", 0),
        (level_added, "Nyt tilbud", 0),
        (level_renamed, "Praktik i virksomhed i alt", 14 * 3),
        (measure_renamed, "(ny)", 362),
    ],
)
def test_what_jobindsats_did_not_announce_is_named_in_one_sentence(
    jobindsats: JobindsatsService,
    ask: Callable[..., Synced],
    change: Callable[[list[str], list[list[Any]]], None],
    named: str,
    lost: int,
) -> None:
    table = jobindsats.tables["y01c01"]
    [body] = table.bodies
    columns, rows = body.columns, body.rows
    change(columns, rows)
    content = json.dumps({"columns": columns, "rows": rows}, ensure_ascii=False).encode()
    jobindsats.bodies = {"data/y01c01": content}
    synced = ask(SourceKind.JOBINDSATS, jobindsats.base, (ACTIVATION.asked, LONG_TERM.asked))
    result = synced.sync()
    assert result.result == "new"
    assert [named in problem.reason for problem in result.problems] == [True], result.problems
    expected = (ACTIVATION, LONG_TERM)
    assert require_traced(synced) == sum(body.distinct * body.measures for body in expected) - lost
    assert [row[0] for row in synced.rows("SELECT reason FROM problems")] == [result.problems[0].reason]


def test_a_table_that_is_gone_is_named_in_one_sentence_and_its_figures_stay(
    jobindsats: JobindsatsService, ask: Callable[..., Synced]
) -> None:
    synced = ask(SourceKind.JOBINDSATS, jobindsats.base, (ACTIVATION.asked, LONG_TERM.asked))
    synced.sync()
    before = synced.rows("SELECT * FROM figures")
    del jobindsats.tables["y01c01"]
    jobindsats.tables["y25i09"] = replace(jobindsats.tables["y25i09"], updated="2099-01-01")
    result = synced.sync()
    [problem] = result.problems
    assert (problem.file, result.result) == ("y01c01", "unchanged")
    assert "no longer offered" in problem.reason
    assert len(synced.rows("SELECT * FROM figures")) == len(before)
    assert require_traced(synced) == len(before)

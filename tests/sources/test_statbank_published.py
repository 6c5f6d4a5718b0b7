"""Every recorded body of StatBank through the service: each figure is one recorded cell, and nothing is made up."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.service.statbank_service import StatBankService

from jobcentre_desk.model.outcomes import State
from jobcentre_desk.model.services import ServiceFigures, TableQuery
from jobcentre_desk.publishing.schemas import DECIMAL_PATTERN, PERIOD_PATTERN
from jobcentre_desk.sources.fetch import FetchLimits
from jobcentre_desk.sources.service_client import ServiceClient
from jobcentre_desk.sources.statbank import read_statbank
from jobcentre_desk.task import Task

pytestmark = pytest.mark.published

ROOT = Path(__file__).resolve().parents[2]
REGIONS = {
    "All Denmark": "000",
    "Region Nordjylland": "081",
    "Region Midtjylland": "082",
    "Region Syddanmark": "083",
    "Region Hovedstaden": "084",
    "Region Sjælland": "085",
}
FILES = {
    "AUK01": ("auk01_social_assistance.csv", "OMRÅDE", ("KØN", "ALDER"), 104 * 76),
    "FOLK1AM": ("folk1am_population_by_municipality.csv", "OMRÅDE", ("KØN", "ALDER"), 104 * 53),
    "LBESK69": ("lbesk69_employees_by_municipality.csv", "BOPKOM", ("KØN",), 104 * 71),
    "STRAF11": ("straf11_crime_by_municipality.csv", "OMRÅDE", ("OVERTRÆD",), 104 * 76),
}
EVERYTHING_AT_ONCE = 1_000_000


@pytest.fixture(scope="module")
def folder(shared_folder: Path) -> Path:
    return shared_folder / "data" / "statbank"


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[StatBankService]:
    with StatBankService(folder) as service:
        yield service


@pytest.fixture
def service(served: StatBankService) -> Iterator[StatBankService]:
    yield served
    served.forget()
    served.restore()


def read(service: StatBankService, query: TableQuery, *, small: int = 0) -> ServiceFigures:
    task = Task()
    client = ServiceClient(service.address, task=task, limits=FetchLimits(), ends_at=time.monotonic() + 60)
    try:
        return read_statbank((query,), client=client, known={}, areas=(), task=task, small=small)
    finally:
        client.close()


def whole(table: str) -> TableQuery:
    return TableQuery(table=table, dimensions=tuple((name, ("/",)) for name in FILES[table][2]), latest=0)


def plain_rows(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";"))


def codes_by_name() -> dict[str, str]:
    with (ROOT / "data" / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        return REGIONS | {row["name_en"]: row["code"] for row in csv.DictReader(file)}


def period(written: str) -> str:
    if "Q" in written:
        return written.replace("Q", "Q0")
    return written if "M" in written else f"{written}Y01"


def sentences(figures: ServiceFigures) -> list[str]:
    return [problem.reason for problem in figures.problems if "Not taken from" not in problem.reason]


@pytest.mark.parametrize("table", FILES)
def test_each_figure_of_a_recorded_csv_is_one_recorded_cell(service: StatBankService, folder: Path, table: str) -> None:
    file, area_column, _totals, figures_expected = FILES[table]
    figures = read(service, whole(table))
    recorded = (folder / file).read_bytes()
    assert [answer.body for answer in figures.answers] == [recorded]
    assert '"format":"BULK"' in figures.answers[0].request
    rows, codes = plain_rows(recorded), codes_by_name()
    assert figures.answers[0].rows == len(rows)
    for figure in figures.figures:
        row = rows[figure.row - 1]
        assert (figure.answer, figure.column, figure.state) == (1, "INDHOLD", State.KNOWN)
        assert (figure.area, figure.period, figure.value) == (
            codes[row[area_column]],
            period(row["TID"]),
            row["INDHOLD"],
        )
    assert len(figures.figures) == figures_expected == sum(row[area_column] in codes for row in rows)
    assert sentences(figures) == []


@pytest.mark.parametrize("table", FILES)
def test_nothing_is_doubled_and_no_sum_is_made(service: StatBankService, table: str) -> None:
    figures = read(service, whole(table))
    keys = {(figure.measure, figure.area, figure.period, figure.group) for figure in figures.figures}
    cells = {(figure.answer, figure.row, figure.column) for figure in figures.figures}
    assert len(keys) == len(cells) == len(figures.figures)
    assert all(figure.numerator is None and figure.denominator is None for figure in figures.figures)
    assert len(figures.measures) == 1
    assert figures.covered.keys() == {figures.measures[0].id}
    assert figures.covered[figures.measures[0].id] == {figure.period for figure in figures.figures}


@pytest.mark.parametrize("table", FILES)
def test_both_forms_give_the_same_figures(service: StatBankService, table: str) -> None:
    by_rows, by_codes = read(service, whole(table)), read(service, whole(table), small=EVERYTHING_AT_ONCE)
    assert '"format":"JSONSTAT"' in by_codes.answers[0].request
    assert {(one.measure, one.area, one.period): one.value for one in by_rows.figures} == {
        (one.measure, one.area, one.period): one.value for one in by_codes.figures
    }
    told = json.loads(by_codes.answers[0].body)["dataset"]["value"]
    assert all(str(told[figure.row - 1]) == figure.value for figure in by_codes.figures)


@pytest.mark.parametrize("table", FILES)
def test_figures_have_the_form_a_snapshot_takes(service: StatBankService, table: str) -> None:
    figures = read(service, whole(table))
    assert all(re.fullmatch(DECIMAL_PATTERN, figure.value or "") for figure in figures.figures)
    assert all(re.fullmatch(PERIOD_PATTERN, figure.period) for figure in figures.figures)
    assert {figure.area for figure in figures.figures} == {area.code for area in figures.areas}
    assert len([area for area in figures.areas if area.kind == "municipality"]) == 98


BY_ORIGIN = TableQuery(table="STRAF42", dimensions=(("HERKOMST1", ("/",)),), latest=1)


@pytest.mark.parametrize(
    ("file", "query", "until", "small", "place"),
    [
        ("data_straf42_all.body.json", TableQuery(table="STRAF42", latest=1), "2024", 10, "value"),
        ("data_straf42_json.body.json", BY_ORIGIN, "2023", 10, "value"),
        ("data_straf42_csv.body.csv", BY_ORIGIN, "2023", 0, "INDHOLD"),
    ],
)
def test_the_recorded_answers_on_one_table_are_read_in_every_form(
    service: StatBankService, folder: Path, file: str, query: TableQuery, until: str, small: int, place: str
) -> None:
    service.until["STRAF42"] = until
    figures = read(service, query, small=small)
    body = (folder / file).read_bytes()
    assert [answer.body for answer in figures.answers] == [body]
    (figure,) = figures.figures
    value = str(json.loads(body)["dataset"]["value"][0]) if file.endswith("json") else plain_rows(body)[0]["INDHOLD"]
    assert (figure.measure, figure.area, figure.period) == ("straf42.indhold", "000", f"{until}Y01")
    assert (figure.value, figure.row, figure.column) == (value, 1, place)
    assert sentences(figures) == []
    (measure,) = figures.measures
    assert (measure.name_da, measure.name_en) == ("Strafferetlige afgørelser", "Decisions, total")
    assert "approximately 330 convictions missing" in measure.why_it_may_differ_en


def changed(before: str, after: str, *, times: int = -1) -> Callable[[bytes], bytes]:
    return lambda body: body.decode().replace(before, after, times).encode()


@pytest.mark.parametrize("table", FILES)
@pytest.mark.parametrize(
    ("change", "names", "lost"),
    [
        pytest.param(changed("\nCopenhagen;", "\nKøbenhavn K;"), "København K", "municipality", id="changed-label"),
        pytest.param(changed("\nCopenhagen;", "\nNewtown;", times=1), "Newtown", "one", id="new-level"),
        pytest.param(changed(";INDHOLD", ";NYT;INDHOLD"), "column NYT", "none", id="unknown-column"),
    ],
)
def test_what_a_body_did_not_hold_before_is_named_and_the_others_stay(
    service: StatBankService, table: str, change: Callable[[bytes], bytes], names: str, lost: str
) -> None:
    def altered(body: bytes) -> bytes:
        if FILES[table][1] == "BOPKOM":
            body = body.replace(b";Copenhagen;", b"\nCopenhagen;")
        body = change(body)
        if FILES[table][1] == "BOPKOM":
            body = body.replace(b"employees\n", b"employees;")
        if lost != "none":
            return body
        lines = body.decode().split("\r\n")
        return "\r\n".join([lines[0], *(";x;".join(line.rsplit(";", 1)) for line in lines[1:-1]), ""]).encode()

    service.changes[f"data {table}"] = altered
    figures = read(service, whole(table))
    expected = {"none": 0, "one": 1, "municipality": FILES[table][3] // 104}[lost]
    assert len(figures.figures) == FILES[table][3] - expected
    assert len(sentences(figures)) == 1
    assert names in sentences(figures)[0]


@pytest.mark.parametrize("table", FILES)
def test_a_missing_table_is_named_in_one_sentence(service: StatBankService, table: str) -> None:
    service.hidden.add(table)
    figures = read(service, whole(table))
    assert figures.figures == ()
    assert figures.kept_tables == frozenset({table})
    assert len(figures.problems) == 1
    assert table in figures.problems[0].reason


@pytest.mark.parametrize("small", [0, EVERYTHING_AT_ONCE])
@pytest.mark.parametrize("table", FILES)
def test_missing_values_stay_missing_and_are_no_zero(service: StatBankService, table: str, small: int) -> None:
    recorded = service.tables[table]
    hidden = [place for place in range(1, len(recorded.rows) + 1) if place % 7 == 0]
    for place in hidden:
        recorded.revise(place, "..")
    figures = read(service, whole(table), small=small)
    missing = [figure for figure in figures.figures if figure.state is not State.KNOWN]
    assert {(figure.value, figure.state) for figure in missing} == {(None, State.HIDDEN)}
    body = figures.answers[0].body
    if small:
        value = json.loads(body)["dataset"]["value"]
        assert all(value[figure.row - 1] is None for figure in missing)
        assert sum(one is None for one in value) == len(hidden)
    else:
        rows = plain_rows(body)
        assert all(rows[figure.row - 1]["INDHOLD"] == ".." for figure in missing)
        assert sum(row["INDHOLD"] == ".." for row in rows) == len(hidden)
    assert "Empty = hidden or missing" in figures.measures[0].why_it_may_differ_en
    assert len(figures.figures) == FILES[table][3]


def test_a_label_that_changed_beside_its_code_is_named_and_every_figure_stays(service: StatBankService) -> None:
    service.changes["data STRAF11"] = changed('"Copenhagen"', '"Copenhagen city"')
    figures = read(service, TableQuery(table="STRAF11", latest=2), small=EVERYTHING_AT_ONCE)
    assert len(figures.figures) == 104 * 2
    assert sentences(figures) == [
        "Level 101 of OMRÅDE is called “Copenhagen city”, but “Copenhagen” in the description of the table."
    ]


def test_a_new_code_and_a_new_dimension_are_named_and_the_others_stay(service: StatBankService) -> None:
    def altered(body: bytes) -> bytes:
        told = json.loads(body.replace(b'"101"', b'"1010"'))
        dimension = told["dataset"]["dimension"]
        dimension |= {"id": ["NEW", *dimension["id"]], "size": [1, *dimension["size"]]}
        dimension["NEW"] = {"label": "new", "category": {"index": {"A": 0}, "label": {"A": "All"}}}
        return json.dumps(told).encode()

    service.changes["data STRAF11"] = altered
    figures = read(service, TableQuery(table="STRAF11", latest=2), small=EVERYTHING_AT_ONCE)
    assert len(figures.figures) == 103 * 2
    column, level = sentences(figures)
    assert column == "Answer 1 has a column NEW that the description of the table does not have."
    assert level.startswith("“1010” in row 5 of answer 1 is no level of OMRÅDE in the description of the table")


def test_every_recorded_body_is_served_by_some_test(folder: Path) -> None:
    served = {file for file, *_rest in FILES.values()} | {
        "data_straf42_all.body.json",
        "data_straf42_json.body.json",
        "data_straf42_csv.body.csv",
        "table_info_straf42.body.json",
        "table_info_straf42_da.body.json",
        "tables_all.body.json.gz",
    }
    assert {path.name for path in folder.iterdir()} == served

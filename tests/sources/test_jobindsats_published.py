"""Every recorded body of Jobindsats, synced through the service: nothing doubled, summed or made up.

The check walks the recorded JSON by itself, cell by cell; it shares no code with the reader.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.builders.jobindsats_reading import client_of, read
from tests.builders.recorded_bodies import BODIES, COUNTRY, EVERY, RecordedBody, query
from tests.service.jobindsats_service import JobindsatsService
from tests.service.jobindsats_tables import recorded_bytes
from tests.service.publication_server import Fault

from jobcentre_desk.model.services import ServiceAnswer, ServiceFigures
from jobcentre_desk.sources.jobindsats import offers
from jobcentre_desk.sources.jobindsats_presets import read_presets

pytestmark = pytest.mark.published


@pytest.fixture(scope="module")
def service(shared_folder: Path) -> Iterator[JobindsatsService]:
    with JobindsatsService.of(shared_folder / "data" / "jobindsats") as started:
        yield started


@pytest.fixture(scope="module", params=BODIES, ids=lambda case: f"{case.asked.table}-{case.rows}")
def case(request: pytest.FixtureRequest) -> RecordedBody:
    found: RecordedBody = request.param
    return found


@pytest.fixture(scope="module")
def recorded(case: RecordedBody, shared_folder: Path) -> bytes:
    return recorded_bytes(shared_folder / "data" / "jobindsats" / case.file)


def cells(body: bytes) -> dict[tuple[int, str], Any]:
    """Every cell of a body by row (from 1) and label, with the digits of its numbers."""
    told = json.loads(body.decode("utf-8-sig"), parse_float=str, parse_int=str)
    columns = told["columns"]
    assert len(set(columns)) == len(columns)
    return {(n, label): cell for n, row in enumerate(told["rows"], 1) for label, cell in zip(columns, row, strict=True)}


def number_of(answers: tuple[ServiceAnswer, ...]) -> dict[int, dict[tuple[int, str], Any]]:
    return {answer.number: cells(answer.body) for answer in answers}


@pytest.fixture(scope="module")
def figures(case: RecordedBody, service: JobindsatsService) -> ServiceFigures:
    return read(service, case.asked)


def test_the_body_is_kept_as_it_was_recorded(case: RecordedBody, figures: ServiceFigures, recorded: bytes) -> None:
    (answer,) = figures.answers
    assert answer.body == recorded
    assert answer.rows == case.rows
    assert figures.problems == ()


def test_each_distinct_row_is_read_once(case: RecordedBody, figures: ServiceFigures) -> None:
    assert len(figures.figures) == case.distinct * case.measures
    assert len({(one.measure, one.area, one.period, one.group) for one in figures.figures}) == len(figures.figures)
    assert len({figure.row for figure in figures.figures}) == case.distinct


def test_every_figure_is_the_cell_it_points_at(case: RecordedBody, figures: ServiceFigures) -> None:
    held = number_of(figures.answers)
    for figure in figures.figures:
        cell = held[figure.answer][figure.row, figure.column]
        assert figure.value == (None if cell is None else cell.replace(",", "."))
        assert (figure.state == "hidden") == (cell is None)
        assert figure.period == held[figure.answer][figure.row, "Periode"]
        assert (figure.numerator, figure.denominator) == (None, None)


def test_no_cell_is_lost(case: RecordedBody, figures: ServiceFigures) -> None:
    """Each row of the body agrees with the figures read for its labels, twins included."""
    names = {area.code: area.name_da for area in figures.areas} | {"000": "Hele landet"}
    of_measure = {measure.id: measure.name_da for measure in figures.measures}
    pointed = {(figure.row, figure.column): figure for figure in figures.figures}
    told = json.loads(figures.answers[0].body.decode("utf-8-sig"))
    labels = told["columns"]
    first: dict[str, int] = {}
    for number, row in enumerate(told["rows"], 1):
        at = first.setdefault(json.dumps(row), number)
        for label in labels[-case.measures :]:
            figure = pointed[at, label]
            assert figure.value is not None or row[labels.index(label)] is None
            if figure.area in names and "A-kasse" in labels and figure.area != "000":
                assert names[figure.area] == row[labels.index("A-kasse")]
            if "Tilbud" in labels and row[3] != "Tilbud i alt":
                assert of_measure[figure.measure].endswith(f": {row[3]}")


def test_nothing_is_summed(figures: ServiceFigures) -> None:
    """Each value stands in a body as it is; a sum of ours would not."""
    recorded = {str(cell).replace(",", ".") for held in number_of(figures.answers).values() for cell in held.values()}
    assert {figure.value for figure in figures.figures if figure.value is not None} <= recorded


def test_nulls_stay_null_and_are_as_many_as_recorded(
    case: RecordedBody, figures: ServiceFigures, recorded: bytes
) -> None:
    rows = {json.dumps(row) for row in json.loads(recorded)["rows"]}
    nulls = sum(json.loads(row).count(None) for row in rows)
    assert sum(figure.value is None for figure in figures.figures) == nulls


def answering(body: bytes) -> Fault:
    return lambda handler, _content: handler.answer(422, body)


def test_recorded_refusals_are_told_with_their_cause(shared_folder: Path, service: JobindsatsService) -> None:
    folder = shared_folder / "data/jobindsats"
    told = json.loads((folder / "v3_errors_422.json").read_text(encoding="utf-8"))["failures"].values()
    periods = json.loads((folder / "v3_metadata_snippets.json").read_text(encoding="utf-8"))["targets"][
        "afterlonContrib"
    ]
    bodies = {one.strip() for sentence in (*told, periods["error"]) for one in re.findall(r"\{.*?\}", sentence)}
    causes = {json.loads(body)["cause"] for body in bodies}
    assert causes >= {"Unknown hierarchies: ['_omrade']", "Unknown period type: M"}
    for cause in sorted(causes):
        body = next(body for body in bodies if json.loads(body)["cause"] == cause)
        service.faults = {"data/y25i01": answering(body.encode())}
        figures = read(service, query("y25i01", COUNTRY), query("y25i09", COUNTRY))
        assert cause in figures.problems[0].reason
        assert {answer.table for answer in figures.answers} == {"y25i09"}
    service.faults = {}


def test_every_recorded_title_is_offered(shared_folder: Path, service: JobindsatsService) -> None:
    file = shared_folder / "data/jobindsats/v3_table_dimensions.json"
    recorded = {one["table_id"]: one["title"] for one in json.loads(file.read_text(encoding="utf-8"))["candidates"]}
    with client_of(service) as client:
        offered = {offer.table: offer.title for offer in offers(client)}
    assert len(recorded) == 55
    assert {table: offered.get(table) for table in recorded} == recorded


def test_the_recorded_columns_of_chosen_tables_have_definitions(shared_folder: Path) -> None:
    """`table_columns.md` lists per table the labels its figures had."""
    file = shared_folder / "data/jobindsats/table_columns.md"
    sections = re.split(r"^### ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    presets, seen = read_presets(), set()
    for section in sections:
        table = section.partition(" ")[0].lower()
        labels = re.findall(r"^\|Numerisk([2-9])\s*\|(.*?)\s*\|", section, flags=re.MULTILINE)
        if table in presets.tables and table != "y30r21":  # its labels lack the name of their group there
            seen.add(table)
            undefined = [label for _number, label in labels if presets.measure_text(table, label) is None]
            assert (table, undefined) == (table, [])
    assert {"y14d03", "y01a02", "y07a02", "ptva02"} <= seen


def test_municipalities_of_y30r21_get_their_codes_and_groups(shared_folder: Path, service: JobindsatsService) -> None:
    """Recorded line, code from the official list and group by hand, against what was read."""
    figures = read(service, BODIES[-1].asked)
    held = {(one.measure, one.area, one.period, one.group): one.value for one in figures.figures}
    with (shared_folder / "data/classifications/derived_municipalities.csv").open(encoding="utf-8") as file:
        codes = {row["navn"]: row["kommunekode"].zfill(3) for row in csv.DictReader(file)}
    groups = {
        "Ydelsesgrupper i alt": "all", "A-dagpenge mv.": "unemployment_benefit",
        "Sygedagpenge mv.": "sickness_benefit", "Kontanthjælp mv.": "cash_benefit",
    }  # fmt: skip
    label = "Forventet og faktisk andel fuldtidspersoner på offentlig forsørgelse: Faktisk andel (pct.)"
    lines = (shared_folder / "data/jobindsats/y30r21_2020-2022.ndjson").read_text(encoding="utf-8").splitlines()
    for line in map(json.loads, lines):
        place = codes[line["Area"]], line["Periode"], groups[line["Ydelsesgrupper"]]
        assert held["y30r21.actual_share", *place] == line[label].replace(",", ".")
        assert held["y30r21.rank", *place] == str(line["Placering på benchmarkranglisten"])
    assert len(held) == 98 * 6 * 4 * 7
    assert {measure.id for measure in figures.measures} == {
        f"y30r21.{name}"
        for name in (
            "expected_share", "actual_share", "difference", "rank",
            "expected_persons", "actual_persons", "persons_difference",
        )
    }  # fmt: skip


def test_all_recorded_tables_sync_together(shared_folder: Path, service: JobindsatsService) -> None:
    both = query("y25i01", ("_nykom", EVERY), ("_ygrpi09", EVERY), ("_akassebl", EVERY))
    queries = [both, query("y01dia02", COUNTRY, ("_akassedp", EVERY)), *(BODIES[at].asked for at in (0, 3, 4, 5, 8))]
    figures = read(service, *queries)
    assert figures.problems == ()
    assert not figures.kept_tables
    held = number_of(figures.answers)
    assert len(held) == len(figures.answers) == len({answer.number for answer in figures.answers})
    for figure in figures.figures:
        cell = held[figure.answer][figure.row, figure.column]
        assert figure.value == (None if cell is None else cell.replace(",", "."))
    names = {area.name_da: area.code for area in figures.areas}
    assert len(names) == len(figures.areas) == 22
    assert {"Ingen a-kasse", "FOAs A-kasse"} <= set(names)

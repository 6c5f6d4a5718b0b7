"""`traineeships.csv` counted into outcomes, and its mistakes told by row and column."""

from __future__ import annotations

import io

import pytest
from tests.builders.small_publication import CVR

from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.publishing.columns import OUTCOME_COUNTS, EmployerIds, KnownCodes
from jobcentre_desk.publishing.row_problems import RowsRefused
from jobcentre_desk.publishing.schemas import FORMATS
from jobcentre_desk.publishing.traineeships import COLUMNS, Traineeships, read_traineeships
from jobcentre_desk.task import Task

CODES = KnownCodes(
    areas={"081": 0, "851": 1, "860": 2},
    municipalities=frozenset({"851", "860"}),
    branches={"47.11": 0, "H": 1},
    occupations={"5223": 4},
    benefit_groups={"cash_benefit": 0},
    programmes={"traineeship": 0},
    employers=EmployerIds.of(CVR),
)
KNOWN = Quarter.of(2025, 4)
OUTCOME_KEY = FORMATS["outcomes"].key
PLACE = f"{CVR[0]},851,47.11,5223,cash_benefit,traineeship"


def read(*rows: str, header: str = ",".join(COLUMNS)) -> Traineeships:
    lines = io.StringIO("\n".join([header, *rows]) + "\n", newline="")
    return read_traineeships(lines, file="traineeships.csv", codes=CODES, known_through=KNOWN, task=Task())


def counts(traineeships: Traineeships, quarter: str) -> list[tuple[int, ...]]:
    parsed = Quarter.parse(quarter)
    assert parsed is not None
    outcomes = traineeships.read(parsed)
    return list(zip(*(getattr(outcomes, name).tolist() for name in OUTCOME_COUNTS), strict=True))


def test_started_and_completed_count_in_their_own_quarters() -> None:
    found = read(f"{PLACE},2025-03-31,2025-07-01,job_same_employer")
    assert [str(quarter) for quarter in found.quarters] == ["2025Q01", "2025Q03"]
    assert counts(found, "2025Q01") == [(1, 0, 0, 0, 0)]
    assert counts(found, "2025Q03") == [(0, 1, 1, 0, 0)]
    assert counts(found, "2025Q02") == []


def test_two_rows_alike_are_two_traineeships() -> None:
    found = read(*[f"{PLACE},2025-10-01,2025-11-01,no_job"] * 2, f"{PLACE},2025-10-01,2025-12-31,job_other_branch")
    assert counts(found, "2025Q04") == [(3, 3, 0, 0, 1)]


def test_jobs_after_known_through_are_not_yet_known_even_where_some_were_told() -> None:
    found = read(
        f"{PLACE},2026-01-01,2026-02-01,job_same_branch", f"{PLACE},2026-01-01,2026-02-01,", f"{PLACE},2026-01-01,,"
    )
    assert counts(found, "2026Q01") == [(3, 2, -1, -1, -1)]


def test_rows_come_sorted_by_municipality_as_outcomes_do() -> None:
    elsewhere = f"{CVR[1]},860,H,5223,cash_benefit,traineeship"
    outcomes = read(f"{elsewhere},2025-10-01,,", f"{PLACE},2025-10-01,,").read(KNOWN)
    assert outcomes.municipality.tolist() == [1, 2]
    assert outcomes.employer.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (PLACE.replace(CVR[0], "10000041") + ",2025-01-01,,", "cvr"),
        (PLACE.replace(CVR[0], "10000008") + ",2025-01-01,,", "cvr"),
        (PLACE.replace("851", "081") + ",2025-01-01,,", "municipality"),
        (PLACE.replace("47.11", "47") + ",2025-01-01,,", "branch"),
        (PLACE.replace("5223", "") + ",2025-01-01,,", "occupation"),
        (PLACE.replace("cash", "kontant") + ",2025-01-01,,", "benefit_group"),
        (PLACE.replace("traineeship", "x") + ",2025-01-01,,", "programme"),
        (f"{PLACE},01-01-2025,,", "started_on"),
        (f"{PLACE},,,", "started_on"),
        (f"{PLACE},2025-01-01,2025-02-30,no_job", "ended_on"),
        (f"{PLACE},2025-02-01,2025-01-31,no_job", "ended_on"),
        (f"{PLACE},2025-01-01,2025-02-01,job", "outcome"),
        (f"{PLACE},2025-01-01,2025-02-01,", "outcome"),
        (f"{PLACE},2025-01-01,,no_job", "outcome"),
        (f"{PLACE},2025-01-01,2025-02-01", ""),
        (f'{PLACE},2025-01-01,"2025-02-01', ""),
    ],
)
def test_each_rule_refuses_its_row_and_names_the_column(row: str, column: str) -> None:
    with pytest.raises(RowsRefused) as refused:
        read(f"{PLACE},2025-01-01,,", row)
    assert [(p.file, p.row, p.column) for p in refused.value.problems] == [("traineeships.csv", 3, column)]


def test_a_hundred_problems_are_enough() -> None:
    with pytest.raises(RowsRefused) as refused:
        read(*["short"] * 300)
    assert len(refused.value.problems) == 100


def test_another_header_is_refused() -> None:
    with pytest.raises(RowsRefused) as refused:
        read(f"{PLACE},2025-01-01,,", header="cpr," + ",".join(COLUMNS))
    assert refused.value.problems[0].row == 1


def test_text_that_is_no_utf8_is_refused_by_row() -> None:
    content = ",".join(COLUMNS).encode() + b"\n\xe6\n"
    lines = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", newline="")
    with pytest.raises(RowsRefused) as refused:
        read_traineeships(lines, file="t", codes=CODES, known_through=KNOWN, task=Task())
    assert "UTF-8" in refused.value.problems[0].reason


def test_no_column_asks_for_a_person() -> None:
    assert set(COLUMNS) == {*OUTCOME_KEY, "started_on", "ended_on", "outcome"} - {"quarter"}

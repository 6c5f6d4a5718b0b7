"""Rows of an authority's file against a plain recomputation, over random files in every spelling."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders.authority_files import CVR, HEADER, TARGETS, csv_content, sound_row, write_csv, write_xlsx

from jobcentre_desk.model.imports import ColumnMapping, ImportMapping, Target
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.sources.authority_file import read_authority_file
from jobcentre_desk.sources.authority_guesses import guess_targets
from jobcentre_desk.sources.authority_rows import OwnFigures, read_own_figures
from jobcentre_desk.task import Task

MUNICIPALITIES = {"851": ("851", "Aalborg", "0851", "851 Aalborg"), "751": ("751", "Aarhus Kommune")}
BRANCHES = {"47.11": ("47.11", "4711", "471100"), "01.11": ("01.11", "0111"), "G": ("G", "G Handel")}
QUARTERS = ("{year}K{quarter}", "{quarter}. kvt. {year}", "{year}Q0{quarter}", "Q{quarter} {year}")
MONTHS = ("{year}M{month:02d}", "{year}-{month:02d}", "{month:02d}-{year}")
MOST = 40

Count = int | None
Line = tuple[Count, ...]
"""Started, completed and the three job counts of one row."""


@st.composite
def lines(draw: st.DrawFn) -> Line:
    jobs = draw(st.lists(st.integers(0, MOST), min_size=3, max_size=3))
    completed = sum(jobs) + draw(st.integers(0, MOST))
    counts: list[Count] = [draw(st.integers(0, 2_000)), completed, *jobs]
    hidden = draw(st.sets(st.integers(0, 4), max_size=2))
    return tuple(None if place in hidden else count for place, count in enumerate(counts))


@st.composite
def cells_of_files(draw: st.DrawFn) -> dict[tuple[str, str, str, int], tuple[int, dict[int, Line]]]:
    """By employer, municipality, branch and quarter: the whole quarter (month 0), or the counts of its months."""
    keys = st.tuples(
        st.sampled_from(CVR[:4]),
        st.sampled_from([*MUNICIPALITIES]),
        st.sampled_from([*BRANCHES]),
        st.integers(8096, 8103),
    )
    whole = st.tuples(st.just(0), st.fixed_dictionaries({0: lines()}))
    monthly = st.tuples(st.just(1), st.dictionaries(st.integers(0, 2), lines(), min_size=1))
    return draw(st.dictionaries(keys, whole | monthly, min_size=1, max_size=12))


@st.composite
def spelled(draw: st.DrawFn, cells: dict[tuple[str, str, str, int], tuple[int, dict[int, Line]]]) -> list[list[Any]]:
    rows = []
    for (cvr, municipality, branch, index), (monthly, by_month) in cells.items():
        quarter = Quarter(index)
        for month, counts in by_month.items():
            spelling = draw(st.sampled_from(MONTHS if monthly else QUARTERS))
            period = spelling.format(year=quarter.year, quarter=quarter.number, month=3 * quarter.number - 2 + month)
            row = sound_row(
                period=period,
                cvr=cvr,
                municipality=draw(st.sampled_from(MUNICIPALITIES[municipality])),
                branch=draw(st.sampled_from(BRANCHES[branch])),
            )[:9]
            rows += [row + ["" if count is None else str(count) for count in counts]] * draw(st.integers(1, 2))
    return list(draw(st.permutations(rows)))


def added_up(by_month: dict[int, Line]) -> Line:
    columns = zip(*by_month.values(), strict=True)
    return tuple(None if None in column else sum(count or 0 for count in column) for column in columns)


def figures(path: Path, **said: Any) -> OwnFigures:
    table = read_authority_file(path, task=Task())
    mapping = ImportMapping(
        columns=tuple(
            ColumnMapping(column=column, target=Target(target)) for column, target in zip(HEADER, TARGETS, strict=True)
        )
    )
    return read_own_figures(table, mapping, known_through=said.get("known_through"), task=Task())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_file_in_any_spelling_and_order_gives_what_a_plain_recomputation_gives(
    tmp_path: Path, data: st.DataObject
) -> None:
    cells = data.draw(cells_of_files())
    rows = data.draw(spelled(cells))
    if data.draw(st.booleans()):
        path = write_xlsx(tmp_path / "a.xlsx", [HEADER, *rows])
    else:
        separator, encoding = (
            data.draw(st.sampled_from(";,\t")),
            data.draw(st.sampled_from(["utf-8", "cp1252", "utf-16"])),
        )
        path = tmp_path / "a.csv"
        path.write_bytes(csv_content([HEADER, *rows], separator=separator, encoding=encoding))
    found = figures(path)
    expected = {
        (Quarter(index), (cvr, municipality, branch, "5223", "cash_benefit", "traineeship")): added_up(by_month)
        for (cvr, municipality, branch, index), (_monthly, by_month) in cells.items()
    }
    assert dict(found.outcomes) == expected
    with_jobs = [quarter for (quarter, _key), counts in expected.items() if any(job is not None for job in counts[2:])]
    assert found.known_through == max(with_jobs, default=None)
    assert [employer.cvr for employer in found.employers] == sorted({cvr for cvr, *_rest in cells})


def test_how_the_file_was_read_is_told(tmp_path: Path) -> None:
    rows = [sound_row(period="2025M07", started="1.234"), sound_row(period="2025M08", branch="471100")]
    assert figures(write_csv(tmp_path / "a.csv", [HEADER, *rows])).notes == (
        "Påbegyndte: A point parts thousands here: each stands before three digits.",
        "Codes of six digits are cut to four. (1 row)",
        "Outcomes count as known through 2025Q03, the last with a job count.",
        "The last quarter, 2025Q03, has rows of 2 months only.",
    )


def test_a_file_without_any_job_count_has_no_known_outcome(tmp_path: Path) -> None:
    row = sound_row(job_same_employer="", job_same_branch="", job_other_branch="")
    found = figures(write_csv(tmp_path / "a.csv", [HEADER, row]))
    assert found.known_through is None
    assert "No row has a job count, so no outcome is known." in found.notes


def test_what_is_said_of_the_last_known_quarter_wins(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADER, sound_row()])
    assert figures(path, known_through=Quarter.of(2026, 1)).known_through == Quarter.of(2026, 1)


# Guesses


def guesses(path: Path) -> dict[str, str]:
    return {column: str(target) for column, target in guess_targets(read_authority_file(path, task=Task())).items()}


def test_columns_whose_names_say_nothing_are_known_by_what_stands_in_them(tmp_path: Path) -> None:
    header = [f"kol {letter}" for letter in "abcdefghijklmn"]
    rows = [sound_row(cvr=cvr, branch="471100") for cvr in CVR[:12]]
    found = guesses(write_csv(tmp_path / "a.csv", [header, *rows]))
    assert [found[name] for name in header[:8]] == [
        "period", "cvr", "", "municipality", "branch", "", "benefit_group", "programme",
    ]  # fmt: skip


def test_of_two_columns_of_one_kind_the_one_that_can_be_read_is_taken(tmp_path: Path) -> None:
    header = ["Kommune", "Kommunekode", *HEADER[:3]]
    found = guesses(write_csv(tmp_path / "a.csv", [header, ["Nordkommunen", "851", "2025K3", CVR[0], "Brød"]]))
    assert (found["Kommune"], found["Kommunekode"]) == ("", "municipality")


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (["Job andet sted"], ["job_elsewhere"]),
        (["Job andet sted", "Samme branche", "Anden branche"], ["", "job_same_branch", "job_other_branch"]),
    ],
)
def test_jobs_elsewhere_are_not_counted_twice(tmp_path: Path, columns: list[str], expected: list[str]) -> None:
    path = write_csv(tmp_path / "a.csv", [[*HEADER[:3], *columns], ["2025K3", CVR[0], "Brød", *["1"] * len(columns)]])
    assert [guesses(path)[column] for column in columns] == expected

"""`import` from outside: a mapping is suggested, errors are rows to work through, and a file becomes a source."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from tests.builders.authority_files import CVR, FAULTS, HEADER, TARGETS, rows_with, sound_row, write_csv, write_xlsx
from tests.program.driver import Program

BASIS = ("--basis", "Aftale af 1. maj 2025")


@pytest.fixture
def mapping(empty_program: Program, tmp_path: Path) -> Path:
    """The mapping that the program itself suggests for a file of our layout."""
    path = write_csv(tmp_path / "sound.csv", [HEADER, sound_row()])
    answer = empty_program.run("import", str(path), "--suggest")
    assert answer.code == 0, answer.err
    mapping = tmp_path / "mapping.json"
    mapping.write_text(answer.out, encoding="utf-8")
    return mapping


def test_a_mapping_is_suggested_as_json_and_how_the_file_was_read_is_told(
    empty_program: Program, tmp_path: Path, mapping: Path
) -> None:
    suggested = json.loads(mapping.read_text(encoding="utf-8"))
    assert suggested == {
        "columns": dict(zip(HEADER, TARGETS, strict=True)),
        "encoding": "",
        "separator": "",
        "sheet": "",
    }
    answer = empty_program.run("import", str(tmp_path / "sound.csv"), "--suggest")
    assert "The encoding is Windows-1252: line 1 is not UTF-8, and reads “" in answer.err
    assert list(empty_program.home.glob("snapshots")) == []


def test_a_file_becomes_a_source_and_its_employers_can_be_found(
    empty_program: Program, tmp_path: Path, mapping: Path
) -> None:
    path = write_xlsx(tmp_path / "own.xlsx", [HEADER, sound_row(), sound_row(cvr=CVR[1], municipality="Aarhus")])
    loaded = empty_program.ask("import", str(path), "--mapping", str(mapping), *BASIS, "--known-through", "2025Q3")
    assert (loaded["name"], loaded["rows"], loaded["source"]["result"]) == ("own", 2, "new")
    found = empty_program.ask("employers", "--municipality", "751")
    assert [(row["cvr"], row["completed"], row["job_elsewhere"]) for row in found["rows"]] == [(CVR[1], 5, 1)]
    assert empty_program.ask("sync")["sources"][0]["result"] == "unchanged"
    assert empty_program.ask("check")["ok"]


def test_every_error_is_a_row_to_work_through(empty_program: Program, tmp_path: Path, mapping: Path) -> None:
    rows, told = rows_with(FAULTS)
    path = write_csv(tmp_path / "own.csv", rows)
    words = ("import", str(path), "--mapping", str(mapping), *BASIS, "--known-through", "2025Q4")
    as_csv = empty_program.run(*words, "--format", "csv")
    assert as_csv.code == 1
    assert [(int(row["row"]), row["column"]) for row in csv.DictReader(io.StringIO(as_csv.out))] == [
        place[:2] for place in told
    ]
    assert as_csv.err.startswith(f"{len(told)} problems were found in the file, the first: own.csv, row 6")
    as_json = empty_program.run(*words, "--format", "json").json["error"]
    assert as_json["id"] == "rows_refused"
    assert len(as_json["problems"]) == len(told)


def test_what_cannot_be_a_quarter_is_refused(empty_program: Program, tmp_path: Path, mapping: Path) -> None:
    path = str(tmp_path / "sound.csv")
    answer = empty_program.run("import", path, "--mapping", str(mapping), *BASIS, "--known-through", "now")
    assert (answer.code, answer.err) == (1, "now is not a quarter. Write it as 2025Q03 or 2025Q3.\n")

"""Workbooks from the command line."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from tests.program.driver import Program


def test_an_employer_and_a_list_are_written_as_workbooks(program: Program, tmp_path: Path) -> None:
    row = program.ask("employers", "--order", "completed", "--limit", "1")["rows"][0]
    out = tmp_path / "employer.xlsx"
    assert program.run("employer", row["cvr"], "--xlsx", str(out), language="da").code == 0
    book = openpyxl.load_workbook(out)
    assert book.properties.title == f"{row['name']} · DEMO"
    assert book.properties.language == "da"
    listed = tmp_path / "list.xlsx"
    found = program.run("employers", "--min-completed", "30", "--xlsx", str(listed), "--format", "json")
    assert found.code == 0
    assert openpyxl.load_workbook(listed).worksheets[1].max_row == found.json["total"] + 1


def test_a_file_of_another_name_is_refused(program: Program, tmp_path: Path) -> None:
    found = program.run("employers", "--xlsx", str(tmp_path / "list.csv"))
    assert found.code == 1
    assert "list.csv is no name of a workbook." in found.err
    assert list(tmp_path.iterdir()) == []

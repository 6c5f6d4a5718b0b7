"""Workbooks of a list and of an employer: numbers, definitions and source, and nothing that the guard withholds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest

from jobcentre_desk import text
from jobcentre_desk.desk.exports import save_employer_workbook, save_employers
from jobcentre_desk.desk.find import find_employers
from jobcentre_desk.desk.table_exports import save_table
from jobcentre_desk.errors import FileUnwritable, InputRefused
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.task import Task

OWN = "10000000"
LAST = Quarter.of(2026, 1)


@pytest.fixture
def figures(world: Any) -> Any:
    """One employer with a small count, 24 others without, over eight quarters."""
    for back in range(8):
        world.add(0, 11, same=4, elsewhere=1 if back == 0 else 3, started=12, quarter=LAST.plus(-back))
    world.add(0, 12, same=4, elsewhere=3, occupation="5223")
    world.add_others(24, 10, same=3, elsewhere=3, started=11)
    return world.figures()


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    """Every sheet as rows of values."""
    book = openpyxl.load_workbook(path)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


def test_the_workbook_of_an_employer_says_first_what_it_is(figures: Any, tmp_path: Path) -> None:
    path = tmp_path / "employer.xlsx"
    save_employer_workbook(figures, OWN, path, scope=Scope())
    found = sheets(path)
    names = list(found)
    assert names[:4] == ["About", "Numbers", "Beside the branch and the count", "Trend"]
    assert {"Quarters", "All occupations at the employer", "Given whom they took", "Place in the branch"} <= set(names)
    about = {row[0]: row[1] for row in found["About"]}
    assert about["CVR number"] == OWN
    assert about["Source"].startswith("Source: STAR, release 3")
    assert about["How it is counted"].startswith("In a job = employed")
    assert "Jobcentre Desk" in about["Written"]


def test_its_numbers_are_numbers(figures: Any, tmp_path: Path) -> None:
    path = tmp_path / "employer.xlsx"
    save_employer_workbook(figures, OWN, path, scope=Scope())
    rows = {row[0]: row[1:] for row in sheets(path)["Numbers"][2:]}
    assert rows["Who"][:2] == ["Started", "Completed"]
    own = rows["The employer"]
    assert own[:5] == [48, 56, 20, 13, 33]
    assert own[5] == pytest.approx(33 / 56)
    assert own[6] < own[5] < own[7]
    assert rows["The branch"][1] == 56 + 240


def test_a_small_count_is_a_word_in_every_sheet(figures: Any, tmp_path: Path) -> None:
    path = tmp_path / "employer.xlsx"
    save_employer_workbook(figures, OWN, path, scope=Scope(first=LAST, last=LAST, occupations=("9333",)))
    found = sheets(path)
    own = next(row for row in found["Numbers"] if row[0] == "The employer")
    assert own[3:5] == ["hidden", "hidden"]
    assert own[5] == 5


def test_a_sole_proprietor_is_in_no_workbook(figures: Any, tmp_path: Path) -> None:
    blocks = figures.load_blocks()
    flags = blocks.employers.flags.copy()
    flags[0] |= np.uint8(2)
    figures._blocks = replace(blocks, employers=replace(blocks.employers, flags=flags))
    with pytest.raises(InputRefused, match="sole proprietor"):
        save_employer_workbook(figures, OWN, tmp_path / "employer.xlsx", scope=Scope())
    with pytest.raises(FileUnwritable, match="no folder"):
        save_employer_workbook(figures, "10000001", tmp_path / "absent" / "x.xlsx", scope=Scope())
    assert list(tmp_path.glob("*.xlsx")) == []


def test_the_list_as_a_workbook_has_a_row_for_each_employer(figures: Any, tmp_path: Path) -> None:
    path = tmp_path / "employers.xlsx"
    found = find_employers(figures, Scope(min_completed=5, text="employer"))
    save_employers(figures, found, path, task=Task(), for_contact=True)
    read = sheets(path)
    listed, about = read["Employers"], {row[0]: row[1] for row in read["About"]}
    assert len(listed) == found.total + 1
    assert listed[0][:2] == ["CVR number", "Employer"]
    assert all(isinstance(row[0], str) and isinstance(row[5], int) and 0 <= row[8] <= 1 for row in listed[1:])
    assert about["Filter"] == "“employer” · at least 5 completed"
    assert about["Rows"] == str(found.total)
    assert about["Left out"].startswith("Employers protected from advertising")


def test_a_table_is_saved_as_its_file_is_called(tmp_path: Path) -> None:
    table = TableOf(header=("Name", "Count"), rows=(("=1+1", "1,234"),), numeric=(False, True))
    save_table(table, tmp_path / "table.xlsx", about=("What it is.",))
    assert sheets(tmp_path / "table.xlsx")["table"] == [
        ["What it is.", None], [None, None], ["Name", "Count"], ["=1+1", 1234],
    ]  # fmt: skip
    save_table(table, tmp_path / "table.csv")
    assert (tmp_path / "table.csv").read_text("utf-8-sig").splitlines()[1].startswith("'=1+1")


def test_a_danish_workbook_is_danish(figures: Any, tmp_path: Path) -> None:
    text.use_language("da")
    save_employer_workbook(figures, OWN, tmp_path / "x.xlsx", scope=Scope())
    assert openpyxl.load_workbook(tmp_path / "x.xlsx").properties.language == "da"

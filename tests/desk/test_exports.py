"""Files and clipboard texts that leave the program."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pypdf
import pytest

from jobcentre_desk import text
from jobcentre_desk.desk.exports import (
    employers_text,
    list_losses,
    save_employer_sheet,
    save_employers,
    shared_employer_page,
)
from jobcentre_desk.desk.find import find_employers
from jobcentre_desk.errors import FileUnwritable, InputRefused
from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.task import Task, TaskCancelled

OWN = "10000000"
LAST = Quarter.of(2026, 1)


@pytest.fixture
def figures(world: Any) -> Any:
    """One employer with a small count, 24 others without, over eight quarters."""
    for back in range(8):
        world.add(0, 11, same=4, elsewhere=1 if back == 0 else 3, started=12, quarter=LAST.plus(-back))
    world.add_others(24, 10, same=3, elsewhere=3, started=11)
    return world.figures()


def _read(path: Path) -> str:
    pdf = pypdf.PdfReader(path)
    assert len(pdf.pages) == 1
    return " ".join(pdf.pages[0].extract_text().split())


def test_the_sheet_of_an_employer_is_one_page_with_sentence_numbers_source_and_page(
    figures: Any, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.pdf"
    save_employer_sheet(figures, OWN, path, scope=Scope())
    read = _read(path)
    for wanted in ("Employer 0", "CVR 10000000", "26 went on to a job", "26 of 44", "Source: STAR", "page 1 of 1"):
        assert wanted in read, wanted
    assert "DEMO" not in read


def test_a_small_count_is_nowhere_on_the_sheet(figures: Any, tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    save_employer_sheet(figures, OWN, path, scope=Scope(first=LAST, last=LAST))
    read = _read(path)
    assert "hidden" in read
    assert "5 of 11" in read
    assert "3 of 11" not in read
    assert "2 of 11" not in read


def test_the_trend_on_the_sheet_hides_points_of_few_people(figures: Any) -> None:
    page = shared_employer_page(figures, OWN, scope=Scope())
    assert all(point.value is not None for point in page.trend.points)
    states = {quarter.quarter: quarter.state for quarter in page.comparison.quarters}
    assert states[str(LAST)] == "known"


def test_the_sheet_is_danish_where_the_program_is(figures: Any, tmp_path: Path) -> None:
    text.use_language("da")
    path = tmp_path / "ark.pdf"
    save_employer_sheet(figures, OWN, path, scope=Scope())
    assert pypdf.PdfReader(path).root_object["/Lang"] == "da"  # type: ignore[comparison-overlap, unused-ignore]
    assert "da 47.11" in _read(path)


def test_the_list_as_a_file_has_a_row_for_each_employer_in_its_order(figures: Any, tmp_path: Path) -> None:
    path = tmp_path / "employers.csv"
    found = find_employers(figures, Scope())
    save_employers(figures, found, path, task=Task())
    read = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    assert len(read) == found.total + 1
    assert read[0][:2] == ["CVR number", "Employer"]
    assert read[0][-5:] == ["State", "Source", "Release", "Released", "Definition"]
    assert {len(row) for row in read} == {len(read[0])}
    assert [row[1] for row in read[1:4]] != sorted(row[1] for row in read[1:])[:3]
    assert path.read_bytes().startswith("\ufeff".encode())


def test_what_a_list_will_lose_is_what_it_loses(figures: Any, world: Any, tmp_path: Path) -> None:
    found = find_employers(figures, Scope(first=LAST, last=LAST))
    blocks = figures.load_blocks()
    flags = blocks.employers.flags.copy()
    flags[[1, 2]] |= np.array([2, 4], dtype=np.uint8)
    figures._blocks = replace(blocks, employers=replace(blocks.employers, flags=flags))
    for for_contact, protected in ((False, 0), (True, 1)):
        losses = list_losses(figures, found, for_contact=for_contact, task=Task())
        path = tmp_path / "employers.csv"
        save_employers(figures, found, path, task=Task(), for_contact=for_contact)
        read = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))[1:]
        assert (losses.sole_proprietors, losses.advertising_protected) == (1, protected)
        assert len(read) == found.total - 1 - protected
        assert losses.counts_hidden == sum(cell == "hidden" for row in read for cell in row[4:8]) > 0


def test_a_danish_file_parts_its_cells_as_a_danish_spreadsheet_does(figures: Any, tmp_path: Path) -> None:
    text.use_language("da")
    path = tmp_path / "virksomheder.csv"
    save_employers(figures, find_employers(figures, Scope()), path, task=Task())
    assert path.read_text("utf-8-sig").splitlines()[0].count(";") == 15


def test_copied_rows_have_headers_and_stand_as_they_were_chosen(figures: Any) -> None:
    found = find_employers(figures, Scope())
    lines = employers_text(figures, found, (3, 0, 1), task=Task()).splitlines()
    every = employers_text(figures, found, tuple(range(found.total)), task=Task()).splitlines()
    assert lines == [every[0], every[4], every[1], every[2]]


def test_a_cancelled_export_writes_nothing(figures: Any, tmp_path: Path) -> None:
    task = Task()
    task.cancel()
    with pytest.raises(TaskCancelled):
        save_employers(figures, find_employers(figures, Scope()), tmp_path / "employers.csv", task=task)
    assert list(tmp_path.glob("*.csv")) == []


def test_a_file_that_cannot_be_written_says_why_and_leaves_nothing(figures: Any, tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable, match="no folder"):
        save_employer_sheet(figures, OWN, tmp_path / "absent" / "sheet.pdf", scope=Scope())
    with pytest.raises(InputRefused):
        save_employer_sheet(figures, "99999999", tmp_path / "sheet.pdf", scope=Scope())
    assert list(tmp_path.glob("*.pdf")) == []

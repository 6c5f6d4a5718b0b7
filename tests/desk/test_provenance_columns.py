"""A revised figure tells its release and what it was before in every file it is saved in."""

from __future__ import annotations

import csv
import datetime as dt
import io
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from tests.builders.signed_publication import Publisher
from tests.builders.small_publication import TABLES
from tests.builders.synced_home import SyncedHome

from jobcentre_desk.cache.snapshot import open_newest
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.municipality_page import municipality_page
from jobcentre_desk.desk.provenance_columns import places_table
from jobcentre_desk.desk.report_run import save_reports
from jobcentre_desk.desk.table_exports import save_table
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task

FIRST, *REST = TABLES["figures"]
SHARES = {"expected_share": ("20.1", "18.4"), "actual_share": ("19.7", "18.9"), "difference": ("-0.4", "0.5")}
MORE_FIGURES = tuple(
    f"y30r21.{part},{area},2022QMAT04,all,{value},,,known"
    for part, values in SHARES.items()
    for area, value in zip(("851", "860"), values, strict=True)
)
MORE_MEASURES = tuple(
    f"y30r21.{part},{part},{part},Andel,Share,,,percent,low_is_good,,STAR,2020,1,,,STAR,2027" for part in SHARES
)
COLUMNS = ("Source", "Release", "Released", "Definition", "Was before")
BEFORE = "58 (until release 3); 57 (until release 2)"
PRINTED = dt.date(2026, 11, 23)
DAY = "15\N{NO-BREAK SPACE}Apr\N{NO-BREAK SPACE}2026"


def saved(home: Home, tmp_path: Path, *, last: str) -> dict[str, Any]:
    """The files made of a publication whose rank of Aalborg was 57, then 58, and stands as in `last` now."""
    publisher, folder = Publisher.new(), tmp_path / "publication"
    synced = SyncedHome.at(home)
    measures = (*TABLES["measures"], *MORE_MEASURES)
    tables = {**TABLES, "measures": measures, "figures": (FIRST, *REST, *MORE_FIGURES)}
    publisher.write(folder, tables=tables)
    synced.add(folder, publisher.key)
    synced.sync()
    for sequence, row in ((2, FIRST.replace(",57,", ",58,")), (3, last)):
        publisher.write(folder, sequence=sequence, tables={**tables, "figures": (row, *REST, *MORE_FIGURES)})
        assert synced.sync().rows_changed == 1
    snapshot = open_newest(home)
    assert snapshot is not None
    with closing(snapshot):
        figures = Figures.open(snapshot)
        run = save_reports(figures, ("851",), tmp_path, kinds=("pdf", "xlsx"), printed=PRINTED, task=Task())
        page = municipality_page(figures, "851", measure="y30r21.rank")
        assert page.chosen is not None
        save_table(places_table(figures, page.chosen), tmp_path / "map.csv")
    pdf, xlsx = run.saved[0].files
    words = "".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages)
    return {
        "pdf": "".join(words.split()),
        "xlsx": {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in openpyxl.load_workbook(xlsx)},
        "csv": list(csv.reader(io.StringIO((tmp_path / "map.csv").read_text("utf-8-sig")))),
    }


@pytest.fixture
def revised(home: Home, tmp_path: Path) -> dict[str, Any]:
    return saved(home, tmp_path, last=FIRST.replace(",57,", ",59,"))


def test_the_workbook_of_a_report_has_release_definition_and_former_values(revised: dict[str, Any]) -> None:
    rows = revised["xlsx"]["Expected and actual"]
    (header,) = (row for row in rows if "Was before" in row)
    assert header[-5:] == COLUMNS
    everybody = rows[rows.index(header) + 1]
    assert everybody[-5:] == ("north", "3", DAY, "1", f"Official place: {BEFORE}")
    assert all(not row[-1] for row in rows[rows.index(everybody) + 1 :])


def test_the_printed_report_tells_it_with_its_definitions(revised: dict[str, Any]) -> None:
    definitions = revised["pdf"].rpartition("Definitionsandsources")[2]
    assert "Itwas58untilrelease3.Itwas57untilrelease2." in definitions
    assert "release3of15Apr2026" in definitions


def test_the_saved_table_of_the_map_has_the_same_columns(revised: dict[str, Any]) -> None:
    header, *rows = revised["csv"]
    assert tuple(header[-5:]) == COLUMNS
    told = {row[0]: row[-5:] for row in rows}
    assert told["Aalborg"] == ["north", "3", DAY, "1", BEFORE]
    assert [name for name, cells in told.items() if cells[-1]] == ["Aalborg"]


def test_what_is_hidden_on_the_map_does_not_tell_what_it_was(home: Home, tmp_path: Path) -> None:
    table = saved(home, tmp_path, last=FIRST.replace(",57,,,known", ",,,,hidden"))["csv"]
    told = {row[0]: row for row in table[1:]}
    assert told["Aalborg"][1] == "hidden"
    assert told["Aalborg"][-1] == ""

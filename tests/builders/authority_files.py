"""Invented exports of an authority, as CSV and as Excel workbooks: sound ones, and one with every kind of error."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from jobcentre_desk.model.employers import is_cvr

HEADER = (
    "Periode", "CVR-nr.", "Virksomhed", "Kommune", "Branche", "Stilling", "Ydelse", "Ordning", "Enkeltmandsvirksomhed",
    "Påbegyndte", "Afsluttede", "Samme virksomhed", "Samme branche", "Anden branche",
)  # fmt: skip
TARGETS = (
    "period", "cvr", "name", "municipality", "branch", "occupation", "benefit_group", "programme", "sole_proprietor",
    "started", "completed", "job_same_employer", "job_same_branch", "job_other_branch",
)  # fmt: skip
CVR = tuple(str(number) for number in range(10_000_000, 10_000_400) if is_cvr(str(number)))
TITLE = ("Udtræk fra Jobindsats-værktøjet", *[""] * 13)
NEVER_WORKED_OUT = "=SUM(1,2)"
"""What a program that works nothing out leaves in a workbook."""


@dataclass(frozen=True)
class Fault:
    """One kind of error: what stands in which columns of one row, and where it is told with which words."""

    kind: str
    cells: dict[str, Any]
    column: str
    words: str


def sound_row(**cells: Any) -> list[Any]:
    """One row without an error; keywords (Danish column names as targets) change cells."""
    values: dict[str, Any] = {
        "period": "2025K3",
        "cvr": CVR[0],
        "name": "Nørre Brød A/S",
        "municipality": "851",
        "branch": "47.11",
        "occupation": "5223",
        "benefit_group": "Kontanthjælp",
        "programme": "Virksomhedspraktik",
        "sole_proprietor": "nej",
        "started": "4",
        "completed": "5",
        "job_same_employer": "1",
        "job_same_branch": "1",
        "job_other_branch": "0",
    }
    return list((values | cells).values())


FAULTS = (
    Fault("check digit", {"cvr": "12345678"}, "CVR-nr.", "no CVR number"),
    Fault("empty number", {"cvr": ""}, "CVR-nr.", "must not be empty"),
    Fault("letters", {"cvr": "ABCDEFGH"}, "CVR-nr.", "no CVR number"),
    Fault("seven digits", {"cvr": "1000000"}, "CVR-nr.", "no CVR number"),
    Fault("unknown municipality", {"municipality": "Atlantis"}, "Kommune", "“Atlantis” is not in the table areas"),
    Fault("a region", {"municipality": "081"}, "Kommune", "is not in the table areas"),
    Fault("empty municipality", {"municipality": " "}, "Kommune", "must not be empty"),
    Fault("unknown branch", {"branch": "99.99"}, "Branche", "is not in the table branches"),
    Fault("unknown occupation", {"occupation": "9999"}, "Stilling", "is not in the table occupations"),
    Fault("unknown benefit", {"benefit_group": "Lotto"}, "Ydelse", "is not in the table benefit_groups"),
    Fault("unknown programme", {"programme": "Ferie"}, "Ordning", "is not in the table programmes"),
    Fault("no period", {"period": "i fjor"}, "Periode", "no quarter, month or date"),
    Fault("a year", {"period": "2025"}, "Periode", "longer than a quarter"),
    Fault("month 13", {"period": "2025-13"}, "Periode", "no quarter, month or date"),
    Fault("not begun", {"period": "2027Q1"}, "Periode", "2027Q01 has not begun yet"),
    Fault("negative", {"started": "-1"}, "Påbegyndte", "is negative"),
    Fault("a word", {"completed": "få"}, "Afsluttede", "no whole number"),
    Fault("a fraction", {"completed": "5,5"}, "Afsluttede", "no whole number"),
    Fault("a star", {"job_same_branch": "*"}, "Samme branche", "hidden or not yet known is an empty cell"),
    Fault("far too many", {"started": "100000000"}, "Påbegyndte", "is above"),
    Fault("more jobs than people", {"completed": "1"}, "Afsluttede", "more than the 1 completed"),
    Fault("neither yes nor no", {"sole_proprietor": "måske"}, "Enkeltmandsvirksomhed", "neither yes nor no"),
    Fault("known too early", {"period": "2026K1"}, "Samme virksomhed", "cannot be known yet"),
    Fault("other numbers", {"cvr": CVR[1], "started": "9"}, "CVR-nr.", "with other numbers"),
    Fault("counted twice", {"cvr": CVR[2], "period": "2025-08"}, "Periode", "would count twice"),
)
"""Errors of both formats; the last two contradict a sound row before them."""

XLSX_FAULTS = (
    Fault("a spreadsheet error", {"completed": "#N/A"}, "Afsluttede", "the error “#N/A”"),
    Fault("never worked out", {"completed": NEVER_WORKED_OUT}, "Afsluttede", "whose result is not in the file"),
    Fault("a stored fraction", {"completed": 1.234}, "Afsluttede", "no whole number"),
    Fault("zeros dropped", {"branch": 811}, "Branche", "Excel stored this code as the number 811"),
    Fault("seven stored digits", {"cvr": 1000001}, "CVR-nr.", "no CVR number"),
)


def rows_with(faults: Sequence[Fault]) -> tuple[list[list[Any]], list[tuple[int, str, str]]]:
    """Title, header, three sound rows and one row for each fault; and row, column and words of what must be told."""
    rows: list[list[Any]] = [list(TITLE), list(HEADER)]
    rows += [sound_row(), sound_row(cvr=CVR[1]), sound_row(cvr=CVR[2])]
    told = []
    for place, fault in enumerate(faults):
        own = {"cvr": CVR[3 + place]} | fault.cells
        rows.append(sound_row(**own))
        told.append((len(rows), fault.column, fault.words))
    return rows, told


def csv_content(rows: Sequence[Sequence[Any]], *, separator: str = ";", encoding: str = "cp1252") -> bytes:
    """Rows as Excel writes them: quotation marks where needed, CR and LF."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue().encode(encoding)


def write_csv(path: Path, rows: Sequence[Sequence[Any]], *, separator: str = ";", encoding: str = "cp1252") -> Path:
    """A CSV file of the rows."""
    path.write_bytes(csv_content(rows, separator=separator, encoding=encoding))
    return path


def write_xlsx(path: Path, rows: Sequence[Sequence[Any]], *, sheet: str = "Data", beside: Sequence[str] = ()) -> Path:
    """A workbook of the rows, with sheets of notes before it."""
    book = openpyxl.Workbook(write_only=True)
    for name in beside:
        book.create_sheet(name).append(["Kun noter", "ikke tal"])
    page = book.create_sheet(sheet)
    for row in rows:
        page.append([None if cell == "" else cell for cell in row])
    book.save(path)
    return path

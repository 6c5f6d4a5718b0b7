"""`traineeships.csv`: one row per traineeship, counted into outcomes here and never copied anywhere.

    cvr, municipality, branch     the workplace, as in outcomes
    occupation, benefit_group, programme
    started_on, ended_on          dates (2025-03-31); ended_on empty while it goes on
    outcome                       job_same_employer, job_same_branch, job_other_branch or no_job; empty while it goes
                                  on or cannot be known yet (ended after outcomes_known_through)

There is no column for a person: neither name nor number is asked for. Two rows that are alike are two
traineeships. `started` counts rows by the quarter of started_on, `completed` and the jobs by that of ended_on.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TextIO

import numpy as np

from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.model.publication import RowProblem
from jobcentre_desk.publishing.cells import CellRefused, read_cell
from jobcentre_desk.publishing.columns import JOB_COUNTS, NULL, OUTCOME_IDS, KnownCodes, OutcomeColumns
from jobcentre_desk.publishing.csv_rows import header_reason, quotation_reason, width_reason
from jobcentre_desk.publishing.row_problems import MOST_PROBLEMS, refuse_rows
from jobcentre_desk.publishing.row_rules import unknown_code_reason
from jobcentre_desk.publishing.schemas import Field, Kind
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

NO_JOB = "no_job"
FIELDS = (
    Field(name="cvr", kind=Kind.CVR, table="employers"),
    Field(name="municipality", kind=Kind.CODE, table="areas"),
    Field(name="branch", kind=Kind.CODE, table="branches"),
    Field(name="occupation", kind=Kind.CODE, table="occupations"),
    Field(name="benefit_group", kind=Kind.CODE, table="benefit_groups"),
    Field(name="programme", kind=Kind.CODE, table="programmes"),
    Field(name="started_on", kind=Kind.DATE),
    Field(name="ended_on", kind=Kind.DATE, required=False),
    Field(name="outcome", kind=Kind.CHOICE, choices=(*JOB_COUNTS, NO_JOB), required=False),
)
COLUMNS = tuple(field.name for field in FIELDS)

_KEY = ("municipality", "branch", "occupation", "cvr", "benefit_group", "programme")
"""The columns of OUTCOME_IDS, in its order."""

_REPORT_EVERY = 100_000
_MONTHS_A_QUARTER = 3

Key = tuple[int, ...]
Reasons = list[tuple[str, str]]


@dataclass(slots=True)
class Traineeships:
    """Counts by quarter and key: [started, completed, job_same_employer, job_same_branch, job_other_branch]."""

    known_through: Quarter | None
    _counts: dict[Quarter, dict[Key, list[int]]] = field(default_factory=dict)

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """The quarters in which a traineeship began or ended."""
        return tuple(sorted(self._counts))

    def add(self, quarter: Quarter, key: Key, counted: Sequence[int]) -> None:
        """Count one more at each of the named places of a row."""
        row = self._counts.setdefault(quarter, {}).setdefault(key, [0] * 5)
        for place in counted:
            row[place] += 1

    def read(self, quarter: Quarter) -> OutcomeColumns:
        """The outcomes of one quarter, as `read_outcomes` would give them; jobs are NULL where not yet known."""
        rows = self._counts.get(quarter, {})
        keys = sorted(rows)
        ids = np.array(keys, dtype=np.int64).reshape(-1, len(OUTCOME_IDS)).T
        counts = np.array([rows[key] for key in keys], dtype=np.int32).reshape(-1, 5).T
        if self.known_through is None or quarter > self.known_through:
            counts[2:] = NULL
        return OutcomeColumns(
            municipality=ids[0].astype(np.int16),
            branch=ids[1].astype(np.int16),
            occupation=ids[2].astype(np.int16),
            employer=ids[3].astype(np.int32),
            benefit_group=ids[4].astype(np.int8),
            programme=ids[5].astype(np.int8),
            started=counts[0],
            completed=counts[1],
            job_same_employer=counts[2],
            job_same_branch=counts[3],
            job_other_branch=counts[4],
        )


@dataclass(frozen=True, slots=True)
class _Meanings:
    """What each text of each column means: its id or value, or why it is refused; each text is read once."""

    known: Mapping[str, Mapping[str, int]]
    read: dict[tuple[str, str], tuple[int | str | None, str]] = field(default_factory=dict)

    def of(self, field: Field, text: str) -> tuple[int | str | None, str]:
        """The meaning of one cell, and the reason for refusing it ("" = none)."""
        cached = self.read.get((field.name, text))
        if cached is None:
            cached = self.read[(field.name, text)] = self._read(field, text)
        return cached

    def _read(self, field: Field, text: str) -> tuple[int | str | None, str]:
        try:
            value = read_cell(field, text)
        except CellRefused as refused:
            return None, str(refused)
        if not field.table:
            return value, ""
        number = self.known[field.name].get(value or "")
        return number, "" if number is not None else unknown_code_reason(text, field.table)


def read_traineeships(
    lines: TextIO, *, file: str, codes: KnownCodes, known_through: Quarter | None, task: Task
) -> Traineeships:
    """Count the traineeships of an open file (newline=""); raises RowsRefused with the first hundred problems."""
    meanings = _Meanings(_known(codes))
    found = Traineeships(known_through)
    problems: list[RowProblem] = []
    for number, cells, shape in _rows(lines):
        if number % _REPORT_EVERY == 0:
            task.report(0, 0, _("Counting traineeships"))
        reasons = shape or _count_row(found, cells, meanings)
        problems += [RowProblem(file=file, row=number, column=column, reason=reason) for column, reason in reasons]
        if len(problems) >= MOST_PROBLEMS:
            break
    refuse_rows(problems)
    return found


def _known(codes: KnownCodes) -> dict[str, Mapping[str, int]]:
    employers = zip(codes.employers.cvr.tolist(), codes.employers.ids.tolist(), strict=True)
    return {
        "cvr": {f"{cvr:08d}": number for cvr, number in employers},
        "municipality": {code: number for code, number in codes.areas.items() if code in codes.municipalities},
        "branch": codes.branches,
        "occupation": codes.occupations,
        "benefit_group": codes.benefit_groups,
        "programme": codes.programmes,
    }


def _rows(lines: TextIO) -> Iterator[tuple[int, list[str], Reasons]]:
    """Number and cells of each row below the header, with what is wrong about its shape."""
    reader = csv.reader(lines, strict=True)
    number = 1
    try:
        if tuple(next(reader, [])) != COLUMNS:
            yield 1, [], [("", header_reason(COLUMNS))]
            return
        for number, cells in enumerate(reader, start=2):
            fits = len(cells) == len(COLUMNS)
            yield number, cells, [] if fits else [("", width_reason(len(cells), len(COLUMNS)))]
    except csv.Error:
        yield number + 1, [], [("", quotation_reason())]
    except UnicodeDecodeError:
        yield number + 1, [], [("", _("The text is not UTF-8."))]


def _count_row(found: Traineeships, cells: list[str], meanings: _Meanings) -> Reasons:
    read = {column.name: meanings.of(column, text) for column, text in zip(FIELDS, cells, strict=True)}
    reasons = [(name, reason) for name, (_value, reason) in read.items() if reason]
    return reasons or _count(found, {name: value for name, (value, _reason) in read.items()})


def _count(found: Traineeships, values: Mapping[str, int | str | None]) -> Reasons:
    key = tuple(int(values[column] or 0) for column in _KEY)
    started_on, ended_on, outcome = str(values["started_on"]), values["ended_on"], values["outcome"]
    if ended_on is None:
        if outcome is not None:
            return [("outcome", _("A traineeship that goes on has no outcome yet."))]
        found.add(_quarter(started_on), key, (0,))
        return []
    if str(ended_on) < started_on:
        return [("ended_on", _("It ends before it begins."))]
    ended = _quarter(str(ended_on))
    known = found.known_through is not None and ended <= found.known_through
    if known and outcome is None:
        return [("outcome", _("The outcomes of this quarter are known, so it must not be empty."))]
    found.add(_quarter(started_on), key, (0,))
    found.add(ended, key, (1,) if outcome in {None, NO_JOB} else (1, 2 + JOB_COUNTS.index(str(outcome))))
    return []


def _quarter(day: str) -> Quarter:
    date = dt.date.fromisoformat(day)
    return Quarter.of(date.year, (date.month - 1) // _MONTHS_A_QUARTER + 1)

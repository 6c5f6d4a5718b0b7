"""`outcomes.csv` of a publisher, which holds all quarters, cut into one piece per quarter on disk."""

from __future__ import annotations

import codecs
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.model.publication import TABLE_COLUMNS, RowProblem
from jobcentre_desk.publishing.columns import KnownCodes, OutcomeColumns
from jobcentre_desk.publishing.csv_rows import header_reason
from jobcentre_desk.publishing.publisher_input import unquoted
from jobcentre_desk.publishing.read_outcomes import read_outcomes
from jobcentre_desk.publishing.row_problems import MOST_PROBLEMS, quoted, refuse_rows
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

_HEADER = ",".join(TABLE_COLUMNS["outcomes"]).encode()
_REPORT_EVERY = 100_000


@dataclass(frozen=True, slots=True)
class SplitOutcomes:
    """The pieces: the lines of each quarter in a file of their own, and the row each line had in the whole."""

    file: str
    codes: KnownCodes
    known_through: Quarter | None
    pieces: dict[Quarter, Path]
    rows: dict[Quarter, array[int]]

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """The quarters of the file in order."""
        return tuple(sorted(self.pieces))

    def read(self, quarter: Quarter) -> OutcomeColumns:
        """The checked outcomes of one quarter; raises RowsRefused with rows counted in the whole file."""
        return read_outcomes(
            _HEADER + b"\n" + self.pieces[quarter].read_bytes(),
            file=self.file,
            quarter=quarter,
            codes=self.codes,
            known_through=self.known_through,
            rows=np.array(self.rows[quarter], dtype=np.int64),
        )


def split_outcomes(
    lines: BinaryIO, folder: Path, *, file: str, codes: KnownCodes, known_through: Quarter | None, task: Task
) -> SplitOutcomes:
    """Cut an open `outcomes.csv` into pieces in `folder`; raises RowsRefused when a row names no quarter."""
    if unquoted(lines.readline().removeprefix(codecs.BOM_UTF8).rstrip(b"\r\n")) != _HEADER:
        reason = header_reason(TABLE_COLUMNS["outcomes"])
        refuse_rows([RowProblem(file=file, row=1, column="", reason=reason)])
    split = SplitOutcomes(file, codes, known_through, {}, {})
    open_pieces: dict[bytes, tuple[BinaryIO, array[int]]] = {}
    try:
        problems = _distribute(lines, folder, split, open_pieces, task)
    finally:
        for piece, _rows in open_pieces.values():
            piece.close()
    refuse_rows(problems)
    return split


def _distribute(
    lines: Iterable[bytes],
    folder: Path,
    split: SplitOutcomes,
    open_pieces: dict[bytes, tuple[BinaryIO, array[int]]],
    task: Task,
) -> list[RowProblem]:
    problems: list[RowProblem] = []
    for number, raw in enumerate(lines, start=2):
        if number % _REPORT_EVERY == 0:
            task.report(0, 0, _("Reading outcomes"))
        line = unquoted(raw.rstrip(b"\r\n"))
        name = line.partition(b",")[0]
        if name not in open_pieces:
            quarter = _quarter(name)
            if quarter is None:
                problems.append(_no_quarter(split.file, number, name))
                if len(problems) >= MOST_PROBLEMS:
                    break
                continue
            split.pieces[quarter] = folder / str(quarter)
            split.rows[quarter] = array("q")
            open_pieces[name] = (split.pieces[quarter].open("wb"), split.rows[quarter])
        piece, rows = open_pieces[name]
        piece.write(line + b"\n")
        rows.append(number)
    return problems


def _quarter(name: bytes) -> Quarter | None:
    text = name.decode("utf-8", "replace")
    quarter = Quarter.parse(text)
    return quarter if quarter is not None and str(quarter) == text else None


def _no_quarter(file: str, row: int, name: bytes) -> RowProblem:
    reason = _("{value} is no quarter like 2025Q03.").format(value=quoted(name.decode("utf-8", "replace")))
    return RowProblem(file=file, row=row, column="quarter", reason=reason)

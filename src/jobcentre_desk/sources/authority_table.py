"""The rows of an authority's file as text, and what the text of a cell alone does not tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jobcentre_desk.errors import DeskError
from jobcentre_desk.model.imports import FileLayout
from jobcentre_desk.model.publication import RowProblem
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

MOST_COLUMNS = 200
MOST_CELLS = 10_000_000
REPORT_EVERY = 2_000

Cells = tuple[str, ...]
NumberedRow = tuple[int, Cells]
"""The row in the file (1 = the first) and its cells."""


class StoredNumber(str):
    """A cell that a spreadsheet stored as a number: leading zeros are gone, and a point is a decimal point."""

    __slots__ = ()


class BrokenCell(str):
    """A cell whose value is not in the file: an error such as #N/A, or a formula that was never worked out."""

    __slots__ = ()


class FileRefused(DeskError):
    """A file as a whole cannot be read."""

    id = "file_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTable:
    """A whole file: its layout, the rows below the header that are not empty, and rows that could not be read.

    Each row is as wide as `layout.columns`. `decided_by` says in finished sentences how the layout was found.
    """

    file: str
    layout: FileLayout
    rows: list[NumberedRow]
    problems: tuple[RowProblem, ...]
    decided_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRows:
    """Rows as they stand in the file, those above the header too; `broken` is a row the file cannot be read past."""

    rows: list[NumberedRow]
    broken: RowProblem | None = None


class CellKeeper:
    """Counts cells and keeps one text for all cells that are alike: the same codes stand in most rows."""

    def __init__(self, task: Task, *, text_of: Callable[[object], str]) -> None:
        self._task = task
        self._text_of = text_of
        self._kept: dict[tuple[type, object], str] = {}
        self._cells = 0

    def row(self, number: int, values: tuple[object, ...] | list[str]) -> Cells:
        """The texts of one row; raises FileRefused when the file is too large, TaskCancelled."""
        if number % REPORT_EVERY == 0:
            self._task.report(0, 0, _("Reading the file"))
        self._cells += len(values)
        if len(values) > MOST_COLUMNS:
            raise FileRefused(
                _("Row {row} has more than {n} columns.").format(row=number, n=MOST_COLUMNS),
                _("Take away the columns that are not needed, and save the file again."),
            )
        if self._cells > MOST_CELLS:
            raise FileRefused(
                _("The file has more than {n} million cells.").format(n=MOST_CELLS // 1_000_000),
                _("Take away the columns that are not needed, or load the years as files of their own."),
            )
        return tuple([self._text(value) for value in values])

    def _text(self, value: object) -> str:
        if value is None:
            return ""
        key = (type(value), value)
        known = self._kept.get(key)
        if known is None:
            known = self._kept[key] = self._text_of(value)
        return known

"""Reading a sheet of an Excel workbook: every cell as exact text, what Excel stored as a number marked as such."""

from __future__ import annotations

import datetime as dt
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from jobcentre_desk.publishing.row_problems import quoted
from jobcentre_desk.sources.authority_header import ROWS_LOOKED_AT, known_names
from jobcentre_desk.sources.authority_table import (
    MOST_COLUMNS,
    BrokenCell,
    CellKeeper,
    FileRefused,
    NumberedRow,
    RawRows,
    StoredNumber,
)
from jobcentre_desk.sources.authority_workbook_guard import MOST_ROWS, check_workbook, damaged_workbook
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

MOST_SHEETS = 100
_USUAL_WIDTHS = (16, 32, 64)
NEVER_WORKED_OUT = "="
"""The text of a formula whose result is not in the file."""

_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA", "#SPILL!", "#CALC!")
_UNREADABLE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    ParseError,
    RuntimeError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What openpyxl raises on workbooks that break the format; it checks nothing itself."""


class Workbook:
    """An open workbook, read row by row."""

    def __init__(self, book: Any, formulas: Any, sheets: tuple[str, ...]) -> None:
        self.sheets = sheets
        self._book = book
        self._formulas = formulas

    def find_sheet(self, declared: str = "") -> tuple[str, str]:
        """The name of the sheet to read, and the sentence that says why.

        Without one `declared` it is the sheet whose first rows name most of the columns we know, the first of equals.
        """
        if declared:
            if declared not in self.sheets:
                raise FileRefused(
                    _("The workbook has no sheet {name}.").format(name=quoted(declared)),
                    _("Its sheets are {names}.").format(names=", ".join(map(quoted, self.sheets))),
                )
            return declared, _("The sheet is {name}, as was said.").format(name=quoted(declared))
        best = max(self.sheets, key=self._known_names)
        if len(self.sheets) == 1:
            return best, _("The sheet is {name}, the only one.").format(name=quoted(best))
        return best, _("The sheet is {name}: of {n} it names most of the columns that are known.").format(
            name=quoted(best), n=len(self.sheets)
        )

    def read(self, sheet: str, *, task: Task) -> RawRows:
        """All rows of a sheet, merged and hidden cells as they stand."""
        keeper = CellKeeper(task, text_of=cell_text)
        rows: list[NumberedRow] = []
        with _refusing():
            for number, values in enumerate(self._rows(sheet), start=1):
                if values:
                    rows.append((number, keeper.row(number, values)))
                elif number % 1000 == 0:
                    task.stop_if_cancelled()
        return RawRows(rows=rows)

    def _known_names(self, sheet: str) -> int:
        with _refusing():
            first = [tuple(map(cell_text, row)) for row in islice(self._rows(sheet), ROWS_LOOKED_AT)]
        return max(map(known_names, first), default=0)

    def _rows(self, sheet: str) -> Iterator[tuple[object, ...]]:
        if self._formulas is None:
            yield from map(_without_empty_end, _rows_of(self._book, sheet, values_only=True))
            return
        cells = _rows_of(self._book, sheet, values_only=False)
        for row, formulas in zip(cells, _rows_of(self._formulas, sheet, values_only=True), strict=True):
            yield _without_empty_end(tuple(map(_worked_out, row, formulas)))


@contextmanager
def open_workbook(path: Path, *, task: Task) -> Iterator[Workbook]:
    """An open workbook; a second reading finds formulas where there are any. Raises FileRefused."""
    with path.open("rb") as file:
        has_formulas = check_workbook(file, task=task)
        with _refusing():
            book = _load(file, data_only=True)
            formulas = _load(file, data_only=False) if has_formulas else None
            sheets = tuple(sheet.title for sheet in book.worksheets)
        if not 0 < len(sheets) <= MOST_SHEETS:
            raise damaged_workbook()
        try:
            yield Workbook(book, formulas, sheets)
        finally:
            book.close()
            if formulas is not None:
                formulas.close()


def cell_text(value: object) -> str:
    """The exact text of a value as openpyxl gives it; an error or a missing value stays one."""
    if value is None:
        return ""
    if isinstance(value, BrokenCell):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return StoredNumber(int(value) if float(value).is_integer() else repr(value))
    if isinstance(value, dt.datetime | dt.date):
        return value.strftime("%Y-%m-%d")
    text = str(value)
    return BrokenCell(text) if text in _ERRORS else text


def _load(file: Any, *, data_only: bool) -> Any:
    import openpyxl

    return openpyxl.load_workbook(file, read_only=True, data_only=data_only, keep_links=False)


def _rows_of(book: Any, sheet: str, *, values_only: bool) -> Iterator[tuple[Any, ...]]:
    """The rows of a sheet; one column more than may be is enough to refuse it by."""
    pages = book[sheet]
    pages.reset_dimensions()
    for number, row in enumerate(pages.iter_rows(max_col=MOST_COLUMNS + 1, values_only=values_only), start=1):
        if number > MOST_ROWS:
            raise damaged_workbook()
        yield row


def _without_empty_end(row: tuple[object, ...]) -> tuple[object, ...]:
    """The row up to its last value; most rows are as wide as all and mostly empty, so whole parts are cut first."""
    for width in (0, *_USUAL_WIDTHS):
        beyond = row[width:]
        if beyond.count(None) == len(beyond):
            row = row[:width]
            break
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return row[:end]


def _worked_out(cell: Any, formula: object) -> object:
    """The value of a cell; a formula without one is broken, for blank means something else (an empty text is "str")."""
    missing = cell.value is None and formula is not None and cell.data_type != "str"
    return BrokenCell(NEVER_WORKED_OUT) if missing else cell.value


@contextmanager
def _refusing() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except _UNREADABLE as error:
            raise damaged_workbook() from error

"""Reading an authority's own file, CSV or xlsx: what it is, how it is laid out, and every row below its header.

What is found out rather than said is told in finished sentences. A file is looked at by what it holds, never by its
name; an Excel workbook is checked before anything of it is built in memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jobcentre_desk.model.imports import FileKind, FileLayout
from jobcentre_desk.model.publication import RowProblem
from jobcentre_desk.publishing.csv_rows import width_reason
from jobcentre_desk.sources.authority_header import column_names, find_header
from jobcentre_desk.sources.authority_table import FileRefused, FileTable, NumberedRow, RawRows
from jobcentre_desk.sources.authority_text import decode_text, find_separator, read_text_rows
from jobcentre_desk.sources.authority_workbook import open_workbook
from jobcentre_desk.sources.authority_workbook_guard import refuse_other_formats
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

LARGEST_FILE = 400_000_000
_ZIP = b"PK"


def read_authority_file(
    path: Path, *, encoding: str = "", separator: str = "", sheet: str = "", task: Task
) -> FileTable:
    """The whole file as text; encoding, separator and sheet are found out where they are "".

    Raises FileRefused with the cause and the remedy, TaskCancelled.
    """
    try:
        start = _start_of(path)
        refuse_other_formats(path, start)
        if start.startswith(_ZIP):
            return _read_workbook(path, sheet, task)
        return _read_text(path, encoding, separator, task)
    except OSError as error:
        raise FileRefused(
            _("{path} cannot be read.").format(path=path),
            _("Check the path, that you may read the file, and that no other program holds it open."),
        ) from error


def _start_of(path: Path) -> bytes:
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise FileRefused(
            _("The file is larger than {n} MB.").format(n=LARGEST_FILE // 1_000_000),
            _("Take away the columns that are not needed, or load the years as files of their own."),
        )
    with path.open("rb") as file:
        return file.read(8)


def _read_text(path: Path, encoding: str, separator: str, task: Task) -> FileTable:
    decoded = decode_text(path.read_bytes(), encoding)
    sign, separator_said = find_separator(decoded.text, separator)
    raw = read_text_rows(decoded.text, sign, file=path.name, task=task)
    place, header_said = find_header(raw.rows)
    number, header = raw.rows[place]
    layout = FileLayout(
        kind=FileKind.CSV,
        columns=column_names(header),
        header_row=number,
        encoding=decoded.encoding,
        separator=sign,
    )
    return _table(path, layout, raw, place=place, said=(decoded.decided_by, separator_said, header_said))


def _read_workbook(path: Path, sheet: str, task: Task) -> FileTable:
    with open_workbook(path, task=task) as book:
        chosen, sheet_said = book.find_sheet(sheet)
        raw = book.read(chosen, task=task)
    place, header_said = find_header(raw.rows)
    number, header = raw.rows[place]
    layout = FileLayout(
        kind=FileKind.XLSX, columns=column_names(header), header_row=number, sheet=chosen, sheets=book.sheets
    )
    return _table(path, layout, raw, place=place, said=(sheet_said, header_said))


def _table(path: Path, layout: FileLayout, raw: RawRows, *, place: int, said: Sequence[str]) -> FileTable:
    width = len(layout.columns)
    rows: list[NumberedRow] = []
    problems: list[RowProblem] = []
    for number, cells in raw.rows[place + 1 :]:
        if not any(cells) or not any(cell.strip() for cell in cells):
            continue
        fitted = _fitted(cells, width, fill=layout.kind is FileKind.XLSX)
        if fitted is None:
            reason = width_reason(len(cells), width)
            problems.append(RowProblem(file=path.name, row=number, column="", reason=reason))
        else:
            rows.append((number, fitted))
    if raw.broken is not None:
        problems.append(raw.broken)
    if not rows and not problems:
        raise FileRefused(
            _("There are no rows below the header in row {n}.").format(n=layout.header_row),
            _("Choose another sheet or another file."),
        )
    return FileTable(file=path.name, layout=layout, rows=rows, problems=tuple(problems), decided_by=" ".join(said))


def _fitted(cells: tuple[str, ...], width: int, *, fill: bool) -> tuple[str, ...] | None:
    """The cells as wide as the header; None where cells are missing or stand to the right of it."""
    if len(cells) == width:
        return cells
    if len(cells) > width:
        return None if any(cells[width:]) else cells[:width]
    return cells + ("",) * (width - len(cells)) if fill else None

"""CSV as the format has it (UTF-8, comma, RFC 4180), cut into rows whose width is checked."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, islice, zip_longest
from typing import TextIO

from jobcentre_desk.model.publication import TABLE_COLUMNS, RowProblem
from jobcentre_desk.text import translate as _

_ROWS_AT_ONCE = 20_000
_CHARACTERS_AT_ONCE = 2_000_000

Columns = Sequence[Sequence[str]]


class RowReader:
    """The rows of one table, each with its number (1 = header) and as wide as the header; others are problems."""

    def __init__(self, table: str, content: bytes, *, file: str) -> None:
        self.columns = TABLE_COLUMNS[table]
        self.file = file
        self.problems: list[RowProblem] = []
        self._content = content

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Number and cells of each row that is as wide as the table; the header is checked and left out."""
        lines = self._lines_after_header()
        if lines is not None:
            yield from self._parsed_rows(lines, count(2))

    def column_chunks(self) -> Iterator[tuple[list[int], Columns]]:
        """The same, as numbers and columns of some thousand rows at a time: three times faster for a large table.

        Only rows with a quotation mark go through the csv module; from the first that spans lines on, all do.
        """
        lines = self._lines_after_header()
        number = 2
        while lines is not None and (some := lines.read(_CHARACTERS_AT_ONCE) + lines.readline()):
            if "\r" in some or _spans_lines(some):
                yield from self._parsed_columns(io.StringIO(some + lines.read(), newline=""), count(number))
                return
            yield from self._split_lines(some.removesuffix("\n").split("\n"), number)
            number += some.count("\n")

    def add(self, row: int, column: str, reason: str) -> None:
        """Note a broken rule."""
        self.problems.append(RowProblem(file=self.file, row=row, column=column, reason=reason))

    def _lines_after_header(self) -> TextIO | None:
        try:
            self._content.decode("utf-8")
        except UnicodeDecodeError as error:
            self.add(self._content.count(b"\n", 0, error.start) + 1, "", _("The text is not UTF-8."))
            return None
        # Decoded piece by piece: a StringIO would hold four bytes a letter, 72 MB for 300,000 employers.
        lines = io.TextIOWrapper(io.BytesIO(self._content), encoding="utf-8", newline="")
        return lines if self._header_fits(_cells_of(lines.readline())) else None

    def _parsed_rows(self, lines: TextIO, numbers: Iterator[int]) -> Iterator[tuple[int, list[str]]]:
        rows = csv.reader(lines, strict=True)
        for number in numbers:  # one at a time, so that a row the csv module stumbles over has its number
            try:
                cells = next(rows, None)
            except csv.Error:
                self.add(number, "", quotation_reason())
                return
            if cells is None:
                return
            if len(cells) == len(self.columns):
                yield number, cells
            else:
                self.add(number, "", width_reason(len(cells), len(self.columns)))

    def _parsed_columns(self, lines: TextIO, numbers: Iterator[int]) -> Iterator[tuple[list[int], Columns]]:
        rows = self._parsed_rows(lines, numbers)
        while some := list(islice(rows, _ROWS_AT_ONCE)):
            yield [number for number, _cells in some], list(zip(*(cells for _number, cells in some), strict=True))

    def _split_lines(self, lines: list[str], first: int) -> Iterator[tuple[list[int], Columns]]:
        width = len(self.columns)
        quoted = [place for place, line in enumerate(lines) if '"' in line]
        if quoted:
            among = io.StringIO("\n".join(lines[place] for place in quoted), newline="")
            yield from self._parsed_columns(among, iter([first + place for place in quoted]))
        widths = [line.count(",") + 1 for line in lines]
        for place in quoted:
            widths[place] = 0
        plain = [place for place, found in enumerate(widths) if found == width]
        if len(plain) + len(quoted) < len(lines):
            self._note_widths(lines, widths, first)
        if plain:
            cells = ",".join(lines[place] for place in plain).split(",")
            yield [first + place for place in plain], [cells[column::width] for column in range(width)]

    def _note_widths(self, lines: list[str], widths: list[int], first: int) -> None:
        for number, (line, found) in enumerate(zip(lines, widths, strict=True), start=first):
            if found not in {0, len(self.columns)}:
                self.add(number, "", width_reason(found if line else 0, len(self.columns)))

    def _header_fits(self, cells: list[str]) -> bool:
        if tuple(cells) == self.columns:
            return True
        differing = (name for name, cell in zip_longest(self.columns, cells, fillvalue="") if name != cell)
        self.add(1, next(differing), header_reason(self.columns))
        return False


def header_reason(columns: tuple[str, ...]) -> str:
    """The reason for refusing a file whose first row does not name the columns of its table."""
    return _("The header must be {columns}.").format(columns=",".join(columns))


def width_reason(found: int, expected: int) -> str:
    """The reason for refusing a row that is not as wide as the table."""
    return _("The row has {found} cells instead of {expected}.").format(found=found, expected=expected)


def csv_bytes(columns: tuple[str, ...], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as the format writes it: header first, quotation marks only where needed.

    Cleaned text holds no carriage return, which alone would go unquoted.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return buffer.getvalue().encode()


def quotation_reason() -> str:
    """The reason for refusing a row whose quotation marks the csv module cannot follow."""
    return _("The quotation marks do not match, or a cell is far too long.")


def _spans_lines(text: str) -> bool:
    """Whether a row of this text, cut at line feeds, ends within quotation marks."""
    return '"' in text and any(line.count('"') % 2 for line in text.split("\n") if '"' in line)


def _cells_of(line: str) -> list[str]:
    try:
        return next(csv.reader([line], strict=True), [])
    except csv.Error:
        return []

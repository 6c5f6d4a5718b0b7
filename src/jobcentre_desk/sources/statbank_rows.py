"""Rows of CSV and BULK as StatBank answers them: a BOM, semicolons, CRLF, the figure in the last column."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass

from jobcentre_desk import text
from jobcentre_desk.sources.service_faults import ServiceRefused
from jobcentre_desk.sources.statbank_tables import fault_told
from jobcentre_desk.text import translate as _

VALUE_COLUMN = "INDHOLD"
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Rows:
    """An answer row by row, so that a long one is never held twice: its columns, and the cells of each row."""

    columns: tuple[str, ...]
    body: bytes

    def cells(self) -> Iterator[tuple[int, list[str]]]:
        """The number of each row (1 = the first one of data) and its cells; ServiceRefused at one that is torn."""
        reader = csv.reader(_lines(self.body), delimiter=";")
        try:
            for number, row in enumerate(reader):
                if number and len(row) != len(self.columns):
                    raise _torn(number)
                if number:
                    yield number, row
        except (csv.Error, UnicodeDecodeError) as error:
            raise _torn(reader.line_num) from error


def read_rows(body: bytes) -> Rows:
    """The columns of an answer; ServiceRefused when it is another text, or breaks off within a row."""
    try:
        columns = next(csv.reader(_lines(body), delimiter=";"), [])
    except (csv.Error, UnicodeDecodeError):
        columns = []
    if len(columns) < 2 or columns[-1] != VALUE_COLUMN:
        raise _no_rows(body)
    if not body.endswith(b"\n"):
        raise _torn(body.count(b"\n"))
    return Rows(tuple(text.clean(column) for column in columns), body)


def _lines(body: bytes) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(body), encoding="utf-8-sig", newline="")


def _no_rows(body: bytes) -> ServiceRefused:
    beginning = body[:4096].decode("utf-8-sig", "replace")
    try:
        told = json.loads(beginning)
    except (ValueError, RecursionError):
        told = None
    if isinstance(told, dict) and "errorTypeCode" in told:
        return fault_told(told)
    return ServiceRefused(
        _("StatBank sent a text instead of rows: “{beginning}”.").format(
            beginning=text.clean(beginning, longest=SHOWN)
        ),
        _("Try again later; the figures you have stay in use."),
    )


def _torn(row: int) -> ServiceRefused:
    return ServiceRefused(
        _("StatBank's answer is damaged at row {row}.").format(row=text.count(row)),
        _("Try again later; the figures you have stay in use."),
    )

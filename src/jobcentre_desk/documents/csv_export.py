"""Tables as CSV and as text for the clipboard, in which no cell can be taken for a formula."""

from __future__ import annotations

import csv
import io
import re

from jobcentre_desk.model.charts import TableOf

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d[\d., \u00a0\u202f]*(?:[eE][+-]?\d+)?[ \u00a0]?%?")


def csv_text(table: TableOf, *, delimiter: str = ",") -> str:
    """The table as CSV (RFC 4180: quoted where needed, lines end CR LF), headers first.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it; numbers do not.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    for row in (table.header, *table.rows):
        writer.writerow([as_cell(text) for text in row])
    return buffer.getvalue()


def tab_text(table: TableOf) -> str:
    """The table for the clipboard: cells parted by tabs, headers first, each row on one line."""
    rows = (table.header, *table.rows)
    return "\n".join("\t".join(as_cell(" ".join(text.split())) for text in row) for row in rows) + "\n"


def as_cell(text: str) -> str:
    """A text as a spreadsheet shows it and never works it out; a NUL is left out, since none may be in a file."""
    text = text.replace("\0", "")
    if text.lstrip(" ").startswith(FORMULA_STARTS) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text

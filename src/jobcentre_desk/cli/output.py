"""What the command line prints: JSON as the contract writes it, CSV, or a table for people."""

from __future__ import annotations

import csv
import io
import json
import math
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from jobcentre_desk.documents.csv_export import as_cell

Row = Mapping[str, Any]


def print_json(value: Mapping[str, Any]) -> None:
    """One JSON object on standard output; a number that is none is null."""
    sys.stdout.write(json.dumps(_plain(value), ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def print_rows(result: Mapping[str, Any], *, rows: Sequence[Row], output: str, columns: Sequence[str] = ()) -> None:
    """Print `rows` as csv or a table, or the whole `result` as JSON; `columns` head a csv that has no rows."""
    if output == "json":
        print_json(result)
    elif output == "csv":
        _print_csv(rows, list(rows[0]) if rows else list(columns))
    else:
        _print_table(rows)


def _print_csv(rows: Sequence[Row], columns: Sequence[str]) -> None:
    if not columns:
        return
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([[_csv_cell(value) for value in _flat(row)] for row in rows])
    sys.stdout.write(buffer.getvalue())


def _csv_cell(value: Any) -> Any:
    """Null is empty, and no text is a formula to the spreadsheet that opens the file."""
    if isinstance(value, str):
        return as_cell(value)
    return "" if value is None else value


def _print_table(rows: Sequence[Row]) -> None:
    if not rows:
        return
    lines = [list(rows[0].keys()), *([_short(v) for v in _flat(row)] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line in lines:
        cells = [cell.ljust(width) for cell, width in zip(line, widths, strict=True)]
        sys.stdout.write("  ".join(cells).rstrip() + "\n")


def _flat(row: Row) -> list[Any]:
    return [json.dumps(_plain(v), ensure_ascii=False) if isinstance(v, dict | list) else v for v in row.values()]


def _short(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.4f}" if isinstance(value, float) else str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value

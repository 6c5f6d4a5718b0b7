"""Reading every table but employers and outcomes: each cell, then the rules across cells and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jobcentre_desk.model.areas import AreaKind
from jobcentre_desk.model.publication import RowProblem
from jobcentre_desk.publishing.cells import CellRefused, read_cell
from jobcentre_desk.publishing.columns import EmployerIds, KnownCodes
from jobcentre_desk.publishing.csv_rows import RowReader, csv_bytes
from jobcentre_desk.publishing.row_rules import Row, row_rules
from jobcentre_desk.publishing.schemas import FORMATS
from jobcentre_desk.text import translate as _

NumberedRow = tuple[int, Row]


def read_small_table(
    table: str, csv: bytes, *, file: str, codes: KnownCodes | None = None, measure: str = ""
) -> tuple[list[Row], list[RowProblem]]:
    """The rows of one table and what breaks a rule in it; a row with a problem is left out.

    Values are the format's own text, None where a cell is empty. Codes in other tables are looked up in `codes`
    (None leaves that out); `measure` is the one a file of figures must hold. Identical rows are merged.
    """
    reader = RowReader(table, csv, file=file)
    read = ((number, _read_row(table, number, cells, reader)) for number, cells in reader.rows())
    kept = _merge_identical(table, [(number, row) for number, row in read if row is not None], reader)
    rules = row_rules(table, [row for _number, row in kept], codes=codes, measure=measure)
    for number, row in kept:
        for rule in rules:
            for column, reason in rule(row):
                reader.add(number, column, reason)
    refused = {problem.row for problem in reader.problems}
    problems = sorted(reader.problems, key=lambda problem: problem.row)
    return [row for number, row in kept if number not in refused], problems


def table_bytes(table: str, rows: Sequence[Row]) -> bytes:
    """Rows as the format writes them: the inverse of `read_small_table`."""
    columns = tuple(field.name for field in FORMATS[table].fields)
    return csv_bytes(columns, ([row[column] or "" for column in columns] for row in rows))


def known_codes(tables: Mapping[str, Sequence[Row]], *, employers: EmployerIds | None = None) -> KnownCodes:
    """The codes of a release on its own (its code lists and `measures`), each list numbered in code order."""
    areas = tables.get("areas", ())
    return KnownCodes(
        areas=_numbered(areas),
        municipalities=frozenset(str(row["code"]) for row in areas if row["kind"] == AreaKind.MUNICIPALITY),
        branches=_numbered(tables.get("branches", ())),
        occupations=_numbered(tables.get("occupations", ())),
        benefit_groups=_numbered(tables.get("benefit_groups", ())),
        programmes=_numbered(tables.get("programmes", ())),
        measures=frozenset(str(row["id"]) for row in tables.get("measures", ())),
        employers=employers or EmployerIds.of(()),
    )


def _numbered(rows: Sequence[Row]) -> dict[str, int]:
    return {code: number for number, code in enumerate(sorted(str(row["code"]) for row in rows))}


def _read_row(table: str, number: int, cells: list[str], reader: RowReader) -> Row | None:
    row: Row = {}
    for field, raw in zip(FORMATS[table].fields, cells, strict=True):
        try:
            row[field.name] = read_cell(field, raw)
        except CellRefused as refused:
            reader.add(number, field.name, str(refused))
    return row if len(row) == len(cells) else None


def _merge_identical(table: str, numbered: list[NumberedRow], reader: RowReader) -> list[NumberedRow]:
    key_columns = FORMATS[table].key
    first: dict[tuple[str | None, ...], Row] = {}
    kept: list[NumberedRow] = []
    for number, row in numbered:
        key = tuple(row[column] for column in key_columns)
        former = first.setdefault(key, row)
        if former is row:
            kept.append((number, row))
        elif former != row:
            reader.add(number, key_columns[-1], same_key_reason(key_columns))
    return kept


def same_key_reason(key_columns: Sequence[str]) -> str:
    """The reason for refusing a row whose key stands there before with other content."""
    return _("The same {columns} stands in an earlier row with other content.").format(columns=", ".join(key_columns))

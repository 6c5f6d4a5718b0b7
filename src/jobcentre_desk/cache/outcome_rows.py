"""The outcomes of a quarter as rows of the snapshot: replacing them, counting what changed, reading them back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import numpy as np

from jobcentre_desk.cache.arrivals import RowCounts
from jobcentre_desk.cache.outcome_blocks import quarter_blocks
from jobcentre_desk.cache.schema import OUTCOME_ID_FACTOR
from jobcentre_desk.publishing.columns import NULL, OUTCOME_COUNTS, OutcomeColumns

ROW_COLUMNS = (
    "employer", "municipality", "branch", "occupation", "benefit_group", "programme", *OUTCOME_COUNTS,
)  # fmt: skip
KEY_COLUMNS = 6

Row = tuple[int | None, ...]


def replace_quarter(connection: sqlite3.Connection, quarter: int, columns: OutcomeColumns) -> RowCounts:
    """Put the facts of a quarter in place of the ones there, rows and blocks; gives what changed on the key."""
    before = set(_rows(connection, quarter))
    if before:
        connection.execute("DELETE FROM outcomes WHERE id >= ? AND id < ?", _ids(quarter))
    lists = [_with_nulls(columns, name) for name in ROW_COLUMNS]
    first, _end = _ids(quarter)
    connection.executemany(
        "INSERT INTO outcomes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        zip(range(first, first + len(columns)), *lists, strict=True),
    )
    put_blocks(connection, quarter, columns)
    if not before:
        return RowCounts(new=len(columns))
    return _compare(before, list(zip(*lists, strict=True)))


def put_blocks(connection: sqlite3.Connection, quarter: int, columns: OutcomeColumns) -> None:
    """Write the column blocks of a quarter in place of the ones there."""
    connection.execute("DELETE FROM blocks WHERE quarter = ?", (quarter,))
    connection.executemany(
        "INSERT INTO blocks (quarter, name, data) VALUES (?, ?, ?)",
        ((quarter, name, data) for name, data in quarter_blocks(columns).items()),
    )


def delete_quarter(connection: sqlite3.Connection, quarter: int) -> RowCounts:
    """Remove a quarter that is no longer published."""
    gone = connection.execute("DELETE FROM outcomes WHERE id >= ? AND id < ?", _ids(quarter)).rowcount
    connection.execute("DELETE FROM blocks WHERE quarter = ?", (quarter,))
    return RowCounts(gone=gone)


def read_quarter(connection: sqlite3.Connection, quarter: int) -> OutcomeColumns:
    """The facts of a quarter out of its rows, in the order of their ids."""
    rows = np.array([_without_nulls(row) for row in _rows(connection, quarter)], dtype=np.int32)
    rows = rows.reshape(-1, len(ROW_COLUMNS))
    column = dict(zip(ROW_COLUMNS, rows.T, strict=True))
    return OutcomeColumns(
        employer=column["employer"],
        municipality=column["municipality"].astype(np.int16),
        branch=column["branch"].astype(np.int16),
        occupation=column["occupation"].astype(np.int16),
        benefit_group=column["benefit_group"].astype(np.int8),
        programme=column["programme"].astype(np.int8),
        **{name: column[name] for name in OUTCOME_COUNTS},
    )


def quarters_of_rows(connection: sqlite3.Connection) -> list[int]:
    """The quarters that have rows, by seeking from one to the next."""
    found: list[int] = []
    start = 0
    while True:
        row = connection.execute("SELECT min(id) FROM outcomes WHERE id >= ?", (start,)).fetchone()
        if row[0] is None:
            return found
        found.append(row[0] // OUTCOME_ID_FACTOR)
        start = (found[-1] + 1) * OUTCOME_ID_FACTOR


def _rows(connection: sqlite3.Connection, quarter: int) -> Iterable[Row]:
    return connection.execute(
        f"SELECT {', '.join(ROW_COLUMNS)} FROM outcomes WHERE id >= ? AND id < ? ORDER BY id",  # noqa: S608 - our names
        _ids(quarter),
    )


def _ids(quarter: int) -> tuple[int, int]:
    return quarter * OUTCOME_ID_FACTOR, (quarter + 1) * OUTCOME_ID_FACTOR


def _with_nulls(columns: OutcomeColumns, name: str) -> list[int | None]:
    array = getattr(columns, name)
    values: list[int | None] = array.tolist()
    if name in OUTCOME_COUNTS and array.min(initial=0) == NULL:
        return [None if value == NULL else value for value in values]
    return values


def _without_nulls(row: Row) -> tuple[int, ...]:
    return tuple(NULL if value is None else value for value in row)


def _compare(before: set[Row], after: list[Row]) -> RowCounts:
    """Whole rows first: nearly all are the same, so only the rest is compared on the key."""
    came = [row for row in after if row not in before]
    went = before.difference(after)
    keys_gone = {row[:KEY_COLUMNS] for row in went}
    changed = sum(row[:KEY_COLUMNS] in keys_gone for row in came)
    return RowCounts(new=len(came) - changed, changed=changed, gone=len(went) - changed)

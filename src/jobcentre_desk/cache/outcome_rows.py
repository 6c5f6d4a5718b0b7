"""The outcomes of a source's quarter as rows of the snapshot: replacing, counting what changed, reading back."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.cache.arrivals import RowCounts
from jobcentre_desk.cache.outcome_blocks import KEY_KINDS, quarter_blocks
from jobcentre_desk.cache.schema import OUTCOME_ID_FACTOR, QUARTER_FACTOR, outcome_ids, outcome_ids_of_source
from jobcentre_desk.publishing.columns import NULL, OUTCOME_COUNTS, OutcomeColumns

KEY_COLUMNS = tuple(KEY_KINDS)
ROW_COLUMNS = (*KEY_COLUMNS, *OUTCOME_COUNTS)

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]


def replace_quarter(connection: sqlite3.Connection, source: int, quarter: int, columns: OutcomeColumns) -> RowCounts:
    """Put the facts of a quarter in place of the ones there, rows and blocks; gives what changed on the key.

    Where the keys stay, as when outcomes become known, only rows whose counts differ are written.
    """
    ids = outcome_ids(source, quarter)
    before = _read_before(connection, source, quarter)
    if len(before) == 0:
        counts = RowCounts(new=_insert(connection, ids[0], columns))
    elif _same_keys(before, columns):
        counts = RowCounts(changed=_update(connection, ids[0], columns, _differing(before, columns)))
    else:
        counts = _compare(before, columns)
        connection.execute("DELETE FROM outcomes WHERE id >= ? AND id < ?", ids)
        _insert(connection, ids[0], columns)
    if counts:
        put_blocks(connection, source, quarter, columns)
    return counts


def put_blocks(connection: sqlite3.Connection, source: int, quarter: int, columns: OutcomeColumns) -> None:
    """Write the column blocks of a quarter in place of the ones there."""
    _delete_blocks(connection, source, quarter)
    connection.executemany(
        "INSERT INTO blocks (source, quarter, name, data) VALUES (?, ?, ?, ?)",
        ((source, quarter, name, data) for name, data in quarter_blocks(columns).items()),
    )


def delete_quarter(connection: sqlite3.Connection, source: int, quarter: int) -> RowCounts:
    """Remove a quarter that is no longer published."""
    ids = outcome_ids(source, quarter)
    gone = connection.execute("DELETE FROM outcomes WHERE id >= ? AND id < ?", ids).rowcount
    _delete_blocks(connection, source, quarter)
    return RowCounts(gone=gone)


def read_quarter(connection: sqlite3.Connection, source: int, quarter: int) -> OutcomeColumns:
    """The facts of a quarter out of its rows, in the order of their ids."""
    return _columns(_select(connection, outcome_ids(source, quarter), ROW_COLUMNS))


def _delete_blocks(connection: sqlite3.Connection, source: int, quarter: int) -> None:
    connection.execute("DELETE FROM blocks WHERE source = ? AND quarter = ?", (source, quarter))


def _read_before(connection: sqlite3.Connection, source: int, quarter: int) -> OutcomeColumns:
    """The same, with the keys out of the blocks: half the time of reading all columns from rows."""
    rows = connection.execute("SELECT name, data FROM blocks WHERE source = ? AND quarter = ?", (source, quarter))
    blobs: dict[str, bytes] = dict(rows)
    keys = {name: np.frombuffer(blobs.get(name, b""), KEY_KINDS[name]) for name in KEY_COLUMNS}
    return _columns(keys | _select(connection, outcome_ids(source, quarter), OUTCOME_COUNTS))


def _select(connection: sqlite3.Connection, ids: tuple[int, int], names: Sequence[str]) -> dict[str, Ints]:
    columns = ", ".join(name if name in KEY_COLUMNS else f"ifnull({name}, {NULL})" for name in names)
    rows = connection.execute(
        f"SELECT {columns} FROM outcomes WHERE id >= ? AND id < ? ORDER BY id",  # noqa: S608 - our own names
        ids,
    ).fetchall()
    table = np.array(rows, dtype=np.int32).reshape(-1, len(names)).T
    return dict(zip(names, table, strict=True))


def _columns(column: Mapping[str, Ints]) -> OutcomeColumns:
    return OutcomeColumns(
        employer=column["employer"],
        municipality=column["municipality"].astype(np.int16),
        branch=column["branch"].astype(np.int16),
        occupation=column["occupation"].astype(np.int16),
        benefit_group=column["benefit_group"].astype(np.int8),
        programme=column["programme"].astype(np.int8),
        **{name: column[name] for name in OUTCOME_COUNTS},
    )


def quarters_of_rows(connection: sqlite3.Connection, source: int) -> list[int]:
    """The quarters of a source that have rows, by seeking from one to the next."""
    found: list[int] = []
    start, end = outcome_ids_of_source(source)
    while (first := _first_id(connection, start)) is not None and first < end:
        found.append(first // OUTCOME_ID_FACTOR % QUARTER_FACTOR)
        start = outcome_ids(source, found[-1])[1]
    return found


def sources_of_rows(connection: sqlite3.Connection) -> list[int]:
    """The sources that have rows, by seeking from one to the next."""
    found: list[int] = []
    start = 0
    while (first := _first_id(connection, start)) is not None:
        found.append(first // OUTCOME_ID_FACTOR // QUARTER_FACTOR)
        start = outcome_ids_of_source(found[-1])[1]
    return found


def _first_id(connection: sqlite3.Connection, start: int) -> int | None:
    """The lowest id of all outcomes from `start` on."""
    first: int | None = connection.execute("SELECT min(id) FROM outcomes WHERE id >= ?", (start,)).fetchone()[0]
    return first


def _insert(connection: sqlite3.Connection, first: int, columns: OutcomeColumns) -> int:
    """Write all facts, with the ids from `first` on."""
    connection.executemany(
        "INSERT INTO outcomes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        zip(
            range(first, first + len(columns)),
            *(_with_nulls(getattr(columns, name)) for name in ROW_COLUMNS),
            strict=True,
        ),
    )
    return len(columns)


def _update(connection: sqlite3.Connection, first: int, columns: OutcomeColumns, differing: Longs) -> int:
    """Write the counts of the rows at the places `differing`; the first row has the id `first`."""
    assignments = ", ".join(f"{name} = ?" for name in OUTCOME_COUNTS)
    connection.executemany(
        f"UPDATE outcomes SET {assignments} WHERE id = ?",  # noqa: S608 - our own names
        zip(
            *(_with_nulls(getattr(columns, name)[differing]) for name in OUTCOME_COUNTS),
            (differing + first).tolist(),
            strict=True,
        ),
    )
    return len(differing)


def _with_nulls(array: NDArray[np.signedinteger]) -> list[int | None]:
    values: list[int | None] = array.tolist()
    if array.min(initial=0) == NULL:
        return [None if value == NULL else value for value in values]
    return values


def _same_keys(before: OutcomeColumns, after: OutcomeColumns) -> bool:
    return all(np.array_equal(getattr(before, name), getattr(after, name)) for name in KEY_COLUMNS)


def _differing(before: OutcomeColumns, after: OutcomeColumns) -> Longs:
    """The places at which a count differs, where both have the same keys in the same order."""
    differs = np.zeros(len(after), dtype=np.bool_)
    for name in OUTCOME_COUNTS:
        differs |= getattr(before, name) != getattr(after, name)
    return np.flatnonzero(differs)


def _compare(before: OutcomeColumns, after: OutcomeColumns) -> RowCounts:
    """Sort both together by the key: a row and its former one then stand side by side."""
    both = {name: np.concatenate([getattr(before, name), getattr(after, name)]) for name in ROW_COLUMNS}
    order = np.lexsort([both[name] for name in KEY_COLUMNS])
    kept = np.ones(max(len(order) - 1, 0), dtype=np.bool_)
    differs = np.zeros(len(kept), dtype=np.bool_)
    for name, values in both.items():
        beside = values[order]
        if name in KEY_COLUMNS:
            kept &= beside[1:] == beside[:-1]
        else:
            differs |= beside[1:] != beside[:-1]
    pairs = int(kept.sum())
    return RowCounts(new=len(after) - pairs, changed=int((kept & differs).sum()), gone=len(before) - pairs)

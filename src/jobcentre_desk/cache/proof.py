"""Proving a snapshot from inside: blocks against rows, codes that rows point at, row counts against the files read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import numpy as np

from jobcentre_desk.cache.employer_blocks import employer_blocks
from jobcentre_desk.cache.outcome_blocks import quarter_blocks
from jobcentre_desk.cache.outcome_rows import put_blocks, quarters_of_rows, read_quarter
from jobcentre_desk.cache.snapshot import Snapshot
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.model.workspace_records import StoredProblem
from jobcentre_desk.publishing.columns import OutcomeColumns
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

POINTS_AT = {
    "employer": "employers",
    "municipality": "areas",
    "branch": "branches",
    "occupation": "occupations",
    "benefit_group": "benefit_groups",
    "programme": "programmes",
}
"""Id columns of outcomes and the tables they point into."""


def problems_inside(snapshot: Snapshot, *, task: Task) -> Iterator[StoredProblem]:
    """What does not agree inside a snapshot whose hash holds; reads everything (5 s at 3 million rows)."""
    try:
        yield from _problems(snapshot, task=task)
    except sqlite3.DatabaseError as error:
        reason = _("The file cannot be read: {cause}.").format(cause=error)
        yield StoredProblem(file=snapshot.path.name, table="", row="", reason=reason)


def _problems(snapshot: Snapshot, *, task: Task) -> Iterator[StoredProblem]:
    connection = snapshot.connect()
    file = snapshot.path.name
    ids = {column: _ids(connection, table) for column, table in POINTS_AT.items()}
    quarters = quarters_of_rows(connection)
    for place, quarter in enumerate(quarters):
        task.report(place, len(quarters), _("Checking outcomes"))
        columns = read_quarter(connection, quarter)
        yield from _problems_of_quarter(connection, file, quarter, columns, ids)
    yield from _problems_of_blocks(connection, file, quarters)
    yield from _problems_of_employers(connection, file)


def repair_blocks(connection: sqlite3.Connection) -> None:
    """Write the blocks of every quarter anew from its rows."""
    connection.execute("DELETE FROM blocks")
    for quarter in quarters_of_rows(connection):
        put_blocks(connection, quarter, read_quarter(connection, quarter))


def _ids(connection: sqlite3.Connection, table: str) -> list[int]:
    return [number for (number,) in connection.execute(f"SELECT id FROM {table}")]  # noqa: S608 - our own names


def _problems_of_quarter(
    connection: sqlite3.Connection, file: str, quarter: int, columns: OutcomeColumns, ids: dict[str, list[int]]
) -> Iterator[StoredProblem]:
    name = str(Quarter(quarter))
    stored = dict(connection.execute("SELECT name, data FROM blocks WHERE quarter = ?", (quarter,)))
    expected = quarter_blocks(columns)
    for block in sorted(expected.keys() | stored.keys()):
        if expected.get(block) != stored.get(block):
            reason = _("The block {block} does not agree with the rows.").format(block=block)
            yield StoredProblem(file=file, table="blocks", row=name, reason=reason)
    for column, known in ids.items():
        unknown = np.setdiff1d(np.unique(getattr(columns, column)), known)
        if len(unknown):
            reason = _("{column} {id} is in no table.").format(column=column, id=int(unknown[0]))
            yield StoredProblem(file=file, table="outcomes", row=name, reason=reason)
    row = connection.execute("SELECT rows FROM files WHERE tbl = 'outcomes' AND quarter = ?", (quarter,)).fetchone()
    if row is None or row[0] != len(columns):
        reason = _("The number of rows is not that of the file they came from.")
        yield StoredProblem(file=file, table="outcomes", row=name, reason=reason)


def _problems_of_blocks(connection: sqlite3.Connection, file: str, quarters: list[int]) -> Iterator[StoredProblem]:
    stored = {quarter for (quarter,) in connection.execute("SELECT DISTINCT quarter FROM blocks")}
    empty = {q for (q,) in connection.execute("SELECT quarter FROM files WHERE tbl = 'outcomes' AND rows = 0")}
    for quarter in sorted(stored - set(quarters) - empty):
        reason = _("There are blocks of a quarter without rows.")
        yield StoredProblem(file=file, table="blocks", row=str(Quarter(quarter)), reason=reason)


def _problems_of_employers(connection: sqlite3.Connection, file: str) -> Iterator[StoredProblem]:
    lost = connection.execute(
        "SELECT cvr FROM employers WHERE branch NOT IN (SELECT id FROM branches)"
        " OR municipality NOT IN (SELECT id FROM areas) LIMIT 100"
    )
    for (cvr,) in lost:
        reason = _("Branch or municipality is in no table.")
        yield StoredProblem(file=file, table="employers", row=cvr, reason=reason)
    stored = dict(connection.execute("SELECT name, data FROM employer_blocks"))
    if stored and stored != employer_blocks(connection):
        reason = _("The blocks of employers do not agree with the rows.")
        yield StoredProblem(file=file, table="employer_blocks", row="", reason=reason)

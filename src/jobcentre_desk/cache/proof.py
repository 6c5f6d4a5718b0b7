"""Proving a snapshot from inside: blocks against rows, codes that rows point at, row counts against the files read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import numpy as np

from jobcentre_desk.cache.employer_blocks import employer_blocks
from jobcentre_desk.cache.outcome_blocks import quarter_blocks, read_quarters
from jobcentre_desk.cache.outcome_rows import put_blocks, quarters_of_rows, read_quarter, sources_of_rows
from jobcentre_desk.cache.schema import employer_ids_of_source
from jobcentre_desk.cache.snapshot import Snapshot
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.model.workspace_records import StoredProblem
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
    names = dict(connection.execute("SELECT id, name FROM sources").fetchall())
    tables = ("blocks", "employers", "employer_blocks", "priors", "first_page")
    held = {number for table in tables for (number,) in connection.execute(f"SELECT DISTINCT source FROM {table}")}  # noqa: S608 - our own names
    held |= set(sources_of_rows(connection))
    for lost in sorted(held - names.keys()):
        reason = _("There are figures of a source that is in no table.")
        yield StoredProblem(file=file, table="sources", row=str(lost), reason=reason)
    for source in sorted(held & names.keys()):
        yield from _SourceProof(connection, file, source, names[source]).problems(task)


def repair_blocks(connection: sqlite3.Connection) -> list[int]:
    """Write the blocks of every quarter anew from its rows; gives the sources that have outcomes or employers."""
    connection.execute("DELETE FROM blocks")
    for source in sources_of_rows(connection):
        for quarter in quarters_of_rows(connection, source):
            put_blocks(connection, source, quarter, read_quarter(connection, source, quarter))
    with_employers = connection.execute("SELECT DISTINCT source FROM employers")
    return sorted({source for (source,) in with_employers} | set(sources_of_rows(connection)))


class _SourceProof:
    """What does not agree in the outcomes and employers of one source."""

    def __init__(self, connection: sqlite3.Connection, file: str, source: int, name: str) -> None:
        self._connection = connection
        self._file = file
        self._source = source
        self._name = name

    def problems(self, task: Task) -> Iterator[StoredProblem]:
        ids = {column: self._ids(table) for column, table in POINTS_AT.items()}
        quarters = quarters_of_rows(self._connection, self._source)
        for place, quarter in enumerate(quarters):
            task.report(place, len(quarters), _("Checking outcomes"))
            yield from self._problems_of_quarter(quarter, ids)
        yield from self._problems_of_blocks(quarters)
        yield from self._problems_of_employers()

    def _ids(self, table: str) -> list[int]:
        if table == "employers":
            first, end = employer_ids_of_source(self._source)
            rows = self._connection.execute("SELECT id FROM employers WHERE id >= ? AND id < ?", (first, end))
            return [number - first for (number,) in rows]
        return [number for (number,) in self._connection.execute(f"SELECT id FROM {table}")]  # noqa: S608 - our own names

    def _problem(self, table: str, row: str, reason: str) -> StoredProblem:
        return StoredProblem(file=self._file, table=table, row=f"{self._name} {row}".strip(), reason=reason)

    def _problems_of_quarter(self, quarter: int, ids: dict[str, list[int]]) -> Iterator[StoredProblem]:
        name = str(Quarter(quarter))
        columns = read_quarter(self._connection, self._source, quarter)
        expected, stored = quarter_blocks(columns), self._stored_blocks(quarter)
        for block in sorted(expected.keys() | stored.keys()):
            if expected.get(block) != stored.get(block):
                yield self._problem(
                    "blocks", name, _("The block {block} does not agree with the rows.").format(block=block)
                )
        for column, known in ids.items():
            unknown = np.setdiff1d(np.unique(getattr(columns, column)), known)
            if len(unknown):
                reason = _("{column} {id} is in no table.").format(column=column, id=int(unknown[0]))
                yield self._problem("outcomes", name, reason)
        row = self._connection.execute(
            "SELECT rows FROM files WHERE source = ? AND tbl = 'outcomes' AND quarter = ?", (self._source, quarter)
        ).fetchone()
        if row is None or row[0] != len(columns):
            yield self._problem("outcomes", name, _("The number of rows is not that of the file they came from."))

    def _stored_blocks(self, quarter: int) -> dict[str, bytes]:
        query = "SELECT name, data FROM blocks WHERE source = ? AND quarter = ?"
        return dict(self._connection.execute(query, (self._source, quarter)).fetchall())

    def _problems_of_blocks(self, quarters: list[int]) -> Iterator[StoredProblem]:
        stored = set(read_quarters(self._connection, self._source))
        empty = self._connection.execute(
            "SELECT quarter FROM files WHERE source = ? AND tbl = 'outcomes' AND rows = 0", (self._source,)
        )
        for quarter in sorted(stored - set(quarters) - {quarter for (quarter,) in empty}):
            yield self._problem("blocks", str(Quarter(quarter)), _("There are blocks of a quarter without rows."))

    def _problems_of_employers(self) -> Iterator[StoredProblem]:
        lost = self._connection.execute(
            "SELECT cvr FROM employers WHERE id >= ? AND id < ? AND (branch NOT IN (SELECT id FROM branches)"
            " OR municipality NOT IN (SELECT id FROM areas)) LIMIT 100",
            employer_ids_of_source(self._source),
        )
        for (cvr,) in lost:
            yield self._problem("employers", cvr, _("Branch or municipality is in no table."))
        query = "SELECT name, data FROM employer_blocks WHERE source = ?"
        stored = dict(self._connection.execute(query, (self._source,)).fetchall())
        if stored and stored != employer_blocks(self._connection, self._source):
            yield self._problem("employer_blocks", "", _("The blocks of employers do not agree with the rows."))

"""Queries to a service as the snapshot keeps them, and what it holds of each table."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, fields

from jobcentre_desk.model.measures import Measure, Polarity
from jobcentre_desk.model.services import KnownTable, TableQuery


def query_text(query: TableQuery) -> str:
    """A query as one line of JSON; equal queries give equal lines."""
    return json.dumps(asdict(query), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_query(text: str) -> TableQuery:
    """The query that `query_text` wrote."""
    data = json.loads(text)
    data["measures"] = tuple(data["measures"])
    data["dimensions"] = tuple((name, tuple(levels)) for name, levels in data["dimensions"])
    return TableQuery(**data)


def query_texts(queries: Iterable[TableQuery]) -> dict[str, str]:
    """Each query's line by its table."""
    return {query.table: query_text(query) for query in queries}


def loaded_measures(connection: sqlite3.Connection, name: str) -> tuple[Measure, ...]:
    """The definitions that the snapshot holds of the source `name`."""
    columns = [field.name for field in fields(Measure)]
    stored = ", ".join("m.origin" if column == "source" else f"m.{column}" for column in columns)
    rows = connection.execute(
        f"SELECT {stored} FROM measures m JOIN sources s ON s.id = m.source WHERE s.name = ?",  # noqa: S608 - our names
        (name,),
    )
    named = (dict(zip(columns, row, strict=True)) for row in rows)
    return tuple(Measure(**(values | {"polarity": Polarity(values["polarity"])})) for values in named)


def known_tables(connection: sqlite3.Connection, name: str) -> dict[str, KnownTable]:
    """What the snapshot holds of each table of the service `name`; empty before its first sync."""
    row = connection.execute("SELECT id FROM sources WHERE name = ?", (name,)).fetchone()
    if row is None:
        return {}
    periods: dict[str, set[str]] = {}
    held = connection.execute(
        "SELECT DISTINCT a.tbl, f.period FROM figures f JOIN answers a ON a.source = f.source AND a.id = f.answer"
        " WHERE f.source = ?",
        row,
    )
    for table, period in held:
        periods.setdefault(table.casefold(), set()).add(period)
    asked = connection.execute(
        "SELECT tbl, updated, query, next_update FROM queries WHERE source = ? ORDER BY tbl", row
    )
    return {
        table: KnownTable(
            table=table,
            updated=updated,
            query=read_query(query),
            periods=frozenset(periods.get(table.casefold(), ())),
            next_update=next_update,
        )
        for table, updated, query, next_update in asked
    }

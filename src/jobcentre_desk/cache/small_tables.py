"""Small tables of a release: code lists merged over all sources, and tables that keep the source of each row."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from typing import TypeAlias, TypeVar

from jobcentre_desk.cache.arrivals import DefinitionChange, RowCounts
from jobcentre_desk.cache.schema import outcome_ids_of_source
from jobcentre_desk.errors import PublicationRefused
from jobcentre_desk.model.publication import TABLE_COLUMNS
from jobcentre_desk.publishing.columns import EmployerIds, KnownCodes
from jobcentre_desk.text import translate as _

SOURCE_TABLES = ("measures", "figures", "evidence", "practices", "cards")
KEYS: dict[str, tuple[str, ...]] = {
    "measures": ("id",),
    "figures": ("measure", "area", "period", "group"),
    "evidence": ("id",),
    "practices": ("id",),
    "cards": ("id",),
}
MOST_IDS: dict[str, int] = {
    "areas": 2**15, "branches": 2**15, "occupations": 2**15, "benefit_groups": 2**7, "programmes": 2**7,
}  # fmt: skip
"""Blocks keep ids of these lists in 16 and 8 bits."""

NUMBERS = frozenset(
    {
        "tile_column", "tile_row", "level", "direction", "quality", "method", "geography", "journal", "combination",
        "effect_size", "cost_level", "year",
    }
)  # fmt: skip
NULLABLE = {"figures": frozenset({"value", "numerator", "denominator"})}

POINTING: dict[str, tuple[tuple[str, str, str], ...]] = {
    "areas": (("outcomes", "municipality", "id"), ("employers", "municipality", "id"), ("figures", "area", "code")),
    "branches": (("outcomes", "branch", "id"), ("employers", "branch", "id")),
    "occupations": (("outcomes", "occupation", "id"),),
    "benefit_groups": (("outcomes", "benefit_group", "id"), ("figures", "grp", "code")),
    "programmes": (("outcomes", "programme", "id"),),
}
"""Which rows use a code: table, column, and whether they hold its id or the code itself."""

Row: TypeAlias = Mapping[str, str | None]
Stored: TypeAlias = str | int | float | None
Key = TypeVar("Key")


def put_codes(connection: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    """Write the codes of a list: known ones keep their id, new ones get the next; none is removed here."""
    columns = TABLE_COLUMNS[table]
    ids = dict(connection.execute(f"SELECT code, id FROM {table}"))  # noqa: S608 - our own names
    following = max(ids.values(), default=0) + 1
    for row in rows:
        code = str(row["code"])
        if code not in ids:
            ids[code] = following
            following += 1
    if following > MOST_IDS[table]:
        raise PublicationRefused(
            _("The code list {table} has more codes than the program can hold.").format(table=table),
            _("Ask the publisher to check it; the figures you have stay in use."),
        )
    marks = ", ".join("?" * (len(columns) + 1))
    updates = ", ".join(f"{column} = excluded.{column}" for column in columns)
    connection.executemany(
        f"INSERT INTO {table} (id, {', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - our own names
        f" ON CONFLICT (id) DO UPDATE SET {updates}",
        ((ids[str(row["code"])], *_values(table, row)) for row in rows),
    )


def require_unused(connection: sqlite3.Connection, table: str, codes: Collection[str], *, source: int) -> None:
    """Refuse a release of `source` that dropped `codes` while rows of it that it kept still use one."""
    ids = dict(connection.execute(f"SELECT code, id FROM {table}"))  # noqa: S608 - our own names
    for code in sorted(ids.keys() & set(codes)):
        pointing = _pointing(connection, table, ids[code], code, source=source)
        if pointing:
            raise PublicationRefused(
                _("The release no longer lists the code {code} in {table}, yet {pointing} still use it.").format(
                    code=code, table=table, pointing=pointing
                ),
                _("Ask the publisher to check the release; the figures you have stay in use."),
            )


def drop_codes(connection: sqlite3.Connection, table: str, listed: set[str]) -> None:
    """Remove the codes that no source lists any more; one that rows still use stays until they go.

    Employers that are no longer published go with a code of theirs; no outcome has them.
    """
    ids = dict(connection.execute(f"SELECT code, id FROM {table}"))  # noqa: S608 - our own names
    column = {"areas": "municipality", "branches": "branch"}.get(table)
    for code in sorted(ids.keys() - listed):
        if _pointing(connection, table, ids[code], code):
            continue
        if column:
            connection.execute(f"DELETE FROM employers WHERE listed = 0 AND {column} = ?", (ids[code],))  # noqa: S608
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (ids[code],))  # noqa: S608 - our own names


def _pointing(connection: sqlite3.Connection, table: str, number: int, code: str, *, source: int | None = None) -> str:
    """The first table with rows that use a code ("" = none); only those of one source when it is named.

    Employers that are no longer published do not count.
    """
    for pointing, column, kind in POINTING[table]:
        condition, values = _rows_of(pointing, source)
        used = connection.execute(
            f"SELECT EXISTS (SELECT 1 FROM {pointing} WHERE {column} = ?{condition})",  # noqa: S608 - our own names
            (number if kind == "id" else code, *values),
        )
        if used.fetchone()[0]:
            return pointing
    return ""


def _rows_of(table: str, source: int | None) -> tuple[str, tuple[int, ...]]:
    """The condition for the rows of one source (None = of all), and its values; outcomes tell theirs by the id."""
    listed = " AND listed = 1" if table == "employers" else ""
    if source is None:
        return listed, ()
    if table == "outcomes":
        return " AND id >= ? AND id < ?", outcome_ids_of_source(source)
    return f"{listed} AND source = ?", (source,)


def known_codes(connection: sqlite3.Connection, listed: Mapping[str, set[str]], source: int) -> KnownCodes:
    """The codes that rows of a release may use: `listed` by any source, with the ids of the snapshot."""
    ids = {
        table: {
            code: number
            for code, number in connection.execute(f"SELECT code, id FROM {table}")  # noqa: S608 - our own names
            if code in listed[table]
        }
        for table in MOST_IDS
    }
    municipalities = connection.execute("SELECT code FROM areas WHERE kind = 'municipality'")
    measures = connection.execute("SELECT id FROM measures WHERE source = ?", (source,))
    return KnownCodes(
        areas=ids["areas"],
        municipalities=frozenset(code for (code,) in municipalities if code in ids["areas"]),
        branches=ids["branches"],
        occupations=ids["occupations"],
        benefit_groups=ids["benefit_groups"],
        programmes=ids["programmes"],
        measures=frozenset(measure for (measure,) in measures),
        employers=EmployerIds.of(()),
    )


def require_measures(connection: sqlite3.Connection, source: int) -> None:
    """Refuse a release that dropped a measure of which it kept figures."""
    row = connection.execute(
        "SELECT measure FROM figures WHERE source = ?1"
        " AND measure NOT IN (SELECT id FROM measures WHERE source = ?1) LIMIT 1",
        (source,),
    ).fetchone()
    if row is not None:
        raise PublicationRefused(
            _("The release no longer defines the measure {measure}, yet it has figures of it.").format(measure=row[0]),
            _("Ask the publisher to check the release; the figures you have stay in use."),
        )


def compare_codes(before: Sequence[Row], after: Sequence[Row]) -> RowCounts:
    """What changed between two versions of a list, on the code."""
    old, new = ({str(row["code"]): row for row in rows} for rows in (before, after))
    return compare_rows(old, new)


def replace_rows(
    connection: sqlite3.Connection, table: str, source: int, rows: Sequence[Row], *, measure: str = ""
) -> tuple[RowCounts, list[DefinitionChange]]:
    """Put the rows of a source in place of the ones there; figures one `measure` at a time.

    The second value tells how definitions of measures changed, column by column.
    """
    before = _stored(connection, table, source, measure)
    condition = " AND measure = ?" if measure else ""
    connection.execute(
        f"DELETE FROM {table} WHERE source = ?{condition}",  # noqa: S608 - our own names
        (source, measure) if measure else (source,),
    )
    columns = [stored_name(table, column) for column in TABLE_COLUMNS[table]]
    connection.executemany(
        f"INSERT INTO {table} (source, {', '.join(columns)}) VALUES (?{', ?' * len(columns)})",  # noqa: S608 - our names
        ((source, *_values(table, row)) for row in rows),
    )
    after = _stored(connection, table, source, measure)
    changes = _definition_changes(columns, before, after) if table == "measures" else []
    return compare_rows(before, after), changes


def stored_name(table: str, column: str) -> str:
    """The name of a published column in the snapshot (schema.py tells why three differ)."""
    if column == "source" and table in {"measures", "cards"}:
        return "origin"
    return "grp" if column == "group" else column


def _stored(
    connection: sqlite3.Connection, table: str, source: int, measure: str
) -> dict[tuple[Stored, ...], tuple[Stored, ...]]:
    columns = TABLE_COLUMNS[table]
    names = ", ".join(stored_name(table, column) for column in columns)
    condition = " AND measure = ?" if measure else ""
    rows = connection.execute(
        f"SELECT {names} FROM {table} WHERE source = ?{condition}",  # noqa: S608 - our own names
        (source, measure) if measure else (source,),
    )
    places = [columns.index(column) for column in KEYS[table]]
    return {tuple(row[place] for place in places): row for row in rows}


def _values(table: str, row: Row) -> list[Stored]:
    nullable = NULLABLE.get(table, NUMBERS)
    return [
        value if value is not None or column in nullable else ""
        for column, value in ((column, row[column]) for column in TABLE_COLUMNS[table])
    ]


def compare_rows(old: Mapping[Key, object], new: Mapping[Key, object]) -> RowCounts:
    """Rows that came, changed and went between two versions, each by its key."""
    kept = old.keys() & new.keys()
    return RowCounts(
        new=len(new) - len(kept), changed=sum(old[key] != new[key] for key in kept), gone=len(old) - len(kept)
    )


def _definition_changes(
    columns: Sequence[str],
    before: Mapping[tuple[Stored, ...], tuple[Stored, ...]],
    after: Mapping[tuple[Stored, ...], tuple[Stored, ...]],
) -> list[DefinitionChange]:
    return [
        DefinitionChange(str(key[0]), column, str(old), str(new))
        for key in sorted(before.keys() & after.keys(), key=str)
        for column, old, new in zip(columns, before[key], after[key], strict=True)
        if old != new
    ]

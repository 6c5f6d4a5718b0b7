"""Figures that a later release changed, where each figure was read, and what a sync could not use."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from jobcentre_desk.cache.snapshot import Snapshot
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.model.publication import RowProblem

FigureKey: TypeAlias = tuple[str, str, str, str]
"""Measure, area, period and group of a figure."""

Counted: TypeAlias = tuple[str | None, int | None, int | None, str]
"""Value, numerator, denominator and state of a figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One figure of `source` as it stood before release `sequence`, and as it stood from then on.

    A figure that the release no longer has is `not_reported` from then on.
    """

    source: str
    sequence: int
    synced_at: str
    measure: str
    area: str
    period: str
    group: str
    old_value: str | None
    old_state: State
    new_value: str | None
    new_state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Where a figure was read: the answer and its request, and the row (1 = first row of data) and column in it."""

    answer: int
    table: str
    title: str
    request: str
    fetched_at: str
    hash: str
    row: int
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedBreak:
    """A break in the series of a measure, as `source` tells it."""

    source: str
    measure: str
    period: str
    sentence_da: str
    sentence_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One table that a service is asked for: when it was updated last, and when it will be next ("" = not told)."""

    source: str
    table: str
    title: str
    updated: str
    next_update: str


def stored_figures(connection: sqlite3.Connection, source: int, measure: str) -> dict[FigureKey, Counted]:
    """The figures of one measure as the snapshot holds them."""
    rows = connection.execute(
        "SELECT area, period, grp, value, numerator, denominator, state FROM figures WHERE source = ? AND measure = ?",
        (source, measure),
    )
    return {(measure, *row[:3]): row[3:] for row in rows}


def keep_revisions(
    connection: sqlite3.Connection,
    source: int,
    sequence: int,
    before: Mapping[FigureKey, Counted],
    after: Mapping[FigureKey, Counted],
) -> int:
    """Keep the figures that release `sequence` changed or dropped; gives their number.

    A figure that was not known yet and is now was announced, so it is no revision.
    """
    at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    gone: Counted = (None, None, None, State.NOT_REPORTED.value)
    rows = []
    for key, (old_value, _numerator, _denominator, old_state) in before.items():
        new_value, _numerator, _denominator, new_state = after.get(key, gone)
        if (old_value, old_state) != (new_value, new_state) and old_state != State.NOT_YET_KNOWN:
            rows.append((source, sequence, at, *key, old_value, old_state, new_value, new_state))
    connection.executemany(
        "INSERT INTO revisions (source, sequence, synced_at, measure, area, period, grp,"
        " old_value, old_state, new_value, new_state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    return len(rows)


def read_revisions(
    snapshot: Snapshot, *, source: str | None = None, measure: str | None = None, area: str | None = None
) -> tuple[Revision, ...]:
    """Every revision of the snapshot, newest first; `source` is a name, and each keyword narrows."""
    wanted = {"s.name": source, "r.measure": measure, "r.area": area}
    narrowed = {column: value for column, value in wanted.items() if value is not None}
    condition = " AND ".join(f"{column} = ?" for column in narrowed) or "TRUE"
    rows = snapshot.connect().execute(
        "SELECT s.name, r.sequence, r.synced_at, r.measure, r.area, r.period, r.grp,"  # noqa: S608 - our own names
        " r.old_value, r.old_state, r.new_value, r.new_state FROM revisions r JOIN sources s ON s.id = r.source"
        f" WHERE {condition} ORDER BY r.synced_at DESC, r.sequence DESC, r.id",
        tuple(narrowed.values()),
    )
    return tuple(_revision(row) for row in rows)


def _revision(row: tuple[str, ...]) -> Revision:
    values: dict[str, object] = dict(zip(Revision.__dataclass_fields__, row, strict=True))
    values |= {"old_state": State(row[8]), "new_state": State(row[10])}
    return Revision(**values)  # type: ignore[arg-type]


def read_problems(snapshot: Snapshot, source: str) -> tuple[RowProblem, ...]:
    """What the last sync of a source could not use, in the order it was found."""
    rows = snapshot.connect().execute(
        "SELECT p.file, p.row, p.column_name, p.reason FROM problems p JOIN sources s ON s.id = p.source"
        " WHERE s.name = ? ORDER BY p.id",
        (source,),
    )
    return tuple(RowProblem(file=file, row=row, column=column, reason=reason) for file, row, column, reason in rows)


def trace_of(snapshot: Snapshot, key: FigureKey, source: str) -> Trace | None:
    """Where the figure `key` (measure, area, period, group) of `source` was read; None when it came in a file."""
    measure, area, period, group = key
    row = (
        snapshot.connect()
        .execute(
            "SELECT a.id, a.tbl, a.title, a.request, a.fetched_at, a.hash, f.answer_row, f.answer_column"
            " FROM figures f JOIN sources s ON s.id = f.source"
            " JOIN answers a ON a.source = f.source AND a.id = f.answer"
            " WHERE s.name = ? AND f.measure = ? AND f.period = ? AND f.grp = ? AND f.area = ?",
            (source, measure, period, group, area),
        )
        .fetchone()
    )
    return None if row is None else Trace(**dict(zip(Trace.__dataclass_fields__, row, strict=True)))


def stored_figure(snapshot: Snapshot, key: FigureKey, source: int) -> tuple[str | None, State] | None:
    """Value and state of the figure `key` (measure, area, period, group) of a source; None when it has none."""
    measure, area, period, group = key
    row = (
        snapshot.connect()
        .execute(
            "SELECT value, state FROM figures WHERE source = ? AND measure = ? AND period = ? AND grp = ? AND area = ?",
            (source, measure, period, group, area),
        )
        .fetchone()
    )
    return None if row is None else (row[0], State(row[1]))


def read_breaks(snapshot: Snapshot) -> tuple[LoadedBreak, ...]:
    """The breaks in series of all sources, by measure and period."""
    rows = snapshot.connect().execute(
        "SELECT s.name, b.measure, b.period, b.sentence_da, b.sentence_en"
        " FROM breaks b JOIN sources s ON s.id = b.source ORDER BY b.measure, b.period, s.id"
    )
    return tuple(LoadedBreak(**dict(zip(LoadedBreak.__dataclass_fields__, row, strict=True))) for row in rows)


def release_calendar(snapshot: Snapshot) -> tuple[CalendarEntry, ...]:
    """The tables that services are asked for with their dates, the next to be updated first."""
    rows = snapshot.connect().execute(
        "SELECT s.name, q.tbl, q.title, q.updated, q.next_update FROM queries q JOIN sources s ON s.id = q.source"
        " ORDER BY q.next_update = '', q.next_update, s.id, q.tbl"
    )
    return tuple(CalendarEntry(**dict(zip(CalendarEntry.__dataclass_fields__, row, strict=True))) for row in rows)

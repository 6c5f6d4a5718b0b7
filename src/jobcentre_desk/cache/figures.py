"""Published figures, their measures and the improvement cards of a snapshot, in the words of the model."""

from __future__ import annotations

import sqlite3
from dataclasses import fields

from jobcentre_desk.cache.snapshot import Snapshot
from jobcentre_desk.model.cards import Card, Component
from jobcentre_desk.model.measures import Figure, Measure, Polarity
from jobcentre_desk.model.outcomes import State

_REAL_FIRST = "ORDER BY s.demonstration, s.id"
"""Where two sources publish the same figure, one that is no demonstration goes before one that is."""


def measures(snapshot: Snapshot) -> list[Measure]:
    """The definition of every measure, by id; where two sources define one, the real one counts."""
    columns = [field.name for field in fields(Measure)]
    found: dict[str, Measure] = {}
    for row in _rows(snapshot, "measures", columns):
        values = dict(zip(columns, row, strict=True))
        measure = Measure(**{**values, "polarity": Polarity(values["polarity"])})
        found.setdefault(measure.id, measure)
    return [found[measure_id] for measure_id in sorted(found)]


def figures_of(snapshot: Snapshot, *measure_ids: str) -> list[Figure]:
    """All published values of the measures, by measure, period, group and area."""
    marks = ", ".join("?" * len(measure_ids))
    columns = "f.measure, f.area, f.period, f.grp, f.value, f.numerator, f.denominator, f.state, s.name, s.sequence"
    tables = "figures f JOIN sources s ON s.id = f.source"
    rows = snapshot.connect().execute(
        f"SELECT {columns} FROM {tables} WHERE f.measure IN ({marks}) {_REAL_FIRST}",  # noqa: S608 - our own names
        measure_ids,
    )
    found: dict[tuple[str, str, str, str], Figure] = {}
    for row in rows:
        found.setdefault(row[:4], _figure(row))
    return [found[key] for key in sorted(found, key=lambda key: (key[0], key[2], key[3], key[1]))]


def measures_with_figures(snapshot: Snapshot) -> list[str]:
    """Ids of the measures that have at least one published value, sorted."""
    rows = snapshot.connect().execute("SELECT DISTINCT measure FROM figures ORDER BY measure")
    return [row[0] for row in rows]


def cards(snapshot: Snapshot) -> list[Card]:
    """The published improvement cards in the order of their ids; empty when no source brings any."""
    columns = [field.name for field in fields(Card)]
    found: dict[str, Card] = {}
    for row in _rows(snapshot, "cards", columns):
        values = dict(zip(columns, row, strict=True))
        card = Card(
            **{
                **values,
                "component": Component(values["component"]),
                "questions_da": questions(values["questions_da"]),
                "questions_en": questions(values["questions_en"]),
            }
        )
        found.setdefault(card.id, card)
    return [found[card_id] for card_id in sorted(found)]


def questions(published: str) -> tuple[str, ...]:
    """The questions of a card, parted by line breaks in the published column."""
    return tuple(line.strip() for line in published.splitlines() if line.strip())


def _figure(row: tuple[str, ...]) -> Figure:
    return Figure(
        measure=row[0],
        area=row[1],
        period=row[2],
        group=row[3],
        value=row[4],
        numerator=_whole(row[5]),
        denominator=_whole(row[6]),
        state=State(row[7]),
        source=row[8],
        release=int(row[9]),
    )


def _whole(value: str | int | None) -> int | None:
    return None if value is None else int(value)


def _rows(snapshot: Snapshot, table: str, columns: list[str]) -> sqlite3.Cursor:
    """Rows of `measures` or `cards`; their published column `source` is stored as `origin`."""
    stored = ", ".join("t.origin" if column == "source" else f"t.{column}" for column in columns)
    return snapshot.connect().execute(
        f"SELECT {stored} FROM {table} t JOIN sources s ON s.id = t.source {_REAL_FIRST}"  # noqa: S608 - our own names
    )

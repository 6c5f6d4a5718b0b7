"""Published figures, their measures and the improvement cards of a snapshot, in the words of the model.

Several sources may publish the same measure. `order` names the sources, the one to be shown first at the head; those
it leaves out come after, real ones before demonstrations. Of each measure the figures of one source are shown, the
first in that order which has any, so that a line never mixes two of them; the others stay at hand.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any

from jobcentre_desk.cache.snapshot import Snapshot
from jobcentre_desk.model.areas import AreaKind
from jobcentre_desk.model.cards import Card, Component
from jobcentre_desk.model.measures import Figure, Measure, Polarity
from jobcentre_desk.model.municipalities import Practice
from jobcentre_desk.model.outcomes import State

_FIGURE = "f.measure, f.area, f.period, f.grp, f.value, f.numerator, f.denominator, f.state, s.name, s.sequence"
_MEASURES_OF_SOURCE = (
    "WITH RECURSIVE m(id) AS (SELECT min(measure) FROM figures WHERE source = :source UNION ALL"
    " SELECT (SELECT min(measure) FROM figures WHERE source = :source AND measure > m.id) FROM m WHERE m.id NOT NULL)"
    " SELECT id FROM m WHERE id NOT NULL"
)
"""Steps from measure to measure along the key: 4 ms for 1,200 of them in 1,000,000 figures, where DISTINCT takes 80."""


def publishers_of(snapshot: Snapshot, *, order: Sequence[str] = ()) -> dict[str, tuple[str, ...]]:
    """Each measure that has figures -> the names of the sources that publish them, the one that is shown first."""
    connection = snapshot.connect()
    found: dict[str, tuple[str, ...]] = {}
    for source, name in _in_order(connection, order):
        for (measure,) in connection.execute(_MEASURES_OF_SOURCE, {"source": source}):
            found[measure] = (*found.get(measure, ()), name)
    return {measure: found[measure] for measure in sorted(found)}


def source_names(snapshot: Snapshot, *, order: Sequence[str] = ()) -> tuple[str, ...]:
    """The names of all sources, the one that is shown first at the head."""
    return tuple(name for _source, name in _in_order(snapshot.connect(), order))


def measures(snapshot: Snapshot, *, order: Sequence[str] = ()) -> list[Measure]:
    """The definition of every measure, by id: of the source its figures are shown from, else of the first there is."""
    shown = {measure: names[0] for measure, names in publishers_of(snapshot, order=order).items()}
    chosen: dict[str, Measure] = {}
    for name, measure in definitions(snapshot, order=order):
        if measure.id not in chosen or shown.get(measure.id) == name:
            chosen[measure.id] = measure
    return [chosen[measure_id] for measure_id in sorted(chosen)]


def definitions(snapshot: Snapshot, *, order: Sequence[str] = ()) -> list[tuple[str, Measure]]:
    """Every definition of every measure with the name of the source it comes from, in the order of the sources."""
    columns = [field.name for field in fields(Measure)]
    found = []
    for name, *row in _rows(snapshot, "measures", columns, order):
        values = dict(zip(columns, row, strict=True))
        found.append((name, Measure(**{**values, "polarity": Polarity(values["polarity"])})))
    return found


def figures_of(snapshot: Snapshot, *measure_ids: str, order: Sequence[str] = ()) -> list[Figure]:
    """All values of the measures as they are shown, each from one source; by measure, period, group and area."""
    publishers = publishers_of(snapshot, order=order)
    shown = {measure: publishers[measure][:1] for measure in measure_ids if measure in publishers}
    return list(_figures(snapshot, shown))


def others_of(snapshot: Snapshot, *measure_ids: str, order: Sequence[str] = ()) -> list[Figure]:
    """The values of the measures that are not shown, as other sources publish them; by measure, then in their order."""
    publishers = publishers_of(snapshot, order=order)
    return list(_figures(snapshot, {measure: publishers.get(measure, ())[1:] for measure in measure_ids}))


def figures_from(snapshot: Snapshot, source: str, *measure_ids: str) -> list[Figure]:
    """All values of the measures that one source publishes; by measure, period, group and area."""
    return list(_figures(snapshot, dict.fromkeys(measure_ids, (source,))))


def measures_of_kind(snapshot: Snapshot, kind: AreaKind, *, order: Sequence[str] = ()) -> dict[str, str]:
    """Each measure that has a figure of an area of this kind -> the source whose figures are shown."""
    connection = snapshot.connect()
    ids = {name: source for source, name in _in_order(connection, order)}
    query = (
        "SELECT EXISTS (SELECT 1 FROM figures f JOIN areas a ON a.code = f.area"
        " WHERE f.source = ? AND f.measure = ? AND a.kind = ?)"
    )
    return {
        measure: names[0]
        for measure, names in publishers_of(snapshot, order=order).items()
        if connection.execute(query, (ids[names[0]], measure, kind.value)).fetchone()[0]
    }


def practices(snapshot: Snapshot, *, order: Sequence[str] = ()) -> list[Practice]:
    """What municipalities say that they do, by id; of one that several sources bring, that of the first in order."""
    columns = [field.name for field in fields(Practice) if field.name != "source"]
    found: dict[str, Practice] = {}
    for name, *row in _rows(snapshot, "practices", columns, order):
        practice = Practice(source=name, **dict(zip(columns, row, strict=True)))
        found.setdefault(practice.id, practice)
    return [found[practice_id] for practice_id in sorted(found)]


def cards(snapshot: Snapshot, *, order: Sequence[str] = ()) -> list[Card]:
    """The published improvement cards in the order of their ids; empty when no source brings any."""
    columns = [field.name for field in fields(Card)]
    found: dict[str, Card] = {}
    for _name, *row in _rows(snapshot, "cards", columns, order):
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


def _in_order(connection: sqlite3.Connection, order: Sequence[str]) -> list[tuple[int, str]]:
    """Id and name of every source, the one to be shown first at the head."""
    place = {name: number for number, name in enumerate(dict.fromkeys(order))}
    rows = connection.execute("SELECT id, name FROM sources ORDER BY demonstration, id").fetchall()
    return sorted(rows, key=lambda row: place.get(row[1], len(place)))


def _figures(snapshot: Snapshot, wanted: dict[str, tuple[str, ...]]) -> Iterator[Figure]:
    """The values of each measure from each of its sources, in the order asked for."""
    connection = snapshot.connect()
    for measure in sorted(wanted):
        for source in wanted[measure]:
            rows = connection.execute(
                f"SELECT {_FIGURE} FROM figures f JOIN sources s ON s.id = f.source"  # noqa: S608 - our own names
                " WHERE s.name = ? AND f.measure = ? ORDER BY f.period, f.grp, f.area",
                (source, measure),
            )
            yield from map(_figure, rows)


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


def _rows(snapshot: Snapshot, table: str, columns: Iterable[str], order: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Rows of `measures` or `cards` after the name of their source; their published `source` is stored as `origin`."""
    connection = snapshot.connect()
    stored = ", ".join("t.origin" if column == "source" else f"t.{column}" for column in columns)
    query = f"SELECT {stored} FROM {table} t WHERE t.source = ?"  # noqa: S608 - our own names
    for source, name in _in_order(connection, order):
        for row in connection.execute(query, (source,)):
            yield (name, *row)

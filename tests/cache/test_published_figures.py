"""Figures, measures and cards out of a snapshot; a real source goes before a demonstration."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from jobcentre_desk.cache.figures import cards, figures_of, measures, questions
from jobcentre_desk.cache.schema import SCHEMA
from jobcentre_desk.cache.snapshot import Snapshot
from jobcentre_desk.model.cards import Component
from jobcentre_desk.model.measures import Polarity
from jobcentre_desk.model.outcomes import State


def insert(connection: sqlite3.Connection, table: str, **values: object) -> None:
    columns = [(row[1], row[2], row[3]) for row in connection.execute(f"PRAGMA table_info({table})")]
    blank = {"TEXT": "", "INTEGER": 0, "BLOB": b"", "REAL": 0.0}
    filled = {name: values.get(name, blank[kind] if required else None) for name, kind, required in columns}
    marks = ", ".join("?" * len(filled))
    connection.execute(f"INSERT INTO {table} VALUES ({marks})", tuple(filled.values()))


@pytest.fixture
def snapshot(tmp_path: Path) -> Iterator[Snapshot]:
    path = tmp_path / "figures.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(SCHEMA)
        insert(connection, "sources", id=1, name="demo", demonstration=1, sequence=2)
        insert(connection, "sources", id=2, name="star", demonstration=0, sequence=9)
        for source, name, value in ((1, "invented", "1.00"), (2, "real", "10.05")):
            insert(connection, "measures", source=source, id="y30r21.actual_share", name_en=name, origin="STAR",
                   polarity="low_is_good")  # fmt: skip
            insert(connection, "figures", source=source, measure="y30r21.actual_share", area="730", period="2022QMAT04",
                   grp="all", value=value, numerator=5, denominator=50, state="known")  # fmt: skip
            insert(connection, "cards", source=source, id="first-card", component="citizen_contact", title_en=name,
                   questions_da="Hvem?\nHvad?\n", questions_en="Who?\r\nWhat?", origin="The handbook")  # fmt: skip
        insert(connection, "measures", source=1, id="a.measure", polarity="no_judgement")
        insert(connection, "figures", source=1, measure="a.measure", area="730", period="2025Q01", grp="", value=None,
               state="hidden")  # fmt: skip
        connection.commit()
    opened = Snapshot(path, number=1)
    yield opened
    opened.close()


def test_every_measure_is_defined_once_by_the_real_source(snapshot: Snapshot) -> None:
    found = measures(snapshot)
    assert [(measure.id, measure.name_en) for measure in found] == [("a.measure", ""), ("y30r21.actual_share", "real")]
    assert found[1].polarity is Polarity.LOW_IS_GOOD
    assert found[1].source == "STAR"


def test_values_keep_their_digits_and_say_which_release_they_come_from(snapshot: Snapshot) -> None:
    (figure,) = figures_of(snapshot, "y30r21.actual_share")
    assert (figure.value, figure.numerator, figure.denominator) == ("10.05", 5, 50)
    assert (figure.source, figure.release) == ("star", 9)


def test_a_hidden_value_is_none_and_says_so(snapshot: Snapshot) -> None:
    hidden, _known = figures_of(snapshot, "y30r21.actual_share", "a.measure")
    assert (hidden.value, hidden.numerator, hidden.state) == (None, None, State.HIDDEN)


def test_cards_bring_their_questions_one_by_one(snapshot: Snapshot) -> None:
    (card,) = cards(snapshot)
    assert (card.component, card.title_en, card.source) == (Component.CITIZEN_CONTACT, "real", "The handbook")
    assert (card.questions_da, card.questions_en) == (("Hvem?", "Hvad?"), ("Who?", "What?"))
    assert questions("") == ()

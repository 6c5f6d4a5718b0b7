"""Published figures of municipalities, recorded and invented, and small worlds of employers."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.builders.random_outcomes import OpenOutcomes, RandomOutcomes

from jobcentre_desk.cache.migrations import migrate
from jobcentre_desk.cache.outcome_blocks import quarter_blocks
from jobcentre_desk.cache.schema import employer_ids_of_source
from jobcentre_desk.cache.snapshot import Snapshot
from jobcentre_desk.cache.snapshot_writer import write_derived
from jobcentre_desk.desk.expected import MEASURES, PARTS
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.municipality_figures import MunicipalityFigures, gather
from jobcentre_desk.model.areas import Area, AreaKind
from jobcentre_desk.model.measures import Figure, Measure, Polarity
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.publishing.columns import NULL, OUTCOME_COUNTS, OutcomeColumns

_COLUMNS = {
    "expected_persons": "antal fuldtidspersoner på offentlig forsørgelse: Forventet antal",
    "actual_persons": "antal fuldtidspersoner på offentlig forsørgelse: Faktisk antal",
    "persons_difference": "antal fuldtidspersoner på offentlig forsørgelse: Forskel mellem forventet og faktisk antal",
    "expected_share": "andel fuldtidspersoner på offentlig forsørgelse: Forventet andel (pct.)",
    "actual_share": "andel fuldtidspersoner på offentlig forsørgelse: Faktisk andel (pct.)",
    "difference": "Forskel mellem forventet og faktisk andel (pct. point)",
    "rank": "Placering på benchmarkranglisten",
}
_GROUPS = {
    "Ydelsesgrupper i alt": "all",
    "A-dagpenge mv.": "unemployment_benefit",
    "Sygedagpenge mv.": "sickness_benefit",
    "Kontanthjælp mv.": "cash_benefit",
}
_LOW_IS_GOOD = ("actual_share", "difference", "actual_persons", "persons_difference")


def published(area: str, period: str, group: str, parts: Mapping[str, str | None]) -> list[Figure]:
    """One row of y30r21 as figures."""
    return [
        Figure(
            measure=f"y30r21.{part}",
            area=area,
            period=period,
            group=group,
            value=value,
            numerator=None,
            denominator=None,
            state=State.HIDDEN if value is None else State.KNOWN,
            source="star",
            release=1,
        )
        for part, value in parts.items()
    ]


def definitions() -> dict[str, Measure]:
    """The definitions of y30r21's measures, with empty texts."""
    texts = dict.fromkeys([name for name in Measure.__dataclass_fields__ if name not in ("id", "polarity")], "")
    judged = {part: Polarity.LOW_IS_GOOD if part in _LOW_IS_GOOD else Polarity.NO_JUDGEMENT for part in PARTS}
    return {
        f"y30r21.{part}": Measure(
            id=f"y30r21.{part}", polarity=judged[part], **{**texts, "name_en": part.replace("_", " ")}
        )
        for part in PARTS
    }


@pytest.fixture(scope="session")
def recorded(shared_folder: Path) -> MunicipalityFigures:
    """The recorded answer of y30r21: 98 municipalities, 6 periods, 4 benefit groups."""
    with (shared_folder / "data/classifications/derived_municipalities.csv").open(encoding="utf-8-sig") as file:
        areas = {
            row["kommunekode"]: Area(
                row["kommunekode"],
                AreaKind.MUNICIPALITY,
                row["navn"],
                row["navn"],
                peer_group=row["dst_kommunegruppe"],
            )
            for row in csv.DictReader(file)
        }
    codes = {area.name_da: code for code, area in areas.items()}
    figures: list[Figure] = []
    lines = (shared_folder / "data/jobindsats/y30r21_2020-2022.ndjson").read_text("utf-8").splitlines()
    for line in lines:
        row = json.loads(line)
        parts = {part: str(row[_column(row, name)]).replace(",", ".") for part, name in _COLUMNS.items()}
        figures += published(codes[row["Area"]], row["Periode"], _GROUPS[row["Ydelsesgrupper"]], parts)
    return gather(areas, definitions(), figures, wanted=MEASURES)


def _column(row: Mapping[str, object], name: str) -> str:
    return next(column for column in row if column.endswith(name))


Row = tuple[str, str, str, dict[str, str | None]]


@pytest.fixture
def small() -> Callable[..., MunicipalityFigures]:
    """Make figures of a few invented municipalities from rows (code, period, group, parts)."""

    def make(*rows: Row, country: Mapping[str, str] | None = None) -> MunicipalityFigures:
        codes = sorted({row[0] for row in rows})
        areas = {
            code: Area(
                code, AreaKind.MUNICIPALITY, f"By {code}", f"Town {code}", peer_group="A" if code < "300" else "B"
            )
            for code in codes
        }
        areas["081"] = Area("081", AreaKind.REGION, "Region", "Region")
        figures = [figure for row in rows for figure in published(*row)]
        if country:
            figures += published("000", rows[0][1], "all", country)
        return gather(areas, definitions(), figures, wanted=MEASURES)

    return make


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenOutcomes]:
    """Open random outcomes as figures; they stay open until the test ends."""
    with ExitStack() as stack:
        made: list[Figures] = []

        def make(outcomes: RandomOutcomes) -> Figures:
            folder = tmp_path / f"outcomes-{len(made)}"
            folder.mkdir()
            made.append(stack.enter_context(outcomes.figures(folder)))
            return made[-1]

        yield make


BRANCHES = (
    ("G", "", 1), ("47", "G", 2), ("47.1", "47", 3), ("47.11", "47.1", 4), ("47.12", "47.1", 4),
    ("H", "", 1), ("49", "H", 2), ("49.4", "49", 3), ("49.41", "49.4", 4),
)  # fmt: skip
OCCUPATIONS = (
    ("9", "", 1), ("93", "9", 2), ("933", "93", 3), ("9333", "933", 4), ("9334", "933", 4),
    ("5", "", 1), ("52", "5", 2), ("522", "52", 3), ("5223", "522", 4),
)  # fmt: skip
KNOWN_THROUGH = Quarter.of(2026, 1)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One row of outcomes of an employer, told by its place in the list; counts of None are null."""

    employer: int
    completed: int | None
    same: int | None = 0
    elsewhere: int | None = 0
    quarter: Quarter = KNOWN_THROUGH
    branch: str = "47.11"
    occupation: str = "9333"
    group: str = "cash"
    programme: str = "traineeship"
    started: int = 0


class World:
    """Facts of a few employers (all of branch 47.11 unless `own_branch` says otherwise), and figures made of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._facts: list[Fact] = []
        self._opened: list[Snapshot] = []
        self.own_branch: dict[int, str] = {}
        self.published: list[Figure] = []
        self.measures: tuple[str, ...] = ()
        self.known_through = KNOWN_THROUGH

    def add(
        self, employer: int, completed: int | None, *, same: int | None = 0, elsewhere: int | None = 0, **where: Any
    ) -> None:
        """Add a row of outcomes; `where` may name quarter, branch, occupation, group, programme and started."""
        self._facts.append(Fact(employer=employer, completed=completed, same=same, elsewhere=elsewhere, **where))

    def add_others(self, many: int, completed: int, *, same: int, elsewhere: int, **where: Any) -> None:
        """Add as many other employers with the same counts each."""
        first = max(fact.employer for fact in self._facts) + 1
        for employer in range(first, first + many):
            self.add(employer, completed, same=same, elsewhere=elsewhere, **where)

    def publish(self, area: str, period: str, group: str, parts: Mapping[str, str | None]) -> None:
        """Add one row of y30r21."""
        self.published += published(area, period, group, parts)

    def figures(self) -> Figures:
        """The figures of a snapshot that holds the facts."""
        path = self._folder / f"world-{len(self._opened)}.db"
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            migrate(connection)
            _write_lists(connection)
            _write_source(connection, self.known_through)
            _write_facts(connection, self._facts, self.own_branch)
            _write_measures(connection, self.measures)
            _write_figures(connection, self.published)
            write_derived(connection, 1)
            connection.commit()
        self._opened.append(Snapshot(path, number=1))
        return Figures.open(self._opened[-1])

    def reset(self) -> None:
        """Forget all facts."""
        self._facts.clear()

    def close(self) -> None:
        """Let the files go."""
        for snapshot in self._opened:
            snapshot.close()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """An empty world of employers."""
    made = World(tmp_path)
    yield made
    made.close()


def _write_lists(connection: sqlite3.Connection) -> None:
    insert = "INSERT INTO {} (id, code, parent, level, title_da, title_en) VALUES (?, ?, ?, ?, ?, ?)"
    for table, codes in (("branches", BRANCHES), ("occupations", OCCUPATIONS)):
        rows = [(i, code, parent, level, f"da {code}", f"en {code}") for i, (code, parent, level) in enumerate(codes)]
        connection.executemany(insert.format(table), rows)
    for table, flat in (("benefit_groups", ("cash", "sickness")), ("programmes", ("traineeship", "subsidy"))):
        titled = [(i, code, f"da {code}", f"en {code}") for i, code in enumerate(flat)]
        connection.executemany(f"INSERT INTO {table} (id, code, title_da, title_en) VALUES (?, ?, ?, ?)", titled)
    columns = "id, code, kind, name_da, name_en, parent, peer_group, neighbours"
    for i, (code, name) in enumerate((("730", "Randers"), ("707", "Norddjurs"))):
        area = (i, code, "municipality", name, name, "", "", "")
        connection.execute(f"INSERT INTO areas ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", area)


def _write_source(connection: sqlite3.Connection, known: Quarter) -> None:
    values = {
        "id": 1, "name": "star", "location": "x", "key_id": "k", "publisher": "star", "publisher_name": "STAR",
        "sequence": 3, "released": "2026-11-01", "definitions_version": "3", "known_through": known.index,
        "access": "authority", "minimum_count": 1, "share_minimum_count": 3, "demonstration": 0, "unsigned": 0,
        "sole_proprietors": 1, "outcome_window": 1, "description": b"", "signature": b"",
        "synced_at": "2026-11-02T06:40:00",
    }  # fmt: skip
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO sources ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))
    connection.execute("INSERT INTO files VALUES (1, 'p', 'n', 'outcomes', NULL, 'h', 'c', 1, 1, NULL)")


def _write_facts(connection: sqlite3.Connection, facts: Sequence[Fact], own_branch: Mapping[int, str]) -> None:
    branches, occupations = ([code for code, *_rest in codes] for codes in (BRANCHES, OCCUPATIONS))
    for employer in sorted({fact.employer for fact in facts}):
        branch = branches.index(own_branch.get(employer, "47.11"))
        number = employer_ids_of_source(1)[0] + employer
        row = (number, 1, f"{10_000_000 + employer}", f"Employer {employer}", branch, 0, "10-19", 0, 0, 1)
        connection.execute("INSERT INTO employers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    for quarter in sorted({fact.quarter for fact in facts}):
        rows = [
            (
                fact.employer, 0, branches.index(fact.branch), occupations.index(fact.occupation),
                ("cash", "sickness").index(fact.group), ("traineeship", "subsidy").index(fact.programme),
                fact.started, *(NULL if n is None else n for n in (fact.completed, fact.same, 0, fact.elsewhere)),
            )
            for fact in facts
            if fact.quarter == quarter
        ]  # fmt: skip
        columns = np.array(rows, dtype=np.int32).T
        names = ("employer", "municipality", "branch", "occupation", "benefit_group", "programme", *OUTCOME_COUNTS)
        blobs = quarter_blocks(OutcomeColumns(**dict(zip(names, columns, strict=True))))
        for name, data in blobs.items():
            connection.execute("INSERT INTO blocks VALUES (1, ?, ?, ?)", (quarter.index, name, data))


def _write_measures(connection: sqlite3.Connection, measures: Sequence[str]) -> None:
    columns = [row[1] for row in connection.execute("PRAGMA table_info(measures)")]
    for measure in measures:
        values = dict.fromkeys(columns, "") | {"source": 1, "id": measure, "polarity": "high_is_good"}
        values |= {
            "sentence_en": f"What {measure} is.",
            "sentence_da": f"Hvad {measure} er.",
            "definition_version": "3",
        }
        marks = ", ".join("?" * len(columns))
        connection.execute(f"INSERT INTO measures VALUES ({marks})", tuple(values[column] for column in columns))


def _write_figures(connection: sqlite3.Connection, figures: Sequence[Figure]) -> None:
    for one in figures:
        row = (1, one.measure, one.area, one.period, one.group, one.value, one.numerator, one.denominator, one.state)
        columns = "source, measure, area, period, grp, value, numerator, denominator, state"
        connection.execute(f"INSERT INTO figures ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

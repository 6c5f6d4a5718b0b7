"""A snapshot of random outcomes of a few hundred employers, and the same facts as plain rows to add up by hand."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from jobcentre_desk.cache.migrations import migrate
from jobcentre_desk.cache.outcome_blocks import quarter_blocks
from jobcentre_desk.cache.schema import employer_ids_of_source
from jobcentre_desk.cache.snapshot import Snapshot
from jobcentre_desk.cache.snapshot_writer import write_derived
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.publishing.columns import OUTCOME_COUNTS, OUTCOME_IDS, OutcomeColumns

SOURCE = 1
"""The id of the source they come from."""
FIRST, KNOWN_THROUGH, LAST = Quarter.of(2023, 1), Quarter.of(2025, 2), Quarter.of(2025, 4)
MUNICIPALITIES = ("730", "707", "751", "101", "851")
BRANCHES = (
    ("G", "", 1), ("47", "G", 2), ("47.1", "47", 3), ("47.11", "47.1", 4), ("47.12", "47.1", 4), ("46", "G", 2),
    ("46.1", "46", 3), ("H", "", 1), ("49", "H", 2), ("49.4", "49", 3), ("49.41", "49.4", 4),
)  # fmt: skip
OCCUPATIONS = (("9", "", 1), ("93", "9", 2), ("933", "93", 3), ("9333", "933", 4), ("5", "", 1), ("52", "5", 2))
BENEFIT_GROUPS = ("cash", "sickness", "all")
PROGRAMMES = ("traineeship", "subsidy", "all")
NAMES = ("Søstrene Øst", "Bager Ågård", "Jensen A/S", "Łódź Import", "Aarhus Træ", "Ost & Vin", "Århus Bogtryk")


@dataclass(frozen=True)
class Row:
    """One fact in codes; None is null."""

    quarter: Quarter
    employer: int
    municipality: str
    branch: str
    occupation: str
    benefit_group: str
    programme: str
    started: int
    completed: int | None
    same: int | None
    same_branch: int | None
    other_branch: int | None

    @property
    def known(self) -> bool:
        """Whether outcomes of its quarter are known."""
        return self.quarter <= KNOWN_THROUGH

    @property
    def hidden(self) -> bool:
        """Whether a count of it is hidden."""
        return self.known and None in (self.completed, self.same, self.same_branch, self.other_branch)

    @property
    def jobs(self) -> int:
        """Known jobs."""
        return sum(count or 0 for count in (self.same, self.same_branch, self.other_branch))


@dataclass
class RandomOutcomes:
    """Employers 1..count and their facts; `window` 4 is a masked source."""

    rows: list[Row]
    own_branch: dict[int, str]
    names: dict[int, str]
    window: int = 1
    sole_proprietors_covered: bool = True
    sole_proprietors: set[int] = field(default_factory=set)

    def cvr(self, employer: int) -> str:
        """CVR numbers fall as ids rise, so that an order by id is seen."""
        return f"{90_000_000 - employer * 7:08d}"

    @contextmanager
    def figures(self, folder: Path) -> Iterator[Figures]:
        """The figures of a snapshot of it."""
        path = folder / "random.db"
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF;")
            migrate(connection)
            self._write_lists(connection)
            self._write_employers(connection)
            self._write_facts(connection)
            write_derived(connection, SOURCE)
            connection.commit()
        snapshot = Snapshot(path, number=1)
        try:
            yield Figures.open(snapshot)
        finally:
            snapshot.close()

    def _write_lists(self, connection: sqlite3.Connection) -> None:
        for table, codes in (("branches", BRANCHES), ("occupations", OCCUPATIONS)):
            rows = [
                (i, code, parent, level, f"da {code}", f"en {code}") for i, (code, parent, level) in enumerate(codes)
            ]
            connection.executemany(f"INSERT INTO {table} VALUES (?, ?, ?, ?, ?, ?)", rows)
        for table, flat in (("benefit_groups", BENEFIT_GROUPS), ("programmes", PROGRAMMES)):
            connection.executemany(
                f"INSERT INTO {table} VALUES (?, ?, ?, ?)", [(i, c, c, c) for i, c in enumerate(flat)]
            )
        areas = [(0, "081", "region", ""), (1, "fund-1", "fund", "")]
        areas += [(i, code, "municipality", "081") for i, code in enumerate(MUNICIPALITIES, 2)]
        for i, code, kind, parent in areas:
            area = (i, code, kind, code, code, parent, "", None, None, "")
            connection.execute("INSERT INTO areas VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", area)
        columns = [row[1] for row in connection.execute("PRAGMA table_info(sources)")]
        values = dict.fromkeys(columns, "x") | {
            "id": SOURCE, "sequence": 1, "released": "2026-01-01", "known_through": KNOWN_THROUGH.index,
            "minimum_count": 1, "share_minimum_count": 3, "demonstration": 0, "unsigned": 0,
            "outcome_window": self.window,
            "sole_proprietors": int(self.sole_proprietors_covered), "description": b"", "signature": b"",
            "synced_at": "2026-01-02T06:40:00", "kind": "publication",
        }  # fmt: skip
        connection.execute(f"INSERT INTO sources VALUES ({', '.join('?' * len(columns))})", tuple(values.values()))
        connection.execute("INSERT INTO files VALUES (1, 'p', 'n', 'outcomes', NULL, 'h', 'c', 1, 1, NULL)")

    def _write_employers(self, connection: sqlite3.Connection) -> None:
        branches = [code for code, *_rest in BRANCHES]
        for employer, branch in self.own_branch.items():
            sole = int(employer in self.sole_proprietors)
            number = employer_ids_of_source(SOURCE)[0] + employer
            row = (self.cvr(employer), self.names[employer], branches.index(branch), 2, "1-4", sole, 0, 1)
            connection.execute("INSERT INTO employers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, SOURCE, *row))

    def _write_facts(self, connection: sqlite3.Connection) -> None:
        for quarter in sorted({row.quarter for row in self.rows}):
            columns = columns_of([row for row in self.rows if row.quarter == quarter])
            for name, data in quarter_blocks(columns).items():
                connection.execute("INSERT INTO blocks VALUES (?, ?, ?, ?)", (SOURCE, quarter.index, name, data))


OpenOutcomes = Callable[[RandomOutcomes], Figures]
"""What the fixture `opened` is: figures of a snapshot of the outcomes, open until the test ends."""


def columns_of(rows: Sequence[Row]) -> OutcomeColumns:
    """Facts of one quarter as the columns a reader gives."""
    lists = {
        "municipality": ["", "", *MUNICIPALITIES],
        "branch": [code for code, *_rest in BRANCHES],
        "occupation": [code for code, *_rest in OCCUPATIONS],
        "benefit_group": list(BENEFIT_GROUPS),
        "programme": list(PROGRAMMES),
    }
    values = {name: np.array([codes.index(getattr(row, name)) for row in rows]) for name, codes in lists.items()}
    values["employer"] = np.array([row.employer for row in rows])
    for name, attribute in zip(
        OUTCOME_COUNTS, ("started", "completed", "same", "same_branch", "other_branch"), strict=True
    ):
        counts = [getattr(row, attribute) for row in rows]
        values[name] = np.array([-1 if count is None else count for count in counts])
    order = np.lexsort([values[name] for name in reversed(OUTCOME_IDS)])
    kinds = {"municipality": "i2", "branch": "i2", "occupation": "i2", "benefit_group": "i1", "programme": "i1"}
    return OutcomeColumns(**{name: column[order].astype(kinds.get(name, "i4")) for name, column in values.items()})


def random_outcomes(seed: int, *, employers: int = 240, hide: float = 0.0) -> RandomOutcomes:
    """Random facts; `hide` is the share of known facts with hidden job counts (half of those hide completed too)."""
    chance = random.Random(seed)
    leaves = ("47.11", "47.12", "46.1", "49.41", "47.1")
    own = {employer: chance.choices(leaves, (6, 3, 1, 2, 1))[0] for employer in range(1, employers + 1)}
    names = {employer: f"{chance.choice(NAMES)} {employer % 50}" for employer in own}
    facts: dict[tuple[object, ...], Row] = {}
    quarters = [Quarter(index) for index in range(FIRST.index, LAST.index + 1)]
    for employer in range(1, employers - 9):
        for _ in range(chance.randint(1, 14)):
            row = _random_row(chance, employer, chance.choice(quarters), own[employer], hide)
            key = (
                row.quarter,
                employer,
                row.municipality,
                row.branch,
                row.occupation,
                row.benefit_group,
                row.programme,
            )
            facts.setdefault(key, row)
    return RandomOutcomes(list(facts.values()), own, names)


def _random_row(chance: random.Random, employer: int, quarter: Quarter, own_branch: str, hide: float) -> Row:
    completed = chance.choice((0, 0, 1, 1, 2, 3, 9))
    same = chance.randint(0, completed)
    same_branch = chance.randint(0, completed - same)
    jobs: tuple[int | None, ...] = (same, same_branch, chance.randint(0, completed - same - same_branch))
    if quarter > KNOWN_THROUGH:
        jobs = (None, None, None)
    elif chance.random() < hide:
        jobs = (None, None, None)
        if chance.random() < 0.5:
            return _row(chance, employer, quarter, own_branch, (None, None, None, None))
    return _row(chance, employer, quarter, own_branch, (completed, *jobs))


def _row(
    chance: random.Random, employer: int, quarter: Quarter, own_branch: str, counts: tuple[int | None, ...]
) -> Row:
    workplace = own_branch if chance.random() < 0.8 else "49.41"
    return Row(
        quarter, employer, chance.choice(MUNICIPALITIES), workplace, chance.choice(("9333", "52", "933")),
        chance.choice(BENEFIT_GROUPS[:2]), chance.choice(PROGRAMMES[:2]), chance.randint(0, 4), *counts,
    )  # fmt: skip

"""Snapshots as earlier versions of the program wrote them: the steps up to that version, then rows put in."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from jobcentre_desk.cache.employer_blocks import employer_blocks
from jobcentre_desk.cache.migrations import STEPS, migrate
from jobcentre_desk.cache.outcome_blocks import quarter_blocks
from jobcentre_desk.cache.schema import employer_ids_of_source
from jobcentre_desk.desk.first_page import FirstPage
from jobcentre_desk.model.outcomes import Period
from jobcentre_desk.model.periods import Quarter, QuarterSpan
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing.columns import OUTCOME_COUNTS, OUTCOME_IDS, OutcomeColumns

KNOWN = Quarter.of(2025, 4)
EMPLOYERS = ((1, "10000009", "Nørre Brød A/S", 2, 3), (2, "10000017", "Østergård I/S", 3, 2))
"""Number, CVR number, name, branch, municipality."""
OUTCOMES = (
    (Quarter.of(2025, 3), 1, 2, 2, (3, 4, 1, 1, 0)),
    (Quarter.of(2025, 3), 2, 3, 2, (1, 2, 0, 0, 1)),
    (KNOWN, 1, 2, 2, (2, 5, 2, 0, 1)),
)
"""Quarter, employer, municipality, branch, counts; sorted as blocks want them."""
PLAIN_NUMBERS = {"10000009": (9, 5), "10000017": (2, 1)}
"""Completed and jobs of each employer, added up by hand."""


def put_former_snapshot(home: Home, version: int, *, outcomes: bool = True, withdrawn: bool = False) -> Path:
    """A whole snapshot of that version with a public source (id 1) and, with `outcomes`, an authority's (id 2).

    `withdrawn` is how things stand after a release without employers and outcomes.
    """
    home.snapshots.mkdir(parents=True, exist_ok=True)
    draft = home.snapshots / "draft"
    with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
        migrate(connection, STEPS[:version])
        _write_lists(connection)
        _write_source(connection, 1, "public", access="public")
        if outcomes:
            _write_source(connection, 2, "north")
            _write_outcomes(connection)
        if withdrawn:
            _withdraw_outcomes(connection)
    digest = hashlib.sha256(draft.read_bytes()).hexdigest()
    return draft.rename(home.snapshots / f"snap-00000001-{digest}.db")


def _write_lists(connection: sqlite3.Connection) -> None:
    areas = (("000", "country", ""), ("851", "municipality", "000"), ("860", "municipality", "000"))
    columns = "id, code, kind, name_da, name_en, parent, peer_group, neighbours"
    for number, (code, kind, parent) in enumerate(areas, 1):
        row = (number, code, kind, code, code, parent, "", "")
        connection.execute(f"INSERT INTO areas ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    for number, (code, parent, level) in enumerate((("G", "", 1), ("47", "G", 2), ("46", "G", 2)), 1):
        connection.execute("INSERT INTO branches VALUES (?, ?, ?, ?, ?, ?)", (number, code, parent, level, code, code))
    connection.execute("INSERT INTO occupations VALUES (1, '5', '', 1, 'Service', 'Service')")
    connection.execute("INSERT INTO benefit_groups VALUES (1, 'cash_benefit', 'Kontanthjælp', 'Cash benefit')")
    connection.execute("INSERT INTO programmes VALUES (1, 'traineeship', 'Virksomhedspraktik', 'Traineeship')")


def _write_source(connection: sqlite3.Connection, number: int, name: str, *, access: str = "authority") -> None:
    values = {
        "id": number, "name": name, "location": "x", "key_id": "k", "publisher": name, "publisher_name": name,
        "sequence": 3, "released": "2026-04-15", "definitions_version": "1", "known_through": KNOWN.index,
        "access": access, "minimum_count": 1, "share_minimum_count": 3, "demonstration": 1, "unsigned": 0,
        "sole_proprietors": 0, "outcome_window": 1, "description": b"", "signature": b"",
        "synced_at": "2026-05-01T06:40:00",
    }  # fmt: skip
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO sources ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))


def _write_outcomes(connection: sqlite3.Connection) -> None:
    """Rows, blocks, priors, the ready page and the files they came from, as the first two versions kept them."""
    for number, cvr, name, branch, municipality in EMPLOYERS:
        columns = (number, cvr, name, branch, municipality, "1-4", 0, 0, 1)
        connection.execute("INSERT INTO employers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", columns)
    _put_file(connection, "employers", None, len(EMPLOYERS))
    for quarter in sorted({fact[0] for fact in OUTCOMES}):
        facts = [fact[1:] for fact in OUTCOMES if fact[0] == quarter]
        for line, (employer, municipality, branch, counts) in enumerate(facts):
            row = (quarter.index * 10**8 + line, employer, municipality, branch, 1, 1, 1, *counts)
            connection.execute("INSERT INTO outcomes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        for block in quarter_blocks(_columns(facts)).items():
            connection.execute("INSERT INTO blocks VALUES (?, ?, ?)", (quarter.index, *block))
        _put_file(connection, f"outcomes-{quarter}", quarter.index, len(facts))
    for block in _employer_blocks().items():
        connection.execute("INSERT INTO employer_blocks VALUES (?, ?)", block)
    connection.execute("INSERT INTO priors VALUES (2, 'all', 1.0, 2.0, 2, 0)")
    connection.execute("INSERT INTO first_page VALUES (1, ?)", (_first_page(),))


def _withdraw_outcomes(connection: sqlite3.Connection) -> None:
    for table in ("files", "outcomes", "blocks", "priors", "first_page", "employer_blocks"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("UPDATE employers SET listed = 0")


def _put_file(connection: sqlite3.Connection, name: str, quarter: int | None, rows: int) -> None:
    row = (name, name, name.partition("-")[0], quarter, rows)
    connection.execute("INSERT INTO files VALUES (2, ?, ?, ?, ?, 'h', 'c', 1, ?, NULL)", row)


def _columns(facts: Sequence[tuple[int, int, int, Sequence[int]]]) -> OutcomeColumns:
    rows = [(area, branch, 1, employer, 1, 1, *counts) for employer, area, branch, counts in facts]
    names = (*OUTCOME_IDS, *OUTCOME_COUNTS)
    return OutcomeColumns(**dict(zip(names, np.array(rows, dtype=np.int32).T, strict=True)))


def _employer_blocks() -> dict[str, bytes]:
    """The blobs of employers, which have not changed since the first version."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection)
        for number, *rest in EMPLOYERS:
            row = (employer_ids_of_source(1)[0] + number, 1, *rest, "1-4", 0, 0, 1)
            connection.execute("INSERT INTO employers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        return employer_blocks(connection, 1)


def _first_page() -> str:
    import msgspec

    period = Period(span=QuarterSpan(Quarter.of(2025, 1), KNOWN), known_through=KNOWN, widened=False)
    return msgspec.json.encode(FirstPage(total=2, rated=2, period=period, rows=[])).decode()

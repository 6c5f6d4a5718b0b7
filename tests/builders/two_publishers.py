"""A home with two sources that publish y30r21 for the same municipalities, with other values and other periods."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.builders.signed_publication import Publisher
from tests.builders.synced_home import SyncedHome

from jobcentre_desk.model.publication import TABLE_COLUMNS, Access
from jobcentre_desk.model.workspace_records import SourceEntry
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing.code_lists import code_list_rows
from jobcentre_desk.publishing.measure_list import measure_rows

PARTS = ("expected_share", "actual_share", "difference", "persons_difference")
MUNICIPALITIES = ("730", "707", "746", "727")
OLDER, NEWER = "2022QMAT04", "2023QMAT02"
FIRST, SECOND = "ministry", "collected"
Shares = Mapping[str, tuple[str, ...]]
"""Expected, actual, difference and persons of the first municipality, by period; the others have 1 more of each."""

OF_FIRST: Shares = {OLDER: ("10.05", "10.08", "0.03", "20")}
OF_SECOND: Shares = {OLDER: ("10.10", "10.28", "0.18", "120"), NEWER: ("9.90", "9.70", "-0.20", "-130")}


def lines(table: str, rows: Sequence[Mapping[str, str]]) -> list[str]:
    """Rows of a table as lines of CSV, without a header."""
    buffer = io.StringIO()
    csv.DictWriter(buffer, TABLE_COLUMNS[table], lineterminator="\n").writerows(rows)
    return buffer.getvalue().splitlines()


def tables(shares: Shares, *, definition: str = "", benefit_group: str = "all") -> dict[str, list[str]]:
    """The tables of a publication of y30r21; `definition` replaces the sentence of every measure."""
    measures = [row for row in measure_rows() if row["id"].partition(".")[2] in PARTS and row["id"].startswith("y30")]
    told = {"sentence_da": definition, "sentence_en": definition} if definition else {}
    groups = [row for row in code_list_rows("benefit_groups") if row["code"] == "all"]
    return {
        "areas": lines("areas", code_list_rows("areas")),
        "benefit_groups": lines("benefit_groups", groups),
        "measures": lines("measures", [row | told for row in measures]),
        "figures": [
            f"y30r21.{part},{area},{period},{benefit_group},{_value(values[number], step)},,,known"
            for number, part in enumerate(PARTS)
            for period, values in shares.items()
            for step, area in enumerate(MUNICIPALITIES)
        ],
    }


def add_publication(home: SyncedHome, folder: Path, name: str, shares: Shares, *, definition: str = "") -> SourceEntry:
    """Write and add one publication of y30r21, in no sync yet."""
    publisher = Publisher.new()
    publisher.write(
        folder,
        tables=tables(shares, definition=definition),
        publisher=name.lower(),
        publisher_name=f"The {name}",
        outcomes_known_through=None,
        access=Access.PUBLIC,
        demonstration=False,
    )
    home.add(folder, publisher.key, name=name)
    return next(entry for entry in home.workspace.sources() if entry.name == name)


def two_publishers(home: Home, folder: Path) -> SyncedHome:
    """Both sources, synced; `FIRST` stands first."""
    synced = SyncedHome.at(home)
    add_publication(synced, folder / FIRST, FIRST, OF_FIRST, definition="As the ministry says.")
    add_publication(synced, folder / SECOND, SECOND, OF_SECOND, definition="As collected.")
    assert [synced.sync(name=FIRST).result, synced.sync(name=SECOND).result] == ["new", "unchanged"]
    return synced


def _value(digits: str, step: int) -> str:
    """The value of the municipality `step` places after the first, with as many decimals."""
    places = len(digits.partition(".")[2])
    return f"{float(digits) + step:.{places}f}"

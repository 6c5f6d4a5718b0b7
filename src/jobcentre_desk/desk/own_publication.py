"""An authority's own file kept as a publication: its tables written, unsigned, by the code that publishers use."""

from __future__ import annotations

import datetime as dt
import json
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jobcentre_desk.model.imports import Target
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.model.publication import CODE_LISTS, TABLE_COLUMNS, Access, Publication
from jobcentre_desk.publishing import writer
from jobcentre_desk.publishing.code_lists import code_list_rows
from jobcentre_desk.publishing.csv_rows import csv_bytes
from jobcentre_desk.publishing.format import PUBLICATION_FILE
from jobcentre_desk.publishing.masking import COLLAPSED, with_all
from jobcentre_desk.publishing.read_tables import table_bytes
from jobcentre_desk.publishing.row_rules import Row
from jobcentre_desk.sources.authority_lines import Counts, Key
from jobcentre_desk.sources.authority_rows import OwnEmployer, OwnFigures
from jobcentre_desk.task import Task

DEFINITIONS_VERSION = "1"
_NO_ID = re.compile(r"[^a-z0-9]+")
_LONGEST_ID = 40
_FLAGS = {True: "true", False: "false"}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRelease:
    """What stands in the description of a file taken in; `sequence` counts how often it was corrected."""

    publisher_name: str
    sequence: int
    released: dt.date


def write_own_publication(out: Path, figures: OwnFigures, release: OwnRelease, *, task: Task) -> Publication:
    """Write the figures of a file to the folder `out` as an unsigned publication, read back and checked.

    The same figures and release give the same bytes. Raises FileUnwritable.
    """
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder)
        for table in CODE_LISTS:
            (given / f"{table}.csv").write_bytes(_code_list(table, figures.collapsed))
        (given / "employers.csv").write_bytes(_table("employers", map(_employer_cells, figures.employers)))
        outcomes = sorted(figures.outcomes.items(), key=lambda item: item[0])
        (given / "outcomes.csv").write_bytes(_table("outcomes", (_outcome_cells(*place, c) for place, c in outcomes)))
        (given / PUBLICATION_FILE).write_text(json.dumps(_facts(figures, release)), encoding="utf-8")
        return writer.publish(given, out, secret_key=None, sequence=release.sequence, task=task)


def _facts(figures: OwnFigures, release: OwnRelease) -> dict[str, object]:
    return {
        "publisher": _NO_ID.sub("-", release.publisher_name.casefold()).strip("-")[:_LONGEST_ID] or "own-file",
        "publisher_name": release.publisher_name,
        "released": release.released.isoformat(),
        "definitions_version": DEFINITIONS_VERSION,
        "outcomes_known_through": str(figures.known_through) if figures.known_through else None,
        "access": Access.AUTHORITY.value,
    }


def _code_list(table: str, collapsed: Sequence[Target]) -> bytes:
    rows: list[Row] = [dict(row) for row in code_list_rows(table)]
    if COLLAPSED.get(table) in {target.value for target in collapsed}:
        rows = with_all(table, rows)
    return table_bytes(table, rows)


def _table(table: str, rows: Iterable[Sequence[str]]) -> bytes:
    return csv_bytes(TABLE_COLUMNS[table], rows)


def _employer_cells(employer: OwnEmployer) -> tuple[str, ...]:
    return (
        employer.cvr,
        employer.name,
        employer.branch,
        employer.municipality,
        employer.size_band,
        _FLAGS[employer.sole_proprietor],
        _FLAGS[employer.advertising_protected],
    )


def _outcome_cells(quarter: Quarter, key: Key, counts: Counts) -> tuple[str, ...]:
    return (str(quarter), *key, *("" if count is None else str(count) for count in counts))

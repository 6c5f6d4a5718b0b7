"""Taking an authority's own file in as tests do it, and the tables it becomes."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
from pathlib import Path
from typing import Any

from tests.builders.authority_files import HEADER, TARGETS
from tests.builders.synced_home import SyncedHome

from jobcentre_desk.desk.imports import ImportResult, import_file
from jobcentre_desk.model.imports import ColumnMapping, ImportMapping, Target
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.task import Task

KNOWN = Quarter.of(2025, 4)
MAPPING = ImportMapping(
    columns=tuple(
        ColumnMapping(column=column, target=Target(target)) for column, target in zip(HEADER, TARGETS, strict=True)
    )
)
TODAY = dt.date(2026, 11, 2)


def take_in(own: SyncedHome, path: Path, **facts: Any) -> ImportResult:
    """Take a file in as the source `own`; `facts` are said instead of the usual ones."""
    said: dict[str, Any] = {"name": "own", "basis": "Aftale af 1. maj 2025", "today": TODAY, "task": Task()} | facts
    return import_file(own.home, own.workspace, path, said.pop("mapping", MAPPING), **said)


def published_rows(folder: Path, table: str) -> list[dict[str, str]]:
    """All rows of one table of a publication."""
    rows: list[dict[str, str]] = []
    for path in sorted(folder.glob(f"tables/{table}-*.csv.gz")):
        rows += csv.DictReader(io.StringIO(gzip.decompress(path.read_bytes()).decode()))
    return rows

"""A verified release on its way into a snapshot, and what it changed there."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field

from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.model.publication import Publication, Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One release of one source; `read_gzip` gives the compressed bytes of a file, their hash still unchecked.

    `key_id` is the publisher's identity, "" when the release was taken unsigned.
    """

    name: str
    location: str
    key_id: str
    sole_proprietors: bool
    publication: Publication
    description: bytes
    signature: bytes
    etag: str
    read_gzip: Callable[[Resource], bytes]


@dataclass(frozen=True, slots=True)
class RowCounts:
    """Rows of a table that came, changed and went, compared on the table's key."""

    new: int = 0
    changed: int = 0
    gone: int = 0

    def __add__(self, other: RowCounts) -> RowCounts:
        return RowCounts(self.new + other.new, self.changed + other.changed, self.gone + other.gone)

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


@dataclass(frozen=True, slots=True)
class DefinitionChange:
    """One column of a measure's definition that the release words otherwise."""

    measure: str
    column: str
    old: str
    new: str


@dataclass(slots=True)
class ReleaseChanges:
    """What one release changed, table by table."""

    tables: dict[str, RowCounts] = field(default_factory=dict)
    definitions: list[DefinitionChange] = field(default_factory=list)
    quarters: dict[int, RowCounts] = field(default_factory=dict)

    def count(self, table: str, counts: RowCounts) -> None:
        """Add to the counts of a table."""
        self.tables[table] = self.tables.get(table, RowCounts()) + counts

    @property
    def total(self) -> RowCounts:
        """All tables together."""
        return sum(self.tables.values(), RowCounts())


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file of a release as the snapshot remembers it."""

    name: str
    table: str
    quarter: Quarter | None
    hash: str


def stored_files(connection: sqlite3.Connection, source: int) -> dict[str, StoredFile]:
    """The files of a source by name."""
    rows = connection.execute("SELECT name, tbl, quarter, hash FROM files WHERE source = ?", (source,))
    return {
        name: StoredFile(name=name, table=table, quarter=None if quarter is None else Quarter(quarter), hash=digest)
        for name, table, quarter, digest in rows
    }


def needed_resources(connection: sqlite3.Connection, name: str, publication: Publication) -> list[Resource]:
    """The files of a release that the snapshot does not hold yet.

    A quarter whose outcomes became known is read again even when its file stayed the same: its empty cells mean
    something else now, and the rules for them differ.
    """
    row = connection.execute("SELECT id, known_through FROM sources WHERE name = ?", (name,)).fetchone()
    if row is None:
        return list(publication.resources)
    stored = stored_files(connection, row[0])
    known, before = publication.outcomes_known_through, row[1]

    def holds(resource: Resource) -> bool:
        former = stored.get(resource.name)
        if former is None or former.hash != resource.hash:
            return False
        return resource.quarter is None or _known(resource.quarter, known) == (
            before is not None and resource.quarter.index <= before
        )

    return [resource for resource in publication.resources if not holds(resource)]


def _known(quarter: Quarter, known_through: Quarter | None) -> bool:
    return known_through is not None and quarter <= known_through

"""A verified release on its way into a snapshot, and what it changed there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from jobcentre_desk.model.publication import Publication, Resource, RowProblem
from jobcentre_desk.model.services import SourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One release of one source; `read_gzip` gives the compressed bytes of a file, their hash still unchecked.

    `key_id` is the publisher's identity, "" when the release was taken unsigned. `rows_read` is told how many rows
    of each file were read and checked.
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
    kind: SourceKind = SourceKind.PUBLICATION
    rows_read: Callable[[int], None] | None = None


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
    """What one release changed, table by table; `employers` are the ids whose rows differ now.

    None stands for more employers than are worth listing. What a service told that could not be used stands in
    `problems`, and the number its release got in `sequence` (a publication brings its own).
    """

    tables: dict[str, RowCounts] = field(default_factory=dict)
    definitions: list[DefinitionChange] = field(default_factory=list)
    quarters: dict[int, RowCounts] = field(default_factory=dict)
    employers: frozenset[int] | None = frozenset()
    problems: tuple[RowProblem, ...] = ()
    sequence: int | None = None

    def count(self, table: str, counts: RowCounts) -> None:
        """Add to the counts of a table."""
        self.tables[table] = self.tables.get(table, RowCounts()) + counts

    @property
    def total(self) -> RowCounts:
        """All tables together."""
        return sum(self.tables.values(), RowCounts())

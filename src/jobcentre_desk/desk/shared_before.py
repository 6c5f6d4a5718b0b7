"""What was shared before, so that nothing shared later can be subtracted from it.

A table that left the program is remembered in the workspace by its filters and quarters, with what was withheld in it
beyond the primary rule; its numbers are not kept, as the figures give them again. What a newer release revised is then
held against the newer numbers: nobody can subtract numbers that changed and know what the difference is.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass, field
from typing import Any

from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.workspace.store import Workspace

KEPT_DAYS = 730
"""How long a shared table is remembered."""
_FILTERS = ("municipalities", "branches", "occupations", "benefit_groups", "programmes")


@dataclass(frozen=True, slots=True)
class Part:
    """One row of a table about an employer: its quarters, its occupation ("" = the filter's), what is not in it.

    Of that `protects` is what was withheld so that another figure could not be worked out, or was small itself.
    """

    first: int
    last: int
    occupation: str
    withheld: int
    protects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedTable:
    """One table that was shared: of which `kind`, about whom (`subject`, "" for many), narrowed by which codes.

    `first`, `last` and `known` are indices of quarters. `withheld` has, by row (CVR number or code), the bits withheld
    beyond the primary rule; `parts` are the rows of a table about one employer, `reference` and what is withheld of it.
    """

    kind: str
    source: str
    filters: Mapping[str, tuple[str, ...]]
    first: int
    last: int
    known: int
    subject: str = ""
    withheld: Mapping[str, int] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    reference: str = ""
    reference_withheld: int = 0

    @property
    def scope(self) -> Scope:
        """Its filters and quarters as a scope."""
        return scope_of(self.filters).changed(first=Quarter(self.first), last=Quarter(self.last))

    @property
    def key(self) -> str:
        """What it is remembered by: all but what was withheld."""
        told = (self.kind, self.source, sorted(self.filters.items()), self.first, self.last, self.known, self.subject)
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


def filters_of(scope: Scope) -> dict[str, tuple[str, ...]]:
    """The codes a scope is narrowed to, list by list, in order; lists that do not narrow are left out."""
    return {name: tuple(sorted(getattr(scope, name))) for name in _FILTERS if getattr(scope, name)}


def scope_of(filters: Mapping[str, tuple[str, ...]]) -> Scope:
    """The scope with these filters."""
    return Scope().changed(**filters)


class SharedBefore:
    """The tables shared from one workspace, newest last."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def tables(self, source: str) -> tuple[SharedTable, ...]:
        """Those with figures of a source that are remembered still."""
        today = dt.datetime.now(dt.UTC).date()
        kept = [data for data in self._workspace.shared_tables() if _age(data, today) <= KEPT_DAYS]
        return tuple(_table(data) for data in kept if data["source"] == source)

    def remember(self, table: SharedTable) -> None:
        """Keep a table; what it withheld before and now is withheld, what it showed once is known."""
        before = next((one for one in self.tables(table.source) if one.key == table.key), None)
        withheld = dict(table.withheld)
        if before is not None:
            withheld = {row: bits & before.withheld[row] for row, bits in withheld.items() if row in before.withheld}
        if before is not None and withheld == dict(before.withheld) and table.parts == before.parts:
            return
        data = asdict(table) | {"withheld": withheld, "parts": [list(astuple(part)) for part in table.parts]}
        data |= {"shared_on": dt.datetime.now(dt.UTC).date().isoformat()}
        self._workspace.remember_shared_table(table.key, data, kept_days=KEPT_DAYS)


def _age(data: Mapping[str, Any], today: dt.date) -> int:
    return (today - dt.date.fromisoformat(data["shared_on"])).days


def _table(data: Mapping[str, Any]) -> SharedTable:
    known = {name: value for name, value in data.items() if name in SharedTable.__dataclass_fields__}
    known["filters"] = {name: tuple(codes) for name, codes in data["filters"].items()}
    known["parts"] = tuple(Part(*part) for part in data["parts"])
    return SharedTable(**known)

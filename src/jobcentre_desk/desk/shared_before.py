"""What was shared before, so that nothing shared later can be subtracted from it.

A table that left the program is remembered in the workspace by its filters and quarters, with what was withheld in it
beyond the primary rule; its numbers are not kept, as the figures give them again. What a newer release revised is then
held against the newer numbers: nobody can subtract numbers that changed and know what the difference is.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, astuple, dataclass, field, replace
from typing import Any

from jobcentre_desk.errors import WorkspaceUnusable
from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.text import translate as _
from jobcentre_desk.workspace.store import Workspace

KEPT_DAYS = 730
"""How long a shared table is remembered."""
AGAIN_DAYS = 30
"""A table shared again is kept as of its first day for so long, to spare the disk."""
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
    """The tables shared from one workspace, newest last; safe for threads.

    `tell` is given one WorkspaceUnusable, the first time that what left cannot be remembered; by any thread.
    """

    def __init__(self, workspace: Workspace, *, tell: Callable[[WorkspaceUnusable], None] | None = None) -> None:
        self._workspace, self._tell = workspace, tell
        self._read: tuple[list[dict[str, Any]], tuple[SharedTable, ...]] = ([], ())
        self._gathered: list[SharedTable] | None = None

    def tables(self, source: str) -> tuple[SharedTable, ...]:
        """Those with figures of a source that are remembered still."""
        today, data = dt.datetime.now(dt.UTC).date(), self._workspace.shared_tables()
        read = self._read
        if data != read[0]:
            read = self._read = (data, tuple(_table(one) for one in data))
        return tuple(
            table for one, table in zip(*read, strict=True) if table.source == source and _age(one, today) <= KEPT_DAYS
        )

    def remember(self, table: SharedTable) -> None:
        """Keep a table; what it withheld before and now is withheld, what it showed once is known."""
        if self._gathered is None:
            self.remember_all((table,))
        else:
            self._gathered.append(table)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Keep all that is remembered meanwhile at once, at the end; for many tables that leave together."""
        gathered: list[SharedTable] = []
        self._gathered = gathered
        try:
            yield
        finally:
            self._gathered = None
            self.remember_all(gathered)

    def remember_all(self, tables: Iterable[SharedTable]) -> None:
        """Keep some tables at once, as of many reports."""
        today = dt.datetime.now(dt.UTC).date()
        before = {data["key"]: data for data in self._workspace.shared_tables()}
        changed = {}
        for table in tables:
            former = before.get(table.key)
            data = _data(table if former is None else _both(_table(former), table))
            if former is None or _age(former, today) > AGAIN_DAYS or not data.items() <= former.items():
                changed[table.key] = data | {"key": table.key, "shared_on": today.isoformat()}
        if changed:
            try:
                self._workspace.remember_shared_tables(changed, kept_days=KEPT_DAYS)
            except WorkspaceUnusable as fault:  # as in a folder that can only be read: what left has left
                self._tell_once(fault)

    def _tell_once(self, fault: WorkspaceUnusable) -> None:
        tell, self._tell = self._tell, None
        if tell is not None:
            words = _("What leaves the program cannot be remembered, and later exports are not held against it:")
            tell(WorkspaceUnusable(f"{words} {fault.message}", fault.hint))


def _both(former: SharedTable, table: SharedTable) -> SharedTable:
    """The table with only that withheld which was withheld both times."""
    withheld = {row: both for row, bits in table.withheld.items() if (both := bits & former.withheld.get(row, 0))}
    parts = {(part.first, part.last, part.occupation): part for part in former.parts}
    for part in table.parts:
        place = (part.first, part.last, part.occupation)
        seen = parts.get(place, part)
        parts[place] = replace(part, withheld=part.withheld & seen.withheld, protects=part.protects & seen.protects)
    return replace(table, withheld=withheld, parts=tuple(parts.values()))


def _data(table: SharedTable) -> dict[str, Any]:
    """A table as JSON has it."""
    data = asdict(table)
    data["filters"] = {name: list(codes) for name, codes in table.filters.items()}
    return data | {"parts": [list(astuple(part)) for part in table.parts]}


def _age(data: Mapping[str, Any], today: dt.date) -> int:
    return (today - dt.date.fromisoformat(data["shared_on"])).days


def _table(data: Mapping[str, Any]) -> SharedTable:
    known = {name: value for name, value in data.items() if name in SharedTable.__dataclass_fields__}
    known["filters"] = {name: tuple(codes) for name, codes in data["filters"].items()}
    known["parts"] = tuple(Part(*part) for part in data["parts"])
    return SharedTable(**known)

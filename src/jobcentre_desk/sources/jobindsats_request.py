"""Questions to Jobindsats: which periods, levels and areas are asked for, in pieces that the service can answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from jobcentre_desk.model.services import EVERY_LEVEL, TOTAL, KnownTable, TableQuery
from jobcentre_desk.sources.jobindsats_tables import GEOGRAPHY, Hierarchy, JobindsatsTable

# A minute is all the service gives a question. 20,000 cells make a body of about 2 MB (recorded: 95 bytes a row).
MOST_CELLS = 20_000
MOST_PERIODS = 60
TRAILING = {"M": 14, "MYTD": 14, "Q": 6, "QMAT": 6, "Y": 3}
_AVAILABLE = re.compile(r"only (\d+) periods? (?:is|are) available")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of one hierarchy: "/" for the total, "*" for every level, else ids."""

    hierarchy: Hierarchy
    levels: tuple[str, ...]

    @property
    def is_total(self) -> bool:
        """Whether only the total is asked for."""
        return self.levels == (TOTAL,)

    @property
    def count(self) -> int:
        """How many levels the answer may hold."""
        if self.levels == (EVERY_LEVEL,):
            return max(1, len(self.hierarchy.levels))
        return len(self.levels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: a table, its geography, its other hierarchies, and the periods (or how many of the latest)."""

    table: str
    kind: str
    place: Asked
    breakdowns: tuple[Asked, ...]
    periods: tuple[str, ...] = ()
    latest: int = 0

    @property
    def path(self) -> str:
        """The question as the service takes it; there is no key in it."""
        periods = ",".join(self.periods) or f"latest:{self.latest}"
        asked = [("mgroup.*", "*"), (f"period.{self.kind}", periods)]
        asked += [(f"hierarchy.{one.hierarchy.id}", ",".join(one.levels)) for one in (self.place, *self.breakdowns)]
        pairs = "&".join(f"{quote(name, safe='*')}={quote(value, safe='*/:,')}" for name, value in asked)
        return f"data/{quote(self.table, safe='')}?{pairs}&format=json"

    def halves(self) -> tuple[Question, ...]:
        """The question in two: by periods, else by areas named one by one; none when it cannot be parted."""
        middle = len(self.periods) // 2
        if middle:
            return tuple(replace(self, periods=part) for part in (self.periods[:middle], self.periods[middle:]))
        ids = self.place.levels
        if ids == (EVERY_LEVEL,):
            ids = tuple(level.id for level in self.place.hierarchy.levels)
        middle = len(ids) // 2
        parts = (ids[:middle], ids[middle:]) if middle else ()
        return tuple(replace(self, place=Asked(self.place.hierarchy, part)) for part in parts)


def period_kind(table: JobindsatsTable, query: TableQuery) -> str:
    """The period type to ask for: the one asked for, that of the table's updates, or its first."""
    if query.period_kind:
        return query.period_kind
    if table.update_kind in table.periods or not table.periods:
        return table.update_kind
    return next(iter(table.periods))


def periods_to_ask(available: Sequence[str], query: TableQuery, *, kind: str, known: KnownTable | None) -> list[str]:
    """The periods wanted, oldest first: on the first sync the latest ones, later what is new and a trailing window.

    Past periods are revised, so the last 14 months (6 quarters, 3 years) of those loaded are asked for again.
    """
    newest = list(available)[-query.latest :] if query.latest else list(available)
    if known is None or known.query != query or not known.periods:
        return newest
    trailing = set(list(available)[-TRAILING.get(kind, 6) :])
    wanted = set(newest)
    return [p for p in available if (p in wanted and p not in known.periods) or (p in trailing and p in known.periods)]


def questions(
    table: JobindsatsTable, query: TableQuery, *, periods: Sequence[str], kind: str, most_cells: int = MOST_CELLS
) -> list[Question]:
    """The questions that together ask for `periods` of `query`, none with more than `most_cells` cells if it can be.

    Without known periods one question asks for the latest ones. Funds and areas are two ways to part the country,
    so funds are asked for the whole country, in questions of their own.
    """
    columns = max(1, len(table.measures))
    found: list[Question] = []
    for question in _ways(table, query, kind=kind):
        if not periods:
            found.append(replace(question, latest=query.latest or MOST_PERIODS))
        found += _pieces(question, periods, columns=columns, most_cells=most_cells)
    return found


def with_what_there_is(question: Question, cause: str) -> Question | None:
    """The question again for as many periods as the service says there are; None when it says something else."""
    told = _AVAILABLE.search(cause)
    if not told or not question.latest or int(told[1]) >= question.latest or int(told[1]) == 0:
        return None
    return replace(question, latest=int(told[1]))


def unknown_names(table: JobindsatsTable, query: TableQuery) -> list[str]:
    """The dimensions of a query that the table does not have (any more)."""
    return [name for name, _levels in query.dimensions if table.hierarchy(name) is None]


def _ways(table: JobindsatsTable, query: TableQuery, *, kind: str) -> Iterator[Question]:
    asked = [Asked(held, levels) for name, levels in query.dimensions if (held := table.hierarchy(name))]
    place = next((one for one in asked if one.hierarchy.is_geography), _usual_place(table))
    others = _in_order(table, [one for one in asked if not one.hierarchy.is_geography])
    only_total = [Asked(one.hierarchy, (TOTAL,)) if one.hierarchy.is_funds else one for one in others]
    by_fund = only_total != others
    if not by_fund or not place.is_total:
        yield Question(table=table.id, kind=kind, place=place, breakdowns=tuple(only_total))
    if by_fund:
        country = Asked(place.hierarchy, (TOTAL,))
        yield Question(table=table.id, kind=kind, place=country, breakdowns=tuple(others))


def _usual_place(table: JobindsatsTable) -> Asked:
    held = next((found for name in GEOGRAPHY if (found := table.hierarchy(name))), None)
    held = held or Hierarchy("_hele_landet", "", ())
    return Asked(held, (TOTAL,) if held.id == "_hele_landet" else (EVERY_LEVEL,))


def _in_order(table: JobindsatsTable, asked: Iterable[Asked]) -> list[Asked]:
    """As the metadata orders them: the columns of an answer come in that order."""
    place = {hierarchy.id: at for at, hierarchy in enumerate(table.hierarchies)}
    return sorted(asked, key=lambda one: place[one.hierarchy.id])


def _pieces(question: Question, periods: Sequence[str], *, columns: int, most_cells: int) -> Iterator[Question]:
    per_area = columns
    for one in question.breakdowns:
        per_area *= one.count
    per_period = per_area * question.place.count
    step = max(1, min(MOST_PERIODS, most_cells // per_period))
    for start in range(0, len(periods), step):
        piece = replace(question, periods=tuple(periods[start : start + step]))
        if per_period <= most_cells:
            yield piece
        else:
            yield from (replace(piece, place=place) for place in _parts_of(piece.place, most_cells // per_area))


def _parts_of(place: Asked, size: int) -> Iterator[Asked]:
    """The areas in parts of at most `size`, the total by itself; every level only where the metadata lists them."""
    ids = place.levels
    if ids == (EVERY_LEVEL,):
        ids = tuple(level.id for level in place.hierarchy.levels) or ids
    if TOTAL in ids:
        yield Asked(place.hierarchy, (TOTAL,))
    parts = tuple(one for one in ids if one != TOTAL)
    step = max(1, size)
    for start in range(0, len(parts), step):
        yield Asked(place.hierarchy, parts[start : start + step])

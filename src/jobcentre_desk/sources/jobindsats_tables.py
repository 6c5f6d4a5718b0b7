"""What Jobindsats tells of its tables: subjects, dates of release, periods, measures, and the levels of dimensions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jobcentre_desk import text
from jobcentre_desk.model.periods import PublishedPeriod
from jobcentre_desk.model.services import TableOffer

AREAS = "_omrade"
GEOGRAPHY = ("_nykom", "_region", "_hele_landet", "_reko")
FUNDS = "_akasse"
GROUPS = "_ygr"
DEEPEST = 12
_ISO_DATE = re.compile(r"^(\d{4}-\d{2}-\d{2})")
_DANISH_DATE = re.compile(r"^(\d{2})-(\d{2})-(\d{4})")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a hierarchy: its id (a path, "/" for the total) and its Danish label."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """A way to break a table down; `levels` top down, the same label may stand twice (a total and its only part).

    `total` is the id of the level that holds everybody, "" when there is none.
    """

    id: str
    dimension: str
    levels: tuple[Level, ...]
    total: str = ""

    @property
    def is_geography(self) -> bool:
        """Whether its levels are areas."""
        return self.dimension == AREAS or self.id in GEOGRAPHY

    @property
    def is_funds(self) -> bool:
        """Whether its levels are unemployment-insurance funds."""
        return self.id.startswith(FUNDS)

    @property
    def is_groups(self) -> bool:
        """Whether its levels are benefit groups."""
        return self.id.startswith(GROUPS)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobindsatsTable:
    """One table as its metadata tells it; `periods` by period type, oldest first; `measures` are (id, label)."""

    id: str
    title: str
    update_kind: str
    updated: str
    next_update: str
    periods: Mapping[str, tuple[str, ...]]
    measures: tuple[tuple[str, str], ...]
    hierarchies: tuple[Hierarchy, ...]

    def hierarchy(self, name: str) -> Hierarchy | None:
        """The hierarchy of this id, or one of the dimension of this id (of areas, that of municipalities if any)."""
        by_id = {hierarchy.id: hierarchy for hierarchy in self.hierarchies}
        if name == AREAS:
            return next((by_id[one] for one in GEOGRAPHY if one in by_id), None)
        return by_id.get(name) or next((one for one in self.hierarchies if one.dimension == name), None)


def read_table(told: object, *, name: str) -> JobindsatsTable | None:
    """The metadata of `/table/<id>`; None when it is none (no dimensions and no measures)."""
    entry = next((found for found in _objects(told) if "dimensions" in found or "mgroups" in found), None)
    if entry is None:
        return None
    return JobindsatsTable(
        id=name,
        title=_text(entry, "table_name") or name,
        update_kind=_text(entry, "update_freq").upper(),
        updated=_date(entry, "update_latest"),
        next_update=_date(entry, "update_next"),
        periods=_periods(entry),
        measures=_measures(entry),
        hierarchies=tuple(_hierarchies(entry)),
    )


def read_offers(told: object, subjects: Mapping[str, str]) -> tuple[TableOffer, ...]:
    """The tables in the answer to `/tables`, each once, with the title of its subject."""
    found: dict[str, TableOffer] = {}
    for entry, subject in _entries(told):
        name = _text(entry, "table_id").lower()
        if not name:
            continue
        offer = TableOffer(
            table=name,
            title=_text(entry, "table_name") or name,
            subject=subject or subjects.get(_text(entry, "subject_id"), ""),
            updated=_date(entry, "update_latest"),
            next_update=_date(entry, "update_next"),
            measures=_measures(entry),
        )
        found[name] = _merged(found.get(name), offer)
    return tuple(found.values())


def read_subjects(told: object) -> dict[str, str]:
    """The titles of subjects by their id, from the answer to `/subjects`."""
    held = ((_text(entry, "subject_id"), _text(entry, "subject_name")) for entry in _objects(told))
    return {number: title for number, title in held if number and title}


def _merged(held: TableOffer | None, offer: TableOffer) -> TableOffer:
    """A table listed under several subjects stands under the first one that has a title."""
    return offer if held is None else replace(held, subject=held.subject or offer.subject)


def _entries(told: object, subject: str = "", *, depth: int = DEEPEST) -> Iterator[tuple[Mapping[str, object], str]]:
    """Every object in an answer with the title of the subject it stands under; nothing nested deeper than `depth`."""
    if isinstance(told, dict):
        subject = _text(told, "subject_name") or subject
        yield told, subject
    for child in _children(told) if depth else ():
        yield from _entries(child, subject, depth=depth - 1)


def _objects(told: object) -> Iterator[Mapping[str, object]]:
    return (entry for entry, _subject in _entries(told))


def _children(told: object) -> Sequence[object]:
    held = told.values() if isinstance(told, dict) else told if isinstance(told, list) else ()
    return [child for child in held if isinstance(child, dict | list)]


def _periods(entry: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    kinds: dict[str, tuple[str, ...]] = {}
    for kind in _children(entry.get("periods")):
        if isinstance(kind, dict):
            held = {_text(value, "period_id") for value in _objects(kind.get("values"))}
            known = sorted((period for one in held if (period := PublishedPeriod.parse(one))), key=str)
            kinds[_text(kind, "periodtype_id").upper()] = tuple(str(period) for period in known)
    return kinds


def _measures(entry: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    held = ((_text(group, "mgroup_id"), _text(group, "mgroup_name")) for group in _objects(entry.get("mgroups")))
    return tuple(dict.fromkeys((name, label) for name, label in held if name and label))


def _hierarchies(entry: Mapping[str, object]) -> Iterator[Hierarchy]:
    for dimension in _objects(entry.get("dimensions")):
        for hierarchy in _children(dimension.get("hierarchies")):
            if isinstance(hierarchy, dict):
                yield _hierarchy(hierarchy, dimension=_text(dimension, "dimension_id"))


def _hierarchy(told: Mapping[str, object], *, dimension: str) -> Hierarchy:
    steps = [_levels(step) for step in _children(told.get("levels"))]
    levels = [level for step in steps for level in step]
    return Hierarchy(_text(told, "hierarchy_id"), dimension, tuple(levels), _total(steps))


def _levels(step: object) -> list[Level]:
    held = ((_text(value, "value_id"), _text(value, "value_name")) for value in _objects(step))
    return [Level(value, label) for value, label in held if value and label]


def _total(steps: Sequence[Sequence[Level]]) -> str:
    """The total is "/"; failing that, the one value above all others, or the first when it is called "in all"."""
    first = steps[0] if steps else ()
    if any(level.id == "/" for step in steps for level in step):
        return "/"
    alone = len(first) == 1 and len(steps) > 1
    return first[0].id if first and (alone or first[0].name.casefold().endswith("i alt")) else ""


def _text(entry: Mapping[str, object], name: str) -> str:
    told = entry.get(name)
    return text.clean(told) if isinstance(told, str) else ""


def _date(entry: Mapping[str, object], name: str) -> str:
    """A date as 2026-07-21, however it was written; "" when it is none."""
    told = _text(entry, name)
    if iso := _ISO_DATE.match(told):
        return iso[1]
    danish = _DANISH_DATE.match(told)
    return f"{danish[3]}-{danish[2]}-{danish[1]}" if danish else ""

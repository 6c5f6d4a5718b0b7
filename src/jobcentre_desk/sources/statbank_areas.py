"""Which variable of a StatBank table holds the areas, and which of its levels are areas of the program."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jobcentre_desk.model.areas import Area, AreaKind
from jobcentre_desk.publishing.code_lists import code_list_rows
from jobcentre_desk.sources.statbank_tables import TableInfo, Variable

FEWEST_AREAS = 3
KINDS = frozenset({AreaKind.COUNTRY, AreaKind.REGION, AreaKind.MUNICIPALITY})

_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class KnownAreas:
    """The country, the regions and the municipalities, by code and by their names in both languages."""

    by_code: Mapping[str, Area]
    by_name: Mapping[str, str]

    @classmethod
    def of(cls, areas: Sequence[Area]) -> KnownAreas:
        """The official areas, and `areas` over them where they tell more."""
        known = {area.code: area for area in (*_shipped(), *areas) if area.kind in KINDS}
        names: dict[str, str] = {}
        for area in known.values():
            for name in (area.name_da, area.name_en):
                names.setdefault(plain_name(name), area.code)
        return cls(known, names)

    def code_of(self, level: str) -> str | None:
        """The code of the area that a level's code stands for; None when it is none of ours."""
        return level if level in self.by_code else None

    def named(self, label: str) -> str | None:
        """The code of the area that a label names in Danish or English."""
        return self.by_name.get(plain_name(label))


def plain_name(name: str) -> str:
    """A name without case, blanks, hyphens and dots, so that `Høje-Taastrup` and `Høje Taastrup` are one."""
    return _NOT_LETTERS.sub("", name).casefold().replace("aa", "å")


def area_variable(table: TableInfo, areas: KnownAreas) -> Variable | None:
    """The variable with most levels that are areas by code and name alike; None in a table of the whole country.

    A branch or an education may have three digits too, but not the name of a municipality.
    """
    counted = [
        (_areas_among(variable, areas), -place, variable)
        for place, variable in enumerate(table.variables)
        if not variable.is_time
    ]
    most = max(counted, key=lambda found: found[:2], default=None)
    return most[2] if most and most[0] >= FEWEST_AREAS else None


def areas_of(variable: Variable | None, areas: KnownAreas) -> dict[str, str]:
    """The code of the area for each level that is one of ours, by the level's code."""
    found = ((level.id, areas.code_of(level.id)) for level in variable.levels) if variable else ()
    return {level: code for level, code in found if code}


def _areas_among(variable: Variable, areas: KnownAreas) -> int:
    return sum(
        1
        for level in variable.levels
        if areas.code_of(level.id) and level.id in {areas.named(level.name_da), areas.named(level.name_en)}
    )


def _shipped() -> Iterable[Area]:
    for row in code_list_rows("areas"):
        yield Area(
            row["code"],
            AreaKind(row["kind"]),
            row["name_da"],
            row["name_en"],
            row["parent"],
            row["peer_group"],
            _number(row["tile_column"]),
            _number(row["tile_row"]),
            tuple(filter(None, row["neighbours"].split(";"))),
        )


def _number(written: str) -> int | None:
    return int(written) if written else None

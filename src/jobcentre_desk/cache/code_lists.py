"""The code lists of a snapshot: areas, branches, occupations, benefit groups and programmes, with their ids."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from jobcentre_desk.model.areas import Area, AreaKind
from jobcentre_desk.model.classifications import Code, CodeTree


@dataclass(frozen=True, slots=True)
class CodeLists:
    """Every code list; `ids` gives list name -> code -> the small id that blocks use, which never changes."""

    areas: dict[str, Area]
    branches: CodeTree
    occupations: CodeTree
    benefit_groups: CodeTree
    programmes: CodeTree
    ids: dict[str, dict[str, int]]

    def tree(self, name: str) -> CodeTree:
        """The list called `name`; areas have no tree here."""
        trees = {
            "branches": self.branches,
            "occupations": self.occupations,
            "benefit_groups": self.benefit_groups,
            "programmes": self.programmes,
        }
        return trees[name]


def read_code_lists(connection: sqlite3.Connection) -> CodeLists:
    """Read all code lists of a snapshot, each in the order of its ids."""
    areas = {area.code: area for area in _read_areas(connection)}
    names = ("areas", "branches", "occupations", "benefit_groups", "programmes")
    return CodeLists(
        areas=areas,
        branches=CodeTree(_read_tree(connection, "branches")),
        occupations=CodeTree(_read_tree(connection, "occupations")),
        benefit_groups=CodeTree(_read_flat(connection, "benefit_groups")),
        programmes=CodeTree(_read_flat(connection, "programmes")),
        ids={name: _read_ids(connection, name) for name in names},
    )


def _read_areas(connection: sqlite3.Connection) -> list[Area]:
    columns = "code, kind, name_da, name_en, parent, peer_group, tile_column, tile_row, neighbours"
    rows = connection.execute(f"SELECT {columns} FROM areas ORDER BY id")  # noqa: S608 - constants alone
    return [_area(*row) for row in rows]


def _area(code: str, kind: str, *named: Any) -> Area:
    values = (code, AreaKind(kind), *named[:-1], _parted(named[-1]))
    return Area(*values)


def _parted(neighbours: str) -> tuple[str, ...]:
    return tuple(code for code in neighbours.split(";") if code)


def _read_tree(connection: sqlite3.Connection, table: str) -> list[Code]:
    rows = connection.execute(
        f"SELECT code, title_da, title_en, parent, level FROM {table} ORDER BY id"  # noqa: S608 - our own names
    )
    return [Code(*row) for row in rows]


def _read_flat(connection: sqlite3.Connection, table: str) -> list[Code]:
    rows = connection.execute(f"SELECT code, title_da, title_en FROM {table} ORDER BY id")  # noqa: S608 - our own names
    return [Code(*row) for row in rows]


def _read_ids(connection: sqlite3.Connection, table: str) -> dict[str, int]:
    rows = connection.execute(f"SELECT code, id FROM {table} ORDER BY id")  # noqa: S608 - our own names
    return dict(rows.fetchall())

"""The official code lists shipped in `data/`, as rows of a publication's tables."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from jobcentre_desk.model.areas import AreaKind
from jobcentre_desk.model.publication import CODE_LISTS, TABLE_COLUMNS
from jobcentre_desk.paths import shipped

Row = dict[str, str]


def code_list_rows(table: str) -> list[Row]:
    """All rows of one code list ("areas", "branches" ...), in the columns and order a publication has them in."""
    if table not in CODE_LISTS:
        raise ValueError(table)
    rows = _area_rows() if table == "areas" else read_data(f"{table}.csv")
    return [{column: row[column] for column in TABLE_COLUMNS[table]} for row in rows]


@cache
def read_data(name: str) -> tuple[Row, ...]:
    """The rows of one CSV file under `data/`, every cell as text."""
    with _data_file(name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _data_file(name: str) -> Path:
    return shipped("data").joinpath(*name.split("/"))


def _area_rows() -> list[Row]:
    nothing = {"peer_group": "", "tile_column": "", "tile_row": "", "neighbours": ""}
    above = [row | nothing for row in read_data("regions.csv")]
    below = [
        row | {"kind": AreaKind.MUNICIPALITY.value, "parent": row["region"]} for row in read_data("municipalities.csv")
    ]
    return above + below

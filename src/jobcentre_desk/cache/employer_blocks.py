"""Writing the blocks of employers: all of them at the first sync, and only what differs from one to the next.

Both ways end in the same function, so that the same employers always give the same bytes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.cache.employers import ADVERTISING_PROTECTED, KINDS, LISTED, SOLE_PROPRIETOR
from jobcentre_desk.cache.names import folded_names, line_blob
from jobcentre_desk.cache.schema import EMPLOYER_ID_FACTOR, employer_ids_of_source

NAMES_AT_ONCE = 20_000
"""Folding 300,000 names in one go would take 150 MB for a moment."""

_SELECT = (
    f"SELECT id % {EMPLOYER_ID_FACTOR}, cvr, name, branch, municipality, size_band,"  # noqa: S608 - a constant
    " sole_proprietor, advertising_protected, listed FROM employers"
)

_Row: TypeAlias = tuple[int, str, str, int, int, str, int, int, int]


@dataclass(slots=True)
class _Table:
    """Employers by their place in the ascending ids; `first` and `second` are folds of the names.

    `order` lists the places nearly by folded name, which makes sorting them quick.
    """

    ids: list[int]
    cvr: list[str]
    name: list[str]
    branch: list[int]
    municipality: list[int]
    band: list[str]
    flags: list[int]
    first: list[str]
    second: list[str]
    order: list[int]


def employer_blocks(connection: sqlite3.Connection, source: int) -> dict[str, bytes]:
    """The blobs of a source in table `employer_blocks`, from the table `employers` of the same snapshot."""
    table = _Table([], [], [], [], [], [], [], [], [], [])
    ids = employer_ids_of_source(source)
    _append(table, connection.execute(f"{_SELECT} WHERE id >= ? AND id < ? ORDER BY id", ids))
    table.first, table.second = _folded(table.name)
    table.order = list(range(len(table.ids)))
    return _blobs(table)


def updated_employer_blocks(
    connection: sqlite3.Connection, source: int, different: Collection[int]
) -> dict[str, bytes]:
    """The same blobs, made from those in the snapshot and the rows of the numbers that are `different` since."""
    rows = connection.execute("SELECT name, data FROM employer_blocks WHERE source = ?", (source,))
    before: dict[str, bytes] = dict(rows)
    if not before:
        return employer_blocks(connection, source)
    table = _table_of(before)
    before.clear()
    first, end = employer_ids_of_source(source)
    read = [connection.execute(f"{_SELECT} WHERE id = ?", (first + number,)) for number in sorted(different)]
    _update(table, [row for cursor in read if (row := cursor.fetchone()) is not None])
    count, last = connection.execute(
        "SELECT count(*), max(id) FROM employers WHERE id >= ? AND id < ?", (first, end)
    ).fetchone()
    if count != len(table.ids) or last != first + max(table.ids, default=0):  # an employer was deleted
        return employer_blocks(connection, source)
    return _blobs(table)


def employers_went(connection: sqlite3.Connection, source: int) -> bool:
    """Whether the blocks of a source hold another number of employers than its rows."""
    in_blocks = connection.execute(
        "SELECT length(data) / 4 FROM employer_blocks WHERE source = ? AND name = 'first_ids'", (source,)
    ).fetchone()
    in_rows = connection.execute("SELECT count(*) FROM employers WHERE source = ?", (source,)).fetchone()
    return in_blocks is not None and in_blocks[0] != in_rows[0]


def _append(table: _Table, rows: Iterable[_Row]) -> None:
    bands: dict[str, str] = {}
    for number, cvr, name, branch, municipality, band, sole, protected, listed in rows:
        table.ids.append(number)
        table.cvr.append(cvr)
        table.name.append(name)
        table.branch.append(branch)
        table.municipality.append(municipality)
        table.band.append(bands.setdefault(band, band))  # one object a band, not one a row
        table.flags.append(listed * LISTED + sole * SOLE_PROPRIETOR + protected * ADVERTISING_PROTECTED)


def _folded(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Both folds of many names, some thousand at a time; where the second is the same, it is the same object."""
    first: list[str] = []
    second: list[str] = []
    for start in range(0, len(names), NAMES_AT_ONCE):
        ones, others = folded_names(names[start : start + NAMES_AT_ONCE])
        first += ones
        second += [one if one == other else other for one, other in zip(ones, others, strict=True)]
    return first, second


def _table_of(blobs: dict[str, bytes]) -> _Table:
    """The employers as the blobs have them."""
    array = {name: np.frombuffer(blobs[name], kind) for name, kind in KINDS.items()}
    ids = array["first_ids"]
    bands = blobs["size_bands"].decode().split("\n")
    names = _split(blobs["names"], len(array["cvr"]))
    first = _split(blobs["first_lines"], len(ids))
    second = first.copy()
    places = np.searchsorted(ids, array["second_ids"]).tolist()
    for place, line in zip(places, _split(blobs["second_lines"], len(places)), strict=True):
        second[place] = line
    return _Table(
        ids=ids.tolist(),
        cvr=_split(blobs["cvrs_lines"], len(ids)),
        name=[names[number] for number in ids.tolist()],
        branch=array["branch"].take(ids).tolist(),
        municipality=array["municipality"].take(ids).tolist(),
        band=[bands[number] for number in array["size_band"].take(ids).tolist()],
        flags=array["flags"].take(ids).tolist(),
        first=first,
        second=second,
        order=np.argsort(array["name_rank"].take(ids)).tolist(),
    )


def _split(blob: bytes, lines: int) -> list[str]:
    return blob.decode().split("\n")[:lines]


def _update(table: _Table, rows: Sequence[_Row]) -> None:
    """Put rows in; those with an id the table has not are behind its last one."""
    came = _Table([], [], [], [], [], [], [], [], [], [])
    _append(came, rows)
    came.first, came.second = _folded(came.name)
    place_of = {number: place for place, number in enumerate(table.ids)}
    places = [place_of.setdefault(number, len(place_of)) for number in came.ids]
    for column in ("ids", "cvr", "name", "branch", "municipality", "band", "flags", "first", "second"):
        values = getattr(table, column)
        for place, value in zip(places, getattr(came, column), strict=True):
            values[place : place + 1] = [value]
    put = set(places)
    table.order = [place for place in table.order if place not in put] + places


def _blobs(table: _Table) -> dict[str, bytes]:
    ids = np.array(table.ids, dtype=np.int64)
    size = int(ids.max(initial=-1)) + 1
    bands = sorted(set(table.band))
    number = {band: place for place, band in enumerate(bands)}
    values = {
        "cvr": np.fromiter(map(int, table.cvr), np.int32),
        "branch": table.branch,
        "municipality": table.municipality,
        "flags": table.flags,
        "size_band": np.fromiter(map(number.__getitem__, table.band), np.uint8),
        "name_rank": _ranks(table),
    }
    differ = [place for place, (one, other) in enumerate(zip(table.first, table.second, strict=True)) if one != other]
    names = [""] * size
    for employer, name in zip(table.ids, table.name, strict=True):
        names[employer] = name
    published, offsets = line_blob(names)
    return {
        **{name: _by_id(ids, size, value, KINDS[name]).tobytes() for name, value in values.items()},
        "size_bands": "\n".join(bands).encode(),
        "names": published,
        "name_offsets": np.append(offsets, len(published)).astype("<i4").tobytes(),
        **_line_blobs("first", table.first, ids),
        **_line_blobs("second", [table.second[place] for place in differ], ids[differ]),
        **_line_blobs("cvrs", table.cvr, ids),
    }


def _ranks(table: _Table) -> NDArray[np.int64]:
    """The place of each employer by folded name, then CVR number (keys of both would take 40 MB)."""
    by_name = sorted(table.order, key=table.first.__getitem__)
    alike = (sorted(places, key=table.cvr.__getitem__) for _name, places in groupby(by_name, table.first.__getitem__))
    ranks = np.empty(len(by_name), dtype=np.int64)
    ranks[list(chain.from_iterable(alike))] = np.arange(len(by_name))
    return ranks


def _by_id(ids: NDArray[np.int64], size: int, values: Any, kind: str) -> NDArray[Any]:
    array: NDArray[Any] = np.zeros(size, dtype=kind)
    array[ids] = values
    return array


def _line_blobs(name: str, lines: Sequence[str], ids: NDArray[np.int64]) -> dict[str, bytes]:
    blob, offsets = line_blob(lines)
    return {f"{name}_lines": blob, f"{name}_offsets": offsets.tobytes(), f"{name}_ids": ids.astype("<i4").tobytes()}

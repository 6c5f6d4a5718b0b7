"""The employers of a snapshot as arrays by id: CVR number, own branch and municipality, names and their order."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.cache.names import Lines, NameIndex, folded_names, line_blob
from jobcentre_desk.model.employers import CVR_LENGTH

_LISTED, _SOLE_PROPRIETOR, _ADVERTISING_PROTECTED = 1, 2, 4
_KINDS = {
    "cvr": "<i4",
    "branch": "<i2",
    "municipality": "<i2",
    "flags": "u1",
    "size_band": "u1",
    "name_rank": "<i4",
    "name_offsets": "<i4",
    "first_offsets": "<i4",
    "first_ids": "<i4",
    "second_offsets": "<i4",
    "second_ids": "<i4",
    "first_lines": "u1",
    "second_lines": "u1",
    "cvrs_offsets": "<i4",
    "cvrs_ids": "<i4",
    "cvrs_lines": "u1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Employers:
    """Arrays by employer id; an id that no employer has is not listed. `name_rank` orders by folded name, then CVR."""

    cvr: NDArray[np.int32]
    branch: NDArray[np.int16]
    municipality: NDArray[np.int16]
    flags: NDArray[np.uint8]
    size_band: NDArray[np.uint8]
    size_bands: tuple[str, ...]
    name_rank: NDArray[np.int32]
    names: bytes
    name_offsets: NDArray[np.int32]
    index: NameIndex

    def __len__(self) -> int:
        return len(self.cvr)

    @classmethod
    def load(cls, connection: sqlite3.Connection) -> Employers:
        """Read the employers of a snapshot."""
        blobs: dict[str, bytes] = dict(connection.execute("SELECT name, data FROM employer_blocks"))
        arrays: dict[str, Any] = {name: np.frombuffer(blobs[name], kind) for name, kind in _KINDS.items()}
        index = NameIndex(*(_lines(arrays, name) for name in ("first", "second", "cvrs")))
        bands = tuple(blobs["size_bands"].decode().split("\n"))
        return cls(size_bands=bands, names=blobs["names"], index=index, **arrays)

    def name(self, employer: int) -> str:
        """The name as published."""
        start, end = self.name_offsets[employer : employer + 2]
        return self.names[start : end - 1].decode()

    def cvr_text(self, employer: int) -> str:
        """The CVR number with its leading zeros."""
        return f"{self.cvr[employer]:0{CVR_LENGTH}d}"

    def id_of(self, cvr: str) -> int | None:
        """The id of a listed employer by CVR number; None when there is none."""
        if not (len(cvr) == CVR_LENGTH and cvr.isascii() and cvr.isdigit()):
            return None
        found = np.flatnonzero((self.cvr == int(cvr)) & self.listed)
        return int(found[0]) if len(found) else None

    def is_sole_proprietor(self, employer: int) -> bool:
        """Whether the employer is a person trading in their own name."""
        return bool(self.flags[employer] & _SOLE_PROPRIETOR)

    def is_advertising_protected(self, employer: int) -> bool:
        """Whether the employer asked not to be approached with advertising."""
        return bool(self.flags[employer] & _ADVERTISING_PROTECTED)

    @property
    def listed(self) -> NDArray[np.bool_]:
        """Those whom the newest release lists."""
        return (self.flags & _LISTED).astype(np.bool_)

    @property
    def sole_proprietors(self) -> NDArray[np.bool_]:
        """Persons trading in their own name."""
        return (self.flags & _SOLE_PROPRIETOR).astype(np.bool_)


def _lines(arrays: dict[str, Any], name: str) -> Lines:
    return Lines.of(*(arrays.pop(f"{name}_{part}") for part in ("lines", "offsets", "ids")))


def employer_blocks(connection: sqlite3.Connection) -> dict[str, bytes]:
    """The blobs of table `employer_blocks`, from the table `employers` of the same snapshot."""
    columns = "id, cvr, name, branch, municipality, size_band, sole_proprietor, advertising_protected, listed"
    rows = connection.execute(f"SELECT {columns} FROM employers ORDER BY id").fetchall()  # noqa: S608 - constants
    ids, cvrs, names, branches, municipalities, bands, sole, protected, listed = (
        zip(*rows, strict=True) if rows else [()] * 9
    )
    where = np.array(ids, dtype=np.int64)
    size = int(where.max(initial=-1)) + 1
    known_bands = sorted(set(bands))
    flags = np.array(listed, dtype=np.int64) * _LISTED
    flags += np.array(sole, dtype=np.int64) * _SOLE_PROPRIETOR
    flags += np.array(protected, dtype=np.int64) * _ADVERTISING_PROTECTED
    number = {band: place for place, band in enumerate(known_bands)}
    values = {
        "cvr": np.array([int(cvr) for cvr in cvrs], dtype=np.int64),
        "branch": np.array(branches, dtype=np.int64),
        "municipality": np.array(municipalities, dtype=np.int64),
        "flags": flags,
        "size_band": np.array([number[band] for band in bands], dtype=np.int64),
    }
    arrays = {name: _by_id(where, size, value, _KINDS[name]) for name, value in values.items()}
    blobs = {name: array.tobytes() for name, array in arrays.items()}
    return blobs | {"size_bands": "\n".join(known_bands).encode()} | _name_blobs(where, size, names, cvrs)


def _by_id(where: NDArray[np.int64], size: int, values: NDArray[np.int64], kind: str) -> NDArray[Any]:
    array: NDArray[Any] = np.zeros(size, dtype=kind)
    array[where] = values
    return array


def _name_blobs(where: NDArray[np.int64], size: int, names: tuple[str, ...], cvrs: tuple[str, ...]) -> dict[str, bytes]:
    """Names as published and both folds of them, with where each begins, and their order."""
    by_id = [""] * size
    for employer, name in zip(where.tolist(), names, strict=True):
        by_id[employer] = name
    published, offsets = line_blob(by_id)
    first, second = folded_names(names) if names else ([], [])
    differ = [place for place, (one, other) in enumerate(zip(first, second, strict=True)) if one != other]
    rank = np.empty(len(names), dtype=np.int64)
    rank[sorted(range(len(names)), key=list(zip(first, cvrs, strict=True)).__getitem__)] = np.arange(len(names))
    return {
        "names": published,
        "name_offsets": np.append(offsets, len(published)).astype("<i4").tobytes(),
        "name_rank": _by_id(where, size, rank, "<i4").tobytes(),
        **_line_blobs("first", first, where),
        **_line_blobs("second", [second[place] for place in differ], where[differ]),
        **_line_blobs("cvrs", cvrs, where),
    }


def _line_blobs(name: str, lines: Sequence[str], ids: NDArray[np.int64]) -> dict[str, bytes]:
    blob, offsets = line_blob(lines)
    return {f"{name}_lines": blob, f"{name}_offsets": offsets.tobytes(), f"{name}_ids": ids.astype("<i4").tobytes()}

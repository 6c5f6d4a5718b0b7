"""The employers of a source as arrays by number: CVR number, own branch and municipality, names and their order."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.cache.names import Lines, NameIndex
from jobcentre_desk.model.employers import CVR_LENGTH

LISTED, SOLE_PROPRIETOR, ADVERTISING_PROTECTED = 1, 2, 4
KINDS = {
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
    """Arrays by the number of an employer within its source, which is its id wherever one source is looked at.

    An id that no employer has is not listed. `name_rank` orders by folded name, then CVR number.
    """

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
    def load(cls, connection: sqlite3.Connection, source: int) -> Employers:
        """Read the employers of a source."""
        rows = connection.execute("SELECT name, data FROM employer_blocks WHERE source = ?", (source,))
        blobs: dict[str, bytes] = dict(rows)
        arrays: dict[str, Any] = {name: np.frombuffer(blobs[name], kind) for name, kind in KINDS.items()}
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
        return bool(self.flags[employer] & SOLE_PROPRIETOR)

    def is_advertising_protected(self, employer: int) -> bool:
        """Whether the employer asked not to be approached with advertising."""
        return bool(self.flags[employer] & ADVERTISING_PROTECTED)

    @property
    def listed(self) -> NDArray[np.bool_]:
        """Those whom the newest release lists."""
        return (self.flags & LISTED).astype(np.bool_)

    @property
    def sole_proprietors(self) -> NDArray[np.bool_]:
        """Persons trading in their own name."""
        return (self.flags & SOLE_PROPRIETOR).astype(np.bool_)


def _lines(arrays: dict[str, Any], name: str) -> Lines:
    return Lines.of(*(arrays.pop(f"{name}_{part}") for part in ("lines", "offsets", "ids")))

"""The employers of a release as rows of the snapshot; from the second release on only lines that differ are parsed.

Everything here concerns one source: its employers have numbers of their own, whoever else lists the same ones.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from jobcentre_desk.cache.arrivals import RowCounts
from jobcentre_desk.cache.employers import KINDS, LISTED
from jobcentre_desk.cache.schema import EMPLOYER_ID_FACTOR, employer_ids_of_source
from jobcentre_desk.errors import PublicationRefused
from jobcentre_desk.model.employers import CVR_LENGTH
from jobcentre_desk.publishing.columns import EmployerColumns, EmployerIds, Int32s, KnownCodes
from jobcentre_desk.publishing.read_employers import read_employers
from jobcentre_desk.text import translate as _

QUOTE = b'"'
MOST_LOOKUPS = 10_000

_SELECT = (
    f"SELECT id % {EMPLOYER_ID_FACTOR}, cvr, name, branch, municipality, size_band,"  # noqa: S608 - a constant
    " sole_proprietor, advertising_protected, listed FROM employers"
)
_INSERT = (
    "INSERT INTO employers (id, source, cvr, name, branch, municipality, size_band, sole_proprietor,"
    " advertising_protected, listed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
    " name = excluded.name, branch = excluded.branch, municipality = excluded.municipality,"
    " size_band = excluded.size_band, sole_proprietor = excluded.sole_proprietor,"
    " advertising_protected = excluded.advertising_protected, listed = excluded.listed"
)
_Stored: TypeAlias = tuple[int, str, str, int, int, str, int, int, int]
"""A row of the table: the number within the source, the published columns, listed."""


@dataclass(frozen=True, slots=True)
class EmployerChanges:
    """What changed, and the numbers of the employers that differ now (None = too many to list)."""

    counts: RowCounts
    ids: frozenset[int] | None

    def __add__(self, other: EmployerChanges) -> EmployerChanges:
        ids = None if self.ids is None or other.ids is None else self.ids | other.ids
        return EmployerChanges(self.counts + other.counts, ids)


@dataclass(frozen=True, slots=True)
class _Difference:
    """The lines to parse (header first), and the CVR numbers of the lines that are in one file alone."""

    csv: bytes
    came: frozenset[str]
    went: frozenset[str]

    @property
    def gone(self) -> list[str]:
        """The CVR numbers of employers that are no longer published."""
        return sorted(self.went - self.came)


def replace_employers(
    connection: sqlite3.Connection, source: int, csv: bytes, *, before: bytes, file: str, codes: KnownCodes
) -> EmployerChanges:
    """Bring a source's employers to the table in `csv`; `before` is that of its last release (empty = none).

    Numbers stay what they were; an employer no longer published stays as not listed. Raises RowsRefused.
    """
    difference = _difference(before, csv) if before else None
    if difference is None or _stands_twice(connection, source, difference):
        columns = read_employers(csv, file=file, codes=codes)
        gone = sorted(set(_listed(connection, source)).difference(columns.cvr))
        return _put(connection, source, columns) + _unlist(connection, source, gone)
    try:
        columns = read_employers(difference.csv, file=file, codes=codes)
    except PublicationRefused:
        columns = read_employers(csv, file=file, codes=codes)  # refused again, now with the file's own row numbers
    return _put(connection, source, columns) + _unlist(connection, source, difference.gone)


def unlist_all(connection: sqlite3.Connection, source: int) -> EmployerChanges:
    """A release without employers: all stay as not listed."""
    return _unlist(connection, source, _listed(connection, source))


def _listed(connection: sqlite3.Connection, source: int) -> list[str]:
    query = "SELECT cvr FROM employers WHERE id >= ? AND id < ? AND listed = 1 ORDER BY id"
    return [cvr for (cvr,) in connection.execute(query, employer_ids_of_source(source))]


def employer_ids(connection: sqlite3.Connection, source: int, different: Collection[int] | None) -> EmployerIds:
    """The CVR numbers of a source's listed employers with their numbers within the source.

    The blocks of the last release have them; only the rows that are `different` since are read (None = all).
    """
    blobs: dict[str, bytes] = dict(
        connection.execute(
            "SELECT name, data FROM employer_blocks WHERE source = ? AND name IN ('cvr', 'flags')", (source,)
        )
    )
    if not blobs or different is None:
        rows = connection.execute(
            f"SELECT CAST(cvr AS INTEGER), id % {EMPLOYER_ID_FACTOR} FROM employers"  # noqa: S608 - a constant
            " WHERE id >= ? AND id < ? AND listed = 1",
            employer_ids_of_source(source),
        ).fetchall()
        cvrs, ids = np.array(rows, dtype=np.int32).reshape(-1, 2).T
    else:
        cvrs, ids = _ids_of_blocks(connection, source, blobs, different)
    order = np.argsort(cvrs, kind="stable")
    return EmployerIds(cvrs[order], ids[order])


def _ids_of_blocks(
    connection: sqlite3.Connection, source: int, blobs: Mapping[str, bytes], different: Collection[int]
) -> tuple[Int32s, Int32s]:
    by_id = np.frombuffer(blobs["cvr"], KINDS["cvr"])
    kept = (np.frombuffer(blobs["flags"], KINDS["flags"]) & LISTED).astype(np.bool_)
    first = employer_ids_of_source(source)[0]
    read = [connection.execute(f"{_SELECT} WHERE id = ?", (first + number,)).fetchone() for number in different]
    rows = [row for row in read if row[-1]]
    kept[[number for number in different if number < len(kept)]] = False
    ids = np.flatnonzero(kept).astype(np.int32)
    return (
        np.concatenate([by_id[ids], np.array([int(row[1]) for row in rows], dtype=np.int32)]),
        np.concatenate([ids, np.array([row[0] for row in rows], dtype=np.int32)]),
    )


def require_listed(connection: sqlite3.Connection, source: int, quarters: Iterable[int]) -> None:
    """Refuse a release that dropped an employer whom a quarter it kept still has."""
    query = f"{_SELECT} WHERE id >= ? AND id < ? AND listed = 0"
    unlisted = {row[0]: row[1] for row in connection.execute(query, employer_ids_of_source(source))}
    if not unlisted:
        return
    gone = np.array(sorted(unlisted), dtype=np.int32)
    for quarter in quarters:
        row = connection.execute(
            "SELECT data FROM blocks WHERE source = ? AND quarter = ? AND name = 'sum_employer'", (source, quarter)
        ).fetchone()
        present = np.intersect1d(np.frombuffer(row[0], "<i4"), gone)
        if len(present):
            raise PublicationRefused(
                _("The release no longer lists the employer {cvr}, yet its outcomes still have it.").format(
                    cvr=unlisted[int(present[0])]
                ),
                _("Ask the publisher to check the release; the figures you have stay in use."),
            )


def _put(connection: sqlite3.Connection, source: int, columns: EmployerColumns) -> EmployerChanges:
    """Write employers: known ones keep their number, the others get the next."""
    before = _stored(connection, source, columns.cvr)
    first, end = employer_ids_of_source(source)
    last = connection.execute("SELECT max(id) FROM employers WHERE id >= ? AND id < ?", (first, end)).fetchone()[0]
    following = itertools.count(1 if last is None else last - first + 1)
    listed = sum(former[-1] for former in before.values())
    different: set[int] = set()
    written = 0

    def numbered() -> Iterator[tuple[object, ...]]:
        nonlocal written
        for row in _rows(columns):
            former = before.get(row[0])
            number = next(following) if former is None else former[0]
            stored = (number, *row, 1)
            if stored != former:
                written += 1
                if written <= MOST_LOOKUPS:
                    different.add(number)
                yield first + number, source, *stored[1:]

    connection.executemany(_INSERT, numbered())
    new = len(columns) - listed
    ids = frozenset(different) if written <= MOST_LOOKUPS else None
    return EmployerChanges(RowCounts(new=new, changed=written - new), ids)


def _stored(connection: sqlite3.Connection, source: int, cvrs: Sequence[str]) -> dict[str, _Stored]:
    """Rows by CVR number: all of them when many are asked for, else each through the index."""
    if len(cvrs) > MOST_LOOKUPS:
        wanted = set(cvrs)
        rows = connection.execute(f"{_SELECT} WHERE id >= ? AND id < ?", employer_ids_of_source(source))
        return {row[1]: row for row in rows if row[1] in wanted}
    query = f"{_SELECT} WHERE source = ? AND cvr = ?"
    looked_up = (connection.execute(query, (source, cvr)).fetchone() for cvr in cvrs)
    return {row[1]: row for row in looked_up if row is not None}


def _rows(columns: EmployerColumns) -> Iterator[tuple[str, str, int, int, str, int, int]]:
    return zip(
        columns.cvr,
        columns.name,
        columns.branch.tolist(),
        columns.municipality.tolist(),
        columns.size_band,
        columns.sole_proprietor.astype(int).tolist(),
        columns.advertising_protected.astype(int).tolist(),
        strict=True,
    )


def _unlist(connection: sqlite3.Connection, source: int, cvrs: Sequence[str]) -> EmployerChanges:
    gone = [row[0] for row in _stored(connection, source, cvrs).values()]
    first = employer_ids_of_source(source)[0]
    connection.executemany("UPDATE employers SET listed = 0 WHERE id = ?", ((first + number,) for number in gone))
    return EmployerChanges(RowCounts(gone=len(gone)), frozenset(gone))


def _difference(before: bytes, after: bytes) -> _Difference | None:
    """What to parse of `after`; None when lines do not tell it (a cell over two lines, a line twice)."""
    old, new = before.splitlines(), after.splitlines()
    if not new or old[:1] != new[:1] or _has_open_quotes(before, old) or _has_open_quotes(after, new):
        return None
    old_lines, new_lines = set(old), set(new)
    if len(new_lines) != len(new):
        return None
    came = [line for line in new if line not in old_lines]
    went = [line for line in old if line not in new_lines]
    if len(_cvrs(came)) != len(came):
        return None
    return _Difference(b"\n".join([new[0], *came, b""]), _cvrs(came), _cvrs(went))


def _cvrs(lines: Sequence[bytes]) -> frozenset[str]:
    return frozenset(line[:CVR_LENGTH].decode(errors="replace") for line in lines)


def _stands_twice(connection: sqlite3.Connection, source: int, difference: _Difference) -> bool:
    """Whether a line that came has the CVR number of one that stayed (those were told apart when they came)."""
    before = _stored(connection, source, sorted(difference.came - difference.went))
    return any(row[-1] for row in before.values())


def _has_open_quotes(csv: bytes, lines: list[bytes]) -> bool:
    """Whether a cell may go on in the next line, or a CVR number may stand in quotation marks."""
    if QUOTE not in csv:
        return False
    quoted = [line for line in lines if QUOTE in line]
    return any(line.startswith(QUOTE) or line.count(QUOTE) % 2 for line in quoted)

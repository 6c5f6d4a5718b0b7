"""Outcomes as column blocks: one little-endian blob per quarter and column, read into numpy without a copy.

Facts of a quarter stand in one order (municipality first). int32 permutations list them by branch, by occupation and
by employer, and sums per employer answer where nothing narrower is asked. Nothing reaches across quarters, so a new or
revised quarter replaces only its own blobs; and nothing says whether outcomes are known, so blocks stay true when
`known_through` moves on. A null count is stored as 0 and its fact is listed in the block `nulls`.

`outcome` holds completed in the low and jobs in the high half of one unsigned number, so that one pass adds both.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.publishing.columns import NULL, OUTCOME_COUNTS, Flags, OutcomeColumns

Ints = NDArray[Any]
"""Whole numbers; how wide is told by the blob (ids 1-4 bytes, counts 2 or 4)."""
Outcomes = NDArray[Any]
"""Packed outcomes, `NARROW` or `WIDE`."""

NARROW = np.dtype("<u4")
"""Two counts below 65,536 in one number; `WIDE` where a quarter has a larger one."""
WIDE = np.dtype("<u8")
_QUARTERS_A_MARK = 4
KEY_KINDS = {
    "employer": "<i4",
    "municipality": "<i2",
    "branch": "<i2",
    "occupation": "<i2",
    "benefit_group": "<i1",
    "programme": "<i1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterBlock:
    """The facts of one quarter; arrays are as long as it has facts but for offsets, `*_rows` and `sum_*`.

    `x_offsets[i]`..`x_offsets[i + 1]` are the places of id i in the order of x; `sum_employer` ascends, and
    `employer_rows[sum_offsets[k]:sum_offsets[k + 1]]` are the facts of `sum_employer[k]`. `null_rows` marks facts with
    a hidden count and is None where there are none (or where outcomes are not known yet).
    """

    quarter: int
    employer: Ints
    municipality: Ints
    branch: Ints
    occupation: Ints
    benefit_group: Ints
    programme: Ints
    started: Ints
    outcome: Outcomes
    same_employer: Ints
    municipality_offsets: Ints
    branch_rows: Ints
    branch_offsets: Ints
    occupation_rows: Ints
    occupation_offsets: Ints
    employer_rows: Ints
    sum_employer: Ints
    sum_outcome: Outcomes
    sum_offsets: Ints
    null_rows: Flags | None

    def __len__(self) -> int:
        return len(self.employer)


@dataclass(frozen=True, slots=True)
class OutcomeBlocks:
    """All quarters of a source in memory, by quarter index; `wide` when counts need 32 bits each."""

    quarters: dict[int, QuarterBlock]
    wide: bool
    largest: dict[int, int]
    """Most completed of one employer, by quarter."""
    running: dict[int, Outcomes]
    """Packed sums by employer of all quarters up to every fourth one, so that a long period costs no more than a year.
    They may run over; the difference of two is true all the same."""

    @classmethod
    def load(cls, connection: sqlite3.Connection, source: int, known_through: int | None) -> OutcomeBlocks:
        """Read every block of a source; `known_through` (a quarter index) tells hidden nulls from those not known."""
        blobs: dict[int, dict[str, bytes]] = {}
        query = "SELECT quarter, name, data FROM blocks WHERE source = ? ORDER BY quarter"
        for quarter, name, data in connection.execute(query, (source,)):
            blobs.setdefault(quarter, {})[name] = data
        blocks = {
            quarter: read_block(quarter, named, known=known_through is not None and quarter <= known_through)
            for quarter, named in blobs.items()
        }
        wide = any(block.outcome.dtype == WIDE for block in blocks.values())
        if wide:
            blocks = {quarter: _widened(block) for quarter, block in blocks.items()}
        largest = {quarter: int(completed(block.sum_outcome).max(initial=0)) for quarter, block in blocks.items()}
        return cls(blocks, wide, largest, _running_sums(blocks))

    def packed_sums(self, quarters: Sequence[int], employers: int) -> Outcomes:
        """Packed sums by employer id over neighbouring quarters that all have facts."""
        first, last = quarters[0], quarters[-1]
        start = max((mark for mark in self.running if mark < first), default=None)
        end = max((mark for mark in self.running if mark <= last), default=None)
        sums = np.zeros(employers, dtype=WIDE if self.wide else NARROW)
        if end is None or end == start or end < first:
            self._add(sums, [q for q in self.quarters if first <= q <= last])
            return sums
        sums[: len(self.running[end])] = self.running[end]
        self._add(sums, [q for q in self.quarters if end < q <= last])
        if start is not None:
            sums[: len(self.running[start])] -= self.running[start]
        for quarter in (q for q in self.quarters if (start is None or q > start) and q < first):
            np.subtract.at(sums, self.quarters[quarter].sum_employer, self.quarters[quarter].sum_outcome)
        return sums

    def _add(self, sums: Outcomes, quarters: Sequence[int]) -> None:
        for quarter in quarters:
            np.add.at(sums, self.quarters[quarter].sum_employer, self.quarters[quarter].sum_outcome)


def read_quarters(connection: sqlite3.Connection, source: int) -> list[int]:
    """The quarter indices that a source has facts of, in order."""
    query = "SELECT DISTINCT quarter FROM blocks WHERE source = ? ORDER BY quarter"
    return [row[0] for row in connection.execute(query, (source,))]


@dataclass(frozen=True, slots=True)
class QuarterSums:
    """The sums per employer of one quarter, and the employers with a null count."""

    employer: Ints
    outcome: Outcomes
    with_null: Ints


def read_sums(connection: sqlite3.Connection, source: int, quarter: int) -> QuarterSums:
    """The sums of one quarter of a source alone, without its facts."""
    names = "('sum_employer', 'sum_outcome', 'nulls', 'employer')"
    query = f"SELECT name, data FROM blocks WHERE source = ? AND quarter = ? AND name IN {names}"  # noqa: S608 - constants
    blobs: dict[str, bytes] = dict(connection.execute(query, (source, quarter)))
    employer = np.frombuffer(blobs["sum_employer"], "<i4")
    nulls = np.frombuffer(blobs["nulls"], "<i4")
    with_null = np.frombuffer(blobs["employer"], "<i4")[nulls]
    return QuarterSums(employer, _sized(blobs["sum_outcome"], len(employer), "<u"), with_null)


def completed(outcome: Outcomes) -> Outcomes:
    """The completed traineeships in packed outcomes."""
    low_half = (1 << outcome.dtype.itemsize * 4) - 1
    counts: Outcomes = np.bitwise_and(outcome, low_half)
    return counts


def jobs(outcome: Outcomes) -> Outcomes:
    """Those who went on to a job in packed outcomes."""
    counts: Outcomes = np.right_shift(outcome, outcome.dtype.itemsize * 4)
    return counts


def quarter_blocks(columns: OutcomeColumns) -> dict[str, bytes]:
    """The blobs of one quarter by name, from its facts; the same facts always give the same bytes.

    Raises ValueError when the facts are not sorted by municipality.
    """
    if np.any(np.diff(columns.municipality) < 0):
        raise ValueError("The facts of a quarter must be sorted by municipality.")
    arrays = {name: getattr(columns, name).astype(kind) for name, kind in KEY_KINDS.items()}
    counts = {name: np.maximum(getattr(columns, name), 0).astype(np.int64) for name in OUTCOME_COUNTS}
    job_counts = counts["job_same_employer"] + counts["job_same_branch"] + counts["job_other_branch"]
    arrays |= {
        "started": _small(counts["started"]),
        "outcome": _packed(counts["completed"], job_counts),
        "same_employer": _small(counts["job_same_employer"]),
        "nulls": np.flatnonzero(_any_null(columns)).astype("<i4"),
        "municipality_offsets": _offsets(columns.municipality),
    }
    for name in ("branch", "occupation"):
        ids = getattr(columns, name)
        rows = np.argsort(ids, kind="stable")
        arrays |= {f"{name}_rows": rows.astype("<i4"), f"{name}_offsets": _offsets(ids[rows])}
    arrays |= _employer_sums(columns.employer, counts["completed"], job_counts)
    return {name: array.tobytes() for name, array in arrays.items()}


def _any_null(columns: OutcomeColumns) -> Flags:
    null = np.zeros(len(columns.employer), dtype=np.bool_)
    for name in OUTCOME_COUNTS:
        null |= getattr(columns, name) == NULL
    return null


def _small(values: Ints) -> Ints:
    """Two bytes each where they fit, else four; the reader tells by the length."""
    return values.astype("<i2" if values.max(initial=0) < 1 << 15 else "<i4")


def _packed(completed_counts: Ints, job_counts: Ints) -> Outcomes:
    """Completed in the low half, jobs in the high half."""
    kind = NARROW if max(completed_counts.max(initial=0), job_counts.max(initial=0)) < 1 << 16 else WIDE
    return _packed_as(kind, completed_counts, job_counts)


def _packed_as(kind: np.dtype[Any], completed_counts: Ints, job_counts: Ints) -> Outcomes:
    packed: Outcomes = (job_counts << kind.itemsize * 4 | completed_counts).astype(kind)
    return packed


def _offsets(ids: Ints) -> Ints:
    """Where each id begins in sorted `ids`, with one more entry for the end."""
    ends = np.arange(int(ids.max(initial=0)) + 2)
    return np.searchsorted(ids, ends).astype("<i4")


def _employer_sums(employer: Ints, completed_counts: Ints, job_counts: Ints) -> dict[str, Ints]:
    """The facts by employer, and each employer's completed and jobs of the quarter."""
    rows = np.argsort(employer, kind="stable")
    ids, starts = np.unique(employer[rows], return_index=True)
    sums = [np.add.reduceat(c[rows], starts) if len(starts) else c for c in (completed_counts, job_counts)]
    return {
        "employer_rows": rows.astype("<i4"),
        "sum_employer": ids.astype("<i4"),
        "sum_outcome": _packed(*sums),
        "sum_offsets": np.append(starts, len(rows)).astype("<i4"),
    }


def read_block(quarter: int, blobs: Mapping[str, bytes], *, known: bool) -> QuarterBlock:
    """One quarter out of its blobs; the arrays look into the blobs and cannot be written."""
    rows = len(blobs["employer"]) // 4
    nulls = np.frombuffer(blobs["nulls"], "<i4")
    null_rows = None
    if known and len(nulls):
        null_rows = np.zeros(rows, dtype=np.bool_)
        null_rows[nulls] = True
    whole = ("branch_rows", "occupation_rows", "employer_rows", "sum_employer", "sum_offsets")
    offsets = ("municipality_offsets", "branch_offsets", "occupation_offsets")
    columns: dict[str, Ints] = {name: np.frombuffer(blobs[name], kind) for name, kind in KEY_KINDS.items()}
    columns |= {name: np.frombuffer(blobs[name], "<i4") for name in whole + offsets}
    columns |= {name: _sized(blobs[name], rows, "<i") for name in ("started", "same_employer")}
    columns["outcome"] = _sized(blobs["outcome"], rows, "<u")
    columns["sum_outcome"] = _sized(blobs["sum_outcome"], len(columns["sum_employer"]), "<u")
    if columns["outcome"].dtype != columns["sum_outcome"].dtype:
        columns["outcome"] = repacked(columns["outcome"])
    return QuarterBlock(quarter=quarter, null_rows=null_rows, **columns)


def _sized(blob: bytes, rows: int, kind: str) -> Ints:
    width = len(blob) // rows if rows else 4
    return np.frombuffer(blob, f"{kind}{width}")


def repacked(outcome: Outcomes) -> Outcomes:
    """Packed outcomes with 32 bits for each count; unchanged when they have that."""
    if outcome.dtype == WIDE:
        return outcome
    return _packed_as(WIDE, completed(outcome).astype(np.int64), jobs(outcome).astype(np.int64))


def _running_sums(blocks: dict[int, QuarterBlock]) -> dict[int, Outcomes]:
    """The running sums at every fourth quarter that has facts."""
    employers = 1 + max((int(block.sum_employer.max(initial=-1)) for block in blocks.values()), default=-1)
    running: dict[int, Outcomes] = {}
    sums = np.zeros(employers, dtype=next((block.outcome.dtype for block in blocks.values()), NARROW))
    for count, quarter in enumerate(sorted(blocks), 1):
        np.add.at(sums, blocks[quarter].sum_employer, blocks[quarter].sum_outcome)
        if count % _QUARTERS_A_MARK == 0:
            running[quarter] = sums.copy()
    return running


def _widened(block: QuarterBlock) -> QuarterBlock:
    return replace(block, outcome=repacked(block.outcome), sum_outcome=repacked(block.sum_outcome))

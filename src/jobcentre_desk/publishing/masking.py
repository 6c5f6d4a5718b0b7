"""Masking by the publisher: fine codes collapsed, quarters in windows of four, small counts left out.

Rows are then the only published totals, so that no sum of others gives a hidden one away. Masking the fine rows
instead leaves a rate to 9 % of employers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from jobcentre_desk.model.classifications import ALL
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.publishing.columns import JOB_COUNTS, NULL, OUTCOME_COUNTS, Int32s, KnownCodes, OutcomeColumns
from jobcentre_desk.publishing.format import MASKED_WINDOW
from jobcentre_desk.publishing.row_rules import Row

COLLAPSED = {"occupations": "occupation", "benefit_groups": "benefit_group", "programmes": "programme"}
"""The code lists that masking collapses to the code `all`, and their columns in outcomes."""

_ALL_ROW: Row = {"code": ALL, "parent": None, "level": "1", "title_da": "Alle", "title_en": "All"}


def with_all(table: str, rows: Sequence[Row]) -> list[Row]:
    """The rows of a collapsed code list with the row for `all`; other tables, and lists that have it, as they are."""
    if table not in COLLAPSED or not rows or any(row["code"] == ALL for row in rows):
        return list(rows)
    return [{column: _ALL_ROW[column] for column in rows[0]}, *rows]


def window_ends(quarters: Sequence[Quarter], known_through: Quarter) -> list[Quarter]:
    """The last quarters of the whole windows of four that the quarters fill, counting back from `known_through`.

    Quarters after it, and those left over before the oldest whole window, are in none: a shorter window would
    look like a year that it is not.
    """
    known = [quarter for quarter in quarters if quarter <= known_through]
    if not known:
        return []
    count = (known_through.index - min(known).index + 1) // MASKED_WINDOW
    return [known_through.plus(-MASKED_WINDOW * back) for back in reversed(range(count))]


def mask_window(quarters: Sequence[OutcomeColumns], *, minimum_count: int, codes: KnownCodes) -> OutcomeColumns:
    """The outcomes of one window: one row per employer and workplace, its small counts NULL.

    completed in 1..N-1: all five counts NULL; else one of the three job counts or no_job in 1..N-1: the three job
    counts NULL. A count that was NULL in a quarter stays NULL in the window.
    """
    return _hide_small(_sum_window(quarters, codes), minimum_count)


def _sum_window(quarters: Sequence[OutcomeColumns], codes: KnownCodes) -> OutcomeColumns:
    employer = _joined(quarters, "employer")
    municipality = _joined(quarters, "municipality")
    branch = _joined(quarters, "branch")
    rows, group = np.unique(np.stack([municipality, branch, employer]), axis=1, return_inverse=True)
    size = rows.shape[1]
    sums = {name: _sum_counts(_joined(quarters, name), group, size) for name in OUTCOME_COUNTS}
    return OutcomeColumns(
        employer=rows[2].astype(np.int32),
        municipality=rows[0].astype(np.int16),
        branch=rows[1].astype(np.int16),
        occupation=np.full(size, _id_of_all(codes.occupations), dtype=np.int16),
        benefit_group=np.full(size, _id_of_all(codes.benefit_groups), dtype=np.int8),
        programme=np.full(size, _id_of_all(codes.programmes), dtype=np.int8),
        **sums,
    )


def _joined(quarters: Sequence[OutcomeColumns], name: str) -> npt.NDArray[np.int64]:
    parts = [getattr(quarter, name).astype(np.int64) for quarter in quarters]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def _id_of_all(known: Mapping[str, int]) -> int:
    return known[ALL]


def _sum_counts(counts: npt.NDArray[np.int64], group: npt.NDArray[np.intp], size: int) -> Int32s:
    total = np.bincount(group, weights=np.maximum(counts, 0), minlength=size).astype(np.int32)
    total[np.bincount(group, weights=counts == NULL, minlength=size) > 0] = NULL
    return total


def _hide_small(outcomes: OutcomeColumns, minimum_count: int) -> OutcomeColumns:
    completed = outcomes.completed
    jobs = [getattr(outcomes, name) for name in JOB_COUNTS]
    no_job = completed - np.sum(jobs, axis=0)
    hide_all = _small(completed, minimum_count) | (completed == NULL)
    hide_jobs = hide_all | np.logical_or.reduce([count == NULL for count in jobs])
    hide_jobs |= np.logical_or.reduce([_small(count, minimum_count) for count in (*jobs, no_job)])
    masked = {name: np.where(hide_jobs, np.int32(NULL), getattr(outcomes, name)) for name in JOB_COUNTS}
    for name in ("started", "completed"):
        masked[name] = np.where(hide_all, np.int32(NULL), getattr(outcomes, name))
    return replace(outcomes, **masked)


def _small(counts: Int32s, minimum_count: int) -> npt.NDArray[np.bool_]:
    return (counts > 0) & (counts < minimum_count)

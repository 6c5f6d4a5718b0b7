"""Reading the outcomes of one quarter: every cell checked, codes as ids, rows in the one order of the format.

A job count that is empty hides all three of its row, and an empty `completed` hides them too: what could be made
of the others would be a guess.
"""

from __future__ import annotations

import csv as csv_module
import io
import re
from collections.abc import Callable, Mapping

import numpy as np

from jobcentre_desk.model.classifications import ALL
from jobcentre_desk.model.employers import CVR_LENGTH, CVR_MODULUS, CVR_WEIGHTS
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.model.publication import TABLE_COLUMNS, RowProblem
from jobcentre_desk.publishing.byte_columns import ByteColumn, Flags, Numbers, find_codes, read_digits, split_columns
from jobcentre_desk.publishing.cells import not_a_cvr
from jobcentre_desk.publishing.columns import (
    JOB_COUNTS,
    NULL,
    OUTCOME_COUNTS,
    OUTCOME_IDS,
    EmployerIds,
    KnownCodes,
    OutcomeColumns,
)
from jobcentre_desk.publishing.csv_rows import header_reason, width_reason
from jobcentre_desk.publishing.read_tables import same_key_reason
from jobcentre_desk.publishing.row_problems import MOST_PROBLEMS, RowsRefused, quoted, refuse_rows
from jobcentre_desk.publishing.row_rules import unknown_code_reason
from jobcentre_desk.publishing.schemas import FORMATS
from jobcentre_desk.text import translate as _

_COLUMNS = TABLE_COLUMNS["outcomes"]
_HEADER = ",".join(_COLUMNS).encode() + b"\n"
_TABLES = {field.name: field.table for field in FORMATS["outcomes"].fields}
_KEY = FORMATS["outcomes"].key
_NEGATIVE = re.compile(r"-[0-9]+")
_NO_CELL = re.compile(r'[",\r\n]')
_PACKED_BITS = 63

Counts = dict[str, Numbers]


class _Lines:
    """The lines of one file as columns of bytes, and the problems found in them."""

    def __init__(self, columns: list[ByteColumn], file: str, rows: Numbers | None) -> None:
        self.columns = dict(zip(_COLUMNS, columns, strict=True))
        self.problems: list[RowProblem] = []
        self._file = file
        self._rows = rows

    def note(self, bad: Flags, column: str, reason_of: Callable[[str], str]) -> None:
        """Note a broken rule at each flagged place; the reason is made from the text of its cell."""
        for place in np.flatnonzero(bad)[:MOST_PROBLEMS].tolist():
            row = place + 2 if self._rows is None else int(self._rows[place])
            reason = reason_of(self.columns[column].cell(place))
            self.problems.append(RowProblem(file=self._file, row=row, column=column, reason=reason))

    def refuse(self) -> None:
        """Raise RowsRefused when a rule was broken."""
        refuse_rows(sorted(self.problems, key=lambda problem: problem.row))


def read_outcomes(
    csv: bytes,
    *,
    file: str,
    quarter: Quarter,
    codes: KnownCodes,
    known_through: Quarter | None,
    outcome_window: int = 1,
    minimum_count: int = 1,
    rows: Numbers | None = None,
) -> OutcomeColumns:
    """The outcomes of one quarter as ids of `codes`, sorted by OUTCOME_IDS, identical rows merged.

    `rows` gives the row numbers to tell problems by, where the text was cut from a longer file. Raises RowsRefused
    with the first hundred problems.
    """
    lines = _Lines(_split(csv, file, rows), file, rows)
    lines.note(
        find_codes(lines.columns["quarter"], {str(quarter): 0}) < 0,
        "quarter",
        lambda text: _wrong_quarter(text, quarter),
    )
    ids = _read_ids(lines, codes, masked=outcome_window > 1)
    counts = {name: _read_count(lines, name) for name in OUTCOME_COUNTS}
    lines.refuse()
    _check_counts(lines, counts, known=known_through is not None and quarter <= known_through)
    _check_minimum(lines, counts, minimum_count)
    lines.refuse()
    kept = _kept_places(lines, ids, counts)
    _hide_whole_rows(counts)
    return _chosen(ids, counts, kept)


def _split(csv: bytes, file: str, rows: Numbers | None) -> list[ByteColumn]:
    if b'"' in csv or b"\r" in csv:
        csv = _without_quotes(csv)
    if not csv.endswith(b"\n"):
        csv += b"\n"
    if not csv.startswith(_HEADER):
        raise RowsRefused([RowProblem(file=file, row=1, column="", reason=header_reason(_COLUMNS))])
    body = csv[len(_HEADER) :]
    columns = split_columns(body, len(_COLUMNS))
    if columns is None:
        raise RowsRefused(_ragged_rows(body, file, rows))
    return columns


def _without_quotes(csv: bytes) -> bytes:
    """The same cells without quotation marks and carriage returns; no code or count needs either."""
    text = csv.decode("utf-8", "replace")
    try:
        rows = list(csv_module.reader(io.StringIO(text, newline="")))
    except csv_module.Error:
        return csv
    return "".join(",".join(_NO_CELL.sub("?", cell) for cell in row) + "\n" for row in rows).encode()


def _ragged_rows(body: bytes, file: str, rows: Numbers | None) -> list[RowProblem]:
    problems = []
    for place, line in enumerate(body.removesuffix(b"\n").split(b"\n")):
        found = line.count(b",") + 1 if line else 0
        if found != len(_COLUMNS):
            row = place + 2 if rows is None else int(rows[place])
            problems.append(RowProblem(file=file, row=row, column="", reason=width_reason(found, len(_COLUMNS))))
    return problems


def _read_ids(lines: _Lines, codes: KnownCodes, *, masked: bool) -> dict[str, Numbers]:
    municipalities = {code: number for code, number in codes.areas.items() if code in codes.municipalities}
    ids = {
        "municipality": _read_codes(lines, "municipality", municipalities),
        "branch": _read_codes(lines, "branch", codes.branches),
    }
    collapsed: dict[str, Mapping[str, int]] = {
        "occupation": codes.occupations,
        "benefit_group": codes.benefit_groups,
        "programme": codes.programmes,
    }
    for name, known in collapsed.items():
        ids[name] = _read_codes(lines, name, {ALL: known[ALL]} if masked and ALL in known else known)
    ids["employer"] = _read_employers(lines, codes.employers)
    return ids


def _read_codes(lines: _Lines, name: str, known: Mapping[str, int]) -> Numbers:
    found = find_codes(lines.columns[name], known)
    lines.note(found < 0, name, lambda text: unknown_code_reason(text, _TABLES[name]))
    return found


def _read_employers(lines: _Lines, employers: EmployerIds) -> Numbers:
    column = lines.columns["cvr"]
    numbers, fits = read_digits(column)
    is_cvr = fits & (column.lengths == CVR_LENGTH) & (_weighted(column) % CVR_MODULUS == 0)
    lines.note(~is_cvr, "cvr", not_a_cvr)
    if not len(employers.cvr):
        lines.note(is_cvr, "cvr", lambda text: unknown_code_reason(text, "employers"))
        return numbers
    places = np.minimum(np.searchsorted(employers.cvr, numbers), len(employers.cvr) - 1)
    lines.note(is_cvr & (employers.cvr[places] != numbers), "cvr", lambda text: unknown_code_reason(text, "employers"))
    return employers.ids[places].astype(np.int64)


def _weighted(column: ByteColumn) -> Numbers:
    word = column.word()
    total: Numbers = np.zeros(len(word), dtype=np.int64)
    for place, weight in enumerate(CVR_WEIGHTS):
        total += (((word >> np.uint64(8 * place)) & np.uint64(0xFF)).astype(np.int64) - ord("0")) * weight
    return total


def _read_count(lines: _Lines, name: str) -> Numbers:
    column = lines.columns[name]
    numbers, fits = read_digits(column)
    empty = column.lengths == 0
    lines.note(~fits & ~empty, name, _no_count)
    return np.where(empty, NULL, numbers)


def _check_counts(lines: _Lines, counts: Counts, *, known: bool) -> None:
    jobs = sum((np.maximum(counts[name], 0) for name in JOB_COUNTS), start=np.int64(0))
    completed = counts["completed"]
    lines.note(
        (completed >= 0) & (jobs > completed),
        JOB_COUNTS[0],
        lambda _text: _("The three job counts together are more than “completed”."),
    )
    if not known:
        for name in JOB_COUNTS:
            lines.note(
                counts[name] >= 0,
                name,
                lambda _text: _("The outcome of this quarter cannot be known yet; it must be empty."),
            )


def _check_minimum(lines: _Lines, counts: Counts, minimum_count: int) -> None:
    """A masking publisher shows no count of 1 to minimum_count − 1, nor its complement (`no_job`)."""
    no_job = counts["completed"] - sum(counts[name] for name in JOB_COUNTS)
    whole = np.logical_and.reduce([counts[name] >= 0 for name in ("completed", *JOB_COUNTS)])
    shown = {name: counts[name] for name in ("completed", *JOB_COUNTS)}
    for name, numbers in shown.items():
        lines.note((numbers > 0) & (numbers < minimum_count), name, _small)
    lines.note(whole & (no_job > 0) & (no_job < minimum_count), JOB_COUNTS[0], _small)


def _hide_whole_rows(counts: Counts) -> None:
    hidden = np.logical_or.reduce([counts[name] == NULL for name in ("completed", *JOB_COUNTS)])
    for name in JOB_COUNTS:
        counts[name] = np.where(hidden, NULL, counts[name])


def _kept_places(lines: _Lines, ids: dict[str, Numbers], counts: Counts) -> Numbers:
    """The places of the rows in their one order, the first of identical ones alone."""
    order = _row_order(ids)
    same = np.logical_and.reduce([ids[name][order][1:] == ids[name][order][:-1] for name in OUTCOME_IDS])
    agree = np.logical_and.reduce([counts[name][order][1:] == counts[name][order][:-1] for name in OUTCOME_COUNTS])
    contradicting = np.zeros(len(order), dtype=np.bool_)
    contradicting[order[1:][same & ~agree]] = True
    lines.note(contradicting, _KEY[-1], lambda _text: same_key_reason(_KEY))
    lines.refuse()
    kept: Numbers = order[np.concatenate(([True], ~same))] if len(order) else order
    return kept


def _chosen(ids: dict[str, Numbers], counts: Counts, kept: Numbers) -> OutcomeColumns:
    return OutcomeColumns(
        employer=ids["employer"][kept].astype(np.int32),
        municipality=ids["municipality"][kept].astype(np.int16),
        branch=ids["branch"][kept].astype(np.int16),
        occupation=ids["occupation"][kept].astype(np.int16),
        benefit_group=ids["benefit_group"][kept].astype(np.int8),
        programme=ids["programme"][kept].astype(np.int8),
        started=counts["started"][kept].astype(np.int32),
        completed=counts["completed"][kept].astype(np.int32),
        job_same_employer=counts["job_same_employer"][kept].astype(np.int32),
        job_same_branch=counts["job_same_branch"][kept].astype(np.int32),
        job_other_branch=counts["job_other_branch"][kept].astype(np.int32),
    )


def _row_order(ids: dict[str, Numbers]) -> Numbers:
    """The order of rows by OUTCOME_IDS, equal ones as they stand; packed into one integer where it has the room."""
    bits = [int(ids[name].max(initial=0)).bit_length() for name in OUTCOME_IDS]
    if sum(bits) > _PACKED_BITS:
        return np.lexsort([ids[name] for name in reversed(OUTCOME_IDS)])
    key: Numbers = np.zeros(len(ids[OUTCOME_IDS[0]]), dtype=np.int64)
    for name, width in zip(OUTCOME_IDS, bits, strict=True):
        key = (key << width) | ids[name]
    if (key[1:] > key[:-1]).all():
        return np.arange(len(key))
    return np.argsort(key, kind="stable")


def _wrong_quarter(text: str, quarter: Quarter) -> str:
    return _("{value} is not the quarter of this file, {quarter}.").format(value=quoted(text), quarter=quarter)


def _no_count(text: str) -> str:
    if _NEGATIVE.fullmatch(text):
        return _("{value} is negative; a count cannot be.").format(value=quoted(text))
    return _("{value} is no whole number.").format(value=quoted(text))


def _small(_text: str) -> str:
    return _("A count (or what is left of “completed”) is below the publication's own smallest count.")

"""Reading the employers of a release: up to millions of rows, each column checked by its distinct values."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from jobcentre_desk.model.employers import CVR_LENGTH, CVR_MODULUS, CVR_WEIGHTS, is_cvr
from jobcentre_desk.publishing.cells import CellRefused, not_a_cvr, read_cell
from jobcentre_desk.publishing.columns import EmployerColumns, KnownCodes
from jobcentre_desk.publishing.csv_rows import RowReader, csv_bytes
from jobcentre_desk.publishing.read_tables import same_key_reason
from jobcentre_desk.publishing.row_problems import MOST_PROBLEMS, refuse_rows
from jobcentre_desk.publishing.row_rules import unknown_code_reason
from jobcentre_desk.publishing.schemas import FORMATS, LONGEST_TEXT, Field

_FIELDS = {field.name: field for field in FORMATS["employers"].fields}
_NOT_PLAIN = re.compile(r"[^\n !-~¡-¬®-ſ]|  |\n | \n")
"""What `text.clean` may change in names joined by line feeds: anything but Latin letters, signs and single blanks."""

_Value = TypeVar("_Value")


@dataclass(slots=True)
class _Columns:
    """What has been read so far: one list a column, all equally long."""

    row: list[int] = field(default_factory=list)
    cvr: list[str] = field(default_factory=list)
    name: list[str] = field(default_factory=list)
    branch: list[int] = field(default_factory=list)
    municipality: list[int] = field(default_factory=list)
    size_band: list[str] = field(default_factory=list)
    sole_proprietor: list[bool] = field(default_factory=list)
    advertising_protected: list[bool] = field(default_factory=list)

    def employer(self, place: int) -> tuple[object, ...]:
        """All that is known of the employer at one place, without its row number."""
        return tuple(getattr(self, name)[place] for name in _FIELDS)


def read_employers(csv: bytes, *, file: str, codes: KnownCodes) -> EmployerColumns:
    """The employers in the order of their CVR number, identical rows merged; ids are those of `codes`.

    Raises RowsRefused with the first hundred problems.
    """
    reader = RowReader("employers", csv, file=file)
    columns = _Columns()
    for numbers, raw in reader.column_chunks():
        _read_chunk(numbers, dict(zip(_FIELDS, raw, strict=True)), columns, reader, codes=codes)
        if len(reader.problems) >= MOST_PROBLEMS:
            break
    refuse_rows(sorted(reader.problems, key=lambda problem: problem.row))
    kept = _kept_places(columns, reader)
    refuse_rows(reader.problems)
    return _chosen(columns, kept)


def employers_bytes(employers: EmployerColumns, codes: KnownCodes) -> bytes:
    """Employers as the format writes them: the inverse of `read_employers`."""
    branches = {number: code for code, number in codes.branches.items()}
    areas = {number: code for code, number in codes.areas.items()}
    columns = (
        employers.cvr,
        employers.name,
        [branches[number] for number in employers.branch.tolist()],
        [areas[number] for number in employers.municipality.tolist()],
        employers.size_band,
        ["true" if flag else "false" for flag in employers.sole_proprietor.tolist()],
        ["true" if flag else "false" for flag in employers.advertising_protected.tolist()],
    )
    return csv_bytes(tuple(_FIELDS), zip(*columns, strict=True))


def _read_chunk(
    numbers: Sequence[int], raw: dict[str, Sequence[str]], columns: _Columns, reader: RowReader, *, codes: KnownCodes
) -> None:
    def read(name: str, value_of: Callable[[str], _Value], known: Collection[str] | None = None) -> list[_Value]:
        values, reasons = _read_distinct(_FIELDS[name], set(raw[name]), value_of, known=known)
        if reasons:
            _note(reader, name, raw[name], numbers, reasons)
        return list(map(values.__getitem__, raw[name]))

    columns.row += numbers
    columns.cvr += raw["cvr"]
    if not _all_cvr(raw["cvr"]):
        _note(reader, "cvr", raw["cvr"], numbers, {t: not_a_cvr(t) for t in raw["cvr"] if not is_cvr(t)})
    columns.name += raw["name"] if _all_plain(raw["name"]) else read("name", str)
    columns.branch += read("branch", lambda code: codes.branches.get(code, 0), codes.branches)
    columns.municipality += read("municipality", lambda code: codes.areas.get(code, 0), codes.municipalities)
    columns.size_band += read("size_band", str)
    columns.sole_proprietor += read("sole_proprietor", "true".__eq__)
    columns.advertising_protected += read("advertising_protected", "true".__eq__)


def _read_distinct(
    field: Field, texts: Collection[str], value_of: Callable[[str], _Value], *, known: Collection[str] | None
) -> tuple[dict[str, _Value], dict[str, str]]:
    """What each distinct text of a column means, and why some are refused (known None: any value will do)."""
    values: dict[str, _Value] = {}
    reasons: dict[str, str] = {}
    for text in texts:
        try:
            cell = read_cell(field, text) or ""
        except CellRefused as refused:
            cell = ""
            reasons[text] = str(refused)
        else:
            if known is not None and cell not in known:
                reasons[text] = unknown_code_reason(text, field.table)
        values[text] = value_of(cell)
    return values, reasons


def _note(reader: RowReader, column: str, raw: Sequence[str], numbers: Sequence[int], reasons: dict[str, str]) -> None:
    for number, text in zip(numbers, raw, strict=True):
        if text in reasons:
            reader.add(number, column, reasons[text])


def _all_plain(names: Sequence[str]) -> bool:
    lengths = set(map(len, names))
    return min(lengths) > 0 and max(lengths) <= LONGEST_TEXT and not _NOT_PLAIN.search("\n".join(("", *names, "")))


def _all_cvr(raw: Sequence[str]) -> bool:
    joined = "".join(raw)
    if set(map(len, raw)) != {CVR_LENGTH} or not (joined.isascii() and joined.isdigit()):
        return False
    digits = np.frombuffer(joined.encode(), dtype=np.uint8).reshape(-1, CVR_LENGTH) - ord("0")
    return not (digits @ np.array(CVR_WEIGHTS) % CVR_MODULUS).any()


def _kept_places(columns: _Columns, reader: RowReader) -> list[int]:
    """The places of the employers in the order of their CVR number, the first of identical rows alone."""
    order = sorted(range(len(columns.cvr)), key=columns.cvr.__getitem__)
    kept = order[:1]
    for place in order[1:]:
        if columns.cvr[place] != columns.cvr[kept[-1]]:
            kept.append(place)
        elif columns.employer(place) != columns.employer(kept[-1]):
            reader.add(max(columns.row[place], columns.row[kept[-1]]), "cvr", same_key_reason(("cvr",)))
    return kept


def _chosen(columns: _Columns, kept: list[int]) -> EmployerColumns:
    return EmployerColumns(
        cvr=[columns.cvr[place] for place in kept],
        name=[columns.name[place] for place in kept],
        branch=np.array(columns.branch, dtype=np.int16)[kept],
        municipality=np.array(columns.municipality, dtype=np.int16)[kept],
        size_band=[columns.size_band[place] for place in kept],
        sole_proprietor=np.array(columns.sole_proprietor, dtype=np.bool_)[kept],
        advertising_protected=np.array(columns.advertising_protected, dtype=np.bool_)[kept],
    )

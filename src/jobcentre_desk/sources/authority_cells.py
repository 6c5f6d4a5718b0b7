"""One cell of an authority's file, read as what its column is: a value, or the reason why there is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from jobcentre_desk.model.employers import CVR_LENGTH, is_cvr
from jobcentre_desk.model.imports import COUNTS, Target
from jobcentre_desk.publishing.cells import not_a_cvr
from jobcentre_desk.publishing.row_problems import quoted
from jobcentre_desk.publishing.schemas import LONGEST_TEXT
from jobcentre_desk.sources.authority_codes import TABLES, read_code
from jobcentre_desk.sources.authority_numbers import HIGHEST_COUNT, Parting, read_count
from jobcentre_desk.sources.authority_periods import RowPeriod, is_longer_than_a_quarter, read_period
from jobcentre_desk.sources.authority_table import BrokenCell, StoredNumber
from jobcentre_desk.text import clean
from jobcentre_desk.text import count as written_count
from jobcentre_desk.text import translate as _

Value = RowPeriod | str | int | bool | None

_MAY_BE_EMPTY = frozenset(
    {*COUNTS, Target.NAME, Target.SIZE_BAND, Target.SOLE_PROPRIETOR, Target.ADVERTISING_PROTECTED}
)
_YES = frozenset({"ja", "j", "yes", "y", "true", "sand", "1", "x", "✓"})
_NO = frozenset({"nej", "n", "no", "false", "falsk", "0", "-", ""})
_CVR_SIGNS = re.compile(r"^(?:dk|cvr)[ .:-]*|[ \N{NO-BREAK SPACE}]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CellRead:
    """The value of a cell, the reason for refusing it ("" = none), and what was mended in it ("" = nothing)."""

    value: Value = None
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ColumnReader:
    """Reads the cells of one column; each text is read once."""

    target: Target
    parting: Parting = Parting.NONE
    _known: dict[tuple[type, str], CellRead] = field(default_factory=dict)

    def read(self, cell: str) -> CellRead:
        """The value of a cell, or why it has none."""
        key = (cell.__class__, cell)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._read(cell)
        return known

    def _read(self, cell: str) -> CellRead:
        if isinstance(cell, BrokenCell):
            return CellRead(reason=_broken_reason(cell))
        if not cell.strip() and self.target not in _MAY_BE_EMPTY:
            return CellRead(reason=_("It must not be empty."))
        if self.target in TABLES:
            found = read_code(self.target, cell)
            return CellRead(found.code, found.reason, found.note)
        if self.target in COUNTS:
            return _count(cell, self.parting)
        return _READERS[self.target](cell)


def _broken_reason(cell: str) -> str:
    if cell.startswith("#"):
        return _("The spreadsheet has the error {value} here.").format(value=quoted(cell))
    return _("A formula stands here whose result is not in the file; open it in the spreadsheet and save it again.")


def _period(cell: str) -> CellRead:
    period = read_period(cell)
    if period is not None:
        return CellRead(period)
    if is_longer_than_a_quarter(cell):
        reason = _("{value} is longer than a quarter, and figures are kept by quarter; export by quarter or month.")
    else:
        reason = _("{value} is no quarter, month or date such as 2025Q3, 3. kvt. 2025, 2025-09 or 30-09-2025.")
    return CellRead(reason=reason.format(value=quoted(cell)))


def _cvr(cell: str) -> CellRead:
    text = _CVR_SIGNS.sub("", cell.strip())
    if is_cvr(text):
        return CellRead(text)
    padded = text.zfill(CVR_LENGTH)
    if isinstance(cell, StoredNumber) and len(text) == CVR_LENGTH - 1 and is_cvr(padded):
        return CellRead(padded, note=_("A zero that Excel dropped from the front of CVR numbers is put back."))
    return CellRead(reason=not_a_cvr(cell))


def _text(cell: str) -> CellRead:
    return CellRead(clean(cell, longest=LONGEST_TEXT))


def _flag(cell: str) -> CellRead:
    text = cell.strip().casefold()
    if text in _YES or text in _NO:
        return CellRead(text in _YES)
    return CellRead(reason=_("{value} is neither yes nor no (ja, nej, 1, 0, x or empty).").format(value=quoted(cell)))


def _count(cell: str, parting: Parting) -> CellRead:
    if not cell.strip():
        return CellRead(None)
    number = read_count(cell, parting)
    if number is None:
        reason = _("{value} is no whole number; a count that is hidden or not yet known is an empty cell.")
        return CellRead(reason=reason.format(value=quoted(cell)))
    if number < 0:
        return CellRead(reason=_("{value} is negative; a count cannot be.").format(value=quoted(cell)))
    if number > HIGHEST_COUNT:
        bound = written_count(HIGHEST_COUNT)
        return CellRead(reason=_("{value} is above {bound}.").format(value=quoted(cell), bound=bound))
    return CellRead(number)


_READERS: Mapping[Target, Callable[[str], CellRead]] = {
    Target.PERIOD: _period,
    Target.CVR: _cvr,
    Target.NAME: _text,
    Target.SIZE_BAND: _text,
    Target.SOLE_PROPRIETOR: _flag,
    Target.ADVERTISING_PROTECTED: _flag,
}

"""One cell of a table: read by the rules of its column, made plain, and written the one way the format has."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

from jobcentre_desk.model.employers import is_cvr
from jobcentre_desk.model.periods import PublishedPeriod
from jobcentre_desk.publishing.row_problems import quoted
from jobcentre_desk.publishing.schemas import (
    CODE_PATTERN,
    DECIMAL_PATTERN,
    ID_PATTERN,
    LONGEST_PROSE,
    LONGEST_TEXT,
    QUARTER_PATTERN,
    Field,
    Kind,
)
from jobcentre_desk.text import clean
from jobcentre_desk.text import translate as _

_INTEGER = re.compile(r"-?[0-9]{1,9}")
_DECIMAL = re.compile(DECIMAL_PATTERN)
_CODE = re.compile(CODE_PATTERN)
_ID = re.compile(ID_PATTERN)
_QUARTER = re.compile(QUARTER_PATTERN)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ADDRESS = re.compile(r"https?://[!-~]{1,1000}")
_FLAGS = {"true": "true", "1": "true", "false": "false", "0": "false"}


class CellRefused(ValueError):
    """A cell breaks the rule of its column; the text is the reason as a sentence."""


def read_cell(field: Field, raw: str) -> str | None:
    """The value of one cell as the format writes it, None when it is empty; raises CellRefused with the reason."""
    value = _READERS[field.kind](field, raw) if raw else ""
    if value:
        return value
    if field.required:
        raise CellRefused(_("It must not be empty."))
    return None


def _text(_field: Field, raw: str) -> str:
    return clean(raw, longest=LONGEST_TEXT)


def _prose(_field: Field, raw: str) -> str:
    lines = (clean(line, longest=LONGEST_PROSE) for line in raw.splitlines())
    return "\n".join(line for line in lines if line)[:LONGEST_PROSE].rstrip()


def _matching(pattern: re.Pattern[str], reason: Callable[[], str]) -> Callable[[Field, str], str]:
    def read(_field: Field, raw: str) -> str:
        if pattern.fullmatch(raw) is None:
            raise CellRefused(reason().format(value=quoted(raw)))
        return raw

    return read


def _codes(field: Field, raw: str) -> str:
    for code in raw.split(";"):
        _READERS[Kind.CODE](field, code)
    return raw


def _cvr(_field: Field, raw: str) -> str:
    if not is_cvr(raw):
        raise CellRefused(not_a_cvr(raw))
    return raw


def not_a_cvr(raw: str) -> str:
    """The reason for refusing what should be a CVR number."""
    return _("{value} is no CVR number (eight digits whose check digit holds).").format(value=quoted(raw))


def _period(_field: Field, raw: str) -> str:
    period = PublishedPeriod.parse(raw)
    if period is None or str(period) != raw:
        raise CellRefused(
            _("{value} is no period like 2025Q03, 2026M06, 2022QMAT04 or 2025Y01.").format(value=quoted(raw))
        )
    return raw


def _date(_field: Field, raw: str) -> str:
    try:
        dt.date.fromisoformat(raw if _DATE.fullmatch(raw) else "")
    except ValueError:
        raise CellRefused(_("{value} is no date like 2026-11-02.").format(value=quoted(raw))) from None
    return raw


def _integer(field: Field, raw: str) -> str:
    if _INTEGER.fullmatch(raw) is None:
        raise CellRefused(_("{value} is no whole number.").format(value=quoted(raw)))
    _check_bounds(field, Decimal(raw))
    return str(int(raw))


def _decimal(field: Field, raw: str) -> str:
    if _DECIMAL.fullmatch(raw) is None:
        raise CellRefused(_("{value} is no number with a decimal point.").format(value=quoted(raw)))
    _check_bounds(field, Decimal(raw))
    return raw


def _check_bounds(field: Field, number: Decimal) -> None:
    if field.low is not None and number < field.low:
        raise CellRefused(_("{value} is below {bound}.").format(value=quoted(str(number)), bound=field.low))
    if field.high is not None and number > field.high:
        raise CellRefused(_("{value} is above {bound}.").format(value=quoted(str(number)), bound=field.high))


def _flag(_field: Field, raw: str) -> str:
    if raw not in _FLAGS:
        raise CellRefused(_("{value} is neither true nor false.").format(value=quoted(raw)))
    return _FLAGS[raw]


def _choice(field: Field, raw: str) -> str:
    if raw not in field.choices:
        raise CellRefused(
            _("{value} is none of {choices}.").format(value=quoted(raw), choices=", ".join(field.choices))
        )
    return raw


_READERS: dict[Kind, Callable[[Field, str], str]] = {
    Kind.TEXT: _text,
    Kind.PROSE: _prose,
    Kind.CODE: _matching(_CODE, lambda: _("{value} is no code.")),
    Kind.CODES: _codes,
    Kind.ID: _matching(_ID, lambda: _("{value} is no id (small letters, digits, point, line).")),
    Kind.CVR: _cvr,
    Kind.QUARTER: _matching(_QUARTER, lambda: _("{value} is no quarter like 2025Q03.")),
    Kind.PERIOD: _period,
    Kind.DATE: _date,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.FLAG: _flag,
    Kind.CHOICE: _choice,
    Kind.ADDRESS: _matching(_ADDRESS, lambda: _("{value} is no address that begins with https://.")),
}

"""Notes on employers: a warning before a civil registration number (CPR) is kept in one."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

CPR_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
CPR_MODULUS = 11
EARLIEST_BIRTH_YEAR = 1900

_BETWEEN = r"[\s./_‐–—−-]{0,3}"
_SPELLING = re.compile(rf"(?<!\d)(?=(\d\d){_BETWEEN}(\d\d){_BETWEEN}((?:18|19|20)?\d\d){_BETWEEN}(\d{{4}})(?!\d))")


def looks_like_cpr(text: str, *, today: dt.date | None = None) -> bool:
    """Whether `text` holds what may be a CPR number, in any common spelling.

    That is: a date of birth from 1900 to `today` by the rule of the seventh digit, and either the check sum
    (weights 4 3 2 7 6 5 4 3 2 1, modulus 11) or a birth on 1 January, where numbers without it were given out.
    """
    latest = today or dt.datetime.now(dt.UTC).date()
    plain = unicodedata.normalize("NFKC", text)
    return any(_is_cpr(*match.groups(), latest=latest) for match in _SPELLING.finditer(plain))


def _is_cpr(day: str, month: str, year: str, serial: str, *, latest: dt.date) -> bool:
    born = _date_of_birth(int(day), int(month), year, int(serial[0]))
    if born is None or born.year < EARLIEST_BIRTH_YEAR or born > latest:
        return False
    digits = day + month + year[-2:] + serial
    check_sum = sum(int(digit) * weight for digit, weight in zip(digits, CPR_WEIGHTS, strict=True))
    return check_sum % CPR_MODULUS == 0 or (born.day, born.month) == (1, 1)


def _date_of_birth(day: int, month: int, year: str, seventh_digit: int) -> dt.date | None:
    short = int(year[-2:])
    century = _century(short, seventh_digit)
    if len(year) == len("1980") and int(year[:2]) * 100 != century:
        return None
    try:
        return dt.date(century + short, month, day)
    except ValueError:
        return None


def _century(short_year: int, seventh_digit: int) -> int:
    """The century of birth by the seventh digit (the CPR office's table)."""
    if seventh_digit <= 3:
        return 1900
    if seventh_digit in {4, 9}:
        return 2000 if short_year <= 36 else 1900
    return 2000 if short_year <= 57 else 1800

"""The period of a row as authorities write it: a quarter, a month or a date, each within one quarter."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from jobcentre_desk.model.periods import PublishedPeriod, Quarter

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "januar", "january"),
            ("feb", "februar", "february"),
            ("mar", "marts", "march"),
            ("apr", "april"),
            ("maj", "may"),
            ("jun", "juni", "june"),
            ("jul", "juli", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("okt", "oct", "oktober", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}
_QUARTER_WORD = r"(?:kvt|kvartal|quarter|[qk])"
_QUARTER_FIRST = re.compile(rf"(?:0?([1-4])\.? ?{_QUARTER_WORD}\.?|{_QUARTER_WORD}\.? ?0?([1-4])),? ?(?:af )?(\d{{4}})")
_YEAR_FIRST = re.compile(rf"(\d{{4}})[ ,/-]*(?:0?([1-4])\.? ?{_QUARTER_WORD}\.?|{_QUARTER_WORD}\.? ?0?([1-4]))")
_MONTH_NUMBER = re.compile(r"(\d{4})(?:m|-|/|\.| )?(0[1-9]|1[0-2])|(\d{4})(?:m|-|/)([1-9])")
_NUMBER_MONTH = re.compile(r"(0?[1-9]|1[0-2])[-/. ](\d{4})")
_MONTH_NAME = re.compile(r"([a-z]+)\.?,?[ -]?(\d{4})|(\d{4})[ ,-]*([a-z]+)\.?")
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ][\d:.]+z?)?|(\d{1,2})[-./](\d{1,2})[-./](\d{4})(?: [\d:.]+)?")
_YEAR = re.compile(r"(?:år )?\d{4}(?:y01|å)?|\d{4}(?:qmat|mytd)\d{2}|\d{4} ?[-–] ?\d{4}")
_MONTHS_A_QUARTER = 3
_FIRST_YEAR, _LAST_YEAR = 1980, 2100


class Grain(StrEnum):
    """How long the period of a row is."""

    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class RowPeriod:
    """The period of a row: written one way (`2025Q03`, `2026M06`, `2026-06-30`), and the quarter it lies in."""

    text: str
    quarter: Quarter
    grain: Grain


def read_period(raw: str) -> RowPeriod | None:
    """The period a person or a program wrote, None where it is none that lies within a quarter.

    Years from 1980 to 2100 are believed. A date with the day first is Danish (30-06-2026 and 30.06.2026); there is no
    guess at American ones.
    """
    text = " ".join(raw.split()).casefold()
    period = _quarter(text) or _month(text) or _day(text)
    return period if period is not None and _FIRST_YEAR <= period.quarter.year <= _LAST_YEAR else None


def is_longer_than_a_quarter(raw: str) -> bool:
    """Whether the text is a year or a running year, which cannot be told apart into quarters."""
    return _YEAR.fullmatch(" ".join(raw.split()).casefold()) is not None


def _quarter(text: str) -> RowPeriod | None:
    quarter = Quarter.parse(text)
    if quarter is None:
        match = _QUARTER_FIRST.fullmatch(text)
        year, number = (match[3], match[1] or match[2]) if match else ("", "")
        if not match and (match := _YEAR_FIRST.fullmatch(text)):
            year, number = match[1], match[2] or match[3]
        if not match:
            return None
        quarter = Quarter.of(int(year), int(number))
    return RowPeriod(str(quarter), quarter, Grain.QUARTER)


def _month(text: str) -> RowPeriod | None:
    if match := _MONTH_NUMBER.fullmatch(text):
        return _month_of(match[1] or match[3], int(match[2] or match[4]))
    if match := _NUMBER_MONTH.fullmatch(text):
        return _month_of(match[2], int(match[1]))
    if match := _MONTH_NAME.fullmatch(text):
        name = match[1] or match[4]
        return _month_of(match[2] or match[3], _MONTHS[name]) if name in _MONTHS else None
    return None


def _month_of(year: str, month: int) -> RowPeriod:
    return RowPeriod(str(PublishedPeriod(int(year), "M", month)), _quarter_of(int(year), month), Grain.MONTH)


def _day(text: str) -> RowPeriod | None:
    match = _DATE.fullmatch(text)
    if not match:
        return None
    year, month, day = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
    try:
        date = dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return RowPeriod(date.isoformat(), _quarter_of(date.year, date.month), Grain.DAY)


def quarter_of(day: dt.date) -> Quarter:
    """The quarter that a day lies in."""
    return _quarter_of(day.year, day.month)


def _quarter_of(year: int, month: int) -> Quarter:
    return Quarter.of(year, (month - 1) // _MONTHS_A_QUARTER + 1)

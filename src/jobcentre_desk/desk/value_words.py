"""Published values of any measure in words: by unit, short for a tile, and as the numbers of an axis."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from jobcentre_desk.desk.municipality_wording import published_number, published_percent
from jobcentre_desk.text import NO_BREAK_SPACE, count, decimal
from jobcentre_desk.text import translate as _

PERCENT, POINTS = "percent", "percentage points"
_MOST_TICKS = 6
_IN_THOUSANDS = 100_000
"""From so large a value on a tile shows thousands: six digits do not fit on it."""


def unit_words(unit: str) -> str:
    """What a measure counts, in the language in use; a unit that is not known stands as published."""
    return {
        PERCENT: _("per cent"),
        POINTS: _("percentage points"),
        "full-time persons": _("full-time persons"),
        "persons": _("persons"),
        "number": _("number"),
        "years": _("years"),
        "traineeships": _("traineeships"),
        "DKK a year": _("DKK a year"),
        "place of 98": _("place of 98"),
        "-": "",
    }.get(unit, unit)


def title_unit(unit: str) -> str:
    """The unit as it stands behind a name or a cut; "" where it says nothing (a number of what the name tells)."""
    return "" if unit in ("number", "-") else unit_words(unit)


def is_signed(values: Sequence[Decimal]) -> bool:
    """Whether values lie on both sides of 0, as differences do."""
    return min(values, default=Decimal(0)) < 0 < max(values, default=Decimal(0))


def value_text(digits: str | Decimal | None, unit: str, *, signed: bool = False) -> str:
    """A published value with its unit: "10,05 %", "+0,12 pct. points", "1,234 persons"; "–" for none."""
    if digits is None:
        return "–"
    if unit == PERCENT:
        return published_percent(digits)
    number = published_number(digits, signed=signed)
    if unit == POINTS:
        return _("{points} pct. points").format(points=number).replace(" ", NO_BREAK_SPACE)
    words = title_unit(unit)
    return f"{number}{NO_BREAK_SPACE}{words}" if words and unit != "place of 98" else number


def short_value(value: Decimal | None, unit: str, *, signed: bool) -> str:
    """A value beside an axis that names its unit: with the sign of percent, else the number alone; "" for none."""
    if value is None:
        return ""
    return published_percent(value) if unit == PERCENT else published_number(value, signed=signed)


def tile_text(digits: str, *, signed: bool, thousands: bool) -> str:
    """A value as it fits on a tile; `thousands` = all tiles of the map show thousands."""
    value = Decimal(digits)
    return count(float(value / 1000)) if thousands else published_number(value, signed=signed)


def in_thousands(values: Sequence[Decimal]) -> bool:
    """Whether the tiles of a map show thousands."""
    return any(abs(value) >= _IN_THOUSANDS for value in values)


def axis(
    values: Sequence[Decimal], *, signed: bool, unit: str = ""
) -> tuple[float, float, tuple[tuple[float, str], ...]]:
    """Round ends around the values with at most six steps between them, the sign of percent on the last number."""
    lowest, highest = min(values, default=Decimal(0)), max(values, default=Decimal(1))
    step = Decimal("0.1")
    factors = (Decimal(2), Decimal("2.5"), Decimal(2))
    turn = 0
    first, last = _ends(lowest, highest, step)
    while (last - first) / step > _MOST_TICKS:
        step *= factors[turn % 3]
        turn += 1
        first, last = _ends(lowest, highest, step)
    ticks = [first + step * i for i in range(int((last - first) / step) + 1)]
    texts = [decimal(float(tick), places=0 if step >= 1 else 1, signed=signed) for tick in ticks]
    if unit == PERCENT:
        texts[-1] += f"{NO_BREAK_SPACE}%"
    return float(first), float(last), tuple(zip(map(float, ticks), texts, strict=True))


def _ends(lowest: Decimal, highest: Decimal, step: Decimal) -> tuple[Decimal, Decimal]:
    first = (lowest / step).to_integral_value(ROUND_FLOOR) * step
    return first, max((highest / step).to_integral_value(ROUND_CEILING) * step, first + step)

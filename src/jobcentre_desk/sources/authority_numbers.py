"""Counts as a column writes them: with thousands parted or not, decided once for the whole column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from jobcentre_desk.sources.authority_table import StoredNumber
from jobcentre_desk.text import translate as _

HIGHEST_COUNT = 99_999_999
_BLANKS = re.compile(r"[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]")
_MINUS = "-\N{MINUS SIGN}"
_NUMBER = re.compile(rf"[{_MINUS}]?[0-9.,]+")
_PLAIN = re.compile(r"[0-9]{1,12}")
_BY_POINT = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")
_BY_COMMA = re.compile(r"[0-9]{1,3}(,[0-9]{3})+")
_BY_BLANK = re.compile(r"[0-9]{1,3}( [0-9]{3})+")
_WHOLE = re.compile(r"([0-9]{1,12})[.,]0+")


class Parting(StrEnum):
    """What a point or a comma in the numbers of a column is."""

    NONE = ""
    POINT = "."
    COMMA = ","
    DECIMALS = "decimals"


def parting_of(cells: Iterable[str]) -> Parting:
    """What points and commas mean in a column of counts.

    Where every number with one has it before each group of three digits, and none has the other sign, it parts
    thousands (1.234 is 1234); else it stands before decimals, and such a number is refused unless they are zeros.
    """
    signed = {
        cell.strip().lstrip(_MINUS)
        for cell in cells
        if ("." in cell or "," in cell) and not isinstance(cell, StoredNumber) and _NUMBER.fullmatch(cell.strip())
    }
    if not signed:
        return Parting.NONE
    if all(_BY_POINT.fullmatch(cell) for cell in signed):
        return Parting.POINT
    if all(_BY_COMMA.fullmatch(cell) for cell in signed):
        return Parting.COMMA
    return Parting.DECIMALS


def parting_note(parting: Parting) -> str:
    """How the numbers of a column are read, in a sentence; "" where there is nothing to tell."""
    return {
        Parting.NONE: "",
        Parting.POINT: _("A point parts thousands here: each stands before three digits."),
        Parting.COMMA: _("A comma parts thousands here: each stands before three digits."),
        Parting.DECIMALS: _(
            "A point or comma stands before decimals here, as not each stands before three digits; counts are whole."
        ),
    }[parting]


def read_count(cell: str, parting: Parting) -> int | None:
    """The whole number in a cell, negative ones too; None where it is none."""
    text = _BLANKS.sub(" ", cell).strip()
    sign = -1 if text and text[0] in _MINUS else 1
    digits = _digits(text[1:] if sign < 0 else text, Parting.NONE if isinstance(cell, StoredNumber) else parting)
    return sign * int(digits) if digits else None


def _digits(text: str, parting: Parting) -> str:
    """The digits of a whole number without what parts them; "" where it is none."""
    if _PLAIN.fullmatch(text):
        return text
    if _BY_BLANK.fullmatch(text):
        return text.replace(" ", "")
    pattern = {Parting.POINT: _BY_POINT, Parting.COMMA: _BY_COMMA}.get(parting)
    if pattern is not None and pattern.fullmatch(text):
        return re.sub(r"[.,]", "", text)
    match = _WHOLE.fullmatch(text) if parting is Parting.DECIMALS else None
    return match[1] if match else ""

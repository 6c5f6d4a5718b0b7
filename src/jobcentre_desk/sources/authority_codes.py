"""Codes and names as authorities write them, brought to the official code lists shipped with the program."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from jobcentre_desk.model.areas import AreaKind
from jobcentre_desk.model.imports import Target
from jobcentre_desk.publishing.code_lists import code_list_rows
from jobcentre_desk.publishing.row_problems import quoted
from jobcentre_desk.publishing.row_rules import unknown_code_reason
from jobcentre_desk.sources.authority_table import StoredNumber
from jobcentre_desk.text import translate as _

TABLES = {
    Target.MUNICIPALITY: "areas",
    Target.BRANCH: "branches",
    Target.OCCUPATION: "occupations",
    Target.BENEFIT_GROUP: "benefit_groups",
    Target.PROGRAMME: "programmes",
}
"""The code list that each kind of column points into."""

_CODE_AND_TITLE = re.compile(r"([0-9][0-9.]*|[A-V])(?: |:|\s*[-–]\s*)\s*[^\W\d].*", re.DOTALL)
_POINTED = re.compile(r"[0-9]{2}\.[0-9]{1,2}|[0-9]{2}\.[0-9]{2}\.?[0-9]{2}")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e"})
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_LONG_DIGITS, _CUT_DIGITS = 6, 4
_LEADING_ZEROS = re.compile(r"0?([1-8][0-9]{2})")


@dataclass(frozen=True, slots=True)
class CodeRead:
    """The code of a list, or the reason why there is none; `note` tells what was done to find it."""

    code: str = ""
    reason: str = ""
    note: str = ""


def read_code(target: Target, cell: str) -> CodeRead:
    """The code that a cell of a municipality, branch, occupation, benefit group or programme stands for.

    A code may have its title behind it ("851 Aalborg"). Branches may lack their point; six digits of DB25 or DISCO-08
    are cut to the class. Where Excel stored a code as a number, lost zeros are put back if one code alone fits.
    """
    return _READERS[target](cell)


def _municipality(cell: str) -> CodeRead:
    text = _code_of(cell.strip())
    match = _LEADING_ZEROS.fullmatch(text)
    if match and match[1] in _municipality_codes():
        return CodeRead(match[1])
    code = _municipality_names().get(_folded(text))
    return CodeRead(code) if code else _unknown(cell, "areas")


def _branch(cell: str) -> CodeRead:
    text = _code_of(cell.strip())
    if isinstance(cell, StoredNumber) and "." in text:
        division, _point, rest = text.partition(".")
        return _one_of(cell, [division.zfill(2) + rest, f"{division.zfill(2)}{rest}0"], "branches")
    return _digit_code(cell, text.replace(".", "") if _POINTED.fullmatch(text) else text, "branches")


def _occupation(cell: str) -> CodeRead:
    return _digit_code(cell, _code_of(cell.strip()), "occupations")


def _digit_code(cell: str, digits: str, table: str) -> CodeRead:
    if isinstance(cell, StoredNumber):
        return _one_of(cell, [digits, f"0{digits}"], table)
    codes = _by_digits(table)
    return CodeRead(codes[_cut(digits)], note=_cut_note(digits)) if _cut(digits) in codes else _unknown(cell, table)


def _one_of(cell: str, candidates: Sequence[str], table: str) -> CodeRead:
    """The one candidate, the first being as it stands, that is a code; Excel dropped what would tell several apart."""
    codes = _by_digits(table)
    found = [digits for digits in candidates if _cut(digits) in codes]
    if not found:
        return _unknown(cell, table)
    if len(found) > 1:
        reason = _("Excel stored this code as the number {value}, which may be {codes}; write codes as text.")
        either = " / ".join(codes[_cut(digits)] for digits in found)
        return CodeRead(reason=reason.format(value=cell, codes=either))
    mended = "" if found[0] == candidates[0] else _("Zeros that Excel dropped from codes are put back.")
    return CodeRead(codes[_cut(found[0])], note=mended or _cut_note(found[0]))


def _cut_note(digits: str) -> str:
    return _("Codes of six digits are cut to four.") if len(digits) == _LONG_DIGITS else ""


def _named(table: str) -> Callable[[str], CodeRead]:
    def read(cell: str) -> CodeRead:
        code = _titles(table).get(_folded(cell))
        return CodeRead(code) if code else _unknown(cell, table)

    return read


def _unknown(cell: str, table: str) -> CodeRead:
    return CodeRead(reason=unknown_code_reason(quoted(cell)[1:-1], table))


def _code_of(text: str) -> str:
    """The code in front of its title; the text itself where it is no such pair."""
    match = _CODE_AND_TITLE.fullmatch(text)
    return match[1].rstrip(".") if match else text


def _cut(digits: str) -> str:
    return digits[:_CUT_DIGITS] if len(digits) == _LONG_DIGITS else digits


@cache
def _by_digits(table: str) -> Mapping[str, str]:
    """The codes of a list by their digits alone (47.11 by 4711); a section, which has none, by its letter."""
    return {row["code"].replace(".", ""): row["code"] for row in code_list_rows(table)}


@cache
def _municipality_codes() -> frozenset[str]:
    return frozenset(row["code"] for row in code_list_rows("areas") if row["kind"] == AreaKind.MUNICIPALITY)


@cache
def _municipality_names() -> Mapping[str, str]:
    """Codes by name: "Aalborg", "Aalborg Kommune", "Københavns Kommune", "Bornholms Regionskommune"."""
    names: dict[str, str] = {}
    for row in code_list_rows("areas"):
        if row["code"] in _municipality_codes():
            for name in (row["name_da"], row["name_en"]):
                for ending in ("", "s"):
                    for kind in ("", " kommune", " regionskommune", " municipality"):
                        names.setdefault(_folded(f"{name}{ending}{kind}"), row["code"])
    return names


@cache
def _titles(table: str) -> Mapping[str, str]:
    """Codes by themselves and by their titles, for the short lists without digits."""
    found: dict[str, str] = {}
    for row in code_list_rows(table):
        for text in (row["code"], row["title_da"], row["title_en"]):
            found.setdefault(_folded(text), row["code"])
            found.setdefault(_folded(text.removesuffix(" mv.")), row["code"])
    return found


def _folded(text: str) -> str:
    """A name without capitals and signs, æ, ø and å spelled out."""
    return _NO_LETTER.sub(" ", text.casefold().translate(_LETTERS)).strip()


_READERS: dict[Target, Callable[[str], CodeRead]] = {
    Target.MUNICIPALITY: _municipality,
    Target.BRANCH: _branch,
    Target.OCCUPATION: _occupation,
    Target.BENEFIT_GROUP: _named("benefit_groups"),
    Target.PROGRAMME: _named("programmes"),
}

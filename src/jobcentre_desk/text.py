"""Words and numbers as a person reads them: gettext, Danish and English number forms, dates and periods.

Screen, PDF and CSV all format through this module, so that 31 % is written one way everywhere. The
language is chosen at run time with `use_language`; English is the language of the code.
"""

from __future__ import annotations

import datetime as dt
import gettext as _gettext
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from jobcentre_desk import paths

LANGUAGES = ("da", "en")
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
TRUE_MINUS = "\N{MINUS SIGN}"
EN_DASH = "\N{EN DASH}"
LONGEST_OUTSIDE_TEXT = 200

_MONTHS = {
    "da": ("jan.", "feb.", "mar.", "apr.", "maj", "jun.", "jul.", "aug.", "sep.", "okt.", "nov.", "dec."),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
_translations: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


class _Here(threading.local):
    """`spoken`: language and translations of this thread alone, within `in_language`."""

    spoken: tuple[str, _gettext.NullTranslations] | None = None


_here = _Here()


def use_language(language: str) -> None:
    """Switch every text made from now on to `language` ("da" or "en")."""
    global _translations, _language
    _language, _translations = _spoken_as(language)


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Within it every text made on this thread is in `language`, whatever the rest of the program speaks."""
    before = _here.spoken
    _here.spoken = _spoken_as(language)
    try:
        yield
    finally:
        _here.spoken = before


def language() -> str:
    """The language in use: "da" or "en"."""
    return _spoken()[0]


def translate(message: str) -> str:
    """The sentence in the language in use; import it as `_`."""
    return _spoken()[1].gettext(message)


def translate_plural(singular: str, plural: str, n: int) -> str:
    """The sentence for `n` things in the language in use; import it as `_n`."""
    return _spoken()[1].ngettext(singular, plural, n)


def both(danish: str, english: str) -> str:
    """The one of two finished texts that fits the language in use (names and cards come in both)."""
    return danish if language() == "da" else english


def count(value: float) -> str:
    """A whole number with thousands parted: 1.234 in Danish, 1,234 in English."""
    text = f"{round(value):,}"
    return _signs(text)


def decimal(value: float, *, places: int = 2, signed: bool = False) -> str:
    """A number with `places` decimals: 10,05 in Danish; `signed` writes +0,12 and −0,05."""
    text = f"{value:+,.{places}f}" if signed else f"{value:,.{places}f}"
    if float(text.replace(",", "")) == 0:
        text = text.lstrip("+-")
    return _signs(text)


def percent(rate: float, *, places: int = 0) -> str:
    """A fraction 0..1 as percent: 0.314 is "31 %"."""
    return f"{decimal(rate * 100, places=places)}{NO_BREAK_SPACE}%"


def percent_range(low: float, high: float) -> str:
    """An interval of fractions: "52–79 %"."""
    return f"{decimal(low * 100, places=0)}{EN_DASH}{decimal(high * 100, places=0)}{NO_BREAK_SPACE}%"


def points(difference: float, *, places: int = 0) -> str:
    """A difference of two fractions in signed percentage points, without the unit: "+22"."""
    return decimal(difference * 100, places=places, signed=True)


def quarter(year: int, number: int) -> str:
    """A quarter in words: "2. kvt. 2025" or "Q2 2025"."""
    return (
        f"{number}.{NO_BREAK_SPACE}kvt.{NO_BREAK_SPACE}{year}"
        if language() == "da"
        else f"Q{number}{NO_BREAK_SPACE}{year}"
    )


def month(year: int, number: int) -> str:
    """A month in words: "jun. 2026" or "Jun 2026"."""
    return f"{_MONTHS[language()][number - 1]}{NO_BREAK_SPACE}{year}"


def date(day: dt.date) -> str:
    """A date in words: "2. nov. 2026" or "2 Nov 2026"."""
    month = _MONTHS[language()][day.month - 1]
    dot = "." if language() == "da" else ""
    return f"{day.day}{dot}{NO_BREAK_SPACE}{month}{NO_BREAK_SPACE}{day.year}"


def moment(at: dt.datetime) -> str:
    """A date with the time of day: "2. nov. 2026 kl. 06.40" or "2 Nov 2026 06:40"."""
    clock = f"kl.{NO_BREAK_SPACE}{at:%H.%M}" if language() == "da" else f"{at:%H:%M}"
    return f"{date(at.date())} {clock}"


def clean(raw: str, *, longest: int = LONGEST_OUTSIDE_TEXT) -> str:
    """Text from outside made safe once at import: NFC, no control, bidi or surrogate characters, at most `longest`.

    White space runs become one space; what is left is plain text and is typed again at each exit.
    """
    kept = "".join(c if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"} else " " for c in raw)
    return unicodedata.normalize("NFC", " ".join(kept.split()))[:longest].rstrip()


def _signs(text: str) -> str:
    if language() == "da":
        text = text.translate(str.maketrans(",.", ".,"))
    return text.replace("-", TRUE_MINUS)


def _spoken() -> tuple[str, _gettext.NullTranslations]:
    return _here.spoken or (_language, _translations)


def _spoken_as(language: str) -> tuple[str, _gettext.NullTranslations]:
    chosen = language if language in LANGUAGES else "en"
    folder = paths.shipped("resources") / "translations"
    return chosen, _gettext.translation("jobcentre_desk", folder, [chosen], fallback=True)

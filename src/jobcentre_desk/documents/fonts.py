"""The embedded font of all documents: Source Sans Pro in three weights, and what is printed where it lacks a letter."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

import font_source_sans_pro
from reportlab.pdfbase import pdfmetrics  # noqa: TID253 - `documents` itself is imported with the first export
from reportlab.pdfbase.ttfonts import TTFont  # noqa: TID253

REGULAR, SEMIBOLD, BOLD = "SourceSansPro-Regular", "SourceSansPro-Semibold", "SourceSansPro-Bold"
REMEMBERED = 20_000
"""Texts whose letters and widths are kept: reports of 98 municipalities share most of them."""
REPLACEMENTS = "\N{REPLACEMENT CHARACTER}\N{WHITE SQUARE}\N{LOZENGE}?"
_ALIKE = {"\N{HYPHEN}": "-", "\N{NON-BREAKING HYPHEN}": "-", "\N{NARROW NO-BREAK SPACE}": "\N{NO-BREAK SPACE}"}


@cache
def register_fonts() -> None:
    """Make the three weights known to reportlab, once; each document embeds the letters it uses."""
    folder = Path(font_source_sans_pro.SourceSansPro).parent
    for name in (REGULAR, SEMIBOLD, BOLD):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=SEMIBOLD, italic=REGULAR, boldItalic=SEMIBOLD)


@lru_cache(REMEMBERED)
def text_width(text: str, font: str, size: float) -> float:
    """Width of `text` in points."""
    register_fonts()
    return float(pdfmetrics.stringWidth(text, font, size))


@lru_cache(REMEMBERED)
def printable(text: str) -> str:
    """`text` with every letter the font lacks replaced by its base letter or a sign that one is missing."""
    known = _known_letters()
    return "".join(
        letter if ord(letter) in known else _closest(letter) for letter in unicodedata.normalize("NFC", text)
    )


def fitted(text: str, font: str, size: float, width: float) -> str:
    """`text`, cut with an ellipsis when it is wider than `width` points."""
    text = printable(text)
    if text_width(text, font, size) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(text[:middle].rstrip() + "…", font, size) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"


@cache
def missing_sign() -> str:
    """The first of the usual signs for a missing letter that the font has."""
    return next(sign for sign in REPLACEMENTS if ord(sign) in _known_letters())


@cache
def _known_letters() -> frozenset[int]:
    register_fonts()
    faces = [pdfmetrics.getFont(name).face.charToGlyph for name in (REGULAR, SEMIBOLD, BOLD)]
    return frozenset.intersection(*(frozenset(face) for face in faces))


def _closest(letter: str) -> str:
    if unicodedata.category(letter).startswith("C"):
        return ""
    alike = _ALIKE.get(letter) or unicodedata.normalize("NFKD", letter)
    kept = "".join(part for part in alike if ord(part) in _known_letters() and not unicodedata.combining(part))
    return kept or missing_sign()

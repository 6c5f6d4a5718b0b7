"""A workbook as content: sheets of finished texts and numbers; `documents.workbook` writes it as xlsx."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """A fraction 0..1 that stands as percent with so many decimals."""

    value: float
    places: int = 0


Cell = str | int | float | Decimal | Share | None
"""Text, a number (a Decimal with the digits it was published with), a share, or nothing at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table with the sentences that stand above it; without a header the rows are label and text."""

    name: str
    lines: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    rows: Iterable[tuple[Cell, ...]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """Sheets in reading order with title and language ("da", "en"); DEMO stands in the title of demonstration figures.

    The first sheet says what the figures are: definitions, source, date.
    """

    title: str
    language: str
    sheets: tuple[Sheet, ...]

"""Periods: the quarters of traineeship outcomes, and the periods published measures come in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import total_ordering

_QUARTER = re.compile(r"^(\d{4})\s*[QqKk]0?([1-4])$")
_PUBLISHED = re.compile(r"^(\d{4})(?:(M)(0[1-9]|1[0-2])|(QMAT|MYTD|Q|Y)(\d{2}))$")


@total_ordering
@dataclass(frozen=True, slots=True)
class Quarter:
    """One calendar quarter; `index` = year * 4 + number - 1 counts quarters, so that differences are plain."""

    index: int

    @classmethod
    def of(cls, year: int, number: int) -> Quarter:
        """The quarter `number` (1..4) of `year`."""
        return cls(year * 4 + number - 1)

    @classmethod
    def parse(cls, text: str) -> Quarter | None:
        """Read `2025Q03` or, as a person types it, `2025Q3`; None when it is no quarter."""
        match = _QUARTER.match(text.strip())
        return cls.of(int(match[1]), int(match[2])) if match else None

    @property
    def year(self) -> int:
        """The calendar year."""
        return self.index // 4

    @property
    def number(self) -> int:
        """1..4."""
        return self.index % 4 + 1

    def plus(self, quarters: int) -> Quarter:
        """The quarter that many later (or, negative, earlier)."""
        return Quarter(self.index + quarters)

    def __str__(self) -> str:
        return f"{self.year:04d}Q{self.number:02d}"

    def __lt__(self, other: Quarter) -> bool:
        return self.index < other.index


@dataclass(frozen=True, slots=True)
class QuarterSpan:
    """A run of quarters, both ends included."""

    first: Quarter
    last: Quarter

    def __len__(self) -> int:
        return max(0, self.last.index - self.first.index + 1)

    def __contains__(self, quarter: object) -> bool:
        return isinstance(quarter, Quarter) and self.first <= quarter <= self.last

    def quarters(self) -> tuple[Quarter, ...]:
        """All quarters of the span in order."""
        return tuple(Quarter(i) for i in range(self.first.index, self.last.index + 1))


@total_ordering
@dataclass(frozen=True, slots=True)
class PublishedPeriod:
    """A period of a published measure: `2026M06`, `2025Q04`, `2022QMAT04` (the year up to and including), `2025Y01`."""

    year: int
    kind: str
    number: int

    @classmethod
    def parse(cls, text: str) -> PublishedPeriod | None:
        """Read the code of a published period; None when it is none."""
        match = _PUBLISHED.match(text.strip())
        if not match:
            return None
        kind = match[2] or match[4]
        number = int(match[3] or match[5])
        highest = {"M": 12, "MYTD": 12, "Q": 4, "QMAT": 4, "Y": 1}[kind]
        return cls(int(match[1]), kind, number) if 1 <= number <= highest else None

    def __str__(self) -> str:
        return f"{self.year:04d}{self.kind}{self.number:02d}"

    def __lt__(self, other: PublishedPeriod) -> bool:
        return (self.year, self.kind, self.number) < (other.year, other.kind, other.number)

"""Expected and actual share of people on public benefits (y30r21), as published, ready to be compared.

Expected means: with the framework conditions of the municipality, by the Ministry of Employment's own model. Shares are
percent and keep their published digits; persons are full-time persons. Lower than expected is the wanted side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from jobcentre_desk.model.measures import Figure
from jobcentre_desk.model.periods import PublishedPeriod
from jobcentre_desk.statistics.peers import nearest_on_share, nearest_on_variables

TABLE = "y30r21"
PARTS = (
    "expected_share",
    "actual_share",
    "difference",
    "rank",
    "expected_persons",
    "actual_persons",
    "persons_difference",
)
MEASURES = tuple(f"{TABLE}.{part}" for part in PARTS)
GROUPS = ("all", "unemployment_benefit", "sickness_benefit", "cash_benefit")
PERIODS_LOOKED_BACK = 6
ROUNDED_TO = 10
LEARN_FROM_PERIODS = 4
"""In so many of the last six periods a municipality lies below the expected, for others to learn from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedRow:
    """One municipality, period and benefit group; None where nothing is published."""

    expected_share: Decimal | None = None
    actual_share: Decimal | None = None
    difference: Decimal | None = None
    rank: int | None = None
    expected_persons: int | None = None
    actual_persons: int | None = None
    persons_difference: int | None = None


NOTHING = ExpectedRow()


@dataclass(frozen=True)
class ExpectedTable:
    """All published rows by (area, period, group)."""

    rows: Mapping[tuple[str, str, str], ExpectedRow]

    @cached_property
    def periods(self) -> tuple[str, ...]:
        """Every period that has a row, oldest first."""
        return tuple(sorted({period for _area, period, _group in self.rows}, key=period_order))

    @cached_property
    def _by_period(self) -> dict[tuple[str, str], list[tuple[str, ExpectedRow]]]:
        """Areas with their rows, by period and group."""
        found: dict[tuple[str, str], list[tuple[str, ExpectedRow]]] = {}
        for (area, period, group), row in self.rows.items():
            found.setdefault((period, group), []).append((area, row))
        return found

    def row(self, area: str, period: str, group: str) -> ExpectedRow:
        """One row; all None when nothing is published there."""
        return self.rows.get((area, period, group), NOTHING)

    def column(self, part: str, period: str, group: str) -> dict[str, Decimal]:
        """Code of each municipality -> its published value of one part (`PARTS`), where there is one."""
        values = {area: getattr(row, part) for area, row in self._by_period.get((period, group), ())}
        return {area: Decimal(value) for area, value in values.items() if value is not None}

    def last_periods(self, period: str) -> tuple[str, ...]:
        """The last six periods up to and including `period`, oldest first; none for a period that has no row."""
        if period not in self.periods:
            return ()
        return self.periods[: self.periods.index(period) + 1][-PERIODS_LOOKED_BACK:]

    def periods_below(self, area: str, period: str, group: str) -> tuple[int, int]:
        """In how many of the last six periods the actual share lay below the expected, and how many are known."""
        differences = [self.row(area, p, group).difference for p in self.last_periods(period)]
        known = [difference for difference in differences if difference is not None]
        return sum(difference < 0 for difference in known), len(known)

    def periods_above(self, area: str, period: str, group: str) -> int:
        """In how many of the last six periods the actual share lay above the expected."""
        differences = [self.row(area, p, group).difference for p in self.last_periods(period)]
        return sum(difference is not None and difference > 0 for difference in differences)


def read_expected(figures: Iterable[Figure]) -> ExpectedTable:
    """Gather the values of y30r21 into rows, all of one source; values of other tables are passed over."""
    rows: dict[tuple[str, str, str], ExpectedRow] = {}
    for figure in figures:
        table, _dot, part = figure.measure.partition(".")
        if table != TABLE or part not in PARTS:
            continue
        key = (figure.area, figure.period, figure.group)
        value: dict[str, Any] = {part: _value(part, figure.value)}
        rows[key] = replace(rows.get(key, NOTHING), **value)
    return ExpectedTable(rows)


def peers_by_share(
    table: ExpectedTable, code: str, *, period: str, group: str, among: Iterable[str] | None = None, count: int = 5
) -> list[tuple[str, str]]:
    """The nearest municipalities on expected share with the distance in percentage points; ties by code.

    `among`: only these may be peers (a group of Statistics Denmark, say); None = all.
    """
    shares = table.column("expected_share", period, group)
    if code not in shares:
        return []
    allowed = shares if among is None else {code, *among}
    chosen = {area: share for area, share in shares.items() if area in allowed}
    return [(area, str(distance)) for area, distance in nearest_on_share(code, chosen, count=count)]


def peers_by_distance(table: ExpectedTable, code: str, *, period: str, count: int = 5) -> list[tuple[str, str]]:
    """The nearest municipalities by z-scored Euclidean distance over the expected shares of the benefit groups."""
    columns = [table.column("expected_share", period, group) for group in GROUPS[1:]]
    codes = sorted(set.intersection(*(set(column) for column in columns)))
    if code not in codes:
        return []
    values = [[float(column[area]) for column in columns] for area in codes]
    return [(area, f"{distance:.4f}") for area, distance in nearest_on_variables(codes, values, code, count=count)]


def median(values: Iterable[Decimal]) -> Decimal | None:
    """The middle value on published digits, of two middle ones their mean; None of nothing."""
    ordered = sorted(values)
    if not ordered:
        return None
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


def persons_to_the_middle(row: ExpectedRow, peers_middle: Decimal | None) -> int | None:
    """Full-time persons between the municipality and the middle of its peers, rounded to 10; positive = more than they.

    (own difference - median of the peers') x expected persons / expected share.
    """
    parts = (row.difference, row.expected_share, row.expected_persons, peers_middle)
    if any(part is None for part in parts) or not row.expected_share:
        return None
    assert row.difference is not None
    assert row.expected_persons is not None
    assert peers_middle is not None
    persons = (row.difference - peers_middle) * row.expected_persons / row.expected_share
    return int((persons / ROUNDED_TO).to_integral_value("ROUND_HALF_UP")) * ROUNDED_TO


def _value(part: str, published: str | None) -> Decimal | int | None:
    if published is None:
        return None
    return int(Decimal(published)) if part == "rank" or "persons" in part else Decimal(published)


def period_order(period: str) -> tuple[int, int, str]:
    """Sort key of published periods: by year and number, a period that cannot be read first."""
    parsed = PublishedPeriod.parse(period)
    return (parsed.year, parsed.number, period) if parsed else (0, 0, period)

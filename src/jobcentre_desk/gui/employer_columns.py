"""The columns of the employer table: which fit a width, in which order they go, and how wide each is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from jobcentre_desk.text import translate as _


class Column(IntEnum):
    """The columns in reading order."""

    PLACE = 0
    NAME = 1
    BRANCH = 2
    MUNICIPALITY = 3
    STARTED = 4
    COMPLETED = 5
    JOB_SAME = 6
    JOB_ELSEWHERE = 7
    RATE = 8
    INTERVAL = 9
    BADGE = 10
    TREND = 11


NUMBERS = frozenset({Column.STARTED, Column.COMPLETED, Column.JOB_SAME, Column.JOB_ELSEWHERE})
RIGHT = NUMBERS | {Column.PLACE, Column.RATE}
WORDED = frozenset(Column) - {Column.NAME, Column.INTERVAL}
"""Columns whose heading must be read whole; the name gives way, and over the intervals stands their scale."""
FOLDED = frozenset({Column.BRANCH, Column.MUNICIPALITY})
"""Columns that go under the name when the table is narrow."""

_SMALLEST = {
    Column.PLACE: 52,
    Column.NAME: 200,
    Column.BRANCH: 132,
    Column.MUNICIPALITY: 106,
    Column.STARTED: 60,
    Column.COMPLETED: 64,
    Column.JOB_SAME: 58,
    Column.JOB_ELSEWHERE: 76,
    Column.RATE: 54,
    Column.INTERVAL: 100,
    Column.BADGE: 148,
    Column.TREND: 72,
}
_GOING: tuple[frozenset[Column], ...] = (
    frozenset(),
    frozenset({Column.STARTED}),
    FOLDED | {Column.STARTED},
    FOLDED | {Column.STARTED, Column.TREND},
)
_SHARE_OF_REST = {Column.NAME: 5, Column.BRANCH: 3, Column.MUNICIPALITY: 1, Column.INTERVAL: 3, Column.BADGE: 1}
NARROWEST, NARROWEST_NAME = 40, 120


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """The width of each column that is shown, in px; with `two_lines` branch and municipality stand under the name."""

    widths: dict[Column, int]
    two_lines: bool


def plan_columns(
    available: int,
    *,
    factor: float = 1.0,
    needed: Mapping[Column, int] | None = None,
    chosen: Mapping[Column, int] | None = None,
) -> ColumnPlan:
    """Choose the columns for `available` px: Started goes first, then branch and municipality fold, then the trend.

    `factor` is the reader's text size, `needed` what headings and the widest place take up, `chosen` widths the
    reader set by hand; they are dropped when they leave no room for the name, which takes what is left over.
    """
    by_hand: dict[Column, int] = {
        column: max(NARROWEST, w) for column, w in (chosen or {}).items() if column is not Column.NAME
    }
    least = needed or {}
    smallest = {column: max(round(width * factor), least.get(column, 0)) for column, width in _SMALLEST.items()}
    smallest |= by_hand
    for gone in _GOING:
        widths = {column: width for column, width in smallest.items() if column not in gone}
        if sum(widths.values()) <= available:
            break
    rest = available - sum(widths.values())
    if by_hand and widths[Column.NAME] + rest < NARROWEST_NAME:
        return plan_columns(available, factor=factor, needed=needed)
    return ColumnPlan(_spread(widths, rest, by_hand), gone > FOLDED)


def _spread(widths: dict[Column, int], rest: int, chosen: Mapping[Column, int]) -> dict[Column, int]:
    if rest <= 0:
        return widths | {Column.NAME: max(NARROWEST_NAME, widths[Column.NAME] + rest)}
    shares = {c: s for c, s in _SHARE_OF_REST.items() if c in widths and c not in chosen}
    spread = {column: widths[column] + rest * share // sum(shares.values()) for column, share in shares.items()}
    filled = widths | spread
    return filled | {Column.NAME: filled[Column.NAME] + rest - sum(spread[c] - widths[c] for c in spread)}


def heading(column: Column, *, two_lines: bool = False) -> str:
    """The heading of a column, at most two lines."""
    return {
        Column.PLACE: _("Place"),
        Column.NAME: _("Employer\nbranch · municipality") if two_lines else _("Employer"),
        Column.BRANCH: _("Branch"),
        Column.MUNICIPALITY: _("Municipality"),
        Column.STARTED: _("Started"),
        Column.COMPLETED: _("Com-\npleted"),
        Column.JOB_SAME: _("Job\nsame"),
        Column.JOB_ELSEWHERE: _("Job\nelsewhere"),
        Column.RATE: _("In job"),
        Column.INTERVAL: _("Interval, 0 to 100 %"),
        Column.BADGE: _("Against the branch"),
        Column.TREND: _("Trend"),
    }[column]


def meaning(column: Column) -> str:
    """What a column holds, in one sentence, for its tooltip."""
    return {
        Column.PLACE: _("Where the true rate probably lies among all employers of this list, 1 is highest."),
        Column.NAME: _("The employer; a star marks the shortlist."),
        Column.BRANCH: _("The employer's own branch."),
        Column.MUNICIPALITY: _("The workplace with most completed traineeships."),
        Column.STARTED: _("Traineeships started in the period."),
        Column.COMPLETED: _("Completed traineeships whose outcome is known."),
        Column.JOB_SAME: _("Went on to a job with the same employer."),
        Column.JOB_ELSEWHERE: _("Went on to a job with another employer."),
        Column.RATE: _("Share of the completed that went on to a job."),
        Column.INTERVAL: _("The rate with its 95 % interval; the dashed line is the branch."),
        Column.BADGE: _("Whether the rate differs from its branch by more than chance."),
        Column.TREND: _("The rate of four quarters at a time, ending in each of the last eight known quarters."),
    }[column]

"""Alerts: what stands out of what was checked, and how many flags chance alone would give."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jobcentre_desk.model.measures import Polarity
from jobcentre_desk.model.outcomes import Verdict


class AlertKind(StrEnum):
    """Why something is flagged: outside its 99.8 % limits, or a level that has drifted (CUSUM)."""

    OUTSIDE = "outside"
    SHIFT = "shift"


class AlertUnit(StrEnum):
    """What is flagged."""

    MUNICIPALITY = "municipality"
    BRANCH = "branch"
    EMPLOYER = "employer"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One flag. `direction` is above or below, never more than that; `sentence` is finished.

    `key` is the same in every release. The alert speaks of `period_from` to `period`: a dismissed one comes back only
    with a period that has nothing in common with the one it was dismissed for. `unit` is a code, CVR number or
    measure; `x` of `n` stand behind a rate (None for a published value and a drift). `stands` tells that it holds with
    the whole list taken into account (Benjamini-Hochberg, 5 %).
    """

    key: str
    kind: AlertKind
    unit_kind: AlertUnit
    unit: str
    unit_name: str
    measure: str
    measure_name: str
    period: str
    period_from: str
    period_words: str
    direction: Verdict
    polarity: Polarity
    value: float
    reference: float
    x: int | None
    n: int | None
    stands: bool
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertList:
    """What stands out of `checked` units, the surest first, and what was dismissed and has not come back.

    `expected_by_chance` is said of `outside`, the flags of the 99.8 % limits before any was dismissed; `series` is
    how many series were long and large enough to be looked through for a drift. `subject` names what was asked about.
    """

    subject: str
    scope: str
    checked: int
    expected_by_chance: float
    outside: int
    series: int
    rows: tuple[Alert, ...]
    dismissed: tuple[Alert, ...]
    sentence: str
    note: str

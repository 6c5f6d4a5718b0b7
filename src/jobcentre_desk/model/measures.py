"""Measures (a definition each) and figures (a measure at an area and period)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jobcentre_desk.model.outcomes import State


class Polarity(StrEnum):
    """Which way of a measure is wanted."""

    HIGH_IS_GOOD = "high_is_good"
    LOW_IS_GOOD = "low_is_good"
    NO_JUDGEMENT = "no_judgement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """The definition of a figure, as published; it stands beside every figure that uses it."""

    id: str
    name_da: str
    name_en: str
    sentence_da: str
    sentence_en: str
    numerator: str
    denominator: str
    unit: str
    polarity: Polarity
    follow_up: str
    source: str
    valid_from: str
    definition_version: str
    why_it_may_differ_da: str
    why_it_may_differ_en: str
    author: str
    next_review: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One published value; `value` keeps the published digits as text, so that nothing is rounded twice."""

    measure: str
    area: str
    period: str
    group: str
    value: str | None
    numerator: int | None
    denominator: int | None
    state: State
    source: str
    release: int

"""Improvement cards of the handbook on employer relations, and the rule that suggests each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Component(StrEnum):
    """The four components; all four must be worked on."""

    EMPLOYER_CONTACT = "employer_contact"
    INTERNAL_ORGANISATION = "internal_organisation"
    CITIZEN_CONTACT = "citizen_contact"
    MUNICIPAL_COOPERATION = "municipal_cooperation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One card in both languages; questions are three, parted by a line break in the published column."""

    id: str
    component: Component
    title_da: str
    title_en: str
    theme_da: str
    theme_en: str
    why_da: str
    why_en: str
    finding_measure: str
    comparison: str
    threshold: str
    questions_da: tuple[str, ...]
    questions_en: tuple[str, ...]
    practice_da: str
    practice_en: str
    look_at_da: str
    look_at_en: str
    time_needed: str
    source: str
    reviewed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSuggestion:
    """A card for one municipality: suggested with its reason in figures, or not suggested and why."""

    card: Card
    suggested: bool
    reason: str
    measure: str
    value: str | None
    reference: str | None

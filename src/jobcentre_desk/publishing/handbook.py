"""The twelve improvement cards of the handbook on employer relations, shipped in both languages."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jobcentre_desk.model.cards import Card, Component
from jobcentre_desk.model.publication import TABLE_COLUMNS
from jobcentre_desk.paths import shipped

QUESTION_SEPARATOR = "\n"
_LISTS = ("questions_da", "questions_en")


@cache
def handbook_cards() -> tuple[Card, ...]:
    """The shipped cards: three for each of the four components, in the order they are printed."""
    content = (shipped("resources") / "handbook" / "cards.json").read_text(encoding="utf-8")
    parsed = json.loads(content)
    return tuple(
        _card(entry | {"source": parsed["source"], "reviewed": parsed["reviewed"]}) for entry in parsed["cards"]
    )


def card_row(card: Card) -> dict[str, str]:
    """A card as a row of the table `cards`; its questions are parted by line breaks."""
    row = {column: getattr(card, column) for column in TABLE_COLUMNS["cards"]}
    row["component"] = card.component.value
    return row | {column: QUESTION_SEPARATOR.join(row[column]) for column in _LISTS}


def _card(entry: dict[str, Any]) -> Card:
    fields = {column: entry[column] for column in TABLE_COLUMNS["cards"]}
    fields["component"] = Component(entry["component"])
    return Card(**fields | {column: tuple(entry[column]) for column in _LISTS})

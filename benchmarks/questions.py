"""Two hundred random filters, as people ask them: one or a few of each list, now and then all of it."""

from __future__ import annotations

import random
from typing import Any

from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.model.areas import AreaKind
from jobcentre_desk.model.outcomes import Order, Scope
from jobcentre_desk.model.periods import Quarter

QUESTIONS = 200
SEED = 2026
_CHANCES = {
    "municipalities": (0.6, 6),
    "branches": (0.4, 3),
    "occupations": (0.25, 3),
    "benefit_groups": (0.25, 2),
    "programmes": (0.2, 1),
}
"""How often a list is narrowed, and to how many codes at most."""


def random_scopes(figures: Figures, count: int = QUESTIONS) -> list[Scope]:
    """The same questions each time."""
    chance = random.Random(SEED)
    return [_random_scope(chance, figures) for _ in range(count)]


def _random_scope(chance: random.Random, figures: Figures) -> Scope:
    codes = {
        "municipalities": [area.code for area in figures.codes.areas.values() if area.kind is AreaKind.MUNICIPALITY],
        "branches": [code.code for code in figures.codes.branches],
        "occupations": [code.code for code in figures.codes.occupations],
        "benefit_groups": [code.code for code in figures.codes.benefit_groups],
        "programmes": [code.code for code in figures.codes.programmes],
    }
    chosen: dict[str, Any] = {
        name: tuple(chance.sample(codes[name], chance.randint(1, most))) if chance.random() < share else ()
        for name, (share, most) in _CHANCES.items()
    }
    first, last = _ends(chance, figures)
    return Scope(
        **chosen,
        first=first,
        last=last,
        min_completed=chance.choice((1, 1, 2, 3, 5, 10)),
        order=chance.choice((Order.FAIR, Order.FAIR, Order.FAIR, Order.RAW, Order.COMPLETED, Order.NAME)),
    )


def _ends(chance: random.Random, figures: Figures) -> tuple[Quarter | None, Quarter | None]:
    if chance.random() >= 0.4 or figures.known_through is None:
        return None, None
    first = chance.choice([quarter for quarter in figures.quarters if quarter <= figures.known_through])
    later = [quarter for quarter in figures.quarters if quarter >= first]
    return first, chance.choice(later) if chance.random() < 0.7 else None

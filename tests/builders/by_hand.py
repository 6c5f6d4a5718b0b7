"""Random outcomes filtered and added up fact by fact, as plainly as the definitions read."""

from __future__ import annotations

import random

from tests.builders.random_outcomes import (
    BENEFIT_GROUPS,
    BRANCHES,
    FIRST,
    KNOWN_THROUGH,
    LAST,
    MUNICIPALITIES,
    OCCUPATIONS,
    PROGRAMMES,
    RandomOutcomes,
    Row,
)

from jobcentre_desk.model.outcomes import Order, Scope


def closed(codes: tuple[tuple[str, str, int], ...], wanted: tuple[str, ...]) -> set[str]:
    inside = set(wanted)
    for code, parent, _level in codes:  # parents stand before their children
        if parent in inside:
            inside.add(code)
    return inside


def in_scope(row: Row, scope: Scope) -> bool:
    first, last = scope.first or (FIRST if scope.last else KNOWN_THROUGH.plus(-3)), scope.last or KNOWN_THROUGH
    return (
        first <= row.quarter <= last
        and (not scope.municipalities or row.municipality in scope.municipalities)
        and (not scope.branches or row.branch in closed(BRANCHES, scope.branches))
        and (not scope.occupations or row.occupation in closed(OCCUPATIONS, scope.occupations))
        and (not scope.benefit_groups or row.benefit_group in scope.benefit_groups)
        and (not scope.programmes or row.programme in scope.programmes)
    )


def by_employer(outcomes: RandomOutcomes, scope: Scope) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in outcomes.rows:
        if in_scope(row, scope):
            found.setdefault(outcomes.cvr(row.employer), []).append(row)
    return found


def completed_of(facts: list[Row]) -> int:
    return sum(row.completed or 0 for row in facts if row.known)


def random_scope(chance: random.Random) -> Scope:
    def some(codes: tuple[str, ...], most: int) -> tuple[str, ...]:
        return tuple(chance.sample(codes, chance.randint(1, most))) if chance.random() < 0.4 else ()

    first = FIRST.plus(chance.randint(0, 9)) if chance.random() < 0.5 else None
    last = LAST.plus(-chance.randint(0, 2)) if chance.random() < 0.4 else None
    return Scope(
        municipalities=some(MUNICIPALITIES, 3),
        branches=some(tuple(code for code, *_rest in BRANCHES), 2),
        occupations=some(tuple(code for code, *_rest in OCCUPATIONS), 2),
        benefit_groups=some(BENEFIT_GROUPS[:2], 1),
        programmes=some(PROGRAMMES[:2], 1),
        first=first,
        last=last,
        min_completed=chance.choice((1, 1, 2, 5)),
        order=chance.choice(list(Order)),
    )

"""An employer is held against its branch, or the nearest parent that is large enough beside it."""

from __future__ import annotations

import random

import pytest
from tests.builders.by_hand import by_employer, closed, random_scope
from tests.builders.random_outcomes import (
    BRANCHES,
    KNOWN_THROUGH,
    LAST,
    OpenOutcomes,
    RandomOutcomes,
    Row,
    random_outcomes,
)

from jobcentre_desk.desk.find import find_employers, rows
from jobcentre_desk.desk.reference import branch_standing, country_standing, reference_branch
from jobcentre_desk.model.outcomes import Scope, Verdict

PARENT = {code: parent for code, parent, _level in BRANCHES}


def country_facts(outcomes: RandomOutcomes, scope: Scope) -> dict[str, list[Row]]:
    """The facts a reference is made of: known, nothing hidden, something completed."""
    everywhere = scope.changed(municipalities=(), branches=())
    return {
        cvr: kept
        for cvr, facts in by_employer(outcomes, everywhere).items()
        if (kept := [fact for fact in facts if fact.known and not fact.hidden and fact.completed])
    }


def reference_by_hand(outcomes: RandomOutcomes, scope: Scope, cvr: str) -> tuple[str, float | None]:
    own_branch = {outcomes.cvr(employer): branch for employer, branch in outcomes.own_branch.items()}
    facts = country_facts(outcomes, scope)
    own = sum(fact.completed or 0 for fact in facts.get(cvr, []))
    branch = own_branch[cvr]
    while branch:
        inside = closed(BRANCHES, (branch,))
        members = [facts[other] for other in facts if own_branch[other] in inside]
        completed = sum(fact.completed or 0 for member in members for fact in member)
        if len(members) >= 20 and own * 5 <= completed:
            return branch, sum(fact.jobs for member in members for fact in member) / completed
        branch = PARENT[branch]
    return "", None


@pytest.mark.parametrize(("seed", "hide"), [(1, 0.0), (2, 0.2)])
def test_reference_and_its_rate_are_those_found_by_hand(opened: OpenOutcomes, seed: int, hide: float) -> None:
    outcomes = random_outcomes(seed, hide=hide)
    figures, chance = opened(outcomes), random.Random(seed + 10)
    seen = set()
    for _ in range(25):
        scope = random_scope(chance)
        found = find_employers(figures, scope)
        for row in rows(figures, found, 0, 12):
            branch, rate = reference_by_hand(outcomes, scope, row.cvr)
            assert (row.reference_branch, row.reference_rate) == (branch, pytest.approx(rate) if branch else None)
            assert (row.against_branch is Verdict.NO_REFERENCE) == (not branch and row.rate.value is not None)
            asked = reference_branch(figures, row.cvr, scope, found.period.known)
            assert asked == branch
            seen.add(branch)
    assert {"", "47.11", "47.1", "G"} <= seen | {"G"}


def test_a_branch_and_the_rest_of_the_country_add_up(opened: OpenOutcomes) -> None:
    outcomes = random_outcomes(3)
    figures = opened(outcomes)
    quarters = find_employers(figures, Scope(last=LAST)).period.span.quarters()
    whole = country_standing(figures, Scope(), quarters)
    parts = [branch_standing(figures, section, Scope(), quarters) for section in ("G", "H")]
    for name in ("started", "completed", "job_same_employer", "job_elsewhere", "not_yet_known"):
        assert getattr(whole, name) == sum(getattr(part, name) for part in parts)
    assert whole.started == sum(row.started for row in outcomes.rows)
    assert whole.not_yet_known == sum(row.completed or 0 for row in outcomes.rows if not row.known)


def test_facts_with_a_hidden_count_are_told_but_not_added(opened: OpenOutcomes) -> None:
    outcomes = random_outcomes(4, hide=0.3)
    figures = opened(outcomes)
    whole = country_standing(figures, Scope(occupations=("52",)), [KNOWN_THROUGH])
    facts = [row for row in outcomes.rows if row.quarter == KNOWN_THROUGH and row.occupation == "52"]
    assert whole.hidden_cells == sum(fact.hidden for fact in facts) > 0
    assert whole.completed == sum(fact.completed or 0 for fact in facts if not fact.hidden)
    assert whole.jobs == sum(fact.jobs for fact in facts if not fact.hidden)
    assert whole.started == sum(fact.started or 0 for fact in facts if not fact.hidden)

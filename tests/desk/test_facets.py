"""Counts beside the filter choices equal the employers counted one by one."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from tests.builders.by_hand import by_employer, closed, completed_of, random_scope
from tests.builders.random_outcomes import BRANCHES, FIRST, OCCUPATIONS, OpenOutcomes, RandomOutcomes, random_outcomes

from jobcentre_desk.desk.facets import facet_counts
from jobcentre_desk.desk.find import find_employers
from jobcentre_desk.model.outcomes import FacetCounts, Scope
from jobcentre_desk.task import Task, TaskCancelled

LISTS = {
    "municipalities": "municipality",
    "branches": "branch",
    "occupations": "occupation",
    "benefit_groups": "benefit_group",
    "programmes": "programme",
}


def by_hand(outcomes: RandomOutcomes, scope: Scope) -> FacetCounts:
    counts = {}
    for field, attribute in LISTS.items():
        others = replace(scope, text="", **{field: ()})  # type: ignore[arg-type]
        employers: dict[str, set[str]] = {}
        for cvr, facts in by_employer(outcomes, others).items():
            for fact in facts:
                if completed_of([fact]):
                    for code in above(field, getattr(fact, attribute)):
                        employers.setdefault(code, set()).add(cvr)
        counts[field] = {code: len(found) for code, found in employers.items()}
    return FacetCounts(**counts)


def above(field: str, code: str) -> list[str]:
    tree = {"branches": BRANCHES, "occupations": OCCUPATIONS}.get(field)
    if tree is None:
        return [code]
    return [other for other, *_rest in tree if code in closed(tree, (other,))]


@pytest.mark.parametrize("seed", [1, 2])
def test_every_choice_counts_the_employers_there_would_be(opened: OpenOutcomes, seed: int) -> None:
    outcomes = random_outcomes(seed, hide=0.1)
    figures, chance = opened(outcomes), random.Random(seed)
    for _ in range(25):
        scope = random_scope(chance).changed(text="bager")
        assert facet_counts(figures, scope) == by_hand(outcomes, scope)


def test_a_count_is_the_length_of_the_list_once_the_choice_is_made(opened: OpenOutcomes) -> None:
    figures = opened(random_outcomes(3))
    scope = Scope(municipalities=("730",), first=FIRST)
    counts = facet_counts(figures, scope)
    for code, employers in counts.branches.items():
        assert find_employers(figures, scope.changed(branches=(code,))).total == employers
    for code, employers in counts.municipalities.items():
        assert find_employers(figures, scope.changed(municipalities=(code,))).total == employers


def test_sole_proprietors_that_are_not_covered_are_not_counted(opened: OpenOutcomes) -> None:
    outcomes = replace(random_outcomes(4), sole_proprietors=set(range(1, 100)), sole_proprietors_covered=False)
    figures = opened(outcomes)
    total = find_employers(figures, Scope(branches=("G",))).total
    assert facet_counts(figures, Scope()).branches["G"] == total


def test_counting_stops_when_the_task_is_cancelled(opened: OpenOutcomes) -> None:
    task = Task()
    task.cancel()
    with pytest.raises(TaskCancelled):
        facet_counts(opened(random_outcomes(4, employers=30)), Scope(), task=task)

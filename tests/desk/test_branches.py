"""Rows of branches and occupations are their facts added up, held against the whole country."""

from __future__ import annotations

import random

import pytest
from tests.builders.by_hand import by_employer, closed, completed_of, random_scope
from tests.builders.random_outcomes import BRANCHES, FIRST, OCCUPATIONS, OpenOutcomes, Row, random_outcomes

from jobcentre_desk.desk.branches import branch_rows, occupation_rows
from jobcentre_desk.desk.find import find_employers
from jobcentre_desk.model.outcomes import Scope, State, Verdict
from jobcentre_desk.statistics.funnels import funnel_state


@pytest.mark.parametrize(("seed", "hide"), [(1, 0.0), (2, 0.2)])
def test_rows_are_the_facts_under_each_code_added_up(opened: OpenOutcomes, seed: int, hide: float) -> None:
    outcomes = random_outcomes(seed, hide=hide)
    figures, chance = opened(outcomes), random.Random(seed)
    for _ in range(20):
        scope = random_scope(chance).changed(min_completed=chance.choice((1, 3)))
        kept = {cvr for cvr, f in by_employer(outcomes, scope).items() if completed_of(f) >= scope.min_completed}
        facts = [fact for cvr, found in by_employer(outcomes, scope).items() for fact in found if cvr in kept]
        if scope.min_completed == 1:
            facts = [fact for found in by_employer(outcomes, scope).values() for fact in found]
        for result, tree, attribute in (
            (branch_rows(figures, scope), BRANCHES, "branch"),
            (occupation_rows(figures, scope), OCCUPATIONS, "occupation"),
        ):
            for row in result.rows:
                inside = [fact for fact in facts if getattr(fact, attribute) in closed(tree, (row.code,))]
                known = [fact for fact in inside if fact.known]
                assert row.counts.started == sum(fact.started for fact in inside)
                assert row.counts.completed == completed_of(known)
                assert row.counts.jobs == sum(fact.jobs for fact in known)
                assert row.employers == len({fact.employer for fact in known if fact.completed})
                assert row.counts.hidden_cells == sum(fact.hidden for fact in inside)
                assert (row.state is State.HIDDEN) == (row.counts.hidden_cells > 0)


def codes_of(opened: OpenOutcomes, scope: Scope) -> list[str]:
    return [row.code for row in branch_rows(opened(random_outcomes(3)), scope.changed(first=FIRST)).rows]


def test_without_a_filter_rows_are_sections(opened: OpenOutcomes) -> None:
    assert codes_of(opened, Scope()) == ["G", "H"]


def test_rows_are_the_children_of_what_is_asked_for(opened: OpenOutcomes) -> None:
    assert codes_of(opened, Scope(branches=("G",))) == ["47", "46"]
    assert codes_of(opened, Scope(branches=("47", "46"))) == ["47.1", "46.1"]


def test_a_code_without_children_is_its_own_row(opened: OpenOutcomes) -> None:
    assert codes_of(opened, Scope(branches=("47.11",))) == ["47.11"]


def test_a_code_asked_for_beside_its_parent_gives_both_levels(opened: OpenOutcomes) -> None:
    assert codes_of(opened, Scope(branches=("G", "47"))) == ["47", "47.1", "46"]


def test_each_row_is_held_against_all_branches_and_occupations_of_the_country(opened: OpenOutcomes) -> None:
    outcomes = random_outcomes(4)
    figures = opened(outcomes)
    scope = Scope(municipalities=("730",), benefit_groups=("cash",), occupations=("9",))
    whole = [fact for found in by_employer(outcomes, Scope(benefit_groups=("cash",))).values() for fact in found]
    p0 = sum(fact.jobs for fact in whole) / completed_of(whole)
    words = {-1: Verdict.BELOW, 0: Verdict.CANNOT_TELL, 1: Verdict.ABOVE}
    for row in branch_rows(figures, scope).rows:
        assert row.against_country is words[int(funnel_state(row.rate.x, row.rate.n, p0))]


def test_rows_of_quarters_that_are_not_known_yet_say_so(opened: OpenOutcomes) -> None:
    outcomes = random_outcomes(5)
    rows: list[Row] = [row for row in outcomes.rows if row.branch != "49.41" or not row.known]
    outcomes.rows[:] = rows
    figures = opened(outcomes)
    row = next(row for row in branch_rows(figures, Scope(last=max(r.quarter for r in rows))).rows if row.code == "H")
    assert row.state is State.NOT_YET_KNOWN
    assert (row.rate.value, row.counts.completed) == (None, 0)
    assert row.counts.not_yet_known > 0


def test_employers_beside_all_rows_cover_the_list(opened: OpenOutcomes) -> None:
    figures = opened(random_outcomes(6))
    total = find_employers(figures, Scope()).total
    rows = branch_rows(figures, Scope()).rows
    assert max(row.employers for row in rows) <= total <= sum(row.employers for row in rows)

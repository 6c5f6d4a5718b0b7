"""Lists of employers equal the facts added up one by one, in every order and for every kind of blank."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from tests.builders.by_hand import by_employer, completed_of, random_scope
from tests.builders.random_outcomes import (
    FIRST,
    KNOWN_THROUGH,
    LAST,
    OpenOutcomes,
    RandomOutcomes,
    Row,
    random_outcomes,
)

from jobcentre_desk.cache.names import fold
from jobcentre_desk.desk.find import find_employers, priors_used, rows
from jobcentre_desk.desk.places import places
from jobcentre_desk.errors import InputRefused, QuarterOutOfRange
from jobcentre_desk.model.outcomes import EmployerRow, Order, Scope, State, Verdict


def check_counts(row: EmployerRow, facts: list[Row]) -> None:
    known = [fact for fact in facts if fact.known]
    same = sum(fact.same or 0 for fact in known)
    assert row.counts.started == sum(fact.started for fact in facts)
    assert row.counts.completed == completed_of(facts)
    assert (row.counts.job_same_employer, row.counts.jobs) == (same, sum(fact.jobs for fact in known))
    assert row.counts.not_yet_known == sum(fact.completed or 0 for fact in facts if not fact.known)
    assert row.counts.hidden_cells == sum(fact.hidden for fact in facts)
    workplaces: dict[str, int] = {}
    for fact in facts:
        workplaces[fact.municipality] = workplaces.get(fact.municipality, 0) + (fact.completed or 0) * fact.known
    assert row.workplaces == len(workplaces)
    assert row.municipality == min(workplaces, key=lambda code: (-workplaces[code], code))


@pytest.mark.parametrize(("seed", "hide"), [(1, 0.0), (2, 0.15)])
def test_rows_are_the_facts_of_each_employer_added_up(opened: OpenOutcomes, seed: int, hide: float) -> None:
    outcomes = random_outcomes(seed, hide=hide)
    figures, chance = opened(outcomes), random.Random(seed)
    for _ in range(40):
        scope = random_scope(chance)
        expected = by_employer(outcomes, scope)
        wanted = {cvr for cvr, facts in expected.items() if completed_of(facts) >= scope.min_completed}
        found = find_employers(figures, scope)
        listed = rows(figures, found, 0, found.total)
        assert {row.cvr for row in listed} == wanted
        assert len(listed) == found.total
        for row in listed:
            check_counts(row, expected[row.cvr])
            assert (row.state is State.HIDDEN) == (row.counts.hidden_cells > 0)


def sort_key(row: EmployerRow, order: Order) -> tuple[object, ...]:
    group = 1 if row.state is State.HIDDEN else 0 if row.rate.value is not None else 2
    name = fold(row.name)
    if order is Order.NAME:
        return (group, name, row.cvr)
    if group or order is Order.COMPLETED:
        return (group, -row.counts.completed, row.cvr)
    if order is Order.RAW:
        return (group, -(row.rate.value or 0), row.cvr)
    return (group, -(row.fair_rate or 0), -row.counts.completed, row.cvr)


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("min_completed", [0, 1])
def test_each_order_follows_its_rule_and_blanks_come_last(
    opened: OpenOutcomes, order: Order, min_completed: int
) -> None:
    figures = opened(random_outcomes(5, employers=700, hide=0.1))
    found = find_employers(figures, Scope(order=order, min_completed=min_completed, first=FIRST))
    first = rows(figures, found, 0, 40)
    whole = rows(figures, found, 0, found.total)
    assert whole == sorted(whole, key=lambda row: sort_key(row, order))
    assert whole[:40] == first
    assert sum(row.rate.value is not None for row in whole) == found.rated
    assert all(row.rate.value is not None for row in whole[: found.rated])


def test_at_least_0_completed_every_employer_has_its_kind_of_blank(opened: OpenOutcomes) -> None:
    outcomes = random_outcomes(6)
    figures = opened(outcomes)
    scope = Scope(min_completed=0, first=KNOWN_THROUGH, last=LAST)
    found = find_employers(figures, scope)
    listed = {row.cvr: row for row in rows(figures, found, 0, found.total)}
    facts = by_employer(outcomes, scope)
    assert set(listed) == {outcomes.cvr(employer) for employer in outcomes.own_branch}
    for cvr, row in listed.items():
        if cvr not in facts:
            assert (row.state, row.workplaces, row.municipality) == (State.NOT_REPORTED, 0, "730")
        else:
            known = any(fact.known for fact in facts[cvr])
            assert row.state is (State.KNOWN if known else State.NOT_YET_KNOWN)
        if row.rate.value is None:
            assert row.fair_rate is None


def test_an_employer_without_facts_is_not_loaded_where_a_quarter_is_missing(opened: OpenOutcomes) -> None:
    figures = opened(random_outcomes(6))
    found = find_employers(figures, Scope(min_completed=0, first=FIRST.plus(-2)))
    states = {row.state for row in rows(figures, found, 0, found.total)}
    assert State.NOT_LOADED in states
    assert State.NOT_REPORTED not in states


def test_employers_without_facts_fit_by_their_own_place_and_branch_but_never_an_occupation(
    opened: OpenOutcomes,
) -> None:
    figures = opened(random_outcomes(6))

    def blanks(scope: Scope) -> set[str]:
        found = find_employers(figures, scope.changed(min_completed=0, first=FIRST))
        return {row.branch for row in rows(figures, found, 0, found.total) if row.state is State.NOT_REPORTED}

    assert blanks(Scope(municipalities=("730",)))
    assert not blanks(Scope(municipalities=("101",)))
    assert blanks(Scope(branches=("47",))) <= {"47.11", "47.12", "47.1"}
    assert not blanks(Scope(occupations=("9",)))


def test_a_hidden_employer_tells_counts_but_nothing_made_of_them(opened: OpenOutcomes) -> None:
    figures = opened(random_outcomes(7, hide=0.3))
    found = find_employers(figures, Scope())
    hidden = [row for row in rows(figures, found, 0, found.total) if row.state is State.HIDDEN]
    assert hidden
    for row in hidden:
        assert (row.rate.value, row.rate.low, row.rate.high, row.fair_rate) == (None,) * 4
        assert row.against_branch is Verdict.HIDDEN
    placed = places(figures, found, 0, found.total)
    assert [place is not None for place in placed] == [True] * found.rated + [False] * len(hidden)


def test_a_whole_region_is_its_municipalities(opened: OpenOutcomes) -> None:
    figures = opened(random_outcomes(8))
    everywhere = find_employers(figures, Scope())
    assert find_employers(figures, Scope(municipalities=("081",))).total == everywhere.total


@pytest.mark.parametrize(
    "scope",
    [
        Scope(municipalities=("999",)),
        Scope(municipalities=("fund-1",)),
        Scope(branches=("XX",)),
        Scope(occupations=("1",)),
        Scope(benefit_groups=("none",)),
        Scope(programmes=("none",)),
    ],
)
def test_an_unknown_code_is_refused(opened: OpenOutcomes, scope: Scope) -> None:
    with pytest.raises(InputRefused) as refused:
        find_employers(opened(random_outcomes(8, employers=30)), scope)
    assert refused.value.id == "input_refused"
    assert refused.value.error_id == "unknown_code"


def test_a_start_after_the_last_known_quarter_is_refused(opened: OpenOutcomes) -> None:
    figures = opened(random_outcomes(8, employers=30))
    for scope in (
        Scope(first=KNOWN_THROUGH.plus(1)),
        Scope(last=FIRST.plus(-1)),
        Scope(first=KNOWN_THROUGH, last=KNOWN_THROUGH.plus(-1)),
    ):
        with pytest.raises(QuarterOutOfRange):
            find_employers(figures, scope)


def test_the_period_is_the_last_four_known_quarters_or_reaches_from_the_first_to_the_last_known(
    opened: OpenOutcomes,
) -> None:
    figures = opened(random_outcomes(8, employers=30))
    spans = [find_employers(figures, scope).period.span for scope in (Scope(), Scope(first=FIRST.plus(1)))]
    assert [(span.first, span.last) for span in spans] == [
        (KNOWN_THROUGH.plus(-3), KNOWN_THROUGH),
        (FIRST.plus(1), KNOWN_THROUGH),
    ]
    until = find_employers(figures, Scope(last=FIRST.plus(2))).period
    assert (until.span.first, until.span.last, until.widened) == (FIRST, FIRST.plus(2), False)


def test_figures_without_outcomes_say_so(opened: OpenOutcomes) -> None:
    empty = replace(random_outcomes(8, employers=30), rows=[])
    with pytest.raises(QuarterOutOfRange) as refused:
        find_employers(opened(empty), Scope())
    assert refused.value.error_id == "no_outcomes"


def masked(seed: int) -> RandomOutcomes:
    """Facts as a masking publisher gives them: one row of `all` an employer, workplace and window of four quarters."""
    outcomes = random_outcomes(seed)
    windows = (KNOWN_THROUGH.plus(-4), KNOWN_THROUGH)
    kept: dict[tuple[object, ...], Row] = {}
    for row in outcomes.rows:
        if row.quarter in windows:
            whole = replace(row, occupation="9", benefit_group="all", programme="all")
            kept.setdefault((row.quarter, row.employer, row.municipality, row.branch), whole)
    return replace(outcomes, rows=list(kept.values()), window=4)


def test_a_masked_source_is_asked_in_whole_windows(opened: OpenOutcomes) -> None:
    figures = opened(masked(9))
    period = find_employers(figures, Scope(first=KNOWN_THROUGH.plus(-5), last=KNOWN_THROUGH.plus(-2))).period
    assert (period.span.first, period.span.last) == (KNOWN_THROUGH.plus(-7), KNOWN_THROUGH)
    assert period.widened
    assert not find_employers(figures, Scope()).period.widened
    blank = find_employers(figures, Scope(min_completed=0))
    assert {row.state for row in rows(figures, blank, 0, blank.total)} == {State.KNOWN, State.NOT_REPORTED}


@pytest.mark.parametrize(
    "scope", [Scope(occupations=("9",)), Scope(benefit_groups=("cash",)), Scope(programmes=("subsidy",))]
)
def test_a_masked_source_refuses_what_it_cannot_tell_apart(opened: OpenOutcomes, scope: Scope) -> None:
    with pytest.raises(InputRefused) as refused:
        find_employers(opened(masked(9)), scope)
    assert refused.value.error_id == "collapsed_dimension"


def test_asking_a_masked_source_for_all_narrows_nothing(opened: OpenOutcomes) -> None:
    figures = opened(masked(9))
    assert find_employers(figures, Scope(benefit_groups=("all",))).total == find_employers(figures, Scope()).total


def test_sole_proprietors_stand_in_lists_only_where_covered(opened: OpenOutcomes) -> None:
    outcomes = replace(random_outcomes(10), sole_proprietors={1, 2, 3, 4, 5})
    covered = find_employers(opened(outcomes), Scope(min_completed=0))
    figures = opened(replace(outcomes, sole_proprietors_covered=False))
    left_out = find_employers(figures, Scope(min_completed=0))
    assert covered.total - left_out.total == 5
    assert not set(left_out.ids.tolist()) & outcomes.sole_proprietors
    with pytest.raises(InputRefused):
        figures.employer(outcomes.cvr(1))


def test_an_employer_is_read_by_its_cvr(opened: OpenOutcomes) -> None:
    outcomes = random_outcomes(11)
    figures = opened(outcomes)
    employer = figures.employer(outcomes.cvr(7))
    assert (employer.name, employer.branch, employer.size_band) == (outcomes.names[7], outcomes.own_branch[7], "1-4")
    for wrong in ("123", "abcdefgh", "00000000"):
        with pytest.raises(InputRefused):
            figures.employer(wrong)


def test_text_narrows_the_list_and_keeps_its_order(opened: OpenOutcomes) -> None:
    figures = opened(random_outcomes(12))
    whole = find_employers(figures, Scope())
    narrowed = find_employers(figures, Scope(text="sostrene"))
    names = [row.name for row in rows(figures, narrowed, 0, narrowed.total)]
    expected = [row.name for row in rows(figures, whole, 0, whole.total) if row.name.startswith("Søstrene")]
    assert names == expected != []


def test_priors_are_those_of_the_rows_and_of_the_smallest_window_that_holds_the_period(opened: OpenOutcomes) -> None:
    figures = opened(random_outcomes(13, employers=400))
    found = find_employers(figures, Scope())
    used = priors_used(figures, found)
    assert {row.prior_level for row in rows(figures, found, 0, found.total)} == set(used)
    assert {prior["window"] for prior in used.values()} == {4}
    assert all(prior["employers"] >= 100 for prior in used.values())
    windows = [
        next(iter(priors_used(figures, find_employers(figures, Scope(first=first))).values()))["window"]
        for first in (KNOWN_THROUGH.plus(-4), FIRST)
    ]
    assert windows == [8, 10]


def test_an_empty_list_has_no_rows_no_priors_and_no_places(opened: OpenOutcomes) -> None:
    figures = opened(random_outcomes(14, employers=30))
    found = find_employers(figures, Scope(text="nobody is called this"))
    assert (found.total, rows(figures, found, 0, 10), places(figures, found, 0, 10)) == (0, [], [])
    assert priors_used(figures, found) == {}

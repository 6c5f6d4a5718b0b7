"""One employer beside its branch and the country."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from jobcentre_desk.desk.employer import compare_employer
from jobcentre_desk.desk.find import find_employers, rows
from jobcentre_desk.errors import InputRefused, QuarterOutOfRange
from jobcentre_desk.model.outcomes import Scope, State, Verdict
from jobcentre_desk.model.pages import EmployerComparison
from jobcentre_desk.model.periods import Quarter

OWN = "10000000"
LAST = Quarter.of(2026, 1)


def compared(world: Any, **scope: Any) -> EmployerComparison:
    return compare_employer(world.figures(), OWN, scope=Scope(**scope))


def test_an_employer_stands_beside_its_branch_with_and_without_it_and_the_country(world: Any) -> None:
    world.add(0, 12, same=6, elsewhere=3, started=14)
    world.add_others(24, 10, same=2, elsewhere=1)
    world.add(90, 50, same=5, elsewhere=20, branch="49.41")
    world.own_branch = {90: "49.41"}
    found = compared(world)
    assert (found.own.counts.started, found.own.counts.completed, found.own.counts.jobs) == (14, 12, 9)
    assert (found.reference_branch, found.reference.counts.completed, found.reference.counts.jobs) == ("47.11", 252, 81)
    assert (found.rest_of_branch.counts.completed, found.rest_of_branch.counts.jobs) == (240, 72)
    assert found.country.counts.completed == 302
    assert found.own.rate.value == pytest.approx(0.75)
    assert (found.own.rate.low, found.own.rate.high) == pytest.approx(proportion_confint(9, 12, method="wilson"))
    assert found.own.state is State.KNOWN


def test_each_kind_of_job_has_its_own_badge(world: Any) -> None:
    world.add(0, 20, same=16, elsewhere=1)
    world.add_others(24, 10, same=2, elsewhere=2)
    verdicts = compared(world).against_branch
    assert (verdicts.any, verdicts.same_employer, verdicts.elsewhere) == (
        Verdict.ABOVE,
        Verdict.ABOVE,
        Verdict.CANNOT_TELL,
    )


def test_the_difference_from_the_rest_of_the_branch_has_newcombes_interval(world: Any) -> None:
    world.add(0, 12, same=6, elsewhere=3)
    world.add_others(24, 10, same=2, elsewhere=1)
    difference = compared(world).difference
    assert difference is not None
    value, low, high = difference
    assert value == pytest.approx(9 / 12 - 72 / 240)
    assert (low, high) == pytest.approx(confint_proportions_2indep(9, 12, 72, 240, method="newcomb"))


def test_a_small_branch_gives_way_to_its_parent(world: Any) -> None:
    world.add(0, 12, same=6)
    world.add_others(5, 10, same=2, elsewhere=1)
    world.add_others(20, 10, same=2, elsewhere=1, branch="47.12")
    world.own_branch = dict.fromkeys(range(6, 26), "47.12")
    found = compared(world)
    assert found.reference_branch == "47.1"
    assert found.reference.counts.completed == 262


def test_an_employer_alone_has_no_reference(world: Any) -> None:
    world.add(0, 12, same=6)
    found = compared(world)
    assert found.reference_branch == ""
    assert found.against_branch.any is Verdict.NO_REFERENCE
    assert found.difference is None
    assert found.needed_n is None
    assert found.expected_rate is None
    assert found.rest_of_branch.rate.value is None


def test_another_branch_can_be_asked_for(world: Any) -> None:
    world.add(0, 12, same=6)
    world.add_others(24, 10, same=2, elsewhere=1)
    figures = world.figures()
    found = compare_employer(figures, OWN, scope=Scope(), reference_branch="47")
    assert (found.reference_branch, found.reference.counts.completed) == ("47", 252)
    assert compare_employer(figures, OWN, scope=Scope(), reference_branch="").difference is None


@pytest.mark.parametrize(
    ("back", "quarters", "widened", "completed"),
    [(0, 4, False, 12), (5, 8, True, 12), (9, 12, True, 12), (20, 12, True, 0)],
)
def test_the_period_widens_until_it_holds_ten(
    world: Any, back: int, quarters: int, widened: bool, completed: int
) -> None:
    world.add(0, 12, same=6, quarter=LAST.plus(-back))
    world.add_others(3, 1, same=0, elsewhere=0, quarter=LAST.plus(-23))
    world.add_others(3, 1, same=0, elsewhere=0)
    found = compared(world)
    assert (len(found.period.span), found.period.widened) == (quarters, widened)
    assert found.own.counts.completed == completed


def test_the_period_never_reaches_back_before_the_first_quarter(world: Any) -> None:
    world.add(0, 2, same=1, quarter=LAST.plus(-5))
    world.add(0, 2, same=1)
    found = compared(world)
    assert (str(found.period.span.first), found.period.widened) == ("2024Q04", True)


def test_a_period_that_is_asked_for_is_not_widened(world: Any) -> None:
    world.add(0, 2, same=1, quarter=LAST.plus(-8))
    world.add(0, 3, same=1)
    found = compared(world, first=LAST, last=LAST)
    assert (len(found.period.span), found.period.widened, found.own.counts.completed) == (1, False, 3)


def test_quarters_after_the_last_known_one_are_told_as_not_yet_known(world: Any) -> None:
    world.add(0, 12, same=6)
    world.add(0, 5, same=None, elsewhere=None, quarter=LAST.plus(1), started=3)
    found = compared(world, first=LAST, last=LAST.plus(1))
    assert (found.own.counts.completed, found.own.counts.not_yet_known, found.own.counts.started) == (12, 5, 3)
    last = found.quarters[-1]
    assert (last.quarter, last.completed, last.state, last.rate.value) == ("2026Q02", 5, State.NOT_YET_KNOWN, None)


def test_an_employer_known_only_from_later_quarters_waits_for_its_outcomes(world: Any) -> None:
    world.add(1, 3, same=1)
    world.add(0, 5, same=None, elsewhere=None, quarter=LAST.plus(1))
    world.add_others(24, 10, same=2, elsewhere=1)
    found = compared(world, first=LAST, last=LAST.plus(1))
    assert found.own.state is State.NOT_YET_KNOWN
    assert found.against_branch.any is Verdict.CANNOT_TELL
    assert found.own.rate.value is None


def test_a_hidden_count_hides_everything_made_of_it(world: Any) -> None:
    world.add(0, 12, same=None, elsewhere=None)
    world.add(0, 10, same=5, occupation="5223")
    world.add_others(24, 10, same=2, elsewhere=1)
    found = compared(world)
    assert found.own.state is State.HIDDEN
    assert found.own.rate.value is None
    assert found.own.counts.hidden_cells == 1
    assert found.against_branch.any is Verdict.HIDDEN
    assert (found.difference, found.expected_rate, found.needed_n) == (None, None, None)
    assert found.quarters[-1].state is State.HIDDEN
    assert {one.code: one.state for one in found.occupations} == {"9333": State.HIDDEN, "5223": State.KNOWN}
    assert found.rest_of_branch.counts.completed == 240


def test_blanks_say_whether_a_quarter_was_not_reported_or_not_loaded(world: Any) -> None:
    world.add(0, 12, same=6, quarter=LAST.plus(-3))
    world.add(1, 3, same=1, quarter=LAST)
    assert compared(world, first=LAST, last=LAST).own.state is State.NOT_REPORTED
    assert compared(world, first=LAST.plus(-1), last=LAST).own.state is State.NOT_LOADED
    assert [one.state for one in compared(world).quarters] == [State.KNOWN, State.NOT_REPORTED]


def test_a_filter_narrows_all_sides_but_not_the_list_of_occupations(world: Any) -> None:
    world.add(0, 12, same=6)
    world.add(0, 8, same=1, occupation="5223")
    world.add_others(24, 10, same=2, elsewhere=1)
    world.add_others(2, 100, same=9, elsewhere=9, occupation="5223")
    found = compared(world, occupations=("9",))
    assert found.own.counts.completed == 12
    assert found.reference.counts.completed == 252
    assert found.country.counts.completed == 252
    assert [(one.code, one.rate.n) for one in found.occupations] == [("9333", 12), ("5223", 8)]


def test_the_expected_rate_is_that_of_others_in_the_same_strata(world: Any) -> None:
    world.add(0, 6, same=6)
    world.add(0, 4, same=0, group="sickness")
    world.add_others(5, 10, same=4, elsewhere=0)
    world.add_others(5, 10, same=1, elsewhere=0, group="sickness")
    assert compared(world).expected_rate == pytest.approx((6 * 0.4 + 4 * 0.1) / 10)


def test_a_stratum_of_few_others_is_merged_over_benefit_groups_then_occupations_then_branches(world: Any) -> None:
    world.add(0, 10, same=10, group="sickness")
    world.add(1, 19, same=19, group="sickness")
    world.add(2, 21, same=1)
    assert compared(world).expected_rate == pytest.approx(20 / 40)
    world.add(0, 10, same=0, occupation="5223", branch="49.41")
    world.add(3, 30, same=3, occupation="5223")
    assert compared(world).expected_rate == pytest.approx((10 * 20 / 40 + 10 * 23 / 70) / 20)


def test_the_expected_rate_keeps_the_programme_asked_for(world: Any) -> None:
    world.add(0, 10, same=5)
    world.add(1, 30, same=15)
    world.add(2, 30, same=0, programme="subsidy")
    assert compared(world, programmes=("traineeship",)).expected_rate == pytest.approx(0.5)


def test_about_how_many_more_would_settle_it_is_told_only_where_it_cannot_be_told(world: Any) -> None:
    world.add(0, 10, same=5)
    world.add_others(60, 10, same=7, elsewhere=0)
    world.add_others(120, 10, same=0, elsewhere=1)
    found = compared(world)
    assert found.against_branch.any is Verdict.CANNOT_TELL
    assert found.needed_n is not None
    assert found.needed_n > 10
    world.add(0, 90, same=90)
    assert compared(world).needed_n is None


def test_the_badge_of_the_page_is_the_badge_of_the_list(world: Any) -> None:
    world.add(0, 9, same=9)
    world.add_others(30, 10, same=2, elsewhere=1)
    figures = world.figures()
    found = find_employers(figures, Scope())
    for row in rows(figures, found, 0, found.total):
        comparison = compare_employer(figures, row.cvr, scope=Scope(first=found.period.span.first))
        assert comparison.against_branch.any is row.against_branch
        assert comparison.reference.rate.value == pytest.approx(row.reference_rate)
        assert comparison.own.rate == row.rate


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)), min_size=21, max_size=30))
def test_employer_and_rest_make_up_the_branch(world: Any, counts: list[tuple[int, int, int]]) -> None:
    world.reset()
    world.add(0, 5, same=1, elsewhere=1)
    for employer, (same, elsewhere, without) in enumerate(counts, start=1):
        world.add(employer, same + elsewhere + without + 2, same=same, elsewhere=elsewhere)
    found = compared(world)
    own, rest, branch = (side.counts for side in (found.own, found.rest_of_branch, found.reference))
    assert own.completed + rest.completed == branch.completed
    assert own.job_same_employer + rest.job_same_employer == branch.job_same_employer
    assert own.job_elsewhere + rest.job_elsewhere == branch.job_elsewhere


def test_an_employer_split_over_workplaces_and_pooled_again_is_the_same(world: Any) -> None:
    world.add(0, 12, same=6)
    world.add_others(24, 10, same=2, elsewhere=1)
    pooled = compared(world)
    world.reset()
    world.add(0, 5, same=4)
    world.add(0, 7, same=2, branch="47.12")
    world.add_others(24, 10, same=2, elsewhere=1)
    split = compared(world)
    assert (split.own, split.reference, split.against_branch) == (pooled.own, pooled.reference, pooled.against_branch)


def test_an_unknown_employer_or_quarter_is_refused(world: Any) -> None:
    world.add(0, 12, same=6)
    figures = world.figures()
    with pytest.raises(InputRefused):
        compare_employer(figures, "12345678", scope=Scope())
    with pytest.raises(QuarterOutOfRange):
        compare_employer(figures, OWN, scope=Scope(first=LAST.plus(4)))

"""What leaves the screen: small counts withheld with all that is made of them, branches that tell on nobody."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcentre_desk.desk.branches import occupation_rows
from jobcentre_desk.desk.employer import compare_employer
from jobcentre_desk.desk.find import find_employers, rows
from jobcentre_desk.desk.guard import (
    contact_rows,
    refuse_sole_proprietor,
    share_minimum,
    shared_comparison,
    shared_rows,
    shared_standings,
)
from jobcentre_desk.desk.small_counts import share_occupations, small_names
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.employers import Employer
from jobcentre_desk.model.outcomes import Counts, Rate, Scope, State, Verdict
from jobcentre_desk.model.pages import EmployerComparison, OccupationStanding
from jobcentre_desk.model.periods import Quarter

OWN = "10000000"
LAST = Quarter.of(2026, 1)
SMALL = {1, 2}


def shared(world: Any, **scope: Any) -> EmployerComparison:
    figures = world.figures()
    asked = Scope(**scope)
    return shared_comparison(compare_employer(figures, OWN, scope=asked), figures, scope=asked)


def shown(counts: Counts) -> dict[str, int]:
    names = ("started", "completed", "not_yet_known", "job_same_employer", "job_elsewhere")
    found = {name: counts.shown(name) for name in names}
    return {name: value for name, value in found.items() if value is not None}


counts_of = st.builds(
    lambda started, same, elsewhere, nobody, waiting: Counts(
        started=started,
        completed=same + elsewhere + nobody,
        job_same_employer=same,
        job_elsewhere=elsewhere,
        not_yet_known=waiting,
    ),
    *[st.integers(0, 12)] * 5,
)


@given(counts_of, st.integers(1, 6))
def test_no_count_and_no_complement_that_is_shown_is_small(counts: Counts, minimum: int) -> None:
    names = small_names(counts, minimum)
    kept = {name: getattr(counts, name) for name in ("started", "completed", "not_yet_known") if name not in names}
    parts = {"job_same_employer": counts.job_same_employer, "job_elsewhere": counts.job_elsewhere, "jobs": counts.jobs}
    for name, part in parts.items():
        if name not in names:
            kept |= {name: part, f"without {name}": counts.completed - part}
    assert [value for value in kept.values() if 1 <= value < minimum] == []


@given(counts_of)
def test_a_threshold_of_one_withholds_nothing(counts: Counts) -> None:
    assert small_names(counts, 1) == frozenset()


def test_nought_is_shown() -> None:
    counts = Counts(started=0, completed=9, job_same_employer=0, job_elsewhere=0)
    assert small_names(counts, 3) == frozenset()


def test_an_employer_with_counts_large_enough_is_shared_as_it_is(world: Any) -> None:
    world.add(0, 20, same=6, elsewhere=5, started=14)
    world.add_others(24, 10, same=3, elsewhere=3, started=5)
    figures = world.figures()
    comparison = compare_employer(figures, OWN, scope=Scope())
    found = shared_comparison(comparison, figures, scope=Scope())
    assert replace(found, programmes=comparison.programmes, case_mix=comparison.case_mix) == comparison
    assert share_minimum(figures) == 3


def test_a_small_kind_of_job_takes_the_other_kind_along_and_leaves_them_together(world: Any) -> None:
    world.add(0, 20, same=6, elsewhere=2, started=14)
    world.add_others(24, 10, same=3, elsewhere=3, started=5)
    found = shared(world)
    assert found.own.state is State.KNOWN
    assert found.own.rate.value == 0.4
    assert shown(found.own.counts) == {"started": 14, "completed": 20, "not_yet_known": 0}
    assert found.against_branch.any is not Verdict.HIDDEN
    assert {found.against_branch.same_employer, found.against_branch.elsewhere} == {Verdict.HIDDEN}
    assert found.reference.counts.job_elsewhere == 74
    assert found.rest_of_branch.counts.shown("job_elsewhere") is None
    assert found.rest_of_branch.rate.x == 144


def test_few_with_any_job_take_rate_badge_difference_and_rest_along(world: Any) -> None:
    world.add(0, 20, same=0, elsewhere=2, started=14)
    world.add_others(24, 10, same=3, elsewhere=3, started=5)
    found = shared(world)
    assert found.own.state is State.HIDDEN
    assert found.own.rate.value is None
    assert {found.against_branch.any, found.against_branch.same_employer, found.against_branch.elsewhere} == {
        Verdict.HIDDEN
    }
    assert (found.difference, found.expected_rate, found.needed_n) == (None, None, None)
    assert (found.reference.state, found.rest_of_branch.state) == (State.KNOWN, State.HIDDEN)


def test_few_completed_withhold_everything_made_of_them(world: Any) -> None:
    world.add(0, 2, same=1, elsewhere=0, started=9)
    world.add_others(24, 10, same=3, elsewhere=3)
    found = shared(world)
    assert shown(found.own.counts) == {"started": 9, "not_yet_known": 0}
    assert found.reference.counts.completed == 242
    assert found.rest_of_branch.counts.shown("completed") is None


def test_a_hidden_quarter_takes_a_second_one_along(world: Any) -> None:
    world.add(0, 8, same=4, elsewhere=0, quarter=LAST)
    world.add(0, 9, same=4, elsewhere=0, quarter=LAST.plus(-1))
    world.add(0, 2, same=0, elsewhere=0, quarter=LAST.plus(-2))
    world.add_others(24, 10, same=3, elsewhere=3)
    states = {quarter.quarter: quarter.state for quarter in shared(world, first=LAST.plus(-2)).quarters}
    assert states[str(LAST.plus(-2))] is State.HIDDEN
    assert states[str(LAST)] is State.KNOWN
    assert states[str(LAST.plus(-1))] is State.HIDDEN


def test_a_hidden_occupation_takes_the_smallest_other_along() -> None:
    occupations = [
        OccupationStanding(code=str(n), title="", rate=Rate(n // 2, n, 0.5, 0.1, 0.9), state=State.KNOWN)
        for n in (20, 12, 2)
    ]
    assert [o.state for o in share_occupations(occupations, 3)] == [State.KNOWN, State.HIDDEN, State.HIDDEN]


def test_a_branch_that_one_other_employer_fills_gives_way_to_its_parent(world: Any) -> None:
    world.add(0, 12, same=6, elsewhere=3)
    world.add(1, 900, same=300, elsewhere=300)
    for employer in range(2, 30):
        world.add(employer, 4, same=1, elsewhere=1)
    for employer in range(30, 60):
        world.add(employer, 100, same=30, elsewhere=30)
    world.own_branch = dict.fromkeys(range(30, 60), "47.12")
    figures = world.figures()
    comparison = compare_employer(figures, OWN, scope=Scope())
    found = shared_comparison(comparison, figures, scope=Scope())
    assert comparison.reference_branch == "47.11"
    assert found.reference_branch == "47.1"
    assert found.rest_of_branch.counts.completed == 900 + 28 * 4 + 30 * 100


def test_where_no_branch_may_stand_beside_it_none_does(world: Any) -> None:
    world.add(0, 12, same=6, elsewhere=3)
    world.add(1, 9_000, same=3_000, elsewhere=3_000)
    world.add_others(28, 4, same=1, elsewhere=1)
    found = shared(world)
    assert found.reference_branch == ""
    assert found.against_branch.any is Verdict.NO_REFERENCE


def test_rows_of_a_list_follow_the_same_rules(world: Any) -> None:
    world.add(0, 20, same=0, elsewhere=2)
    world.add_others(24, 10, same=3, elsewhere=3)
    figures = world.figures()
    found = find_employers(figures, Scope())
    made = shared_rows(rows(figures, found, 0, found.total), figures, found)
    assert len(made) == 25
    by_cvr = {row.cvr: row for row in made}
    own = by_cvr.pop(OWN)
    assert (own.state, own.rate.value, own.fair_rate, own.against_branch) == (State.HIDDEN, None, None, Verdict.HIDDEN)
    assert all(row.reference_branch == "47.11" for row in by_cvr.values())
    assert [row.cvr for row in by_cvr.values() if row.state is State.HIDDEN] == ["10000001"], "its only partner"
    for row in made:
        assert not SMALL & set(shown(row.counts).values())


def test_a_row_gets_the_badge_of_the_branch_that_may_be_shown(world: Any) -> None:
    world.add(0, 40, same=30, elsewhere=6)
    world.add(1, 9_000, same=8_000, elsewhere=500)
    world.add_others(28, 8, same=3, elsewhere=0)
    figures = world.figures()
    found = find_employers(figures, Scope())
    row = next(row for row in shared_rows(rows(figures, found, 0, found.total), figures, found) if row.cvr == OWN)
    assert (row.reference_branch, row.reference_rate, row.against_branch) == ("", None, Verdict.NO_REFERENCE)


def test_rows_of_branches_and_occupations_are_guarded_too(world: Any) -> None:
    world.add(0, 20, same=6, elsewhere=5, occupation="9333")
    world.add(0, 7, same=1, elsewhere=0, occupation="5223")
    world.add(0, 30, same=9, elsewhere=9, occupation="9334")
    figures = world.figures()
    made = shared_standings(occupation_rows(figures, Scope()), figures)
    states = {row.code: (row.state, row.against_country) for row in made.rows}
    assert states["5"] == (State.HIDDEN, Verdict.HIDDEN)
    assert states["9"][0] is State.HIDDEN, "the other one of two, whose sum is known"


def test_a_sole_proprietor_is_in_no_shared_file() -> None:
    person = Employer("10000000", "Hans Hansen", "47.11", "730", "0-1", sole_proprietor=True)
    with pytest.raises(InputRefused, match="sole proprietor"):
        refuse_sole_proprietor(person)
    refuse_sole_proprietor(replace(person, sole_proprietor=False))


def test_sole_proprietors_and_protected_employers_are_left_out_of_lists(world: Any) -> None:
    world.add(0, 20, same=6, elsewhere=5)
    world.add_others(24, 10, same=3, elsewhere=3)
    figures = world.figures()
    found = find_employers(figures, Scope())
    every = rows(figures, found, 0, found.total)
    flags = figures.employers.flags.copy()
    flags[[0, 1]] |= np.array([2, 4], dtype=np.uint8)
    figures.load_blocks()
    guarded = world.figures()
    blocks = guarded.load_blocks()
    guarded._blocks = replace(blocks, employers=replace(blocks.employers, flags=flags))
    assert len(shared_rows(every, guarded, found)) == 24
    assert len(contact_rows(every, guarded)) == 24
    assert {row.cvr for row in every} - {row.cvr for row in contact_rows(every, guarded)} == {"10000001"}


def test_a_page_on_which_the_publisher_hid_counts_hides_small_quarters_with_a_partner(world: Any) -> None:
    world.add(0, 8, same=4, elsewhere=0, quarter=LAST)
    world.add(0, None, same=None, elsewhere=None, quarter=LAST.plus(-1))
    world.add(0, 2, same=0, elsewhere=0, quarter=LAST.plus(-2))
    world.add(0, 9, same=4, elsewhere=0, quarter=LAST.plus(-3))
    world.add_others(24, 10, same=3, elsewhere=3)
    found = shared(world)
    states = [quarter.state for quarter in found.quarters]
    assert states == [State.KNOWN, State.HIDDEN, State.HIDDEN, State.HIDDEN]
    assert found.own.state is State.HIDDEN

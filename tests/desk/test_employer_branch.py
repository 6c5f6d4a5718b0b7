"""An employer among those of its branch: place, funnel, both kinds of job, and what works there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from jobcentre_desk.desk.employer import compare_employer
from jobcentre_desk.desk.employer_branch import employer_branch, shared_branch
from jobcentre_desk.desk.employer_branch_wording import kinds_sentence, place_sentence, works_sentence
from jobcentre_desk.desk.guard import shared_comparison
from jobcentre_desk.model.employer_branch import EmployerBranch
from jobcentre_desk.model.outcomes import Place, Scope, Verdict
from jobcentre_desk.statistics.funnel_chance import above_by_chance
from jobcentre_desk.statistics.funnels import funnel_state

OWN = "10000000"
NBSP = "\N{NO-BREAK SPACE}"


def branch_of(world: Any, **scope: Any) -> EmployerBranch:
    figures, asked = world.figures(), Scope(**scope)
    return employer_branch(figures, compare_employer(figures, OWN, scope=asked), scope=asked)


def shared_of(world: Any) -> EmployerBranch:
    figures = world.figures()
    comparison = compare_employer(figures, OWN, scope=Scope())
    return shared_branch(figures, shared_comparison(comparison, figures, scope=Scope()), scope=Scope())


@pytest.fixture
def branch(world: Any) -> Any:
    """An employer of 20 others: half of them work with sickness benefit, where more go on to a job."""
    world.add(0, 20, same=12, elsewhere=4)
    world.add_others(10, 20, same=3, elsewhere=3)
    world.add_others(10, 20, same=8, elsewhere=4, group="sickness", occupation="5223")
    return world


def test_the_employer_is_ringed_and_named_alone_in_the_funnel_of_its_branch(branch: Any) -> None:
    found = branch_of(branch)
    assert found.funnel is not None
    assert len(found.funnel.n) == 21
    assert [(one.code, one.own, one.listed, one.verdict) for one in found.funnel.named] == [
        (OWN, True, True, Verdict.ABOVE)
    ]
    assert found.funnel.named[0].rate == 0.8
    assert len(found.funnel.table.rows) == 1
    assert found.funnel.table.rows[0][4] == "above its branch"


def test_the_badge_of_the_page_is_that_of_its_point(branch: Any) -> None:
    figures = branch.figures()
    for employer in range(21):
        comparison = compare_employer(figures, f"{10_000_000 + employer}", scope=Scope())
        found = employer_branch(figures, comparison, scope=Scope())
        assert found.funnel is not None
        assert found.funnel.named[0].verdict is comparison.against_branch.any
        assert found.funnel.reference == comparison.reference.rate.value


def test_the_true_place_is_told_among_the_employers_of_the_branch(branch: Any) -> None:
    found = branch_of(branch)
    assert found.place is not None
    assert 1 <= found.place.low <= found.place.high <= found.employers == 21
    assert found.place.low == 1
    words = f"True place probably {found.place_strong} of 21 employers in en 47.11, in the whole country."
    assert found.place_line == words


def test_without_a_branch_or_a_rate_there_is_no_place(world: Any) -> None:
    world.add(0, 12, same=6)
    alone = branch_of(world)
    assert (alone.funnel, alone.place, alone.place_line, alone.works) == (None, None, "", None)
    world.reset()
    world.add(0, 0)
    world.add_others(24, 10, same=2, elsewhere=2)
    none = branch_of(world)
    assert (none.funnel, none.place_line, none.kinds_line) == (None, "", "")
    assert none.works is not None


def test_the_filters_of_the_page_hold_in_its_branch_too(branch: Any) -> None:
    found = branch_of(branch, occupations=("9333",))
    assert found.funnel is None or len(found.funnel.n) == 11


def test_both_kinds_of_job_are_drawn_towards_the_branch(branch: Any) -> None:
    found = branch_of(branch)
    assert "with the same employer" in found.kinds_line
    assert "counts as" in found.kinds_line


def test_what_works_is_above_the_branch_as_a_whole_by_the_one_rule(branch: Any) -> None:
    works = branch_of(branch).works
    assert works is not None
    x, n = 16 + 10 * 6 + 10 * 12, 21 * 20
    assert [(cell.kind, cell.code, cell.rate.x, cell.rate.n) for cell in works.cells] == [
        ("benefit_group", "sickness", 120, 200), ("occupation", "5223", 120, 200),
    ]  # fmt: skip
    assert funnel_state(120, 200, x / n) == 1
    assert works.checked == 4
    assert works.lines[0] == f"Benefit group: en sickness, 60{NBSP}% (120 of 200)"
    assert "4 occupations, benefit groups and programmes" in works.sentence
    assert len(works.table.rows) == 2


def test_nothing_stands_out_in_a_branch_where_all_are_alike(world: Any) -> None:
    world.add(0, 20, same=8)
    world.add_others(12, 20, same=8, elsewhere=0)
    world.add_others(12, 20, same=8, elsewhere=0, group="sickness")
    works = branch_of(world).works
    assert works is not None
    assert works.lines == ()
    assert "none lies above the branch as a whole" in works.sentence


def test_a_cell_that_tells_of_few_employers_takes_no_part(world: Any) -> None:
    world.add(0, 20, same=2)
    world.add_others(24, 10, same=3, elsewhere=0)
    world.add_others(3, 30, same=29, elsewhere=0, group="sickness")
    assert branch_of(world).works.checked == 0  # type: ignore[union-attr]
    world.add(90, 200, same=190, group="sickness")
    world.add(91, 10, same=9, group="sickness")
    crowded = branch_of(world).works
    assert crowded is not None
    assert crowded.checked == 2


def test_a_cell_of_few_without_a_job_does_not_leave_the_screen(world: Any) -> None:
    world.add(0, 20, same=8)
    world.add_others(20, 20, same=6, elsewhere=0)
    world.add_others(5, 6, same=6, elsewhere=0, group="sickness")
    world.add(80, 6, same=5, group="sickness")
    assert [cell.code for cell in branch_of(world).works.cells] == ["sickness"]  # type: ignore[union-attr]
    shared = shared_of(world)
    assert shared.works is not None
    assert shared.works.cells == ()


def test_what_works_leaves_the_screen_without_counts(branch: Any) -> None:
    works = shared_of(branch).works
    assert works is not None
    assert works.lines[0] == f"Benefit group: en sickness, 60{NBSP}%"
    assert works.table.rows[0] == ("Benefit group", "en sickness", f"60{NBSP}% (53–67{NBSP}%)")


def test_what_leaves_the_screen_has_no_funnel_and_no_place_of_a_hidden_employer(world: Any) -> None:
    world.add(0, 20, same=8, elsewhere=4)
    world.add_others(24, 10, same=3, elsewhere=3)
    whole = shared_of(world)
    assert whole.funnel is None
    assert whole.place_line
    world.reset()
    world.add(0, 20, same=1, elsewhere=1)
    world.add_others(24, 10, same=3, elsewhere=3)
    hidden = shared_of(world)
    assert (hidden.place, hidden.place_line, hidden.kinds_line) == (None, "", "")


def test_chance_above_is_the_sum_of_exact_tails() -> None:
    n, p0 = np.array([10, 25, 90]), 0.37
    tails = 0.0
    for size in n.tolist():
        k = np.arange(size + 1)
        tails += stats.binom.pmf(k, size, p0)[funnel_state(k, size, p0) > 0].sum()
    assert above_by_chance(n, p0) == pytest.approx(tails)
    assert above_by_chance([1000], p0) == 0.025
    assert above_by_chance([10], 0.0) == 0.0


def test_the_sentences_have_their_forms() -> None:
    assert place_sentence(Place(3, 3), 1, "X").text == "True place probably 3 of 1 employer in X, in the whole country."
    assert place_sentence(None, 5, "X").text == ""
    assert kinds_sentence(0.2, 0.1, 1.2).startswith("Drawn towards its branch, which counts as 1 traineeship: ")
    assert works_sentence("X", 0.4, checked=0, found=0, chance=0.0).startswith("Too few traineeships in X")
    assert "about 12 of them" in works_sentence("X", 0.4, checked=300, found=5, chance=12.4)
    assert "about 0.4 of them" in works_sentence("X", 0.4, checked=30, found=1, chance=0.41)

"""What the Employer page says and draws."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from jobcentre_desk.desk.employer import compare_employer
from jobcentre_desk.desk.employer_page import employer_page, page_of
from jobcentre_desk.model.outcomes import Rate, Scope, State, Verdict
from jobcentre_desk.model.pages import EmployerPage
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.text import use_language

OWN = "10000000"
LAST = Quarter.of(2026, 1)
NBSP = "\N{NO-BREAK SPACE}"


def page(world: Any, **scope: Any) -> EmployerPage:
    return employer_page(world.figures(), OWN, scope=Scope(**scope))


@pytest.fixture
def told_apart(world: Any) -> Any:
    """An employer above its branch, with a second occupation and a quarter whose outcomes are not known yet."""
    world.add(0, 20, same=14, elsewhere=2)
    world.add(0, 1, same=0, occupation="5223")
    world.add(0, 4, same=None, elsewhere=None, quarter=LAST.plus(1))
    world.add_others(24, 10, same=2, elsewhere=2)
    return world


def test_the_page_opens_with_one_sentence_and_the_caution(told_apart: Any) -> None:
    made = page(told_apart)
    assert made.sentence.startswith(
        f"Of 21 completed traineeships, 16 went on to a job. In the rest of the branch it is 40{NBSP}%."
    )
    assert made.sentence_strong in made.sentence
    assert "not what the traineeship caused" in made.caution
    assert (made.branch_title, made.municipality_name, made.scope_line) == ("en 47.11", "Randers", "")
    assert made.origin.publisher_name == "STAR"


def test_three_groups_of_bars_stand_on_one_scale_with_the_badge_of_each(told_apart: Any) -> None:
    beside = page(told_apart).beside
    assert [group.verdict for group in beside.groups] == [Verdict.ABOVE, Verdict.ABOVE, Verdict.CANNOT_TELL]
    for group in beside.groups:
        assert [bar.own for bar in group.bars] == [True, False, False]
        assert group.bars[0].verdict is group.verdict
        assert [bar.verdict for bar in group.bars[1:]] == [Verdict.CANNOT_TELL] * 2
        assert [bar.reference is None for bar in group.bars] == [False, True, True]
    any_job, same, elsewhere = beside.groups
    assert any_job.bars[0].reference == pytest.approx(112 / 261)
    assert same.bars[0].reference == pytest.approx(62 / 261)
    assert elsewhere.bars[0].reference == pytest.approx(50 / 261)
    assert [bar.note for bar in any_job.bars] == ["16 of 21", "96 of 240", "112 of 261"]
    assert any_job.verdict_text == "above its branch"


def test_the_table_of_the_bars_holds_the_same_numbers(told_apart: Any) -> None:
    beside = page(told_apart).beside
    assert len(beside.table.rows) == 9
    assert beside.table.rows[0] == (
        "In a job, all together", "The employer", f"76{NBSP}%", f"55–89{NBSP}%", "16 of 21", "above its branch",
    )  # fmt: skip
    assert beside.table.rows[1][5] == ""
    assert beside.reference_name == f"its branch 43{NBSP}%"


def test_without_a_branch_the_employer_stands_beside_the_country_alone(world: Any) -> None:
    world.add(0, 12, same=6)
    made = page(world)
    assert [bar.label for bar in made.beside.groups[0].bars] == ["The employer", "The whole country"]
    assert made.beside.groups[0].bars[0].reference is None
    assert made.beside.reference_name == ""
    assert made.trend.reference is None


def test_points_of_the_trend_hold_four_quarters_and_later_ones_wait(world: Any) -> None:
    for back in range(12):
        world.add(0, 3, same=back % 2, quarter=LAST.plus(-back))
    world.add(0, 2, same=None, elsewhere=None, quarter=LAST.plus(1))
    trend = page(world).trend
    assert len(trend.points) == 9
    assert [point.state for point in trend.points] == [State.KNOWN] * 8 + [State.NOT_YET_KNOWN]
    assert trend.points[7].value == pytest.approx(2 / 12)
    assert (trend.points[7].label, trend.points[7].sublabel) == ("Q1", "2026")
    assert trend.table.rows[7] == ("Q1 2026", f"17{NBSP}% (5–45{NBSP}%)", "2 of 12")
    assert trend.table.rows[8] == ("Q2 2026", "not yet known", "")
    assert (trend.axis_low, trend.axis_high) == (0.0, 1.0)


def test_a_hidden_quarter_hides_the_points_that_hold_it(world: Any) -> None:
    for back in range(8):
        world.add(0, 3, same=1, quarter=LAST.plus(-back))
    world.add(0, 3, same=None, elsewhere=None, quarter=LAST.plus(-2), occupation="5223")
    states = [point.state for point in page(world).trend.points]
    assert states == [State.KNOWN] * 2 + [State.HIDDEN] * 3


def test_quarters_without_anybody_are_not_drawn_as_nought(world: Any) -> None:
    for back in range(6):
        world.add(1, 3, same=1, quarter=LAST.plus(-back))
    world.add(0, 3, same=1, quarter=LAST.plus(-5))
    trend = page(world).trend
    assert [point.state for point in trend.points] == [State.KNOWN if i == 0 else State.NOT_REPORTED for i in range(3)]
    assert trend.points[1].value is None


def test_the_occupations_are_those_with_most_first_and_the_table_holds_all(world: Any) -> None:
    world.add(0, 12, same=6, occupation="5223")
    world.add(0, 20, same=5)
    chart = page(world, occupations=("5223",)).occupations
    assert [(bar.label, bar.note) for bar in chart.groups[0].bars] == [("en 9333", "5 of 20"), ("en 5223", "6 of 12")]
    assert chart.groups[0].verdict is None
    assert chart.sentence == ""
    assert len(chart.table.rows) == 2


def test_a_hidden_occupation_says_that_it_is_hidden(world: Any) -> None:
    world.add(0, 20, same=None, elsewhere=None)
    made = page(world)
    bar = made.occupations.groups[0].bars[0]
    assert (bar.state, bar.value_text, bar.value) == (State.HIDDEN, "hidden", None)
    assert bar.note.startswith("Hidden to protect people")
    assert made.beside.groups[0].bars[0].value_text == "hidden"


def test_the_filters_of_the_page_are_named(told_apart: Any) -> None:
    made = page(told_apart, occupations=("933", "5"), benefit_groups=("cash",), programmes=("traineeship",))
    assert made.scope_line == "Occupation: en 933, en 5 · Benefit group: en cash · Programme: en traineeship"


def test_the_definition_is_the_published_one_with_its_version(told_apart: Any) -> None:
    assert page(told_apart).definition.startswith("In a job = employed")
    told_apart.measures = ("traineeship.success_rate", "traineeship.started")
    assert page(told_apart).definition == "What traineeship.success_rate is. Definition 3."


def test_lines_tell_period_waiting_outcomes_difference_and_case_mix(told_apart: Any) -> None:
    made = page(told_apart, first=LAST, last=LAST.plus(1))
    assert "are not yet known" in made.period_line
    assert "The outcomes of 4 later completed traineeships are not yet known." in made.period_line
    assert made.settle_line.startswith("+36 percentage points from the rest of the branch")
    assert f"Here it is 76{NBSP}%. By chance alone it would be" in made.case_mix_line


def test_more_occupations_than_fit_stand_in_the_table(world: Any) -> None:
    for code in ("9", "93", "933", "9333", "9334", "5", "52", "522", "5223"):
        world.add(0, 12, same=6, occupation=code)
    chart = page(world).occupations
    assert len(chart.groups[0].bars) == 8
    assert len(chart.table.rows) == 9
    assert chart.sentence == "1 further occupation is in the table."


def test_the_page_can_be_made_in_danish(told_apart: Any) -> None:
    use_language("da")
    made = page(told_apart)
    assert made.branch_title == "da 47.11"
    assert f"40{NBSP}%" in made.sentence


def test_what_is_withheld_from_a_comparison_is_in_no_part_of_its_page(told_apart: Any) -> None:
    figures = told_apart.figures()
    comparison = compare_employer(figures, OWN, scope=Scope())
    hidden = replace(comparison.reference, rate=Rate(0, 0, None, None, None), state=State.HIDDEN)
    withheld = replace(comparison, reference=hidden, rest_of_branch=hidden, difference=None)
    made = page_of(figures, withheld, scope=Scope())
    assert "rest of the branch it is" not in made.sentence
    assert made.trend.reference is None
    assert [bar.reference for group in made.beside.groups for bar in group.bars] == [None] * 9
    assert [row[2] for row in made.beside.table.rows if row[1] == "Rest of the branch"] == ["hidden"] * 3

"""Goals for a year and how far they are."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from jobcentre_desk.desk.goal_wording import goal_word
from jobcentre_desk.desk.goals import goal_year, progress, share_of_way
from jobcentre_desk.model.measures import Measure, Polarity
from jobcentre_desk.model.municipalities import Goal, GoalProgress

MEASURE = "y30r21.actual_share"
GOAL = Goal(
    id="1", municipality="730", measure=MEASURE, group="all", target="9.00", year=2027, baseline="10.00",
    baseline_period="2026QMAT02", definition_version="3", source="star", set_at="2026-11-02T06:40:00",
)  # fmt: skip


def definition() -> Measure:
    texts = dict.fromkeys([n for n in Measure.__dataclass_fields__ if n != "polarity"], "")
    texts |= {"id": MEASURE, "unit": "percent", "definition_version": "3", "name_en": "Share", "name_da": "Andel"}
    return Measure(polarity=Polarity.LOW_IS_GOOD, **texts)


def told(world: Any, *values: tuple[str, str], goal: Goal = GOAL) -> GoalProgress:
    """The progress of a goal where these values of (period, share) are published."""
    for period, share in values:
        world.publish("730", period, "all", {"actual_share": share})
    world.add(0, 1)
    [found] = progress(world.figures(), {MEASURE: definition()}, [goal])
    return found


def test_without_a_later_figure_a_goal_is_not_yet_known(world: Any) -> None:
    found = told(world, ("2026QMAT02", "10.00"))
    assert (found.share, found.word) == (None, "not yet known")
    assert found.sentence.endswith("No later figure is published yet.")


def test_a_later_figure_before_the_year_tells_how_far_it_is_so_far(world: Any) -> None:
    found = told(world, ("2026QMAT02", "10.00"), ("2026QMAT04", "9.75"))
    assert found.share == pytest.approx(0.25)
    assert found.word == "25\N{NO-BREAK SPACE}% of the way so far"


@pytest.mark.parametrize(
    ("share", "word"), [("8.90", "reached"), ("9.50", "not reached: 50\N{NO-BREAK SPACE}% of the way")]
)
def test_the_figure_of_the_year_settles_it_and_later_years_do_not_count(world: Any, share: str, word: str) -> None:
    assert told(world, ("2027QMAT04", share), ("2028QMAT04", "1.00")).word == word


def test_a_measure_counted_otherwise_is_not_compared(world: Any) -> None:
    old = dataclasses.replace(GOAL, definition_version="2")
    found = told(world, ("2026QMAT04", "9.75"), goal=old)
    assert (found.share, found.word) == (None, "counted otherwise")
    assert "counted otherwise since the goal was set" in found.sentence


def test_figures_of_another_source_are_no_progress(world: Any) -> None:
    assert told(world, ("2026QMAT04", "9.75"), goal=dataclasses.replace(GOAL, source="other")).share is None


def test_a_goal_of_a_measure_that_is_gone_says_not_yet_known(world: Any) -> None:
    world.add(0, 1)
    [found] = progress(world.figures(), {}, [GOAL])
    assert found.word == "not yet known"


@pytest.mark.parametrize(
    ("baseline", "target", "now", "share"),
    [
        ("10", "9", "11", 0.0),
        ("10", "9", "8", 1.0),
        ("40", "50", "45", 0.5),
        ("9", "9", "9", 1.0),
        ("9", "9", "8", None),
        ("", "9", "8", None),
        ("9", "8", None, None),
    ],
)
def test_the_share_of_the_way_lies_between_nothing_and_all(
    baseline: str, target: str, now: str | None, share: float | None
) -> None:
    assert share_of_way(baseline, target, now) == share


def test_a_goal_is_first_for_the_year_after_the_latest_figure() -> None:
    assert (goal_year("2026QMAT02"), goal_year("2025Y01"), goal_year("?")) == (2027, 2026, 0)


def test_no_step_is_said_as_such() -> None:
    assert goal_word(0.0, final=False) == "no step so far"

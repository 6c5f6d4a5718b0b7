"""Ways out of an empty list: each change gives the employers it says, and the whole country comes last."""

from __future__ import annotations

import pytest
from tests.builders.random_outcomes import KNOWN_THROUGH, OpenOutcomes, random_outcomes

from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.find import find_employers
from jobcentre_desk.desk.ways_out import MOST_WAYS, ways_out
from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.task import Task, TaskCancelled


@pytest.fixture
def figures(opened: OpenOutcomes) -> Figures:
    return opened(random_outcomes(3))


NARROW = Scope(municipalities=("730",), branches=("46.1",), text="zzz", min_completed=50)


@pytest.mark.parametrize(
    "scope",
    [
        NARROW,
        NARROW.changed(text=""),
        Scope(branches=("46.1",), occupations=("52",), benefit_groups=("sickness",), programmes=("subsidy",)),
        Scope(first=KNOWN_THROUGH, last=KNOWN_THROUGH, min_completed=9, municipalities=("851",)),
        Scope(first=KNOWN_THROUGH.plus(-7), last=KNOWN_THROUGH, text="Østergård"),
    ],
)
def test_each_way_gives_as_many_employers_as_it_says(figures: Figures, scope: Scope) -> None:
    ways = ways_out(figures, scope, task=Task())
    assert len(ways) <= MOST_WAYS
    assert [way.employers for way in ways] == [find_employers(figures, way.scope).total for way in ways]
    assert all(way.employers for way in ways)


def test_most_employers_first_and_the_whole_country_last(figures: Figures) -> None:
    ways = ways_out(figures, Scope(municipalities=("730",), branches=("46.1",), min_completed=5), task=Task())
    words = [way.words for way in ways]
    assert words[-1] == "Look in the whole country"
    counts = [way.employers for way in ways[:-1]]
    assert counts == sorted(counts, reverse=True)


def test_longer_periods_go_from_four_quarters_to_eight_and_to_twelve(figures: Figures) -> None:
    def said(scope: Scope) -> list[str]:
        return [way.words for way in ways_out(figures, scope, task=Task()) if way.words.startswith("Use ")]

    last = KNOWN_THROUGH
    assert said(Scope()) == ["Use 8 quarters instead of 4"]
    assert said(Scope(first=last.plus(-7), last=last)) == ["Use 12 quarters instead of 8"]
    assert said(Scope(first=last.plus(-11), last=last)) == []


def test_least_completed_goes_down_to_the_highest_number_that_gives_anyone(figures: Figures) -> None:
    most = max(find_employers(figures, Scope()).completed)
    ways = ways_out(figures, Scope(min_completed=5_000), task=Task())
    [fewer] = [way for way in ways if way.words.startswith("Set least completed")]
    assert fewer.words == f"Set least completed down to {most}"
    assert fewer.employers >= 1


def test_a_choice_of_a_list_can_be_let_go_by_its_name(figures: Figures) -> None:
    ways = ways_out(figures, Scope(branches=("46.1",), text="zzz"), task=Task())
    assert "Remove the text “zzz”" in [way.words for way in ways]
    assert "Remove “en 46.1”" in [way.words for way in ways_out(figures, Scope(branches=("46.1",)), task=Task())]


def test_a_request_no_longer_wanted_stops(figures: Figures) -> None:
    task = Task()
    task.cancel()
    with pytest.raises(TaskCancelled):
        ways_out(figures, NARROW, task=task)

"""The glossary, and what a municipality's page and cards take from a snapshot."""

from __future__ import annotations

from typing import Any

import pytest

from jobcentre_desk.desk.cards import suggest_cards
from jobcentre_desk.desk.measures import measure_definitions
from jobcentre_desk.desk.municipality import compare_municipality
from jobcentre_desk.desk.municipality_figures import periods_of
from jobcentre_desk.desk.municipality_page import municipality_page
from jobcentre_desk.errors import InputRefused

ROW = {"expected_share": "10.05", "actual_share": "10.08", "difference": "0.03", "persons_difference": "20"}


@pytest.fixture
def published(world: Any) -> Any:
    """Two municipalities in two periods, and the definition of one measure."""
    world.add(0, 12, same=6)
    world.measures = ("y30r21.actual_share", "traineeship.success_rate")
    for area in ("730", "707"):
        for period in ("2022QMAT02", "2022QMAT04"):
            world.publish(area, period, "all", ROW)
    return world


def test_all_measures_or_the_one_asked_for(published: Any) -> None:
    figures = published.figures()
    assert [measure.id for measure in measure_definitions(figures)] == [
        "traineeship.success_rate",
        "y30r21.actual_share",
    ]
    assert [measure.id for measure in measure_definitions(figures, "y30r21.actual_share")] == ["y30r21.actual_share"]
    with pytest.raises(InputRefused) as refused:
        measure_definitions(figures, "nothing")
    assert refused.value.error_id == "unknown_code"


def test_a_municipality_has_a_line_for_every_measure_with_values_or_those_asked_for(published: Any) -> None:
    figures = published.figures()
    every = compare_municipality(figures, "730")
    assert [standing.id for standing in every.measures] == sorted(f"y30r21.{part}" for part in ROW)
    asked = compare_municipality(figures, "730", measures=("y30r21.actual_share",))
    assert [(standing.id, standing.value) for standing in asked.measures] == [("y30r21.actual_share", "10.08")]
    assert asked.expected.expected == "10.05"
    with pytest.raises(InputRefused):
        compare_municipality(figures, "730", measures=("nothing",))


def test_periods_are_offered_with_the_latest_first(published: Any) -> None:
    assert [code for code, _words in periods_of(published.figures())] == ["2022QMAT04", "2022QMAT02"]


def test_the_page_names_its_source_and_brings_the_handbook_cards(published: Any) -> None:
    figures = published.figures()
    page = municipality_page(figures, "730")
    assert page.origin.publisher_name == "STAR"
    assert [peer.name for peer in page.comparison.peers] == ["Norddjurs"]
    assert len(page.cards) == 12
    assert page.cards == suggest_cards(figures, "730")


def test_cards_for_a_code_that_is_no_municipality_are_refused(published: Any) -> None:
    with pytest.raises(InputRefused):
        suggest_cards(published.figures(), "999")

"""Which cards the figures of a municipality suggest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from jobcentre_desk.desk.cards import find_gaps, suggest_from
from jobcentre_desk.desk.municipality_figures import MunicipalityFigures
from jobcentre_desk.model.cards import Card, Component

Maker = Callable[..., MunicipalityFigures]
PERIODS = ("2020QMAT02", "2020QMAT04", "2021QMAT02", "2021QMAT04", "2022QMAT02", "2022QMAT04")


def card(number: int, component: Component, comparison: str = "") -> Card:
    texts = dict.fromkeys(
        [n for n in Card.__dataclass_fields__ if n not in ("id", "component", "questions_da", "questions_en")], ""
    )
    blank = Card(id=f"card-{number}", component=component, questions_da=(), questions_en=(), **texts)
    return replace(blank, comparison=comparison)


TWELVE = tuple(card(number, component) for component in Component for number in range(3))


def history(make: Maker, differences: list[str], persons: str, group: str = "all") -> MunicipalityFigures:
    parts = [{"difference": d, "persons_difference": persons} for d in differences]
    shares = {"expected_share": "10.00", "actual_share": "10.20"}
    return make(*[("101", period, group, {**shares, **part}) for period, part in zip(PERIODS, parts, strict=True)])


@pytest.mark.parametrize(
    ("differences", "persons", "gap"),
    [
        (["0.1"] * 6, "10", True),
        (["0.1"] * 6, "9", False),
        (["-0.1", "-0.1", "0.1", "0.1", "0.1", "0.1"], "50", True),
        (["-0.1", "-0.1", "-0.1", "0.1", "0.1", "0.1"], "50", False),
        (["0.0", "0.0", "0.0", "0.1", "0.1", "0.1"], "50", False),
        (["-0.1"] * 6, "-200", False),
    ],
)
def test_a_gap_is_ten_persons_now_and_four_of_six_periods_above_the_expected(
    small: Maker, differences: list[str], persons: str, gap: bool
) -> None:
    assert bool(find_gaps(history(small, differences, persons).expected, "101")) is gap


def test_suggested_cards_come_first_with_their_reason_in_figures(small: Maker) -> None:
    figures = history(small, ["0.2"] * 6, "120", group="cash_benefit")
    cards = [
        card(1, Component.EMPLOYER_CONTACT, "group:sickness_benefit"),
        card(2, Component.CITIZEN_CONTACT, "group:cash_benefit"),
    ]
    first, second = suggest_from(figures, "101", cards=cards)
    assert (first.card.id, first.suggested) == ("card-2", True)
    assert first.reason == (
        "Town 101 has 120 full-time persons more on cash benefit than expected, "
        "and it lay above the expected in 6 of the last 6 periods."
    )
    assert (first.measure, first.value, first.reference) == ("y30r21.actual_share", "10.20", "10.00")
    assert not second.suggested
    assert second.reason == (
        "No gap found: on sickness benefit, Town 101 does not lie clearly and lastingly above the expected."
    ), "another group has a gap, so this card speaks of its own alone"
    assert second.value is None


def test_a_card_that_names_no_group_looks_at_the_largest_gap(small: Maker) -> None:
    figures = history(small, ["0.2"] * 6, "30", group="sickness_benefit")
    (suggestion,) = suggest_from(figures, "101", cards=[card(1, Component.EMPLOYER_CONTACT)])
    assert "sickness benefit" in suggestion.reason


def test_the_four_components_take_turns(small: Maker) -> None:
    figures = history(small, ["0.2"] * 6, "30")
    order = [suggestion.card.component for suggestion in suggest_from(figures, "101", cards=TWELVE)]
    assert order == list(Component) * 3


def test_without_a_gap_every_card_is_there_and_none_is_suggested(small: Maker) -> None:
    figures = history(small, ["-0.2"] * 6, "-30")
    suggestions = suggest_from(figures, "101", cards=TWELVE)
    assert len(suggestions) == 12
    assert not any(suggestion.suggested for suggestion in suggestions)
    assert {suggestion.reason for suggestion in suggestions} == {
        "No gap found: in Town 101 no benefit group lies clearly and lastingly above the expected."
    }


def test_without_figures_nothing_is_suggested(small: Maker) -> None:
    assert find_gaps(small(("101", "2022QMAT04", "all", {})).expected, "101") == {}


@pytest.mark.published
def test_all_98_municipalities_get_twelve_cards_and_gaps_follow_the_published_persons(
    recorded: MunicipalityFigures,
) -> None:
    suggested = 0
    for code in recorded.areas:
        suggestions = suggest_from(recorded, code, cards=TWELVE)
        assert len(suggestions) == 12
        gaps = find_gaps(recorded.expected, code)
        assert all(gap.persons >= 10 and gap.periods_above >= 4 for gap in gaps.values())
        suggested += any(suggestion.suggested for suggestion in suggestions)
    assert 0 < suggested < 98

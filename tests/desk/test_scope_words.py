"""What was asked for, as a person would say it."""

from __future__ import annotations

import pytest
from tests.builders.random_outcomes import OpenOutcomes, random_outcomes

from jobcentre_desk import text
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.scope_words import list_words, scope_parts
from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.model.periods import Quarter


@pytest.fixture
def figures(opened: OpenOutcomes) -> Figures:
    return opened(random_outcomes(2, employers=20))


def plain(parts: tuple[str, ...]) -> list[str]:
    return [part.replace(text.NO_BREAK_SPACE, " ") for part in parts]


def test_nothing_asked_for_is_nothing_said(figures: Figures) -> None:
    assert scope_parts(figures.codes, Scope()) == ()


def test_every_part_that_narrows_is_said_in_the_order_of_the_panel(figures: Figures) -> None:
    scope = Scope(
        municipalities=("730", "751"),
        branches=("47.1",),
        occupations=("52",),
        benefit_groups=("cash",),
        programmes=("subsidy",),
        first=Quarter.of(2024, 1),
        last=Quarter.of(2025, 2),
        text="bager",
        min_completed=5,
    )
    assert plain(scope_parts(figures.codes, scope)) == [
        "730, 751", "en 47.1", "en 52", "cash", "subsidy", "Q1 2024 – Q2 2025", "“bager”", "at least 5 completed",
    ]  # fmt: skip


def test_an_open_period_keeps_its_dash(figures: Figures) -> None:
    assert plain(scope_parts(figures.codes, Scope(first=Quarter.of(2024, 1)))) == ["Q1 2024 –"]
    assert plain(scope_parts(figures.codes, Scope(last=Quarter.of(2024, 1)))) == ["– Q1 2024"]


@pytest.mark.parametrize(
    ("name", "chosen", "said"),
    [
        ("municipalities", ("730", "707", "751", "101"), "4 municipalities"),
        ("branches", ("G", "47", "46", "H"), "4 branches"),
        ("occupations", ("9", "93", "933", "9333"), "4 occupations"),
        ("benefit_groups", ("a", "b", "c", "d"), "4 benefit groups"),
        ("programmes", ("a", "b", "c", "d"), "4 programmes"),
        ("branches", (), ""),
    ],
)
def test_many_choices_are_told_as_a_number(figures: Figures, name: str, chosen: tuple[str, ...], said: str) -> None:
    assert list_words(figures.codes, name, chosen) == said


def test_a_code_of_an_older_release_is_said_as_it_is(figures: Figures) -> None:
    assert list_words(figures.codes, "branches", ("99.99",)) == "99.99"
    assert list_words(figures.codes, "municipalities", ("999",)) == "999"


def test_names_are_danish_where_the_program_is(figures: Figures) -> None:
    text.use_language("da")
    assert list_words(figures.codes, "branches", ("47.1",)) == "da 47.1"

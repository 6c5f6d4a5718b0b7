"""The twelve cards of the handbook."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from jobcentre_desk.model.cards import Card, Component
from jobcentre_desk.publishing.demo_figures import GROUPS
from jobcentre_desk.publishing.demo_tables import rows_csv
from jobcentre_desk.publishing.handbook import card_row, handbook_cards
from jobcentre_desk.publishing.measure_list import measure_rows
from jobcentre_desk.publishing.read_tables import read_small_table

CARDS = handbook_cards()


def test_there_are_three_cards_for_each_of_the_four_components() -> None:
    assert Counter(card.component for card in CARDS) == dict.fromkeys(Component, 3)
    assert len({card.id for card in CARDS}) == 12
    assert len({card.title_da for card in CARDS}) == 12


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_every_card_asks_three_questions_in_each_language(card: Card) -> None:
    for questions in (card.questions_da, card.questions_en):
        assert len(questions) == 3
        assert all(question.endswith("?") for question in questions)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_a_card_says_when_it_is_suggested_in_words_a_program_reads(card: Card) -> None:
    assert card.finding_measure in {row["id"] for row in measure_rows()}
    assert card.comparison.removeprefix("group:") in GROUPS
    assert re.fullmatch(r"persons>=\d+;periods>=\d/\d", card.threshold)


def test_each_group_with_a_gap_has_cards_of_its_own() -> None:
    by_group = Counter(card.comparison for card in CARDS)
    assert set(by_group) == {f"group:{group}" for group in GROUPS}
    assert min(by_group.values()) >= 2


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_a_card_fits_on_a_page(card: Card) -> None:
    assert len(card.title_da) <= 60
    assert len(card.title_en) <= 60
    assert max(len(card.why_da), len(card.why_en)) <= 420
    assert max(len(card.practice_da), len(card.practice_en)) <= 330


def test_the_source_says_that_the_handbook_is_not_kept_up_to_date() -> None:
    assert {card.source for card in CARDS} == {CARDS[0].source}
    assert "ikke er hensigten at ajourføre" in CARDS[0].source
    assert "not intended to be updated" in CARDS[0].source


def test_cards_pass_the_checks_of_the_format_and_keep_their_questions_apart() -> None:
    rows, problems = read_small_table("cards", rows_csv("cards", [card_row(card) for card in CARDS]), file="cards.csv")
    assert problems == []
    assert [str(row["questions_da"]).split("\n") for row in rows] == [list(card.questions_da) for card in CARDS]

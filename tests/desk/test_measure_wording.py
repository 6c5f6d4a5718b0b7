"""Every sentence about a chosen measure, in both languages."""

from __future__ import annotations

import pytest

from jobcentre_desk.desk import measure_wording as words
from jobcentre_desk.desk.goal_wording import goal_sentence, goal_word
from jobcentre_desk.desk.wording import Sentence
from jobcentre_desk.text import LANGUAGES, use_language

NBSP = "\N{NO-BREAK SPACE}"


def test_a_measure_stands_beside_peers_and_country_where_they_are_published() -> None:
    told = words.measure_sentence("Randers", "Share", "5 %", period="2025", middle="4 %", country="6 %")
    assert told.text == (
        "Share in Randers: 5 % (2025). The middle of the peers is 4 %, in the whole country it is 6 %."
    )
    assert told.strong == "5 %"
    alone = words.measure_sentence("Randers", "Share", "5 %", period="2025", middle="", country="")
    assert alone.text == "Share in Randers: 5 % (2025)."


def test_one_and_many_persons_are_told_apart_in_the_gap() -> None:
    assert words.gap_persons(1, wants_more=True).text == f"≈{NBSP}1{NBSP}person"
    assert words.gap_persons(2, wants_more=True) == Sentence(
        f"≈{NBSP}2{NBSP}persons", "more a year, to be like the middle of the peers"
    )
    assert words.gap_persons(2, wants_more=False).strong.startswith("fewer a year")
    assert "reached or passed" in words.gap_persons(0, wants_more=True).strong
    assert words.gap_persons(None, wants_more=True).text == ""


def test_the_target_names_who_reached_it_or_the_quartile() -> None:
    by_names = words.target_sentence("60 %", "50 %", names=("A", "B"), high_is_good=True, reached=False)
    assert by_names.startswith("Peers reach 60 %: A, B, which together have at least a tenth of the cases.")
    one = words.target_sentence("60 %", "50 %", names=("A",), high_is_good=True, reached=True)
    assert one.startswith("Peers reach 60 %: A, which has")
    assert one.endswith("That level is reached already.")
    assert "60 % or less" in words.target_sentence("60 %", "50 %", names=(), high_is_good=False, reached=False)


def test_all_peers_on_one_side_are_said_so_and_else_nothing() -> None:
    assert words.sides_sentence("Randers", 5, 0) == "All peers have a lower figure than Randers."
    assert words.sides_sentence("Randers", 0, 5) == "All peers have a higher figure than Randers."
    assert words.sides_sentence("Randers", 2, 3) == words.sides_sentence("Randers", 0, 0) == ""


def test_half_of_a_gap_is_told_with_its_parts_and_with_a_caution() -> None:
    told = words.parts_sentence(1, 1, 1, kind="branch")
    assert "1 more person a year would. Half of it lies in 1 of 1 branch." in told
    told = words.parts_sentence(14, 4, 26, kind="employer")
    assert "14 more persons a year would. Half of it lies with 4 of 26 employers." in told
    assert told.endswith("Where few completed, much of a difference is chance.")
    assert words.parts_sentence(0, 0, 3, kind="branch") == "No part lies below what is usual in its branch."


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_leaves_a_blank_unfilled_or_an_empty_part(language: str) -> None:
    use_language(language)
    said = [
        words.no_figure_sentence("Randers", "Share", why="", period="2025"),
        words.uncertainty_sentence("4", "6 %"),
        words.place_sentence(1, 3, 98),
        words.place_sentence(None, None, 98),
        words.no_peers_sentence(),
        words.not_loaded_sentence(),
        words.gap_in_units("+1").strong,
        words.teacher_reason(1, 1),
        words.teacher_reason(5, 6),
        words.teacher_reason_of_measure("5 %", "4 %"),
        words.fund_sentence("Share", 1, lowest="1", highest="1"),
        words.fund_sentence("Share", 22, lowest="1", highest="2"),
        words.history_sentence(0, axis_from="0", in_years=False),
        words.history_sentence(1, axis_from="0", in_years=True),
        goal_word(None, final=False),
        goal_word(1.0, final=True),
        goal_word(0.5, final=True),
        goal_sentence(
            year=2027, target="9 %", baseline="10 %", baseline_period="2026", now="", now_period="", changed=True
        ),
    ]
    assert not any("{" in sentence or "  " in sentence for sentence in said)
    assert all(not sentence or sentence == sentence.strip() for sentence in said)

"""What the Municipality page says and draws."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from jobcentre_desk.desk import municipality_wording as words
from jobcentre_desk.desk.municipality import settle
from jobcentre_desk.desk.municipality_figures import MunicipalityFigures
from jobcentre_desk.desk.municipality_page import page_from
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.model.pages import MunicipalityPage, Origin
from jobcentre_desk.text import use_language

Maker = Callable[..., MunicipalityFigures]
ORIGIN = Origin(
    publisher_name="STAR", sequence=6, released="2023-05-01", synced_at="2026-11-02T06:40:00", definitions_version="1",
    demonstration=False, unsigned=False, line="Source: STAR",
)  # fmt: skip
NBSP = "\N{NO-BREAK SPACE}"


def page(figures: MunicipalityFigures, code: str, *, group: str = "all", peers: str = "expected") -> MunicipalityPage:
    question = settle(figures, code, period=None, group=group, peers=peers)
    return page_from(figures, question, cards=(), origin=ORIGIN)


@pytest.mark.published
def test_norddjurs_reads_as_its_published_figures(recorded: MunicipalityFigures) -> None:
    norddjurs = page(recorded, "707", group="cash_benefit")
    assert norddjurs.sentence.startswith(
        f"In Norddjurs, 3.64{NBSP}% were on cash benefit, where 3.52{NBSP}% was to be expected with the framework "
        "conditions of the municipality. That is 30 full-time persons more than expected. "
        "The middle of 5 municipalities with nearly the same expected share lies "
    )
    assert norddjurs.sentence_strong == "30 full-time persons more"
    assert norddjurs.gap_text.startswith("≈")
    assert "cash benefit" in norddjurs.gap_line
    assert "it does not say what the difference is due to" in norddjurs.definition
    assert "the year to the end of Q4" in norddjurs.definition


@pytest.mark.published
def test_the_strip_holds_all_98_municipalities_once_in_each_group(recorded: MunicipalityFigures) -> None:
    strips = page(recorded, "730").strips
    assert strips.rows[0].label == "All benefit groups"
    for row in strips.rows:
        assert len(row.others) + len(row.peers) + 1 == 98
        assert all(strips.axis_low <= value <= strips.axis_high for value, _name in (*row.others, *row.peers))
    assert strips.rows[0].note == "no. 57 of 98"
    assert len(strips.table.rows) == 98
    assert 0.0 in [position for position, _words in strips.axis_ticks]


@pytest.mark.published
def test_the_history_holds_actual_beside_expected_and_says_where_its_axis_starts(recorded: MunicipalityFigures) -> None:
    history = page(recorded, "707", group="cash_benefit").history
    assert len(history.points) == len(history.comparison) == 6
    assert (history.points[-1].label, history.points[-1].sublabel) == ("Q4", "2022")
    assert history.points[-1].value == pytest.approx(3.64)
    assert history.comparison[-1] == pytest.approx(3.52)
    assert f"The axis starts at {history.axis_ticks[0][1]}" in history.sentence
    assert history.axis_ticks[-1][1].endswith("%")


@pytest.mark.published
def test_the_municipality_with_the_highest_expected_share_hears_that_its_peers_lie_lower(
    recorded: MunicipalityFigures,
) -> None:
    shares = recorded.expected.column("expected_share", "2022QMAT04", "all")
    highest = max(shares, key=lambda code: shares[code])
    assert "All of them have a lower expected share" in page(recorded, highest).sentence
    lowest = min(shares, key=lambda code: shares[code])
    assert "All of them have a higher expected share" in page(recorded, lowest).sentence


@pytest.mark.published
def test_the_page_of_every_municipality_can_be_made_in_both_languages(recorded: MunicipalityFigures) -> None:
    for language in ("da", "en"):
        use_language(language)
        for code in recorded.areas:
            made = page(recorded, code, group="sickness_benefit", peers="distance")
            assert made.sentence_strong in made.sentence
            assert len(made.peers_table.rows) == 5


def test_one_learns_from_those_below_the_expected_now_and_most_of_the_time(small: Maker) -> None:
    below = {"expected_share": "10.00", "actual_share": "9.90", "difference": "-0.10"}
    periods = ("2021QMAT02", "2021QMAT04", "2022QMAT02", "2022QMAT04")
    figures = small(
        ("101", "2022QMAT04", "all", below),
        *[("201", period, "all", below) for period in periods],
        ("301", "2022QMAT04", "all", below),
    )
    table = page(figures, "101").peers_table
    assert [(row[0], row[4], row[5]) for row in table.rows] == [
        ("Town 201", "4 of 4", "yes"),
        ("Town 301", "1 of 1", "–"),
    ]


def test_a_page_without_values_says_so_and_draws_nothing_false(small: Maker) -> None:
    made = page(small(("101", "2022QMAT04", "all", {"expected_share": None}), ("201", "2022QMAT04", "all", {})), "101")
    assert made.sentence == (
        "Nothing is published about expected and actual share in Town 101. No peers are published to compare with."
    )
    assert made.gap_text == ""
    assert made.history.points[0].state is State.NOT_REPORTED
    assert made.strips.rows[0].own is None


@pytest.mark.parametrize(
    ("persons", "text"),
    [(0, "as many full-time persons as expected"), (1, "1 full-time person more"), (-20, "20 full-time persons fewer")],
)
def test_a_difference_in_persons_reads_naturally(persons: int, text: str) -> None:
    sentence = words.expected_sentence(
        "Randers", "all", actual=Decimal("10.08"), expected=Decimal("10.05"), persons=persons
    )
    assert text in sentence.text
    assert sentence.strong in sentence.text


def test_without_a_number_of_persons_the_shares_stand_alone() -> None:
    sentence = words.expected_sentence("Randers", "all", actual=Decimal(10), expected=Decimal(9), persons=None)
    assert "full-time" not in sentence.text
    assert sentence.strong == ""


@pytest.mark.parametrize(
    ("middle", "text"),
    [
        ("0", "lies where it was expected"),
        ("-0.05", "0.05 percentage points below the expected"),
        ("0.20", "0.20 percentage points above the expected"),
    ],
)
@pytest.mark.parametrize("peers_by", ["expected", "distance", "statbank_group"])
def test_the_middle_of_the_peers_is_told_beside_the_expected(peers_by: str, middle: str, text: str) -> None:
    assert text in words.peers_sentence(peers_by, 5, Decimal(middle))


@pytest.mark.parametrize(
    ("persons", "big", "line"),
    [
        (40, f"≈{NBSP}40{NBSP}persons", "fewer on cash benefit at a time, to be like the middle of the peers"),
        (-40, f"≈{NBSP}40{NBSP}persons", "fewer on cash benefit at a time than the middle of the peers"),
        (0, f"≈{NBSP}0{NBSP}persons", "from the middle of the peers"),
        (None, "", ""),
    ],
)
def test_the_gap_is_told_in_persons_with_about(persons: int | None, big: str, line: str) -> None:
    gap = words.gap_words(persons, "cash_benefit")
    assert (gap.text, gap.strong) == (big, line)


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ("2022QMAT04", f"the year to the end of Q4{NBSP}2022"),
        ("2025Q03", f"Q3{NBSP}2025"),
        ("2025Y01", "2025"),
        ("2026M06", f"Jun{NBSP}2026"),
        ("sometime", "sometime"),
    ],
)
def test_published_periods_read_as_words(period: str, text: str) -> None:
    assert words.period_words(period) == text


def test_published_digits_are_kept() -> None:
    assert words.published_number("10.050") == "10.050"
    assert words.published_number("-0.05", signed=True) == "−0.05"
    assert words.published_number("7") == "7"
    assert words.published_number(None) == "–"
    assert words.published_percent(None) == "–"
    use_language("da")
    assert words.published_percent("10.05") == f"10,05{NBSP}%"


def test_codes_without_a_name_stand_as_they_are() -> None:
    assert words.group_name("other") == words.group_title("other") == "other"
    assert words.rank_words(None, 98) == "–"
    assert words.history_sentence(0, 0, axis_from="0") == "No period is published."

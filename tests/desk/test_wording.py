"""Each sentence follows from interval, reference, n, state and polarity, in both languages and for every case."""

from __future__ import annotations

import itertools
import re

import pytest

from jobcentre_desk.desk import wording as words
from jobcentre_desk.model.measures import Polarity
from jobcentre_desk.model.outcomes import Period, Rate, State, Verdict
from jobcentre_desk.model.periods import Quarter, QuarterSpan
from jobcentre_desk.text import use_language

NBSP = "\N{NO-BREAK SPACE}"
LAST = Quarter.of(2026, 1)
OWN = Rate(28, 42, 28 / 42, 0.515, 0.79)
REST = Rate(2271, 5127, 0.443, 0.43, 0.46)
NONE = Rate(0, 0, None, None, None)


def span(quarters: int, *, widened: bool = False, later: int = 0) -> Period:
    first = LAST.plus(1 - quarters)
    return Period(span=QuarterSpan(first, LAST.plus(later)), known_through=LAST, widened=widened)


@pytest.mark.parametrize(
    ("verdict", "end"),
    [
        (Verdict.ABOVE, "A difference this large seldom comes about by chance."),
        (Verdict.BELOW, "A difference this large seldom comes about by chance."),
        (Verdict.CANNOT_TELL, "The employer cannot be told apart from its branch: the difference may be chance."),
    ],
)
def test_the_sentence_tells_counts_reference_and_what_the_difference_means(verdict: Verdict, end: str) -> None:
    sentence = words.employer_sentence(OWN, State.KNOWN, REST, verdict=verdict)
    assert sentence.text == (
        f"Of 42 completed traineeships, 28 went on to a job. In the rest of the branch it is 44{NBSP}%. {end}"
    )
    assert sentence.strong == "28 went on to a job"


def test_one_traineeship_is_told_in_the_singular_and_says_little() -> None:
    one = Rate(1, 1, 1.0, 0.2, 1.0)
    sentence = words.employer_sentence(one, State.KNOWN, REST, verdict=Verdict.CANNOT_TELL)
    assert sentence.text.startswith("Of 1 completed traineeship, 1 went on to a job.")
    assert sentence.text.endswith("So few traineeships say little by themselves.")


def test_without_a_branch_to_compare_with_the_sentence_says_so() -> None:
    sentence = words.employer_sentence(OWN, State.KNOWN, NONE, verdict=Verdict.NO_REFERENCE)
    assert sentence.text.endswith("No branch is large enough to compare with.")
    assert "rest of the branch" not in sentence.text


def test_a_hidden_comparison_is_not_told_as_chance() -> None:
    assert words.chance_sentence(0, verdict=Verdict.HIDDEN) == ""


def test_nobody_completed_is_not_a_rate_of_nought() -> None:
    sentence = words.employer_sentence(NONE, State.KNOWN, REST, verdict=Verdict.CANNOT_TELL)
    assert sentence.text == "No traineeship was completed here in the period."


@pytest.mark.parametrize("state", [state for state in State if state is not State.KNOWN])
def test_each_kind_of_blank_has_its_own_word_and_sentence(state: State) -> None:
    sentence = words.employer_sentence(OWN, state, REST, verdict=Verdict.HIDDEN)
    assert sentence.text == words.state_sentence(state) != ""
    assert words.rate_text(OWN, state) == words.state_word(state) != ""
    assert words.share_text(OWN, state) == ""


def test_words_of_states_and_verdicts_differ_from_each_other() -> None:
    assert len({words.state_word(state) for state in State}) == len(State)
    assert len({words.verdict_word(verdict) for verdict in Verdict}) == len(Verdict)
    assert words.state_word(State.KNOWN) == words.state_sentence(State.KNOWN) == ""


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_sentence_calls_anyone_best_or_worst_or_tells_of_success(language: str) -> None:
    use_language(language)
    rates = (NONE, Rate(0, 3, 0.0, 0.0, 0.56), Rate(1, 1, 1.0, 0.2, 1.0), OWN)
    for own, rest, state, verdict in itertools.product(rates, (NONE, REST), State, Verdict):
        sentence = words.employer_sentence(own, state, rest, verdict=verdict)
        assert sentence.strong in sentence.text
        assert "{" not in sentence.text
        assert not re.search(r"best|worst|success|bedst|dårligst|værst|succes", sentence.text, re.IGNORECASE)


def test_a_rate_is_told_with_its_interval_and_counts() -> None:
    assert words.rate_text(OWN, State.KNOWN) == f"67{NBSP}% (52–79{NBSP}%)"
    assert words.share_text(OWN, State.KNOWN) == "28 of 42"
    assert words.rate_text(NONE, State.KNOWN) == "–"
    assert words.interval_text(0.515, 0.79) == f"52–79{NBSP}%"
    assert words.interval_text(None, None) == ""


@pytest.mark.parametrize(
    ("difference", "polarity", "expected"),
    [
        (0.1, Polarity.HIGH_IS_GOOD, True),
        (-0.1, Polarity.HIGH_IS_GOOD, False),
        (0.1, Polarity.LOW_IS_GOOD, False),
        (-0.1, Polarity.LOW_IS_GOOD, True),
        (0.1, Polarity.NO_JUDGEMENT, None),
        (0.0, Polarity.LOW_IS_GOOD, None),
    ],
)
def test_what_is_wanted_follows_the_polarity(difference: float, polarity: Polarity, expected: bool | None) -> None:
    assert words.wanted(difference, polarity) is expected


def test_how_many_more_would_settle_it_is_said_only_where_it_cannot_be_told() -> None:
    assert words.settle_sentence(43, 42, verdict=Verdict.CANNOT_TELL).startswith("About 1 more completed traineeship ")
    assert words.settle_sentence(60, 42, verdict=Verdict.CANNOT_TELL).startswith("About 18 more completed traineeships")
    assert words.settle_sentence(None, 42, verdict=Verdict.CANNOT_TELL) == ""
    assert words.settle_sentence(60, 42, verdict=Verdict.ABOVE) == ""


def test_differences_are_told_in_percentage_points_with_true_signs() -> None:
    assert words.difference_sentence((0.22, 0.05, 0.33)) == (
        "+22 percentage points from the rest of the branch (between +5 and +33)."
    )
    assert words.difference_sentence((-0.011, -0.05, 0.03)).startswith("−1 percentage point from")
    assert words.difference_sentence(None) == ""


def test_the_case_mix_is_told_as_usually_and_here() -> None:
    assert words.case_mix_sentence(0.38, 0.51).endswith(f"it is usually 38{NBSP}%. Here it is 51{NBSP}%.")
    assert words.case_mix_sentence(None, 0.5) == words.case_mix_sentence(0.5, None) == ""


def test_the_caution_says_that_nothing_was_caused() -> None:
    assert words.caution_sentence() == (
        "This shows what happened, not what the traineeship caused; employers take different people."
    )


@pytest.mark.parametrize(
    ("period", "completed", "text"),
    [
        (span(4), 20, f"Q2{NBSP}2025 – Q1{NBSP}2026"),
        (span(1), 20, f"Q1{NBSP}2026"),
        (
            span(8, widened=True),
            12,
            f"Q2{NBSP}2024 – Q1{NBSP}2026 · 8 quarters, because fewer hold less than 10 completed traineeships.",
        ),
        (
            span(12, widened=True),
            4,
            f"Q2{NBSP}2023 – Q1{NBSP}2026 · 12 quarters, and even they hold less than 10 completed traineeships.",
        ),
        (
            span(1, later=1),
            20,
            f"Q1{NBSP}2026 – Q2{NBSP}2026 · Outcomes after Q1{NBSP}2026 are not yet known.",
        ),
    ],
)
def test_the_period_says_whether_and_why_it_was_widened(period: Period, completed: int, text: str) -> None:
    assert words.period_sentence(period, completed=completed, least=10) == text


def test_waiting_outcomes_are_told() -> None:
    assert words.not_yet_known_sentence(0) == ""
    assert words.not_yet_known_sentence(1) == "The outcome of 1 later completed traineeship is not yet known."
    assert words.not_yet_known_sentence(7) == "The outcomes of 7 later completed traineeships are not yet known."


def test_a_trend_says_what_a_point_holds() -> None:
    assert words.trend_sentence(8, 4) == "Each point holds 4 quarters, with its uncertainty."
    assert words.trend_sentence(8, 1) == "Each point holds 1 quarter, with its uncertainty."
    assert words.trend_sentence(0, 4) == "No period with known outcomes to show."
    hidden = "The counts of every period are too small to be shown."
    assert words.trend_sentence(0, 4, points_hidden=3) == hidden


def test_going_on_to_a_job_is_defined_where_no_source_does() -> None:
    assert words.definition_sentence().startswith("In a job = employed")

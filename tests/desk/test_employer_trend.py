"""The trend of an employer: its marker, the length of its periods, control limits, and what may leave the screen."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from jobcentre_desk.desk.employer_page import employer_page
from jobcentre_desk.desk.exports import shared_employer_page
from jobcentre_desk.desk.trend_wording import control_sentence, too_few_cases, too_few_quarters, trend_words
from jobcentre_desk.model.charts import TrendChart
from jobcentre_desk.model.outcomes import Scope, State
from jobcentre_desk.model.periods import Quarter

OWN = "10000000"
LAST = Quarter.of(2026, 1)


def trend(world: Any, *quarters: tuple[int, int], shared: bool = False) -> TrendChart:
    """The trend of an employer with (jobs, completed) in each quarter, the last one last."""
    for back, (jobs, completed) in enumerate(reversed(quarters)):
        world.add(0, completed, same=jobs, quarter=LAST.plus(-back))
    world.add_others(24, 10, same=2, elsewhere=2)
    page = (shared_employer_page if shared else employer_page)(world.figures(), OWN, scope=Scope())
    return page.trend


def mark(chart: TrendChart) -> str:
    assert chart.marker is not None
    return chart.marker.mark


def test_a_rate_that_rises_over_five_quarters_is_rising_and_one_that_falls_falling(world: Any) -> None:
    risen = [(8, 40), (14, 40), (20, 40), (26, 40), (32, 40)]
    chart = trend(world, *risen)
    assert mark(chart) == "rising"
    assert chart.marker is not None
    assert chart.marker.word == "Rising over the last five quarters."
    world.reset()
    assert mark(trend(world, *reversed(risen))) == "falling"


@pytest.mark.parametrize(("completed", "words"), [(12, "quarters"), (6, "half-years"), (3, "years")])
def test_the_fewer_the_traineeships_the_longer_the_periods(world: Any, completed: int, words: str) -> None:
    chart = trend(world, *[(completed // 2, completed)] * 20)
    assert chart.marker is not None
    assert chart.marker.word == f"No clear change over the last five {words}."


def test_too_few_traineeships_are_told_with_the_number_of_the_smallest_year(world: Any) -> None:
    chart = trend(world, *[(1, 3)] * 16, *[(1, 2)] * 4)
    assert mark(chart) == "cannot_be_computed"
    assert chart.marker is not None
    wanted = "It needs 10 completed traineeships in each of the last five years; the smallest has 8."
    assert chart.marker.reason == wanted
    assert chart.control is None


def test_too_few_quarters_are_told(world: Any) -> None:
    chart = trend(world, *[(10, 20)] * 4)
    assert chart.marker is not None
    assert chart.marker.reason == "It needs 5 known quarters in a row; there are 4."
    assert too_few_quarters(1, 5).reason == "It needs 5 known quarters in a row; there is 1."


def test_limits_are_drawn_around_eight_periods_that_do_not_overlap(world: Any) -> None:
    assert trend(world, *[(10, 20)] * 7).control is None
    world.reset()
    chart = trend(world, *[(10, 20)] * 7, (19, 20))
    assert chart.control is not None
    assert chart.sentence == "Each point holds 1 quarter, with its uncertainty."
    assert [point.value for point in chart.points] == [0.5] * 7 + [0.95]
    centre = 89 / 160
    half = 3 * np.sqrt(centre * (1 - centre) / 20)
    assert chart.control.centre == pytest.approx(centre)
    assert chart.control.low == pytest.approx([centre - half] * 8)
    assert chart.control.high == pytest.approx([centre + half] * 8)


def test_a_point_outside_the_limits_says_so_in_words_and_in_the_table(world: Any) -> None:
    chart = trend(world, *[(20, 40)] * 7, (39, 40))
    assert chart.control is not None
    assert chart.control.signs[-1].startswith("outside the limits")
    assert "ringed point" in chart.control.sentence
    assert chart.table.header[-2:] == ("By chance between", "Sign")
    assert chart.table.rows[-1][-1] == chart.control.signs[-1]


def test_quarters_not_yet_known_have_neither_limits_nor_signs(world: Any) -> None:
    world.add(0, 5, same=None, elsewhere=None, quarter=LAST.plus(1))
    chart = trend(world, *[(10, 20)] * 8)
    assert chart.control is not None
    assert chart.points[-1].state is State.NOT_YET_KNOWN
    assert (chart.control.low[-1], chart.control.high[-1], chart.control.signs[-1]) == (None, None, "")
    assert len(chart.points) == len(chart.control.low) == len(chart.control.signs) == len(chart.table.rows)


def test_what_lies_before_a_quarter_that_is_not_loaded_plays_no_part(world: Any) -> None:
    for back in (*range(6), *range(7, 20)):
        world.add(0, 20, same=10, quarter=LAST.plus(-back))
    chart = trend(world)
    assert len([point for point in chart.points if point.value is not None]) == 3
    assert mark(chart) == "no_clear_change"


def test_a_small_count_takes_limits_and_marker_with_it_when_the_page_leaves_the_screen(world: Any) -> None:
    quarters = [*[(10, 20)] * 9, (2, 20), (10, 20)]
    assert trend(world, *quarters).control is not None
    world.reset()
    chart = trend(world, *quarters, shared=True)
    assert chart.control is None
    assert chart.marker is not None
    assert "quarters" not in chart.marker.word
    world.reset()
    whole = trend(world, *[(10, 20)] * 9, shared=True)
    assert whole.control is not None


def test_a_hidden_period_is_the_reason_when_none_can_be_told(world: Any) -> None:
    world.add(0, 3, same=None, elsewhere=None, quarter=LAST, occupation="5223")
    chart = trend(world, *[(10, 20)] * 8)
    assert chart.marker is not None
    assert chart.marker.reason == "One of the last five periods is hidden."


def test_random_employers_agree_with_a_correlation_and_limits_worked_out_by_hand(world: Any) -> None:
    random = np.random.default_rng(11)
    told = 0
    for _employer in range(12):
        world.reset()
        slope = random.uniform(-0.12, 0.12)
        n = random.integers(10, 60, 9)
        x = random.binomial(n, np.clip(0.5 + slope * (np.arange(9) - 4), 0.02, 0.98))
        chart = trend(world, *zip(x.tolist(), n.tolist(), strict=True))
        assert chart.control is not None
        centre = x.sum() / n.sum()
        half = 3 * stats.binom.std(n, centre) / n
        assert chart.control.low == pytest.approx(np.maximum(centre - half, 0))
        assert chart.control.high == pytest.approx(np.minimum(centre + half, 1))
        beyond = np.abs(x / n - centre) > half
        assert [sign.startswith("outside") for sign in chart.control.signs] == beyond.tolist()
        time = np.repeat(np.arange(5), n[-5:])
        went = np.concatenate([np.repeat([1, 0], [a, b - a]) for a, b in zip(x[-5:], n[-5:], strict=True)])
        chi_square = len(time) * stats.pearsonr(time, went).statistic ** 2
        if chi_square < stats.chi2.ppf(0.998, 1):
            assert mark(chart) == "no_clear_change"
        else:
            told += mark(chart) == ("rising" if stats.pearsonr(time, went).statistic > 0 else "falling")
    assert told >= 2


def test_every_sentence_of_a_trend_names_its_periods() -> None:
    words = {trend_words(direction, quarters).word for direction in (-1, 0, 1) for quarters in (1, 2, 3, 4)}
    assert len(words) == 12
    assert too_few_cases(4, 2).reason.endswith("half-years; the smallest has 4.")
    assert control_sentence(0.44, 0).endswith("No point says that more than chance is at work.")
    assert "1 ringed point says" in control_sentence(0.44, 1)
    assert "2 ringed points say" in control_sentence(0.44, 2)

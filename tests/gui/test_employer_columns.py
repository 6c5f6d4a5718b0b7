"""Which columns fit a width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcentre_desk.gui.employer_columns import FOLDED, NARROWEST_NAME, Column, plan_columns


@pytest.mark.parametrize(
    ("available", "gone", "two_lines"),
    [
        (1236, set(), False),
        (1110, {Column.STARTED}, False),
        (940, {Column.STARTED, *FOLDED}, True),
        (786, {Column.STARTED, Column.TREND, *FOLDED}, True),
        (500, {Column.STARTED, Column.TREND, *FOLDED}, True),
    ],
)
def test_started_goes_first_then_branch_and_municipality_go_under_the_name_then_the_trend(
    available: int, gone: set[Column], two_lines: bool
) -> None:
    plan = plan_columns(available)
    assert set(Column) - set(plan.widths) == gone
    assert plan.two_lines is two_lines


@given(
    st.integers(740, 3000),
    st.dictionaries(st.sampled_from(Column), st.integers(0, 300)),
)
def test_the_columns_fill_the_width_exactly_whatever_the_reader_chose(
    available: int, chosen: dict[Column, int]
) -> None:
    plan = plan_columns(available, chosen=chosen)
    assert sum(plan.widths.values()) == available
    assert plan.widths[Column.NAME] >= NARROWEST_NAME


def test_larger_text_may_need_more_room_than_there_is() -> None:
    plan = plan_columns(740, factor=1.3)
    assert plan.widths[Column.NAME] == NARROWEST_NAME
    assert plan.widths[Column.BADGE] == round(148 * 1.3)


def test_a_heading_in_any_language_has_the_room_its_words_take() -> None:
    plan = plan_columns(786, needed={Column.JOB_ELSEWHERE: 113, Column.RATE: 20})
    assert plan.widths[Column.JOB_ELSEWHERE] == 113
    assert plan.widths[Column.RATE] == plan_columns(786).widths[Column.RATE]
    assert sum(plan.widths.values()) == 786

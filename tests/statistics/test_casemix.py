"""Case mix by indirect standardisation."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from jobcentre_desk.statistics.casemix import chance_limits, expected_count


def test_the_expected_number_is_what_others_like_them_reach() -> None:
    made = expected_count([10, 30], [0.5, 0.2])
    assert made.expected == pytest.approx(11.0)
    assert made.variance == pytest.approx(10 * 0.25 + 30 * 0.16)


@pytest.mark.published
def test_the_expected_number_of_the_published_areas_is_the_published_one(shared_folder: Path) -> None:
    folder = shared_folder / "oracles"
    inputs = json.loads((folder / "data/phe_isr_inputs.json").read_text("utf-8"))
    cases = json.loads((folder / "indirect_standardisation.json").read_text("utf-8"))["cases"]
    reference = np.array(inputs["reference"])
    checked = 0
    for case in cases:
        area = case["inputs"].get("area")
        if area in inputs["areas"]:
            people = np.array(inputs["areas"][area])[:, 1]
            made = expected_count(people, reference[:, 0] / reference[:, 1])
            assert made.expected == pytest.approx(case["expected"]["expected"])
            checked += 1
    assert checked == 6


@given(
    st.lists(st.tuples(st.integers(1, 4), st.floats(0.02, 0.98)), min_size=1, max_size=2),
)
def test_few_people_have_the_limits_of_their_exact_chances(strata: list[tuple[int, float]]) -> None:
    people, rates = [n for n, _rate in strata], [rate for _n, rate in strata]
    low, high = chance_limits(people, rates)
    chances = np.ones(1)
    for n, rate in strata:
        chances = np.convolve(chances, stats.binom.pmf(np.arange(n + 1), n, rate))
    assert chances[int(low) : int(high) + 1].sum() >= 0.95 - 1e-9
    assert chances[: int(low)].sum() <= 0.025 + 1e-9
    assert chances[int(high) + 1 :].sum() <= 0.025 + 1e-9


def test_many_people_have_the_limits_of_their_variance() -> None:
    low, high = chance_limits([60, 40], [0.5, 0.25])
    half = 1.959964 * np.sqrt(60 * 0.25 + 40 * 0.1875)
    assert (low, high) == pytest.approx((40 - half, 40 + half), abs=1e-5)
    assert chance_limits([30], [0.01])[0] == 0.0

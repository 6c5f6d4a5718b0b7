"""Case mix by indirect standardisation."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from jobcentre_desk.statistics.casemix import expected_count


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

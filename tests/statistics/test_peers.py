"""Nearest municipalities: by published digits, and over several variables."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from jobcentre_desk.statistics.peers import nearest_on_share, nearest_on_variables, squared_differences, standardised


def test_shares_equally_far_on_their_digits_stand_in_the_order_of_their_codes() -> None:
    shares = {"730": Decimal("10.05"), "390": Decimal("10.00"), "183": Decimal("10.10"), "482": Decimal("10.06")}
    nearest = nearest_on_share("730", shares, count=3)
    assert nearest == [("482", Decimal("0.01")), ("183", Decimal("0.05")), ("390", Decimal("0.05"))]


def test_a_variable_that_is_the_same_everywhere_tells_nobody_apart() -> None:
    assert standardised([[1.0, 5.0], [3.0, 5.0]]).tolist() == [[-1.0, 0.0], [1.0, 0.0]]


def test_the_parts_of_a_distance_add_up_to_its_square() -> None:
    values = np.array([[1.0, 10.0], [2.0, 30.0], [6.0, 20.0]])
    nearest = dict(nearest_on_variables(["a", "b", "c"], values, "a", count=2))
    parts = squared_differences(values, 0)
    assert nearest["b"] == pytest.approx(float(np.sqrt(parts[1].sum())))


def test_units_at_the_same_distance_stand_in_the_order_of_their_codes() -> None:
    nearest = nearest_on_variables(["b", "own", "a"], [[1.0], [2.0], [3.0]], "own", count=2)
    assert [code for code, _ in nearest] == ["a", "b"]


@pytest.mark.published
def test_the_nearest_unit_is_the_published_one(shared_folder: Path) -> None:
    cases = json.loads((shared_folder / "oracles/nearest_neighbours.json").read_text("utf-8"))["cases"]
    case = next(c for c in cases if c["id"] == "sklearn_knn")
    inputs = case["inputs"]
    values = np.array([*inputs["samples"], inputs["query"]])
    spread = values.std(axis=0)
    codes = [str(i) for i in range(len(inputs["samples"]))]
    (found, distance), *_others = nearest_on_variables([*codes, "own"], values, "own", count=3)
    assert found == str(case["expected"]["index"])
    assert distance * spread[2] == pytest.approx(case["expected"]["distance"])

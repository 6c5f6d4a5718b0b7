"""JSON-stat 1.x: the arithmetic of its positions, its sparse form, what is missing, and what is no JSON-stat."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcentre_desk.sources.service_faults import ServiceRefused
from jobcentre_desk.sources.statbank_jsonstat import places, read_json_stat

SIZES = st.lists(st.integers(1, 7), min_size=1, max_size=5)


def body(value: Any, *, sizes: tuple[int, ...] = (2, 3), **more: Any) -> dict[str, Any]:
    names = [f"D{place}" for place in range(len(sizes))]
    described: dict[str, Any] = {
        name: {"label": name, "category": {"index": {f"c{place}": place for place in range(size)}, "label": {}}}
        for name, size in zip(names, sizes, strict=True)
    }
    dimension = described | {"id": names, "size": [str(size) for size in sizes], "role": {"metric": ["D0"]}}
    return {"dataset": {"dimension": dimension, "value": value} | more}


@given(SIZES, st.data())
def test_places_are_those_of_an_array_whose_last_axis_runs_fastest(sizes: list[int], data: st.DataObject) -> None:
    position = data.draw(st.integers(0, int(np.prod(sizes)) - 1))
    assert places(position, sizes) == tuple(int(place) for place in np.unravel_index(position, sizes))


@given(SIZES)
def test_every_place_is_met_once(sizes: list[int]) -> None:
    met = {places(position, sizes) for position in range(int(np.prod(sizes)))}
    assert len(met) == np.prod(sizes)


@given(SIZES, st.data())
def test_sparse_and_full_form_hold_the_same(sizes: list[int], data: st.DataObject) -> None:
    cells = int(np.prod(sizes))
    kept = data.draw(st.dictionaries(st.integers(0, cells - 1), st.integers(-99, 99)))
    full = read_json_stat(body([kept.get(place) for place in range(cells)], sizes=tuple(sizes)))
    sparse = read_json_stat(body({str(place): value for place, value in kept.items()}, sizes=tuple(sizes)))
    assert [full.values.get(place) for place, _placed in full.cells()] == [
        sparse.values.get(place) for place, _placed in sparse.cells()
    ]


def test_null_stays_missing_and_a_status_says_why() -> None:
    read = read_json_stat(body([1, None, "2.50", None, 0, 6], status={"1": "..", "3": "."}))
    assert [read.values[place] for place in range(6)] == ["1", None, "2.50", None, "0", "6"]
    assert read.statuses == {1: "..", 3: "."}


def test_categories_may_be_a_list_or_a_single_label() -> None:
    listed = body([1, 2])
    listed["dataset"]["dimension"] = {
        "id": ["A", "B"],
        "size": [2, 1],
        "A": {"category": {"index": ["x", "y"]}},
        "B": {"category": {"label": {"only": "The only one"}}},
    }
    read = read_json_stat(listed)
    assert [dimension.codes for dimension in read.dimensions] == [("x", "y"), ("only",)]
    assert read.dimensions[1].labels == ("The only one",)


@pytest.mark.parametrize(
    "told",
    [
        pytest.param([], id="list"),
        pytest.param({"dataset": None}, id="nothing"),
        pytest.param(body([1, 2]), id="too-few-values"),
        pytest.param(body({"9": 1}), id="outside"),
        pytest.param(body({"x": 1}), id="no-position"),
        pytest.param(body([], sizes=(0, 3)), id="empty"),
        pytest.param(body({}, sizes=(2000, 2000)), id="too-many"),
        pytest.param({"dataset": {"dimension": {"id": ["A"], "size": [1]}, "value": [1]}}, id="undescribed"),
    ],
)
def test_what_contradicts_itself_is_refused_in_a_sentence(told: object) -> None:
    with pytest.raises(ServiceRefused, match="JSON-stat"):
        read_json_stat(told)


def test_a_fault_told_with_status_200_is_told_as_one() -> None:
    with pytest.raises(ServiceRefused, match="Tabellen blev ikke fundet") as told:
        read_json_stat({"errorTypeCode": "EXTRACT-NOTFOUND", "message": "Tabellen blev ikke fundet."})
    assert told.value.code == "EXTRACT-NOTFOUND"

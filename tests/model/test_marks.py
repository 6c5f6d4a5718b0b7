"""Marks: one shape for each meaning, inside its box."""

from __future__ import annotations

import pytest

from jobcentre_desk.model.cards import Component
from jobcentre_desk.model.marks import BOX, MARKS, Circle, Line, Move, Shape
from jobcentre_desk.model.outcomes import State, Verdict


def test_every_verdict_blank_and_component_has_a_mark() -> None:
    words = [*Verdict, *(state for state in State if state is not State.KNOWN), *Component]
    assert [word for word in words if word.value not in MARKS] == []


def test_meanings_a_reader_must_tell_apart_have_different_shapes() -> None:
    words = ("above", "below", "cannot_tell", "hidden", "not_reported", "not_loaded", "not_yet_known")
    assert len({MARKS[word] for word in words}) == len(words)
    assert len({MARKS[component] for component in Component}) == len(Component)


@pytest.mark.parametrize("name", sorted(MARKS))
def test_each_mark_stays_inside_its_box(name: str) -> None:
    for shape in MARKS[name]:
        for low, high in _extents(shape):
            assert low >= 0
            assert high <= BOX


@pytest.mark.parametrize("name", sorted(MARKS))
def test_each_shape_is_either_filled_or_drawn(name: str) -> None:
    assert all(shape.fill != (shape.stroke > 0) for shape in MARKS[name])


def _extents(shape: Shape) -> list[tuple[float, float]]:
    half = shape.stroke / 2
    found: list[tuple[float, float]] = []
    for step in shape.steps:
        if isinstance(step, Circle):
            reach = step.radius + half
            found += [(step.x - reach, step.x + reach), (step.y - reach, step.y + reach)]
        elif isinstance(step, (Move, Line)):
            found += [(step.x - half, step.x + half), (step.y - half, step.y + half)]
    return found

"""The marks beside figures as plain paths, so that window and PDF draw one shape for one meaning.

A mark lies in a box of 12 x 12 units, x to the right and y down. It takes one colour from whoever draws it.
The keys of `MARKS` are the values of `Verdict`, `State` and `Component` and the names of trends and of what
effect studies say; `cannot_be_computed` stands where there is no figure for a reason that words tell.
"""

from __future__ import annotations

from dataclasses import dataclass

BOX = 12.0


@dataclass(frozen=True, slots=True)
class Move:
    """Start a line at (x, y)."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line to (x, y)."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Close:
    """A straight line back to where the figure started."""


@dataclass(frozen=True, slots=True)
class Circle:
    """A whole circle around (x, y)."""

    x: float
    y: float
    radius: float


Step = Move | Line | Close | Circle


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One path of a mark: filled, or drawn `stroke` units wide with round caps and joins; `dash` = on, off in units."""

    steps: tuple[Step, ...]
    fill: bool = False
    stroke: float = 0.0
    dash: tuple[float, ...] = ()


Mark = tuple[Shape, ...]


def _polygon(*points: tuple[float, float]) -> tuple[Step, ...]:
    first, *rest = points
    return (Move(*first), *(Line(*point) for point in rest), Close())


def _lines(*points: tuple[float, float], width: float = 1.4) -> Shape:
    first, *rest = points
    return Shape(steps=(Move(*first), *(Line(*point) for point in rest)), stroke=width)


def _rectangle(left: float, top: float, right: float, bottom: float) -> tuple[Step, ...]:
    return _polygon((left, top), (right, top), (right, bottom), (left, bottom))


def _filled(*points: tuple[float, float]) -> Shape:
    return Shape(steps=_polygon(*points), fill=True)


def _ring(radius: float, width: float) -> Shape:
    return Shape(steps=(Circle(6, 6, radius),), stroke=width)


_DASHED_SQUARE: Mark = (
    Shape(steps=_rectangle(1, 1, 11, 11), stroke=1.1, dash=(2.0, 1.33)),
    _lines((4, 6), (8, 6)),
)
_CELLS = ((0.6, 1.8, 5.4, 5.4), (6.6, 1.8, 11.4, 5.4), (0.6, 6.6, 5.4, 10.2), (6.6, 6.6, 11.4, 10.2))


def _component(index: int) -> Mark:
    """Four fields, the one of the component filled."""
    outlines = tuple(Shape(steps=_rectangle(*cell), stroke=0.9) for cell in _CELLS)
    return (*outlines, Shape(steps=_rectangle(*_CELLS[index]), fill=True))


MARKS: dict[str, Mark] = {
    "above": (_filled((6, 1.5), (11, 10.5), (1, 10.5)),),
    "below": (_filled((1, 1.5), (11, 1.5), (6, 10.5)),),
    "cannot_tell": (_ring(4.2, 1.5),),
    "no_reference": _DASHED_SQUARE,
    "cannot_be_computed": _DASHED_SQUARE,
    "hidden": (
        Shape(steps=_rectangle(1, 1, 11, 11), stroke=1.2),
        _lines((1, 7.7), (7.7, 1), width=1.1),
        _lines((1, 11), (11, 1), width=1.1),
        _lines((4.3, 11), (11, 4.3), width=1.1),
    ),
    "not_reported": _DASHED_SQUARE,
    "not_loaded": (
        _lines((6, 1), (6, 7)),
        _lines((3.2, 4.6), (6, 7.4), (8.8, 4.6)),
        _lines((1, 8), (1, 11), (11, 11), (11, 8)),
    ),
    "not_yet_known": (_ring(5, 1.3), _lines((6, 3), (6, 6.2), (8.3, 7.6), width=1.2)),
    "rising": (_lines((2, 10), (9.6, 2.4), width=1.7), _lines((4.4, 2), (10, 2), (10, 7.6), width=1.7)),
    "falling": (_lines((2, 2), (9.6, 9.6), width=1.7), _lines((4.4, 10), (10, 10), (10, 4.4), width=1.7)),
    "no_clear_change": (_lines((1, 6), (10, 6), width=1.7), _lines((7.4, 3.2), (10.4, 6), (7.4, 8.8), width=1.7)),
    "positive": (_lines((6, 1.4), (6, 10.6), width=2.6), _lines((1.4, 6), (10.6, 6), width=2.6)),
    "no_effect": (_ring(4.3, 2.0),),
    "negative": (_lines((1.4, 6), (10.6, 6), width=2.6),),
    "conflicting": (
        _lines((1, 3.6), (10.4, 3.6)),
        _lines((8, 1.2), (10.6, 3.6), (8, 6)),
        _lines((11, 8.4), (1.6, 8.4)),
        _lines((4, 6), (1.4, 8.4), (4, 10.8)),
    ),
    "few_studies": (
        Shape(steps=(Circle(2, 6, 1.5),), fill=True),
        Shape(steps=(Circle(6, 6, 1.2),), stroke=0.8),
        Shape(steps=(Circle(10, 6, 1.2),), stroke=0.8),
    ),
    "no_studies": (_lines((1.6, 6), (4.6, 6)), _lines((7.4, 6), (10.4, 6))),
    "employer_contact": _component(0),
    "internal_organisation": _component(1),
    "citizen_contact": _component(2),
    "municipal_cooperation": _component(3),
}

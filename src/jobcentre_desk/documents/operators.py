"""Paths and colours as the operators of a PDF page: 98 reports have 700,000 numbers, and reportlab's way takes 8 s."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from reportlab.pdfbase.pdfmetrics import getFont  # noqa: TID253 - `documents` itself is imported with the first export
from reportlab.pdfgen.canvas import Canvas  # noqa: TID253

ROUND = 1
_CIRCLE = 0.5522847498
"""How far the control points of a quarter of a circle lie from its ends, as part of the radius."""
_ESCAPES = {byte: f"\\{byte:03o}" for byte in (*range(32), *b"()\\", *range(127, 256))}
"""What stands in a text of a PDF for a byte that has a meaning there, or is none of ASCII."""


@cache
def rgb(colour: str) -> str:
    """The parts of a colour such as `#0F5C66`, 0..1."""
    return " ".join(number(int(colour[place : place + 2], 16) / 255, places=4) for place in (1, 3, 5))


def number(value: float, *, places: int = 2) -> str:
    """A number as short as it can be written; no exponent, no "-0"."""
    text = f"{value:.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def write(canvas: Canvas, *operators: str) -> None:
    """Put operators on the page."""
    canvas._code.append(" ".join(operators))  # noqa: SLF001 - the page itself; its methods take ten times as long


def write_text(canvas: Canvas, text: str, at: tuple[float, float], *, font: str, size: float, colour: str) -> None:
    """Write one line that the font has all letters of, its baseline starting at a point; the letters are embedded."""
    face, document = getFont(font), canvas._doc  # noqa: SLF001 - which letters a document embeds is kept there
    parts = []
    for subset, letters in face.splitString(text, document):
        name = face.getSubsetInternalName(subset, document)
        parts.append(f"{name} {number(size)} Tf ({letters.decode('latin-1').translate(_ESCAPES)}) Tj")
    # T* parts the line from the next one for whoever copies the text
    write(canvas, f"BT {fill(colour)} 1 0 0 1 {at[0]:.2f} {at[1]:.2f} Tm", *parts, "T* ET")


def fill(colour: str) -> str:
    """Fill with `colour` from here on."""
    return f"{rgb(colour)} rg"


def stroke(colour: str, width: float, dash: Sequence[float] = (), cap: int = 0) -> str:
    """Draw lines of `width` in `colour` with round joins from here on; `cap` 1 rounds their ends."""
    dashes = " ".join(number(part) for part in dash)
    return f"{rgb(colour)} RG {number(width)} w {cap} J {ROUND} j [{dashes}] 0 d"


def polyline(points: Sequence[tuple[float, float]]) -> str:
    """A path from point to point."""
    (x, y), *rest = points
    return " ".join([f"{x:.2f} {y:.2f} m", *(f"{x:.2f} {y:.2f} l" for x, y in rest)])


def rectangle(x: float, y: float, width: float, height: float, radius: float) -> str:
    """A rectangle from its lower left corner, with round corners where `radius` can be seen."""
    if radius < 0.25:
        return f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re"
    right, top, part = x + width, y + height, radius * (1 - _CIRCLE)
    return (
        f"{x + radius:.2f} {y:.2f} m {right - radius:.2f} {y:.2f} l "
        f"{right - part:.2f} {y:.2f} {right:.2f} {y + part:.2f} {right:.2f} {y + radius:.2f} c "
        f"{right:.2f} {top - radius:.2f} l "
        f"{right:.2f} {top - part:.2f} {right - part:.2f} {top:.2f} {right - radius:.2f} {top:.2f} c "
        f"{x + radius:.2f} {top:.2f} l "
        f"{x + part:.2f} {top:.2f} {x:.2f} {top - part:.2f} {x:.2f} {top - radius:.2f} c "
        f"{x:.2f} {y + radius:.2f} l "
        f"{x:.2f} {y + part:.2f} {x + part:.2f} {y:.2f} {x + radius:.2f} {y:.2f} c h"
    )


def circle(x: float, y: float, radius: float) -> str:
    """A circle around a point."""
    return rectangle(x - radius, y - radius, 2 * radius, 2 * radius, max(radius, 0.25))

"""The pen all charts of a document are drawn with: text, lines and marks, measured from the top left in points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportlab.pdfgen.canvas import Canvas  # noqa: TID253 - `documents` itself is imported with the first export

from jobcentre_desk.documents import colours
from jobcentre_desk.documents.fonts import REGULAR, fitted, printable, text_width
from jobcentre_desk.documents.operators import ROUND, circle, fill, polyline, rectangle, stroke, write, write_text
from jobcentre_desk.model.marks import BOX, MARKS, Circle, Close, Line, Move, Shape, Step


class Pen:
    """Draws on `canvas`, whose origin is the lower left corner of a box `height` high; y grows downwards here."""

    def __init__(self, canvas: Canvas, height: float) -> None:
        self._canvas = canvas
        self._height = height

    def text(
        self,
        text: str,
        x: float,
        baseline: float,
        *,
        font: str = REGULAR,
        size: float = 10,
        colour: str = colours.TEXT,
        anchor: str = "start",
        width: float | None = None,
    ) -> float:
        """Write one line, cut to `width`; `anchor` is start, middle or end at `x`. Gives the width written."""
        line = fitted(text, font, size, width) if width is not None else printable(text)
        written = text_width(line, font, size)
        left = x - {"start": 0.0, "middle": written / 2, "end": written}[anchor]
        write_text(self._canvas, line, (left, self._height - baseline), font=font, size=size, colour=colour)
        return written

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        width: float = 0.75,
        colour: str = colours.LINE,
        dash: Sequence[float] = (),
        cap: int = 0,
    ) -> None:
        """A straight line; `cap` 1 rounds its ends."""
        self.polyline([start, end], width=width, colour=colour, dash=dash, cap=cap)

    def polyline(
        self,
        points: Sequence[tuple[float, float]],
        *,
        width: float,
        colour: str,
        dash: Sequence[float] = (),
        cap: int = ROUND,
    ) -> None:
        """Lines from point to point with round joins."""
        lifted = [(x, self._height - y) for x, y in points]
        write(self._canvas, stroke(colour, width, dash, cap), polyline(lifted), "S")

    def ticks(self, places: Iterable[float], top: float, bottom: float, *, width: float, colour: str) -> None:
        """Upright lines of the same look at these places, as one path."""
        high, low = self._height - top, self._height - bottom
        path = " ".join(f"{x:.2f} {low:.2f} m {x:.2f} {high:.2f} l" for x in places)
        write(self._canvas, stroke(colour, width), path, "S")

    def area(self, corners: Sequence[tuple[float, float]], *, colour: str) -> None:
        """A filled area with these corners."""
        write(self._canvas, fill(colour), polyline([(x, self._height - y) for x, y in corners]), "h f")

    def bar(self, left: float, top: float, width: float, height: float, *, colour: str, radius: float = 0) -> None:
        """A filled rectangle with rounded corners."""
        radius = min(radius, width / 2, height / 2)
        write(self._canvas, fill(colour), rectangle(left, self._height - top - height, width, height, radius), "f")

    def box(self, left: float, top: float, size: tuple[float, float], *, ground: str, edge: str, width: float) -> None:
        """A filled rectangle of `size` with an edge `width` wide inside it."""
        x, y, half = left, self._height - top - size[1], width / 2
        inside = rectangle(x + half, y + half, size[0] - width, size[1] - width, 0)
        write(self._canvas, fill(ground), stroke(edge, width), inside, "B")

    def disc(self, x: float, y: float, radius: float, *, colour: str, edge: str = "", edge_width: float = 1) -> None:
        """A filled disc, with an edge where one is named."""
        line = stroke(edge, edge_width) if edge else ""
        write(self._canvas, fill(colour), line, circle(x, self._height - y, radius), "B" if edge else "f")

    def ring(self, x: float, y: float, radius: float, *, colour: str, width: float) -> None:
        """A circle that is not filled."""
        write(self._canvas, stroke(colour, width), circle(x, self._height - y, radius), "S")

    def rhombus(self, x: float, y: float, size: float, *, colour: str) -> None:
        """A filled rhombus `size` high and wide with an edge of paper around it."""
        half, middle = size / 2, self._height - y
        corners = [(x, middle + half), (x + half, middle), (x, middle - half), (x - half, middle)]
        write(self._canvas, fill(colour), stroke(colours.PAPER, 1), polyline(corners), "b")

    def mark(self, name: str, left: float, top: float, size: float, *, colour: str) -> None:
        """One of the marks, `size` points wide and high."""
        scale = size / BOX
        for shape in MARKS[name]:
            path = " ".join(self._step(step, left, top, scale) for step in shape.steps)
            write(self._canvas, *_paint(shape, path, scale, colour))

    def _step(self, step: Step, left: float, top: float, scale: float) -> str:
        match step:
            case Move(x, y):
                return f"{left + x * scale:.2f} {self._height - top - y * scale:.2f} m"
            case Line(x, y):
                return f"{left + x * scale:.2f} {self._height - top - y * scale:.2f} l"
            case Circle(x, y, radius):
                return circle(left + x * scale, self._height - top - y * scale, radius * scale)
            case Close():
                return "h"


def _paint(shape: Shape, path: str, scale: float, colour: str) -> tuple[str, ...]:
    if shape.fill:
        return fill(colour), path, "f"
    dash = [part * scale for part in shape.dash]
    return stroke(colour, shape.stroke * scale, dash, 0 if dash else ROUND), path, "S"

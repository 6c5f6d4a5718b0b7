"""The pen all charts of a document are drawn with: text, lines and marks, measured from the top left in points."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.colors import HexColor  # noqa: TID253 - `documents` itself is imported with the first export
from reportlab.pdfgen.canvas import Canvas  # noqa: TID253
from reportlab.pdfgen.pathobject import PDFPathObject  # noqa: TID253

from jobcentre_desk.documents import colours
from jobcentre_desk.documents.fonts import REGULAR, fitted, printable, text_width
from jobcentre_desk.model.marks import BOX, MARKS, Circle, Close, Line, Move, Shape, Step

ROUND = 1


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
        self._canvas.setFont(font, size)
        self._canvas.setFillColor(HexColor(colour))
        self._canvas.drawString(left, self._height - baseline, line)
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
        self._pen(colour, width, dash, cap)
        path = self._canvas.beginPath()
        path.moveTo(points[0][0], self._height - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, self._height - y)
        self._canvas.drawPath(path)

    def area(self, corners: Sequence[tuple[float, float]], *, colour: str) -> None:
        """A filled area with these corners."""
        path = self._canvas.beginPath()
        path.moveTo(corners[0][0], self._height - corners[0][1])
        for x, y in corners[1:]:
            path.lineTo(x, self._height - y)
        path.close()
        self._canvas.setFillColor(HexColor(colour))
        self._canvas.drawPath(path, stroke=0, fill=1)

    def bar(self, left: float, top: float, width: float, height: float, *, colour: str, radius: float = 0) -> None:
        """A filled rectangle with rounded corners."""
        self._canvas.setFillColor(HexColor(colour))
        radius = min(radius, width / 2, height / 2)
        self._canvas.roundRect(left, self._height - top - height, width, height, radius, stroke=0, fill=1)

    def disc(self, x: float, y: float, radius: float, *, colour: str, edge: str = "", edge_width: float = 1) -> None:
        """A filled disc, with an edge where one is named."""
        self._canvas.setFillColor(HexColor(colour))
        if edge:
            self._pen(edge, edge_width, (), 0)
        self._canvas.circle(x, self._height - y, radius, stroke=int(bool(edge)), fill=1)

    def ring(self, x: float, y: float, radius: float, *, colour: str, width: float) -> None:
        """A circle that is not filled."""
        self._pen(colour, width, (), 0)
        self._canvas.circle(x, self._height - y, radius, stroke=1, fill=0)

    def rhombus(self, x: float, y: float, size: float, *, colour: str) -> None:
        """A filled rhombus `size` high and wide with an edge of paper around it."""
        half = size / 2
        path = self._canvas.beginPath()
        path.moveTo(x, self._height - y + half)
        for dx, dy in ((half, 0.0), (0.0, -half), (-half, 0.0)):
            path.lineTo(x + dx, self._height - y + dy)
        path.close()
        self._pen(colours.PAPER, 1, (), 0)
        self._canvas.setFillColor(HexColor(colour))
        self._canvas.drawPath(path, stroke=1, fill=1)

    def mark(self, name: str, left: float, top: float, size: float, *, colour: str) -> None:
        """One of the marks, `size` points wide and high."""
        scale = size / BOX
        for shape in MARKS[name]:
            path = self._canvas.beginPath()
            for step in shape.steps:
                self._step(path, step, left, top, scale)
            self._paint(path, shape, scale, colour)

    def _step(self, path: PDFPathObject, step: Step, left: float, top: float, scale: float) -> None:
        match step:
            case Move(x, y):
                path.moveTo(left + x * scale, self._height - top - y * scale)
            case Line(x, y):
                path.lineTo(left + x * scale, self._height - top - y * scale)
            case Circle(x, y, radius):
                path.circle(left + x * scale, self._height - top - y * scale, radius * scale)
            case Close():
                path.close()

    def _paint(self, path: PDFPathObject, shape: Shape, scale: float, colour: str) -> None:
        self._pen(colour, shape.stroke * scale, [part * scale for part in shape.dash], ROUND if not shape.dash else 0)
        self._canvas.setFillColor(HexColor(colour))
        self._canvas.drawPath(path, stroke=int(not shape.fill), fill=int(shape.fill))

    def _pen(self, colour: str, width: float, dash: Sequence[float], cap: int) -> None:
        self._canvas.setStrokeColor(HexColor(colour))
        self._canvas.setLineWidth(width)
        self._canvas.setDash(list(dash))
        self._canvas.setLineCap(cap)
        self._canvas.setLineJoin(ROUND)

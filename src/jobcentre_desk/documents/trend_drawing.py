"""Trend charts in a document: a figure period by period, its intervals, what it is held against, control limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jobcentre_desk.documents import colours
from jobcentre_desk.documents.drawing import Pen
from jobcentre_desk.documents.fonts import REGULAR, SEMIBOLD, text_width
from jobcentre_desk.model.charts import ControlBand, TrendChart, TrendPoint
from jobcentre_desk.model.outcomes import State

AXIS_WIDTH, LABELS_HEIGHT, TOP_SPACE = 29.0, 25.0, 5.0
SMALL = 8.5


@dataclass(frozen=True, slots=True)
class _Axes:
    """From periods and values to points on paper."""

    left: float
    right: float
    top: float
    bottom: float
    low: float
    high: float
    points: int

    def x(self, index: int) -> float:
        return self.left + (self.right - self.left) * (index + 0.5) / max(1, self.points)

    def y(self, value: float) -> float:
        share = (value - self.low) / ((self.high - self.low) or 1.0)
        return self.bottom - (self.bottom - self.top) * min(1.0, max(0.0, share))


def draw_trend_chart(pen: Pen, chart: TrendChart, *, width: float, height: float) -> None:
    """Draw `chart` into a box of `width` x `height` points."""
    axes = _Axes(
        AXIS_WIDTH, width - 5, TOP_SPACE, height - LABELS_HEIGHT, chart.axis_low, chart.axis_high, len(chart.points)
    )
    _draw_grid(pen, chart, axes)
    _draw_blanks(pen, chart, axes)
    if chart.control is not None:
        _draw_control(pen, chart.control, axes)
    if chart.reference is not None:
        y = axes.y(chart.reference)
        pen.line((axes.left, y), (axes.right, y), colour=colours.TEXT, width=1.1, dash=(3.2, 2.2))
    for index, point in enumerate(chart.points):
        _draw_limits(pen, point, axes.x(index), axes)
    for run in _runs(chart.comparison):
        pen.polyline(
            [(axes.x(index), axes.y(value)) for index, value in run], width=1.1, colour=colours.TEXT, dash=(1.5, 1.8)
        )
    _draw_own(pen, chart, axes)
    if chart.control is not None:
        _draw_signs(pen, chart, chart.control, axes)
    _draw_labels(pen, chart, axes)


def _draw_grid(pen: Pen, chart: TrendChart, axes: _Axes) -> None:
    for value, label in chart.axis_ticks:
        y = axes.y(value)
        pen.line((axes.left, y), (axes.right, y), colour=colours.LINE, width=0.7)
        pen.text(label, axes.left - 5, y + 3, size=SMALL, colour=colours.SECONDARY, anchor="end")


def _draw_blanks(pen: Pen, chart: TrendChart, axes: _Axes) -> None:
    """A period without a figure: a band with the mark of its state."""
    step = axes.x(1) - axes.x(0)
    for index, point in enumerate(chart.points):
        if point.state is State.KNOWN:
            continue
        pen.bar(axes.x(index) - step / 2, axes.top, step, axes.bottom - axes.top, colour=colours.BAND)
        middle = (axes.top + axes.bottom) / 2
        pen.mark(point.state.value, axes.x(index) - 5, middle - 5, 10, colour=colours.SECONDARY)


def _draw_control(pen: Pen, control: ControlBand, axes: _Axes) -> None:
    """The band between the control limits with dashed edges, and the middle as a thin line."""
    half = (axes.x(1) - axes.x(0)) / 2
    limits = [
        (axes.x(i) - half, axes.y(low), axes.y(high))
        for i, (low, high) in enumerate(zip(control.low, control.high, strict=True))
        if low is not None and high is not None
    ]
    for left, low, high in limits:
        pen.bar(left, high, 2 * half, low - high, colour=colours.BAND)
    for edge in (1, 2):
        steps = [(x, limit[edge]) for limit in limits for x in (limit[0], limit[0] + 2 * half)]
        pen.polyline(steps, width=0.7, colour=colours.SECONDARY, dash=(3.6, 2.2), cap=0)
    middle = axes.y(control.centre)
    pen.line((limits[0][0], middle), (limits[-1][0] + 2 * half, middle), width=0.7, colour=colours.SECONDARY)


def _draw_signs(pen: Pen, chart: TrendChart, control: ControlBand, axes: _Axes) -> None:
    """A ring around each point that says that more than chance is at work."""
    for index, (point, sign) in enumerate(zip(chart.points, control.signs, strict=True)):
        if sign and point.value is not None:
            pen.ring(axes.x(index), axes.y(point.value), 5.6, colour=colours.TEXT, width=1.2)


def _draw_limits(pen: Pen, point: TrendPoint, x: float, axes: _Axes) -> None:
    if point.low is None or point.high is None:
        return
    pen.line((x, axes.y(point.low)), (x, axes.y(point.high)), width=2.9, colour=colours.INTERVAL, cap=1)


def _draw_own(pen: Pen, chart: TrendChart, axes: _Axes) -> None:
    values = tuple(point.value for point in chart.points)
    for run in _runs(values):
        pen.polyline([(axes.x(index), axes.y(value)) for index, value in run], width=1.6, colour=colours.ACCENT)
    for index, value in enumerate(values):
        if value is not None:
            pen.disc(axes.x(index), axes.y(value), 3.1, colour=colours.ACCENT, edge=colours.PAPER, edge_width=0.8)


def _draw_labels(pen: Pen, chart: TrendChart, axes: _Axes) -> None:
    """Labels under the axis; every second or third only where they would run into each other."""
    step = axes.x(1) - axes.x(0)
    widest = max((text_width(point.label, REGULAR, SMALL) for point in chart.points), default=0.0)
    every = max(1, int(-(-(widest + 4) // step)))
    for index, point in enumerate(chart.points):
        if (len(chart.points) - 1 - index) % every == 0:
            pen.text(
                point.label, axes.x(index), axes.bottom + 11, size=SMALL, colour=colours.SECONDARY, anchor="middle"
            )
        pen.text(point.sublabel, axes.x(index), axes.bottom + 22, size=SMALL, font=SEMIBOLD, anchor="middle")


def _runs(values: tuple[float | None, ...]) -> Iterator[list[tuple[int, float]]]:
    """Values that stand side by side, as (index, value); a gap parts two runs, one alone makes no line."""
    run: list[tuple[int, float]] = []
    for index, value in enumerate((*values, None)):
        if value is not None:
            run.append((index, value))
            continue
        if len(run) > 1:
            yield run
        run = []

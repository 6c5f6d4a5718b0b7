"""Funnels in a document: band, limits and points as vectors, the crowd thinned to one mark for each spot on paper."""

from __future__ import annotations

from dataclasses import dataclass

from jobcentre_desk.documents import colours
from jobcentre_desk.documents.drawing import Pen
from jobcentre_desk.documents.fonts import SEMIBOLD
from jobcentre_desk.model.comparison_charts import FunnelChart, FunnelLine
from jobcentre_desk.model.outcomes import Verdict
from jobcentre_desk.text import count, percent
from jobcentre_desk.text import translate as _

MOST_POINTS = 5_000
"""Of more points only one is drawn for each spot of half a point; everyone outside the limits is drawn all the same."""
_SPOT = 0.5
_LEFT, _RIGHT, _TOP, _BOTTOM = 30.0, 82.0, 6.0, 46.0
_SMALL, _MARK = 8.0, 5.2
_RATES = (0.0, 0.25, 0.5, 0.75, 1.0)
_FEWEST_TICKS = 5
_CLOSE = 9.0
_MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class _Axes:
    """From numbers and rates to points on paper."""

    right: float
    bottom: float
    to: float

    def x(self, n: float) -> float:
        return _LEFT + (self.right - _LEFT) * min(n, self.to) / self.to

    def y(self, rate: float) -> float:
        return self.bottom - (self.bottom - _TOP) * min(1.0, max(0.0, rate))


def draw_funnel_chart(pen: Pen, chart: FunnelChart, *, width: float, height: float) -> None:
    """Draw `chart` into a box of `width` x `height` points, the axis and its legend in the last 46."""
    axes = _Axes(width - _RIGHT, height - _BOTTOM, float(max(chart.n, default=10)) * 1.02)
    for rate in _RATES:
        pen.line((_LEFT, axes.y(rate)), (axes.right, axes.y(rate)), colour=colours.LINE, width=0.5)
        words = percent(rate) if rate == 1 else count(rate * 100)
        pen.text(words, _LEFT - 5, axes.y(rate) + 3, size=_SMALL, colour=colours.SECONDARY, anchor="end")
    if chart.lines95:
        _draw_limits(pen, chart, axes)
    _draw_points(pen, chart, axes)
    _draw_named(pen, chart, axes)
    _draw_axis(pen, axes)
    _draw_legend(pen, chart, axes, height)


def drawn_places(chart: FunnelChart) -> list[int]:
    """Places of the points that are drawn: all up to 5,000, else all outside the limits and one for each spot."""
    if len(chart.n) <= MOST_POINTS:
        return list(range(len(chart.n)))
    seen: dict[tuple[int, int], int] = {}
    for place, (n, rate) in enumerate(zip(chart.n, chart.rate, strict=True)):
        if not chart.verdict[place]:
            seen.setdefault((n, round(rate * 500)), place)
    outside = [place for place, verdict in enumerate(chart.verdict) if verdict]
    return [*seen.values(), *outside]


def _draw_limits(pen: Pen, chart: FunnelChart, axes: _Axes) -> None:
    lower, upper = (_corners(chart.lines95, place, axes) for place in (0, 1))
    pen.area([*lower, *reversed(upper)], colour=colours.BAND_TINT)
    for line in (lower, upper):
        pen.polyline(line, width=0.8, colour=colours.CONTROL_EDGE)
    for place in (0, 1):
        pen.polyline(
            _corners(chart.lines998, place, axes), width=0.8, colour=colours.CONTROL_EDGE, dash=(3.5, 2.2), cap=0
        )
    for wide in chart.wide:
        points = [(axes.x(n), axes.y(rate)) for n, rate in zip(wide.n, wide.rate, strict=True)]
        pen.polyline(points, width=0.9, colour=colours.SECONDARY, dash=(1.2, 1.8), cap=0)
    y = axes.y(chart.reference)
    pen.line((_LEFT, y), (axes.right, y), width=1.0, colour=colours.TEXT, dash=(2.8, 2.0))
    _name_lines(pen, chart, axes)


def _corners(lines: tuple[FunnelLine, ...], place: int, axes: _Axes) -> list[tuple[float, float]]:
    """One limit: exact steps half a traineeship to either side below ten, then the curve."""
    steps, curve = lines[place], lines[place + 2]
    stair = [(n + side, rate) for n, rate in zip(steps.n, steps.rate, strict=True) for side in (-0.5, 0.5)]
    line = [*stair, (stair[-1][0], curve.rate[0]), *zip(curve.n, curve.rate, strict=True)]
    return [(axes.x(n), axes.y(rate)) for n, rate in line]


def _name_lines(pen: Pen, chart: FunnelChart, axes: _Axes) -> None:
    named = [axes.y(chart.reference)]
    pen.text(chart.reference_name, axes.right + 5, named[0] + 3, size=_SMALL, width=_RIGHT - 6)
    for lines, level in ((chart.lines95, percent(0.95)), (chart.lines998, percent(0.998, places=1))):
        y = axes.y(lines[3].rate[-1])
        if all(abs(y - other) > _CLOSE for other in named):
            pen.text(level, axes.right + 5, y + 3, size=_SMALL, colour=colours.SECONDARY)
            named.append(y)


def _draw_points(pen: Pen, chart: FunnelChart, axes: _Axes) -> None:
    for place in drawn_places(chart):
        x, y, verdict = axes.x(chart.n[place]), axes.y(chart.rate[place]), chart.verdict[place]
        if not verdict:
            pen.ring(x, y, 1.7, colour=colours.CANNOT_TELL, width=0.6)
    for place in range(len(chart.n)):
        x, y, verdict = axes.x(chart.n[place]), axes.y(chart.rate[place]), chart.verdict[place]
        if verdict:
            told = Verdict.ABOVE if verdict > 0 else Verdict.BELOW
            pen.mark(told.value, x - _MARK / 2, y - _MARK / 2, _MARK, colour=colours.word_colour(told))


def _draw_named(pen: Pen, chart: FunnelChart, axes: _Axes) -> None:
    for one in [one for one in chart.named if one.own or one.listed][:_MOST_NAMED]:
        x, y = axes.x(one.n), axes.y(one.rate)
        pen.ring(x, y, 5, colour=colours.ACCENT, width=1.2)
        left = x > (axes.right - _LEFT) * 0.6
        anchor, at = ("end", x - 8) if left else ("start", x + 8)
        pen.text(one.name, at, y + 3, size=_SMALL, font=SEMIBOLD, colour=colours.ACCENT, anchor=anchor, width=150)


def _draw_axis(pen: Pen, axes: _Axes) -> None:
    step = 1
    while axes.to / step > 2 * _FEWEST_TICKS:
        step = step * 2 if int(str(step)[0]) in (1, 5) else step * 5 // 2
    for n in range(0, int(axes.to) + 1, step):
        x = axes.x(n)
        pen.text(count(n), x, axes.bottom + 11, size=_SMALL, colour=colours.SECONDARY, anchor="middle")
    middle = (_LEFT + axes.right) / 2
    words = _("Completed traineeships")
    pen.text(words, middle, axes.bottom + 22, size=_SMALL, colour=colours.SECONDARY, anchor="middle")


def _draw_legend(pen: Pen, chart: FunnelChart, axes: _Axes, height: float) -> None:
    x, baseline = _LEFT, height - 5
    for verdict, words in (
        (Verdict.ABOVE, _("above")),
        (Verdict.CANNOT_TELL, _("cannot be told apart")),
        (Verdict.BELOW, _("below")),
    ):
        pen.mark(verdict.value, x, baseline - 6.5, 7, colour=colours.word_colour(verdict))
        x += 10 + pen.text(words, x + 10, baseline, size=_SMALL, colour=colours.SECONDARY) + 12
    words = _("95 % whole, 99.8 % dashed")
    if chart.wide:
        words = _("95 % whole, 99.8 % dashed, 95 % allowing for true differences dotted")
    x += pen.text(words, x, baseline, size=_SMALL, colour=colours.SECONDARY) + 12
    if len(chart.n) > MOST_POINTS:
        thinned = _("one ring for each spot")
        pen.text(thinned, x, baseline, size=_SMALL, colour=colours.SECONDARY, width=max(10.0, axes.right + 80 - x))

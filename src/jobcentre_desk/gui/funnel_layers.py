"""What a funnel is drawn of besides its points: grid, band, limits, reference, and the words at their ends."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFontMetrics, QPolygonF

from jobcentre_desk.gui.chart_axes import grid_line, no_pen, pen, set_ticks
from jobcentre_desk.gui.theme import Theme, TypeRole, font
from jobcentre_desk.model.comparison_charts import FunnelChart, FunnelLine
from jobcentre_desk.text import count, percent

LOW, HIGH = -0.025, 1.025
"""Rates at the lower and upper edge of the plot: room for half a mark."""
_DASHES, _DOTS, _REFERENCE = (5.0, 3.0), (1.5, 2.5), (4.0, 3.0)
_RATES = (0.0, 0.25, 0.5, 0.75, 1.0)
_FEWEST_TICKS = 5
_CLOSE = 0.045
"""Words at the right end closer together than this share of the height would overlap."""


def draw_layers(plot: Any, chart: FunnelChart, theme: Theme) -> None:
    """Everything that lies under the points."""
    for rate in _RATES:
        grid_line(plot, rate, theme)
    if chart.lines95:
        _draw_band(plot, chart, theme)
        for place in (0, 1):
            _draw_line(plot, chart.lines95, place, pen(theme.edge, 1.2))
            _draw_line(plot, chart.lines998, place, pen(theme.edge, 1.2, _DASHES))
    for line in chart.wide:
        plot.plot(line.n, line.rate, pen=pen(theme.text2, 1.4, _DOTS))
    if chart.lines95:
        import pyqtgraph

        plot.addItem(pyqtgraph.InfiniteLine(chart.reference, angle=0, pen=pen(theme.text, 1.4, _REFERENCE)))


def name_axes(plot: Any, chart: FunnelChart, to: float) -> None:
    """Numbers on both axes and, at the right, the names of the lines where they leave the plot."""
    rates = [(rate, percent(rate) if rate == 1 else count(rate * 100)) for rate in _RATES]
    set_ticks(plot, left=rates, bottom=[(n, count(n)) for n in number_ticks(to)])
    ends = line_names(chart, to)
    axis = plot.getAxis("right")
    metrics = QFontMetrics(font(TypeRole.SMALL))
    axis.setWidth(max((metrics.horizontalAdvance(words) for _rate, words in ends), default=0) + 12)
    axis.setTicks([ends])


def line_names(chart: FunnelChart, to: float) -> list[tuple[float, str]]:
    """The reference and the upper limits at the right end, without those that would lie over one another."""
    if not chart.lines95:
        return []
    names = [(chart.reference, chart.reference_name)]
    for lines, level in ((chart.lines95, 0.95), (chart.lines998, 0.998)):
        at = _value_at(lines[3], to) if to >= lines[3].n[0] else lines[1].rate[-1]
        if all(abs(at - other) > _CLOSE for other, _words in names) and at <= 1:
            names.append((at, percent(level, places=0 if level == 0.95 else 1)))
    return names


def number_ticks(to: float) -> list[int]:
    """Round numbers from 0 to at most `to`."""
    step = 1
    while to / step > 2 * _FEWEST_TICKS:
        digits = int(str(step)[0])
        step = step * 2 if digits in (1, 5) else step * 5 // 2
    return list(range(0, int(to) + 1, step))


def outline(lines: tuple[FunnelLine, ...], place: int) -> list[tuple[float, float]]:
    """One limit as corners: steps half a traineeship to either side below ten, then the curve."""
    steps, curve = lines[place], lines[place + 2]
    corners = [(n + side, rate) for n, rate in zip(steps.n, steps.rate, strict=True) for side in (-0.5, 0.5)]
    return [*corners, (corners[-1][0], curve.rate[0]), *zip(curve.n, curve.rate, strict=True)]


def _draw_line(plot: Any, lines: tuple[FunnelLine, ...], place: int, drawn_with: Any) -> None:
    n, rate = zip(*outline(lines, place), strict=True)
    plot.plot(n, rate, pen=drawn_with)


def _draw_band(plot: Any, chart: FunnelChart, theme: Theme) -> None:
    from PySide6.QtWidgets import QGraphicsPolygonItem

    corners = [*outline(chart.lines95, 0), *reversed(outline(chart.lines95, 1))]
    band = QGraphicsPolygonItem(QPolygonF([QPointF(n, rate) for n, rate in corners]))
    band.setPen(no_pen())
    ground = QColor(theme.band)
    ground.setAlphaF(0.55)
    band.setBrush(ground)
    band.setZValue(-10)
    plot.addItem(band, ignoreBounds=True)


def _value_at(line: FunnelLine, n: float) -> float:
    later = next((i for i, at in enumerate(line.n) if at >= n), len(line.n) - 1)
    return line.rate[later]

"""Draws a `TrendChart`: a rate by period with intervals, reference and control limits; unknown periods as a band."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.chart_axes import grid_line, no_pen, pen, plot_widget, set_ticks
from jobcentre_desk.gui.mark_painter import MarkView
from jobcentre_desk.gui.theme import Theme, TypeRole, font, scaled, theme_of
from jobcentre_desk.model.charts import ControlBand, TrendChart, TrendMarker, TrendPoint
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.text import translate as _

_REFERENCE_DASHES = (4.0, 3.0)
_HEIGHT = 190
_SAMPLE = 26
_LIMIT_DASHES = (5.0, 3.0)
_RING = 15
_MOST_LABELS = 11


class TrendView(QWidget):
    """The chart as a plot; its sentence is what a screen reader says."""

    def __init__(self, chart: TrendChart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(chart.sentence)
        self._chart = chart
        theme = theme_of(self)
        plot = plot_widget(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(plot, 1)
        if chart.marker is not None:
            layout.addWidget(MarkerLine(chart.marker))
        names = [name for name in (chart.reference_name, chart.comparison_name) if name]
        layout.addWidget(DashedLegend(" · ".join(names)))
        if chart.control is not None:
            layout.addWidget(plain_label(chart.control.sentence, TypeRole.CAPTION, wrap=True, quiet=True))
        self._draw(plot, theme)

    def sizeHint(self) -> QSize:
        return QSize(420, scaled(_HEIGHT))

    def _draw(self, plot: Any, theme: Theme) -> None:
        chart = self._chart
        for position, _words in chart.axis_ticks:
            grid_line(plot, position, theme)
        set_ticks(plot, left=chart.axis_ticks, bottom=_period_ticks(chart.points))
        self._draw_unknown(plot, theme)
        if chart.control is not None:
            _draw_limits(plot, chart.control, theme)
        _draw_intervals(plot, chart.points, theme)
        self._draw_reference(plot, theme)
        self._draw_own(plot, theme)
        if chart.control is not None:
            _draw_signs(plot, chart.points, chart.control, theme)
        margin = (chart.axis_high - chart.axis_low) * 0.03
        plot.setXRange(-0.5, len(chart.points) - 0.5, padding=0)
        plot.setYRange(chart.axis_low - margin, chart.axis_high + margin, padding=0)

    def _draw_unknown(self, plot: Any, theme: Theme) -> None:
        import pyqtgraph

        unknown = [i for i, point in enumerate(self._chart.points) if point.state is State.NOT_YET_KNOWN]
        if not unknown:
            return
        span = (unknown[0] - 0.5, unknown[-1] + 0.5)
        plot.addItem(pyqtgraph.LinearRegionItem(span, brush=theme.band, pen=no_pen(), movable=False))
        words = pyqtgraph.TextItem(_("not yet\nknown"), color=theme.text2, anchor=(0.5, 0.5))
        words.setFont(font(TypeRole.SMALL))
        words.setPos(sum(span) / 2, self._chart.axis_low + 0.85 * (self._chart.axis_high - self._chart.axis_low))
        plot.addItem(words)

    def _draw_reference(self, plot: Any, theme: Theme) -> None:
        import pyqtgraph

        chart = self._chart
        if chart.reference is not None:
            plot.addItem(pyqtgraph.InfiniteLine(chart.reference, angle=0, pen=pen(theme.text, 1.4, _REFERENCE_DASHES)))
        known = [(i, value) for i, value in enumerate(chart.comparison) if value is not None]
        if known:
            x, y = zip(*known, strict=True)
            plot.plot(x, y, pen=pen(theme.text, 1.4, _REFERENCE_DASHES))

    def _draw_own(self, plot: Any, theme: Theme) -> None:
        known = [(i, point.value) for i, point in enumerate(self._chart.points) if point.value is not None]
        for (left, low), (right, high) in pairwise(known):
            if right == left + 1:
                plot.plot([left, right], [low, high], pen=pen(theme.accent, 2))
        if known:
            x, y = zip(*known, strict=True)
            plot.plot(x, y, pen=None, symbol="o", symbolSize=8, symbolBrush=theme.accent, symbolPen=pen(theme.base, 1))


class MarkerLine(QWidget):
    """The recent trend in words, its mark before them; the reason stands there where it cannot be told."""

    def __init__(self, marker: TrendMarker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        mark = MarkView()
        mark.show_mark(marker.mark, theme_of(self).text)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = f"{marker.word} {marker.reason}".strip()
        row.addWidget(plain_label(words, TypeRole.CAPTION, wrap=True), 1)


class DashedLegend(QWidget):
    """Names what the dashed line is, with a piece of it before the words."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setFont(font(TypeRole.CAPTION))
        self.setVisible(bool(words))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(160, self.fontMetrics().height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole line is painted each time
        theme, painter = theme_of(self), QPainter(self)
        painter.setPen(pen(theme.text, 1.4, _REFERENCE_DASHES))
        middle = self.height() / 2
        painter.drawLine(QPointF(0, middle), QPointF(_SAMPLE, middle))
        painter.setPen(theme.text2)
        painter.drawText(self.rect().adjusted(_SAMPLE + 8, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._words)
        painter.end()


def _draw_intervals(plot: Any, points: tuple[TrendPoint, ...], theme: Theme) -> None:
    for i, point in enumerate(points):
        if point.low is not None and point.high is not None:
            bar = pen(theme.interval, 4)
            bar.setCapStyle(Qt.PenCapStyle.RoundCap)
            plot.plot([i, i], [point.low, point.high], pen=bar)


def _draw_limits(plot: Any, control: ControlBand, theme: Theme) -> None:
    """The band between the control limits in steps, as each n differs; its edges dashed, the middle a thin line."""
    import pyqtgraph

    places = [i for i, low in enumerate(control.low) if low is not None]
    if not places:
        return
    edges = [edge for i in places for edge in (i - 0.5, i + 0.5)]
    low, high = ([limits[i] for i in places for _edge in range(2)] for limits in (control.low, control.high))
    curves = [pyqtgraph.PlotDataItem(edges, limit, pen=pen(theme.text2, 1, _LIMIT_DASHES)) for limit in (low, high)]
    plot.addItem(pyqtgraph.FillBetweenItem(*curves, brush=theme.band))
    for curve in curves:
        plot.addItem(curve)
    plot.plot([edges[0], edges[-1]], [control.centre] * 2, pen=pen(theme.text2, 1))


def _draw_signs(plot: Any, points: tuple[TrendPoint, ...], control: ControlBand, theme: Theme) -> None:
    """A ring around each point that says that more than chance is at work."""
    flagged = [(i, point.value) for i, point in enumerate(points) if control.signs[i] and point.value is not None]
    if flagged:
        x, y = zip(*flagged, strict=True)
        plot.plot(x, y, pen=None, symbol="o", symbolSize=_RING, symbolBrush=None, symbolPen=pen(theme.text, 1.6))


def _period_ticks(points: tuple[TrendPoint, ...]) -> list[tuple[float, str]]:
    """The periods under the axis, the year where it begins; every second one where they would run into each other."""
    every = 1 if len(points) <= _MOST_LABELS else 2
    ticks, former = [], ""
    for i, point in enumerate(points):
        if (len(points) - 1 - i) % every == 0:
            ticks.append((float(i), point.label + ("\n" + point.sublabel if point.sublabel != former else "")))
            former = point.sublabel
    return ticks

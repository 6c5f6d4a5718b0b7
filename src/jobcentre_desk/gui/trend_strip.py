"""A small trend for the detail pane: rates by period with their intervals, beside the dashed branch."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from jobcentre_desk.gui.theme import Theme, TypeRole, font, scaled, theme_of
from jobcentre_desk.model.charts import TrendChart, TrendPoint
from jobcentre_desk.model.outcomes import State

HEIGHT = 116
_LEFT, _TOP = 28, 6


class TrendStrip(QWidget):
    """Draws a `TrendChart` small; its sentence is what a screen reader says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: TrendChart | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(240, scaled(HEIGHT))

    def show_trend(self, chart: TrendChart) -> None:
        """Show another trend."""
        self._chart = chart
        self.setAccessibleName(f"{chart.title}. {chart.sentence}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        if self._chart is None:
            return
        theme, painter = theme_of(self), QPainter(self)
        painter.setFont(font(TypeRole.SMALL))
        box = QRectF(self.rect()).adjusted(_LEFT, _TOP, -6, -painter.fontMetrics().height() - 4)
        self._draw_scale(painter, box, theme)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_reference(painter, box, theme)
        self._draw_points(painter, box, theme)
        self._draw_periods(painter, box, theme)

    def _y(self, box: QRectF, value: float) -> float:
        assert self._chart is not None, "drawn with a chart"
        span = self._chart.axis_high - self._chart.axis_low
        return box.bottom() - (value - self._chart.axis_low) / span * box.height()

    def _x(self, box: QRectF, place: int) -> float:
        assert self._chart is not None, "drawn with a chart"
        return box.left() + (place + 0.5) * box.width() / max(1, len(self._chart.points))

    def _draw_scale(self, painter: QPainter, box: QRectF, theme: Theme) -> None:
        assert self._chart is not None, "drawn with a chart"
        ticks = self._chart.axis_ticks
        kept = ticks if len(ticks) <= 3 else (ticks[0], ticks[len(ticks) // 2], ticks[-1])
        for value, words in kept:
            y = round(self._y(box, value)) + 0.5
            painter.setPen(QPen(theme.line, 1))
            painter.drawLine(QLineF(box.left(), y, box.right(), y))
            painter.setPen(theme.text2)
            label = QRectF(0, y - 8, _LEFT - 4, 16)
            painter.drawText(label, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), _number(words))

    def _draw_reference(self, painter: QPainter, box: QRectF, theme: Theme) -> None:
        assert self._chart is not None, "drawn with a chart"
        if self._chart.reference is not None:
            pen = QPen(theme.text, 1.3)
            pen.setDashPattern([3, 2])
            painter.setPen(pen)
            y = self._y(box, self._chart.reference)
            painter.drawLine(QLineF(box.left(), y, box.right(), y))

    def _draw_points(self, painter: QPainter, box: QRectF, theme: Theme) -> None:
        assert self._chart is not None, "drawn with a chart"
        former: QPointF | None = None
        lines, dots = [], []
        for place, point in enumerate(self._chart.points):
            at = self._draw_interval(painter, box, place, point)
            if at is not None and former is not None:
                lines.append(QLineF(former, at))
            if at is not None:
                dots.append(at)
            former = at
        painter.setPen(QPen(theme.accent, 2))
        painter.drawLines(lines)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.accent)
        for dot in dots:
            painter.drawEllipse(dot, 3, 3)

    def _draw_interval(self, painter: QPainter, box: QRectF, place: int, point: TrendPoint) -> QPointF | None:
        theme, x = theme_of(self), self._x(box, place)
        if point.state is State.NOT_YET_KNOWN:
            width = box.width() / max(1, len(self._chart.points if self._chart else ()))
            painter.fillRect(QRectF(x - width / 2, box.top(), width, box.height()), theme.band)
        if point.value is None:
            return None
        if point.low is not None and point.high is not None:
            top, bottom = self._y(box, point.high), self._y(box, point.low)
            painter.fillRect(QRectF(x - 2, top, 4, bottom - top), theme.interval)
        return QPointF(x, self._y(box, point.value))

    def _draw_periods(self, painter: QPainter, box: QRectF, theme: Theme) -> None:
        """The first and the last period under the axis."""
        assert self._chart is not None, "drawn with a chart"
        points = self._chart.points
        if not points:
            return
        painter.setPen(theme.text2)
        line = QRectF(box.left(), box.bottom() + 3, box.width(), painter.fontMetrics().height())
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft), _name(points[0]))
        if len(points) > 1:
            painter.drawText(line, int(Qt.AlignmentFlag.AlignRight), _name(points[-1]))


def _name(point: TrendPoint) -> str:
    return f"{point.label} {point.sublabel}".strip()


def _number(words: str) -> str:
    """The axis number without its unit, which the narrow strip has no room for."""
    return words.partition("\N{NO-BREAK SPACE}")[0]

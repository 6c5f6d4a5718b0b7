"""Paints the rolling rates of one employer as a small line with a point at its end."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from jobcentre_desk.gui.theme import Theme

_HEIGHT = 20.0
_SIDE = 5.0
_POINT = 2.5


def draw_sparkline(painter: QPainter, rect: QRect | QRectF, rates: Sequence[float | None], theme: Theme) -> None:
    """Paint rates of 0..1 from left to right on the scale 0 to 100 %; a missing one leaves a gap."""
    points = _points(QRectF(rect), rates)
    lines = [QLineF(a, b) for a, b in pairwise(points) if a is not None and b is not None]
    ends = [point for point in points if point is not None]
    if not ends:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.text2, 1.4))
    painter.drawLines(lines)
    if points[-1] is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.text)
        painter.drawEllipse(points[-1], _POINT, _POINT)
    painter.restore()


def _points(box: QRectF, rates: Sequence[float | None]) -> list[QPointF | None]:
    step = (box.width() - 2 * _SIDE) / max(1, len(rates) - 1)
    bottom = box.center().y() + _HEIGHT / 2
    return [
        None if rate is None else QPointF(box.left() + _SIDE + i * step, bottom - rate * _HEIGHT)
        for i, rate in enumerate(rates)
    ]

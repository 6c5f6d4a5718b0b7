"""Points, rings and names on a plot, with the marks of the badge as symbols."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QColor, QPainterPath, QPen

from jobcentre_desk.gui.chart_axes import no_pen, pen
from jobcentre_desk.gui.funnel_points import MARK, FunnelPoints
from jobcentre_desk.gui.theme import Theme, TypeRole, font

RING = 18
MOST_RINGS = 400
"""Chosen points beyond these are not ringed one by one; their number is told in words."""
_SHORT_NAME = 46
_LEFT_OF = 0.6
"""From this share of the width on a name stands to the left of its point."""
Spots = Sequence[tuple[float, float]]


def add_marks(plot: Any, points: FunnelPoints, theme: Theme) -> None:
    """Each point as the mark of its badge: rings first, triangles over them."""
    import pyqtgraph

    for side, symbol, brush, edge in (
        (0, "o", None, pen(theme.same, 1.4)),
        (-1, _triangle(up=False), theme.below, no_pen()),
        (1, _triangle(up=True), theme.above, no_pen()),
    ):
        held = points.verdict == side
        if held.any():
            size = MARK if side else MARK - 2
            item = pyqtgraph.ScatterPlotItem(
                x=points.n[held], y=points.rate[held], symbol=symbol, size=size, brush=brush, pen=edge, pxMode=True
            )
            item.setZValue(5 + abs(side))
            plot.addItem(item, ignoreBounds=True)


def rings(plot: Any, spots: Spots, drawn_with: QPen) -> list[Any]:
    """A ring around each spot; the items, to take them away again."""
    import pyqtgraph

    if not spots:
        return []
    n, rate = zip(*spots[:MOST_RINGS], strict=True)
    item = pyqtgraph.ScatterPlotItem(x=n, y=rate, symbol="o", size=RING, brush=None, pen=drawn_with, pxMode=True)
    item.setZValue(10)
    plot.addItem(item, ignoreBounds=True)
    return [item]


def label(plot: Any, words: str, at: tuple[float, float], colour: QColor, theme: Theme, *, to: float) -> Any:
    """A name beside a spot on a ground of its own; plain text, on the side where there is room."""
    import pyqtgraph

    shown = words if len(words) <= _SHORT_NAME else f"{words[: _SHORT_NAME - 1]}…"
    left = at[0] > _LEFT_OF * to
    item = pyqtgraph.TextItem(color=colour, fill=theme.base, anchor=(1.08 if left else -0.08, 0.5))
    item.setFont(font(TypeRole.CAPTION_STRONG))
    item.setPlainText(shown)
    item.setPos(*at)
    item.setZValue(12)
    plot.addItem(item, ignoreBounds=True)
    return item


def _triangle(*, up: bool) -> QPainterPath:
    """The triangle of the badge in a box of one, its middle at 0."""
    tip = -0.5 if up else 0.5
    path = QPainterPath()
    path.moveTo(0, tip)
    path.lineTo(0.5, -tip)
    path.lineTo(-0.5, -tip)
    path.closeSubpath()
    return path

"""Plots as this program draws them: fixed ranges, no mouse zoom, no menu, numbers and grid in the palette's roles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetrics, QPen
from PySide6.QtWidgets import QWidget

from jobcentre_desk.gui.theme import Theme, TypeRole, font

Ticks = Sequence[tuple[float, str]]


def plot_widget(theme: Theme, parent: QWidget | None = None) -> Any:
    """An empty `pyqtgraph.PlotWidget` in `theme`; pyqtgraph is imported with the first chart."""
    import pyqtgraph

    pyqtgraph.setConfigOptions(antialias=True)
    plot = pyqtgraph.PlotWidget(parent, background=theme.base)
    plot.setFrameShape(plot.Shape.NoFrame)
    plot.setMenuEnabled(False)
    plot.setMouseEnabled(x=False, y=False)
    plot.hideButtons()
    plot.setMinimumHeight(80)
    plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    plot.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    plot.getPlotItem().layout.setContentsMargins(0, 4, 8, 0)
    for side in ("left", "bottom"):
        axis = plot.getAxis(side)
        axis.setPen(no_pen())
        axis.setTickPen(no_pen())
        axis.setTextPen(theme.text2)
        axis.setStyle(tickLength=0, tickFont=font(TypeRole.SMALL), tickTextOffset=6)
    plot.wheelEvent = lambda event: event.ignore()
    return plot


def set_ticks(plot: Any, *, left: Ticks, bottom: Ticks) -> None:
    """Name the ticks of both axes; each gets its words exactly."""
    plot.getAxis("left").setTicks([list(left)])
    plot.getAxis("bottom").setTicks([list(bottom)])
    lines = 1 + max((words.count("\n") for _position, words in bottom), default=0)
    plot.getAxis("bottom").setHeight(lines * QFontMetrics(font(TypeRole.SMALL)).height() + 8)


def grid_line(plot: Any, position: float, theme: Theme, *, vertical: bool = False) -> None:
    """One thin line across the plot."""
    import pyqtgraph

    plot.addItem(pyqtgraph.InfiniteLine(position, angle=90 if vertical else 0, pen=pen(theme.line, 1)))


def pen(colour: QColor, width: float, dashes: Sequence[float] = ()) -> QPen:
    """A pen of `width` px that does not grow with the plot; `dashes` in px."""
    made = QPen(colour, width)
    made.setCosmetic(True)
    made.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashes:
        made.setDashPattern([length / width for length in dashes])
    return made


def no_pen() -> QPen:
    """Nothing is drawn."""
    return QPen(Qt.PenStyle.NoPen)

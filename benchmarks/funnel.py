"""The funnel of 100,000 employers: first paint, a step of zoom, a step of the mouse; and a plain scatter beside it."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from benchmarks.ground import Ground
from benchmarks.results import Limit, Result
from benchmarks.table import window_application
from benchmarks.timing import milliseconds
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from jobcentre_desk.desk.branch_page import branch_funnel
from jobcentre_desk.desk.cross_tally import cross_tally
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.heat_map import results_map
from jobcentre_desk.gui.funnel_view import FunnelView
from jobcentre_desk.model.comparison_charts import FunnelChart
from jobcentre_desk.model.outcomes import Scope

POINTS = 100_000
TURNS, STEPS = 12, 60
WIDTH, HEIGHT = 880, 460
DIVISION = "47"


def measure(ground: Ground) -> list[Result]:
    """The employers of the country, brought to 100,000; pyqtgraph is imported before, as with the second chart."""
    import pyqtgraph

    application = window_application()
    pyqtgraph.setConfigOptions(antialias=True)
    figures = ground.figures()
    chart = of_size(branch_funnel(figures, Scope()), POINTS)
    painted = [_first_paint(application, chart, figures) for _turn in range(ground.repeats(TURNS) + 1)][1:]
    view = FunnelView(chart, figures.employers.name)
    _show(application, view)
    zoomed = list(_zooms(view, ground.repeats(STEPS)))
    hovered = list(_hovers(view, ground.repeats(STEPS)))
    view.close()
    plain = [_plain_scatter(application, chart) for _turn in range(max(2, ground.repeats(TURNS) // 4))]
    maps = [milliseconds(lambda: _heat_map(figures)) for _turn in range(ground.repeats(TURNS))]
    figures.snapshot.close()
    return [
        _held("funnel of 100,000 employers: first paint", painted, 100),
        _held("funnel of 100,000 employers: a step of zoom, painted", zoomed, 16),
        _held("funnel of 100,000 employers: a step of the mouse, painted", hovered, 16),
        Result(job="peer: pyqtgraph scatter of as many, first paint", samples=tuple(plain)),
        _held("heat map of a division: worked out", maps, 100),
    ]


def of_size(chart: FunnelChart, points: int) -> FunnelChart:
    """The chart with exactly so many points: its own, spread evenly over them, or said again until there are enough."""
    places = np.linspace(0, len(chart.n), points, endpoint=False).astype(np.int64)
    whole = (np.frombuffer(values, np.int64) for values in (chart.n, chart.verdict))
    n, verdict = (array("q", np.ascontiguousarray(values[places]).tobytes()) for values in whole)
    rate = array("d", np.frombuffer(chart.rate, np.float64)[places].tobytes())
    unit = array("q", np.frombuffer(chart.unit, np.int64)[places].tobytes())
    return replace(chart, n=n, rate=rate, verdict=verdict, unit=unit)


def _held(job: str, samples: list[float], at_most: float) -> Result:
    return Result(job=job, samples=tuple(samples), limits=(Limit(statistic="median", at_most=at_most),))


def _show(application: QApplication, widget: Any) -> None:
    widget.resize(WIDTH, HEIGHT)
    widget.show()
    application.processEvents()


def _first_paint(application: QApplication, chart: FunnelChart, figures: Figures) -> float:
    made: list[FunnelView] = []

    def work() -> None:
        made.append(FunnelView(chart, figures.employers.name))
        _show(application, made[0])

    taken = milliseconds(work)
    made[0].close()
    made[0].deleteLater()
    application.processEvents()
    return taken


def _zooms(view: FunnelView, steps: int) -> Iterator[float]:
    def step(turn: int) -> None:
        view.zoom_in() if turn % 8 < 4 else view.zoom_out()
        view.plot_viewport().repaint()

    for turn in range(steps):
        yield milliseconds(lambda turn=turn: step(turn))  # type: ignore[misc]


def _hovers(view: FunnelView, steps: int) -> Iterator[float]:
    viewport, none = view.plot_viewport(), Qt.MouseButton.NoButton

    def step(turn: int) -> None:
        at = QPointF(80 + turn * 7 % (WIDTH - 240), 60 + turn * 13 % (HEIGHT - 160))
        held = Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(QEvent.Type.MouseMove, at, viewport.mapToGlobal(at), none, none, held)
        QApplication.sendEvent(viewport, event)
        viewport.repaint()

    for turn in range(steps):
        yield milliseconds(lambda turn=turn: step(turn))  # type: ignore[misc]


def _plain_scatter(application: QApplication, chart: FunnelChart) -> float:
    import pyqtgraph

    made: list[Any] = []

    def work() -> None:
        plot = pyqtgraph.PlotWidget()
        made.append(plot)
        n, rate = np.frombuffer(chart.n, np.int64), np.frombuffer(chart.rate, np.float64)
        plot.addItem(pyqtgraph.ScatterPlotItem(x=n, y=rate, size=8, symbol="o"))
        _show(application, plot)

    taken = milliseconds(work)
    made[0].close()
    made[0].deleteLater()
    application.processEvents()
    return taken


def _heat_map(figures: Figures) -> None:
    scope = Scope(branches=(DIVISION,))
    results_map(figures, scope, cross_tally(figures, scope))

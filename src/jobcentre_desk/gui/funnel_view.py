"""Draws a `FunnelChart`: points as the badge's marks, mouse or arrow keys name one, a rectangle selects many."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QRubberBand, QVBoxLayout, QWidget

from jobcentre_desk.gui.chart_axes import pen, plot_widget
from jobcentre_desk.gui.funnel_layers import HIGH, LOW, draw_layers, name_axes
from jobcentre_desk.gui.funnel_points import (
    MARKS_UP_TO,
    FunnelPoints,
    Window,
    crowd_image,
    inside,
    nearest,
    step_from,
)
from jobcentre_desk.gui.funnel_scatter import add_marks, label, rings
from jobcentre_desk.gui.theme import theme_of
from jobcentre_desk.model.comparison_charts import FunnelChart
from jobcentre_desk.text import count
from jobcentre_desk.text import translate_plural as _n

_ZOOM = 1.6
_FEWEST_SHOWN = 10.0
_MOST_NAMED = 8
"""Names written beside the rings of the shortlist; more would lie over one another."""
_CLOSE, _WIDE = 0.05, 0.25
"""Shares of height and width within which a second name would lie over the first."""
_WAYS = {
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class FunnelView(QWidget):
    """`pointed` carries the unit under the mouse or the keys (None = none), `selected` all that are chosen.

    `opened` wants the page of a unit (Enter), `listed` wants the chosen ones on the shortlist (L), `zoomed` tells up
    to which number is shown and how many units lie beyond. `name_of` gives the name of a unit.
    """

    pointed = Signal(object)
    selected = Signal(tuple)
    opened = Signal(object)
    listed = Signal(tuple)
    zoomed = Signal(float, int)

    def __init__(self, chart: FunnelChart, name_of: Callable[[int], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart, self._name_of = chart, name_of
        self.points = FunnelPoints.of(chart)
        self._largest = float(max(self.points.n.max(initial=0) * 1.02, _FEWEST_SHOWN))
        self._to = self._largest
        self._place: int | None = None
        self._chosen: tuple[int, ...] = ()
        self._pressed: QPoint | None = None
        self._cursor_items: list[Any] = []
        self._chosen_items: list[Any] = []
        self.setAccessibleName(chart.sentence)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()

    # What others ask

    def chosen(self) -> tuple[int, ...]:
        """The units selected."""
        return self._chosen

    def unit_pointed_at(self) -> int | None:
        """The unit under the mouse or the keys."""
        return None if self._place is None else int(self.points.unit[self._place])

    def plot_viewport(self) -> QWidget:
        """What the mouse moves over."""
        viewport: QWidget = self._plot.viewport()
        return viewport

    def place(self) -> int | None:
        """Where among the points the cursor stands."""
        return self._place

    def shown_to(self) -> float:
        """Up to which number the plot reaches."""
        return self._to

    def choose(self, units: Iterable[int]) -> None:
        """Select these units."""
        self._choose_places(self.points.places_of(units).tolist())

    def words_at(self, place: int) -> str:
        """The name of a point, and how many others share its spot."""
        name = self._name_of(int(self.points.unit[place]))
        others = int(self.points.count[self.points.spot_of[place]]) - 1
        if not others:
            return name
        told = _n("{name} and {n} other", "{name} and {n} others", others)
        return told.format(name=name, n=count(others))

    def zoom(self, factor: float) -> None:
        """Show fewer (factor above 1) or more of the numbers; all at the most."""
        self._to = min(self._largest, max(_FEWEST_SHOWN, self._to / factor))
        self._show_range()

    def zoom_in(self) -> None:
        """One step nearer."""
        self.zoom(_ZOOM)

    def zoom_out(self) -> None:
        """One step back."""
        self.zoom(1 / _ZOOM)

    def window_of(self) -> Window:
        """What is shown where, in pixels of the plot."""
        box = self._plot.getViewBox().sceneBoundingRect()
        (n_low, n_high), (low, high) = self._plot.getViewBox().viewRange()
        return Window(box.left(), box.top(), max(1.0, box.width()), max(1.0, box.height()), n_low, n_high, low, high)

    def sizeHint(self) -> QSize:
        return QSize(640, 420)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 220)

    # Building

    def _build(self) -> None:
        theme = theme_of(self)
        self._plot = plot_widget(theme, self)
        self._plot.getPlotItem().showAxis("right")
        axis = self._plot.getAxis("right")
        left = self._plot.getAxis("left")
        axis.setPen(pen(theme.base, 1))
        axis.setTickPen(pen(theme.base, 1))
        axis.setTextPen(theme.text2)
        axis.setStyle(tickLength=0, tickFont=left.style["tickFont"], tickTextOffset=4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._plot)
        draw_layers(self._plot, self._chart, theme)
        self._crowd: Any = None
        if len(self.points) > MARKS_UP_TO:
            self._crowd = self._add_crowd()
        else:
            add_marks(self._plot, self.points, theme)
        self._mark_listed()
        viewport = self._plot.viewport()
        viewport.setMouseTracking(True)
        viewport.installEventFilter(self)
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, viewport)
        self._show_range()

    def _add_crowd(self) -> Any:
        import pyqtgraph

        crowd = pyqtgraph.ImageItem(axisOrder="row-major")
        crowd.setZValue(5)
        self._plot.addItem(crowd, ignoreBounds=True)
        self._plot.getViewBox().sigResized.connect(lambda _box: self._paint_crowd())
        return crowd

    def _mark_listed(self) -> None:
        theme = theme_of(self)
        listed = [outlier for outlier in self._chart.named if outlier.listed]
        rings(self._plot, [(one.n, one.rate) for one in listed], pen(theme.accent, 1.8))
        named: list[tuple[float, float]] = []
        for one in listed[:_MOST_NAMED]:
            at = (one.n / self._largest, one.rate)
            if all(abs(at[1] - rate) > _CLOSE or abs(at[0] - n) > _WIDE for n, rate in named):
                label(self._plot, one.name, (one.n, one.rate), theme.accent, theme, to=self._largest)
                named.append(at)

    def _show_range(self) -> None:
        box = self._plot.getViewBox()
        box.setRange(xRange=(-0.008 * self._to, self._to), yRange=(LOW, HIGH), padding=0, disableAutoRange=True)
        name_axes(self._plot, self._chart, self._to)
        self._paint_crowd()
        self.zoomed.emit(self._to, int((self.points.n > self._to).sum()))

    def _paint_crowd(self) -> None:
        if self._crowd is None:
            return
        window, scale = self.window_of(), self.devicePixelRatioF()
        pixels = crowd_image(self.points, window, theme_of(self), scale=scale)
        self._crowd.setImage(pixels[::-1], autoLevels=False, levels=None)
        box = QRectF(window.n_low, window.rate_low, window.n_high - window.n_low, window.rate_high - window.rate_low)
        self._crowd.setRect(box)

    # Pointing and choosing

    def point_at(self, place: int | None) -> None:
        """Put the cursor on the point at `place` among the points, or on none."""
        if place == self._place:
            return
        self._place = place
        self._clear(self._cursor_items)
        if place is not None:
            theme, at = theme_of(self), (float(self.points.n[place]), float(self.points.rate[place]))
            name = self.words_at(place)
            self._cursor_items += rings(self._plot, [at], pen(theme.text, 1.6))
            self._cursor_items.append(label(self._plot, name, at, theme.text, theme, to=self._to))
            self.setAccessibleDescription(name)
        self.pointed.emit(self.unit_pointed_at())

    def _choose_places(self, places: list[int]) -> None:
        theme = theme_of(self)
        self._clear(self._chosen_items)
        self._chosen = tuple(int(self.points.unit[place]) for place in places)
        at = [(float(self.points.n[place]), float(self.points.rate[place])) for place in places]
        self._chosen_items += rings(self._plot, at, pen(theme.text, 1.4, (2.0, 2.0)))
        self.selected.emit(self._chosen)

    def _clear(self, items: list[Any]) -> None:
        for item in items:
            self._plot.removeItem(item)
        items.clear()

    # Mouse and keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The mouse over the plot."""
        if isinstance(event, QWheelEvent):
            return self._on_wheel(event)
        if isinstance(event, QMouseEvent):
            return self._on_mouse(event)
        if event.type() == QEvent.Type.Leave:
            self.point_at(None)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _WAYS:
            self.point_at(step_from(self.points, self.window_of(), self._place, _WAYS[key]))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._place is not None:
            self.opened.emit(self.unit_pointed_at())
        elif key == Qt.Key.Key_Space and self._place is not None:
            self._toggle(self._place)
        elif key == Qt.Key.Key_L:
            self._ask_for_list()
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Minus}:
            self.zoom(_ZOOM if key == Qt.Key.Key_Plus else 1 / _ZOOM)
        elif key == Qt.Key.Key_Escape and self._chosen:
            self._choose_places([])
        else:
            super().keyPressEvent(event)

    def _ask_for_list(self) -> None:
        unit = self.unit_pointed_at()
        wanted = self._chosen or (() if unit is None else (unit,))
        if wanted:
            self.listed.emit(wanted)

    def _toggle(self, place: int) -> None:
        unit = int(self.points.unit[place])
        kept = [one for one in self._chosen if one != unit]
        self.choose(kept if unit in self._chosen else [*kept, unit])

    def _on_wheel(self, event: QWheelEvent) -> bool:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(_ZOOM if event.angleDelta().y() > 0 else 1 / _ZOOM)
            return True
        event.ignore()
        return False

    def _on_mouse(self, event: QMouseEvent) -> bool:
        at = event.position()
        if event.type() == QEvent.Type.MouseMove and self._pressed is not None:
            self._band.setGeometry(QRect(self._pressed, at.toPoint()).normalized())
            self._band.setVisible(self._is_dragged(at.toPoint()))
        elif event.type() == QEvent.Type.MouseMove:
            self.point_at(nearest(self.points, self.window_of(), at.x(), at.y()))
        elif event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = at.toPoint()
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        elif event.type() == QEvent.Type.MouseButtonRelease and self._pressed is not None:
            self._on_released(at.toPoint(), adds=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif event.type() == QEvent.Type.MouseButtonDblClick and self._place is not None:
            self.opened.emit(self.unit_pointed_at())
        return True

    def _on_released(self, at: QPoint, *, adds: bool) -> None:
        pressed, self._pressed = self._pressed, None
        self._band.hide()
        assert pressed is not None, "a release follows a press"
        if (at - pressed).manhattanLength() > QPoint(4, 4).manhattanLength():
            box = QRectF(QRect(pressed, at).normalized())
            places = inside(self.points, self.window_of(), box).tolist()
        else:
            place = nearest(self.points, self.window_of(), at.x(), at.y())
            places = [] if place is None else self.points.on_spot(place).tolist()
        kept = self.points.places_of(self._chosen).tolist() if adds else []
        self._choose_places(sorted({*kept, *places}))

    def _is_dragged(self, at: QPoint) -> bool:
        return self._pressed is not None and (at - self._pressed).manhattanLength() > QPoint(4, 4).manhattanLength()

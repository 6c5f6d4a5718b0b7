"""Paints a rate with its interval on the scale 0 to 100 %: one function for table, pane, page and tooltip."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from jobcentre_desk.gui.theme import Theme, scaled, theme_of
from jobcentre_desk.model.charts import IntervalBar
from jobcentre_desk.model.outcomes import State, Verdict

SIDE = 5
"""Free px left and right of the scale, so that ticks and points at 0 and 100 % stay whole."""

_TICKS_FROM = 70
_TRACK_OPACITY = 0.55
_BAR_HEIGHT = 6.0
_POINT_WIDTH, _POINT_HEIGHT = 3.0, 12.0
_DASHES = (2.5 / 1.5, 2 / 1.5)


def scale_position(rect: QRect | QRectF, fraction: float) -> float:
    """Where a rate of `fraction` lies in a column or widget of `rect`."""
    box = QRectF(rect)
    return box.left() + SIDE + max(0.0, min(1.0, fraction)) * (box.width() - 2 * SIDE)


def draw_interval(painter: QPainter, rect: QRect | QRectF, bar: IntervalBar, theme: Theme) -> None:
    """Paint track, interval, reference and point of `bar` in the middle of `rect`; nothing when there is no rate."""
    if bar.value is None or bar.state is not State.KNOWN:
        return
    box = QRectF(rect)
    painter.save()
    draw_track(painter, box, theme)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw_limits(painter, box, bar, theme)
    if bar.reference is not None:
        draw_reference(painter, box, scale_position(box, bar.reference), theme)
    _draw_point(painter, box, bar.value, theme)
    painter.restore()


def draw_track(painter: QPainter, rect: QRect | QRectF, theme: Theme) -> None:
    """Paint the empty scale; a narrow one goes without ticks.

    Filled rectangles: lines of a translucent pen took 0.8 ms a row.
    """
    box = QRectF(rect)
    middle = round(box.center().y())
    start, half, end = (int(scale_position(box, fraction)) for fraction in (0, 0.5, 1))
    colour = QColor(theme.edge)
    colour.setAlphaF(_TRACK_OPACITY)
    painter.fillRect(start, middle, end - start + 1, 1, colour)
    if box.width() >= _TICKS_FROM:
        for tick in (start, half, end):
            painter.fillRect(tick, middle - 3, 1, 3, colour)
            painter.fillRect(tick, middle + 1, 1, 3, colour)


def verdict_colour(verdict: Verdict, theme: Theme) -> QColor:
    """The colour of an interval: grey unless it differs from its reference by more than chance."""
    return {Verdict.ABOVE: theme.above, Verdict.BELOW: theme.below}.get(verdict, theme.interval)


def _draw_limits(painter: QPainter, box: QRectF, bar: IntervalBar, theme: Theme) -> None:
    if bar.low is None or bar.high is None:
        return
    left, right = scale_position(box, bar.low), scale_position(box, bar.high)
    top = round(box.center().y()) + 0.5 - _BAR_HEIGHT / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(verdict_colour(bar.verdict, theme))
    painter.drawRoundedRect(QRectF(left, top, max(right - left, 1.0), _BAR_HEIGHT), 1.5, 1.5)


def draw_reference(painter: QPainter, rect: QRectF, position: float, theme: Theme) -> None:
    """Paint the dashed line of the reference over the height of `rect` less 4."""
    top, bottom = rect.top() + 2, rect.bottom() - 2
    middle = rect.center().y()
    reach = min((bottom - top) / 2, 14.0)
    line = QLineF(position, middle - reach, position, middle + reach)
    painter.setPen(QPen(theme.base, 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawLine(QLineF(position, middle - _BAR_HEIGHT / 2 - 1, position, middle + _BAR_HEIGHT / 2 + 1))
    pen = QPen(theme.text, 1.5, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
    pen.setDashPattern(list(_DASHES))
    painter.setPen(pen)
    painter.drawLine(line)


def _draw_point(painter: QPainter, box: QRectF, value: float, theme: Theme) -> None:
    middle = round(box.center().y()) + 0.5
    left = round(scale_position(box, value)) - 1.0
    point = QRectF(left, middle - _POINT_HEIGHT / 2, _POINT_WIDTH, _POINT_HEIGHT)
    painter.fillRect(point.adjusted(-1, 0, 1, 0), theme.base)
    painter.fillRect(point, theme.text)


class IntervalBarView(QWidget):
    """One interval bar as a widget; `words` tell it to a screen reader."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar: IntervalBar | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(108, scaled(22))

    def minimumSizeHint(self) -> QSize:
        return QSize(56, scaled(22))

    def show_bar(self, bar: IntervalBar | None, words: str = "") -> None:
        """Show another bar, or nothing."""
        self._bar = bar
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - the whole bar is painted each time
        if self._bar is not None:
            painter = QPainter(self)
            draw_interval(painter, self.rect(), self._bar, theme_of(self))
            painter.end()

"""The points of a funnel in pixels: where each lies, which is nearest, and one picture of them all.

Up to `MARKS_UP_TO` points are drawn as marks; more become one image, painted with numpy: the crowd that cannot be told
apart as a density, everyone outside the limits as the same mark as ever on top of it (100,000 points in some 20 ms,
where a scatter of items takes 280-860 ms).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from jobcentre_desk.gui.mark_painter import draw_mark
from jobcentre_desk.gui.theme import Theme
from jobcentre_desk.model.comparison_charts import FunnelChart

MARKS_UP_TO = 2_000
NEAR = 9.0
"""Pixels from the mouse within which a point is meant."""
MARK = 10
_HALF_COVERED = 100
_FAINTEST, _EACH_DOUBLING, _STRONGEST = 70, 42, 235
"""Opacity of one point in the crowd, what doubling it adds, and the most."""

_LARGEST_TABLE = 4_000_000
"""With more possible spots than this sorting is quicker than a table of all of them."""
_MARKED_SPOTS = 2_500
"""Up to so many spots the crowd is drawn as rings, too, fainter where fewer share one."""

Floats = NDArray[np.float64]
Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class FunnelPoints:
    """Every point (n, rate, verdict, unit), and the spots they lie on: employers with the same x of n share one.

    `spot_of` gives the spot of each point; `count` and `first` tell of a spot how many points it has and which is the
    first. 166,000 employers lie on some 4,000 spots, so that whatever is worked out per spot is quick.
    """

    n: Floats
    rate: Floats
    verdict: NDArray[np.int64]
    unit: NDArray[np.int64]
    spot_of: NDArray[np.intp]
    count: NDArray[np.intp]
    first: NDArray[np.intp]

    @classmethod
    def of(cls, chart: FunnelChart) -> FunnelPoints:
        """The points of a chart."""
        n, verdict, unit = (np.frombuffer(values, np.int64) for values in (chart.n, chart.verdict, chart.unit))
        rate = np.frombuffer(chart.rate, np.float64)
        spot_of, count = _spots(n, np.rint(rate * n).astype(np.int64))
        first = np.zeros(len(count), dtype=np.intp)
        first[spot_of[::-1]] = np.arange(len(n))[::-1]
        return cls(n.astype(np.float64), rate, verdict, unit, spot_of, count, first)

    def __len__(self) -> int:
        return len(self.unit)

    def places_of(self, units: Any) -> NDArray[np.intp]:
        """Where some units stand among the points; those that are not there are left out."""
        return np.flatnonzero(np.isin(self.unit, list(units)))

    def on_spot(self, place: int) -> NDArray[np.intp]:
        """The places of all points on the spot of one."""
        return np.flatnonzero(self.spot_of == self.spot_of[place])


def _spots(n: NDArray[np.int64], x: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """By point the number of its spot, and by spot how many points it has."""
    side = int(n.max(initial=0)) + 1
    key = n * side + x
    if side * side > _LARGEST_TABLE:
        _keys, spot_of, count = np.unique(key, return_inverse=True, return_counts=True)
        return spot_of, count
    counts = np.bincount(key, minlength=1)
    number = np.cumsum(counts > 0) - 1
    return number.take(key), counts[counts > 0]


@dataclass(frozen=True, slots=True)
class Window:
    """What of the chart is shown where: the box in pixels, and the numbers and rates at its edges."""

    left: float
    top: float
    width: float
    height: float
    n_low: float
    n_high: float
    rate_low: float
    rate_high: float

    def x(self, n: Floats) -> Floats:
        """Pixels to the right of the widget's left edge."""
        return self.left + (n - self.n_low) / (self.n_high - self.n_low) * self.width

    def y(self, rate: Floats) -> Floats:
        """Pixels below the widget's top edge."""
        return self.top + (self.rate_high - rate) / (self.rate_high - self.rate_low) * self.height


def nearest(points: FunnelPoints, window: Window, x: float, y: float, *, within: float = NEAR) -> int | None:
    """The first point on the spot nearest to a pixel; those outside the limits win over the crowd beside them."""
    if not len(points):
        return None
    n, rate, told = _of_spots(points)
    away = np.hypot(window.x(n) - x, window.y(rate) - y) - 0.5 * told
    spot = int(np.argmin(away))
    return int(points.first[spot]) if away[spot] <= within and n[spot] <= window.n_high else None


def _of_spots(points: FunnelPoints) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Number, rate, and whether it lies outside the limits, by spot."""
    return points.n.take(points.first), points.rate.take(points.first), points.verdict.take(points.first) != 0


def inside(points: FunnelPoints, window: Window, box: QRectF) -> NDArray[np.intp]:
    """The places of the points within a rectangle of pixels."""
    x, y = window.x(points.n), window.y(points.rate)
    held = (x >= box.left()) & (x <= box.right()) & (y >= box.top()) & (y <= box.bottom())
    return np.flatnonzero(held & (points.n <= window.n_high))


def step_from(points: FunnelPoints, window: Window, place: int | None, way: tuple[int, int]) -> int | None:
    """The nearest spot to the right, left, above or below a point (`way` = (1, 0) ...), as its first point.

    Without a point to start from the largest one outside the limits.
    """
    n, rate, told = _of_spots(points)
    shown = np.flatnonzero(n <= window.n_high)
    if not len(shown):
        return None
    if place is None:
        return int(points.first[shown[np.lexsort((n[shown], told[shown]))[-1]]])
    dx = window.x(n[shown]) - window.x(points.n[place : place + 1])
    dy = window.y(rate[shown]) - window.y(points.rate[place : place + 1])
    along, across = dx * way[0] + dy * way[1], np.abs(dx * way[1]) + np.abs(dy * way[0])
    ahead = np.flatnonzero(along > NEAR_STEP)
    if not len(ahead):
        return place
    return int(points.first[shown[ahead[np.argmin(along[ahead] + 2 * across[ahead])]]])


NEAR_STEP = 0.5
"""Points less than half a pixel further on stand on the same spot."""


def crowd_image(points: FunnelPoints, window: Window, theme: Theme, *, scale: float = 1.0) -> Pixels:
    """All points of a window as the pixels of its box, RGBA from the top; `scale` is device pixels to one pixel."""
    width, height = max(1, round(window.width * scale)), max(1, round(window.height * scale))
    n, rate, _told = _of_spots(points)
    shown = n <= window.n_high
    x = ((window.x(n[shown]) - window.left) * scale).astype(np.int64)
    y = ((window.y(rate[shown]) - window.top) * scale).astype(np.int64)
    verdict, count = points.verdict.take(points.first)[shown], points.count[shown]
    pixels = np.zeros((height, width, 4), dtype=np.uint8)
    crowd = verdict == 0
    if np.count_nonzero(crowd) <= _MARKED_SPOTS:
        ring = _stamp_of("cannot_tell", theme.same, theme, scale, edge=False)
        _stamp(pixels, x[crowd], y[crowd], ring, opacity=_opacity(count[crowd]))
    else:
        _paint_density(pixels, x[crowd], y[crowd], count[crowd], colour=theme.same, dot=max(2, round(2 * scale)))
    for side, name, colour in ((-1, "below", theme.below), (1, "above", theme.above)):
        _stamp(pixels, x[verdict == side], y[verdict == side], _stamp_of(name, colour, theme, scale))
    return pixels


def _opacity(count: NDArray[Any]) -> NDArray[np.uint8]:
    opacity: Pixels = np.minimum(_FAINTEST + _EACH_DOUBLING * np.log2(count), _STRONGEST).astype(np.uint8)
    return opacity


def _paint_density(
    pixels: Pixels,
    x: NDArray[np.int64],
    y: NDArray[np.int64],
    count: NDArray[np.intp],
    *,
    colour: QColor,
    dot: int,
) -> None:
    height, width = pixels.shape[:2]
    held = (x >= 0) & (x < width - dot) & (y >= 0) & (y < height - dot)
    spots = np.bincount(y[held] * width + x[held], count[held], height * width)
    some = np.flatnonzero(spots)
    opacity, flat = _opacity(spots[some]), pixels.reshape(-1, 4)
    for right in range(dot):
        for down in range(dot):
            at = some + down * width + right
            flat[at, :3] = (colour.red(), colour.green(), colour.blue())
            flat[at, 3] = np.maximum(flat[at, 3], opacity)


def _stamp_of(name: str, colour: QColor, theme: Theme, scale: float, *, edge: bool = True) -> Pixels:
    """A mark as pixels, with a thin edge of the ground around it unless others should show through."""
    return _drawn_stamp(name, colour.rgba(), theme.base.rgba() if edge else 0, scale)


@lru_cache(maxsize=32)
def _drawn_stamp(name: str, colour: int, edge: int, scale: float) -> Pixels:
    side = math.ceil(MARK * scale) + 2
    image = QImage(side, side, QImage.Format.Format_RGBA8888)
    image.fill(QColor(0, 0, 0, 0))
    painter = QPainter(image)
    for dx, dy in ((-1, 0), (1, 0), (0, -1), (0, 1)) if edge else ():
        draw_mark(painter, QRectF(1 + dx, 1 + dy, side - 2, side - 2), name, QColor.fromRgba(edge))
    draw_mark(painter, QRectF(1, 1, side - 2, side - 2), name, QColor.fromRgba(colour))
    painter.end()
    buffer = np.frombuffer(image.constBits(), np.uint8).reshape(side, image.bytesPerLine() // 4, 4)
    made: Pixels = buffer[:, :side].copy()
    return made


def _stamp(
    pixels: Pixels,
    x: NDArray[np.int64],
    y: NDArray[np.int64],
    stamp: Pixels,
    *,
    opacity: NDArray[np.uint8] | None = None,
) -> None:
    """Put a stamp at many places; of its pixels those that are half covered, later ones over earlier ones."""
    height, width = pixels.shape[:2]
    rows, columns = np.nonzero(stamp[..., 3] > _HALF_COVERED)
    half = stamp.shape[0] // 2
    at_y, at_x = y[:, None] + rows[None] - half, x[:, None] + columns[None] - half
    held = (at_y >= 0) & (at_y < height) & (at_x >= 0) & (at_x < width)
    at, flat = (at_y * width + at_x)[held], pixels.reshape(-1, 4)
    flat[at] = np.broadcast_to(stamp[rows, columns][None], (*at_y.shape, 4))[held]
    flat[at, 3] = 255 if opacity is None else np.broadcast_to(opacity[:, None], at_y.shape)[held]

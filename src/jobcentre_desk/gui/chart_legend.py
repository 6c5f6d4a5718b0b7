"""The legend under a chart: samples of marks, grounds and lines with their words, on as many lines as they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from jobcentre_desk.gui.mark_painter import MARK_SIZE, draw_mark
from jobcentre_desk.gui.theme import TypeRole, font, scaled, theme_of

_GAP, _AFTER, _LINE = 6, 18, 24


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendKey:
    """One sample: a mark, grounds side by side, a ring, or a line (dashes in px, () = whole); and its words."""

    words: str
    colour: QColor
    mark: str = ""
    grounds: tuple[QColor, ...] = ()
    ring: bool = False
    line: tuple[float, ...] | None = None
    strong: bool = False


class ChartLegend(QWidget):
    """Paints its keys one after the other, wrapped to the width it is given."""

    def __init__(self, keys: Sequence[LegendKey], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = tuple(keys)
        self.setAccessibleName(", ".join(key.words for key in keys))
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._height() * (1 + max((line for _key, line, _x in self._placed(width)), default=0))

    def sizeHint(self) -> QSize:
        return QSize(300, self.heightForWidth(max(300, self.width())))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for key, line, x in self._placed(self.width()):
            top = line * self._height()
            after = self._draw_sample(painter, key, x, top + self._height() / 2)
            painter.setFont(font(TypeRole.CAPTION_STRONG if key.strong else TypeRole.CAPTION))
            painter.setPen(key.colour if key.strong else theme_of(self).text2)
            room = QRectF(after + _GAP, top, self.width() - after - _GAP, self._height())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), key.words)
        painter.end()

    def _height(self) -> int:
        return scaled(20)

    def _placed(self, width: int) -> list[tuple[LegendKey, int, float]]:
        """Each key with its line and where it begins."""
        placed, x, line = [], 0.0, 0
        for key in self._keys:
            needed = self._width(key)
            if x and x + needed > width:
                x, line = 0.0, line + 1
            placed.append((key, line, x))
            x += needed + _AFTER
        return placed

    def _width(self, key: LegendKey) -> float:
        from PySide6.QtGui import QFontMetrics

        metrics = QFontMetrics(font(TypeRole.CAPTION_STRONG if key.strong else TypeRole.CAPTION))
        return _sample_width(key) + _GAP + metrics.horizontalAdvance(key.words) + 2

    def _draw_sample(self, painter: QPainter, key: LegendKey, x: float, middle: float) -> float:
        theme = theme_of(self)
        left = x
        for ground in key.grounds:
            painter.setPen(QPen(theme.line, 1))
            painter.setBrush(ground)
            painter.drawRect(QRectF(left + 0.5, middle - 6, 13, 12))
            left += 18
        if key.mark:
            draw_mark(painter, QRectF(left, middle - MARK_SIZE / 2, MARK_SIZE, MARK_SIZE), key.mark, key.colour)
        elif key.ring:
            painter.setPen(QPen(key.colour, 1.8))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(left + 7, middle), 6, 6)
        elif key.line is not None:
            line = QPen(key.colour, 1.4)
            line.setCapStyle(Qt.PenCapStyle.FlatCap)
            if key.line:
                line.setDashPattern([length / 1.4 for length in key.line])
            painter.setPen(line)
            painter.drawLine(QPointF(left, middle), QPointF(left + _LINE, middle))
        return x + _sample_width(key)


def _sample_width(key: LegendKey) -> float:
    grounds = 18.0 * len(key.grounds)
    if key.mark:
        return grounds + MARK_SIZE
    if key.ring:
        return grounds + 14
    return grounds + (_LINE if key.line is not None else 0) - (4 if key.grounds else 0)

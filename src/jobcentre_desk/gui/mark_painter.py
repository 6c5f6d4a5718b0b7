"""Paints the marks of `model.marks`; one cached path per mark, any size, any colour."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from jobcentre_desk.model.marks import BOX, MARKS, Circle, Close, Line, Move, Shape

MARK_SIZE = 12


@dataclass(frozen=True, slots=True)
class _Part:
    path: QPainterPath
    fill: bool
    pen: QPen


def draw_mark(painter: QPainter, rect: QRect | QRectF, mark_name: str, color: QColor) -> None:
    """Paint the mark in the middle of `rect`, as large as fits, in one colour; an unknown name is a KeyError."""
    box = QRectF(rect)
    scale = min(box.width(), box.height()) / BOX
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.center() - QPointF(BOX * scale / 2, BOX * scale / 2))
    painter.scale(scale, scale)
    for part in _parts(mark_name):
        _draw_part(painter, part, color)
    painter.restore()


def _draw_part(painter: QPainter, part: _Part, color: QColor) -> None:
    if part.fill:
        painter.fillPath(part.path, color)
        return
    pen = QPen(part.pen)
    pen.setColor(color)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(part.path)


@cache
def _parts(mark_name: str) -> tuple[_Part, ...]:
    return tuple(_Part(_path(shape), shape.fill, _pen(shape)) for shape in MARKS[mark_name])


def _pen(shape: Shape) -> QPen:
    pen = QPen(Qt.GlobalColor.black, shape.stroke or 1.0)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if shape.dash else Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if shape.dash:
        pen.setDashPattern([length / shape.stroke for length in shape.dash])
    return pen


def _path(shape: Shape) -> QPainterPath:
    path = QPainterPath()
    for step in shape.steps:
        match step:
            case Move(x, y):
                path.moveTo(x, y)
            case Line(x, y):
                path.lineTo(x, y)
            case Circle(x, y, radius):
                path.addEllipse(QPointF(x, y), radius, radius)
            case Close():
                path.closeSubpath()
    return path


class MarkView(QWidget):
    """One mark as a widget of fixed size; the word beside it tells its meaning to screen readers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._color = QColor()
        self.setFixedSize(MARK_SIZE, MARK_SIZE)

    def show_mark(self, mark_name: str, color: QColor) -> None:
        """Show another mark, or nothing for an empty name."""
        self._name, self._color = mark_name, color
        self.update()

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - the whole mark is painted each time
        if self._name:
            painter = QPainter(self)
            draw_mark(painter, self.rect(), self._name, self._color)
            painter.end()

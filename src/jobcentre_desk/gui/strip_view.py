"""Draws a `StripChart`: all municipalities on one scale a line, own marked, peers as rings, their middle as a bar."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from jobcentre_desk.gui.plain_tooltip import plain_tooltip
from jobcentre_desk.gui.theme import Theme, TypeRole, font, scaled, theme_of
from jobcentre_desk.model.charts import StripChart, StripRow
from jobcentre_desk.text import translate as _

_LABEL_WIDTH, _VALUE_WIDTH, _SIDE = 150, 112, 12
_LANE, _RING = 9.0, 4.5
_NEAR = 5.0


class StripView(QWidget):
    """The chart as a painted widget; the tooltip names the municipality under the mouse."""

    def __init__(self, chart: StripChart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart = chart
        self.setAccessibleName(chart.sentence)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(640, self._row_height() * len(self._chart.rows) + scaled(44))

    def minimumSizeHint(self) -> QSize:
        return QSize(420, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole chart is painted each time
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self)
        self._draw_axis(painter, theme)
        for number, row in enumerate(self._chart.rows):
            self._draw_row(painter, theme, row, self._row_middle(number))
        painter.end()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), plain_tooltip(self._name_at(event.pos().toPointF())), self)
            return True
        return super().event(event)

    def _name_at(self, at: QPointF) -> str:
        for number, row in enumerate(self._chart.rows):
            if abs(self._row_middle(number) - at.y()) <= self._row_height() / 2:
                near = [
                    (abs(self._x(value) - at.x()), name)
                    for value, name in (*row.peers, *row.others)
                    if abs(self._x(value) - at.x()) <= _NEAR
                ]
                return "\n".join(name for _gap, name in sorted(near)[:4])
        return ""

    def _row_height(self) -> int:
        return scaled(56)

    def _row_middle(self, number: int) -> float:
        free = max(0, self.height() - scaled(44) - self._row_height() * len(self._chart.rows))
        share = free / max(1, len(self._chart.rows))
        return (number + 0.5) * (self._row_height() + share)

    def _x(self, value: float) -> float:
        left, right = scaled(_LABEL_WIDTH) + _SIDE, self.width() - scaled(_VALUE_WIDTH) - _SIDE
        chart = self._chart
        return left + (value - chart.axis_low) / (chart.axis_high - chart.axis_low) * (right - left)

    def _draw_axis(self, painter: QPainter, theme: Theme) -> None:
        bottom = self.height() - scaled(40)
        painter.setFont(font(TypeRole.SMALL))
        for position, words in self._chart.axis_ticks:
            x = self._x(position)
            dashed = Qt.PenStyle.CustomDashLine if position == 0 else Qt.PenStyle.SolidLine
            line = QPen(theme.text if position == 0 else theme.line, 1.3 if position == 0 else 1, dashed)
            if position == 0:
                line.setDashPattern([3, 2])
            painter.setPen(line)
            painter.drawLine(QPointF(x, 4), QPointF(x, bottom))
            painter.setPen(theme.text2)
            painter.drawText(QRectF(x - 40, bottom + 2, 80, scaled(16)), Qt.AlignmentFlag.AlignHCenter, words)
        name = QRectF(0, bottom + scaled(22), self.width(), scaled(18))
        painter.drawText(name, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._chart.axis_name)
        if any(row.own is not None or row.peers for row in self._chart.rows):
            self._draw_legend(painter, theme, bottom + scaled(31))

    def _draw_legend(self, painter: QPainter, theme: Theme, y: float) -> None:
        x = 8.0
        for number, words in enumerate((_("own"), _("peers"), _("middle of the peers"), _("other municipalities"))):
            if number == 0:
                _draw_rhombus(painter, theme, QPointF(x, y))
            elif number == 1:
                painter.setBrush(theme.base)
                painter.setPen(QPen(theme.accent, 2))
                painter.drawEllipse(QPointF(x, y), _RING, _RING)
            else:
                painter.setPen(QPen(theme.accent, 2.5) if number == 2 else QPen(theme.interval, 1.2))
                painter.drawLine(QPointF(x, y - 6), QPointF(x, y + 6))
            painter.setPen(theme.text2)
            width = painter.fontMetrics().horizontalAdvance(words)
            painter.drawText(QRectF(x + 12, y - scaled(9), width + 2, scaled(18)), Qt.AlignmentFlag.AlignVCenter, words)
            x += 12 + width + 20

    def _draw_row(self, painter: QPainter, theme: Theme, row: StripRow, y: float) -> None:
        self._draw_words(painter, theme, row, y)
        painter.setPen(QPen(theme.interval, 1.2))
        for value, _place in row.others:
            painter.drawLine(QPointF(self._x(value), y - 5), QPointF(self._x(value), y + 5))
        if row.middle is not None:
            painter.setPen(QPen(theme.accent, 2.5))
            painter.drawLine(QPointF(self._x(row.middle), y - 11), QPointF(self._x(row.middle), y + 11))
        self._draw_peers(painter, theme, row, y)
        if row.own is not None:
            _draw_rhombus(painter, theme, QPointF(self._x(row.own), y))

    def _draw_peers(self, painter: QPainter, theme: Theme, row: StripRow, y: float) -> None:
        painter.setBrush(theme.base)
        painter.setPen(QPen(theme.accent, 2))
        former = None
        for value, _place in sorted(row.peers):
            x = self._x(value)
            overlaps = former is not None and x - former < 2 * _RING
            painter.drawEllipse(QPointF(x, y - _LANE if overlaps else y), _RING, _RING)
            former = None if overlaps else x

    def _draw_words(self, painter: QPainter, theme: Theme, row: StripRow, y: float) -> None:
        height, half = scaled(18), scaled(18)
        label = QRectF(0, y - half, scaled(_LABEL_WIDTH), height)
        value = QRectF(self.width() - scaled(_VALUE_WIDTH), y - half, scaled(_VALUE_WIDTH), height)
        lines: tuple[tuple[QRectF, str, Any, TypeRole, Any], ...] = (
            (label, row.label, Qt.AlignmentFlag.AlignLeft, TypeRole.BODY, theme.text),
            (label.translated(0, height), row.sublabel, Qt.AlignmentFlag.AlignLeft, TypeRole.CAPTION, theme.text2),
            (value, row.value_text, Qt.AlignmentFlag.AlignRight, TypeRole.STRONG, theme.text),
            (value.translated(0, height), row.note, Qt.AlignmentFlag.AlignRight, TypeRole.CAPTION, theme.text2),
        )
        for box, words, side, role, colour in lines:
            painter.setFont(font(role))
            painter.setPen(colour)
            painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, words)


def _draw_rhombus(painter: QPainter, theme: Theme, at: QPointF) -> None:
    path = QPainterPath(at + QPointF(0, -8))
    for corner in ((8, 0), (0, 8), (-8, 0)):
        path.lineTo(at + QPointF(*corner))
    path.closeSubpath()
    painter.setPen(QPen(theme.base, 1.5))
    painter.setBrush(theme.text)
    painter.drawPath(path)

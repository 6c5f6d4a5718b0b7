"""Draws an `IntervalChart`: groups of rates with their intervals on one scale, the badge beside each heading."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from jobcentre_desk.gui.badge import Badge
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.elided_label import ElidedLabel
from jobcentre_desk.gui.interval_bar import IntervalBarView, scale_position
from jobcentre_desk.gui.mark_painter import MarkView
from jobcentre_desk.gui.theme import TypeRole, font, scaled, theme_of
from jobcentre_desk.model.charts import IntervalBar, IntervalChart, IntervalGroup
from jobcentre_desk.model.outcomes import State

_LABEL, _VALUE, _BAR, _NOTE = range(4)
_WIDEST_LABEL = 230
_ROOMY = 3.2
"""In a scale narrower than so many times its longest number the middle one would run into it."""


class IntervalRows(QWidget):
    """The chart as rows: label, value, bar and the counts behind it."""

    def __init__(self, chart: IntervalChart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(chart.sentence)
        metrics = QFontMetrics(font(TypeRole.STRONG))
        words = (bar.label for group in chart.groups for bar in group.bars)
        widest = max((metrics.horizontalAdvance(label) for label in words), default=0) + 2
        self._label_width = min(widest, scaled(_WIDEST_LABEL))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(_BAR, 1)
        for number, group in enumerate(chart.groups):
            self._add_group(group, first=number == 0)
        row = self._grid.rowCount()
        self._grid.addWidget(ScaleNumbers(), row, _BAR)
        self._grid.setRowStretch(row + 1, 1)

    def _add_group(self, group: IntervalGroup, *, first: bool) -> None:
        row = self._grid.rowCount()
        if group.title:
            line = QHBoxLayout()
            line.setContentsMargins(0, 0 if first else 10, 0, 2)
            line.setSpacing(10)
            line.addWidget(plain_label(group.title, TypeRole.STRONG))
            if group.verdict is not None:
                badge = Badge()
                badge.show_verdict(group.verdict, group.verdict_text)
                line.addWidget(badge)
            line.addStretch(1)
            self._grid.addLayout(line, row, _LABEL, 1, 4)
            row += 1
        for bar in group.bars:
            self._add_bar(bar, row)
            row += 1

    def _add_bar(self, bar: IntervalBar, row: int) -> None:
        label = ElidedLabel(bar.label, TypeRole.STRONG if bar.own else TypeRole.BODY)
        label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        label.setFixedWidth(self._label_width)
        self._grid.addWidget(label, row, _LABEL)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if bar.state is not State.KNOWN or bar.value is None:
            self._add_blank(bar, row)
            return
        self._grid.addWidget(plain_label(bar.value_text, TypeRole.STRONG), row, _VALUE, right)
        view = IntervalBarView()
        view.show_bar(bar, f"{bar.label}: {bar.value_text}, {bar.note}")
        self._grid.addWidget(view, row, _BAR)
        self._grid.addWidget(plain_label(bar.note, TypeRole.CAPTION, quiet=True), row, _NOTE, right)

    def _add_blank(self, bar: IntervalBar, row: int) -> None:
        line = QHBoxLayout()
        line.setSpacing(6)
        if bar.state is not State.KNOWN:
            mark = MarkView()
            mark.show_mark(bar.state.value, theme_of(self).text2)
            line.addWidget(mark)
        words: QLabel = plain_label(bar.note or bar.value_text, TypeRole.BODY, quiet=True)
        words.setMinimumHeight(scaled(22))
        line.addWidget(words)
        line.addStretch(1)
        self._grid.addLayout(line, row, _VALUE, 1, 3)


class ScaleNumbers(QWidget):
    """The numbers 0, 50 and 100 % under the bars, at the very places the bars use."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(font(TypeRole.SMALL))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(120, self.fontMetrics().height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all numbers are painted each time
        painter = QPainter(self)
        painter.setPen(theme_of(self).text2)
        box = self.rect().toRectF()
        numbers = [(0.0, "0", "left"), (0.5, "50", "middle"), (1.0, "100 %", "right")]
        if box.width() < _ROOMY * self.fontMetrics().horizontalAdvance("100 %"):
            del numbers[1]
        for fraction, words, side in numbers:
            position = scale_position(box, fraction)
            width = self.fontMetrics().horizontalAdvance(words) + 2
            shift = {"left": 2.0, "middle": width / 2, "right": width - 2.0}[side]
            painter.drawText(QRectF(position - shift, 0, width, box.height()), Qt.AlignmentFlag.AlignLeft, words)
        painter.end()

"""Strip charts in a document: all municipalities on one scale, own and peers marked."""

from __future__ import annotations

from jobcentre_desk.documents import colours
from jobcentre_desk.documents.drawing import Pen
from jobcentre_desk.documents.fonts import SEMIBOLD
from jobcentre_desk.model.charts import StripChart, StripRow

AXIS_HEIGHT = 26.0
SMALL = 8.5


def draw_strip_chart(pen: Pen, chart: StripChart, *, width: float, height: float) -> None:
    """Draw `chart` into a box of `width` x `height` points; the rows share the height among them."""
    left, right = width * 0.27, width * 0.80
    row_height = (height - AXIS_HEIGHT) / max(1, len(chart.rows))

    def at(value: float) -> float:
        share = (value - chart.axis_low) / ((chart.axis_high - chart.axis_low) or 1.0)
        return left + (right - left) * min(1.0, max(0.0, share))

    for index, row in enumerate(chart.rows):
        middle = row_height * (index + 0.5)
        _draw_words(pen, row, middle, width=width, label_width=left - 10)
        pen.line((left, middle), (right, middle), colour=colours.LINE, width=0.7)
        others = [at(value) for value, _name in row.others]
        pen.ticks(others, middle - 4, middle + 4, colour=colours.INTERVAL, width=0.9)
        if row.middle is not None:
            pen.line((at(row.middle), middle - 8), (at(row.middle), middle + 8), colour=colours.TEXT, width=1.6)
        for value, _name in row.peers:
            pen.ring(at(value), middle, 3.2, colour=colours.ACCENT, width=1.4)
        if row.own is not None:
            pen.rhombus(at(row.own), middle, 11, colour=colours.TEXT)
    for value, label in chart.axis_ticks:
        pen.text(label, at(value), height - AXIS_HEIGHT + 10, size=SMALL, colour=colours.SECONDARY, anchor="middle")
    axis_name = (left + right) / 2
    pen.text(chart.axis_name, axis_name, height - 4, size=SMALL, colour=colours.SECONDARY, anchor="middle")


def _draw_words(pen: Pen, row: StripRow, middle: float, *, width: float, label_width: float) -> None:
    pen.text(row.label, 0, middle + (3.5 if not row.sublabel else -1), font=SEMIBOLD, width=label_width)
    pen.text(row.sublabel, 0, middle + 10, size=SMALL, colour=colours.SECONDARY, width=label_width)
    pen.text(row.value_text, width, middle + (3.5 if not row.note else -1), font=SEMIBOLD, anchor="end")
    pen.text(row.note, width, middle + 10, size=SMALL, colour=colours.SECONDARY, anchor="end", width=width * 0.19)

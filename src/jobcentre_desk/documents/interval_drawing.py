"""Interval charts in a document: groups of bars on one scale from 0 to 100 %, each with its numbers beside it."""

from __future__ import annotations

from dataclasses import dataclass

from jobcentre_desk.documents import colours
from jobcentre_desk.documents.drawing import Pen
from jobcentre_desk.documents.fonts import REGULAR, SEMIBOLD, text_width
from jobcentre_desk.model.charts import IntervalBar, IntervalChart, IntervalGroup
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.text import NO_BREAK_SPACE
from jobcentre_desk.text import translate as _

GROUP_GAP, AXIS_HEIGHT, LEGEND_HEIGHT = 5.0, 13.0, 16.0
TITLE_ROWS = 1.1
MARK_SIZE = 7.5


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns of a row lie, in points: label, value (right edge), track, note (right edge)."""

    label: float
    value: float
    track_left: float
    track_right: float
    note: float

    def at(self, rate: float) -> float:
        return self.track_left + (self.track_right - self.track_left) * min(1.0, max(0.0, rate))


def draw_interval_chart(pen: Pen, chart: IntervalChart, *, width: float, height: float) -> None:
    """Draw `chart` into a box of `width` x `height` points; the rows share the height among them."""
    label = _label_width(chart, width)
    columns = _Columns(label, label + width * 0.055, label + width * 0.082, width * 0.79, width)
    row = _row_height(chart, height)
    top = 0.0
    for group in chart.groups:
        if group.title:
            _draw_group_title(pen, group, top + row * TITLE_ROWS / 2)
            top += row * TITLE_ROWS
        for bar in group.bars:
            _draw_row(pen, bar, columns, top, row)
            top += row
        top += GROUP_GAP
    _draw_axis(pen, columns, top - GROUP_GAP)
    _draw_legend(pen, chart, top - GROUP_GAP + AXIS_HEIGHT + LEGEND_HEIGHT / 2)


def interval_chart_height(chart: IntervalChart, row: float) -> float:
    """The height in points of `chart` with rows of `row` points."""
    titles = sum(TITLE_ROWS for group in chart.groups if group.title)
    rows = sum(len(group.bars) for group in chart.groups)
    gaps = GROUP_GAP * max(0, len(chart.groups) - 1)
    return (titles + rows) * row + gaps + AXIS_HEIGHT + LEGEND_HEIGHT


def _label_width(chart: IntervalChart, width: float) -> float:
    """Room for the labels: a little more than a quarter of the width, and up to two fifths where they are long."""
    longest = max((text_width(bar.label, SEMIBOLD, 10) for group in chart.groups for bar in group.bars), default=0.0)
    return min(max(longest, width * 0.27), width * 0.4)


def _row_height(chart: IntervalChart, height: float) -> float:
    fixed = interval_chart_height(chart, 0.0)
    rows = (interval_chart_height(chart, 1.0) - fixed) or 1.0
    return (height - fixed) / rows


def _draw_group_title(pen: Pen, group: IntervalGroup, middle: float) -> None:
    written = pen.text(group.title, 0, middle + 3.5, font=SEMIBOLD)
    if group.verdict is None:
        return
    colour = colours.word_colour(group.verdict)
    pen.mark(group.verdict.value, written + 8, middle - MARK_SIZE / 2, MARK_SIZE, colour=colour)
    told_apart = colour != colours.CANNOT_TELL
    pen.text(group.verdict_text, written + 19, middle + 3.5, font=SEMIBOLD if told_apart else REGULAR, colour=colour)


def _draw_row(pen: Pen, bar: IntervalBar, columns: _Columns, top: float, row: float) -> None:
    middle = top + row / 2
    pen.text(bar.label, 0, middle + 3.5, font=SEMIBOLD if bar.own else REGULAR, width=columns.label)
    pen.text(bar.note, columns.note, middle + 3.2, size=9, colour=colours.SECONDARY, anchor="end")
    if bar.value is None:
        _draw_blank(pen, bar, columns, middle)
        return
    pen.text(bar.value_text, columns.value, middle + 3.5, font=SEMIBOLD, anchor="end")
    _draw_track(pen, columns, middle)
    _draw_interval(pen, bar, columns, middle, row)


def _draw_blank(pen: Pen, bar: IntervalBar, columns: _Columns, middle: float) -> None:
    """No interval, no bar: the mark of the state and its word; a dash where there are no cases at all."""
    if bar.state is State.KNOWN:
        pen.text(bar.value_text or "–", columns.value, middle + 3.5, colour=colours.TERTIARY, anchor="end")
        return
    pen.mark(bar.state.value, columns.track_left, middle - MARK_SIZE / 2, MARK_SIZE, colour=colours.SECONDARY)
    pen.text(bar.value_text, columns.track_left + 12, middle + 3.2, size=9, colour=colours.SECONDARY)


def _draw_track(pen: Pen, columns: _Columns, middle: float) -> None:
    pen.line((columns.track_left, middle), (columns.track_right, middle), colour="#B3BBC1", width=0.7)
    for tick in (0.0, 0.5, 1.0):
        pen.line((columns.at(tick), middle - 2), (columns.at(tick), middle + 2), colour="#B3BBC1", width=0.7)


def _draw_interval(pen: Pen, bar: IntervalBar, columns: _Columns, middle: float, row: float) -> None:
    if bar.low is not None and bar.high is not None:
        left, right = columns.at(bar.low), columns.at(bar.high)
        pen.bar(left, middle - 2.3, right - left, 4.6, colour=colours.bar_colour(bar.verdict), radius=1.1)
    if bar.reference is not None:
        x, reach = columns.at(bar.reference), row / 2 - 2
        pen.line((x, middle - reach), (x, middle + reach), colour=colours.PAPER, width=3)
        pen.line((x, middle - reach), (x, middle + reach), colour=colours.TEXT, width=1.1, dash=(1.9, 1.5))
    if bar.value is not None:
        x = columns.at(bar.value)
        pen.bar(x - 1.8, middle - 4.4, 3.6, 8.8, colour=colours.PAPER)
        pen.bar(x - 1.0, middle - 4.2, 2.0, 8.4, colour=colours.TEXT)


def _draw_axis(pen: Pen, columns: _Columns, top: float) -> None:
    pen.text("0", columns.track_left, top + 9, size=8.5, colour=colours.SECONDARY)
    pen.text("50", columns.at(0.5), top + 9, size=8.5, colour=colours.SECONDARY, anchor="middle")
    hundred = f"100{NO_BREAK_SPACE}%"
    pen.text(hundred, columns.track_right, top + 9, size=8.5, colour=colours.SECONDARY, anchor="end")


def _draw_legend(pen: Pen, chart: IntervalChart, middle: float) -> None:
    pen.bar(2, middle - 2.3, 32, 4.6, colour=colours.INTERVAL, radius=1.1)
    pen.bar(17, middle - 4.2, 2, 8.4, colour=colours.TEXT)
    share = _("share and its uncertainty (95 %)")
    pen.text(share, 42, middle + 3, size=8.5, colour=colours.SECONDARY)
    if not any(bar.reference is not None for group in chart.groups for bar in group.bars):
        return
    x = 42 + text_width(share, REGULAR, 8.5) + 18
    pen.line((x, middle - 6), (x, middle + 6), colour=colours.TEXT, width=1.1, dash=(1.9, 1.5))
    pen.text(chart.reference_name, x + 8, middle + 3, size=8.5, colour=colours.SECONDARY)

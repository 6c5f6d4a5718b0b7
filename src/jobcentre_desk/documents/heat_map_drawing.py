"""Heat maps in a document: coloured cells as vectors, hatched where hidden, empty where nobody was."""

from __future__ import annotations

from jobcentre_desk.documents import colours
from jobcentre_desk.documents.drawing import Pen
from jobcentre_desk.documents.fonts import REGULAR, SEMIBOLD, text_width
from jobcentre_desk.model.comparison_charts import HeatCell, HeatMap
from jobcentre_desk.model.outcomes import State, Verdict
from jobcentre_desk.text import translate as _

HEADER, LEGEND = 44.0, 16.0
ROW = 24.0
"""The height a row needs."""
_NAMES_SHARE, _SMALL, _MARK = 0.24, 7.5, 5.0
_HEADER_LINES = 4
_GROUNDS = {
    (Verdict.ABOVE, True): colours.ABOVE_STRONG,
    (Verdict.ABOVE, False): colours.ABOVE_TINT,
    (Verdict.BELOW, True): colours.BELOW_STRONG,
    (Verdict.BELOW, False): colours.BELOW_TINT,
}


def heat_map_height(chart: HeatMap) -> float:
    """The height in points at which `chart` reads well."""
    return HEADER + ROW * len(chart.rows) + LEGEND


def draw_heat_map(pen: Pen, chart: HeatMap, *, width: float, height: float) -> None:
    """Draw `chart` into a box of `width` x `height` points; the rows share what header and legend leave."""
    left = width * _NAMES_SHARE
    each = (width - left) / max(1, len(chart.columns))
    row = (height - HEADER - LEGEND) / max(1, len(chart.rows))
    for place, name in enumerate(chart.columns):
        _draw_column_name(pen, name, left + each * (place + 0.5), each - 4)
    for number, name in enumerate(chart.rows):
        top = HEADER + number * row
        strong = number in (chart.own_row, len(chart.rows) - 1)
        colour = colours.ACCENT if number == chart.own_row else colours.TEXT
        font = SEMIBOLD if strong else REGULAR
        pen.text(name, 0, top + row / 2 + 3, size=8.5, font=font, colour=colour, width=left - 8)
        for place, cell in enumerate(chart.cells[number]):
            _draw_cell(pen, cell, left + place * each, top, size=(each, row))
    _draw_legend(pen, height - 5)


def _draw_column_name(pen: Pen, name: str, middle: float, room: float) -> None:
    lines = wrapped_name(name, room)
    for number, line in enumerate(lines):
        baseline = HEADER - 6 - (len(lines) - 1 - number) * 9
        pen.text(
            line, middle, baseline, size=_SMALL, font=SEMIBOLD, colour=colours.SECONDARY, anchor="middle", width=room
        )


def wrapped_name(name: str, room: float) -> list[str]:
    """A name in at most four lines of `room` points; what is too long is cut when it is written."""
    lines: list[str] = []
    for word in name.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and (len(lines) == _HEADER_LINES or text_width(joined, SEMIBOLD, _SMALL) <= room):
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def _draw_cell(pen: Pen, cell: HeatCell, x: float, y: float, *, size: tuple[float, float]) -> None:
    width, height = size[0] - 1.2, size[1] - 1.2
    middle, centre = x + width / 2, y + height / 2
    ground = _GROUNDS.get((cell.verdict, cell.sure))
    if ground:
        pen.bar(x, y, width, height, colour=ground)
        pen.mark(cell.verdict.value, x + width - _MARK - 1.5, y + 1.5, _MARK, colour=colours.word_colour(cell.verdict))
    if cell.state is not State.KNOWN:
        pen.mark(cell.state.value, middle - 3.5, centre - (7 if cell.note else 3.5), 7, colour=colours.SECONDARY)
    elif cell.note:
        pen.text(cell.text, middle, centre, size=8.5, font=SEMIBOLD, anchor="middle")
    else:
        pen.text(cell.text, middle, centre + 3, size=8.5, colour=colours.TERTIARY, anchor="middle")
    if cell.note:
        pen.text(cell.note, middle, centre + 8.5, size=7, colour=colours.SECONDARY, anchor="middle", width=width)


def _draw_legend(pen: Pen, baseline: float) -> None:
    x = 0.0
    for grounds, verdict, words in (
        ((colours.ABOVE_STRONG, colours.ABOVE_TINT), Verdict.ABOVE, _("above the country (99.8 % · 95 %)")),
        ((colours.BELOW_TINT, colours.BELOW_STRONG), Verdict.BELOW, _("below the country (95 % · 99.8 %)")),
    ):
        for ground in grounds:
            pen.bar(x, baseline - 7, 9, 8, colour=ground)
            x += 11
        pen.mark(verdict.value, x, baseline - 6, 6, colour=colours.word_colour(verdict))
        x += 9 + pen.text(words, x + 9, baseline, size=_SMALL, colour=colours.SECONDARY) + 10
    pen.mark(State.HIDDEN.value, x, baseline - 6, 6, colour=colours.SECONDARY)
    x += 9 + pen.text(_("hidden"), x + 9, baseline, size=_SMALL, colour=colours.SECONDARY) + 10
    pen.text(_("– nobody"), x, baseline, size=_SMALL, colour=colours.SECONDARY)

"""The map of municipalities as tiles in a document: the classes, figures and rings of the screen, as vectors."""

from __future__ import annotations

from jobcentre_desk.documents import colours
from jobcentre_desk.documents.drawing import Pen
from jobcentre_desk.documents.fonts import REGULAR, SEMIBOLD, text_width
from jobcentre_desk.model.comparison_charts import Tile, TileMap
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.text import translate as _

LEGEND = 30.0
"""Points under the map for the classes and the rings."""
SMALL = 6.5
_LETTERS = 7.0
_NEUTRAL = ("#FFFFFF", "#F1F2F4", "#E3E6E8", "#D3D7DB", "#C2C8CD")
_JUDGED = {-2: colours.BELOW_STRONG, -1: colours.BELOW_TINT, 0: colours.PAPER, 1: colours.ABOVE_TINT}


def draw_tile_map(pen: Pen, chart: TileMap, *, width: float, height: float) -> None:
    """Draw `chart` into a box of `width` x `height` points, the legend in its last 30."""
    columns = max((tile.column for tile in chart.tiles), default=0) + 1
    rows = max((tile.row for tile in chart.tiles), default=0) + 1
    wide = min(width / columns, 34.0)
    high = (height - LEGEND) / rows
    left = (width - wide * columns) / 2
    ringed = sorted(chart.tiles, key=lambda tile: (tile.own, tile.peer))
    for tile in ringed:
        _draw_tile(pen, tile, left + tile.column * wide, tile.row * high, size=(wide, high), wanted=chart.wanted)
    _draw_legend(pen, chart, height - LEGEND + 6)


def ground_colour(step: int | None, wanted: int) -> str:
    """The ground of a class, as on the screen in light."""
    if step is None:
        return colours.PAPER
    return _NEUTRAL[step + 2] if wanted == 0 else _JUDGED.get(step * wanted, colours.ABOVE_STRONG)


def _draw_tile(pen: Pen, tile: Tile, x: float, y: float, *, size: tuple[float, float], wanted: int) -> None:
    width, height = size[0] - 1.2, size[1] - 1.2
    ring = colours.TEXT if tile.own else colours.ACCENT if tile.peer else colours.LINE
    edge = 1.8 if tile.own else 1.4 if tile.peer else 0.5
    pen.box(x, y, (width, height), ground=ground_colour(tile.step, wanted), edge=ring, width=edge)
    middle, name = x + width / 2, SEMIBOLD if tile.own or tile.peer else REGULAR
    pen.text(tile.letters, middle, y + height / 2 - 1, font=name, size=_LETTERS, anchor="middle")
    if tile.text:
        pen.text(tile.text, middle, y + height / 2 + SMALL, font=name, size=SMALL, anchor="middle")
    elif tile.state is not State.KNOWN:
        pen.mark(tile.state, middle - 3, y + height / 2, 6, colour=colours.SECONDARY)


def _draw_legend(pen: Pen, chart: TileMap, top: float) -> None:
    x = 0.0
    for number, words in enumerate(chart.classes):
        if words:
            x = _draw_key(pen, (x, top), words, edge=colours.LINE, ground=ground_colour(number - 2, chart.wanted))
    x = 0.0
    for words, colour in ((_("own"), colours.TEXT), (_("peers"), colours.ACCENT)):
        x = _draw_key(pen, (x, top + 12), words, edge=colour, ground=colours.PAPER)


def _draw_key(pen: Pen, at: tuple[float, float], words: str, *, edge: str, ground: str) -> float:
    x, top = at
    thick = 0.5 if edge == colours.LINE else 1.4
    pen.box(x, top, (13, 8), ground=ground, edge=edge, width=thick)
    pen.text(words, x + 17, top + 7, size=7.5, colour=colours.SECONDARY)
    return x + 17 + text_width(words, REGULAR, 7.5) + 10

"""Draws a `TileMap`: a tile for each municipality with letters and figure, own and peers ringed; keys walk over it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from jobcentre_desk.gui.mark_painter import draw_mark
from jobcentre_desk.gui.plain_tooltip import plain_tooltip
from jobcentre_desk.gui.theme import Theme, TypeRole, font, scaled, theme_of
from jobcentre_desk.model.comparison_charts import Tile, TileMap
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.text import translate as _

TILE_WIDTH, TILE_HEIGHT, LEAST_HEIGHT = 41, 38, 26
_GAP, _LEGEND = 2, 52
_OWN_RING, _PEER_RING = 2.8, 2.0
_NEUTRAL = (0.0, 0.1, 0.2, 0.32, 0.44)
"""How far the grounds of a measure without judgement lie between Base and the grey of intervals."""
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class TileMapView(QWidget):
    """The map as a painted widget; a click or Enter on a tile emits `municipality_chosen` with its code."""

    municipality_chosen = Signal(str)

    def __init__(self, chart: TileMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart = chart
        self._columns = max((tile.column for tile in chart.tiles), default=0) + 1
        self._rows = max((tile.row for tile in chart.tiles), default=0) + 1
        self.current = next((tile for tile in chart.tiles if tile.own), chart.tiles[0] if chart.tiles else None)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(f"{chart.title}. {chart.sentence}")
        self._tell_current()

    def sizeHint(self) -> QSize:
        return QSize(scaled(TILE_WIDTH) * self._columns + 2, scaled(TILE_HEIGHT) * self._rows + scaled(_LEGEND))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(TILE_WIDTH) * self._columns + 2, scaled(LEAST_HEIGHT) * self._rows + scaled(_LEGEND))

    def tile_at(self, at: QPointF) -> Tile | None:
        """The tile under a point, if there is one."""
        return next((tile for tile in self._chart.tiles if self._box(tile).contains(at)), None)

    def words_of(self, tile: Tile) -> str:
        """Name, figure and place in the comparison, as the tooltip and a screen reader say it."""
        from jobcentre_desk.desk.wording import state_word

        figure = tile.text or state_word(tile.state)
        mark = _("own") if tile.own else _("peer") if tile.peer else ""
        step = "" if tile.step is None else self._chart.classes[tile.step + 2]
        return ", ".join(part for part in (f"{tile.name}: {figure}", step, mark) if part)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        direction = _STEPS.get(Qt.Key(event.key()))
        if direction is not None and self.current is not None:
            self._move(*direction)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.municipality_chosen.emit(self.current.code)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        tile = self.tile_at(event.position())
        if tile is not None and event.button() == Qt.MouseButton.LeftButton:
            self.municipality_chosen.emit(tile.code)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.tile_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            tile = self.tile_at(event.pos().toPointF())
            QToolTip.showText(event.globalPos(), plain_tooltip(self.words_of(tile)) if tile else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole map is painted each time
        painter, theme = QPainter(self), theme_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for tile in self._chart.tiles:
            self._draw_tile(painter, theme, tile)
        for tile in self._chart.tiles:
            if tile.own or tile.peer:
                self._draw_ring(painter, theme, tile)
        if self.hasFocus() and self.current is not None:
            painter.setPen(QPen(theme.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._box(self.current).adjusted(4, 4, -4, -4), 2, 2)
        self._draw_legend(painter, theme)
        painter.end()

    # Moving

    def _move(self, right: int, down: int) -> None:
        """To the nearest tile that way: along the arrow first, what lies beside it counts double."""
        here = self.current
        assert here is not None
        ahead = [
            (along + 2 * beside, tile.code, tile)
            for tile in self._chart.tiles
            if (along := (tile.column - here.column) * right + (tile.row - here.row) * down) > 0
            and (beside := abs((tile.column - here.column) * down) + abs((tile.row - here.row) * right)) <= along + 1
        ]
        if ahead:
            self.current = min(ahead)[2]
            self._tell_current()
            self.update()

    def _tell_current(self) -> None:
        self.setAccessibleDescription(self.words_of(self.current) if self.current else "")

    # Painting

    def _size_of_tile(self) -> tuple[float, float]:
        width = min(self.width() / self._columns, scaled(TILE_WIDTH) * 1.3)
        height = min((self.height() - scaled(_LEGEND)) / self._rows, float(scaled(TILE_HEIGHT)))
        return width, height

    def _box(self, tile: Tile) -> QRectF:
        width, height = self._size_of_tile()
        left = (self.width() - width * self._columns) / 2
        return QRectF(left + tile.column * width, tile.row * height, width, height).adjusted(1, 1, 1 - _GAP, 1 - _GAP)

    def _draw_tile(self, painter: QPainter, theme: Theme, tile: Tile) -> None:
        box = self._box(tile)
        painter.setPen(QPen(theme.line, 1))
        painter.setBrush(ground_of(tile.step, self._chart.wanted, theme))
        painter.drawRoundedRect(box, 2, 2)
        upper, lower = QRectF(box), QRectF(box)
        upper.setBottom(box.center().y() + 1)
        lower.setTop(box.center().y() - 1)
        chosen = font(TypeRole.CAPTION_STRONG if tile.own or tile.peer else TypeRole.CAPTION)
        chosen.setPixelSize(scaled(11))
        painter.setFont(chosen)
        painter.setPen(theme.text)
        painter.drawText(upper, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, tile.letters)
        if tile.text:
            chosen.setPixelSize(scaled(10))
            painter.setFont(chosen)
            painter.drawText(lower, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, tile.text)
        elif tile.state is not State.KNOWN:
            side = float(scaled(10))
            draw_mark(painter, QRectF(lower.center().x() - side / 2, lower.top(), side, side), tile.state, theme.text2)

    def _draw_ring(self, painter: QPainter, theme: Theme, tile: Tile) -> None:
        painter.setPen(QPen(theme.text, _OWN_RING) if tile.own else QPen(theme.accent, _PEER_RING))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self._box(tile), 2, 2)

    def _draw_legend(self, painter: QPainter, theme: Theme) -> None:
        """The five classes with their cuts, and under them what the rings mean."""
        _width, height = self._size_of_tile()
        top = self._rows * height + scaled(8)
        x = 2.0
        painter.setFont(font(TypeRole.SMALL))
        for number, words in enumerate(self._chart.classes):
            if words:
                x = self._draw_key(painter, theme, (x, top), words, ground=number - 2)
        x, top = 2.0, top + scaled(22)
        for words, pen in ((_("own"), QPen(theme.text, _OWN_RING)), (_("peers"), QPen(theme.accent, _PEER_RING))):
            x = self._draw_key(painter, theme, (x, top), words, ring=pen)

    def _draw_key(
        self,
        painter: QPainter,
        theme: Theme,
        at: tuple[float, float],
        words: str,
        *,
        ground: int | None = None,
        ring: QPen | None = None,
    ) -> float:
        """One sample with its words; gives where the next one begins."""
        x, top = at
        painter.setPen(ring or QPen(theme.line, 1))
        painter.setBrush(theme.base if ground is None else ground_of(ground, self._chart.wanted, theme))
        painter.drawRoundedRect(QRectF(x + 0.5, top + 2, scaled(18), scaled(12)), 2, 2)
        painter.setPen(theme.text2)
        wide = painter.fontMetrics().horizontalAdvance(words)
        box = QRectF(x + scaled(18) + 5, top, wide + 2, scaled(16))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
        return x + scaled(18) + 5 + wide + 12


def ground_of(step: int | None, wanted: int, theme: Theme) -> QColor:
    """The ground of a class: tints of the wanted and unwanted side, or greys where nothing is wanted."""
    if step is None:
        return theme.base
    if wanted == 0:
        return _between(theme.base, theme.interval, _NEUTRAL[step + 2])
    side = step * wanted
    return {
        -2: theme.below_strong,
        -1: theme.below_tint,
        0: theme.base,
        1: theme.above_tint,
        2: theme.above_strong,
    }[side]


def _between(first: QColor, second: QColor, share: float) -> QColor:
    """The colour that lies `share` of the way from the first to the second."""
    ends = ((first.red(), second.red()), (first.green(), second.green()), (first.blue(), second.blue()))
    return QColor(*(round(a + (b - a) * share) for a, b in ends))

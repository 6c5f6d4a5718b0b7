"""Paints the cells of the employer table: names, numbers, places, intervals, badges and the kinds of blank."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from jobcentre_desk.gui.badge import badge_colours, mark_of
from jobcentre_desk.gui.employer_cells import NONE, EmployerCells
from jobcentre_desk.gui.employer_columns import NUMBERS, Column
from jobcentre_desk.gui.employer_look import STAR_SIZE, Look
from jobcentre_desk.gui.employer_table_model import EmployerTableModel
from jobcentre_desk.gui.icons import draw_icon
from jobcentre_desk.gui.interval_bar import draw_interval
from jobcentre_desk.gui.mark_painter import MARK_SIZE, draw_mark
from jobcentre_desk.gui.sparkline import draw_sparkline
from jobcentre_desk.model.outcomes import Verdict

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
GAP = 6
FITTED_KEPT = 4_000
Draw = Callable[[QPainter, QRect, EmployerCells, int], None]


class EmployerDelegate(QStyledItemDelegate):
    """One delegate for every column; `look` is set again when palette or text size change."""

    def __init__(self, table: QTableView, model: EmployerTableModel, look: Look) -> None:
        super().__init__(table)
        self._look = look
        self._table = table
        self._model = model
        self._fitted: dict[tuple[str, int, bool], str] = {}
        self._draw: dict[int, Draw] = {
            Column.NAME: self._draw_name,
            Column.BRANCH: self._draw_text,
            Column.MUNICIPALITY: self._draw_text,
            Column.RATE: self._draw_rate,
            Column.INTERVAL: self._draw_interval,
            Column.BADGE: self._draw_badge,
            **dict.fromkeys(NUMBERS, self._draw_number),
        }

    @property
    def look(self) -> Look:
        """Colours, fonts and measures painted with."""
        return self._look

    @look.setter
    def look(self, look: Look) -> None:
        self._look = look
        self._fitted.clear()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        row, column = index.row(), index.column()
        cells = self._model.cells(row)
        if cells is not None and column == Column.PLACE:
            self._draw_place(painter, rect, row)
        elif cells is not None and column == Column.TREND:
            draw_sparkline(painter, rect, self._model.trend_of(row), self.look.theme)
        elif cells is not None:
            self._draw[column](painter, rect, cells, column)
        elif row == self._model.line_row():
            self._draw_line(painter, rect)

    def _write(self, painter: QPainter, rect: QRect, words: str, color: QColor, alignment: Qt.AlignmentFlag) -> None:
        painter.setPen(color)
        painter.drawText(rect, int(alignment), words)

    def _fit(self, words: str, width: int, *, strong: bool) -> str:
        """`words` with an ellipsis where they are too wide; remembered, as shaping costs as much as painting."""
        key = (words, width, strong)
        fitted = self._fitted.get(key)
        if fitted is None:
            if len(self._fitted) > FITTED_KEPT:
                self._fitted.clear()
            metrics = self.look.strong_metrics if strong else self.look.body_metrics
            fitted = self._fitted[key] = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
        return fitted

    def _inside(self, rect: QRect) -> QRect:
        return rect.adjusted(self.look.padding, 0, -self.look.padding, 0)

    def _draw_place(self, painter: QPainter, rect: QRect, row: int) -> None:
        painter.setFont(self.look.body)
        self._write(painter, self._inside(rect), self._model.place_of(row), self.look.theme.text2, RIGHT)

    def _draw_name(self, painter: QPainter, rect: QRect, cells: EmployerCells, column: int) -> None:  # noqa: ARG002
        look, inside = self.look, self._inside(rect)
        starred = self._model.is_shortlisted(cells.row.cvr)
        room = inside.width() - (STAR_SIZE + GAP if starred else 0)
        name = self._fit(cells.row.name, room, strong=True)
        top = inside
        if self._model.two_lines:
            height = look.strong_metrics.height()
            top = QRect(inside.left(), inside.center().y() - height + 1, inside.width(), height)
            self._draw_second_line(painter, inside, cells)
        painter.setFont(look.strong)
        self._write(painter, top, name, look.theme.text, LEFT)
        if starred:
            left = top.left() + look.strong_metrics.horizontalAdvance(name) + GAP
            box = QRectF(left, top.center().y() - STAR_SIZE / 2, STAR_SIZE, STAR_SIZE)
            draw_icon(painter, "star-filled", box, look.theme.accent)

    def _draw_second_line(self, painter: QPainter, inside: QRect, cells: EmployerCells) -> None:
        look = self.look
        under = QRect(inside.left(), inside.center().y() + 1, inside.width(), look.caption_metrics.height())
        metrics = look.caption_metrics
        branch, area = cells.texts[Column.BRANCH], cells.texts[Column.MUNICIPALITY]
        after = f" · {area}" if branch and area else area
        room = inside.width() - metrics.horizontalAdvance(after)
        words = metrics.elidedText(branch, Qt.TextElideMode.ElideRight, max(room, 24)) + after
        painter.setFont(look.caption)
        self._write(painter, under, words, look.theme.text2, LEFT)

    def _draw_text(self, painter: QPainter, rect: QRect, cells: EmployerCells, column: int) -> None:
        look, inside = self.look, self._inside(rect)
        painter.setFont(look.body)
        words = self._fit(cells.texts[column], inside.width(), strong=False)
        self._write(painter, inside, words, look.theme.text2, LEFT)

    def _draw_number(self, painter: QPainter, rect: QRect, cells: EmployerCells, column: int) -> None:
        look, inside = self.look, self._inside(rect)
        words = cells.texts[column]
        if not words and cells.blank:
            box = QRect(inside.right() - MARK_SIZE, inside.center().y() - MARK_SIZE // 2, MARK_SIZE, MARK_SIZE)
            draw_mark(painter, box, cells.blank, look.theme.text2)
            return
        painter.setFont(look.body)
        self._write(painter, inside, words, look.theme.text, RIGHT)

    def _draw_rate(self, painter: QPainter, rect: QRect, cells: EmployerCells, column: int) -> None:
        if cells.reason:
            self._draw_reason(painter, rect, cells)
            return
        painter.setFont(self.look.strong)
        self._write(painter, self._inside(rect), cells.texts[column], self.look.theme.text, RIGHT)

    def _draw_interval(self, painter: QPainter, rect: QRect, cells: EmployerCells, column: int) -> None:  # noqa: ARG002
        if cells.reason:
            self._draw_reason(painter, rect, cells)
            return
        draw_interval(painter, rect, cells.bar, self.look.theme)

    def _draw_badge(self, painter: QPainter, rect: QRect, cells: EmployerCells, column: int) -> None:
        if cells.reason:
            self._draw_reason(painter, rect, cells)
            return
        look, inside = self.look, self._inside(rect)
        told = cells.badge in {Verdict.ABOVE, Verdict.BELOW}
        _ground, color = badge_colours(cells.badge, look.theme)
        self._draw_mark_and_words(painter, inside, mark_of(cells.badge), (cells.texts[column], color, told))

    def _draw_reason(self, painter: QPainter, rect: QRect, cells: EmployerCells) -> None:
        """A reason runs over the cells of rate, interval and badge; each of the three paints its part of it."""
        look = self.look
        left = self._table.columnViewportPosition(Column.RATE)
        end = self._table.columnViewportPosition(Column.BADGE) + self._table.columnWidth(Column.BADGE)
        painter.save()
        painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        run = self._inside(QRect(left, rect.top(), end - left, rect.height()))
        if cells.blank:
            self._draw_mark_and_words(painter, run, cells.blank, (cells.reason, look.theme.text2, False))
        else:
            painter.setFont(look.body)
            self._write(painter, run, f"{NONE} {cells.reason}", look.theme.text3, LEFT)
        painter.restore()

    def _draw_mark_and_words(
        self, painter: QPainter, inside: QRect, mark: str, words: tuple[str, QColor, bool]
    ) -> None:
        look = self.look
        label, color, strong = words
        draw_mark(painter, QRect(inside.left(), inside.center().y() - 5, MARK_SIZE, MARK_SIZE), mark, color)
        after = inside.adjusted(MARK_SIZE + GAP, 0, 0, 0)
        painter.setFont(look.strong if strong else look.body)
        self._write(painter, after, self._fit(label, after.width(), strong=strong), color, LEFT)

    def _draw_line(self, painter: QPainter, rect: QRect) -> None:
        look, (many, why) = self.look, self._model.line_text()
        painter.fillRect(rect, look.theme.alternate)
        inside = rect.adjusted(12, 0, -12, 0)
        painter.setFont(look.strong)
        self._write(painter, inside, many, look.theme.text, LEFT)
        painter.setFont(look.body)
        after = inside.adjusted(look.strong_metrics.horizontalAdvance(many) + 10, 0, 0, 0)
        self._write(painter, after, why, look.theme.text2, LEFT)

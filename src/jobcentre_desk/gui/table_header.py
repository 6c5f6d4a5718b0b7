"""The header of the employer table: headings at the bottom over a strong line, and the scale over the intervals."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from jobcentre_desk.gui.employer_columns import RIGHT, Column
from jobcentre_desk.gui.employer_look import Look
from jobcentre_desk.gui.interval_bar import scale_position
from jobcentre_desk.text import percent


class TableHeader(QHeaderView):
    """Paints its sections itself; `look` is set again when palette or text size change."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.look = look
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(40)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.look.header_height())

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's own name
        painter.save()
        painter.fillRect(rect, self.look.theme.base)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), self.look.theme.edge)
        if logicalIndex == Column.INTERVAL:
            self._draw_scale(painter, rect)
        else:
            self._draw_heading(painter, rect, logicalIndex)
        painter.restore()

    def _draw_heading(self, painter: QPainter, rect: QRect, section: int) -> None:
        look = self.look
        lines = str(self.model().headerData(section, Qt.Orientation.Horizontal)).split("\n")
        side = Qt.AlignmentFlag.AlignRight if section in RIGHT else Qt.AlignmentFlag.AlignLeft
        inside = rect.adjusted(look.padding, 0, -look.padding, -5)
        painter.setPen(look.theme.text2)
        for i, line in enumerate(reversed(lines)):
            second = section == Column.NAME and len(lines) > 1 and i == 0
            painter.setFont(look.caption if second else look.strong)
            metrics = look.caption_metrics if second else look.strong_metrics
            shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, inside.width())
            painter.drawText(inside, int(side | Qt.AlignmentFlag.AlignBottom), shown)
            inside = inside.adjusted(0, 0, 0, -metrics.height() + 1)

    def _draw_scale(self, painter: QPainter, rect: QRect) -> None:
        look = self.look
        painter.setPen(look.theme.text2)
        painter.setFont(look.caption)
        line = rect.adjusted(0, 0, 0, -5)
        metrics = look.caption_metrics
        for fraction, words in ((0.0, "0"), (0.5, "50"), (1.0, percent(1))):
            width = metrics.horizontalAdvance(words)
            middle = scale_position(rect, fraction)
            left = max(rect.left() + 2, min(round(middle - width / 2), rect.right() - width - 2))
            painter.drawText(
                QRect(left, line.top(), width + 1, line.height()), int(Qt.AlignmentFlag.AlignBottom), words
            )

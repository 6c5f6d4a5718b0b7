"""What the last fetch of a source could not use: its other figures are in use, these are not, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent

from jobcentre_desk.gui.buttons import icon_button
from jobcentre_desk.gui.card_frame import CardFrame, plain_label
from jobcentre_desk.gui.icons import draw_icon
from jobcentre_desk.gui.problem_list import ProblemList
from jobcentre_desk.gui.theme import scaled, theme_of
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.gui.context import PageContext
    from jobcentre_desk.model.publication import RowProblem

MOST_ROWS_HIGH = 8


class WarningsCard(CardFrame):
    """A warning's edge, one sentence, and the list."""

    closed = Signal()

    def __init__(self, context: PageContext, name: str, problems: tuple[RowProblem, ...]) -> None:
        super().__init__(_("What could not be used of {name}").format(name=name))
        self.source = name
        self.header.setContentsMargins(scaled(26), 0, 0, 0)
        close = icon_button("close", _("Close the list"), kind="quiet")
        close.clicked.connect(self.closed)
        self.header.addWidget(close)
        told = _("All other figures of the source are in use. What is listed here was left out, nothing was guessed.")
        self.body.addWidget(plain_label(told, wrap=True))
        file_name = _("Warnings of {name}").format(name=name) + ".csv"
        listed = ProblemList(context, problems, file_name=file_name)
        table = listed.table
        rows = min(len(problems), MOST_ROWS_HIGH) - len(problems)
        table.setFixedHeight(table.full_height() + rows * table.verticalHeader().defaultSectionSize())
        self.body.addWidget(listed)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, painter = theme_of(self), QPainter(self)
        painter.fillRect(0, 0, 3, self.height(), theme.warning)
        side = scaled(18)
        top = 12 + (self.header.geometry().height() - side) / 2
        draw_icon(painter, "warning", QRectF(16, top, side, side), theme.warning)

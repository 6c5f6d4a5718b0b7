"""A release that was not taken over: what it broke, row by row, ready to be sent to its publisher."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView

from jobcentre_desk import text
from jobcentre_desk.gui.buttons import secondary_button
from jobcentre_desk.gui.card_frame import CardFrame, plain_label
from jobcentre_desk.gui.icons import draw_icon
from jobcentre_desk.gui.table_of_view import TableOfView
from jobcentre_desk.gui.theme import scaled, theme_of
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.desk.source_states import SourceState
    from jobcentre_desk.gui.context import PageContext

MOST_ROWS_HIGH = 8


class RefusedCard(CardFrame):
    """A red edge, the sentence with its remedy, the rows, and a button that copies them all."""

    def __init__(self, state: SourceState, context: PageContext) -> None:
        super().__init__(card_title(state))
        self.state, self._context = state, context
        self.header.setContentsMargins(scaled(26), 0, 0, 0)
        copy = secondary_button(_("Copy for the publisher"), icon_name="copy")
        copy.clicked.connect(self._on_copy_clicked)
        self.header.addWidget(copy)
        self.body.addWidget(plain_label(state.error, wrap=True))
        if state.problems:
            table = TableOfView(problem_table(state))
            header = table.horizontalHeader()
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
            header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
            rows = min(len(state.problems), MOST_ROWS_HIGH) - len(state.problems)
            table.setFixedHeight(table.full_height() + rows * table.verticalHeader().defaultSectionSize())
            self.body.addWidget(table)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, painter = theme_of(self), QPainter(self)
        painter.fillRect(0, 0, 3, self.height(), theme.error)
        side = scaled(18)
        name = "offline" if self.state.standing == "unreachable" else "error"
        top = 12 + (self.header.geometry().height() - side) / 2
        draw_icon(painter, name, QRectF(16, top, side, side), theme.error)

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(publisher_text(self.state))
        self._context.notices.inform(
            _("Copied. Paste it into a message to the publisher."), cause=f"copied {self.state.name}"
        )


def card_title(state: SourceState) -> str:
    """What happened, in a few words."""
    if state.standing == "unreachable":
        return _("{name} could not be reached").format(name=state.name)
    return _("The new release of {name} was refused").format(name=state.name)


def problem_table(state: SourceState) -> TableOf:
    """File, row, column and reason of every broken rule."""
    return TableOf(
        header=(_("File"), _("Row"), _("Column"), _("Reason")),
        rows=tuple((p.file, text.count(p.row), p.column, p.reason) for p in state.problems),
        numeric=(False, True, False, False),
    )


def publisher_text(state: SourceState) -> str:
    """The refusal as plain text for a message: the sentence, then one line a row."""
    table = problem_table(state)
    lines = ["\t".join(row) for row in (table.header, *table.rows)] if state.problems else []
    return "\n".join([card_title(state), state.error, *lines]) + "\n"

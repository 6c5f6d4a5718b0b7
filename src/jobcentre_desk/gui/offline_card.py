"""Several sources that could not be reached at once: one card instead of one each, and what can be done meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from jobcentre_desk.gui.buttons import secondary_button
from jobcentre_desk.gui.card_frame import CardFrame, plain_label
from jobcentre_desk.gui.icons import draw_icon
from jobcentre_desk.gui.theme import TypeRole, scaled, theme_of
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.desk.source_states import SourceState


class OfflineCard(CardFrame):
    """A warning's edge: the figures are as good as before, only not newer."""

    again_asked = Signal()

    def __init__(self, states: tuple[SourceState, ...]) -> None:
        super().__init__(_("Sources that could not be reached"))
        self.names = tuple(state.name for state in states)
        self.header.setContentsMargins(scaled(26), 0, 0, 0)
        told = _("The figures here can be used as they are. Look at the network, then try again.")
        self.body.addWidget(plain_label(told, wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        for row, state in enumerate(states):
            grid.addWidget(plain_label(state.name, TypeRole.STRONG), row, 0)
            grid.addWidget(plain_label(state.error, wrap=True, quiet=True), row, 1)
        self.body.addLayout(grid)
        again = secondary_button(_("Try again"), icon_name="sync")
        again.clicked.connect(self.again_asked)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addWidget(again)
        self.buttons.addStretch(1)
        self.body.addLayout(self.buttons)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, painter = theme_of(self), QPainter(self)
        painter.fillRect(0, 0, 3, self.height(), theme.warning)
        side = scaled(18)
        top = 12 + (self.header.geometry().height() - side) / 2
        draw_icon(painter, "offline", QRectF(16, top, side, side), theme.warning)

"""A label of one line that gives way with an ellipsis."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from jobcentre_desk.gui.control_drawing import elided
from jobcentre_desk.gui.plain_tooltip import plain_tooltip
from jobcentre_desk.gui.theme import TypeRole, font, scaled, theme_of


class ElidedLabel(QLabel):
    """One line of plain text that gives way with an ellipsis and keeps the whole in its tooltip."""

    def __init__(self, words: str, role: TypeRole) -> None:
        super().__init__()
        self._role = role
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(words)
        self.setToolTip(plain_tooltip(words))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(scaled(18 if role is not TypeRole.CAPTION else 16))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        theme, painter = theme_of(self), QPainter(self)
        painter.setFont(font(self._role))
        painter.setPen(theme.text2 if self._role is TypeRole.CAPTION else theme.text)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, elided(self.text(), self.width(), self._role))

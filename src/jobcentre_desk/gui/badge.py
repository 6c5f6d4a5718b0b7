"""The badge of a verdict: mark and word on a tinted ground, coloured only when the figure can be told apart."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jobcentre_desk.gui.mark_painter import MARK_SIZE, draw_mark
from jobcentre_desk.gui.theme import Theme, TypeRole, font, scaled, theme_of
from jobcentre_desk.model.outcomes import Verdict

_SIDE, _GAP = 8, 6


class Badge(QWidget):
    """Mark and word of a verdict."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdict = Verdict.CANNOT_TELL
        self._word = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._set_font()

    def show_verdict(self, verdict: Verdict, word: str) -> None:
        """Show another verdict with its word."""
        self._verdict, self._word = verdict, word
        self.setAccessibleName(word)
        self._set_font()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self._word)
        return QSize(2 * _SIDE + MARK_SIZE + _GAP + words, scaled(22))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole badge is painted each time
        ground, colour = badge_colours(self._verdict, theme_of(self))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(self.rect(), 2, 2)
        mark = QRect(_SIDE, (self.height() - MARK_SIZE) // 2, MARK_SIZE, MARK_SIZE)
        draw_mark(painter, mark, mark_of(self._verdict), colour)
        painter.setPen(colour)
        words = self.rect().adjusted(_SIDE + MARK_SIZE + _GAP, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._word)
        painter.end()

    def _set_font(self) -> None:
        told_apart = self._verdict in {Verdict.ABOVE, Verdict.BELOW}
        self.setFont(font(TypeRole.STRONG if told_apart else TypeRole.BODY))


def badge_colours(verdict: Verdict, theme: Theme) -> tuple[QColor, QColor]:
    """Ground and text colour of a verdict."""
    if verdict is Verdict.ABOVE:
        return theme.above_tint, theme.above
    if verdict is Verdict.BELOW:
        return theme.below_tint, theme.below
    return theme.same_tint, theme.same


def mark_of(verdict: Verdict) -> str:
    """The mark of a verdict; without a reference there is nothing to be told apart from."""
    return Verdict.CANNOT_TELL.value if verdict is Verdict.NO_REFERENCE else verdict.value

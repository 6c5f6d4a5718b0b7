"""The foot of the employer table: what the marks are, and that it shows what happened, not what was caused."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from jobcentre_desk.desk.wording import caution_sentence
from jobcentre_desk.gui.buttons import LinkButton
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.interval_bar import draw_reference
from jobcentre_desk.gui.sparkline import draw_sparkline
from jobcentre_desk.gui.theme import TypeRole, scaled, theme_of
from jobcentre_desk.text import translate as _

ONE_LINE_FROM = 1040


class TableLegend(QFrame):
    """One line where there is room, else two."""

    definition_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 6, 12, 6)
        self._grid.setVerticalSpacing(2)
        self._keys = self._key_row()
        self._caution = plain_label(caution_sentence(), TypeRole.CAPTION, quiet=True)
        self._link = LinkButton(_("Definitions"))
        self._link.use_role(TypeRole.CAPTION)
        self._link.clicked.connect(self.definition_wanted)
        self._one_line: bool | None = None
        self._place(one_line=True)

    def show_trend(self, shown: bool) -> None:  # noqa: FBT001 - connected to a signal
        """Explain the line of the trend column, or leave it out with the column."""
        for widget in self._trend_key:
            widget.setVisible(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(one_line=self.width() >= scaled(ONE_LINE_FROM))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        theme, painter = theme_of(self), QPainter(self)
        painter.fillRect(self.rect(), theme.base)
        painter.fillRect(0, 0, self.width(), 1, theme.line)

    def _place(self, *, one_line: bool) -> None:
        if one_line == self._one_line:
            return
        self._one_line = one_line
        self._grid.addWidget(self._keys, 0, 0)
        self._grid.addWidget(self._link, 0, 2)
        if one_line:
            self._grid.addWidget(self._caution, 0, 1)
        else:
            self._grid.addWidget(self._caution, 1, 0, 1, 3)
        self._grid.setColumnStretch(0, 0 if one_line else 1)
        self._grid.setColumnStretch(1, 1 if one_line else 0)
        self._grid.setHorizontalSpacing(24)

    def _key_row(self) -> QWidget:
        ground = QWidget()
        row = QHBoxLayout(ground)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        samples = (
            (_BarSample(), _("rate and 95 % interval")),
            (_ReferenceSample(), _("the branch")),
            (_LineSample(), _("8 rolling periods")),
        )
        for sample, words in samples:
            self._trend_key = (sample, plain_label(words, TypeRole.CAPTION, quiet=True))
            for widget in self._trend_key:
                row.addWidget(widget)
            row.addSpacing(10)
        row.addStretch(1)
        return ground


class _Sample(QWidget):
    """A small drawing of a mark; the word beside it tells it."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(36, 18)


class _BarSample(_Sample):
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        theme, painter = theme_of(self), QPainter(self)
        middle = self.height() // 2
        painter.fillRect(0, middle - 3, 36, 6, theme.interval)
        painter.fillRect(16, middle - 6, 5, 12, theme.base)
        painter.fillRect(17, middle - 6, 3, 12, theme.text)


class _ReferenceSample(_Sample):
    def sizeHint(self) -> QSize:
        return QSize(6, 18)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        painter = QPainter(self)
        draw_reference(painter, QRectF(self.rect()), self.width() / 2, theme_of(self))


class _LineSample(_Sample):
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        painter = QPainter(self)
        draw_sparkline(painter, self.rect(), (0.3, 0.35, 0.3, 0.5, 0.55, 0.6), theme_of(self))

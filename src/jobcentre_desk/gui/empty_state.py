"""What stands in place of the table when nothing fits: what was asked, and ways out with how many each gives."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from jobcentre_desk import text
from jobcentre_desk.gui.buttons import LinkButton, secondary_button
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.theme import TypeRole, scaled, theme_of
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

if TYPE_CHECKING:
    from jobcentre_desk.desk.ways_out import WayOut

WIDTH = 460


class EmptyState(QFrame):
    """`scope_wanted` carries the scope of a way out; `reset_wanted` lets all choices go."""

    scope_wanted = Signal(object)
    reset_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ways: tuple[WayOut, ...] = ()
        self._title = plain_label("", TypeRole.TITLE)
        self._asked = plain_label("", wrap=True, quiet=True)
        self._heading = plain_label(_("This would give more"), TypeRole.STRONG)
        self._ways = QVBoxLayout()
        self._ways.setSpacing(0)
        column = QWidget()
        column.setFixedWidth(scaled(WIDTH))
        self._fill(QVBoxLayout(column))
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(column)
        middle.addStretch(1)
        page = QVBoxLayout(self)
        page.addStretch(2)
        page.addLayout(middle)
        page.addStretch(3)

    def _fill(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(_EmptyBar())
        column.addSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self._asked)
        column.addSpacing(10)
        column.addWidget(self._heading)
        column.addLayout(self._ways)
        column.addSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        reset = secondary_button(_("Reset all choices"))
        reset.clicked.connect(self.reset_wanted)
        row.addWidget(reset)
        row.addWidget(plain_label(_("Your saved filters stay."), TypeRole.CAPTION, quiet=True))
        row.addStretch(1)
        column.addLayout(row)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme_of(self).base)

    def show_question(self, title: str, parts: tuple[str, ...]) -> None:
        """Say what was asked; the ways out follow when they are found."""
        self._title.setText(title)
        self._asked.setText(" · ".join(parts))
        self._asked.setVisible(bool(parts))
        self.show_ways(())

    def show_ways(self, ways: tuple[WayOut, ...]) -> None:
        """Show ways out, best first."""
        while (item := self._ways.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.deleteLater()
        self.ways = ways
        self._heading.setVisible(bool(ways))
        for way in ways:
            self._ways.addWidget(self._row(way))

    def _row(self, way: WayOut) -> QWidget:
        row = _LinedRow()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        link = LinkButton(way.words)
        link.clicked.connect(partial(self._on_link_clicked, way))
        line.addWidget(link)
        line.addStretch(1)
        line.addWidget(plain_label(text.count(way.employers), TypeRole.STRONG))
        line.addWidget(plain_label(_n("employer", "employers", way.employers), quiet=True))
        return row

    def _on_link_clicked(self, way: WayOut, _checked: object = None) -> None:
        self.scope_wanted.emit(way.scope)


class _LinedRow(QWidget):
    """A row of 38 with a line over it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(scaled(38))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, theme_of(self).line)


class _EmptyBar(QWidget):
    """An interval bar without an interval."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(212, 16)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        painter = QPainter(self)
        painter.setPen(QPen(theme_of(self).edge, 1))
        middle = 8.5
        ticks = [QLineF(x, middle - 5, x, middle + 5) for x in (0.5, 106.5, 211.5)]
        painter.drawLines([QLineF(0, middle, 212, middle), *ticks])
        pen = QPen(theme_of(self).edge, 1)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawRect(QRectF(65.5, middle - 5, 85, 10))

"""A card with a chart that is also a table: the same link and key T everywhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from jobcentre_desk.gui.buttons import LinkButton
from jobcentre_desk.gui.card_frame import CardFrame, plain_label
from jobcentre_desk.gui.interval_rows import IntervalRows
from jobcentre_desk.gui.strip_view import StripView
from jobcentre_desk.gui.table_of_view import TableOfView
from jobcentre_desk.gui.theme import TypeRole, scaled
from jobcentre_desk.gui.tile_map_view import TileMapView
from jobcentre_desk.gui.trend_view import TrendView
from jobcentre_desk.model.charts import Chart, IntervalChart, TableOf, TrendChart
from jobcentre_desk.model.comparison_charts import TileMap
from jobcentre_desk.text import translate as _

MOST_TABLE = 320
"""The height up to which a card of bars grows when its table is shown."""


class ChartCard(CardFrame):
    """Title, chart or table, and the sentence under it; `shared` is the table that may leave the screen.

    Bars take the height of their rows; their table makes the card higher where it needs to be.
    """

    def __init__(self, chart: Chart | TileMap, parent: QWidget | None = None, *, shared: TableOf | None = None) -> None:
        super().__init__(chart.title, parent)
        self._switch = LinkButton("", icon_name="table")
        self._switch.use_role(TypeRole.CAPTION)
        self._switch.clicked.connect(self.toggle)
        self.header.addWidget(self._switch)
        self._stack = QStackedWidget()
        self._stack.addWidget(chart_view(chart))
        self._table = TableOfView(chart.table, as_shared=shared)
        self._stack.addWidget(self._table)
        self.body.addWidget(self._stack, 1)
        self._grows = isinstance(chart, IntervalChart)
        if self._grows:
            self._table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        else:
            self.body.addWidget(plain_label(chart.sentence, TypeRole.CAPTION, wrap=True, quiet=True))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._name_switch()

    def toggle(self) -> None:
        """Show the table instead of the chart, or the chart again."""
        self._stack.setCurrentIndex(1 - self._stack.currentIndex())
        if self._grows:
            shown = self._stack.currentIndex() == 1
            self._stack.setMinimumHeight(min(self._table.full_height(), scaled(MOST_TABLE)) if shown else 0)
        self._name_switch()

    def copied_by(self, act: Callable[[], None]) -> None:
        """Let `act` copy the table, where what may leave the screen is worked out when it does."""
        self._table.copied_by(act)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_T and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.toggle()
        else:
            super().keyPressEvent(event)

    def _name_switch(self) -> None:
        words = _("Show as chart") if self._stack.currentIndex() else _("Show as table")
        self._switch.setText(words)
        self._switch.setAccessibleName(words)
        self._switch.updateGeometry()
        self._switch.setToolTip("T")


def chart_view(chart: Chart | TileMap) -> QWidget:
    """The widget that draws `chart`."""
    if isinstance(chart, IntervalChart):
        return IntervalRows(chart)
    if isinstance(chart, TileMap):
        return TileMapView(chart)
    return TrendView(chart) if isinstance(chart, TrendChart) else StripView(chart)

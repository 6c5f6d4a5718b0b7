"""The card of the heat maps: results or whom they take, as map or table, with what colours and marks mean."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from jobcentre_desk.gui.buttons import LinkButton, SegmentedChoice
from jobcentre_desk.gui.card_frame import CardFrame
from jobcentre_desk.gui.chart_legend import ChartLegend, LegendKey
from jobcentre_desk.gui.heat_map_view import HeatMapView
from jobcentre_desk.gui.table_of_view import TableOfView
from jobcentre_desk.gui.theme import Theme, TypeRole, theme_of
from jobcentre_desk.gui.wrapped_label import wrapped_label
from jobcentre_desk.model.comparison_charts import HeatMap
from jobcentre_desk.text import translate as _

RESULTS, INTAKE = "results", "intake"


class HeatMapCard(CardFrame):
    """`cell_opened` carries the codes of branch and occupation of a cell; `side_chosen` and `copy_wanted` which map."""

    cell_opened = Signal(str, str)
    side_chosen = Signal(str)
    copy_wanted = Signal(str)

    def __init__(
        self,
        results: HeatMap,
        intake: HeatMap,
        *,
        notes: Sequence[str] = (),
        side: str = RESULTS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Branch × occupation"), parent)
        self.maps = {RESULTS: results, INTAKE: intake}
        self.views = {name: HeatMapView(shown) for name, shown in self.maps.items()}
        self._tables: dict[str, TableOfView] = {}
        self.side = SegmentedChoice([(RESULTS, _("Results")), (INTAKE, _("Whom they take"))], side)
        self._switch = LinkButton(_("Show as table"), icon_name="table")
        self._sentence: QLabel = wrapped_label(self.maps[side].sentence)
        self._stack = QStackedWidget()
        self._as_table = False
        self._lay_out(notes)
        self.side.chosen.connect(self._on_side_chosen)
        self._switch.clicked.connect(self.toggle)
        self._show()

    def table(self, side: str) -> TableOfView:
        """One of the maps as a table; made when it is first asked for."""
        if side not in self._tables:
            made = self._tables[side] = TableOfView(self.maps[side].table)
            made.copied_by(partial(self.copy_wanted.emit, side))
            self._stack.addWidget(made)
        return self._tables[side]

    def toggle(self) -> None:
        """Show the table instead of the map, or the map again."""
        self._as_table = not self._as_table
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_T and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.toggle()
        else:
            super().keyPressEvent(event)

    def _lay_out(self, notes: Sequence[str]) -> None:
        self._switch.use_role(TypeRole.CAPTION)
        self._switch.setToolTip("T")
        self.header.addWidget(self.side)
        self.header.addSpacing(8)
        self.header.addWidget(self._switch)
        for note in notes:
            self.body.addWidget(wrapped_label(note, TypeRole.STRONG))
        self.body.addWidget(self._sentence)
        for name, view in self.views.items():
            self._stack.addWidget(view)
            view.cell_opened.connect(self.cell_opened)
            view.copy_wanted.connect(partial(self.copy_wanted.emit, name))
        self.body.addWidget(self._stack, 1)
        self._legend = ChartLegend(_keys(theme_of(self)))
        self.body.addWidget(self._legend)

    def _on_side_chosen(self, side: str) -> None:
        self._show()
        self.side_chosen.emit(side)

    def _show(self) -> None:
        side = self.side.current()
        self._stack.setCurrentWidget(self.table(side) if self._as_table else self.views[side])
        self._sentence.setText(self.maps[side].sentence)
        self._legend.setVisible(side == RESULTS)
        words = _("Show as chart") if self._as_table else _("Show as table")
        self._switch.setText(words)
        self._switch.setAccessibleName(words)
        self._switch.updateGeometry()


def _keys(theme: Theme) -> list[LegendKey]:
    return [
        LegendKey(
            words=_("above the country (99.8 % · 95 %)"),
            colour=theme.above,
            mark="above",
            grounds=(theme.above_strong, theme.above_tint),
            strong=True,
        ),
        LegendKey(words=_("cannot be told apart"), colour=theme.text2, grounds=(theme.alternate,)),
        LegendKey(
            words=_("below the country (95 % · 99.8 %)"),
            colour=theme.below,
            mark="below",
            grounds=(theme.below_tint, theme.below_strong),
            strong=True,
        ),
        LegendKey(words=_("hidden"), colour=theme.text2, mark="hidden"),
        LegendKey(words=_("– nobody"), colour=theme.text2),
    ]

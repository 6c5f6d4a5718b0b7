"""The card of the funnel: its sentence, the chart or its table, who is pointed at, and what the marks mean."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from jobcentre_desk.desk.branch_wording import against_word
from jobcentre_desk.desk.wording import interval_text
from jobcentre_desk.gui.buttons import LinkButton, icon_button, secondary_button
from jobcentre_desk.gui.card_frame import CardFrame
from jobcentre_desk.gui.chart_legend import ChartLegend, LegendKey
from jobcentre_desk.gui.elided_label import ElidedLabel
from jobcentre_desk.gui.funnel_view import FunnelView
from jobcentre_desk.gui.table_of_view import TableOfView
from jobcentre_desk.gui.theme import Theme, TypeRole, theme_of
from jobcentre_desk.gui.wrapped_label import wrapped_label
from jobcentre_desk.model.comparison_charts import FunnelChart
from jobcentre_desk.model.outcomes import Verdict
from jobcentre_desk.statistics.proportions import wilson
from jobcentre_desk.text import count, percent
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

_VERDICTS = {-1: Verdict.BELOW, 0: Verdict.CANNOT_TELL, 1: Verdict.ABOVE}


class FunnelCard(CardFrame):
    """`opened` wants the page of a unit, `listed` wants units on the shortlist, `list_wanted` all of them as a list."""

    opened = Signal(object)
    listed = Signal(tuple)
    list_wanted = Signal()
    copy_wanted = Signal()

    def __init__(
        self,
        chart: FunnelChart,
        name_of: Callable[[int], str],
        *,
        spread: str = "",
        has_branch: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(chart.title, parent)
        self.chart, self._has_branch, self._name_of = chart, has_branch, name_of
        self.view = FunnelView(chart, name_of)
        self._table: TableOfView | None = None
        self.readout = ElidedLabel("", TypeRole.BODY)
        self._range = ElidedLabel("", TypeRole.CAPTION)
        self.to_list = secondary_button(_("On the shortlist (L)"), icon_name="star")
        self._switch = LinkButton(_("Show as table"), icon_name="table")
        self._stack = QStackedWidget()
        self._lay_out(spread)
        self._connect()
        self._tell(None)

    @property
    def table(self) -> TableOfView:
        """The same as a table; made when it is first asked for, as 2,000 rows take a tenth of a second."""
        if self._table is None:
            self._table = TableOfView(self.chart.table)
            self._table.copied_by(self.copy_wanted.emit)
            self._stack.addWidget(self._table)
        return self._table

    def toggle(self) -> None:
        """Show the table instead of the chart, or the chart again."""
        shows_chart = self._stack.currentWidget() is self.view
        self._stack.setCurrentWidget(self.table if shows_chart else self.view)
        words = _("Show as chart") if shows_chart else _("Show as table")
        self._switch.setText(words)
        self._switch.setAccessibleName(words)
        self._switch.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_T and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.toggle()
        else:
            super().keyPressEvent(event)

    def _lay_out(self, spread: str) -> None:
        self._switch.use_role(TypeRole.CAPTION)
        self._switch.setToolTip("T")
        nearer = icon_button("plus", _("Nearer: fewer completed fill the width (+)"), kind="quiet")
        further = icon_button("minus", _("Further: more completed fit in (−)"), kind="quiet")
        nearer.clicked.connect(self.view.zoom_in)
        further.clicked.connect(self.view.zoom_out)
        everyone = LinkButton(_("All as a list"))
        everyone.use_role(TypeRole.CAPTION)
        everyone.clicked.connect(self.list_wanted)
        for widget in (further, nearer, everyone, self._switch):
            self.header.addWidget(widget)
        self.body.addWidget(wrapped_label(self.chart.sentence))
        if spread:
            self.body.addWidget(wrapped_label(spread, TypeRole.CAPTION, quiet=True))
        self._stack.addWidget(self.view)
        self.body.addWidget(self._stack, 1)
        axis = QHBoxLayout()
        axis.addWidget(self._range, 1)
        self.body.addLayout(axis)
        told = QHBoxLayout()
        told.setSpacing(8)
        told.addWidget(self.readout, 1)
        told.addWidget(self.to_list)
        self.body.addLayout(told)
        self.body.addWidget(ChartLegend(_keys(self.chart, theme_of(self))))

    def _connect(self) -> None:
        self._switch.clicked.connect(self.toggle)
        self.view.pointed.connect(self._tell)
        self.view.selected.connect(self._tell_chosen)
        self.view.opened.connect(self.opened)
        self.view.listed.connect(self.listed)
        self.view.zoomed.connect(self._tell_range)
        self.to_list.clicked.connect(lambda _checked=False: self.listed.emit(self.view.chosen()))
        self._tell_range(self.view.shown_to(), 0)

    def _tell(self, unit: object) -> None:
        if unit is None or self.view.place() is None:
            self._tell_chosen(self.view.chosen())
            return
        place = self.view.place() or 0
        n, rate = int(self.view.points.n[place]), float(self.view.points.rate[place])
        low, high = wilson(round(rate * n), n)
        parts = (
            self.view.words_at(place),
            _("{x} of {n}").format(x=count(round(rate * n)), n=count(n)),
            f"{percent(rate)} ({interval_text(float(low), float(high))})",
            against_word(_VERDICTS[int(self.view.points.verdict[place])], has_branch=self._has_branch),
        )
        self._say(" · ".join(parts))

    def _tell_chosen(self, units: tuple[int, ...]) -> None:
        self.to_list.setEnabled(bool(units))
        if not units:
            self._say(_("Point at a mark or use the arrow keys; Enter opens the page; drag a rectangle to choose."))
            return
        names = ", ".join(self._name_of(unit) for unit in units[:3])
        told = _n("{n} employer chosen: {names}", "{n} employers chosen: {names}", len(units))
        self._say(told.format(n=count(len(units)), names=names + (" …" if len(units) > 3 else "")))

    def _say(self, words: str) -> None:
        self.readout.setText(words)
        self.readout.setToolTip("")
        self.readout.update()

    def _tell_range(self, to: float, beyond: int) -> None:
        words = _("Completed traineeships")
        if beyond:
            more = _n(
                "shown up to {to}; {n} employer lies beyond", "shown up to {to}; {n} employers lie beyond", beyond
            )
            words = f"{words} · {more.format(to=count(int(to)), n=count(beyond))}"
        self._range.setText(words)
        self._range.setToolTip("")
        self._range.update()


def _keys(chart: FunnelChart, theme: Theme) -> list[LegendKey]:
    keys = [
        LegendKey(words=_("above"), colour=theme.above, mark="above", strong=True),
        LegendKey(words=_("cannot be told apart"), colour=theme.same, mark="cannot_tell"),
        LegendKey(words=_("below"), colour=theme.below, mark="below", strong=True),
        LegendKey(words="95 %", colour=theme.edge, line=()),
        LegendKey(words=percent(0.998, places=1), colour=theme.edge, line=(5.0, 3.0)),
    ]
    if chart.wide:
        keys.append(LegendKey(words=_("95 % allowing for true differences"), colour=theme.text2, line=(1.5, 2.5)))
    if any(one.listed for one in chart.named):
        keys.append(LegendKey(words=_("on my shortlist"), colour=theme.accent, ring=True))
    if chart.hidden:
        hidden = _n("{n} hidden", "{n} hidden", chart.hidden).format(n=count(chart.hidden))
        keys.append(LegendKey(words=hidden, colour=theme.text2, mark="hidden"))
    return keys

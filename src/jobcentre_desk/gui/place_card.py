"""The card of an employer's place in its branch: what would settle the comparison at once, the rest when worked out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from jobcentre_desk.gui.buttons import LinkButton
from jobcentre_desk.gui.card_frame import CardFrame, plain_label
from jobcentre_desk.gui.elided_label import ElidedLabel
from jobcentre_desk.gui.sentence_label import SentenceLabel
from jobcentre_desk.gui.table_of_view import TableOfView
from jobcentre_desk.gui.theme import TypeRole, scaled
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.comparison_charts import FunnelChart
from jobcentre_desk.model.employer_branch import EmployerBranch
from jobcentre_desk.model.pages import EmployerPage
from jobcentre_desk.text import count, percent
from jobcentre_desk.text import translate as _

FUNNEL_HEIGHT = 240


class PlaceCard(CardFrame):
    """Shows the difference from the branch; `show_branch` adds place, both kinds of job and the funnel.

    `opened` wants the page of another employer of the branch, by its id.
    """

    opened = Signal(object)

    def __init__(self, content: EmployerPage, parent: QWidget | None = None) -> None:
        super().__init__(_("Place in the branch"), parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.place = SentenceLabel(TypeRole.BODY)
        self.place.hide()
        self.body.addWidget(self.place)
        self._stack = QStackedWidget()
        self._switch = LinkButton(_("Show as table"), icon_name="table")
        rated = content.comparison.own.rate.value is not None and bool(content.comparison.reference_branch)
        self._lay_out(content, with_funnel=rated)

    def show_branch(
        self,
        branch: EmployerBranch,
        table: TableOf,
        name_of: Callable[[int], str],
        *,
        copy: Callable[[], None] | None = None,
    ) -> None:
        """Say where the employer probably lies in its branch; `copy` copies its row, else `table` is copied."""
        if branch.place_line:
            self.place.show_sentence(branch.place_line, branch.place_strong)
            self.place.show()
        if branch.kinds_line:
            self.body.addWidget(plain_label(branch.kinds_line, TypeRole.CAPTION, wrap=True, quiet=True))
        if branch.funnel is not None and not self._stack.count():
            made = TableOfView(branch.funnel.table, as_shared=table)
            if copy is not None:
                made.copied_by(copy)
            self._show_funnel(branch.funnel, made, name_of)

    def toggle(self) -> None:
        """Show the employer's row instead of the funnel, or the funnel again."""
        if self._stack.count():
            self._stack.setCurrentIndex(1 - self._stack.currentIndex())
            self._switch.setText(_("Show as chart") if self._stack.currentIndex() else _("Show as table"))
            self._switch.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_T and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.toggle()
        else:
            super().keyPressEvent(event)

    def _lay_out(self, content: EmployerPage, *, with_funnel: bool) -> None:
        if content.settle_line:
            self.body.addWidget(plain_label(content.settle_line, TypeRole.BODY, wrap=True))
        elif not content.comparison.reference_branch:
            words = _("No branch is large enough to compare with.")
            self.body.addWidget(plain_label(words, TypeRole.BODY, wrap=True, quiet=True))
        self._switch.use_role(TypeRole.CAPTION)
        self._switch.setToolTip("T")
        self._switch.clicked.connect(self.toggle)
        self._readout = ElidedLabel("", TypeRole.CAPTION)
        if with_funnel:  # its room is kept, so that nothing moves when it is there
            self.header.addWidget(self._switch)
            self._stack.setFixedHeight(scaled(FUNNEL_HEIGHT))
            self.body.addWidget(self._stack)
            self.body.addWidget(self._readout)

    def _show_funnel(self, chart: FunnelChart, table: TableOfView, name_of: Callable[[int], str]) -> None:
        from jobcentre_desk.gui.funnel_view import FunnelView

        view = FunnelView(chart, name_of)
        view.opened.connect(self.opened)
        view.pointed.connect(lambda unit: self._tell(chart, unit, name_of))
        self._stack.addWidget(view)
        self._stack.addWidget(table)
        self._tell(chart, None, name_of)

    def _tell(self, chart: FunnelChart, unit: object, name_of: Callable[[int], str]) -> None:
        """The employer pointed at, or what the chart shows."""
        words = _("Each mark is an employer: completed to the right, rate upwards; dashed {reference}.").format(
            reference=chart.reference_name
        )
        if isinstance(unit, int):
            place = chart.unit.index(unit)
            words = _("{name}: {rate} of {n} completed").format(
                name=name_of(unit), rate=percent(chart.rate[place]), n=count(chart.n[place])
            )
        self._readout.setText(words)
        self._readout.update()

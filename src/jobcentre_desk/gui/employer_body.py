"""What the Employer page is laid out of: two columns of cards, or three where the window is wide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jobcentre_desk.gui.card_frame import GAP, CardFrame
from jobcentre_desk.gui.chart_card import ChartCard
from jobcentre_desk.gui.context import PageContext
from jobcentre_desk.gui.employer_cards import (
    case_mix_card,
    chart_card,
    definition_card,
    sentence_card,
    trend_card,
    withheld_table,
    works_card,
)
from jobcentre_desk.gui.place_card import PlaceCard
from jobcentre_desk.gui.theme import scaled
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.employer_branch import EmployerBranch
from jobcentre_desk.model.pages import EmployerPage

THREE_FROM = 1500
TWO = (("sentence", "beside", "place", "notes", "works"), ("trend", "case_mix", "occupations", "programmes"))
THREE = (("sentence", "beside", "place"), ("trend", "case_mix", "works"), ("occupations", "programmes", "notes"))
_STRETCH = {2: (5, 4), 3: (6, 5, 5)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBranch:
    """What is said of the branch, and what may be copied of it (None = nothing leaves the screen)."""

    branch: EmployerBranch
    row_to_copy: TableOf | None
    works_to_copy: TableOf | None


class EmployerBody(QWidget):
    """The cards of one employer; `shared` is the page as it may be copied (None for a person).

    `copy_wanted` carries the part of the page whose table is to be copied.
    """

    copy_wanted = Signal(str)

    def __init__(
        self, content: EmployerPage, shared: EmployerPage | None, notes: CardFrame, context: PageContext
    ) -> None:
        super().__init__()
        self.place = PlaceCard(content)
        self._cards: dict[str, QWidget] = {
            "sentence": sentence_card(content),
            "beside": chart_card(content.beside, shared.beside if shared else None),
            "trend": trend_card(content, shared),
            "case_mix": case_mix_card(content, shared),
            "place": self.place,
            "occupations": chart_card(content.occupations, shared.occupations if shared else None),
            "notes": notes,
        }
        if content.programmes is not None:
            self._cards["programmes"] = chart_card(content.programmes, shared.programmes if shared else None)
        if shared is not None:
            self._let_copy(shared)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        self._row = QHBoxLayout()
        self._row.setSpacing(GAP)
        column.addLayout(self._row, 1)
        column.addWidget(definition_card(content, context))
        self._columns = 0
        self._arrange(2)

    def show_branch(self, shown: ShownBranch, name_of: Callable[[int], str]) -> None:
        """Add what is said of the branch, which is worked out after the page is shown."""
        branch = shown.branch
        copy = partial(self.copy_wanted.emit, "place") if shown.row_to_copy else None
        self.place.show_branch(branch, shown.row_to_copy or withheld_table(), name_of, copy=copy)
        if branch.works is not None and "works" not in self._cards:
            self._cards["works"] = works_card(branch.works, shown.works_to_copy or withheld_table())
            self._arrange(self._columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = 3 if self.width() >= scaled(THREE_FROM) else 2
        if wanted != self._columns:
            self._arrange(wanted)

    def _let_copy(self, shared: EmployerPage) -> None:
        """What may be copied is worked out when it is, as other tables may have left since the page was made."""
        parts = {"beside": shared.beside, "trend": shared.trend, "case_mix": shared.case_mix}
        for part, chart in {**parts, "occupations": shared.occupations}.items():
            card = self._cards[part]
            if chart is not None and isinstance(card, ChartCard):
                card.copied_by(partial(self.copy_wanted.emit, part))

    def _arrange(self, columns: int) -> None:
        """Put the cards into so many columns, in their order."""
        self._columns = columns
        while (item := self._row.takeAt(0)) is not None:
            old = item.layout()
            while old is not None and old.takeAt(0) is not None:
                pass
        for names, stretch in zip(TWO if columns == 2 else THREE, _STRETCH[columns], strict=True):
            column = QVBoxLayout()
            column.setSpacing(GAP)
            for name in names:
                if name in self._cards:
                    column.addWidget(self._cards[name])
            column.addStretch(1)
            self._row.addLayout(column, stretch)

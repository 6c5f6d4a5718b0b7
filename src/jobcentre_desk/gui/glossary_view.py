"""The measures tab of Figures: every measure with its definition, as published."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    QStringListModel,
    Qt,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListView, QVBoxLayout, QWidget

from jobcentre_desk import text
from jobcentre_desk.gui.card_frame import GAP, CardFrame, plain_label
from jobcentre_desk.gui.column_scroll import ColumnScroll
from jobcentre_desk.gui.plain_tooltip import plain_tooltip
from jobcentre_desk.gui.theme import TypeRole, scaled
from jobcentre_desk.text import both
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.desk.figures import Figures
    from jobcentre_desk.desk.measure_readings import MeasureReading
    from jobcentre_desk.gui.context import PageContext
    from jobcentre_desk.model.measures import Measure

LIST_WIDTH = 340
Index = QModelIndex | QPersistentModelIndex


class _Names(QStringListModel):
    """The names, whole in the tooltip: the long ones differ only at their end."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(str(super().data(index, Qt.ItemDataRole.DisplayRole) or ""))
        return super().data(index, role)


class GlossaryView(QWidget):
    """A list of names at the left (a few dozen), the whole definition at the right."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._measures: list[Measure] = []
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Find a measure"))
        self.search.setClearButtonEnabled(True)
        self._names = _Names(self)
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(self._names)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search.textChanged.connect(self._shown.setFilterFixedString)
        self.list = QListView()
        self.list.setModel(self._shown)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setUniformItemSizes(True)
        self.list.setSpacing(2)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self._scroll = ColumnScroll()
        self._lay_out()
        self.show_figures()

    def show_figures(self) -> None:
        """Show the measures of the figures of the moment, keeping the chosen one."""
        figures, chosen = self._context.figures(), self.chosen()
        self._measures = _read_measures(figures) if figures is not None else []
        self._measures.sort(key=lambda measure: both(measure.name_da, measure.name_en).casefold())
        self._names.setStringList([both(measure.name_da, measure.name_en) for measure in self._measures])
        self.choose(chosen or (self._measures[0].id if self._measures else ""))

    def chosen(self) -> str:
        """The id of the measure shown, or ""."""
        measure = self._current()
        return measure.id if measure else ""

    def choose(self, measure: str) -> None:
        """Show one measure by its id."""
        for row, candidate in enumerate(self._measures):
            if candidate.id == measure:
                index = self._shown.mapFromSource(self._names.index(row))
                self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._show_definition()

    def _lay_out(self) -> None:
        names = CardFrame()
        names.setFixedWidth(scaled(LIST_WIDTH))
        names.body.addWidget(self.search)
        names.body.addWidget(self.list, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP, GAP, GAP, GAP)
        row.setSpacing(GAP)
        row.addWidget(names)
        row.addWidget(self._scroll, 1)

    def _current(self) -> Measure | None:
        index = self._shown.mapToSource(self.list.currentIndex())
        return self._measures[index.row()] if 0 <= index.row() < len(self._measures) else None

    def _on_current_changed(self) -> None:
        self._show_definition()

    def _show_definition(self) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        measure = self._current()
        if measure is None:
            column.addWidget(_nothing())
        else:
            for card in self._cards(measure):
                column.addWidget(card)
        column.addStretch(1)
        self._scroll.show_column(holder)

    def _cards(self, measure: Measure) -> list[CardFrame]:
        """The definition shown, with what is known beside it; then those of other sources."""
        figures = self._context.figures()
        reading = _read_reading(figures, measure.id) if figures is not None else None
        if reading is None:
            return [definition_card(measure)]
        others = [(name, other) for name, other in reading.definitions if other != measure]
        cards = [definition_card(measure, reading=reading)]
        for name, other in others:
            title = _("As {source} defines it").format(source=name)
            cards.append(definition_card(other, title=title))
        return cards


def _read_measures(figures: Figures) -> list[Measure]:
    from jobcentre_desk.desk.measures import measure_definitions

    return measure_definitions(figures)


def _read_reading(figures: Figures, measure: str) -> MeasureReading | None:
    from jobcentre_desk.desk.measure_readings import measure_reading

    return measure_reading(figures, measure)


def definition_card(measure: Measure, *, title: str = "", reading: MeasureReading | None = None) -> CardFrame:
    """The whole definition of one measure, and with a reading where its figures come from."""
    card = CardFrame(title or both(measure.name_da, measure.name_en))
    card.body.addWidget(plain_label(both(measure.sentence_da, measure.sentence_en), TypeRole.SENTENCE, wrap=True))
    card.body.addSpacing(8)
    for term, words in (*_facts(measure), *(_origins(reading) if reading else ())):
        if words:
            card.body.addLayout(_fact(term, words))
    return card


def _origins(reading: MeasureReading) -> list[tuple[str, str]]:
    others = ", ".join(reading.others)
    return [
        (_("Figures shown from"), reading.shown),
        (_("Also published by"), others),
        (_("Breaks in series"), "\n".join(reading.breaks)),
        (_("Where it was read"), "\n".join(reading.readings)),
    ]


def _facts(measure: Measure) -> list[tuple[str, str]]:
    from jobcentre_desk.desk.municipality_wording import period_words

    wanted = {
        "high_is_good": _("High is wanted"),
        "low_is_good": _("Low is wanted"),
        "no_judgement": _("Neither high nor low is wanted"),
    }
    return [
        (_("Counted"), measure.numerator),
        (_("Out of"), measure.denominator),
        (_("Unit"), measure.unit),
        (_("Which way"), wanted.get(measure.polarity, measure.polarity)),
        (_("Follow-up"), measure.follow_up),
        (_("Why figures may differ"), both(measure.why_it_may_differ_da, measure.why_it_may_differ_en)),
        (_("Source"), measure.source),
        (_("Version"), measure.definition_version),
        (_("Valid from"), period_words(measure.valid_from)),
        (_("Author"), measure.author),
        (_("Next review"), _day(measure.next_review)),
        (_("Id"), measure.id),
    ]


def _day(written: str) -> str:
    """A day in words; what is no day stands as it is."""
    try:
        return text.date(dt.date.fromisoformat(written))
    except ValueError:
        return written


def _fact(term: str, words: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    name = plain_label(term, quiet=True)
    name.setFixedWidth(scaled(170))
    name.setAlignment(Qt.AlignmentFlag.AlignTop)
    row.addWidget(name)
    row.addWidget(plain_label(words, wrap=True), 1)
    return row


def _nothing() -> QWidget:
    return plain_label(_("There are no measures yet: they come with the figures."), quiet=True, wrap=True)

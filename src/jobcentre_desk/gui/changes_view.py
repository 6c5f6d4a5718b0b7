"""The changes tab of Figures: rows, definitions old beside new, and revised values, by source and measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from jobcentre_desk.gui.card_frame import GAP, CardFrame, plain_label
from jobcentre_desk.gui.column_scroll import ColumnScroll
from jobcentre_desk.gui.revised_card import RevisedCard
from jobcentre_desk.gui.table_of_view import TableOfView
from jobcentre_desk.gui.theme import TypeRole, scaled
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.desk.figures import Figures
    from jobcentre_desk.desk.release_changes import ChangedDefinition, ReleaseChange
    from jobcentre_desk.desk.revised_values import RevisedValues
    from jobcentre_desk.gui.context import PageContext
    from jobcentre_desk.task import Task

WIDEST = 980
CHOICE = 260


class ChangesView(QWidget):
    """Two choices at the top; under them revised values, then one card a release, newest first."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.source, self.measure = QComboBox(), QComboBox()
        self._scroll = ColumnScroll()
        self._lay_out()
        self.source.activated.connect(self._on_source_chosen)
        self.measure.activated.connect(self._show)
        self.revised: RevisedCard | None = None
        self.show_figures()

    def show_figures(self) -> None:
        """Show the log of the figures of the moment, with the choices kept where they still can be."""
        figures = self._context.figures()
        names = [source.name for source in figures.sources] if figures is not None else []
        _fill(self.source, _("All sources"), [(name, name) for name in names])
        _fill(self.measure, _("All measures"), _measures(figures))
        self._show()

    def choose(self, *, source: str = "", measure: str = "") -> None:
        """Show the changes of one source or measure only ("" = all)."""
        self.source.setCurrentIndex(max(0, self.source.findData(source)))
        self.measure.setCurrentIndex(max(0, self.measure.findData(measure)))
        self._show()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(GAP, GAP, GAP, 0)
        row.setSpacing(8)
        for words, choice in ((_("Source"), self.source), (_("Measure"), self.measure)):
            choice.setAccessibleName(words)
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setFixedWidth(scaled(CHOICE))
            choice.setMaxVisibleItems(20)
            row.addWidget(plain_label(words, quiet=True))
            row.addWidget(choice)
            row.addSpacing(8)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._scroll, 1)

    def _on_source_chosen(self) -> None:
        self._show()

    def _show(self) -> None:
        figures = self._context.figures()
        source, measure = str(self.source.currentData() or ""), str(self.measure.currentData() or "")
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        self.revised = RevisedCard(self._context, source or measure)
        self.revised.setMaximumWidth(scaled(WIDEST))
        self.revised.hide()
        column.addWidget(self.revised)
        releases = _narrowed(_read_changes(figures), source, measure) if figures is not None else ()
        for release in releases:
            column.addWidget(release_card(release))
        if not releases:
            column.addWidget(plain_label(_nothing(source, measure), quiet=True, wrap=True))
        column.addStretch(1)
        self._scroll.show_column(holder)
        if figures is not None:
            work = partial(_read_revised, figures, source, measure)
            self._context.jobs.start(work, self.revised, self._on_revised_read, replaces="revised values")

    def _on_revised_read(self, revised: RevisedValues) -> None:
        if self.revised is not None:
            self.revised.show_values(revised)


def _fill(choice: QComboBox, all_words: str, entries: Sequence[tuple[str, str]]) -> None:
    chosen = choice.currentData()
    choice.clear()
    choice.addItem(all_words, "")
    for key, words in entries:
        choice.addItem(words, key)
    choice.setCurrentIndex(max(0, choice.findData(chosen or "")))


def _measures(figures: Figures | None) -> list[tuple[str, str]]:
    if figures is None:
        return []
    from jobcentre_desk.desk.measures import measure_definitions
    from jobcentre_desk.text import both

    named = [(measure.id, both(measure.name_da, measure.name_en)) for measure in measure_definitions(figures)]
    return sorted(named, key=lambda pair: pair[1].casefold())


def _read_changes(figures: Figures) -> tuple[ReleaseChange, ...]:
    from jobcentre_desk.desk.release_changes import release_changes

    return release_changes(figures)


def _read_revised(figures: Figures, source: str, measure: str, _task: Task) -> RevisedValues:
    from jobcentre_desk.desk.revised_values import revised_values

    return revised_values(figures, source=source, measure=measure)


def _narrowed(releases: Sequence[ReleaseChange], source: str, measure: str) -> tuple[ReleaseChange, ...]:
    """Those of the source; with a measure, only the changes of its definition."""
    of_source = [release for release in releases if source in {"", release.source}]
    if not measure:
        return tuple(of_source)
    found = []
    for release in of_source:
        kept = tuple(change for change in release.definitions if change.measure_id == measure)
        if kept:
            found.append(replace(release, definitions=kept, rows=replace(release.rows, rows=())))
    return tuple(found)


def _nothing(source: str, measure: str) -> str:
    if measure:
        return _("No release has changed the definition of this measure.")
    if source:
        return _("No release of this source has changed anything yet.")
    return _("No release has changed anything yet.")


def release_card(release: ReleaseChange) -> CardFrame:
    """One release: when, its changed definitions first, then its rows."""
    card = CardFrame(release.title)
    card.setMaximumWidth(scaled(WIDEST))
    card.header.addWidget(plain_label(release.taken_over, TypeRole.CAPTION, quiet=True))
    if release.definitions:
        card.body.addWidget(plain_label(_("Changed definitions"), TypeRole.STRONG))
        card.body.addLayout(definition_grid(release.definitions))
        card.body.addSpacing(8)
    if release.rows.rows:
        table = TableOfView(release.rows)
        table.setFixedHeight(table.full_height())
        card.body.addWidget(table)
    return card


def definition_grid(definitions: tuple[ChangedDefinition, ...]) -> QGridLayout:
    """Measure and part at the left, the old words beside the new ones."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    for column, (words, stretch) in enumerate(((_("Measure"), 2), (_("Before"), 3), (_("Now"), 3))):
        grid.addWidget(plain_label(words, TypeRole.CAPTION_STRONG, quiet=True), 0, column)
        grid.setColumnStretch(column, stretch)
    for row, change in enumerate(definitions, 1):
        grid.addWidget(_top(plain_label(f"{change.measure}\n{change.part}", wrap=True)), row, 0)
        grid.addWidget(_top(plain_label(change.old, wrap=True, quiet=True)), row, 1)
        grid.addWidget(_top(plain_label(change.new, wrap=True)), row, 2)
    return grid


def _top(widget: QWidget) -> QWidget:
    widget.setContentsMargins(0, 2, 0, 2)
    return widget

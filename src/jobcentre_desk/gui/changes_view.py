"""The changes tab of Figures: per release the rows that came, changed and went, and definitions old beside new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from jobcentre_desk.gui.card_frame import GAP, CardFrame, plain_label
from jobcentre_desk.gui.column_scroll import ColumnScroll
from jobcentre_desk.gui.table_of_view import TableOfView
from jobcentre_desk.gui.theme import TypeRole, scaled
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.desk.figures import Figures
    from jobcentre_desk.desk.release_changes import ChangedDefinition, ReleaseChange
    from jobcentre_desk.gui.context import PageContext

WIDEST = 980


class ChangesView(ColumnScroll):
    """One card a release, newest first."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.show_figures()

    def show_figures(self) -> None:
        """Show the log of the figures of the moment."""
        figures = self._context.figures()
        releases = _read_changes(figures) if figures is not None else ()
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        for release in releases:
            column.addWidget(release_card(release))
        if not releases:
            column.addWidget(plain_label(_("No release has changed anything yet."), quiet=True, wrap=True))
        column.addStretch(1)
        self.show_column(holder)


def _read_changes(figures: Figures) -> tuple[ReleaseChange, ...]:
    from jobcentre_desk.desk.release_changes import release_changes

    return release_changes(figures)


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

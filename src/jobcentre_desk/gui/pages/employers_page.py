"""The Employers page: filters, the list in fair order, and the employer under the cursor beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from jobcentre_desk import text
from jobcentre_desk.errors import DeskError
from jobcentre_desk.gui.context import PageContext
from jobcentre_desk.gui.detail_pane import DetailPane
from jobcentre_desk.gui.employer_actions import EmployerActions
from jobcentre_desk.gui.employer_columns import Column
from jobcentre_desk.gui.employer_details import EmployerDetails
from jobcentre_desk.gui.employer_search import EmployerSearch, Result
from jobcentre_desk.gui.employer_source import EmployersInMemory, Titles
from jobcentre_desk.gui.employer_table import EmployerTable
from jobcentre_desk.gui.employers_header import EmployersHeader
from jobcentre_desk.gui.employers_layout import EmployersLayout
from jobcentre_desk.gui.empty_state import EmptyState
from jobcentre_desk.gui.filter_panel import FilterPanel
from jobcentre_desk.gui.outcome_source_choice import source_words
from jobcentre_desk.gui.page import Page
from jobcentre_desk.gui.saved_filters import SavedFilters
from jobcentre_desk.gui.table_legend import TableLegend
from jobcentre_desk.model.outcomes import EmployerRow, Order, Place, Scope
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jobcentre_desk.desk.figures import Figures
    from jobcentre_desk.desk.first_page import FirstPage
    from jobcentre_desk.desk.rolling import Rolling
    from jobcentre_desk.desk.ways_out import WayOut

PANE_AFTER = 16
"""Milliseconds, one frame, before the pane follows the cursor."""

REMEMBERED = "employers"
"""The name this page's widths are kept under in the settings."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the person chose here: kept when the page is built anew."""

    scope: Scope
    shortlist_only: bool
    cvr: str


class EmployersPage(Page):
    """Finds employers and shows them; every question is a job, and the former list stands until the next is there."""

    page_name: ClassVar[str] = "employers"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._result: Result | None = None
        self._titles = Titles({}, {})
        self._wanted_cvr = ""
        self._build()
        self._search = EmployerSearch(context.jobs, self)
        self._actions = EmployerActions(context, self)
        self._details = EmployerDetails(context.jobs, self._pane)
        self._rest = QTimer(self, singleShot=True, interval=PANE_AFTER)
        self._rest.timeout.connect(self._show_details)
        self.saved = SavedFilters(context, self._scope, self)
        self._panel.saved_button.setMenu(self.saved.menu)
        self._connect_panel()
        self._connect_list()
        self._connect_pane()
        self._recall()
        self.figures_changed()

    # What the window asks of a page

    def title(self) -> str:
        return _("Employers")

    def figures_changed(self) -> None:
        figures = self._context.figures()
        if figures is None:
            self._show_first_page(self._context.first_page())
            return
        self._titles = _titles(figures)
        self._panel.show_lists(figures.codes, self._context.settings().home_municipality)
        self._panel.show_quarters(figures.quarters, figures.known_through)
        self._show_sources(figures)
        self._look_for(self._panel.scope())

    def state(self) -> object:
        return Chosen(self._panel.scope(), self._header.shortlist_button.isChecked(), self._pane.cvr)

    def restore(self, state: object) -> None:
        if isinstance(state, Chosen):
            self._header.shortlist_button.setChecked(state.shortlist_only)
            self._wanted_cvr = state.cvr
            self.show_scope(state.scope)

    def showEvent(self, event: QShowEvent) -> None:
        """Show the scope another page wants as a list."""
        super().showEvent(event)
        wanted = self._context.state.pop("employers scope", None)
        if isinstance(wanted, Scope):
            self.show_scope(wanted)

    def focus_filter(self) -> None:
        if self._panel.isHidden():
            self._layout.toggle_over(self._panel)
        self._panel.focus_text()

    def panes(self) -> list[QWidget]:
        panes = [self._panel.text_field, self._table, self._pane.first_button()]
        return [pane for pane in panes if pane.isVisible()]

    def go_back(self) -> bool:
        return self._panel.close_search() or self._layout.close_over()

    # Building

    def _build(self) -> None:
        self._panel, self._header, self._pane = FilterPanel(), EmployersHeader(), DetailPane()
        self._table, self._legend, self._empty = EmployerTable(), TableLegend(), EmptyState()
        self._list = QStackedWidget()
        listed = QWidget()
        under = QVBoxLayout(listed)
        under.setContentsMargins(0, 0, 0, 0)
        under.setSpacing(0)
        under.addWidget(self._table, 1)
        under.addWidget(self._legend)
        self._list.addWidget(listed)
        self._list.addWidget(self._empty)
        center = QWidget()
        column = QVBoxLayout(center)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._list, 1)
        self._layout = EmployersLayout(self._panel, center, self._pane)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._layout)
        self.setAutoFillBackground(True)
        for widget in (self._empty, self._table):
            widget.setBackgroundRole(self._table.backgroundRole())

    def _connect_panel(self) -> None:
        self._panel.scope_changed.connect(self._look_for)
        self._panel.reset_wanted.connect(self._reset)
        self._panel.source_choice.chosen.connect(self._context.see_outcomes_of)
        self.saved.applied.connect(self.show_scope)
        self._empty.scope_wanted.connect(self.show_scope)
        self._empty.reset_wanted.connect(self._reset)
        self._layout.filter_is_over.connect(self._header.filter_button.setVisible)
        self._layout.pane_opened.connect(self._header.pane_button.setChecked)
        self._layout.resized_by_hand.connect(self._on_layout_resized)

    def _connect_list(self) -> None:
        search, header, table = self._search, self._header, self._table
        search.found.connect(self._on_search_found)
        search.counted.connect(self._panel.show_counts)
        search.placed.connect(self._on_search_placed)
        search.rolled.connect(self._on_search_rolled)
        search.ways_found.connect(self._on_ways_found)
        search.failed.connect(self._on_search_failed)
        header.order_chosen.connect(self._use_order)
        header.copy_wanted.connect(lambda: self._actions.copy(self._result, ()))
        header.export_wanted.connect(lambda: self._actions.export(self._result))
        header.pane_wanted.connect(self._toggle_pane)
        header.filter_wanted.connect(lambda: self._layout.toggle_over(self._panel))
        header.shortlist_wanted.connect(lambda _only: self._look_for(self._panel.scope()))
        header.alerts_wanted.connect(self._show_alerts)
        table.employer_changed.connect(self._on_employer_changed)
        table.page_wanted.connect(self._open_employer)
        table.pane_wanted.connect(self._toggle_pane)
        table.star_wanted.connect(self._toggle_star)
        table.copy_wanted.connect(self._copy_selected)
        table.order_wanted.connect(self._use_order)
        table.places_wanted.connect(self._on_places_wanted)
        table.columns_resized.connect(self._on_columns_resized)
        self._table.trend_planned.connect(self._legend.show_trend)
        self._legend.definition_wanted.connect(lambda: self._context.show_help(self.page_name))
        self._actions.shortlist_changed.connect(self._on_shortlist_changed)

    def _connect_pane(self) -> None:
        pane = self._pane
        pane.page_wanted.connect(lambda: self._open_employer(pane.cvr))
        pane.star_wanted.connect(lambda: self._toggle_star(pane.cvr))
        pane.sheet_wanted.connect(lambda: self._actions.save_sheet(self._table.current_employer()))
        pane.note_wanted.connect(lambda: self._actions.write_note(pane.cvr))
        pane.close_wanted.connect(self._toggle_pane)

    def _recall(self) -> None:
        settings = self._context.settings()
        self._layout.use_widths(settings.splitter_sizes.get(REMEMBERED, []))
        self._layout.want_pane(wanted=settings.detail_pane)
        self._header.pane_button.setChecked(settings.detail_pane)
        kept = settings.column_widths.get(REMEMBERED, [])
        self._table.restore_widths({column: width for column, width in zip(Column, kept, strict=False) if width})
        self._table.rows.show_shortlist(frozenset(self._context.workspace.shortlist()))
        self._header.show_usable(usable=False)

    # Searching

    def _scope(self) -> Scope:
        return self._panel.scope()

    def show_scope(self, scope: Scope) -> None:
        """Ask for another scope, as a saved filter or a way out does."""
        self._panel.show_scope(scope)
        self._header.show_order(scope.order)
        self._look_for(scope)

    def _reset(self) -> None:
        self._header.shortlist_button.setChecked(False)
        self.show_scope(Scope(order=self._panel.scope().order))

    def _use_order(self, order: Order) -> None:
        self.show_scope(self._panel.scope().changed(order=order))

    def _look_for(self, scope: Scope) -> None:
        figures = self._context.figures()
        if figures is None:
            return
        self._wanted_cvr = self._wanted_cvr or self._pane.cvr
        only = self._header.shortlist_button.isChecked()
        cvrs = frozenset(self._context.workspace.shortlist()) if only else None
        self._panel.grey_counts()
        self._search.search(figures, scope, cvrs=cvrs)

    def _show_sources(self, figures: Figures) -> None:
        sources = [
            (source.name, source_words(source.name, demonstration=source.demonstration))
            for source in figures.outcome_sources
        ]
        self._panel.show_sources(sources, figures.outcome_source.name if figures.outcome_source else "")

    def _show_first_page(self, page: FirstPage | None) -> None:
        """The ready first rows, before the figures are open; names of branches and areas come with the figures."""
        if page is None:
            self._header.show_opening()
            return
        rows = page.rows
        blank = Titles({row.branch: "" for row in rows}, {row.municipality: "" for row in rows})
        self._header.show_count(page.total, page.total)
        rated = min(page.rated, len(rows))
        self._table.show_employers(EmployersInMemory(tuple(rows), len(rows), rated), blank, rows)

    def _on_search_found(self, result: Result) -> None:
        self._result = result
        self._context.notices.clear("search")
        self._header.show_count(result.total, result.everyone)
        self._header.show_usable(usable=result.total > 0)
        self._table.show_employers(result, self._titles, result.first)
        self._tell_result(result)
        if result.total:
            self._list.setCurrentIndex(0)
            self._layout.leave_pane_out(left_out=False)
            self._choose_row()
        else:
            self._show_empty(result)

    def _tell_result(self, result: Result) -> None:
        words = _n("{n} employer · found in {ms} ms", "{n} employers · found in {ms} ms", result.total)
        self._context.show_result(words.format(n=text.count(result.total), ms=text.count(result.milliseconds)))

    def _choose_row(self) -> None:
        row = self._table.rows.find(self._wanted_cvr) if self._wanted_cvr else None
        self._wanted_cvr = ""
        line = self._table.rows.line_row()
        self._table.select_row(row if row is not None else int(line == 0))

    def _show_empty(self, result: Result) -> None:
        from jobcentre_desk.desk.scope_words import scope_parts

        scope = self._panel.scope()
        only = self._header.shortlist_button.isChecked()
        title = _("Nobody on the shortlist fits all of this") if only else _("No employer fits all of this")
        self._empty.show_question(title, scope_parts(result.figures.codes, scope))
        self._list.setCurrentIndex(1)
        self._layout.leave_pane_out(left_out=True)
        self._pane.show_nobody()
        if not only:
            self._search.ask_for_ways_out(result.figures, scope)

    def _on_ways_found(self, ways: tuple[WayOut, ...]) -> None:
        self._empty.show_ways(ways)

    def _on_search_failed(self, fault: DeskError) -> None:
        if fault.error_id == "no_outcomes":
            self._show_no_outcomes(fault)
        else:
            self._context.notices.fail(str(fault), cause="search")

    def _show_no_outcomes(self, fault: DeskError) -> None:
        """No fault of what was asked: what is loaded speaks of municipalities alone."""
        self._header.show_count(0, 0)
        self._header.show_usable(usable=False)
        self._layout.leave_pane_out(left_out=True)
        self._empty.show_question(fault.message, (fault.hint,))
        self._list.setCurrentWidget(self._empty)

    def _on_places_wanted(self, start: int, stop: int) -> None:
        if self._result is not None and self._result is self._table.rows.source:
            self._search.ask_for_places(self._result, start, stop)

    def _on_search_placed(self, result: Result, start: int, places: Sequence[Place | None]) -> None:
        if result is self._table.rows.source:
            self._table.rows.show_places(start, places)
            self._show_place()

    def _on_search_rolled(self, result: Result, start: int, rates: Sequence[Rolling]) -> None:
        if result is self._table.rows.source:
            self._table.rows.show_trends(start, rates)

    # The employer under the cursor

    def _on_employer_changed(self, _row: EmployerRow | None) -> None:
        """The list is painted first; a cursor that runs through it fills the pane only where it rests."""
        self._rest.start()

    def _show_details(self) -> None:
        row = self._table.current_employer()
        if row is None or self._list.currentIndex() != 0:
            self._pane.show_nobody()
            return
        self._pane.show_employer(row, self._titles)
        self._pane.show_star(starred=self._table.rows.is_shortlisted(row.cvr))
        self._show_place()
        if self._result is not None and self._layout.pane_is_open():
            self._details.show(self._result, row.cvr)

    def _show_place(self) -> None:
        row, index = self._table.current_employer(), self._table.currentIndex()
        if row is not None and self._result is not None:
            self._details.show_place(self._result, row, self._table.rows.place_at(index.row()))

    def _open_employer(self, cvr: str) -> None:
        scope = self._panel.scope()
        narrowed = scope.changed(municipalities=(), branches=(), text="", min_completed=1)
        self._context.open_employer(cvr, narrowed)

    def _toggle_star(self, cvr: str) -> None:
        if cvr:
            self._actions.toggle_star(cvr)

    def _on_shortlist_changed(self) -> None:
        shortlist = frozenset(self._context.workspace.shortlist())
        self._table.rows.show_shortlist(shortlist)
        self._pane.show_star(starred=self._pane.cvr in shortlist)
        if self._header.shortlist_button.isChecked():
            self._look_for(self._panel.scope())

    def _show_alerts(self) -> None:
        from jobcentre_desk.gui.alerts_dialog import AlertsDialog

        AlertsDialog(self._context, "", self).open()

    def _copy_selected(self) -> None:
        self._actions.copy(self._result, tuple(self._table.selected_positions()))

    def _toggle_pane(self) -> None:
        if self._layout.pane_is_over():
            self._layout.toggle_over(self._pane)
        else:
            wanted = not self._layout.pane_is_open()
            self._layout.want_pane(wanted=wanted)
            self._context.change_settings(detail_pane=wanted)
        is_open = self._layout.pane_is_open()
        self._header.pane_button.setChecked(is_open)
        if is_open:
            self._show_details()
        else:
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is remembered

    def _on_layout_resized(self, widths: list[int]) -> None:
        sizes = self._context.settings().splitter_sizes | {REMEMBERED: widths}
        self._context.change_settings(splitter_sizes=sizes)

    def _on_columns_resized(self, widths: dict[Column, int]) -> None:
        kept = [widths.get(column, 0) for column in Column]
        self._context.change_settings(column_widths=self._context.settings().column_widths | {REMEMBERED: kept})


def _titles(figures: Figures) -> Titles:
    codes = figures.codes
    return Titles(
        {code.code: text.both(code.title_da, code.title_en) for code in codes.branches},
        {area.code: text.both(area.name_da, area.name_en) for area in codes.areas.values()},
    )

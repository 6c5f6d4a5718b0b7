"""The Employer page: one sentence, employer beside branch and country, both kinds of job, trend, occupations, notes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from jobcentre_desk.errors import DeskError
from jobcentre_desk.gui.buttons import LinkButton, icon_button, primary_button, secondary_button
from jobcentre_desk.gui.card_frame import CardFrame, plain_label
from jobcentre_desk.gui.column_scroll import ColumnScroll
from jobcentre_desk.gui.context import PageContext
from jobcentre_desk.gui.employer_body import EmployerBody, ShownBranch
from jobcentre_desk.gui.employer_cards import copy_table, withheld_table
from jobcentre_desk.gui.employer_exports import PARTS, file_name, fill_export_menu
from jobcentre_desk.gui.notes import NotesList, write_note
from jobcentre_desk.gui.page import Page
from jobcentre_desk.gui.theme import TypeRole
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.model.pages import EmployerPage as EmployerContent
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

Ready = tuple[EmployerContent, EmployerContent | None]
"""A page as it is shown, and as it may be copied (None for a person)."""


class EmployerPage(Page):
    """Shows one employer; reached from the list, the search or the shortlist."""

    page_name: ClassVar[str] = "employer"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._cvr = ""
        self._scope = Scope()
        self._content: EmployerContent | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(_nobody_chosen(context))
        self._body: EmployerBody | None = None
        self._scroll = ColumnScroll()
        self._stack.addWidget(self._scroll)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def title(self) -> str:
        return self._content.comparison.employer.name if self._content else _("Employer")

    def subtitle(self) -> str:
        if self._content is None:
            return ""
        employer = self._content.comparison.employer
        return f"{self._content.branch_title} · {self._content.municipality_name} · CVR {employer.cvr}"

    def can_go_back(self) -> bool:
        return self._content is not None

    def top_bar_widgets(self) -> list[QWidget]:
        if self._content is None:
            return []
        widgets: list[QWidget] = []
        if self._content.scope_line:
            whole = secondary_button(self._content.scope_line, icon_name="close")
            whole.setToolTip(_("Show the whole employer"))
            whole.clicked.connect(lambda _checked=False: self.show_employer(self._cvr, None))
            widgets.append(whole)
        listed = self._cvr in self._context.workspace.shortlist()
        star = icon_button(
            "star-filled" if listed else "star", _("Take off the shortlist") if listed else _("Put on the shortlist")
        )
        star.clicked.connect(self.toggle_shortlist)
        note = secondary_button(_("Note"), icon_name="note")
        note.clicked.connect(lambda _checked=False: write_note(self._context, self, self._cvr, self._show_notes))
        sheet = primary_button(_("Sheet for the employer"), icon_name="document")
        sheet.clicked.connect(self.save_sheet)
        export = secondary_button(_("Export …"), icon_name="export")
        export.clicked.connect(partial(self._open_exports, export))
        return [*widgets, star, note, export, sheet]

    def figures_changed(self) -> None:
        if self._cvr:
            self._load()

    def state(self) -> object:
        return self._cvr, self._scope

    def restore(self, state: object) -> None:
        if isinstance(state, tuple) and len(state) == 2 and state[0]:
            self.show_employer(state[0], state[1])

    def show_employer(self, cvr: str, scope: Scope | None) -> None:
        """Show another employer; `scope` narrows it to occupations, benefit groups, programmes or a period."""
        self._cvr, self._scope = cvr, scope or Scope()
        self._load()

    def toggle_shortlist(self) -> None:
        """Put the employer on the shortlist, or take it off."""
        workspace = self._context.workspace
        if self._cvr in workspace.shortlist():
            workspace.remove_from_shortlist(self._cvr)
        else:
            workspace.add_to_shortlist(self._cvr)
        self.header_changed.emit()

    def export_menu(self) -> QMenu:
        """The page in the forms it can be saved in."""
        menu = QMenu(self)
        if self._content is not None:
            save_table = {part: partial(self._save_table, part) for part in PARTS}
            fill_export_menu(menu, self._content, sheet=self.save_sheet, workbook=self.save_workbook, tables=save_table)
        return menu

    def _open_exports(self, button: QPushButton, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        menu = self.export_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def save_sheet(self) -> None:
        """Ask where to, and write the one-page PDF."""
        if self._content is not None:
            name = file_name(self._content.comparison.employer.name)
            self._context.choose_save_file(self, f"{name}.pdf", self._write_sheet)

    def save_workbook(self) -> None:
        """Ask where to, and write the page with all its tables as xlsx."""
        figures, cvr, scope = self._context.figures(), self._cvr, self._scope
        if figures is None or self._content is None:
            return

        def save(path: Path) -> None:
            from jobcentre_desk.desk.exports import save_employer_workbook

            save_employer_workbook(figures, cvr, path, scope=scope)

        name = file_name(self._content.comparison.employer.name)
        self._context.choose_save_file(self, f"{name}.xlsx", partial(self._write_file, save))

    def _save_table(self, part: str) -> None:
        """Ask where to, and write the table of one part as CSV."""
        figures, cvr, scope = self._context.figures(), self._cvr, self._scope
        if figures is None or self._content is None:
            return

        def save(path: Path) -> None:
            from jobcentre_desk.desk.exports import save_employer_table

            save_employer_table(figures, cvr, part, path, scope=scope)

        name = file_name(f"{self._content.comparison.employer.name} {part}")
        self._context.choose_save_file(self, f"{name}.csv", partial(self._write_file, save))

    def _copy_table(self, content: EmployerContent, scope: Scope, part: str) -> None:
        """Put the table of one part on the clipboard, as it may leave the screen now."""
        figures = self._context.figures()
        if figures is None:
            return

        def work(_task: Task) -> TableOf | None:
            from jobcentre_desk.desk.exports import copied_employer_table

            return copied_employer_table(figures, content.comparison, part, scope=scope)

        self._context.jobs.start(work, self, self._on_table_copied, replaces="employer copy")

    def _on_table_copied(self, table: TableOf | None) -> None:
        copy_table(table or withheld_table())
        self._context.notices.inform(_("The table is copied with headers."), cause="copy")

    def _write_file(self, save: Callable[[Path], None], path: Path) -> None:
        def work(_task: Task) -> Path:
            save(path)
            return path

        self._context.jobs.start(work, self, self._on_file_written)

    def _on_file_written(self, path: Path) -> None:
        self._context.notices.inform(_("Saved: {path}").format(path=path), cause="saved")

    def _write_sheet(self, path: Path) -> None:
        figures, cvr, scope = self._context.figures(), self._cvr, self._scope
        if figures is None:
            return

        def work(_task: Task) -> Path:
            from jobcentre_desk.desk.exports import save_employer_sheet

            save_employer_sheet(figures, cvr, path, scope=scope)
            return path

        self._context.jobs.start(work, self, self._on_sheet_written)

    def _on_sheet_written(self, path: Path) -> None:
        self._context.notices.inform(_("The sheet is saved: {path}").format(path=path), cause="sheet")

    def _load(self) -> None:
        figures, cvr, scope = self._context.figures(), self._cvr, self._scope
        if figures is None:
            return

        def work(_task: Task) -> Ready:
            from jobcentre_desk.desk.employer_page import employer_page
            from jobcentre_desk.desk.exports import page_to_copy

            content = employer_page(figures, cvr, scope=scope)
            return content, page_to_copy(figures, content, scope=scope)

        self._context.jobs.start(
            work, self, self._on_content_ready, on_failed=self._on_content_failed, replaces="employer"
        )

    def _on_content_failed(self, fault: DeskError) -> None:
        """Nothing is left standing that belongs to other figures, as when another source is looked at."""
        self._content = None
        self._stack.setCurrentIndex(0)
        self.header_changed.emit()
        self._context.notices.fail(str(fault), cause="employer")

    def _on_content_ready(self, ready: Ready) -> None:
        content, shared = ready
        self._content = content
        self._context.notices.clear("employer")
        self._body = EmployerBody(content, shared, self._notes_card(), self._context)
        self._body.copy_wanted.connect(partial(self._copy_table, content, self._scope))
        self._scroll.show_column(self._body)
        self._stack.setCurrentWidget(self._scroll)
        self.header_changed.emit()
        self._context.show_result(content.period_line)
        self._load_branch(content, shared)

    def _load_branch(self, content: EmployerContent, shared: EmployerContent | None) -> None:
        """Work out behind the window what is said of the branch."""
        figures, scope = self._context.figures(), self._scope
        if figures is None:
            return

        def work(_task: Task) -> tuple[EmployerContent, ShownBranch]:
            from jobcentre_desk.desk.employer_branch import employer_branch, own_row, shared_branch

            branch = employer_branch(figures, content.comparison, scope=scope)
            row = own_row(shared.comparison) if shared else None
            works = shared_branch(figures, shared.comparison, scope=scope).works if shared else None
            return content, ShownBranch(branch=branch, row_to_copy=row, works_to_copy=works.table if works else None)

        self._context.jobs.start(work, self, self._on_branch_ready, replaces="employer branch")

    def _on_branch_ready(self, ready: tuple[EmployerContent, ShownBranch]) -> None:
        content, shown = ready
        figures = self._context.figures()
        if content is not self._content or self._body is None or figures is None:
            return
        employers = figures.employers
        self._body.place.opened.connect(lambda unit: self.show_employer(employers.cvr_text(int(unit)), self._scope))
        self._body.show_branch(shown, employers.name)

    def _notes_card(self) -> CardFrame:
        card = CardFrame(_("Notes (only on this computer)"))
        self._notes = NotesList(self._context, self._cvr)
        card.body.addWidget(self._notes)
        return card

    def _show_notes(self) -> None:
        self._notes.refresh()


def _nobody_chosen(context: PageContext) -> QWidget:
    ground = QWidget()
    layout = QVBoxLayout(ground)
    layout.addStretch(2)
    words = plain_label(_("No employer is chosen"), TypeRole.TITLE)
    layout.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
    how = plain_label(_("Choose one in the list of employers, or search with Ctrl+K."), quiet=True)
    layout.addWidget(how, 0, Qt.AlignmentFlag.AlignHCenter)
    link = LinkButton(_("Go to the list"))
    link.clicked.connect(lambda _checked=False: context.open_page("employers"))
    layout.addWidget(link, 0, Qt.AlignmentFlag.AlignHCenter)
    layout.addStretch(3)
    return ground

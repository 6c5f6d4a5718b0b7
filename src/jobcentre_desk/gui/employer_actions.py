"""What can be done with employers of the list: shortlist with undo, note, sheet, copy and export under the guard."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from jobcentre_desk import text
from jobcentre_desk.errors import DeskError
from jobcentre_desk.gui.context import PageContext
from jobcentre_desk.gui.employer_search import Result
from jobcentre_desk.gui.notes import write_note
from jobcentre_desk.model.outcomes import EmployerRow, Scope
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

MOST_COPIED = 5_000
"""Rows put on the clipboard at once; more belong in a file."""


class EmployerActions(QObject):
    """`shortlist_changed` tells that an employer was put on the shortlist or taken off."""

    shortlist_changed = Signal()

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page

    def toggle_star(self, cvr: str) -> None:
        """Put an employer on the shortlist or take it off; taking off can be undone."""
        workspace, notices = self._context.workspace, self._context.notices
        starred = cvr in workspace.shortlist()
        try:
            if starred:
                workspace.remove_from_shortlist(cvr)
            else:
                workspace.add_to_shortlist(cvr)
        except DeskError as fault:
            notices.fail(str(fault), cause="shortlist")
            return
        if starred:
            undo = (_("Undo"), partial(self._undo_star, cvr))
            notices.inform(_("The employer is taken off the shortlist."), (undo,), cause="shortlist")
        else:
            notices.clear("shortlist")
        self.shortlist_changed.emit()

    def _undo_star(self, cvr: str) -> None:
        self._context.notices.clear("shortlist")
        self.toggle_star(cvr)

    def write_note(self, cvr: str) -> None:
        """Open the dialog a note on the employer is written in."""
        if cvr:
            write_note(self._context, self._page, cvr, self._on_note_written)

    def _on_note_written(self) -> None:
        words = _("The note is kept; it stands on the employer's page.")
        self._context.notices.inform(words, cause="note")

    def save_sheet(self, row: EmployerRow | None) -> None:
        """Ask where to, and write the one-page sheet of the whole employer."""
        if row is not None:
            write = partial(self._write_sheet, row.cvr)
            self._context.choose_save_file(self._page, f"{row.name}.pdf", write)

    def _write_sheet(self, cvr: str, path: Path) -> None:
        figures = self._context.figures()
        if figures is None:
            return

        def work(_task: Task) -> Path:
            from jobcentre_desk.desk.exports import save_employer_sheet

            save_employer_sheet(figures, cvr, path, scope=Scope())
            return path

        self._context.jobs.start(work, self, self._on_file_saved, replaces="sheet")

    def copy(self, result: Result | None, positions: tuple[int, ...]) -> None:
        """Put rows with their headers on the clipboard: those at `positions` of the list, all of it for none."""
        if result is None or not result.total:
            return
        wanted = positions or tuple(range(min(result.total, MOST_COPIED)))

        def work(task: Task) -> str:
            from jobcentre_desk.desk.exports import employers_text

            return employers_text(result.figures, result.found, wanted, task=task)

        self._context.jobs.start(work, self, self._on_text_ready, replaces="copy")

    def _on_text_ready(self, words: str) -> None:
        rows = words.count("\n") - 1
        QGuiApplication.clipboard().setText(words)
        told = _n("{n} employer is copied with headers.", "{n} employers are copied with headers.", rows)
        self._context.notices.inform(told.format(n=text.count(rows)), cause="copy")

    def export(self, result: Result | None) -> None:
        """Say what is hidden and ask what the list is for and where to; then write all of it as CSV or xlsx."""
        from jobcentre_desk.gui.export_dialog import ExportDialog

        if result is not None and result.total:
            dialog = ExportDialog(self._context.jobs, result, self._page)
            dialog.save_wanted.connect(partial(self._choose_list_file, result))
            dialog.open()

    def _choose_list_file(self, result: Result, for_contact: bool, ending: str) -> None:  # noqa: FBT001 - Qt's signal
        write = partial(self._write_list, result, for_contact=for_contact)
        self._context.choose_save_file(self._page, f"{_('employers')}{ending}", write)

    def _write_list(self, result: Result, path: Path, *, for_contact: bool) -> None:
        def work(task: Task) -> Path:
            from jobcentre_desk.desk.exports import save_employers

            save_employers(result.figures, result.found, path, task=task, for_contact=for_contact)
            return path

        title = _n("Exporting {n} employer", "Exporting {n} employers", result.total)
        self._context.jobs.start(
            work, self, self._on_file_saved, replaces="export", title=title.format(n=text.count(result.total))
        )

    def _on_file_saved(self, path: Path) -> None:
        self._context.notices.inform(_("Saved: {path}").format(path=path), cause="saved")

"""What can be done from the Branches page: employers opened and put on the shortlist, tables saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from jobcentre_desk import text
from jobcentre_desk.errors import DeskError
from jobcentre_desk.gui.context import PageContext
from jobcentre_desk.model.branch_pages import JobKind
from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

MOST_LISTED = 200
"""A shortlist is to be worked through; a rectangle over the whole crowd is a slip of the hand."""


class BranchActions(QObject):
    """`shortlist_changed` tells that employers were put on the shortlist, or taken off again."""

    shortlist_changed = Signal()

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page

    def put_on_shortlist(self, cvrs: Sequence[str]) -> None:
        """Put employers on the shortlist; undone with one click. Too many at once are not."""
        notices, workspace = self._context.notices, self._context.workspace
        if len(cvrs) > MOST_LISTED:
            words = _("{n} employers are chosen. At most {most} go on the shortlist at once: choose fewer.")
            notices.warn(words.format(n=text.count(len(cvrs)), most=text.count(MOST_LISTED)), cause="shortlist")
            return
        listed = set(workspace.shortlist())
        new = [cvr for cvr in cvrs if cvr not in listed]
        if self._tried(partial(_each, workspace.add_to_shortlist, new)):
            told = _n("{n} employer is put on the shortlist.", "{n} employers are put on the shortlist.", len(new))
            undo = (_("Undo"), partial(self._take_off, tuple(new)))
            notices.inform(told.format(n=text.count(len(new))), (undo,) if new else (), cause="shortlist")
            self.shortlist_changed.emit()

    def copy(self, scope: Scope, kind: JobKind, which: str) -> None:
        """Put one of the tables on the clipboard, headers first, as it may leave the screen."""
        figures = self._context.figures()
        if figures is None:
            return

        def work(_task: Task) -> str:
            from jobcentre_desk.desk.branch_exports import copied_branch_table

            return copied_branch_table(figures, scope, which, kind=kind)

        self._context.jobs.start(work, self, self._on_copied, replaces="branch copy")

    def _on_copied(self, words: str) -> None:
        QGuiApplication.clipboard().setText(words)
        self._context.notices.inform(_("The table is copied with headers."), cause="copy")

    def save(self, scope: Scope, kind: JobKind, which: str) -> None:
        """Ask where to, and write one of the tables or the sheet."""
        name, ending = _file_name(which), "pdf" if which == "sheet" else "csv"
        self._context.choose_save_file(self._page, f"{name}.{ending}", partial(self._write, scope, kind, which))

    def _write(self, scope: Scope, kind: JobKind, which: str, path: Path) -> None:
        figures = self._context.figures()
        if figures is None:
            return

        def work(task: Task) -> Path:
            from jobcentre_desk.desk.branch_exports import save_branch_table

            save_branch_table(figures, scope, which, path, kind=kind, task=task)
            return path

        self._context.jobs.start(work, self, self._on_saved, replaces="branch table", title=_("Saving the table"))

    def _on_saved(self, path: Path) -> None:
        self._context.notices.inform(_("Saved: {path}").format(path=path), cause="saved")

    def _take_off(self, cvrs: tuple[str, ...]) -> None:
        self._context.notices.clear("shortlist")
        if self._tried(partial(_each, self._context.workspace.remove_from_shortlist, cvrs)):
            self.shortlist_changed.emit()

    def _tried(self, act: Callable[[], None]) -> bool:
        try:
            act()
        except DeskError as fault:
            self._context.notices.fail(str(fault), cause="shortlist")
            return False
        return True


def _each(act: Callable[[str], object], cvrs: Sequence[str]) -> None:
    for cvr in cvrs:
        act(cvr)


def _file_name(which: str) -> str:
    return {
        "funnel": _("employers of the branch"),
        "results": _("branch and occupation"),
        "intake": _("whom the branches take"),
        "branches": _("branches"),
        "occupations": _("occupations"),
        "sheet": _("branch"),
    }[which]

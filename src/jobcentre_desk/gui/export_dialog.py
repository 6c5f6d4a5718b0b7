"""Before a list of employers is saved: whether it is for contacting them, and what is hidden or left out, and why."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from jobcentre_desk import text
from jobcentre_desk.gui.buttons import primary_button, secondary_button
from jobcentre_desk.gui.desk_dialog import DeskDialog
from jobcentre_desk.gui.theme import TypeRole
from jobcentre_desk.gui.wrapped_label import wrapped_label
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

if TYPE_CHECKING:
    from jobcentre_desk.desk.exports import ListLosses
    from jobcentre_desk.gui.employer_search import Result
    from jobcentre_desk.gui.jobs import Jobs
    from jobcentre_desk.task import Task

WIDTH = 540
CSV, XLSX = ".csv", ".xlsx"


class ExportDialog(DeskDialog):
    """`save_wanted` tells whether the list is for contacting the employers, and the ending of the file (".csv").

    What the list loses is counted meanwhile.
    """

    save_wanted = Signal(bool, str)

    def __init__(self, jobs: Jobs, result: Result, parent: QWidget | None = None) -> None:
        words = _n("Export {n} employer", "Export {n} employers", result.total)
        super().__init__(words.format(n=text.count(result.total)), parent, width=WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._jobs, self._result = jobs, result
        self.losses = wrapped_label("")
        self.for_contact = QCheckBox(_("The list is for contacting employers"))
        self.for_contact.setChecked(True)
        self.save = secondary_button(_("Save as CSV …"))
        self.save_workbook = primary_button(_("Save as xlsx …"))
        self._ending = CSV
        self._lay_out()
        self.for_contact.toggled.connect(self._count)
        self._count()

    def done(self, result: int) -> None:
        """Close; nobody waits for the counts any more."""
        self._jobs.cancel(self._counting)
        super().done(result)
        if result:
            self.save_wanted.emit(self.for_contact.isChecked(), self._ending)

    def _lay_out(self) -> None:
        column = self.column
        column.addWidget(self.losses)
        column.addWidget(self.for_contact)
        why = _("Employers protected from advertising are then left out: they may not be offered anything unasked.")
        column.addWidget(wrapped_label(why, TypeRole.CAPTION, quiet=True))
        cancel = secondary_button(_("Cancel"))
        cancel.clicked.connect(self.reject)
        self.save.clicked.connect(partial(self._save_as, CSV))
        self.save_workbook.clicked.connect(partial(self._save_as, XLSX))
        self.add_buttons(cancel, self.save_workbook).insertWidget(2, self.save)

    def _save_as(self, ending: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        self._ending = ending
        self.accept()

    def _count(self) -> None:
        self.losses.setText(_("Counting what is hidden …"))
        result, for_contact = self._result, self.for_contact.isChecked()

        def work(task: Task) -> ListLosses:
            from jobcentre_desk.desk.exports import list_losses

            return list_losses(result.figures, result.found, for_contact=for_contact, task=task)

        self._counting = self._jobs.start(work, self, self._show_losses, replaces="list losses")

    def _show_losses(self, losses: ListLosses) -> None:
        self.losses.setText("\n".join(loss_sentences(losses)))


def loss_sentences(losses: ListLosses) -> list[str]:
    """What is hidden or left out and why, a sentence each; one sentence when nothing is."""
    told = []
    if losses.counts_hidden:
        words = _n(
            "{n} count is hidden, so that nobody can work out a small number of people.",
            "{n} counts are hidden, so that nobody can work out a small number of people.",
            losses.counts_hidden,
        )
        told.append(words.format(n=text.count(losses.counts_hidden)))
    if losses.sole_proprietors:
        words = _n(
            "{n} sole proprietor is left out: figures on one person never leave the screen.",
            "{n} sole proprietors are left out: figures on one person never leave the screen.",
            losses.sole_proprietors,
        )
        told.append(words.format(n=text.count(losses.sole_proprietors)))
    if losses.advertising_protected:
        words = _n(
            "{n} employer is left out: it is protected from advertising.",
            "{n} employers are left out: they are protected from advertising.",
            losses.advertising_protected,
        )
        told.append(words.format(n=text.count(losses.advertising_protected)))
    return told or [_("Nothing is hidden or left out of this list.")]

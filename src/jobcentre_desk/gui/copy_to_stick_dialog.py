"""Copying publications to a stick, folder or .zip: which ones, how, how far it is, and what lies there afterwards."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QProgressBar, QVBoxLayout, QWidget

from jobcentre_desk.errors import DeskError
from jobcentre_desk.gui.buttons import SegmentedChoice, primary_button, secondary_button
from jobcentre_desk.gui.desk_dialog import DeskDialog
from jobcentre_desk.gui.stick_words import copied_words, handed_words, lacking_words
from jobcentre_desk.gui.theme import TypeRole, theme_of
from jobcentre_desk.gui.wrapped_label import wrapped_label
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.desk.handing_on import HandedOn
    from jobcentre_desk.desk.sticks import StickResult
    from jobcentre_desk.gui.context import PageContext
    from jobcentre_desk.gui.jobs import Job
    from jobcentre_desk.task import Task

WIDTH = 600
FOLDERS, ZIP = "folders", "zip"
SUGGESTED = "jobcentre-desk.zip"


class CopyToStickDialog(DeskDialog):
    """Stays open while it copies; Cancel stops the copy and leaves nothing half."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(_("Copy to stick"), parent, width=WIDTH)
        self._context = context
        self._copying: Job | None = None
        self.publications: dict[str, QCheckBox] = {}
        self._handed: tuple[HandedOn, ...] = ()
        self._list = QVBoxLayout()
        self.form = SegmentedChoice([(FOLDERS, _("As folders")), (ZIP, _("As zip files"))], FOLDERS)
        self.state, self.access, self.fault = wrapped_label(""), wrapped_label(""), wrapped_label("")
        self.progress = QProgressBar()
        self.copy, self.cancel = primary_button(_("Choose where …")), secondary_button(_("Cancel"))
        self._lay_out()
        self.copy.clicked.connect(self._on_copy_clicked)
        self.cancel.clicked.connect(self.reject)
        self._look()

    def chosen(self) -> tuple[str, ...]:
        """The sources that are ticked."""
        return tuple(name for name, box in self.publications.items() if box.isChecked())

    def copy_to(self, place: Path) -> None:
        """Copy what is ticked to `place`, a folder or a .zip."""
        work = partial(_copy, self._context, place, self.chosen())
        self.fault.hide()
        self._show_running(running=True)
        self._copying = self._context.jobs.start(
            work,
            self,
            self._on_copied,
            on_failed=self._on_failed,
            on_progress=self._on_progress,
            title=_("Copying to the stick"),
        )

    def done(self, result: int) -> None:
        """Close; a copy that runs is stopped."""
        if self._copying is not None:
            self._context.jobs.cancel(self._copying)
        super().done(result)

    def _lay_out(self) -> None:
        column = self.column
        about = _("The releases you have are copied exactly as they were signed, with a check list, and read back.")
        column.addWidget(wrapped_label(about, quiet=True))
        column.addWidget(self.state)
        self._list.setSpacing(6)
        column.addLayout(self._list)
        column.addWidget(self.access)
        column.addWidget(self.form)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(12)
        column.addWidget(self.progress)
        palette = self.fault.palette()
        palette.setColor(self.fault.foregroundRole(), theme_of(self).error)
        self.fault.setPalette(palette)
        column.addWidget(self.fault)
        for each in (self.access, self.progress, self.fault, self.form):
            each.hide()
        self.copy.setEnabled(False)
        self.add_buttons(self.cancel, self.copy)

    def _look(self) -> None:
        self.state.setText(_("Looking at what can be copied …"))
        self._context.jobs.start(partial(_what_there_is, self._context), self, self._show, on_failed=self._on_failed)

    def _show(self, handed: tuple[HandedOn, ...]) -> None:
        self._handed = handed
        self.state.setVisible(not handed)
        self.form.setVisible(bool(handed))
        if not handed:
            self.state.setText(
                _("There is nothing to copy yet. A publication can be copied once it was fetched and is signed.")
            )
            self.copy.hide()
            self.cancel.setText(_("Close"))
        for each in handed:
            box = QCheckBox(handed_words(each).replace("&", "&&"))
            box.setChecked(not each.lacking)
            box.setEnabled(not each.lacking)
            box.toggled.connect(self._show_choice)
            self.publications[each.source] = box
            self._list.addWidget(box)
            if each.lacking:
                self._list.addWidget(wrapped_label(lacking_words(each), TypeRole.CAPTION, quiet=True))
        self._show_choice()

    def _show_choice(self) -> None:
        chosen = self.chosen()
        self.copy.setEnabled(bool(chosen))
        needing = [each for each in self._handed if each.needs_access and each.source in chosen]
        self.access.setVisible(bool(needing))
        self.access.setText(
            _(
                "Some of these figures were given to certain authorities. Whoever receives the stick needs access of"
                " their own and confirms it in the program, with who gave it and on what legal basis."
            )
            if needing
            else ""
        )

    def _show_running(self, *, running: bool) -> None:
        self.progress.setVisible(running)
        self.progress.setRange(0, 0)
        self.copy.setEnabled(not running)
        self.form.setEnabled(not running)
        for each in self._handed:
            self.publications[each.source].setEnabled(not running and not each.lacking)

    def _on_copy_clicked(self) -> None:
        if self.form.current() == ZIP:
            self._context.choose_save_file(self, SUGGESTED, self.copy_to)
        else:
            self._context.choose_folder(self, self.copy_to)

    def _on_progress(self, done: int, total: int, words: str) -> None:
        self.progress.setRange(0, 1000)
        self.progress.setValue(1000 * done // max(total, 1))
        self.progress.setAccessibleName(words)

    def _on_copied(self, result: StickResult) -> None:
        self._copying = None
        self.progress.hide()
        self.state.setText(copied_words(result))
        self.state.show()
        for each in (self.copy, self.form, *self.publications.values()):
            each.hide()
        self.cancel.setText(_("Close"))

    def _on_failed(self, fault: DeskError) -> None:
        self._copying = None
        self.state.setVisible(not self._handed and not str(fault))
        self._show_running(running=False)
        self._show_choice()
        self.fault.setText(str(fault))
        self.fault.show()


def _what_there_is(context: PageContext, _task: Task) -> tuple[HandedOn, ...]:
    from jobcentre_desk.desk.handing_on import what_can_be_handed_on

    return what_can_be_handed_on(context.home, context.workspace)


def _copy(context: PageContext, place: Path, names: tuple[str, ...], task: Task) -> StickResult:
    from jobcentre_desk.desk.sticks import copy_to_stick

    return copy_to_stick(context.home, context.workspace, place, names=names, task=task)

"""Loading a file of one's own: what its columns are, the first rows of it, and every problem when it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from jobcentre_desk import text
from jobcentre_desk.errors import DeskError
from jobcentre_desk.gui.buttons import SegmentedChoice, primary_button, secondary_button
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.import_fields import ImportFields
from jobcentre_desk.gui.layout_bar import LayoutBar
from jobcentre_desk.gui.mapping_preview import MappingPreview
from jobcentre_desk.gui.problem_list import ProblemList
from jobcentre_desk.gui.progress_row import ProgressRow
from jobcentre_desk.gui.target_words import target_name
from jobcentre_desk.gui.theme import TypeRole, theme_of
from jobcentre_desk.gui.wide_dialog import WideDialog
from jobcentre_desk.gui.wrapped_label import wrapped_label
from jobcentre_desk.model.imports import JOBS_ELSEWHERE_APART, FileLook, ImportMapping, Target
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

if TYPE_CHECKING:
    from jobcentre_desk.desk.sync import SyncResult
    from jobcentre_desk.gui.context import PageContext
    from jobcentre_desk.model.publication import RowProblem
    from jobcentre_desk.model.workspace_records import SourceEntry
    from jobcentre_desk.task import Task
    from jobcentre_desk.workspace.store import Workspace

SIZE, LEAST = (1000, 690), (760, 520)
ROWS, PROBLEMS = "rows", "problems"


class MappingDialog(WideDialog):
    """Nothing is kept until all of the file is right; `entry` is the source that a corrected file replaces."""

    def __init__(
        self,
        context: PageContext,
        path: Path,
        parent: QWidget | None = None,
        *,
        entry: SourceEntry | None = None,
    ) -> None:
        super().__init__(_("Load a file of one's own"), parent, size=SIZE, least=LEAST)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._path, self._entry = context, path, entry
        self.look: FileLook | None = None
        self.mapping = ImportMapping(columns=())
        self.layout_bar, self.preview = LayoutBar(), MappingPreview()
        self.fields = ImportFields(path.stem[:60], entry)
        self.shown = SegmentedChoice([(ROWS, _("Preview")), (PROBLEMS, _("Problems"))], ROWS)
        self.problems: ProblemList | None = None
        self._notes: tuple[str, ...] = ()
        self.fault, self.progress = wrapped_label(""), ProgressRow()
        self.load, self.cancel = primary_button(_("Load the file")), secondary_button(_("Cancel"))
        self._lay_out()
        self._connect()
        self.fields.publisher.setFocus(Qt.FocusReason.OtherFocusReason)
        self.read()

    def read(self, *, encoding: str = "", separator: str = "", sheet: str = "") -> None:
        """Look at the file (again), behind the window."""
        self._say("")
        self.load.setEnabled(False)
        self.progress.wait(_("Reading {name} …").format(name=self._path.name))
        work = partial(_look, self._context.workspace, self._path, encoding=encoding, separator=separator, sheet=sheet)
        self._reading = self._context.jobs.start(
            work, self, self._on_looked, on_failed=self._on_not_read, replaces="look at file"
        )

    def accept(self) -> None:
        """Load the file, or say what is missing."""
        if self.look is None or not self.load.isEnabled():
            return
        try:
            self.fields.check()
        except DeskError as fault:
            self._say(str(fault))
            return
        self._say("")
        self._work_on(busy=True)
        self.progress.wait(_("Checking every row …"))
        self._context.syncing.start_import(self._import, self.fields.name.text(), on_failed=self._on_refused)
        if not self._context.syncing.running_import:
            self._work_on(busy=False)
            self._say(_("Figures are being fetched now. Load the file when that has ended."))

    def reject(self) -> None:
        """Close; a running load is stopped first, and the dialog stays."""
        if self._context.syncing.running_import:
            self._context.syncing.cancel()
            self._work_on(busy=False)
            return
        super().reject()

    def done(self, result: int) -> None:
        """Close; nobody waits for the first rows any more."""
        self._context.jobs.cancel(self._reading)
        super().done(result)

    # Layout

    def _lay_out(self) -> None:
        self.column.setSpacing(8)
        self.column.addWidget(self.layout_bar)
        self.shown.hide()
        row = QHBoxLayout()
        row.setSpacing(12)
        self._counted = plain_label("", TypeRole.CAPTION, quiet=True)
        row.addWidget(self.shown)
        row.addWidget(self._counted, 1)
        self.column.addLayout(row)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.preview)
        self.column.addWidget(self._stack, 1)
        self.column.addWidget(self.fields)
        self.fault.hide()
        palette = self.fault.palette()
        palette.setColor(self.fault.foregroundRole(), theme_of(self).error)
        self.fault.setPalette(palette)
        self.column.addWidget(self.fault)
        self.add_buttons(self.cancel, self.load).insertWidget(0, self.progress, 1)

    def _connect(self) -> None:
        self.layout_bar.show_file(self._path)
        self.layout_bar.other_file_asked.connect(self._on_other_file_asked)
        self.layout_bar.read_asked.connect(self._on_read_asked)
        self.preview.target_chosen.connect(self._on_target_chosen)
        self.shown.chosen.connect(self._show_part)
        self.fields.edited.connect(lambda: self._say(self._missing()))
        self.cancel.clicked.connect(self.reject)
        self.load.clicked.connect(self.accept)
        self._context.syncing.changed.connect(self._on_syncing_changed)
        self._context.syncing.ended.connect(self._on_synced)

    # Reading

    def _on_looked(self, found: tuple[FileLook, ImportMapping, bool]) -> None:
        self.look, self.mapping, remembered = found
        self.progress.rest()
        self.layout_bar.show_look(self.look, remembered=remembered)
        self._show_problems(())
        self.preview.show_look(self.look, self.mapping)
        self.preview.order_keys(self.layout_bar.last_field(), self.fields.name)
        rows = self.look.row_count
        shown = len(self.look.rows)
        words = _n("{n} row", "{n} rows", rows) if shown >= rows else _("The first {shown} of {n} rows")
        self._counted.setText(words.format(shown=text.count(shown), n=text.count(rows)))
        self.load.setText(_n("Load {n} row", "Load {n} rows", rows).format(n=text.count(rows)))
        self._check()

    def _on_not_read(self, fault: DeskError) -> None:
        self.progress.rest()
        self._say(str(fault))

    def _on_read_asked(self, encoding: str, separator: str, sheet: str) -> None:
        self.read(encoding=encoding, separator=separator, sheet=sheet)

    def _on_other_file_asked(self) -> None:
        from jobcentre_desk.gui.source_dialog import FILES

        self._context.choose_open_file(self, FILES, self._on_other_file_chosen)

    def _on_other_file_chosen(self, path: Path) -> None:
        self._path = path
        self.layout_bar.show_file(path)
        if self._entry is None and not self.fields.name.isModified():
            self.fields.name.setText(path.stem[:60])
        self.read()

    # The columns

    def _on_target_chosen(self, column: str, target: Target) -> None:
        self.mapping = self.mapping.with_target(column, target)
        self.preview.show_mapping(self.mapping)
        self._check()

    def _check(self) -> None:
        assert self.look is not None
        missing = self._missing()
        self._say(missing)
        self.load.setEnabled(not missing)
        self._context.jobs.start(
            partial(_about_columns, self.look, self.mapping),
            self,
            self.preview.show_findings,
            replaces="column problems",
        )

    def _missing(self) -> str:
        missing = self.mapping.missing() if self.look is not None else ()
        if missing:
            names = ", ".join(target_name(target) for target in missing)
            return _("Say above the columns which one is: {names}.").format(names=names)
        apart = any(self.mapping.column_of(target) for target in JOBS_ELSEWHERE_APART)
        if apart and self.mapping.column_of(Target.JOB_ELSEWHERE):
            return _("Jobs elsewhere would count twice: choose either the one column for all, or those by branch.")
        return ""

    # Loading

    def _import(self, task: Task) -> SyncResult:
        from jobcentre_desk.desk.imports import import_file

        result = import_file(
            self._context.home,
            self._context.workspace,
            self._path,
            self.layout_bar.completed(self.mapping),
            name=self.fields.name.text().strip(),
            publisher_name=self.fields.publisher.text().strip(),
            basis=self.fields.basis.text().strip(),
            sole_proprietors=self.fields.sole_proprietors.isChecked(),
            known_through=self.fields.quarter(),
            task=task,
        )
        self._notes = result.notes[1:]
        return result.sync

    def _on_syncing_changed(self) -> None:
        if self._context.syncing.running_import:
            done, total, what = self._context.syncing.progress
            self.progress.show_progress(done, total, what or _("Checking every row …"))

    def _on_synced(self, _result: SyncResult) -> None:
        if self._busy:
            super().accept()
            self._context.open_page("figures")
            if self._notes:
                told = _("{name}: {notes}").format(name=self.fields.name.text().strip(), notes=" ".join(self._notes))
                self._context.notices.inform(told, cause="import")

    def _on_refused(self, fault: DeskError) -> None:
        self._work_on(busy=False)
        self._say(str(fault))
        self._show_problems(getattr(fault, "problems", ()))

    def _show_problems(self, problems: tuple[RowProblem, ...]) -> None:
        if self.problems is not None:
            self._stack.removeWidget(self.problems)
            self.problems.deleteLater()
            self.problems = None
        self.shown.setVisible(bool(problems))
        self.shown.choose(PROBLEMS if problems else ROWS)
        if problems:
            file_name = _("Problems in {name}").format(name=self._path.stem) + ".csv"
            self.problems = ProblemList(self._context, problems, file_name=file_name)
            self._stack.addWidget(self.problems)
            words = _("Problems ({n})").format(n=text.count(len(problems)))
            self.shown.rename(PROBLEMS, words)
        self._show_part(PROBLEMS if problems else ROWS)

    def _show_part(self, shown: str) -> None:
        """The first rows with the fields under them, or the problems with all the room there is."""
        self._stack.setCurrentIndex(0 if shown == ROWS else 1)
        self.fields.setVisible(shown == ROWS)

    _busy = False

    def _work_on(self, *, busy: bool) -> None:
        self._busy = busy
        for part in (self.layout_bar, self.preview, self.fields, self.load):
            part.setEnabled(not busy)
        self.cancel.setText(_("Stop") if busy else _("Cancel"))
        if not busy:
            self.progress.rest()

    def _say(self, sentence: str) -> None:
        self.fault.setText(sentence)
        self.fault.setAccessibleName(sentence)
        self.fault.setVisible(bool(sentence))


def _look(
    workspace: Workspace, path: Path, task: Task, *, encoding: str, separator: str, sheet: str
) -> tuple[FileLook, ImportMapping, bool]:
    from jobcentre_desk.desk.import_mapping import layout_key
    from jobcentre_desk.desk.imports import look_at_file, suggest_mapping

    look = look_at_file(path, encoding=encoding, separator=separator, sheet=sheet, task=task)
    remembered = workspace.import_mapping(layout_key(look.layout.columns)) is not None
    return look, suggest_mapping(workspace, look), remembered


def _about_columns(
    look: FileLook, mapping: ImportMapping, _task: Task
) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, str]]:
    """What is wrong in each column, and how its numbers are read."""
    from jobcentre_desk.desk.imports import column_notes, column_problems

    return column_problems(look, mapping), column_notes(look, mapping)

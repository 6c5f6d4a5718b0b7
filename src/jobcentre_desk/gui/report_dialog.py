"""The monthly report: of which municipalities, in which language, as which files, how far it is, and where they lie."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QProgressBar, QWidget

from jobcentre_desk import text
from jobcentre_desk.errors import DeskError
from jobcentre_desk.gui.buttons import SegmentedChoice, primary_button, secondary_button
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.desk_dialog import DeskDialog
from jobcentre_desk.gui.theme import TypeRole, theme_of
from jobcentre_desk.gui.wrapped_label import wrapped_label
from jobcentre_desk.text import both, count
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

if TYPE_CHECKING:
    from jobcentre_desk.desk.figures import Figures
    from jobcentre_desk.desk.report_run import ReportRun
    from jobcentre_desk.gui.context import PageContext
    from jobcentre_desk.gui.jobs import Job
    from jobcentre_desk.task import Task

WIDTH = 560
ONE, ALL = "one", "all"
FILES = {"pdf": ("pdf",), "xlsx": ("xlsx",), "both": ("pdf", "xlsx")}
"""What is written, by the choice."""
MOST_NAMED = 3
CAUSE = "reports"


def show_folder(folder: Path) -> None:
    """Open a folder in the file manager of the computer."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def show_reports(context: PageContext, code: str, parent: QWidget) -> None:
    """Open the dialog where there are figures to report of."""
    figures = context.figures()
    if figures is not None:
        ReportDialog(context, figures, code, parent).open()


class ReportDialog(DeskDialog):
    """Stays open while reports are made; Cancel stops, and the folder is then as it was."""

    def __init__(
        self,
        context: PageContext,
        figures: Figures,
        code: str,
        parent: QWidget | None = None,
        *,
        open_folder: Callable[[Path], None] = show_folder,
    ) -> None:
        super().__init__(_("Monthly report"), parent, width=WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._figures, self._code, self._open_folder = context, figures, code, open_folder
        self._making: Job | None = None
        area = figures.codes.areas[code]
        self.which = SegmentedChoice([(ONE, both(area.name_da, area.name_en)), (ALL, _("All municipalities"))], ONE)
        self.language = SegmentedChoice([("da", "Dansk"), ("en", "English")], text.language())
        self.files = SegmentedChoice([("pdf", "PDF"), ("xlsx", _("Workbook (xlsx)")), ("both", _("Both"))], "pdf")
        self.progress = QProgressBar()
        self.state, self.fault = wrapped_label("", quiet=True), wrapped_label("")
        self.make, self.cancel = primary_button(_("Choose a folder …")), secondary_button(_("Cancel"))
        self._lay_out()
        self.make.clicked.connect(lambda: context.choose_folder(self, self.make_in))
        self.cancel.clicked.connect(self.reject)

    def make_in(self, folder: Path) -> None:
        """Make the reports chosen and write them to `folder`."""
        self.fault.hide()
        self._show_running(running=True)
        codes = (self._code,) if self.which.current() == ONE else ()
        kinds = FILES[self.files.current()]
        self._making = self._context.jobs.start(
            partial(_make, self._figures, codes, folder, kinds, self.language.current()),
            self,
            self._on_made,
            on_failed=self._on_failed,
            on_progress=self._on_progress,
            title=_("Making reports"),
        )

    def done(self, result: int) -> None:
        """Close; a run that is not finished is stopped."""
        if self._making is not None:
            self._context.jobs.cancel(self._making)
        super().done(result)

    def _lay_out(self) -> None:
        about = _(
            "Where a municipality stands, what changed, the published measures, the gap and its parts, and every "
            "definition. Counts that are too small to be told are hidden."
        )
        self.column.addWidget(wrapped_label(about, quiet=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        rows = ((_("Of"), self.which), (_("Language"), self.language), (_("Files"), self.files))
        for row, (words, choice) in enumerate(rows):
            choice.setAccessibleName(words)
            grid.addWidget(plain_label(words, TypeRole.BODY, quiet=True), row, 0)
            grid.addWidget(choice, row, 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)
        self.column.addLayout(grid)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(12)
        palette = self.fault.palette()
        palette.setColor(self.fault.foregroundRole(), theme_of(self).error)
        self.fault.setPalette(palette)
        for widget in (self.progress, self.state, self.fault):
            self.column.addWidget(widget)
            widget.hide()
        self.add_buttons(self.cancel, self.make)

    def _show_running(self, *, running: bool) -> None:
        self.progress.setVisible(running)
        self.state.setVisible(running)
        self.progress.setRange(0, 0)
        for widget in (self.make, self.which, self.language, self.files):
            widget.setEnabled(not running)

    def _on_progress(self, done: int, total: int, words: str) -> None:
        self.progress.setRange(0, max(total, 1))
        self.progress.setValue(done)
        self.progress.setAccessibleName(words)
        self.state.setText(_("{done} of {total}").format(done=count(done), total=count(total)))

    def _on_made(self, run: ReportRun) -> None:
        self._making = None
        notices, link = self._context.notices, (_("Open folder"), partial(self._open_folder, run.folder))
        if run.failed:
            notices.warn(made_words(run), (link,), cause=CAUSE)
        else:
            notices.inform(made_words(run), (link,), cause=CAUSE)
        self.accept()

    def _on_failed(self, fault: DeskError) -> None:
        self._making = None
        self._show_running(running=False)
        self.fault.setText(str(fault))
        self.fault.show()


def made_words(run: ReportRun) -> str:
    """How many reports were written and where, and of whom there is none."""
    told = _n("{n} report is saved in {folder}.", "{n} reports are saved in {folder}.", len(run.saved))
    parts = [told.format(n=count(len(run.saved)), folder=run.folder)]
    if run.failed:
        names = ", ".join(one.name for one in run.failed[:MOST_NAMED])
        more = len(run.failed) - MOST_NAMED
        listed = _("{names} and {n} more").format(names=names, n=count(more)) if more > 0 else names
        parts.append(_("None of {municipalities}: {why}").format(municipalities=listed, why=run.failed[0].error))
    return " ".join(parts)


def _make(
    figures: Figures, codes: Sequence[str], folder: Path, kinds: Sequence[str], language: str, task: Task
) -> ReportRun:
    """The reports of `codes` (none = all) in `language`, whatever the window speaks."""
    from jobcentre_desk.desk.report_run import municipality_codes, save_reports

    with text.in_language(language):
        return save_reports(figures, codes or municipality_codes(figures), folder, kinds=kinds, task=task)

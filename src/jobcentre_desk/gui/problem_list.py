"""Broken rules row by row, in a table that can be copied whole and saved as a CSV file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from jobcentre_desk import text
from jobcentre_desk.errors import DeskError
from jobcentre_desk.gui.buttons import secondary_button
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.table_of_view import TableOfView
from jobcentre_desk.gui.theme import TypeRole
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.gui.context import PageContext
    from jobcentre_desk.model.publication import RowProblem


class ProblemList(QWidget):
    """File, row, column and reason; the buttons copy or save all of them, not only what is in sight."""

    def __init__(
        self, context: PageContext, problems: Sequence[RowProblem], *, file_name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._file_name = context, file_name
        self.table = TableOfView(problem_table(problems))
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.table.setAccessibleName(_("Problems"))
        self.copy = secondary_button(_("Copy all"), icon_name="copy")
        self.save = secondary_button(_("Save as CSV …"), icon_name="export")
        self._told = plain_label("", TypeRole.CAPTION, quiet=True)
        self.copy.clicked.connect(self._on_copy_clicked)
        self.save.clicked.connect(self._on_save_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.copy)
        row.addWidget(self.save)
        row.addWidget(self._told, 1)
        column.addLayout(row)

    def _on_copy_clicked(self) -> None:
        self.table.copy()
        self._told.setText(_("Copied."))

    def _on_save_clicked(self) -> None:
        self._context.choose_save_file(self, self._file_name, self.save_to)

    def save_to(self, path: Path) -> None:
        """Write all problems to `path`, behind the window."""
        table = self.table.model().table  # type: ignore[attr-defined] # a TableOfModel
        self._context.jobs.start(
            lambda _task: _write(table, path), self, partial(self._on_saved, path), on_failed=self._on_not_saved
        )

    def _on_saved(self, path: Path, _nothing: object) -> None:
        self._told.setText(_("Saved as {name}.").format(name=path.name))

    def _on_not_saved(self, fault: DeskError) -> None:
        self._told.setText(str(fault))


def problem_table(problems: Sequence[RowProblem]) -> TableOf:
    """File, row, column and reason of every broken rule."""
    return TableOf(
        header=(_("File"), _("Row"), _("Column"), _("Reason")),
        rows=tuple((p.file, text.count(p.row) if p.row else "–", p.column or "–", p.reason) for p in problems),
        numeric=(False, True, False, False),
    )


def _write(table: TableOf, path: Path) -> None:
    from jobcentre_desk.desk.table_exports import save_table

    save_table(table, path)

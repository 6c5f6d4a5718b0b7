"""Values that a later release changed, old beside new, ready to be copied or saved."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHeaderView

from jobcentre_desk import text
from jobcentre_desk.errors import DeskError
from jobcentre_desk.gui.buttons import icon_button
from jobcentre_desk.gui.card_frame import CardFrame, plain_label
from jobcentre_desk.gui.table_of_view import TableOfView
from jobcentre_desk.gui.theme import TypeRole
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

if TYPE_CHECKING:
    from jobcentre_desk.desk.revised_values import RevisedValues
    from jobcentre_desk.gui.context import PageContext
    from jobcentre_desk.model.charts import TableOf

MOST_ROWS_HIGH = 10


class RevisedCard(CardFrame):
    """Hidden until values are shown, and when there are none; `about` names the choice in the saved file's name."""

    def __init__(self, context: PageContext, about: str) -> None:
        super().__init__(_("Revised values"))
        self._context, self._about = context, about
        self.table: TableOfView | None = None
        self._counted = plain_label("", TypeRole.CAPTION, quiet=True)
        self.copy = icon_button("copy", _("Copy the revised values"), kind="quiet")
        self.save = icon_button("export", _("Save the revised values as CSV …"), kind="quiet")
        for widget in (self._counted, self.copy, self.save):
            self.header.addWidget(widget)
        self.copy.clicked.connect(self._on_copy_clicked)
        self.save.clicked.connect(self._on_save_clicked)
        why = _("Past figures are corrected now and then. What stood here before is kept.")
        self.body.addWidget(plain_label(why, TypeRole.CAPTION, quiet=True, wrap=True))

    def show_values(self, revised: RevisedValues) -> None:
        """Show the table; all of it is copied and saved, however much is in sight."""
        rows = len(revised.table.rows)
        self.setVisible(rows > 0)
        if not rows:
            return
        words = _n("{n} value", "{n} values", rows)
        self._counted.setText(words.format(n=text.count(rows)))
        self.table = table = TableOfView(revised.table)
        table.setAccessibleName(_("Revised values"))
        header = table.horizontalHeader()
        header.setResizeContentsPrecision(MOST_ROWS_HIGH)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        spare = min(rows, MOST_ROWS_HIGH) - rows
        table.setFixedHeight(table.full_height() + spare * table.verticalHeader().defaultSectionSize())
        self.body.addWidget(table)

    def _on_copy_clicked(self) -> None:
        if self.table is not None:
            self.table.copy()
            self._context.notices.inform(_("The revised values are copied."), cause="revised values")

    def _on_save_clicked(self) -> None:
        named = _("Revised values of {name}").format(name=self._about) if self._about else _("Revised values")
        self._context.choose_save_file(self, f"{named}.csv", self.save_to)

    def save_to(self, path: Path) -> None:
        """Write the whole table to `path`, behind the window."""
        if self.table is None:
            return
        table: TableOf = self.table.model().table  # type: ignore[attr-defined] # a TableOfModel
        self._context.jobs.start(
            partial(_write, table, path), self, partial(self._on_saved, path), on_failed=self._on_not_saved
        )

    def _on_saved(self, path: Path, _nothing: object) -> None:
        self._context.notices.inform(_("Saved as {name}.").format(name=path.name), cause="revised values")

    def _on_not_saved(self, fault: DeskError) -> None:
        self._context.notices.fail(str(fault), cause="revised values")


def _write(table: TableOf, path: Path, _task: object) -> None:
    from jobcentre_desk.desk.table_exports import save_table

    save_table(table, path)

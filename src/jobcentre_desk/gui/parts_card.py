"""Where half of the gap lies: the few branches and employers, each as a table with its sentence."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from jobcentre_desk.gui.card_frame import CardFrame, plain_label
from jobcentre_desk.gui.table_of_view import TableOfView
from jobcentre_desk.gui.theme import TypeRole
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.municipalities import GapParts
from jobcentre_desk.text import translate as _


class PartsCard(CardFrame):
    """Branches or employers that make up half; `shared` is the table that may leave the screen."""

    def __init__(self, parts: GapParts, parent: QWidget | None = None, *, shared: TableOf | None = None) -> None:
        super().__init__(parts.title, parent)
        self.body.addWidget(plain_label(parts.sentence, TypeRole.CAPTION, wrap=True, quiet=True))
        if parts.parts:
            table = TableOfView(parts.table, as_shared=shared)
            table.setFixedHeight(table.full_height())
            table.setAccessibleName(parts.title)
            self.body.addWidget(table)
        about = _("Traineeships of the latest known year, by the municipality of the workplace.")
        self.body.addWidget(plain_label(about, TypeRole.CAPTION, wrap=True, quiet=True))

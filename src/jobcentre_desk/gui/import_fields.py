"""What must be told about a file of one's own beside its columns: name, who made it, on what basis, known through."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from jobcentre_desk import text
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.theme import TypeRole, scaled
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.model.workspace_records import SourceEntry

QUARTERS_OFFERED = 16
LONGEST_NAME, LONGEST_BASIS = 60, 500


class ImportFields(QWidget):
    """Two columns of fields; `edited` tells of every change."""

    edited = Signal()

    def __init__(self, suggested_name: str, entry: SourceEntry | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.publisher = QLineEdit(entry.name if entry else suggested_name), QLineEdit()
        self.basis, self.known_through = QLineEdit(entry.basis if entry else ""), QComboBox()
        self.access = QCheckBox(_("I confirm that we have been given access to these figures."))
        self.sole_proprietors = QCheckBox(_("The access covers sole proprietors as well."))
        self.sole_proprietors.setChecked(entry.sole_proprietors if entry else False)
        self.name.setEnabled(entry is None)
        self.name.setMaxLength(LONGEST_NAME)
        self.publisher.setMaxLength(LONGEST_NAME)
        self.basis.setMaxLength(LONGEST_BASIS)
        self._fill_quarters()
        self._lay_out()
        for field in (self.name, self.publisher, self.basis):
            field.textEdited.connect(self.edited)
        self.access.toggled.connect(self.edited)

    def check(self) -> None:
        """Raise InputRefused with the first thing that is missing."""
        for field, missing in (
            (self.name, _("The source has no name.")),
            (self.basis, _("Nothing is said about the access to the figures.")),
        ):
            if not text.clean(field.text()):
                field.setFocus()
                raise InputRefused(missing, _("Fill in the field."))
        if not self.access.isChecked():
            self.access.setFocus()
            raise InputRefused(_("The access is not confirmed."), _("Tick the confirmation under the fields."))

    def quarter(self) -> Quarter | None:
        """The last quarter whose jobs are known; None = as the file shows."""
        return Quarter.parse(str(self.known_through.currentData() or ""))

    def _fill_quarters(self) -> None:
        self.known_through.addItem(_("As the file shows"), "")
        today = dt.datetime.now().astimezone().date()
        year, number = today.year, (today.month + 2) // 3
        for _step in range(QUARTERS_OFFERED):
            number -= 1
            if number == 0:
                year, number = year - 1, 4
            self.known_through.addItem(text.quarter(year, number), f"{year}Q{number:02d}")

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        hints = (
            (_("What you call the source"), self.name, ""),
            (_("Who made the export"), self.publisher, _("The authority or office, such as “STAR, data office”")),
            (_("Access"), self.basis, _("Who gave access, and on what legal basis")),
            (_("Jobs are known through"), self.known_through, ""),
        )
        for place, (words, field, hint) in enumerate(hints):
            row, column = divmod(place, 2)
            grid.addWidget(plain_label(words, TypeRole.STRONG), 2 * row, column)
            grid.addWidget(field, 2 * row + 1, column)
            field.setAccessibleName(words)
            if isinstance(field, QLineEdit):
                field.setPlaceholderText(hint)
        grid.setRowMinimumHeight(4, scaled(26))
        grid.addWidget(self.access, 4, 0)
        grid.addWidget(self.sole_proprietors, 4, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

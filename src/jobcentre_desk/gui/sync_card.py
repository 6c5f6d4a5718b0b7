"""A running sync on the Figures page: what is fetched, how far it is, and Cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QProgressBar

from jobcentre_desk import text
from jobcentre_desk.gui.buttons import secondary_button
from jobcentre_desk.gui.card_frame import CardFrame, plain_label
from jobcentre_desk.gui.theme import TypeRole
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.gui.context import PageContext


class SyncCard(CardFrame):
    """Hidden while nothing runs."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._syncing = context.syncing
        self._what = plain_label("", quiet=True)
        self._far = plain_label("", quiet=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(12)
        cancel = secondary_button(_("Cancel"))
        cancel.clicked.connect(self._syncing.cancel)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(plain_label(_("Fetching figures"), TypeRole.SECTION))
        row.addWidget(self._what, 1)
        row.addWidget(self._far)
        row.addWidget(cancel)
        self.body.addLayout(row)
        self.body.addWidget(self._bar)
        calm = _("You can go on working. What you see changes only when everything is fetched and checked.")
        self.body.addWidget(plain_label(calm, TypeRole.CAPTION, quiet=True, wrap=True))
        self.show_progress()

    def show_progress(self) -> None:
        """Show how far the sync is, or hide."""
        done, total, what = self._syncing.progress
        self.setVisible(self._syncing.running)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._what.setText(what)
        self._far.setText(text.percent(min(1.0, done / total)) if total else "")

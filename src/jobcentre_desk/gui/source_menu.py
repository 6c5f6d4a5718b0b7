"""The menu of one source on the Figures page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from jobcentre_desk.model.services import SERVICES, SourceKind
from jobcentre_desk.text import translate as _


class SourceMenu(QMenu):
    """Only what fits the kind: tables and key of a service, another file of a file, and removing any source."""

    fetch_asked = Signal()
    tables_asked = Signal()
    key_asked = Signal()
    file_asked = Signal()
    removal_asked = Signal()

    def __init__(self, kind: SourceKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addAction(_("Fetch now"), self.fetch_asked.emit)
        if kind in SERVICES:
            self.addAction(_("Tables …"), self.tables_asked.emit)
        if kind is SourceKind.JOBINDSATS:
            self.addAction(_("Change key …"), self.key_asked.emit)
        if kind is SourceKind.AUTHORITY_FILE:
            self.addAction(_("Load a corrected file …"), self.file_asked.emit)
        self.before_removal = self.addSeparator()
        self.addAction(_("Remove"), self.removal_asked.emit)

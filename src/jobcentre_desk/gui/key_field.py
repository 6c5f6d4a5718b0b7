"""A field for a service's key: never shown, pasted with a click, and where it will be kept said under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from jobcentre_desk.gui.buttons import secondary_button
from jobcentre_desk.gui.theme import TypeRole
from jobcentre_desk.gui.wrapped_label import wrapped_label
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.gui.jobs import Jobs
    from jobcentre_desk.task import Task

LONGEST_KEY = 4000


class KeyField(QWidget):
    """`changed` tells that something was typed or pasted."""

    changed = Signal()

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setMaxLength(LONGEST_KEY)
        self.field.setAccessibleName(_("Key"))
        self.field.setPlaceholderText(_("The key as it stands in the mail"))
        self.field.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.paste = secondary_button(_("Paste"))
        self.kept = wrapped_label(_("Looking for the keyring of this machine …"), TypeRole.CAPTION, quiet=True)
        self._lay_out()
        self.field.textChanged.connect(self.changed)
        self.paste.clicked.connect(self._on_paste_clicked)
        jobs.start(_keyring_available, self, self._show_kept)

    def key(self) -> str:
        """What was typed, without the spaces and line ends that come along when pasting."""
        return "".join(self.field.text().split())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.paste)
        column.addLayout(row)
        column.addWidget(self.kept)
        self.setFocusProxy(self.field)

    def _on_paste_clicked(self) -> None:
        self.field.setText(QGuiApplication.clipboard().text().strip())
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_kept(self, available: object) -> None:
        words = (
            _("It is kept in the keyring of this machine, never in a file of the program.")
            if available
            else _("There is no keyring here: the key is kept until the program closes, and asked for again then.")
        )
        self.kept.setText(words)
        self.field.setAccessibleDescription(words)


def _keyring_available(_task: Task) -> bool:
    from jobcentre_desk.desk.source_keys import keyring_available

    return keyring_available()

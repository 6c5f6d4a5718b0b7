"""Changing the key of a service: the new one is tried before it takes the place of the old."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from jobcentre_desk.errors import DeskError
from jobcentre_desk.gui.buttons import primary_button, secondary_button
from jobcentre_desk.gui.desk_dialog import DeskDialog
from jobcentre_desk.gui.key_field import KeyField
from jobcentre_desk.gui.theme import theme_of
from jobcentre_desk.gui.wrapped_label import wrapped_label
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.gui.context import PageContext
    from jobcentre_desk.model.workspace_records import SourceEntry
    from jobcentre_desk.task import Task


class KeyDialog(DeskDialog):
    """A key that is refused is said here and nothing changes; the figures stay whatever happens."""

    def __init__(self, context: PageContext, entry: SourceEntry, parent: QWidget | None = None) -> None:
        super().__init__(_("Change the key of {name}").format(name=entry.name), parent, width=520)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._entry = context, entry
        self.key, self.fault = KeyField(context.jobs), wrapped_label("")
        self.change = primary_button(_("Change the key"))
        self.column.addWidget(self.key)
        palette = self.fault.palette()
        palette.setColor(self.fault.foregroundRole(), theme_of(self).error)
        self.fault.setPalette(palette)
        self.fault.hide()
        self.column.addWidget(self.fault)
        cancel = secondary_button(_("Cancel"))
        cancel.clicked.connect(self.reject)
        self.change.clicked.connect(self.accept)
        self.key.changed.connect(lambda: self._say(""))
        self.add_buttons(cancel, self.change)
        self.key.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Try the key behind the window; keep it when the service takes it."""
        if not self.key.key():
            self._say(_("The key is missing. Paste it from the mail."))
            return
        self._say("")
        self.change.setEnabled(False)
        self._job = self._context.jobs.start(
            partial(_try_and_keep, self._entry, self.key.key()),
            self,
            self._on_kept,
            on_failed=self._on_refused,
            replaces="try key",
            title=_("Trying the key"),
        )

    def reject(self) -> None:
        """Close; a key being tried is not kept any more."""
        if not self.change.isEnabled():
            self._context.jobs.cancel(self._job)
        super().reject()

    def _on_kept(self, in_keyring: object) -> None:
        super().accept()
        name = self._entry.name
        told = (
            _("The key of {name} is changed and kept in the keyring.").format(name=name)
            if in_keyring
            else _("The key of {name} is changed, until the program closes.").format(name=name)
        )
        links = ((_("Fetch now"), partial(self._context.sync, (name,))),)
        self._context.notices.inform(told, links, cause="key")

    def _on_refused(self, fault: DeskError) -> None:
        self.change.setEnabled(True)
        self._say(str(fault))

    def _say(self, sentence: str) -> None:
        self.fault.setText(sentence)
        self.fault.setAccessibleName(sentence)
        self.fault.setVisible(bool(sentence))


def _try_and_keep(entry: SourceEntry, key: str, task: Task) -> bool:
    from jobcentre_desk.desk.source_keys import change_key
    from jobcentre_desk.desk.source_list import table_offers

    table_offers(entry.kind, address=entry.address, key=key, task=task)
    task.stop_if_cancelled()
    return change_key(entry, key)

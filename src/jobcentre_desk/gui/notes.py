"""Notes on an employer: a list with change and delete, and the dialog they are written in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from jobcentre_desk import text
from jobcentre_desk.gui.buttons import icon_button, primary_button, secondary_button
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.context import PageContext
from jobcentre_desk.gui.theme import TypeRole, scaled, theme_of
from jobcentre_desk.model.workspace_records import Note
from jobcentre_desk.text import translate as _

_DIALOG_WIDTH = 480


class NotesList(QWidget):
    """The notes on one employer, newest first."""

    def __init__(self, context: PageContext, cvr: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._cvr = cvr
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self.refresh()

    def refresh(self) -> None:
        """Show what the workspace holds now."""
        while (item := self._layout.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.deleteLater()
        notes = self._context.workspace.notes(self._cvr)
        for note in sorted(notes, key=lambda n: n.written_at, reverse=True):
            self._layout.addWidget(self._row(note))
        if not notes:
            empty = _("No notes yet. A note is about the employer, never about a jobseeker, and is never printed.")
            self._layout.addWidget(plain_label(empty, TypeRole.CAPTION, wrap=True, quiet=True))

    def _row(self, note: Note) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        when = text.date(datetime.fromisoformat(note.written_at).date())
        layout.addWidget(plain_label(f"{when}: {note.text}", wrap=True), 1)
        change = icon_button("pencil", _("Change the note"), kind="quiet")
        change.clicked.connect(lambda _checked=False: self._change(note))
        remove = icon_button("trash", _("Delete the note"), kind="quiet")
        remove.clicked.connect(lambda _checked=False: self._delete(note))
        for button in (change, remove):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _change(self, note: Note) -> None:
        write_note(self._context, self, self._cvr, self.refresh, note=note)

    def _delete(self, note: Note) -> None:
        self._context.workspace.delete_note(note.id)
        self.refresh()

        def undo() -> None:
            self._context.workspace.write_note(note.cvr, note.text)
            self._context.notices.clear("note")
            self.refresh()

        self._context.notices.inform(_("The note is deleted."), ((_("Undo"), undo),), cause="note")


def write_note(
    context: PageContext, parent: QWidget, cvr: str, on_saved: Callable[[], None], *, note: Note | None = None
) -> None:
    """Open the dialog in which a note is written or changed; `on_saved` is called after it is kept."""
    dialog = NoteDialog(parent, former=note.text if note else "")

    def save() -> None:
        words = dialog.words()
        if note is not None:
            context.workspace.change_note(note.id, words)
        elif words:
            context.workspace.write_note(cvr, words)
        on_saved()

    dialog.accepted.connect(save)
    dialog.open()


class NoteDialog(QDialog):
    """Where a note is written; warns at once when something in it looks like a CPR number."""

    def __init__(self, parent: QWidget, *, former: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Change the note") if former else _("Write a note"))
        self.setMinimumWidth(scaled(_DIALOG_WIDTH))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        about = _("About the employer, never about a jobseeker. Notes stay on this computer and are never printed.")
        layout.addWidget(plain_label(about, TypeRole.CAPTION, wrap=True, quiet=True))
        self._field = QPlainTextEdit(former)
        self._field.setAccessibleName(_("Note"))
        self._field.setTabChangesFocus(True)
        self._field.textChanged.connect(self._warn)
        layout.addWidget(self._field)
        warning = _("This looks like a CPR number. Take it out: notes are about employers.")
        self._warning = plain_label(warning, TypeRole.CAPTION_STRONG, wrap=True)
        palette = self._warning.palette()
        palette.setColor(self._warning.foregroundRole(), theme_of(self).warning)
        self._warning.setPalette(palette)
        layout.addWidget(self._warning)
        layout.addLayout(self._buttons())
        self._warn()

    def words(self) -> str:
        """What was written, cleaned of control characters, line by line."""
        lines = (text.clean(line, longest=2000) for line in self._field.toPlainText().splitlines())
        return "\n".join(lines).strip()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = secondary_button(_("Cancel"))
        cancel.clicked.connect(self.reject)
        save = primary_button(_("Keep the note"))
        save.setDefault(True)
        save.clicked.connect(self.accept)
        row.addWidget(cancel)
        row.addWidget(save)
        return row

    def _warn(self) -> None:
        from jobcentre_desk.desk.notes import looks_like_cpr

        self._warning.setVisible(looks_like_cpr(self._field.toPlainText()))

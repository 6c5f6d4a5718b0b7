"""The fields for adding a publication: where it lies, whose key signs it, and who gave access."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from jobcentre_desk.errors import DeskError, InputRefused
from jobcentre_desk.gui.buttons import secondary_button
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.theme import TypeRole, scaled
from jobcentre_desk.gui.wrapped_label import wrapped_label
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.gui.context import PageContext

LARGEST_KEY_FILE = 10_000


class PublicationForm(QWidget):
    """Its `add` keeps the source and gives its name, or raises DeskError with what is wrong."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.location, self.name, self.key = QLineEdit(), QLineEdit(), QPlainTextEdit()
        self.at_least, self.basis = QLineEdit(), QLineEdit()
        self.unsigned = QCheckBox(
            _("Load without a signature. Nobody vouches for the figures, and every page says so.")
        )
        self.access = QCheckBox(_("I confirm that we have been given access to these figures."))
        self.sole_proprietors = QCheckBox(
            _("The access covers sole proprietors as well (employers that are one person).")
        )
        self.key_id = wrapped_label("", TypeRole.CAPTION)
        self._lay_out()
        self.key.textChanged.connect(self._on_key_changed)
        self.unsigned.toggled.connect(self._on_unsigned_toggled)
        self.location.textEdited.connect(self._on_location_edited)

    def first_field(self) -> QWidget:
        """Where the keyboard begins."""
        return self.location

    def add(self) -> str:
        """Keep the source; gives its name."""
        from jobcentre_desk.desk.source_list import add_source

        key = self.key.toPlainText().strip()
        if not key and not self.unsigned.isChecked():
            raise InputRefused(
                _("The publisher's key is missing."),
                _("Paste it or choose its file; or tick that the source is loaded without a signature."),
            )
        if self.basis.text().strip() and not self.access.isChecked():
            raise InputRefused(
                _("The access is not confirmed."), _("Tick the confirmation, or empty the field about access.")
            )
        entry = add_source(
            self._context.workspace,
            name=self.name.text(),
            location=self.location.text().strip(),
            key="" if self.unsigned.isChecked() else key,
            unsigned=self.unsigned.isChecked(),
            at_least=self._least_release(),
            basis=self.basis.text().strip(),
            sole_proprietors=self.sole_proprietors.isChecked(),
        )
        return entry.name

    def begin_with(self, place: Path) -> None:
        """Fill in where the publication lies (a stick that was opened)."""
        self._take_location(place)

    def take_key_file(self, path: Path) -> None:
        """Read a key file into the field."""
        try:
            content = path.read_bytes()[:LARGEST_KEY_FILE].decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            self.key_id.setText(
                _("The key file cannot be read. Choose the file the publisher gave you, such as publisher.pub.")
            )
            return
        self.key.setPlainText(content)

    def _least_release(self) -> int:
        typed = self.at_least.text().strip()
        if typed and not (typed.isascii() and typed.isdigit()):
            raise InputRefused(
                _("“At least release” takes a whole number."),
                _("Give the number the publisher told you, or leave the field empty."),
            )
        return int(typed or 0)

    # Layout

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._add_location(column)
        self._add_key(column)
        self._add_access(column)

    def _add_location(self, column: QVBoxLayout) -> None:
        column.addWidget(plain_label(_("Where the publication lies"), TypeRole.STRONG))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.location.setPlaceholderText(_("https://…, a folder, or a .zip file"))
        self.location.setAccessibleName(_("Where the publication lies"))
        row.addWidget(self.location, 1)
        row.addWidget(_button(_("Folder …"), self._on_folder_asked))
        row.addWidget(_button(_("Zip file …"), self._on_zip_asked))
        column.addLayout(row)
        column.addSpacing(8)
        column.addWidget(plain_label(_("What you call it"), TypeRole.STRONG))
        self.name.setMaxLength(60)
        self.name.setAccessibleName(_("What you call it"))
        column.addWidget(self.name)
        column.addSpacing(8)

    def _add_key(self, column: QVBoxLayout) -> None:
        column.addWidget(plain_label(_("The publisher's key"), TypeRole.STRONG))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.key.setPlaceholderText(_("Paste the key, or choose the file the publisher gave you (.pub)"))
        self.key.setAccessibleName(_("The publisher's key"))
        self.key.setFixedHeight(scaled(52))
        self.key.setTabChangesFocus(True)
        row.addWidget(self.key, 1)
        row.addWidget(_button(_("Key file …"), self._on_key_file_asked))
        column.addLayout(row)
        column.addWidget(self.key_id)
        column.addWidget(self.unsigned)
        column.addSpacing(8)
        self._add_at_least(column)

    def _add_at_least(self, column: QVBoxLayout) -> None:
        words = _("At least release")
        column.addWidget(plain_label(words, TypeRole.STRONG))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.at_least.setAccessibleName(words)
        self.at_least.setMaxLength(9)
        self.at_least.setFixedWidth(scaled(100))
        row.addWidget(self.at_least)
        why = _("The number the publisher gives with the key id: nobody can then hand you an older release as new.")
        row.addWidget(plain_label(why, TypeRole.CAPTION, wrap=True, quiet=True), 1)
        column.addLayout(row)
        column.addSpacing(8)

    def _add_access(self, column: QVBoxLayout) -> None:
        column.addWidget(plain_label(_("Access (figures on single employers)"), TypeRole.STRONG))
        self.basis.setPlaceholderText(_("Who gave access, and on what legal basis"))
        self.basis.setAccessibleName(_("Who gave access, and on what legal basis"))
        self.basis.setMaxLength(500)
        column.addWidget(self.basis)
        column.addSpacing(4)
        column.addWidget(self.access)
        column.addWidget(self.sole_proprietors)

    # What happens

    def _on_folder_asked(self) -> None:
        self._context.choose_folder(self, self._take_location)

    def _on_zip_asked(self) -> None:
        self._context.choose_open_file(self, "*.zip", self._take_location)

    def _on_key_file_asked(self) -> None:
        self._context.choose_open_file(self, "*.pub", self.take_key_file)

    def _take_location(self, path: Path) -> None:
        self.location.setText(str(path))
        self._on_location_edited(str(path))

    def _on_location_edited(self, typed: str) -> None:
        if not self.name.isModified():
            self.name.setText(suggested_name(typed))

    def _on_key_changed(self) -> None:
        from jobcentre_desk.publishing.trust import key_id, parse_public_key

        typed = self.key.toPlainText().strip()
        if not typed:
            self.key_id.setText("")
            return
        try:
            shown = key_id(parse_public_key(typed))
        except DeskError as fault:
            self.key_id.setText(str(fault))
            return
        self.key_id.setText(_("Key id {id}. Compare it with the publisher by phone, not by mail.").format(id=shown))

    def _on_unsigned_toggled(self) -> None:
        self.key.setEnabled(not self.unsigned.isChecked())


def suggested_name(location: str) -> str:
    """A short name from an address or path: its server, or its last folder without the ending."""
    if "://" in location:
        return location.split("://", 1)[1].split("/", 1)[0].split(":", 1)[0]
    return Path(location).stem


def _button(words: str, act: object) -> QPushButton:
    made = secondary_button(words)
    made.clicked.connect(act)
    return made

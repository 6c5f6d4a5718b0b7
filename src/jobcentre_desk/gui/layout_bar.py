"""Which file is read, and how: its encoding and separator or its sheet, found out and changeable."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jobcentre_desk.gui.buttons import secondary_button
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.elided_label import ElidedLabel
from jobcentre_desk.gui.target_words import encoding_name, separator_name
from jobcentre_desk.gui.theme import TypeRole
from jobcentre_desk.gui.wrapped_label import wrapped_label
from jobcentre_desk.model.imports import FileKind, FileLook, ImportMapping
from jobcentre_desk.text import translate as _

ENCODINGS, SEPARATORS = ("utf-8", "windows-1252", "utf-16"), (";", ",", "\t")


class LayoutBar(QWidget):
    """`read_asked` carries encoding, separator and sheet when the person has chosen another one."""

    read_asked = Signal(str, str, str)
    other_file_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file = ElidedLabel("", TypeRole.STRONG)
        self.encoding, self.separator, self.sheet = QComboBox(), QComboBox(), QComboBox()
        self.decided_by = wrapped_label("", TypeRole.CAPTION, quiet=True)
        self._words: dict[QComboBox, QLabel] = {}
        self._lay_out()
        for choice in (self.encoding, self.separator, self.sheet):
            choice.activated.connect(self._on_activated)

    def show_file(self, path: Path) -> None:
        """Name the file."""
        self.file.setText(path.name)
        self.file.setToolTip("")

    def show_look(self, look: FileLook, *, remembered: bool) -> None:
        """Say how the file was read and by what that was found."""
        csv = look.layout.kind is FileKind.CSV
        _fill(self.encoding, [(encoding_name(each), each) for each in ENCODINGS], look.layout.encoding)
        _fill(self.separator, [(separator_name(each), each) for each in SEPARATORS], look.layout.separator)
        _fill(self.sheet, [(each, each) for each in look.layout.sheets], look.layout.sheet)
        for choice in (self.encoding, self.separator):
            self._show_choice(choice, shown=csv)
        self._show_choice(self.sheet, shown=not csv)
        last_time = _("The columns are as last time.") if remembered else ""
        self.decided_by.setText(" ".join(words for words in (look.decided_by, last_time) if words))

    def completed(self, mapping: ImportMapping) -> ImportMapping:
        """The mapping with encoding, separator and sheet as they stand."""
        encoding, separator, sheet = self._chosen()
        return replace(mapping, encoding=encoding, separator=separator, sheet=sheet)

    def _chosen(self) -> tuple[str, str, str]:
        encoding, separator, sheet = (
            "" if choice.isHidden() else str(choice.currentData() or "")
            for choice in (self.encoding, self.separator, self.sheet)
        )
        return encoding, separator, sheet

    def last_field(self) -> QComboBox:
        """The last of the choices that are shown."""
        return self.separator if self.sheet.isHidden() else self.sheet

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        other = secondary_button(_("Other file …"))
        other.clicked.connect(self.other_file_asked)
        row.addWidget(self.file, 1)
        row.addWidget(other)
        row.addSpacing(8)
        for words, choice in (
            (_("Encoding"), self.encoding),
            (_("Separator"), self.separator),
            (_("Sheet"), self.sheet),
        ):
            choice.setAccessibleName(words)
            self._words[choice] = plain_label(words, quiet=True)
            row.addWidget(self._words[choice])
            row.addWidget(choice)
            self._show_choice(choice, shown=False)
        column.addLayout(row)
        column.addWidget(self.decided_by)

    def _show_choice(self, choice: QComboBox, *, shown: bool) -> None:
        choice.setVisible(shown)
        self._words[choice].setVisible(shown)

    def _on_activated(self) -> None:
        self.read_asked.emit(*self._chosen())


def _fill(choice: QComboBox, words: list[tuple[str, str]], chosen: str) -> None:
    choice.clear()
    for shown, key in words:
        choice.addItem(shown, key)
    if chosen and choice.findData(chosen) < 0:
        choice.addItem(chosen, chosen)
    choice.setCurrentIndex(choice.findData(chosen))

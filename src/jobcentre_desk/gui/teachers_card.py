"""Who to learn from: peers ahead, why, where they differ most, and what they say that they do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jobcentre_desk.gui.buttons import LinkButton
from jobcentre_desk.gui.card_frame import CardFrame, plain_label
from jobcentre_desk.gui.theme import TypeRole
from jobcentre_desk.model.municipalities import Teacher
from jobcentre_desk.text import translate as _


class TeachersCard(CardFrame):
    """A peer with its reason and practices; a click on its name opens it."""

    municipality_chosen = Signal(str)

    def __init__(self, teachers: Sequence[Teacher], parent: QWidget | None = None) -> None:
        super().__init__(_("Who to learn from"), parent)
        for teacher in teachers:
            self.body.addWidget(self._row(teacher))
        if not teachers:
            none = _("None of the peers lies clearly and lastingly on the wanted side.")
            self.body.addWidget(plain_label(none, TypeRole.CAPTION, wrap=True, quiet=True))

    def _row(self, teacher: Teacher) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(2)
        name = LinkButton(teacher.name)
        name.clicked.connect(partial(self._on_name_clicked, teacher.code))
        column.addWidget(name, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(plain_label(teacher.reason, wrap=True))
        if teacher.differences:
            apart = _("Differs most: {what}.").format(what=" · ".join(teacher.differences))
            column.addWidget(plain_label(apart, TypeRole.CAPTION, wrap=True, quiet=True))
        for practice in teacher.practices:
            told = _("What they do: {title}. {description}")
            words = told.format(title=practice.title, description=practice.description)
            column.addWidget(plain_label(words, TypeRole.CAPTION, wrap=True, quiet=True))
        return row

    def _on_name_clicked(self, code: str, _checked: object = None) -> None:
        self.municipality_chosen.emit(code)

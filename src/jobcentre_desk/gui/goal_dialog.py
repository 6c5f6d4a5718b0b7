"""Setting or changing a goal: its value, begun from what peers reach, and its year."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QSpinBox, QWidget

from jobcentre_desk.gui.buttons import LinkButton, primary_button, secondary_button
from jobcentre_desk.gui.desk_dialog import DeskDialog
from jobcentre_desk.gui.theme import TypeRole
from jobcentre_desk.gui.wrapped_label import wrapped_label
from jobcentre_desk.model.municipalities import Goal
from jobcentre_desk.text import language
from jobcentre_desk.text import translate as _

_LATEST_YEAR = 2100


class GoalDialog(DeskDialog):
    """`goal_kept` carries the goal; `levels` are (words, digits, persons) to begin from, one click each."""

    goal_kept = Signal(object)

    def __init__(self, goal: Goal, levels: Sequence[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        super().__init__(_("Change the goal") if goal.id else _("Set a goal"), parent)
        self._goal = goal
        self.value, self.year = QLineEdit(_shown(goal.target)), QSpinBox()
        self.keep = primary_button(_("Keep the goal"))
        self._lay_out(levels)
        self.value.textChanged.connect(self._check)
        self.value.setFocus()
        self._check()

    def digits(self) -> str:
        """The value as digits with a point, however it was typed."""
        return self.value.text().strip().replace("\N{MINUS SIGN}", "-").replace(" ", "").replace(",", ".")

    def _lay_out(self, levels: Sequence[tuple[str, str, str]]) -> None:
        about = _(
            "Peers show what can be reached with conditions like these. The figure of today is kept with the goal."
        )
        self.column.addWidget(wrapped_label(about, TypeRole.CAPTION, quiet=True))
        for words, digits, persons in levels:
            link = LinkButton(" · ".join(part for part in (words, persons) if part))
            link.clicked.connect(partial(self._take, digits))
            self.column.addWidget(link)
        self.value.setAccessibleName(_("Value of the goal"))
        self.year.setRange(min(self._goal.year, _LATEST_YEAR) or 2000, _LATEST_YEAR)
        self.year.setValue(self._goal.year)
        self.year.setAccessibleName(_("Year of the goal"))
        form = QFormLayout()
        form.addRow(_("Value"), self.value)
        form.addRow(_("Year"), self.year)
        self.column.addLayout(form)
        cancel = secondary_button(_("Cancel"))
        cancel.clicked.connect(self.reject)
        self.keep.clicked.connect(self._on_keep_clicked)
        self.add_buttons(cancel, self.keep)

    def _take(self, digits: str, _checked: object = None) -> None:
        self.value.setText(_shown(digits))

    def _check(self) -> None:
        try:
            float(self.digits())
        except ValueError:
            self.keep.setEnabled(False)
        else:
            self.keep.setEnabled(True)

    def _on_keep_clicked(self) -> None:
        goal = dataclasses.replace(self._goal, target=self.digits(), year=self.year.value())
        self.accept()
        self.goal_kept.emit(goal)


def _shown(digits: str) -> str:
    return digits.replace(".", ",") if language() == "da" else digits

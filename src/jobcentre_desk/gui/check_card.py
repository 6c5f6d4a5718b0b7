"""Checks on the Figures page: the snapshot's hash, rows against blocks, and the user's own file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jobcentre_desk import text
from jobcentre_desk.gui.buttons import secondary_button
from jobcentre_desk.gui.card_frame import CardFrame, plain_label
from jobcentre_desk.gui.icons import draw_icon
from jobcentre_desk.gui.source_row import state_color
from jobcentre_desk.gui.theme import scaled, theme_of
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

if TYPE_CHECKING:
    from jobcentre_desk.desk.check import CheckResult
    from jobcentre_desk.gui.context import PageContext
    from jobcentre_desk.paths import Home
    from jobcentre_desk.task import Task

MOST_PROBLEMS = 8


class CheckCard(CardFrame):
    """What holds, what does not, and a button to check now."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(_("Check"))
        self._context = context
        self._result: CheckResult | None = None
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.body.addLayout(self._lines)
        self.button = secondary_button(_("Check now"))
        self.button.clicked.connect(self._on_check_clicked)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.show_figures()

    def show_figures(self) -> None:
        """Say what is known of the newest snapshot."""
        self._result = None
        self._show_lines()

    def _show_lines(self) -> None:
        while self._lines.count():
            item = self._lines.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for icon_name, words in self._statements():
            self._lines.addWidget(_Statement(icon_name, words))

    def _statements(self) -> list[tuple[str, str]]:
        figures, result = self._context.figures(), self._result
        if figures is None:
            return [("download", _("There is nothing to check yet."))]
        number = text.count(figures.snapshot.number)
        if result is None:
            return [("check", _("Snapshot {number} is whole (SHA-256, when it was opened).").format(number=number))]
        if result.ok:
            return [
                ("check", _("Snapshot {number} is whole (SHA-256).").format(number=number)),
                ("check", _("Rows and blocks agree.")),
                ("check", _("Your own file agrees with its journal.")),
            ]
        found = [("error", problem.reason) for problem in result.problems[:MOST_PROBLEMS]]
        more = len(result.problems) - len(found)
        if more > 0:
            found.append(("error", _n("{n} more problem.", "{n} more problems.", more).format(n=text.count(more))))
        return found

    def _on_check_clicked(self) -> None:
        self.button.setEnabled(False)
        self._context.jobs.start(
            partial(_check, self._context.home),
            self,
            self._on_checked,
            on_failed=self._on_check_failed,
            replaces="check",
            title=_("Checking figures and notes"),
        )

    def _on_checked(self, result: CheckResult) -> None:
        self.button.setEnabled(True)
        self._result = result
        self._show_lines()

    def _on_check_failed(self, fault: object) -> None:
        self.button.setEnabled(True)
        self._context.notices.fail(str(fault), cause="check")


class _Statement(QWidget):
    """An icon and a sentence."""

    def __init__(self, icon_name: str, words: str) -> None:
        super().__init__()
        self._icon_name = icon_name
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(24), 0, 0, 0)
        column.addWidget(plain_label(words, wrap=True))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        side = scaled(16)
        painter = QPainter(self)
        draw_icon(painter, self._icon_name, QRectF(0, 1, side, side), state_color(theme_of(self), self._icon_name))


def _check(home: Home, task: Task) -> CheckResult:
    from jobcentre_desk.desk.check import check

    return check(home, repair=False, task=task)

"""Goals of a municipality for the year: how far each is, and setting, changing and removing them with undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from jobcentre_desk.errors import DeskError
from jobcentre_desk.gui.buttons import LinkButton, icon_button
from jobcentre_desk.gui.card_frame import CardFrame, plain_label
from jobcentre_desk.gui.context import PageContext
from jobcentre_desk.gui.goal_dialog import GoalDialog
from jobcentre_desk.gui.theme import TypeRole, scaled, theme_of
from jobcentre_desk.model.municipalities import Goal, GoalProgress
from jobcentre_desk.text import translate as _


class GoalsCard(CardFrame):
    """The goals that are kept; `proposed` is what a new one would be set from (None = the measure has no judgement)."""

    def __init__(
        self,
        context: PageContext,
        goals: Sequence[GoalProgress],
        *,
        proposed: Goal | None,
        levels: Sequence[tuple[str, str, str]],
        on_changed: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Goals"), parent)
        self._context, self._proposed, self._levels = context, proposed, tuple(levels)
        self._on_changed = on_changed
        if proposed is not None:
            add = LinkButton(_("Set a goal"), icon_name="plus")
            add.use_role(TypeRole.CAPTION)
            add.clicked.connect(self.ask_for_goal)
            self.header.addWidget(add)
        for progress in goals:
            self.body.addWidget(self._row(progress))
        if not goals:
            self.body.addWidget(plain_label(_empty(proposed), TypeRole.CAPTION, wrap=True, quiet=True))

    def ask_for_goal(self) -> None:
        """Open the dialog in which a goal is set from what peers reach."""
        if self._proposed is not None:
            dialog = GoalDialog(self._proposed, self._levels, self.window())
            dialog.goal_kept.connect(self._keep)
            dialog.open()

    def _row(self, progress: GoalProgress) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(plain_label(f"{progress.name}: {progress.target_text}", TypeRole.STRONG, wrap=True))
        words.addWidget(ProgressLine(progress.share, progress.word))
        words.addWidget(plain_label(progress.sentence, TypeRole.CAPTION, wrap=True, quiet=True))
        line.addLayout(words, 1)
        change = icon_button("pencil", _("Change the goal"), kind="quiet")
        change.clicked.connect(partial(self._change, progress.goal))
        remove = icon_button("trash", _("Remove the goal"), kind="quiet")
        remove.clicked.connect(partial(self._remove, progress.goal))
        for button in (change, remove):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _change(self, goal: Goal, _checked: object = None) -> None:
        dialog = GoalDialog(goal, (), self.window())
        dialog.goal_kept.connect(partial(self._keep, former=goal))
        dialog.open()

    def _keep(self, goal: Goal, former: Goal | None = None) -> None:
        records = self._context.workspace.municipalities
        try:
            kept = records.keep_goal(goal)
        except DeskError as error:
            self._context.notices.fail(f"{error.message} {error.hint}", cause="goal")
            return

        def undo() -> None:
            if former is None:
                records.remove_goal(kept.id)
            else:
                records.keep_goal(former)
            self._done("")

        self._done(_("The goal is changed.") if former else _("The goal is set."), undo)

    def _remove(self, goal: Goal, _checked: object = None) -> None:
        records = self._context.workspace.municipalities
        records.remove_goal(goal.id)

        def undo() -> None:
            records.keep_goal(replace(goal))
            self._done("")

        self._done(_("The goal is removed."), undo)

    def _done(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """Say what was done with a way back, and show the goals anew."""
        notices = self._context.notices
        if words and undo is not None:
            notices.inform(words, ((_("Undo"), undo),), cause="goal")
        else:
            notices.clear("goal")
        self._on_changed()


class ProgressLine(QWidget):
    """How far a goal is, as a bar with its words; without a figure an empty bar."""

    def __init__(self, share: float | None, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share, self._word = share, word
        self.setAccessibleName(word)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(scaled(220), scaled(20))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        theme, painter = theme_of(self), QPainter(self)
        bar = QRectF(0.5, self.height() / 2 - 3.5, scaled(120), 7)
        painter.setPen(QPen(theme.edge, 1))
        painter.setBrush(theme.base)
        painter.drawRect(bar)
        if self._share:
            painter.fillRect(bar.adjusted(1, 1, (self._share - 1) * (bar.width() - 2) - 0.5, -0.5), theme.accent)
        painter.setPen(theme.text)
        box = self.rect().adjusted(scaled(132), 0, 0, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._word)
        painter.end()


def _empty(proposed: Goal | None) -> str:
    if proposed is None:
        return _("No goals yet. A goal can be set for a share of which one end is wanted: choose such a measure.")
    return _("No goals yet. Set one from what the peers reach, and see later how far it is.")

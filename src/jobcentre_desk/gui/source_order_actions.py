"""Moving a source up and down on the Figures page: in its menu, with Alt+↑ and Alt+↓, and undone by the notice."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from jobcentre_desk.errors import DeskError
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.theme import TypeRole
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.gui.context import PageContext

ROW = "source row: "
UP, DOWN = -1, 1
_KEYS = {UP: "Alt+Up", DOWN: "Alt+Down"}
_KEY_WORDS = {UP: "Alt+↑", DOWN: "Alt+↓"}
"""Our own: Qt would name the arrows in the language the program was started in."""


class SourceOrderActions(QObject):
    """`moved` carries the name of a source that stands elsewhere now; the figures are opened anew in the new order."""

    moved = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context

    def add_to(self, menu: QMenu, name: str, *, before: QAction | None = None) -> None:
        """Put "Move up" and "Move down" into the menu of a source; at the ends of the list one of them is grey."""
        names = self._names()
        if len(names) < 2:
            return
        place = names.index(name)
        for step, words, possible in (
            (UP, _("Move up"), place > 0),
            (DOWN, _("Move down"), place < len(names) - 1),
        ):
            action = QAction(f"{words}\t{_KEY_WORDS[step]}")
            action.setParent(menu)
            action.setEnabled(possible)
            action.triggered.connect(partial(self.move, name, step))
            if before is None:
                menu.addAction(action)
            else:
                menu.insertAction(before, action)

    def add_keys(self, row: QWidget, name: str) -> None:
        """Alt+↑ and Alt+↓ move the source while the keyboard is in its row."""
        row.setObjectName(ROW + name)
        for step, keys in _KEYS.items():
            shortcut = QShortcut(QKeySequence(keys), row)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.move, name, step))

    def row_with_keyboard(self, rows: QWidget) -> str:
        """The object name of the row the keyboard is in, to be found again when the rows are made anew; "" for none."""
        held: QWidget | None = rows.window().focusWidget()
        while held is not None and rows.isAncestorOf(held):
            if held.objectName().startswith(ROW):
                return held.objectName()
            held = held.parentWidget()
        return ""

    def rule_line(self) -> QLabel:
        """The rule over the list: which source is shown where two publish the same."""
        from jobcentre_desk.desk.source_order import rule_sentence

        label = plain_label(rule_sentence(), TypeRole.CAPTION, wrap=True, quiet=True)
        label.setContentsMargins(8, 6, 8, 6)
        label.setVisible(len(self._names()) > 1)
        return label

    def move(self, name: str, step: int, _checked: object = None) -> None:
        """Move a source one place up or down; nothing happens at the ends of the list."""
        names = self._names()
        place = names.index(name) if name in names else -1
        if place >= 0 and 0 <= place + step < len(names):
            self._move_to(name, place + step)
            words = _("{name} is shown before {other} now.") if step == UP else _("{name} is shown after {other} now.")
            told = words.format(name=name, other=names[place + step])
            undo = (_("Undo"), partial(self._undo, name, place))
            self._context.notices.inform(told, (undo,), cause="source order")

    def _undo(self, name: str, place: int) -> None:
        self._context.notices.clear("source order")
        self._move_to(name, place)

    def _move_to(self, name: str, place: int) -> None:
        from jobcentre_desk.desk.source_order import move_source

        try:
            move_source(self._context.workspace, name, place + 1)
        except DeskError as fault:
            self._context.notices.fail(str(fault), cause="source order")
            return
        self.moved.emit(name)
        self._context.reopen_figures()

    def _names(self) -> list[str]:
        from jobcentre_desk.desk.source_order import ordered

        return ordered(self._context.workspace.sources())

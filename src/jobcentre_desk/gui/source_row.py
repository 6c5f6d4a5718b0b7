"""One source in the list of the Figures page, and the header over the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from jobcentre_desk.gui.buttons import LinkButton, icon_button
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.elided_label import ElidedLabel
from jobcentre_desk.gui.icons import draw_icon
from jobcentre_desk.gui.plain_tooltip import plain_tooltip
from jobcentre_desk.gui.theme import Theme, TypeRole, scaled, theme_of
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.desk.source_states import SourceState

STRETCHES = (34, 14, 18, 34)
ICONS = {"refused": "error", "unreachable": "offline", "stale": "warning", "not_loaded": "download"}


class SourceHeader(QWidget):
    """The words over the columns and the strong line under them."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(scaled(30))
        grid = _grid(self)
        for column, words in enumerate((_("Source"), _("Figures through"), _("Fetched"), _("State"))):
            grid.addWidget(plain_label(words, TypeRole.CAPTION_STRONG, quiet=True), 0, column)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme_of(self).edge)


class SourceRow(QWidget):
    """Name and place, figures through, fetched, state with its reason, fetch and remove."""

    fetch_asked = Signal()
    removal_asked = Signal()
    reason_asked = Signal()
    key_asked = Signal()

    def __init__(self, state: SourceState, *, fetching: bool, key_waits: bool = False) -> None:
        super().__init__()
        self._key_waits = key_waits
        self.setAccessibleName(f"{state.name}: {state.words}")
        grid = _grid(self)
        grid.addLayout(self._names(state), 0, 0)
        grid.addWidget(plain_label(state.through), 0, 1)
        grid.addWidget(plain_label(_("fetching now …") if fetching else state.fetched, quiet=True), 0, 2)
        grid.addLayout(self._standing(state, fetching=fetching), 0, 3)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme_of(self).line)

    def _names(self, state: SourceState) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        release = f" · {state.release}" if state.release else ""
        demo = " (DEMO)" if state.demonstration else ""
        column.addWidget(ElidedLabel(state.name + demo, TypeRole.STRONG))
        column.addWidget(ElidedLabel(f"{state.location}{release}", TypeRole.CAPTION))
        if state.access:
            column.addWidget(ElidedLabel(state.access, TypeRole.CAPTION))
        return column

    def _standing(self, state: SourceState, *, fetching: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(_StateIcon("sync" if fetching else ICONS.get(state.standing, "check")))
        row.addWidget(ElidedLabel(_("being fetched") if fetching else state.words, TypeRole.BODY), 1)
        if state.error and not fetching:
            why = LinkButton(_("See why"))
            why.clicked.connect(self.reason_asked)
            row.addWidget(why)
        if self._key_waits and not fetching:
            key = LinkButton(_("Next key"))
            key.clicked.connect(self.key_asked)
            row.addWidget(key)
        for icon_name, words, signal in (
            ("sync", _("Fetch {name} now").format(name=state.name), self.fetch_asked),
            ("trash", _("Remove {name}").format(name=state.name), self.removal_asked),
        ):
            button = icon_button(icon_name, words, kind="quiet")
            button.setToolTip(plain_tooltip(words))
            button.setEnabled(not fetching)
            button.clicked.connect(signal)
            row.addWidget(button)
        return row


class _StateIcon(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setFixedSize(scaled(16), scaled(16))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        painter = QPainter(self)
        draw_icon(painter, self._name, QRectF(self.rect()), state_color(theme_of(self), self._name))


def state_color(theme: Theme, icon_name: str) -> QColor:
    """The colour of a state's icon: error, warning, the accent while fetching, else text."""
    return {"error": theme.error, "warning": theme.warning, "offline": theme.warning, "sync": theme.accent}.get(
        icon_name, theme.text
    )


def _grid(widget: QWidget) -> QGridLayout:
    grid = QGridLayout(widget)
    grid.setContentsMargins(8, 3, 6, 4)
    grid.setHorizontalSpacing(8)
    for column, stretch in enumerate(STRETCHES):
        grid.setColumnStretch(column, stretch)
        grid.setColumnMinimumWidth(column, scaled(90))
    return grid

"""One source in the list of the Figures page, and the header over the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from jobcentre_desk import text
from jobcentre_desk.gui.buttons import LinkButton, icon_button
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.elided_label import ElidedLabel
from jobcentre_desk.gui.icons import draw_icon
from jobcentre_desk.gui.plain_tooltip import plain_tooltip
from jobcentre_desk.gui.source_menu import SourceMenu
from jobcentre_desk.gui.theme import Theme, TypeRole, scaled, theme_of
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

if TYPE_CHECKING:
    from jobcentre_desk.desk.source_details import SourceDetail
    from jobcentre_desk.desk.source_states import SourceState

STRETCHES = (32, 14, 16, 38)
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
    """Name and kind, figures through, fetched, state with its reason and what changed; fetch, and a menu.

    `fetching` tells that a sync fetches it now, `alone` that the sync is for this source only and ends with Cancel.
    """

    fetch_asked = Signal()
    cancel_asked = Signal()
    reason_asked = Signal()
    key_asked = Signal()
    warnings_asked = Signal()

    def __init__(
        self,
        state: SourceState,
        *,
        fetching: bool,
        alone: bool = False,
        menu: SourceMenu,
        about: str = "",
        detail: SourceDetail | None = None,
        key_waits: bool = False,
    ) -> None:
        super().__init__()
        self.menu = menu
        menu.setParent(self, menu.windowFlags())
        self._state, self._fetching, self._alone = state, fetching, alone
        self._detail, self._key_waits = detail, key_waits
        self.setAccessibleName(f"{state.name}: {_('being fetched') if fetching else state.words}")
        grid = _grid(self)
        grid.addLayout(self._names(state, about or state.location), 0, 0)
        grid.addWidget(ElidedLabel((detail.through if detail else "") or state.through, TypeRole.BODY), 0, 1)
        grid.addWidget(plain_label(_("fetching now …") if fetching else state.fetched, quiet=True), 0, 2)
        grid.addLayout(self._standing(detail.changed if detail else ""), 0, 3)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme_of(self).line)

    def _names(self, state: SourceState, about: str) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        release = f" · {state.release}" if state.release and about == state.location else ""
        demo = " (DEMO)" if state.demonstration else ""
        column.addWidget(ElidedLabel(state.name + demo, TypeRole.STRONG))
        column.addWidget(ElidedLabel(f"{about}{release}", TypeRole.CAPTION))
        if state.access:
            column.addWidget(ElidedLabel(state.access, TypeRole.CAPTION))
        return column

    def _standing(self, changed: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(_StateIcon("sync" if self._fetching else ICONS.get(self._state.standing, "check")))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(ElidedLabel(_("being fetched") if self._fetching else self._state.words, TypeRole.BODY))
        if changed and not self._fetching and not self._state.error:
            words.addWidget(ElidedLabel(changed, TypeRole.CAPTION))
        words.addStretch(1)
        row.addLayout(words, 1)
        for link in self._links():
            row.addWidget(link)
        fetch = _icon_button("sync", _("Fetch {name} now").format(name=self._state.name))
        fetch.clicked.connect(self.fetch_asked)
        more = _icon_button("more", _("More about {name}").format(name=self._state.name))
        more.clicked.connect(lambda: self.menu.popup(more.mapToGlobal(QPoint(0, more.height()))))
        for button in (fetch, more):
            button.setEnabled(not self._fetching)
            row.addWidget(button)
        self.fetch, self.more = fetch, more
        return row

    def _links(self) -> list[LinkButton]:
        if self._fetching:
            return [_link(_("Cancel"), self.cancel_asked)] if self._alone else []
        links = []
        if self._state.error:
            links.append(_link(_("See why"), self.reason_asked))
        n = len(self._detail.warnings) if self._detail else 0
        if n:
            words = _n("{n} warning", "{n} warnings", n).format(n=text.count(n))
            links.append(_link(words, self.warnings_asked, icon_name="warning"))
        if self._key_waits:
            links.append(_link(_("Next key"), self.key_asked))
        return links


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


def _link(words: str, signal: object, *, icon_name: str = "") -> LinkButton:
    made = LinkButton(words, icon_name=icon_name)
    made.clicked.connect(signal)
    return made


def _icon_button(icon_name: str, words: str) -> QPushButton:
    made = icon_button(icon_name, words, kind="quiet")
    made.setToolTip(plain_tooltip(words))
    return made


def _grid(widget: QWidget) -> QGridLayout:
    grid = QGridLayout(widget)
    grid.setContentsMargins(8, 3, 6, 4)
    grid.setHorizontalSpacing(8)
    for column, stretch in enumerate(STRETCHES):
        grid.setColumnStretch(column, stretch)
        grid.setColumnMinimumWidth(column, scaled(90))
    return grid

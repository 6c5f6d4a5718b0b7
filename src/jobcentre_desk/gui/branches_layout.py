"""How funnel, heat map and lists share the Branches page: side by side in a wide window, else one tab each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QStackedWidget, QWidget

from jobcentre_desk.gui.buttons import SegmentedChoice
from jobcentre_desk.gui.card_frame import GAP
from jobcentre_desk.gui.theme import scaled
from jobcentre_desk.text import translate as _

WIDE_FROM = 1500
FUNNEL, MAP, BRANCHES, OCCUPATIONS = "funnel", "map", "branches", "occupations"


class BranchesLayout(QWidget):
    """`show_parts` lays out four widgets; `tab_chosen` tells which the person looks at."""

    tab_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wide: bool | None = None
        self._tab = FUNNEL
        names = [
            (FUNNEL, _("Funnel")),
            (MAP, _("Branch × occupation")),
            (BRANCHES, _("Branches")),
            (OCCUPATIONS, _("Occupations")),
        ]
        self.tabs = SegmentedChoice(names, FUNNEL)
        self._left, self._right = _scrolled(), QStackedWidget()
        self._parts: dict[str, QWidget] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(GAP, GAP, GAP, GAP)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(0)
        self._bar = QWidget()
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(0, 0, 0, GAP)
        row.addWidget(self.tabs)
        row.addStretch(1)
        self._grid.addWidget(self._bar, 0, 0)
        self._grid.addWidget(self._left, 1, 0)
        self._grid.addWidget(self._right, 1, 1)
        self.tabs.chosen.connect(self._on_tab_chosen)

    def show_parts(self, funnel: QWidget, others: dict[str, QWidget]) -> None:
        """Show other cards in place of the former; the tab stays."""
        self._left.setWidget(funnel)
        for old in self._parts.values():
            self._right.removeWidget(old)
            old.deleteLater()
        self._parts = others
        for part in others.values():
            self._right.addWidget(part)
        self.show_tab(self._tab)

    def show_tab(self, tab: str) -> None:
        """Look at another part; in a wide window the funnel stays beside it."""
        self._tab = tab
        beside = MAP if self._wide and tab == FUNNEL else tab
        self.tabs.choose(beside)
        if beside in self._parts:
            self._right.setCurrentWidget(self._parts[beside])
        self._left.setVisible(bool(self._wide) or tab == FUNNEL)
        self._right.setVisible(bool(self._wide) or tab != FUNNEL)

    def tab(self) -> str:
        """The part looked at."""
        return self._tab

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= scaled(WIDE_FROM)
        if wide is not self._wide:
            self._wide = wide
            self._place()

    def _place(self) -> None:
        self.tabs.button(FUNNEL).setVisible(not self._wide)
        for widget in (self._bar, self._left, self._right):
            self._grid.removeWidget(widget)
        if self._wide:
            self._grid.addWidget(self._left, 0, 0, 2, 1)
            self._grid.addWidget(self._bar, 0, 1)
            self._grid.addWidget(self._right, 1, 1)
            self._grid.setColumnStretch(0, 920)
            self._grid.setColumnStretch(1, 860)
        else:
            self._grid.addWidget(self._bar, 0, 0, 1, 2)
            self._grid.addWidget(self._left, 1, 0, 1, 2)
            self._grid.addWidget(self._right, 1, 0, 1, 2)
        self._grid.setRowStretch(1, 1)
        self.show_tab(self._tab)

    def _on_tab_chosen(self, tab: str) -> None:
        self.show_tab(tab)
        self.tab_chosen.emit(tab)


def _scrolled() -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area

"""How filter panel, list and detail pane share the Employers page: side by side, or laid over it in a narrow window."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from jobcentre_desk.gui.theme import scaled

WIDE_FROM = 1600
PANE_BESIDE_FROM = 1280
FILTER_BESIDE_FROM = 1100
WIDTHS = {True: (248, 340), False: (212, 272)}


class EmployersLayout(QWidget):
    """A splitter of three; below 1280 px of window the pane, below 1100 the filter too, opens over the list."""

    filter_is_over = Signal(bool)
    pane_opened = Signal(bool)
    resized_by_hand = Signal(list)

    def __init__(self, panel: QWidget, center: QWidget, pane: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panel, self._center, self._pane = panel, center, pane
        self._by_hand: list[int] = []
        self._wide: bool | None = None
        self._over = {panel: False, pane: False}
        self._pane_wanted = True
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        for widget in (panel, center, pane):
            self._splitter.addWidget(widget)
        self._splitter.setStretchFactor(1, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._splitter)
        panel.setMinimumWidth(scaled(180))
        pane.setMinimumWidth(scaled(240))
        center.setMinimumWidth(scaled(420))
        self._splitter.splitterMoved.connect(self._on_splitter_moved)

    def use_widths(self, widths: list[int]) -> None:
        """Widths of panel and pane the person set another time ([] = the usual ones)."""
        self._by_hand = widths if len(widths) == 2 else []

    def want_pane(self, *, wanted: bool) -> None:
        """Whether the pane stands beside the list where there is room."""
        self._pane_wanted = wanted
        self._pane.setVisible(wanted and not self._over[self._pane])
        self._share()

    def leave_pane_out(self, *, left_out: bool) -> None:
        """Take the pane away for a while, as long as the list is empty."""
        if not self._over[self._pane]:
            self._pane.setVisible(self._pane_wanted and not left_out)
            self._share()

    def pane_is_open(self) -> bool:
        """Whether the pane is seen, beside the list or over it."""
        return not self._pane.isHidden()

    def pane_is_over(self) -> bool:
        """Whether the pane opens over the list."""
        return self._over[self._pane]

    def toggle_over(self, widget: QWidget) -> None:
        """Open or close the panel or the pane over the list."""
        widget.setVisible(widget.isHidden())
        self._place_over()
        self.pane_opened.emit(self.pane_is_open())

    def close_over(self) -> bool:
        """Close what lies over the list; False when nothing does."""
        lying = [widget for widget, over in self._over.items() if over and not widget.isHidden()]
        for widget in lying:
            widget.hide()
        self.pane_opened.emit(self.pane_is_open())
        return bool(lying)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        window = self.window().width()
        self._lay_over(self._pane, over=window < scaled(PANE_BESIDE_FROM))
        self._lay_over(self._panel, over=window < scaled(FILTER_BESIDE_FROM))
        wide = window >= scaled(WIDE_FROM)
        if wide != self._wide:
            self._wide = wide
            self._share()
        self._place_over()

    def _lay_over(self, widget: QWidget, *, over: bool) -> None:
        if over == self._over[widget]:
            return
        self._over[widget] = over
        if over:
            widget.hide()
            widget.setParent(self)
        else:
            self._splitter.insertWidget(0 if widget is self._panel else 2, widget)
            widget.setVisible(widget is self._panel or self._pane_wanted)
        self._share()
        if widget is self._panel:
            self.filter_is_over.emit(over)
        else:
            self.pane_opened.emit(self.pane_is_open())

    def _share(self) -> None:
        panel, pane = self._by_hand or [scaled(width) for width in WIDTHS[bool(self._wide)]]
        sizes = []
        for i in range(self._splitter.count()):
            widget = self._splitter.widget(i)
            taken = sum(w for w, side in ((panel, self._panel), (pane, self._pane)) if not side.isHidden())
            sizes.append(panel if widget is self._panel else pane if widget is self._pane else self.width() - taken)
        self._splitter.setSizes(sizes)

    def _place_over(self) -> None:
        panel, pane = (scaled(width) for width in WIDTHS[True])
        if self._over[self._panel]:
            self._panel.setGeometry(0, 0, panel, self.height())
            self._panel.raise_()
        if self._over[self._pane]:
            self._pane.setGeometry(self.width() - pane, 0, pane, self.height())
            self._pane.raise_()

    def _on_splitter_moved(self, _position: int, _index: int) -> None:
        panel, pane = self._by_hand or [scaled(width) for width in WIDTHS[bool(self._wide)]]
        if not self._panel.isHidden() and not self._over[self._panel]:
            panel = self._panel.width()
        if not self._pane.isHidden() and not self._over[self._pane]:
            pane = self._pane.width()
        self._by_hand = [panel, pane]
        self.resized_by_hand.emit(self._by_hand)

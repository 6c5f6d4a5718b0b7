"""The main window: rail, top bar, notice bar, the pages, status bar, and the keys that hold everywhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from jobcentre_desk.gui.context import PageContext
from jobcentre_desk.gui.notice_bar import Notice, NoticeBar
from jobcentre_desk.gui.page import Page
from jobcentre_desk.gui.page_list import PageEntry
from jobcentre_desk.gui.rail import NARROW_BELOW, Rail
from jobcentre_desk.gui.status_bar import StatusBar
from jobcentre_desk.gui.top_bar import TopBar
from jobcentre_desk.gui.window_place import SMALLEST

WELCOME = "welcome"
LONGEST_WAY_BACK = 50


class MainWindow(QWidget):
    """Shows one page at a time; built anew inside (`rebuild`) when language, theme or text size change.

    It knows nothing of figures: `allowed` says which page may be shown in place of the one asked for.
    """

    first_painted = Signal()
    page_shown = Signal(str)
    closing = Signal()
    palette_asked = Signal()
    help_asked = Signal(str)
    settings_asked = Signal()
    language_asked = Signal()
    desktop_look_changed = Signal()

    def __init__(self, pages: tuple[PageEntry, ...], allowed: Callable[[str], str]) -> None:
        super().__init__()
        self._entries = {entry.name: entry for entry in pages}
        self._allowed = allowed
        self._context: PageContext | None = None
        self._pages: dict[str, Page] = {}
        self._states: dict[str, Any] = {}
        self._way_back: list[str] = []
        self._current = ""
        self._painted = False
        self._shell: QWidget | None = None
        self.setMinimumSize(SMALLEST)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._add_keys()

    def use_context(self, context: PageContext) -> None:
        """The context every page is built with; needed before `rebuild`."""
        self._context = context

    def rebuild(self) -> None:
        """Build everything inside anew in the language, theme and text size of the moment; states are kept."""
        notices = self.notice_bar.notices if self._shell else []
        for name, page in self._pages.items():
            self._states[name] = page.state()
        self._pages.clear()
        self._build_shell(notices)
        if self._current:
            self._show(self._current)

    def open_page(self, name: str) -> Page:
        """Show the page `name` (or what is allowed in its place) and remember the way back."""
        shown = self._allowed(name)
        if self._current and shown != self._current:
            self._way_back = [*self._way_back, self._current][-LONGEST_WAY_BACK:]
        return self._show(shown)

    def go_back(self) -> None:
        """Esc: let the page close what lies on top of it, else show the page before."""
        page = self._pages.get(self._current)
        if page is not None and page.go_back():
            return
        if self._way_back:
            self._show(self._allowed(self._way_back.pop()))

    def page(self, name: str) -> Page:
        """The page `name`, built now if it was not yet."""
        if name not in self._pages:
            self._pages[name] = self._built(name)
        return self._pages[name]

    def current(self) -> str:
        """The name of the page shown."""
        return self._current

    def figures_changed(self) -> None:
        """Tell every page that stands, and leave a page that is no longer allowed."""
        for page in list(self._pages.values()):
            page.figures_changed()
        if self._current and self._allowed(self._current) != self._current:
            self._show(self._allowed(self._current))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The rail loses its words in a narrow window."""
        super().resizeEvent(event)
        if self._shell is not None:
            self.rail.set_wide(wide=self.width() >= NARROW_BELOW)
            QTimer.singleShot(0, self.top_bar, self.top_bar.fit)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.first_painted.emit)

    def changeEvent(self, event: QEvent) -> None:
        """The desktop went from light to dark, or back."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ThemeChange:
            self.desktop_look_changed.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell before the window goes, so that its place and running work can be looked after."""
        self.closing.emit()
        super().closeEvent(event)

    # Building

    def _build_shell(self, notices: list[Notice]) -> None:
        if self._context is None:
            return
        old, self._shell = self._shell, QWidget(self)
        self.rail = Rail(tuple(self._entries.values()), self._shell)
        self.top_bar, self.notice_bar = TopBar(self._shell), NoticeBar(self._shell)
        self.status_bar = StatusBar(self._context.jobs, self._shell)
        self._stack = QStackedWidget(self._shell)
        self._lay_out(self._shell)
        self._connect()
        for notice in reversed(notices):
            self.notice_bar.add(notice)
        self.rail.set_wide(wide=self.width() >= NARROW_BELOW)
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._column.addWidget(self._shell)

    def _lay_out(self, shell: QWidget) -> None:
        grid = QGridLayout(shell)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.rail, 0, 0, 3, 1)
        grid.addWidget(self.top_bar, 0, 1)
        grid.addWidget(self.notice_bar, 1, 1)
        grid.addWidget(self._stack, 2, 1)
        grid.addWidget(self.status_bar, 3, 0, 1, 2)
        grid.setRowStretch(2, 1)
        grid.setColumnStretch(1, 1)

    def _connect(self) -> None:
        self.rail.page_chosen.connect(self.open_page)
        self.rail.help_asked.connect(self._on_help_asked)
        self.rail.settings_asked.connect(self.settings_asked)
        self.top_bar.search_asked.connect(self.palette_asked)
        self.top_bar.language_asked.connect(self.language_asked)
        self.top_bar.back_asked.connect(self.go_back)

    def _built(self, name: str) -> Page:
        assert self._context is not None, "use_context comes before the first page"
        if name == WELCOME:
            from jobcentre_desk.gui.pages.first_start import FirstStartPage

            page: Page = FirstStartPage(self._context)
        else:
            page = self._entries[name].build(self._context)
        if self._states.get(name) is not None:
            page.restore(self._states[name])
        page.header_changed.connect(lambda: self._on_header_changed(page))
        self._stack.addWidget(page)
        return page

    def _show(self, name: str) -> Page:
        page = self.page(name)
        self._current = name
        self._stack.setCurrentWidget(page)
        self.rail.choose("figures" if name == WELCOME else name)
        self._on_header_changed(page)
        page.first_control().setFocus(Qt.FocusReason.OtherFocusReason)
        self.page_shown.emit(name)
        return page

    def _on_header_changed(self, page: Page) -> None:
        if self._stack.currentWidget() is page:
            self.top_bar.show_page(page, has_way_back=bool(self._way_back))
            self.setWindowTitle(f"{page.title()} – Jobcentre Desk")

    # Keys

    def _add_keys(self) -> None:
        for entry in self._entries.values():
            self._key(f"Ctrl+{entry.number}", partial(self.open_page, entry.name))
        self._key("Ctrl+K", self.palette_asked.emit)
        self._key("F1", self._on_help_asked)
        self._key("F6", self._on_next_pane_asked)
        self._key("Ctrl+F", self._on_filter_asked)
        self._key("Esc", self.go_back)
        self._key(QKeySequence.StandardKey.Quit, self.close)

    def _key(self, key: str | QKeySequence.StandardKey, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(act)

    def _on_help_asked(self) -> None:
        self.help_asked.emit(self._current)

    def _on_filter_asked(self) -> None:
        if self._current:
            self.page(self._current).focus_filter()

    def _on_next_pane_asked(self) -> None:
        if not self._current:
            return
        panes = [self.rail, *self.page(self._current).panes()]
        focused = self.focusWidget()
        held = [i for i, pane in enumerate(panes) if focused is not None and _inside(focused, pane)]
        _focus_first(panes[((held[-1] if held else 0) + 1) % len(panes)])


def _inside(widget: QWidget, pane: QWidget) -> bool:
    return widget is pane or pane.isAncestorOf(widget)


def _focus_first(pane: QWidget) -> None:
    reason = Qt.FocusReason.TabFocusReason
    if pane.focusPolicy() & Qt.FocusPolicy.TabFocus:
        pane.setFocus(reason)
        return
    for child in pane.findChildren(QWidget):
        if child.isVisible() and child.isEnabled() and child.focusPolicy() & Qt.FocusPolicy.TabFocus:
            child.setFocus(reason)
            return

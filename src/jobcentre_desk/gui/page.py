"""A page of the window: what the main window asks of every page."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Page(QWidget):
    """One page; built with a PageContext, built anew when language, theme or text size changes.

    Emit `header_changed` when title, subtitle or top bar widgets have changed.
    """

    header_changed = Signal()

    page_name: ClassVar[str] = ""
    """The name the rail, the settings and the help files know the page by."""

    def title(self) -> str:
        """What stands in the top bar."""
        return ""

    def subtitle(self) -> str:
        """The second line under the title, or ""."""
        return ""

    def can_go_back(self) -> bool:
        """Whether the top bar shows an arrow back (a page about one thing, reached from a list)."""
        return False

    def top_bar_widgets(self) -> list[QWidget]:
        """Widgets of this page that stand in the top bar, left to right; asked again after `header_changed`."""
        return []

    def figures_changed(self) -> None:
        """New figures are there (or the first): show them, keeping what the person chose."""

    def state(self) -> object:
        """What the person chose here, handed to `restore` of the page built in its place."""
        return None

    def restore(self, state: object) -> None:
        """Take over what `state` of the former page gave."""

    def focus_filter(self) -> None:
        """Ctrl+F: put the cursor where text narrows the page."""

    def first_control(self) -> QWidget:
        """What has the keyboard when the page is opened; the page itself means that Tab begins at its top."""
        return self

    def panes(self) -> list[QWidget]:
        """The panes F6 walks through, in reading order; the rail comes before them."""
        return [self]

    def go_back(self) -> bool:
        """Esc: close what lies on top of the page; False when there is nothing, and the window goes back a page."""
        return False

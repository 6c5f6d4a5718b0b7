"""A dialog that holds a table: larger than the others, and it can be made larger still."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from jobcentre_desk.gui.desk_dialog import DeskDialog
from jobcentre_desk.gui.theme import scaled

LARGEST = 16_777_215
AIR = 24
"""What is left of the window around it."""


class WideDialog(DeskDialog):
    """As `DeskDialog`, but `size` is only where it begins and `least` how small it may be made."""

    def __init__(self, title: str, parent: QWidget | None, *, size: tuple[int, int], least: tuple[int, int]) -> None:
        super().__init__(title, parent, width=size[0])
        room = _room(parent)
        smallest = QSize(scaled(least[0]), scaled(least[1])).boundedTo(room)
        self.setMinimumSize(smallest)
        self.setMaximumSize(LARGEST, LARGEST)
        self.resize(QSize(scaled(size[0]), scaled(size[1])).boundedTo(room).expandedTo(smallest))

    def fit(self) -> None:
        """Keep the size the person gave it."""


def _room(parent: QWidget | None) -> QSize:
    if parent is not None:
        window = parent.window()
        while (below := window.parentWidget()) is not None:
            window = below.window()
        whole = window.size()
    else:
        screen = QGuiApplication.primaryScreen()
        whole = screen.availableSize() if screen else QSize(1024, 600)
    return whole - QSize(2 * AIR, 2 * AIR)

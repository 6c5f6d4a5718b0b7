"""Where the window stood last time, kept as one line of text and believed only where a screen still is."""

from __future__ import annotations

import re

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

SMALLEST = QSize(1024, 600)
USUAL = QSize(1366, 720)
_PLACE = re.compile(r"^(\d{3,5})x(\d{3,5})([+-]\d{1,5})([+-]\d{1,5})( max)?$")


def place_of(window: QWidget) -> str:
    """The place of `window` as text: `1366x720+10+20`, with ` max` when it fills the screen."""
    box = window.normalGeometry() if window.isMaximized() else window.geometry()
    full = " max" if window.isMaximized() else ""
    return f"{box.width()}x{box.height()}{box.x():+d}{box.y():+d}{full}"


def restore_place(window: QWidget, place: str) -> None:
    """Put `window` where `place` says, if a piece of its top that can be taken hold of lies on a screen."""
    match = _PLACE.match(place)
    box = QRect(int(match[3]), int(match[4]), int(match[1]), int(match[2])) if match else None
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    if box is not None and can_be_reached(box, screens):
        window.setGeometry(box)
        if match and match[5]:
            window.showMaximized()
        return
    first = QGuiApplication.primaryScreen().availableGeometry()
    window.resize(USUAL.boundedTo(first.size()).expandedTo(QSize(640, 400)))
    window.move(first.center() - window.rect().center())


def can_be_reached(box: QRect, screens: list[QRect]) -> bool:
    """Whether at least 120 × 24 px of the top of `box` lie on one of `screens`, and `box` fits on it."""
    top = QRect(box.left(), box.top(), box.width(), 24)
    for screen in screens:
        seen = screen.intersected(top)
        if seen.width() >= 120 and seen.height() >= 24 and box.height() <= screen.height() + 64:
            return True
    return False

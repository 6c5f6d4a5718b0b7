"""Icons: our own SVG files, 24 box and 1.6 px round line, drawn in the colour asked for."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from jobcentre_desk.paths import shipped

SIZES = (14, 16, 18, 21)


def icon_folder() -> Path:
    """Where the SVG files lie."""
    return shipped("resources") / "icons"


def icon(name: str, color: QColor, *, size: int = 18, disabled: QColor | None = None) -> QIcon:
    """The icon `name` in `color`; made anew when the theme changes, since a QIcon keeps its pixels."""
    made = QIcon(pixmap(name, color, size=size))
    if disabled is not None:
        made.addPixmap(pixmap(name, disabled, size=size), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, color: QColor, *, size: int = 18) -> QPixmap:
    """The icon `name` as pixels of the screen with the finest dots; `size` is in logical px."""
    application = QGuiApplication.instance()
    ratio = application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0
    image = QImage(QSize(round(size * ratio), round(size * ratio)), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    _renderer(name, color.name()).render(painter)
    painter.end()
    image.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(image)


def draw_icon(painter: QPainter, name: str, box: QRectF, color: QColor) -> None:
    """Paint the icon `name` into the square `box`, sharp at every scale."""
    _renderer(name, color.name()).render(painter, box)


def program_icon() -> QIcon:
    """The program's own mark for the title bar and the task bar."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64):
        made.addPixmap(pixmap("program", QColor("#0F5C66"), size=size))
    return made


@lru_cache(maxsize=256)
def _renderer(name: str, color: str) -> QSvgRenderer:
    source = (icon_folder() / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(source.replace("currentColor", color).encode()))

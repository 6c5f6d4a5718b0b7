"""The cards a page is laid out of: a framed ground with a title and perhaps a link to its right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from jobcentre_desk.gui.theme import TypeRole, font, theme_of

PADDING = (16, 12, 16, 12)
RADIUS = 4.0
GAP = 12


class CardFrame(QFrame):
    """A card; `header` takes links to the right of the title, `body` what it is about."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*PADDING)
        self.body.setSpacing(8)
        self.header = QHBoxLayout()
        self.header.setSpacing(8)
        if title:
            self.header.addWidget(plain_label(title, TypeRole.SECTION), 1)
            self.body.addLayout(self.header)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole frame is painted each time
        theme = theme_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.line, 1))
        painter.setBrush(theme.base)
        box = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        painter.end()


def plain_label(text: str, role: TypeRole = TypeRole.BODY, *, wrap: bool = False, quiet: bool = False) -> QLabel:
    """A label that shows `text` as it is, never as HTML; `quiet` takes the secondary colour."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setFont(font(role))
    label.setWordWrap(wrap)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        label.setSizePolicy(policy)
        label.setMinimumWidth(1)
        label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    if quiet:
        palette = label.palette()
        palette.setColor(label.foregroundRole(), theme_of(label).text2)
        label.setPalette(palette)
    return label

"""What all dialogs share: Base ground, a title inside, and the safe button left of the named primary one."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.theme import TypeRole, scaled, theme_of


class DeskDialog(QDialog):
    """A dialog with `column` to fill, 420 to 640 wide; open it with `open()`."""

    def __init__(self, title: str, parent: QWidget | None = None, *, width: int = 480) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setFixedWidth(scaled(width))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(12)
        self.column.addWidget(plain_label(title, TypeRole.SECTION))

    def add_buttons(self, safe: QPushButton, primary: QPushButton) -> QHBoxLayout:
        """Put the two buttons at the foot, to the right; Enter presses the primary one. Gives the row of the foot."""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(safe)
        row.addWidget(primary)
        primary.setDefault(True)
        self.column.addSpacing(4)
        self.column.addLayout(row)
        return row

    def fit(self) -> None:
        """Be exactly as high as the sentences need at this width."""
        column = self.column
        wraps = column.hasHeightForWidth()
        self.setFixedHeight(column.totalHeightForWidth(self.width()) if wraps else column.totalSizeHint().height())

    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Polish}:
            self.fit()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme_of(self).base)

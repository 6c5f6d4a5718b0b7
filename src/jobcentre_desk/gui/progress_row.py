"""A bar and a sentence at the foot of a dialog while it works."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from jobcentre_desk.gui.elided_label import ElidedLabel
from jobcentre_desk.gui.theme import TypeRole, scaled


class ProgressRow(QWidget):
    """Empty while nothing runs; it keeps its room, so that nothing moves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar, self.words = QProgressBar(), ElidedLabel("", TypeRole.CAPTION)
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(scaled(120), 12)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.bar)
        row.addWidget(self.words, 1)
        self.rest()

    def wait(self, words: str) -> None:
        """Something runs, nobody knows how long."""
        self.show_progress(0, 0, words)

    def show_progress(self, done: int, total: int, words: str) -> None:
        """Something is `done` of `total` (0 = unknown)."""
        self.bar.show()
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.words.setText(words)
        self.setAccessibleName(words)

    def rest(self) -> None:
        """Nothing runs."""
        self.bar.hide()
        self.words.setText("")

"""The choice of the source whose outcomes are looked at; there only while more than one source brings any."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.theme import TypeRole
from jobcentre_desk.text import translate as _


class OutcomeSourceChoice(QWidget):
    """Names of sources, the one shown first at the head; `chosen` carries the name a person picked."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QComboBox(self)
        self.box.setAccessibleName(_("Source of the outcomes"))
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.activated.connect(lambda index: self.chosen.emit(self.box.itemData(index)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.box)
        never = _("Figures of two sources are never added up.")
        column.addWidget(plain_label(never, TypeRole.CAPTION, quiet=True, wrap=True))

    def show_sources(self, sources: Sequence[tuple[str, str]], current: str) -> None:
        """Show (name, words) of the sources to choose from, without a signal."""
        self.box.clear()
        for name, words in sources:
            self.box.addItem(words, name)
        self.box.setCurrentIndex(self.box.findData(current))


def source_words(name: str, *, demonstration: bool) -> str:
    """The name of a source, marked where its figures are invented."""
    return f"{name} (DEMO)" if demonstration else name

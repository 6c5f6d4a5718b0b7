"""A small whole number with a button on either side."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractSpinBox, QHBoxLayout, QSizePolicy, QSpinBox, QWidget

from jobcentre_desk.gui.buttons import icon_button
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.theme import TypeRole, scaled

LARGEST = 999
HEIGHT = 28


class Stepper(QWidget):
    """`changed` carries the new number; ↑ and ↓ step as the buttons do."""

    changed = Signal(int)

    def __init__(self, name: str, *, less: str, more: str, unit: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QSpinBox(self, minimum=0, maximum=LARGEST)
        self._box.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self._box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._box.setFixedSize(scaled(52), scaled(HEIGHT))
        self._box.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for icon_name, words, step in (("minus", less, -1), ("plus", more, 1)):
            button = icon_button(icon_name, words, self)
            button.setFixedSize(scaled(HEIGHT), scaled(HEIGHT))
            button.setAutoRepeat(True)
            button.clicked.connect(lambda _checked=False, step=step: self._box.stepBy(step))
            row.addWidget(button)
        row.insertWidget(1, self._box)
        self._unit = plain_label(unit, TypeRole.CAPTION, quiet=True)
        self._unit.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self._unit, 1)
        self._box.valueChanged.connect(self.changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The unit is left out where it would be cut."""
        super().resizeEvent(event)
        taken = 2 * scaled(HEIGHT) + scaled(52) + 3 * 8
        self._unit.setVisible(self.width() >= taken + self._unit.sizeHint().width())

    def value(self) -> int:
        """The number shown."""
        return self._box.value()

    def show_value(self, value: int) -> None:
        """Show another number, without a signal."""
        blocked = self._box.blockSignals(True)
        self._box.setValue(value)
        self._box.blockSignals(blocked)

"""A wrapped sentence of plain text that takes no more height than its lines need."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QSizePolicy

from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.theme import TypeRole


def wrapped_label(text: str, role: TypeRole = TypeRole.BODY, *, quiet: bool = False) -> QLabel:
    """`text` in `role`, wrapped to the width it is given; `quiet` takes the secondary colour."""
    label = plain_label(text, role, wrap=True, quiet=quiet)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    return label

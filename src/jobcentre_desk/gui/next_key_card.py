"""A publisher's announced next key: both key ids to compare by phone, and the two answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from jobcentre_desk.gui.buttons import primary_button, secondary_button
from jobcentre_desk.gui.card_frame import CardFrame, plain_label
from jobcentre_desk.gui.icons import draw_icon
from jobcentre_desk.gui.theme import TypeRole, scaled, theme_of
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.desk.publisher_keys import KeyOffer

KEYS_APART = 24


class NextKeyCard(CardFrame):
    """Offers one next key; `confirmed` and `put_off` carry the answer."""

    confirmed = Signal()
    put_off = Signal()

    def __init__(self, offer: KeyOffer) -> None:
        super().__init__(_("{name} gets a new key").format(name=offer.name))
        self.offer = offer
        self.header.setContentsMargins(scaled(26), 0, 0, 0)
        self.body.addWidget(plain_label(_sentence(offer), wrap=True))
        self.body.addLayout(_key_ids(offer))
        self.not_now, self.confirm = secondary_button(_("Not now")), primary_button(_("Confirm the next key"))
        self.not_now.clicked.connect(self.put_off)
        self.confirm.clicked.connect(self.confirmed)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.not_now)
        row.addWidget(self.confirm)
        self.body.addLayout(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, painter, side = theme_of(self), QPainter(self), scaled(18)
        top = 12 + (self.header.geometry().height() - side) / 2
        draw_icon(painter, "key", QRectF(16, top, side, side), theme.accent)


def _sentence(offer: KeyOffer) -> str:
    return _(
        "{publisher} announces the key it will sign its next releases with. Call them and compare both key ids; "
        "confirm only when they are the same. Until then only releases under the present key are taken over."
    ).format(publisher=offer.publisher)


def _key_ids(offer: KeyOffer) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(KEYS_APART)
    grid.setVerticalSpacing(0)
    for column, (words, key_id) in enumerate(((_("Key now"), offer.key_id), (_("Next key"), offer.next_key_id))):
        grid.addWidget(plain_label(words, TypeRole.CAPTION, quiet=True), 0, column)
        shown = plain_label(grouped(key_id), TypeRole.TITLE)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setAccessibleName(f"{words}: {key_id}")
        grid.addWidget(shown, 1, column)
    grid.setColumnStretch(2, 1)
    return grid


def grouped(key_id: str) -> str:
    """A key id in groups of four, as it is read out."""
    start = len(key_id) % 4
    groups = [key_id[:start], *(key_id[i : i + 4] for i in range(start, len(key_id), 4))]
    return " ".join(group for group in groups if group)

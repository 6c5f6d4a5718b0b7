"""Colours, fonts and measures the employer table paints with, gathered once instead of asked for in every cell."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QWidget

from jobcentre_desk.gui.theme import Theme, TypeRole, font, theme_of

STAR_SIZE = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Theme, fonts with their metrics, and the padding of a cell in px."""

    theme: Theme
    body: QFont
    strong: QFont
    caption: QFont
    body_metrics: QFontMetrics
    strong_metrics: QFontMetrics
    caption_metrics: QFontMetrics
    padding: int

    def row_height(self, *, two_lines: bool) -> int:
        """The height of a row with one or two lines of text."""
        if two_lines:
            return max(42, self.strong_metrics.height() + self.caption_metrics.height() + 6)
        return max(32, self.strong_metrics.height() + 12)

    def header_height(self) -> int:
        """The height of the header: two lines of headings."""
        return max(40, 2 * self.strong_metrics.height() + 4)


def look_of(widget: QWidget, *, narrow: bool = False) -> Look:
    """The look of a table inside `widget`."""
    body, strong, caption = font(TypeRole.BODY), font(TypeRole.STRONG), font(TypeRole.CAPTION)
    return Look(
        theme=theme_of(widget),
        body=body,
        strong=strong,
        caption=caption,
        body_metrics=QFontMetrics(body),
        strong_metrics=QFontMetrics(strong),
        caption_metrics=QFontMetrics(caption),
        padding=6 if narrow else 8,
    )

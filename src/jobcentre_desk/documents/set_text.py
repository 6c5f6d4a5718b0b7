"""Text set on a page: paragraphs that are broken into lines once, and the cells of tables, which need no markup."""

from __future__ import annotations

from functools import lru_cache
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_RIGHT  # noqa: TID253 - `documents` itself is imported with the first export
from reportlab.lib.styles import ParagraphStyle  # noqa: TID253
from reportlab.platypus import Flowable, Paragraph  # noqa: TID253

from jobcentre_desk.documents.fonts import REMEMBERED, printable, text_width
from jobcentre_desk.documents.operators import write_text


class SetParagraph(Paragraph):  # type: ignore[misc]
    """A paragraph that keeps how it was broken: reportlab asks for its height up to four times."""

    _asked: tuple[float, tuple[float, float]] | None = None

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Its size; worked out anew for another width, and where reportlab let go of the lines."""
        if self._asked is None or self._asked[0] != available_width or not hasattr(self, "blPara"):
            size: tuple[float, float] = super().wrap(available_width, available_height)
            self._asked = available_width, size
        return self._asked[1]


class CellText(Flowable):  # type: ignore[misc]
    """Plain text in one style, broken at spaces; a word that is too long for the line is broken as in a paragraph."""

    def __init__(self, text: str, style: ParagraphStyle) -> None:
        super().__init__()
        self._text, self._style = printable(text), style
        self._lines: tuple[str, ...] = ()
        self._paragraph: SetParagraph | None = None

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Its size when broken for this width."""
        look = self._style
        self.width, self._lines = available_width, broken(self._text, look.fontName, look.fontSize, available_width)
        if any(text_width(line, look.fontName, look.fontSize) > available_width for line in self._lines):
            self._paragraph = SetParagraph(escape(self._text), look)
            self.height = self._paragraph.wrap(available_width, available_height)[1]
        else:
            self._paragraph, self.height = None, len(self._lines) * look.leading
        return self.width, self.height

    def draw(self) -> None:
        """Write the lines, the first as far below the top as its letters are high."""
        if self._paragraph is not None:
            self._paragraph.drawOn(self.canv, 0, 0)
            return
        look, right = self._style, self._style.alignment == TA_RIGHT
        for number, line in enumerate(self._lines):
            left = self.width - text_width(line, look.fontName, look.fontSize) if right else 0.0
            at = left, self.height - look.fontSize - number * look.leading
            colour = f"#{look.textColor.hexval()[2:]}"
            write_text(self.canv, line, at, font=look.fontName, size=look.fontSize, colour=colour)


@lru_cache(REMEMBERED)
def broken(text: str, font: str, size: float, width: float) -> tuple[str, ...]:
    """`text` in lines no wider than `width` points, broken at spaces; a longer word stands alone in its line."""
    lines: list[str] = []
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, font, size) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return tuple(lines)

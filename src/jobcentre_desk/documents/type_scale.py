"""The type of documents on A4: margins in points and one paragraph style for each role."""

from __future__ import annotations

from functools import cache

from reportlab.lib.colors import HexColor  # noqa: TID253 - `documents` itself is imported with the first export
from reportlab.lib.enums import TA_RIGHT  # noqa: TID253
from reportlab.lib.pagesizes import A4  # noqa: TID253
from reportlab.lib.styles import ParagraphStyle  # noqa: TID253
from reportlab.lib.units import mm  # noqa: TID253

from jobcentre_desk.documents import colours
from jobcentre_desk.documents.fonts import REGULAR, SEMIBOLD, register_fonts

PAGE_WIDTH, PAGE_HEIGHT = A4
SIDE_MARGIN, TOP_MARGIN, BOTTOM_MARGIN = 20 * mm, 19 * mm, 15 * mm
FOOTER_HEIGHT = 14 * mm
TEXT_WIDTH = PAGE_WIDTH - 2 * SIDE_MARGIN
TEXT_HEIGHT = PAGE_HEIGHT - TOP_MARGIN - BOTTOM_MARGIN - FOOTER_HEIGHT
CAPTION_SIZE = 8.5

_ROLES: dict[str, tuple[str, float, float, str, float, float]] = {
    # role: font, size, line, colour, space before, space after
    "title": (SEMIBOLD, 20, 25, colours.TEXT, 0, 2),
    "section": (SEMIBOLD, 12, 16, colours.TEXT, 10, 4),
    "minor": (SEMIBOLD, 10, 14, colours.TEXT, 6, 2),
    "sentence": (REGULAR, 12.5, 18, colours.TEXT, 8, 4),
    "body": (REGULAR, 10, 14, colours.TEXT, 0, 4),
    "secondary": (REGULAR, 10, 14, colours.SECONDARY, 0, 4),
    "caption": (REGULAR, CAPTION_SIZE, 11.5, colours.SECONDARY, 0, 4),
    "bullet": (REGULAR, 11, 16, colours.TEXT, 0, 3),
    "cell": (REGULAR, 9, 12, colours.TEXT, 0, 0),
    "header cell": (SEMIBOLD, CAPTION_SIZE, 11, colours.SECONDARY, 0, 0),
    "label": (REGULAR, 10, 14, colours.SECONDARY, 0, 0),
    "answer": (SEMIBOLD, 10, 14, colours.TEXT, 0, 0),
}


@cache
def style(role: str, *, right: bool = False) -> ParagraphStyle:
    """The paragraph style of a role; `right` sets it to the right, as numbers stand."""
    register_fonts()
    font, size, leading, colour, before, after = _ROLES[role]
    return ParagraphStyle(
        f"{role} right" if right else role,
        fontName=font,
        fontSize=size,
        leading=leading,
        textColor=HexColor(colour),
        spaceBefore=before,
        spaceAfter=after,
        splitLongWords=1,
        **({"alignment": TA_RIGHT} if right else {}),
    )

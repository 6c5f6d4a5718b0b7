"""A document as PDF: A4, embedded font, footer and DEMO on each page, bookmarks; same content, same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from reportlab import rl_config  # noqa: TID253 - as below
from reportlab.lib.utils import simpleSplit  # noqa: TID253 - `documents` itself is imported with the first export
from reportlab.pdfgen.canvas import Canvas  # noqa: TID253
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, KeepInFrame, PageTemplate  # noqa: TID253
from reportlab.platypus import PageBreak as NewPage  # noqa: TID253

from jobcentre_desk.documents import colours
from jobcentre_desk.documents.drawing import Pen
from jobcentre_desk.documents.flow import DEMO_WIDTH, flowables
from jobcentre_desk.documents.fonts import BOLD, REGULAR, printable, register_fonts
from jobcentre_desk.documents.type_scale import (
    BOTTOM_MARGIN,
    CAPTION_SIZE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SIDE_MARGIN,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    TOP_MARGIN,
)
from jobcentre_desk.model.pages import Block, Document, Heading, PageBreak
from jobcentre_desk.text import translate as _

PROGRAM = "Jobcentre Desk"
FOOTER_LINES, FOOTER_LEADING = 3, 10.5
OUTLINED_LEVEL = 2
LEAST_UNDER_HEADING = 110
"""Points of room that a part needs to begin on a page: its heading alone at the foot would lead nowhere."""
RUNNING_HEAD = 26.0
"""Points at the head of a page that goes on: what the document is called, and DEMO."""


def pdf_bytes(document: Document) -> bytes:
    """`document` as PDF 1.4; no date and no path of this machine is inside."""
    register_fonts()
    rl_config.useA85 = 0  # bytes, not letters: a fifth smaller and 10 ms less
    buffer = io.BytesIO()
    template = BaseDocTemplate(
        buffer,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        title=printable(document.title),
        author=PROGRAM,
        creator=PROGRAM,
        lang=document.language,
        initialFontName=REGULAR,
        invariant=1,
    )
    template.addPageTemplates(_page_templates(document))
    template.build(list(_story(document)), canvasmaker=_canvas_for(document))
    return buffer.getvalue()


def _page_templates(document: Document) -> list[PageTemplate]:
    """One for every page; where text runs on, the pages after the first leave room for the line at their head."""
    first = PageTemplate(id="first", frames=[_frame(0)])
    if document.parts_on_one_page:
        return [first]
    first.autoNextPageTemplate = "later"
    return [first, PageTemplate(id="later", frames=[_frame(RUNNING_HEAD)])]


def _frame(head: float) -> Frame:
    return Frame(
        SIDE_MARGIN,
        PAGE_HEIGHT - TOP_MARGIN - TEXT_HEIGHT,
        TEXT_WIDTH,
        TEXT_HEIGHT - head,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )


class _Bookmark(Flowable):  # type: ignore[misc]
    """Names the page it stands on in the reader's outline, `level` 0 or 1; stays with what follows."""

    _ZEROSIZE = 1  # without it reportlab leaves out what takes no room

    def __init__(self, title: str, key: str, *, level: int = 0) -> None:
        super().__init__()
        self._title, self._key, self._level = title, key, level
        self.width = self.height = 0
        self.keepWithNext = 1

    def draw(self) -> None:
        self.canv.page_bookmarks.append((self._title, self._key, self._level))


def _story(document: Document) -> Iterator[Flowable]:
    for number, (bookmark, blocks) in enumerate(_parts(document)):
        if number:
            yield NewPage()
        mark = _Bookmark(printable(bookmark or document.title), f"part-{number}")
        if document.parts_on_one_page:
            content = [flowable for block in blocks for flowable in flowables(block)]
            yield KeepInFrame(TEXT_WIDTH, TEXT_HEIGHT - 1, [mark, *content], mode="shrink", mergeSpace=1)
        else:
            if not number:
                yield mark
            yield from _flowing(blocks, number)


def _flowing(blocks: list[Block], part: int) -> Iterator[Flowable]:
    """What runs on from page to page: each heading of level 2 is an entry of the outline under the document's."""
    for index, block in enumerate(blocks):
        if isinstance(block, Heading) and block.level == OUTLINED_LEVEL:
            yield CondPageBreak(LEAST_UNDER_HEADING)
            yield _Bookmark(printable(block.text), f"part-{part}-{index}", level=1)
        yield from flowables(block)


def _parts(document: Document) -> list[tuple[str, list[Block]]]:
    """The blocks between page breaks, each with the bookmark of its page; no page is empty."""
    parts: list[tuple[str, list[Block]]] = [("", [])]
    for block in document.blocks:
        if isinstance(block, PageBreak):
            if parts[-1][1]:
                parts.append((block.bookmark, []))
            else:
                parts[-1] = (block.bookmark, [])
        else:
            parts[-1][1].append(block)
    return [part for part in parts if part[1]]


def _canvas_for(document: Document) -> type[Canvas]:
    """A canvas that draws footers last, when the number of pages is known; a bookmark needs its page's own turn."""

    class NumberedCanvas(Canvas):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._finished_pages: list[dict[str, Any]] = []
            self.page_bookmarks: list[tuple[str, str, int]] = []
            self.setViewerPreference("DisplayDocTitle", "true")

        def showPage(self) -> None:  # noqa: N802 - reportlab's name
            self._finished_pages.append(dict(self.__dict__))
            self.page_bookmarks = []
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._finished_pages, start=1):
                self.__dict__.update(page)
                _draw_page_furniture(self, document, number, len(self._finished_pages))
                for title, key, level in self.page_bookmarks:
                    self.bookmarkPage(key)
                    self.addOutlineEntry(title, key, level=level)
                super().showPage()
            super().save()

    return NumberedCanvas


def _draw_page_furniture(canvas: Canvas, document: Document, number: int, pages: int) -> None:
    pen = Pen(canvas, PAGE_HEIGHT)
    right = PAGE_WIDTH - SIDE_MARGIN
    if document.demonstration:
        pen.bar(right - DEMO_WIDTH, TOP_MARGIN, DEMO_WIDTH, 16, colour=colours.DEMO, radius=2)
        pen.text("DEMO", right - DEMO_WIDTH / 2, TOP_MARGIN + 11.6, font=BOLD, colour=colours.PAPER, anchor="middle")
    if number > 1 and not document.parts_on_one_page:
        pen.text(document.title, SIDE_MARGIN, TOP_MARGIN + 11.6, size=CAPTION_SIZE, colour=colours.SECONDARY)
    _draw_footer(pen, document, number, pages)


def _draw_footer(pen: Pen, document: Document, number: int, pages: int) -> None:
    """A rule, program and page to the right, and to the left the source on as many lines as it takes, at most three."""
    right, baseline = PAGE_WIDTH - SIDE_MARGIN, PAGE_HEIGHT - BOTTOM_MARGIN
    of_pages = _("page {page} of {pages}").format(page=number, pages=pages)
    told = pen.text(
        f"{document.footer_right} · {of_pages}",
        right,
        baseline,
        size=CAPTION_SIZE,
        colour=colours.SECONDARY,
        anchor="end",
    )
    room = TEXT_WIDTH - told - 12
    lines = simpleSplit(printable(document.footer_left), REGULAR, CAPTION_SIZE, room)[:FOOTER_LINES]
    for index, line in enumerate(lines):
        above = (len(lines) - 1 - index) * FOOTER_LEADING
        pen.text(line, SIDE_MARGIN, baseline - above, size=CAPTION_SIZE, colour=colours.SECONDARY, width=room)
    top = baseline - max(1, len(lines)) * FOOTER_LEADING - 4
    pen.line((SIDE_MARGIN, top), (right, top), width=0.75)

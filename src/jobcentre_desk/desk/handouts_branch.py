"""Funnel and heat map of a branch as a document, with their sentences, definitions and where they come from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from jobcentre_desk.desk.branch_wording import kind_words
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.handouts import printed_line
from jobcentre_desk.desk.scope_words import list_words
from jobcentre_desk.model.branch_pages import BranchPage
from jobcentre_desk.model.pages import (
    Block,
    Document,
    DocumentChart,
    DocumentTable,
    Heading,
    Kicker,
    PageBreak,
    Paragraph,
)
from jobcentre_desk.text import language
from jobcentre_desk.text import translate as _

FUNNEL_MM = 92.0
MOST_ROWS = 12
"""Employers furthest away that fit under the funnel."""
_HEADER_MM, _ROW_MM = 22.0, 8.4


def branch_document(figures: Figures, page: BranchPage, *, printed: dt.date) -> Document:
    """Two A4 pages about a branch: its funnel with those furthest away, and the heat map; of a shared `page`."""
    return Document(
        title=page.title,
        language=language(),
        demonstration=page.origin.demonstration,
        blocks=tuple(block for block in _blocks(figures, page) if block != Paragraph(text="")),
        footer_left=page.origin.line,
        footer_right=printed_line(printed),
    )


def _blocks(figures: Figures, page: BranchPage) -> Iterator[Block]:
    yield Kicker(text=_("Branches and occupations"))
    yield Heading(text=page.title, level=1)
    area = list_words(figures.codes, "municipalities", page.scope.municipalities) or _("Whole country")
    yield Paragraph(text=" · ".join((area, page.period_line, kind_words(page.kind))), role="secondary")
    yield Paragraph(text=page.funnel.sentence, role="body")
    if len(page.funnel.n):
        yield DocumentChart(chart=page.funnel, height_mm=FUNNEL_MM)
        yield Paragraph(text=page.spread, role="caption")
    if page.furthest.lines:
        yield Heading(text=page.furthest.title, level=2)
        table = page.furthest.table
        yield DocumentTable(table=replace(table, rows=table.rows[:MOST_ROWS]))
    yield PageBreak()
    yield Heading(text=page.results.title, level=1)
    for note in page.notes:
        yield Paragraph(text=note, role="body")
    yield Paragraph(text=page.results.sentence, role="body")
    yield DocumentChart(chart=page.results, height_mm=_HEADER_MM + _ROW_MM * len(page.results.rows))
    yield Paragraph(text=f"{page.definition} {page.caution}", role="caption")

"""The sheet of a municipality as a document: expected against actual, the gap in persons, the peers, the periods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from jobcentre_desk.desk.handouts import printed_line, reference_line
from jobcentre_desk.desk.measure_choice import START
from jobcentre_desk.desk.municipality_wording import group_title, period_words
from jobcentre_desk.model.municipalities import MeasureView
from jobcentre_desk.model.pages import (
    Block,
    Document,
    DocumentChart,
    DocumentTable,
    FactBox,
    Heading,
    Kicker,
    MunicipalityPage,
    Paragraph,
    Spacer,
)
from jobcentre_desk.text import both, language
from jobcentre_desk.text import translate as _

STRIP_ROW_MM = 10.5
STRIP_AXIS_MM = 10.0
HISTORY_MM = 44.0
MAP_MM = 104.0


def municipality_document(page: MunicipalityPage, *, printed: dt.date) -> Document:
    """One A4 page about a municipality: its sentence and gap, all municipalities on one scale, peers, periods."""
    area = page.comparison.area
    return Document(
        title=both(area.name_da, area.name_en),
        language=language(),
        demonstration=page.origin.demonstration,
        blocks=tuple(_blocks(page)),
        footer_left=page.origin.line,
        footer_right=printed_line(printed),
    )


def _blocks(page: MunicipalityPage) -> Iterator[Block]:
    if page.chosen is not None and page.chosen.id != START:
        yield from _measure_blocks(page, page.chosen)
        return
    comparison = page.comparison
    yield Kicker(text=_("Expected and actual, beside similar municipalities"))
    yield Heading(text=both(comparison.area.name_da, comparison.area.name_en), level=1)
    about = (group_title(comparison.group), period_words(comparison.expected.period))
    yield Paragraph(text=" · ".join(about), role="secondary")
    yield Paragraph(text=page.sentence, role="sentence", strong=page.sentence_strong)
    if page.source_lines:
        yield Paragraph(text=" ".join(page.source_lines), role="caption")
    if page.gap_text:
        line = (Paragraph(text=page.gap_line, role="caption"),) if page.gap_line else ()
        yield FactBox(title=page.gap_text, paragraphs=line)
    yield Heading(text=page.strips.title, level=2)
    yield DocumentChart(chart=page.strips, height_mm=len(page.strips.rows) * STRIP_ROW_MM + STRIP_AXIS_MM)
    marks = _("Rhombus: the municipality. Rings: its peers, the tall line their middle. Ticks: the others.")
    yield Paragraph(text=f"{page.strips.sentence} {marks}", role="caption")
    yield Heading(text=_("The nearest peers"), level=2)
    yield DocumentTable(table=page.peers_table)
    yield Spacer()
    yield Heading(text=page.history.title, level=2)
    yield DocumentChart(chart=page.history, height_mm=HISTORY_MM)
    yield Paragraph(text=f"{page.history.sentence} {reference_line(page.history)}".strip())
    yield Paragraph(text=page.definition, role="caption")


def _measure_blocks(page: MunicipalityPage, view: MeasureView) -> Iterator[Block]:
    """The sheet of another measure: its sentence and gap, the map, where all lie, and its periods."""
    area = page.comparison.area
    yield Kicker(text=view.name)
    yield Heading(text=both(area.name_da, area.name_en), level=1)
    about = (words for code, words in view.groups if code == view.group and len(view.groups) > 1)
    yield Paragraph(text=" · ".join((*about, period_words(view.period))), role="secondary")
    yield Paragraph(text=view.sentence, role="sentence", strong=view.sentence_strong)
    if view.gap_text:
        lines = [view.gap_line, view.target.sentence if view.target else ""]
        told = tuple(Paragraph(text=line, role="caption") for line in lines if line)
        yield FactBox(title=view.gap_text, paragraphs=told)
    yield Heading(text=view.tiles.title, level=2)
    yield DocumentChart(chart=view.tiles, height_mm=MAP_MM)
    yield Paragraph(text=view.tiles.sentence, role="caption")
    yield DocumentChart(chart=view.strips, height_mm=STRIP_ROW_MM + STRIP_AXIS_MM)
    yield DocumentTable(table=view.facts)
    yield Heading(text=view.history.title, level=2)
    yield DocumentChart(chart=view.history, height_mm=HISTORY_MM)
    yield Paragraph(text=f"{view.history.sentence} {reference_line(view.history)}".strip())
    yield Paragraph(text=" ".join(part for part in (view.definition, view.source_line) if part), role="caption")

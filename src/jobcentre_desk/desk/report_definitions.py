"""The last part of a report: the definition of every figure in it, and the sources it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from jobcentre_desk.cache.snapshot import LoadedSource
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.measures import definition_of
from jobcentre_desk.desk.municipality_wording import period_words
from jobcentre_desk.desk.provenance import former_sentences
from jobcentre_desk.desk.provenance_columns import Histories, RevisedKey
from jobcentre_desk.desk.report_changes import MOST_REVISIONS, ChangeGround
from jobcentre_desk.model.measures import Measure
from jobcentre_desk.model.pages import Block, Heading, Paragraph
from jobcentre_desk.model.reports import ReportPart
from jobcentre_desk.model.workbooks import Sheet
from jobcentre_desk.text import both, count
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n


def definition_part(
    figures: Figures, measures: Sequence[Measure], *, sources: Sequence[LoadedSource], shown: dict[str, str]
) -> ReportPart:
    """What each of `measures` counts and why it may differ; `shown` names the source of a measure's figures."""
    defined = [(measure, definition_of(figures, measure.id, source=shown.get(measure.id, ""))) for measure in measures]
    lines = tuple(figures.origin(source).line for source in sources)
    sheet = Sheet(
        name=_("Definitions"),
        header=(_("Measure"), _("Definition"), _("Unit"), _("Why figures may differ")),
        rows=tuple((_name(measure), told, measure.unit, _differs(measure)) for measure, told in defined),
        lines=lines,
    )
    return ReportPart(title=_("Definitions and sources"), blocks=tuple(_blocks(defined, lines)), sheets=(sheet,))


def with_former(
    part: ReportPart, changes: ChangeGround, histories: Histories, shown: Sequence[RevisedKey]
) -> ReportPart:
    """The part with what revised figures that are shown were before; `shown` are their keys, the newest first."""
    if not shown:
        return part
    return replace(part, blocks=(*part.blocks, *_former_blocks(changes, histories, shown)))


def _former_blocks(changes: ChangeGround, histories: Histories, shown: Sequence[RevisedKey]) -> Iterator[Block]:
    yield Heading(text=_("Was before"), level=3)
    for key in shown[:MOST_REVISIONS]:
        source, measure, _area, period, group = key
        about = (changes.names.get(measure, measure), period_words(period), changes.groups.get(group, group), source)
        yield Paragraph(text=f"{' · '.join(about)}. {former_sentences(histories.former[key])}", role="caption")
    more = len(shown) - MOST_REVISIONS
    if more > 0:
        text = _n("{n} more is in the workbook.", "{n} more are in the workbook.", more)
        yield Paragraph(text=text.format(n=count(more)), role="caption")


def _blocks(defined: Sequence[tuple[Measure, str]], lines: Sequence[str]) -> Iterator[Block]:
    for measure, told in defined:
        text = " ".join(part for part in (f"{_name(measure)}.", told, _differs(measure)) if part)
        yield Paragraph(text=text, role="caption", strong=_name(measure))
    yield Heading(text=_("Sources"), level=3)
    for line in lines:
        yield Paragraph(text=line, role="caption")


def _name(measure: Measure) -> str:
    return both(measure.name_da, measure.name_en) or measure.id


def _differs(measure: Measure) -> str:
    return both(measure.why_it_may_differ_da, measure.why_it_may_differ_en)

"""The last part of a report: the definition of every figure in it, and the sources it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jobcentre_desk.cache.snapshot import LoadedSource
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.measures import definition_of
from jobcentre_desk.model.measures import Measure
from jobcentre_desk.model.pages import Block, Heading, Paragraph
from jobcentre_desk.model.reports import ReportPart
from jobcentre_desk.model.workbooks import Sheet
from jobcentre_desk.text import both
from jobcentre_desk.text import translate as _


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

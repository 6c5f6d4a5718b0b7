"""The monthly report of a municipality: everything its page says and more, from the same figures, as one document.

Nothing is worked out here: parts are made of what the pages show, so that a report and the screen never differ. A part
whose figures are not loaded says so. `ReportGround` holds what all municipalities share; it is read once for all 98.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jobcentre_desk.cache.revisions import read_revisions
from jobcentre_desk.cache.snapshot import LoadedSource
from jobcentre_desk.desk.alert_exports import SharedAlerts, remember_alerts
from jobcentre_desk.desk.cards import cards_of
from jobcentre_desk.desk.expected import MEASURES
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.handouts import printed_line
from jobcentre_desk.desk.measures import SUCCESS_RATE
from jobcentre_desk.desk.municipality import Question, area_name, settle
from jobcentre_desk.desk.municipality_figures import MunicipalityFigures, page_measures, read_municipality_figures
from jobcentre_desk.desk.municipality_page import page_from
from jobcentre_desk.desk.municipality_wording import period_words
from jobcentre_desk.desk.other_sources import NO_GROUP
from jobcentre_desk.desk.provenance_columns import Histories, RevisedKey, histories
from jobcentre_desk.desk.report_alerts import alert_part, shared_of
from jobcentre_desk.desk.report_branches import BranchGround, branch_ground, branch_part, remember_branches
from jobcentre_desk.desk.report_changes import ChangeGround, change_ground, change_part
from jobcentre_desk.desk.report_definitions import definition_part, with_former
from jobcentre_desk.desk.report_expected import history_part, opening_blocks, peers_part, standing_part
from jobcentre_desk.desk.report_gap import GapGround, gap_ground, gap_part, map_part
from jobcentre_desk.desk.report_measures import MeasureGround, measure_ground, measure_part, newest_period
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.areas import AreaKind
from jobcentre_desk.model.cards import Card
from jobcentre_desk.model.pages import Block, Document, Heading, Kicker, MunicipalityPage, Origin, PageBreak, Paragraph
from jobcentre_desk.model.reports import Report, ReportPart
from jobcentre_desk.model.workbooks import Sheet, Workbook
from jobcentre_desk.text import language
from jobcentre_desk.text import translate as _

LANGUAGE_NAMES = {"da": "Dansk", "en": "English"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportGround:
    """What the reports of all municipalities share, read once; texts in it are in the language it was made in.

    `revised` are the newest values of the measures beside y30r21 that were something else before.
    """

    figures: Figures
    language: str
    published: MunicipalityFigures
    period: str | None
    cards: tuple[Card, ...]
    gap: GapGround
    measures: MeasureGround
    changes: ChangeGround
    histories: Histories
    revised: frozenset[RevisedKey]
    branches: BranchGround | None
    sources: tuple[LoadedSource, ...]
    origin: Origin
    definitions: ReportPart


def report_ground(figures: Figures, *, period: str | None = None, since: dt.date | None = None) -> ReportGround:
    """Read what all reports need: of `period` or the latest, with what changed from `since` on (None = last releases).

    Raises InputRefused where nothing at all is loaded that a report could hold.
    """
    published = read_municipality_figures(figures, page_measures(figures))
    measures = measure_ground(figures, published)
    branches = branch_ground(figures)
    if not (published.expected.periods or measures.values or branches):
        raise InputRefused(
            _("There are no figures that a report could be made of."),
            _("Add a source with figures of municipalities or outcomes of traineeships, then sync."),
            error_id="no_figures",
        )
    sources = _sources(figures, published, measures)
    revisions = read_revisions(figures.snapshot)
    told = histories(figures, revisions)
    return ReportGround(
        figures=figures,
        language=language(),
        published=published,
        period=period,
        cards=cards_of(figures),
        gap=gap_ground(figures, published, period=period),
        measures=measures,
        changes=change_ground(figures, revisions, since=since),
        histories=told,
        revised=_revised(measures, told),
        branches=branches,
        sources=sources,
        origin=figures.origin(sources[0]),
        definitions=_definitions(figures, published, measures, sources),
    )


def read_report(ground: ReportGround, code: str) -> Report:
    """The report of one municipality, as it may leave the screen.

    Raises InputRefused for a code that is none of a municipality, and for a period nothing is published for.
    """
    area = ground.figures.codes.areas.get(code)
    if area is None or area.kind is not AreaKind.MUNICIPALITY:
        raise unknown_municipality(code)
    question, page = _page(ground, code)
    alerts = shared_of(ground.figures, code)
    parts = tuple(part for part in _parts(ground, code, question, page, alerts) if part is not None)
    return Report(
        code=code,
        name=area_name(area),
        period=_period(ground, page),
        language=language(),
        demonstration=any(source.demonstration for source in ground.sources),
        opening=tuple(_opening(ground, page, name=area_name(area))),
        parts=parts,
        source_line=ground.origin.line,
        alerts=alerts.alerts,
    )


def report_document(report: Report, *, printed: dt.date) -> Document:
    """A report as a document: parts under one another, each with a bookmark, the source on every page."""
    return Document(
        title=_("Monthly report: {municipality}").format(municipality=report.name),
        language=report.language,
        demonstration=report.demonstration,
        blocks=tuple(_blocks(report)),
        footer_left=report.source_line,
        footer_right=printed_line(printed),
        parts_on_one_page=False,
    )


def report_workbook(report: Report) -> Workbook:
    """A report as a workbook: what the figures are first, then a sheet for each table with its numbers."""
    about = Sheet(
        name=_("About"),
        rows=(
            (_("Monthly report"), report.name),
            (_("Period"), period_words(report.period)),
            (_("Source"), report.source_line),
            *((("DEMO", _("Demonstration figures: everything in them is invented.")),) if report.demonstration else ()),
        ),
    )
    title = _("Monthly report: {municipality}").format(municipality=report.name)
    return Workbook(
        title=f"DEMO · {title}" if report.demonstration else title,
        language=report.language,
        sheets=(about, *(sheet for part in report.parts for sheet in part.sheets if sheet.rows)),
    )


def remember_report(ground: ReportGround, report: Report) -> None:
    """Tell the guard of later exports that the report of a municipality has left."""
    if ground.branches is not None:
        remember_branches(ground.branches, report.code)
    remember_alerts(ground.figures, report.alerts)


def unknown_municipality(code: str) -> InputRefused:
    """What is said for a code that is none of a municipality."""
    return InputRefused(
        _("{code} is not the code of a municipality.").format(code=code),
        _("Use one of the 98 codes of Statistics Denmark, such as 730 for Randers."),
        error_id="unknown_code",
    )


def _page(ground: ReportGround, code: str) -> tuple[Question, MunicipalityPage] | tuple[None, None]:
    """What is asked and the page it gives; None where the table y30r21 is not loaded."""
    if not ground.published.expected.periods:
        return None, None
    question = settle(ground.published, code, period=ground.period, group="all", peers="expected")
    shares = replace(ground.published, values={})  # its measures stand in a part of their own
    return question, page_from(shares, question, cards=ground.cards, origin=ground.origin)


def _parts(
    ground: ReportGround,
    code: str,
    question: Question | None,
    page: MunicipalityPage | None,
    alerts: SharedAlerts,
) -> Iterator[ReportPart | None]:
    told = ground.histories
    yield standing_part(ground.published, page, histories=told)
    yield peers_part(ground.published, page, histories=told)
    yield history_part(ground.published, page, histories=told)
    yield measure_part(ground.measures, code, page, histories=told)
    yield change_part(ground.changes, code)
    yield alert_part(alerts)
    yield map_part(ground.gap, question, page)
    yield gap_part(ground.gap, code)
    yield branch_part(ground.branches, code)
    yield with_former(ground.definitions, ground.changes, told, _shown_before(ground, code, page))


def _revised(measures: MeasureGround, told: Histories) -> frozenset[RevisedKey]:
    """The keys of all values of measures, of all groups together, that were something else before."""
    values = (one for found in measures.values.values() for one in found if one.group in ("all", NO_GROUP))
    keys = {(one.source, one.measure, one.area, one.period, one.group) for one in values}
    return frozenset(keys & told.former.keys())


def _shown_before(ground: ReportGround, code: str, page: MunicipalityPage | None) -> list[RevisedKey]:
    """The revised figures of a municipality that its report shows, the one revised last first."""

    def is_shown(key: RevisedKey) -> bool:
        source, measure, _area, period, group = key
        if page is None or measure not in MEASURES:
            return key in ground.revised
        in_tables = period == page.comparison.expected.period or group == page.comparison.group
        return in_tables and source == ground.published.expected_source

    return [key for key in ground.histories.by_area.get(code, ()) if is_shown(key)]


def _opening(ground: ReportGround, page: MunicipalityPage | None, *, name: str) -> Iterator[Block]:
    period = _("Figures for {period}").format(period=period_words(_period(ground, page)))
    about = [period, LANGUAGE_NAMES[language()]]
    yield Kicker(text=_("Monthly report"))
    yield Heading(text=name, level=1)
    yield Paragraph(text=" · ".join(about), role="secondary")
    yield from opening_blocks(page)


def _blocks(report: Report) -> Iterator[Block]:
    yield from report.opening
    for part in report.parts:
        if part.own_page:
            yield PageBreak(bookmark=part.title)
        yield Heading(text=part.title, level=2)
        yield from part.blocks


def _period(ground: ReportGround, page: MunicipalityPage | None) -> str:
    """The period the report is named by: the one asked for, else the newest of the published figures in it."""
    if ground.period:
        return ground.period
    published = [ground.measures.newest, "" if page is None else page.comparison.expected.period]
    if any(published):
        return newest_period(published)
    assert ground.branches is not None
    return str(ground.branches.period.span.last)


def _sources(figures: Figures, published: MunicipalityFigures, measures: MeasureGround) -> tuple[LoadedSource, ...]:
    """The sources whose figures are in the report, that of expected and actual share first."""
    outcomes = figures.outcome_source.name if figures.outcome_source is not None else ""
    by_name = {source.name: source for source in figures.sources}
    names = dict.fromkeys((published.expected_source, *measures.sources, outcomes))
    return tuple(by_name[name] for name in names if name in by_name)


def _definitions(
    figures: Figures, published: MunicipalityFigures, measures: MeasureGround, sources: Sequence[LoadedSource]
) -> ReportPart:
    """The definitions of what is in the report: shared by all municipalities."""
    shown = dict.fromkeys(MEASURES, published.expected_source) if published.expected.periods else {}
    shown |= {measure: values[0].source for measure, values in measures.values.items()}
    if figures.outcome_source is not None:
        shown.setdefault(SUCCESS_RATE, figures.outcome_source.name)
    chosen = [published.measures[measure] for measure in shown if measure in published.measures]
    return definition_part(figures, chosen, sources=sources, shown=shown)

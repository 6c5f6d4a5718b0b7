"""The parts of a report about expected and actual share: where the municipality stands, its peers, its periods."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jobcentre_desk.cache.revisions import FigureKey
from jobcentre_desk.desk import municipality_wording as words
from jobcentre_desk.desk.expected import GROUPS, TABLE, ExpectedRow
from jobcentre_desk.desk.handouts import reference_line
from jobcentre_desk.desk.learning import learn_from
from jobcentre_desk.desk.municipality import area_name
from jobcentre_desk.desk.municipality_figures import MunicipalityFigures
from jobcentre_desk.desk.provenance import provenance_header
from jobcentre_desk.desk.provenance_columns import Histories
from jobcentre_desk.model.charts import StripChart, TableOf
from jobcentre_desk.model.pages import (
    Block,
    DocumentChart,
    DocumentTable,
    FactBox,
    MunicipalityPage,
    Paragraph,
)
from jobcentre_desk.model.reports import ReportPart
from jobcentre_desk.model.workbooks import Cell, Sheet
from jobcentre_desk.text import count
from jobcentre_desk.text import translate as _

STRIP_ROW_MM = 10.5
STRIP_AXIS_MM = 10.0
HISTORY_MM = 48.0


def opening_blocks(page: MunicipalityPage | None) -> Iterator[Block]:
    """The one sentence under the name of the municipality, and the gap to its peers."""
    if page is None:
        yield Paragraph(text=not_loaded(), role="sentence")
        return
    yield Paragraph(text=page.sentence, role="sentence", strong=page.sentence_strong)
    if page.source_lines:
        yield Paragraph(text=" ".join(page.source_lines), role="caption")
    if page.gap_text:
        line = (Paragraph(text=page.gap_line, role="caption"),) if page.gap_line else ()
        yield FactBox(title=page.gap_text, paragraphs=line)


def not_loaded() -> str:
    """What is said where the table y30r21 is not loaded."""
    return _(
        "Expected and actual share (y30r21) is not loaded, so this report does not say where the municipality stands "
        "beside what was to be expected."
    )


def standing_part(
    published: MunicipalityFigures, page: MunicipalityPage | None, *, histories: Histories
) -> ReportPart | None:
    """All municipalities on one scale, and the published row of each benefit group."""
    if page is None:
        return None
    area, period = page.comparison.area.code, page.comparison.expected.period
    rows = {group: published.expected.row(area, period, group) for group in GROUPS}
    of = {group: len(published.expected.column("difference", period, group)) for group in GROUPS}
    blocks = (
        Paragraph(text=f"{page.strips.sentence} {strip_legend()}", role="caption"),
        strip_block(page.strips),
        DocumentTable(table=_group_table(rows, of)),
        Paragraph(text=f"{words.period_words(period)}. {words.official_note()}", role="caption"),
    )
    sheet = Sheet(
        name=_("Expected and actual"),
        header=(
            *_group_header()[:4],
            _("Difference in full-time persons"),
            _("Official place"),
            _("Places"),
            *provenance_header(),
        ),
        rows=tuple(
            (
                words.group_title(group),
                *_group_cells(row),
                of[group],
                *histories.cells(published.expected_source, *_group_keys(area, period, group)),
            )
            for group, row in rows.items()
        ),
        lines=(page.sentence, words.period_words(period), words.official_note()),
    )
    return ReportPart(
        title=page.strips.title, blocks=blocks, sheets=(sheet, _all_municipalities(published, page, histories))
    )


def _all_municipalities(published: MunicipalityFigures, page: MunicipalityPage, histories: Histories) -> Sheet:
    """The difference of every municipality in each benefit group, as the strip chart draws it."""
    period, source = page.comparison.expected.period, published.expected_source
    columns = [published.expected.column("difference", period, group) for group in GROUPS]
    titles = [(group, words.group_title(group)) for group in GROUPS]
    named = sorted((area_name(published.areas[code]), code) for code in {code for each in columns for code in each})
    return Sheet(
        name=_("All municipalities"),
        header=(_("Municipality"), _("Code"), *(title for _group, title in titles), *provenance_header()),
        rows=tuple(
            (
                name,
                code,
                *(column.get(code) for column in columns),
                *histories.cells(
                    source, *((title, (f"{TABLE}.difference", code, period, group)) for group, title in titles)
                ),
            )
            for name, code in named
        ),
        lines=(page.strips.axis_name,),
    )


def strip_block(strips: StripChart) -> DocumentChart:
    """A strip chart as high as its rows need."""
    return DocumentChart(chart=strips, height_mm=len(strips.rows) * STRIP_ROW_MM + STRIP_AXIS_MM)


def strip_legend() -> str:
    """What the marks of a strip chart are."""
    return _("Rhombus: the municipality. Rings: its peers, the tall line their middle. Ticks: the others.")


def peers_part(
    published: MunicipalityFigures, page: MunicipalityPage | None, *, histories: Histories
) -> ReportPart | None:
    """The nearest peers with what they reach, and whom to learn from."""
    if page is None or not page.comparison.peers:
        return None
    period, group = page.comparison.expected.period, page.comparison.group
    sheet = Sheet(
        name=_("Peers"),
        header=(*page.peers_table.header, *provenance_header()),
        rows=tuple(
            (
                peer.name,
                number(peer.expected),
                number(peer.actual),
                number(peer.difference),
                peer.periods_better,
                _("yes") if learn_from(peer) else "–",
                *histories.cells(published.expected_source, *_share_keys(peer.code, period, group)),
            )
            for peer in page.comparison.peers
        ),
    )
    about = _(
        "Learn from: below the expected now and in 4 of the last 6 periods. Periods below: of the last six, those in "
        "which the actual share lay below the expected."
    )
    blocks = (DocumentTable(table=page.peers_table), Paragraph(text=about, role="caption"))
    return ReportPart(title=_("The nearest peers"), blocks=blocks, sheets=(sheet,))


def history_part(
    published: MunicipalityFigures, page: MunicipalityPage | None, *, histories: Histories
) -> ReportPart | None:
    """Expected against actual over the published periods, drawn and as numbers."""
    if page is None:
        return None
    code, group = page.comparison.area.code, page.comparison.group
    rows = [(period, published.expected.row(code, period, group)) for period in published.expected.periods]
    sheet = Sheet(
        name=_("Periods"),
        header=(*page.history.table.header, *provenance_header()),
        rows=tuple(
            (
                words.period_words(period),
                row.expected_share,
                row.actual_share,
                row.difference,
                *histories.cells(published.expected_source, *_share_keys(code, period, group)),
            )
            for period, row in rows
        ),
    )
    told = f"{page.history.sentence} {reference_line(page.history)}".strip()
    blocks = (
        Paragraph(text=told),
        DocumentChart(chart=page.history, height_mm=HISTORY_MM),
        DocumentTable(table=page.history.table),
    )
    return ReportPart(title=page.history.title, blocks=blocks, sheets=(sheet,))


def number(digits: str | None) -> Decimal | None:
    """Published digits as the number they are."""
    return None if digits is None else Decimal(digits)


def _group_header() -> tuple[str, ...]:
    return (
        _("Benefit group"),
        _("Expected"),
        _("Actual"),
        _("Difference"),
        _("Full-time persons"),
        _("Official place"),
    )


def _group_table(rows: dict[str, ExpectedRow], of: dict[str, int]) -> TableOf:
    return TableOf(
        header=_group_header(),
        rows=tuple(
            (
                words.group_title(group),
                words.published_percent(row.expected_share),
                words.published_percent(row.actual_share),
                words.published_number(row.difference, signed=True),
                "–" if row.persons_difference is None else _signed(row.persons_difference),
                words.rank_words(row.rank, of[group]),
            )
            for group, row in rows.items()
        ),
        numeric=(False, True, True, True, True, True),
    )


def _share_keys(area: str, period: str, group: str) -> tuple[tuple[str, FigureKey], ...]:
    """Expected and actual share and their difference, by their headings."""
    parts = ("expected_share", "actual_share", "difference")
    return tuple(
        (heading, (f"{TABLE}.{part}", area, period, group))
        for heading, part in zip(_group_header()[1:4], parts, strict=True)
    )


def _group_keys(area: str, period: str, group: str) -> tuple[tuple[str, FigureKey], ...]:
    """The figures of `_group_cells` by their headings."""
    persons, rank = _("Difference in full-time persons"), _("Official place")
    return (
        *_share_keys(area, period, group),
        (persons, (f"{TABLE}.persons_difference", area, period, group)),
        (rank, (f"{TABLE}.rank", area, period, group)),
    )


def _group_cells(row: ExpectedRow) -> tuple[Cell, ...]:
    return (row.expected_share, row.actual_share, row.difference, row.persons_difference, row.rank)


def _signed(persons: int) -> str:
    return f"+{count(persons)}" if persons > 0 else count(persons)

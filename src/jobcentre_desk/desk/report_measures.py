"""The part of a report with the published measures: own value, the middle of the peers, the country, by table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from jobcentre_desk.cache.figures import publishers_of
from jobcentre_desk.cache.newest_figures import newest_figures
from jobcentre_desk.cache.revisions import release_calendar
from jobcentre_desk.desk.expected import MEASURES
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.municipality import compare, settle
from jobcentre_desk.desk.municipality_figures import MunicipalityFigures
from jobcentre_desk.desk.municipality_wording import period_words
from jobcentre_desk.desk.provenance import provenance_header
from jobcentre_desk.desk.provenance_columns import Histories
from jobcentre_desk.desk.report_expected import number
from jobcentre_desk.desk.value_words import unit_words, value_text
from jobcentre_desk.desk.wording import state_word
from jobcentre_desk.model.areas import AreaKind
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.measures import Figure
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.model.pages import Block, DocumentTable, Heading, MeasureStanding, MunicipalityPage, Paragraph
from jobcentre_desk.model.periods import PublishedPeriod
from jobcentre_desk.model.reports import ReportPart
from jobcentre_desk.model.workbooks import Sheet
from jobcentre_desk.text import translate as _

_MONTHS_OF = {"M": 1, "MYTD": 1, "Q": 3, "QMAT": 3, "Y": 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureGround:
    """The newest values of every measure beside y30r21; `published` compares them, `tables` name their tables."""

    published: MunicipalityFigures
    tables: Mapping[tuple[str, str], str]

    @property
    def values(self) -> Mapping[str, tuple[Figure, ...]]:
        """The values by measure."""
        return self.published.values

    @property
    def newest(self) -> str:
        """The newest period there is a value of, "" for none."""
        return newest_period([figure.period for values in self.values.values() for figure in values[:1]])

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of the sources whose values are shown."""
        return tuple(dict.fromkeys(values[0].source for values in self.values.values()))


def measure_ground(figures: Figures, published: MunicipalityFigures) -> MeasureGround:
    """Read the newest values of every measure with figures of municipalities, but for those of y30r21.

    Of a measure that is parted further (by sex, say) the totals alone: `<table>.<measure>`.
    """
    by_source: dict[str, list[str]] = {}
    for measure, names in publishers_of(figures.snapshot, order=figures.order).items():
        if measure not in MEASURES and measure.count(".") <= 1:
            by_source.setdefault(names[0], []).append(measure)
    values: dict[str, tuple[Figure, ...]] = {}
    for source, measures in by_source.items():
        values |= newest_figures(figures.snapshot, source, measures, newest=newest_period)
    areas = published.areas
    kept = {
        measure: found
        for measure, found in sorted(values.items())
        if any(figure.area in areas and areas[figure.area].kind is AreaKind.MUNICIPALITY for figure in found)
    }
    titles = {(entry.source, entry.table.lower()): entry.title for entry in release_calendar(figures.snapshot)}
    return MeasureGround(published=replace(published, values=kept, others={}), tables=titles)


def newest_period(periods: Sequence[str]) -> str:
    """The period that ends last, "" of none; one that cannot be read comes before all others."""
    return max(periods, key=_end, default="")


def measure_part(
    ground: MeasureGround, code: str, page: MunicipalityPage | None, *, histories: Histories
) -> ReportPart:
    """The measures of a municipality by table; with a sentence where none is loaded."""
    title = _("Published measures")
    if not ground.values:
        return ReportPart(title=title, blocks=(Paragraph(text=_none_loaded(), role="secondary"),))
    peers_by = "statbank_group" if page is None else page.comparison.peers_by
    asked = settle(ground.published, code, period=None, group="all", peers=peers_by)
    if page is not None:
        asked = replace(asked, expected_period=page.comparison.expected.period)
    comparison = compare(ground.published, replace(asked, latest=True))
    return ReportPart(
        title=title,
        blocks=tuple(_blocks(ground, comparison.measures, peers_by)),
        sheets=(_sheet(ground, comparison.measures, code=code, histories=histories),),
    )


def _end(period: str) -> tuple[int, int, str]:
    parsed = PublishedPeriod.parse(period)
    return (parsed.year, parsed.number * _MONTHS_OF[parsed.kind], period) if parsed else (0, 0, period)


def _none_loaded() -> str:
    return _(
        "No further measures of municipalities are loaded. Jobindsats and StatBank bring them: add one of them as a "
        "source on the Figures page."
    )


def _blocks(ground: MeasureGround, standings: Sequence[MeasureStanding], peers_by: str) -> Iterator[Block]:
    group = _("municipalities of the same group at Statistics Denmark") if peers_by == "statbank_group" else _("peers")
    about = _("The newest figures of each measure. The middle is that of the {peers}; – where none is published.")
    yield Paragraph(text=about.format(peers=group), role="secondary")
    for title, inside in groupby(standings, key=lambda standing: _table_title(ground, standing)):
        yield Heading(text=title, level=3)
        yield DocumentTable(table=_table(ground, list(inside)))


def _table(ground: MeasureGround, standings: Sequence[MeasureStanding]) -> TableOf:
    return TableOf(
        header=(_("Measure"), _("Period"), _("Own figure"), _("Middle of the peers"), _("The whole country")),
        rows=tuple(
            (
                standing.name,
                period_words(standing.period),
                _own(standing, _unit(ground, standing)),
                value_text(standing.peers_median, _unit(ground, standing)),
                value_text(standing.country, _unit(ground, standing)),
            )
            for standing in standings
        ),
        numeric=(False, False, True, True, True),
    )


def _sheet(ground: MeasureGround, standings: Sequence[MeasureStanding], *, code: str, histories: Histories) -> Sheet:
    return Sheet(
        name=_("Measures"),
        header=(
            _("Measure"),
            _("Table"),
            _("Period"),
            _("Unit"),
            _("Own figure"),
            _("Out of"),
            _("Middle of the peers"),
            _("The whole country"),
            _("State"),
            *provenance_header(),
        ),
        rows=tuple(
            (
                standing.name,
                _table_title(ground, standing),
                period_words(standing.period),
                unit_words(_unit(ground, standing)),
                number(standing.value),
                standing.n,
                number(standing.peers_median),
                number(standing.country),
                state_word(standing.state),
                *histories.cells(standing.source, ("", (standing.id, code, standing.period, "all"))),
            )
            for standing in standings
        ),
    )


def _table_title(ground: MeasureGround, standing: MeasureStanding) -> str:
    table = standing.id.partition(".")[0]
    title = ground.tables.get((standing.source, table), "")
    words = f"{title} ({table})" if title and title.lower() != table else table
    return f"{words} · {standing.source}"


def _unit(ground: MeasureGround, standing: MeasureStanding) -> str:
    measure = ground.published.measures.get(standing.id)
    return "" if measure is None else measure.unit


def _own(standing: MeasureStanding, unit: str) -> str:
    if standing.value is None:
        return state_word(standing.state if standing.state is not State.KNOWN else State.NOT_REPORTED)
    return value_text(standing.value, unit)

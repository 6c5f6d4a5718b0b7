"""The part of a report on traineeships: where they led to by branch, beside the country, as it may leave the screen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jobcentre_desk.desk.branch_lists import standing_list
from jobcentre_desk.desk.branches import CodeStanding, CodeStandings, branch_rows
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.funnel_units import reference_rate
from jobcentre_desk.desk.guard import remember_standings, shared_standings
from jobcentre_desk.desk.scopes import resolve_period
from jobcentre_desk.desk.wording import caution_sentence, definition_sentence, span_words, state_word
from jobcentre_desk.model.branch_pages import JobKind, StandingList
from jobcentre_desk.model.charts import IntervalChart, IntervalGroup
from jobcentre_desk.model.outcomes import Period, Scope
from jobcentre_desk.model.pages import Block, DocumentChart, DocumentTable, Paragraph
from jobcentre_desk.model.reports import ReportPart
from jobcentre_desk.model.workbooks import Cell, Share, Sheet
from jobcentre_desk.text import count
from jobcentre_desk.text import translate as _

ROW_MM = 5.6
AXIS_MM = 12.0
KIND = "branches"
"""What the guard knows these rows as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchGround:
    """The outcomes looked at, their period, and the rate of the whole country."""

    figures: Figures
    period: Period
    country: float | None


def has_outcomes(figures: Figures) -> bool:
    """Whether there is a quarter whose outcomes are known."""
    known = figures.known_through
    return figures.outcome_source is not None and any(known is not None and one <= known for one in figures.quarters)


def branch_ground(figures: Figures) -> BranchGround | None:
    """What the branches of every municipality are held against; None where no source brings outcomes."""
    if not has_outcomes(figures):
        return None
    period = resolve_period(figures, None, None)
    country = reference_rate(figures, Scope(), period, kind=JobKind.ANY)
    return BranchGround(figures=figures, period=period, country=country)


def branch_part(ground: BranchGround | None, code: str) -> ReportPart:
    """The branches of a municipality drawn and as a table; with a sentence where no outcomes are loaded."""
    title = _("Traineeships by branch")
    if ground is None:
        nothing = _("No outcomes of traineeships are loaded.")
        return ReportPart(title=title, blocks=(Paragraph(text=nothing, role="secondary"),))
    scope = Scope(municipalities=(code,))
    shared = shared_standings(branch_rows(ground.figures, scope), ground.figures, kind=KIND, scope=scope)
    if not shared.rows:
        nothing = _("No traineeships in the municipality, {period}.").format(period=span_words(shared.period))
        return ReportPart(title=title, blocks=(Paragraph(text=nothing, role="secondary"),))
    told = standing_list(ground.figures, shared, title=_("Branch"), kind=JobKind.ANY, p0=ground.country)
    return ReportPart(title=title, blocks=_blocks(ground, shared, told), sheets=(_sheet(shared, told),), own_page=True)


def remember_branches(ground: BranchGround, code: str) -> None:
    """Remember that the branches of a municipality have left, as the guard of later exports must know."""
    scope = Scope(municipalities=(code,))
    remember_standings(branch_rows(ground.figures, scope), ground.figures, kind=KIND, scope=scope)


def _blocks(ground: BranchGround, shared: CodeStandings, told: StandingList) -> tuple[Block, ...]:
    source = ground.figures.outcome_source
    assert source is not None
    where = _("Workplaces in the municipality, {period}. Source: {source}.").format(
        period=span_words(shared.period), source=source.name
    )
    chart = _chart(shared, told)
    height = len(chart.groups[0].bars) * ROW_MM + AXIS_MM
    blocks: tuple[Block, ...] = (
        Paragraph(text=told.sentence),
        Paragraph(text=where, role="secondary"),
        DocumentChart(chart=chart, height_mm=height),
        DocumentTable(table=replace(told.table, numeric=(False, *(True,) * 4, False, True))),
        Paragraph(text=f"{caution_sentence()} {definition_sentence()}", role="caption"),
    )
    return blocks


def _chart(shared: CodeStandings, told: StandingList) -> IntervalChart:
    """The branches that have a rate, in fair order, with their numbers."""
    by_code = {row.code: row for row in shared.rows}
    bars = tuple(replace(line.bar, note=_of(by_code[line.code])) for line in told.lines if line.bar.value is not None)
    group = IntervalGroup(title="", verdict=None, verdict_text="", bars=bars)
    return IntervalChart(
        title=told.title,
        sentence=told.sentence,
        groups=(group,),
        reference_name=_("the whole country"),
        table=told.table,
    )


def _of(row: CodeStanding) -> str:
    return _("{x} of {n}").format(x=count(row.rate.x), n=count(row.rate.n))


def _sheet(shared: CodeStandings, told: StandingList) -> Sheet:
    by_code = {row.code: row for row in shared.rows}
    return Sheet(
        name=_("Branches"),
        header=(
            _("Code"),
            _("Branch"),
            _("Started"),
            _("Completed"),
            _("Job with the same employer"),
            _("Job elsewhere"),
            _("Share"),
            _("Lower limit"),
            _("Upper limit"),
            _("Against the country"),
            _("Employers"),
            _("State"),
        ),
        rows=tuple(_cells(by_code[line.code], line.word) for line in told.lines),
        lines=(told.sentence,),
    )


def _cells(row: CodeStanding, word: str) -> tuple[Cell, ...]:
    names = ("started", "completed", "job_same_employer", "job_elsewhere")
    rate = row.rate
    return (
        row.code,
        row.title,
        *(row.counts.shown(name) for name in names),
        *(None if share is None else Share(share, 0) for share in (rate.value, rate.low, rate.high)),
        word,
        row.employers,
        state_word(row.state),
    )

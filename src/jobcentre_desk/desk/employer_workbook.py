"""The page of an employer as a workbook: what the figures are, the numbers, and every chart as its table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from jobcentre_desk.desk.handouts import printed_line, trend_lines
from jobcentre_desk.desk.wording import state_word
from jobcentre_desk.documents.workbook import sheet_of
from jobcentre_desk.model.employer_branch import EmployerBranch
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.model.pages import EmployerPage, Standing
from jobcentre_desk.model.workbooks import Cell, Share, Sheet, Workbook
from jobcentre_desk.text import language
from jobcentre_desk.text import translate as _

DEMO = "DEMO"
COUNTS = ("started", "completed", "job_same_employer", "job_elsewhere")


def employer_workbook(page: EmployerPage, branch: EmployerBranch, *, printed: dt.date) -> Workbook:
    """A page and its branch that went through the guard, as sheets; the first says what they are."""
    name = page.comparison.employer.name
    title = f"{name} · {DEMO}" if page.origin.demonstration else name
    return Workbook(title=title, language=language(), sheets=tuple(_sheets(page, branch, printed)))


def _sheets(page: EmployerPage, branch: EmployerBranch, printed: dt.date) -> Iterator[Sheet]:
    yield _about(page, printed)
    yield _numbers(page)
    yield sheet_of(page.beside.title, page.beside.table, lines=_said(page.sentence))
    yield sheet_of(page.trend.title, page.trend.table, lines=_said(*trend_lines(page.trend)))
    yield _quarters(page)
    yield sheet_of(page.occupations.title, page.occupations.table)
    if page.case_mix is not None:
        yield sheet_of(page.case_mix.title, page.case_mix.table, lines=_said(page.case_mix.sentence))
    place = _said(branch.place_line, page.settle_line, branch.kinds_line)
    if place:
        yield Sheet(name=_("Place in the branch"), lines=place)
    if branch.works is not None:
        yield sheet_of(branch.works.title, branch.works.table, lines=_said(branch.works.sentence))


def _about(page: EmployerPage, printed: dt.date) -> Sheet:
    """What the figures are: of whom, of when, how they are counted, where from, and what is left out."""
    employer = page.comparison.employer
    hidden = _(
        "Small counts are hidden, and others with them so that none can be worked out. Hidden, not reported and not "
        "yet known are told apart in words."
    )
    rows = (
        (_("Employer"), employer.name),
        (_("CVR number"), employer.cvr),
        (_("Branch"), page.branch_title),
        (_("Municipality"), page.municipality_name),
        (_("Filter"), page.scope_line),
        (_("Period"), page.period_line),
        (_("In words"), page.sentence),
        (_("Remember"), page.caution),
        (_("How it is counted"), page.definition),
        (_("Source"), page.origin.line),
        (_("Other sources"), " ".join(page.other_lines)),
        (_("Hidden"), hidden),
        (_("Written"), printed_line(printed)),
        (DEMO if page.origin.demonstration else "", _demonstration(page)),
    )
    return Sheet(name=_("About"), rows=tuple(row for row in rows if row[1]))


def _demonstration(page: EmployerPage) -> str:
    return _("Demonstration figures: everything in them is invented.") if page.origin.demonstration else ""


def _numbers(page: EmployerPage) -> Sheet:
    """Employer, branch and country with their counts and rates as numbers."""
    comparison = page.comparison
    branch = ((_("The branch"), comparison.reference), (_("Rest of the branch"), comparison.rest_of_branch))
    sides = (
        (_("The employer"), comparison.own),
        *(branch if comparison.reference_branch else ()),
        (_("The whole country"), comparison.country),
    )
    return Sheet(
        name=_("Numbers"),
        lines=_said(page.period_line),
        header=(
            _("Who"),
            _("Started"),
            _("Completed"),
            _("Job with the same employer"),
            _("Job elsewhere"),
            _("Went on to a job"),
            _("Share"),
            _("Uncertainty from (95 %)"),
            _("Uncertainty to (95 %)"),
        ),
        rows=tuple((name, *_cells(side)) for name, side in sides),
    )


def _cells(side: Standing) -> tuple[Cell, ...]:
    hidden = state_word(State.HIDDEN)
    shown = [side.counts.shown(name) for name in COUNTS]
    counts = tuple(hidden if number is None else number for number in shown)
    rate = side.rate
    if rate.value is None or rate.low is None or rate.high is None:
        return (*counts, state_word(side.state), state_word(side.state), None, None)
    return (*counts, rate.x, Share(rate.value), Share(rate.low), Share(rate.high))


def _quarters(page: EmployerPage) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    for one in page.comparison.quarters:
        rate, hidden = one.rate, one.state is State.HIDDEN
        known = one.state is State.KNOWN and rate.value is not None
        word = state_word(one.state)
        rows.append(
            (
                one.quarter,
                word if hidden else one.completed,
                rate.x if known else word,
                Share(rate.value) if known and rate.value is not None else word,
                word,
            )
        )
    return Sheet(
        name=_("Quarters"),
        header=(_("Quarter"), _("Completed"), _("Went on to a job"), _("Share"), _("State")),
        rows=tuple(rows),
    )


def _said(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)

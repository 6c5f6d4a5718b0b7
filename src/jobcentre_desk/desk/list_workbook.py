"""A list of employers as a workbook: what it is, then a row for each employer with its numbers as numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from jobcentre_desk.desk import wording as words
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.find import Found
from jobcentre_desk.desk.handouts import printed_line
from jobcentre_desk.desk.measures import SUCCESS_RATE, definition_of
from jobcentre_desk.desk.scope_words import scope_parts
from jobcentre_desk.model.outcomes import EmployerRow, State
from jobcentre_desk.model.workbooks import Cell, Share, Sheet, Workbook
from jobcentre_desk.text import both, count, language
from jobcentre_desk.text import translate as _

COUNTS = ("started", "completed", "job_same_employer", "job_elsewhere")


def list_workbook(
    figures: Figures, found: Found, rows: Sequence[EmployerRow], *, for_contact: bool, printed: dt.date
) -> Workbook:
    """The rows, which went through the guard, in their order."""
    demonstration = figures.origin().demonstration
    title = _("Employers") + (" · DEMO" if demonstration else "")
    left_out = _("Sole proprietors.")
    if for_contact:
        left_out = _("Employers protected from advertising, and sole proprietors.")
    told = (*_about(figures, found, len(rows)), (_("Left out"), left_out), (_("Written"), printed_line(printed)))
    about = Sheet(name=_("About"), rows=told)
    listed = Sheet(name=_("Employers"), header=_header(), rows=(_row(figures, row) for row in rows))
    return Workbook(title=title, language=language(), sheets=(about, listed))


def _about(figures: Figures, found: Found, rows: int) -> Iterator[tuple[Cell, ...]]:
    source = figures.outcome_source.name if figures.outcome_source else ""
    definition = definition_of(figures, SUCCESS_RATE, source=source) or words.definition_sentence()
    yield _("Filter"), " · ".join(scope_parts(figures.codes, found.scope)) or _("all employers")
    yield _("Period"), words.span_words(found.period)
    yield _("Rows"), count(rows)
    yield _("Remember"), words.caution_sentence()
    yield _("How it is counted"), definition
    yield _("Source"), figures.origin().line
    yield _("Hidden"), _("Small counts are hidden, and others with them so that none can be worked out.")


def _header() -> tuple[str, ...]:
    return (
        _("CVR number"),
        _("Employer"),
        _("Branch"),
        _("Municipality"),
        _("Started"),
        _("Completed"),
        _("Job with the same employer"),
        _("Job elsewhere"),
        _("Share"),
        _("Uncertainty from (95 %)"),
        _("Uncertainty to (95 %)"),
        _("Against the branch"),
        _("State"),
    )


def _row(figures: Figures, row: EmployerRow) -> tuple[Cell, ...]:
    branch, area, rate = figures.codes.branches[row.branch], figures.codes.areas[row.municipality], row.rate
    hidden = words.state_word(State.HIDDEN)
    shown = [row.counts.shown(name) for name in COUNTS]
    told: tuple[Cell, ...] = (words.state_word(row.state), None, None)
    if rate.value is not None and rate.low is not None and rate.high is not None:
        told = (Share(rate.value), Share(rate.low), Share(rate.high))
    return (
        row.cvr,
        row.name,
        both(branch.title_da, branch.title_en),
        both(area.name_da, area.name_en),
        *(hidden if number is None else number for number in shown),
        *told,
        words.verdict_word(row.against_branch),
        words.state_word(row.state),
    )

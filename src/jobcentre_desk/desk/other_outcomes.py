"""What other sources have of the same employer: a line each beside the one that is looked at, never added up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jobcentre_desk.desk.employer import compare_employer
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.guard import hide_small, share_minimum
from jobcentre_desk.errors import InputRefused, QuarterOutOfRange
from jobcentre_desk.model.outcomes import Scope, State
from jobcentre_desk.model.pages import EmployerComparison, OtherOutcomes
from jobcentre_desk.text import EN_DASH, count
from jobcentre_desk.text import quarter as quarter_text
from jobcentre_desk.text import translate as _


def other_outcomes(figures: Figures, cvr: str, *, scope: Scope) -> tuple[OtherOutcomes, ...]:
    """What each other source with outcomes has of an employer under the same filters, in the order of the sources.

    A source that does not list the employer, or has no known quarter of the period, is left out.
    """
    return tuple(_outcomes(view, comparison) for view, comparison in _elsewhere(figures, cvr, scope))


def shared_others(figures: Figures, cvr: str, *, scope: Scope) -> tuple[OtherOutcomes, ...]:
    """The same as it may leave the screen, by the smallest count each source wants."""
    return tuple(
        _outcomes(view, hide_small(comparison, share_minimum(view)))
        for view, comparison in _elsewhere(figures, cvr, scope)
        if not comparison.employer.sole_proprietor
    )


def outcome_lines(others: Iterable[OtherOutcomes]) -> tuple[str, ...]:
    """A sentence for each: "Also in north: 12 of 30 went on to a job, Q2 2025–Q1 2026."."""
    return tuple(_line(other) for other in others)


def _elsewhere(figures: Figures, cvr: str, scope: Scope) -> Iterator[tuple[Figures, EmployerComparison]]:
    looked_at = figures.outcome_source
    for source in figures.outcome_sources:
        if looked_at is not None and source.name != looked_at.name:
            view = figures.seen_from(source.name)
            try:
                yield view, compare_employer(view, cvr, scope=scope)
            except (InputRefused, QuarterOutOfRange):
                continue


def _outcomes(view: Figures, comparison: EmployerComparison) -> OtherOutcomes:
    source = view.outcome_source
    assert source is not None
    return OtherOutcomes(
        source=source.name, period=comparison.period, own=comparison.own, demonstration=source.demonstration
    )


def _line(other: OtherOutcomes) -> str:
    span, rate = other.period.span, other.own.rate
    period = quarter_text(span.first.year, span.first.number)
    if span.last != span.first:
        period += EN_DASH + quarter_text(span.last.year, span.last.number)
    if other.own.state is State.HIDDEN:
        line = _("Also in {source}: hidden counts, {period}.").format(source=other.source, period=period)
    elif rate.value is None:
        line = _("Also in {source}: no completed traineeship, {period}.").format(source=other.source, period=period)
    else:
        line = _("Also in {source}: {jobs} of {completed} went on to a job, {period}.").format(
            source=other.source, jobs=count(rate.x), completed=count(rate.n), period=period
        )
    return line + " " + _("Demonstration figures: everything in them is invented.") if other.demonstration else line

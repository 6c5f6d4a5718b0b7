"""The guard on everything that leaves the screen: small counts, sole proprietors, branches of few employers.

Primary rule: a count or its complement in 1 .. minimum - 1 is withheld, and with it every rate, interval and word made
of it. Secondary: others are withheld with it, so that it cannot be worked out of sums, of what stands beside it, or of
what was shared before (`shared_lists`, `shared_sheets`, `shared_tables`, `reference_rules`). It works on figures,
before any sentence or chart is made of them: `shared_comparison` first, then `employer_page.page_of`, so that nothing
withheld is ever put into words. What leaves is remembered by the `remember_...` functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

import numpy as np

from jobcentre_desk.cache.employers import ADVERTISING_PROTECTED
from jobcentre_desk.desk.branches import CodeStanding, CodeStandings
from jobcentre_desk.desk.employer import compare_employer
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.find import Found
from jobcentre_desk.desk.reference_rules import Branches
from jobcentre_desk.desk.scopes import narrowing_of
from jobcentre_desk.desk.shared_lists import list_guard, shared_order, table_of_list
from jobcentre_desk.desk.shared_sheets import SheetGuard, sheet_guard, table_of_sheet
from jobcentre_desk.desk.shared_tables import standing_bits, table_of_standings
from jobcentre_desk.desk.small_counts import (
    ALL_JOBS,
    KINDS,
    NO_RATE,
    share_case_mix,
    small_names,
    withhold,
    withhold_from,
)
from jobcentre_desk.desk.withheld import names_of
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.employers import Employer
from jobcentre_desk.model.outcomes import EmployerRow, Scope, State, Verdict
from jobcentre_desk.model.pages import EmployerComparison, OccupationStanding, QuarterStanding, Verdicts
from jobcentre_desk.statistics.disclosure import is_small
from jobcentre_desk.text import count
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

DEFAULT_MINIMUM = 3
ALL_HIDDEN = Verdicts(any=Verdict.HIDDEN, same_employer=Verdict.HIDDEN, elsewhere=Verdict.HIDDEN)


def share_minimum(figures: Figures) -> int:
    """The smallest count that may leave the screen, as the source of the outcomes wants it."""
    source = figures.outcome_source
    return DEFAULT_MINIMUM if source is None else source.share_minimum_count


def refuse_sole_proprietor(employer: Employer) -> None:
    """Raise InputRefused for a person trading in their own name, who is in no shared file."""
    if employer.sole_proprietor:
        raise InputRefused(
            _("{name} is a sole proprietor, whose figures are personal data and never leave the screen.").format(
                name=employer.name
            ),
            _("Look at them on the screen."),
            error_id="sole_proprietor",
        )


def shared_list(figures: Figures, found: Found) -> Found:
    """A list in the order in which it may leave the screen: rows whose place would tell a count come last."""
    return shared_order(figures, found, minimum=share_minimum(figures))


def shared_rows(rows: Sequence[EmployerRow], figures: Figures, found: Found) -> list[EmployerRow]:
    """Rows of a list as they may leave the screen; sole proprietors are left out."""
    minimum = share_minimum(figures)
    branches = Branches.of(figures, found.narrowing, found.period, minimum=minimum)
    guard = list_guard(figures, found, minimum=minimum)
    made = []
    for row in rows:
        employer, withheld = guard.of(row.cvr)
        if not figures.employers.is_sole_proprietor(employer):
            made.append(_shared_row(branches.beside(row, employer), names_of(withheld)))
    return made


def remember_list(figures: Figures, found: Found) -> None:
    """Remember that a list has left."""
    table = table_of_list(figures, found, minimum=share_minimum(figures))
    if figures.shared_before is not None and table is not None:
        figures.shared_before.remember(table)


def shared_standings(
    standings: CodeStandings, figures: Figures, *, kind: str = "branches", scope: Scope | None = None
) -> CodeStandings:
    """Rows of "branches" or "occupations" as they may leave the screen, beside what was shared before of `scope`."""
    minimum = share_minimum(figures)
    bits = standing_bits(standings, kind=kind, figures=figures, scope=scope, minimum=minimum)
    rows = zip(standings.rows, bits.tolist(), strict=True)
    return replace(standings, rows=tuple(_shared_standing(row, names_of(withheld)) for row, withheld in rows))


def remember_standings(standings: CodeStandings, figures: Figures, *, kind: str, scope: Scope) -> None:
    """Remember that rows of "branches" or "occupations" (as they were before the guard) have left."""
    minimum = share_minimum(figures)
    if figures.shared_before is not None and figures.outcome_window == 1:
        bits = standing_bits(standings, kind=kind, figures=figures, scope=scope, minimum=minimum)
        table = table_of_standings(standings, bits, kind=kind, figures=figures, scope=scope, minimum=minimum)
        figures.shared_before.remember(table)


def contact_rows(rows: Sequence[EmployerRow], figures: Figures) -> list[EmployerRow]:
    """The rows of a list made for getting in touch: without employers protected from advertising."""
    protected = figures.remembered("protected from advertising", lambda: _protected(figures))
    return [row for row in rows if row.cvr not in protected]


def _protected(figures: Figures) -> frozenset[str]:
    employers = figures.employers
    flagged = np.flatnonzero(employers.listed & (employers.flags & ADVERTISING_PROTECTED > 0))
    return frozenset(employers.cvr_text(employer) for employer in flagged.tolist())


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedSheet:
    """An employer's comparison as it may leave the screen, and the true quarters for the trend.

    `trend` tells of each quarter which sums of quarters ending there are hidden; `lines` say what was hidden besides
    the small counts.
    """

    comparison: EmployerComparison
    trend: tuple[QuarterStanding, ...]
    lines: tuple[str, ...]
    guard: SheetGuard


def shared_sheet(comparison: EmployerComparison, figures: Figures, *, scope: Scope) -> SharedSheet:
    """A comparison and its trend as they may leave the screen; `scope` is the one it was made with.

    Raises InputRefused for a sole proprietor.
    """
    refuse_sole_proprietor(comparison.employer)
    minimum = share_minimum(figures)
    cvr, shown = comparison.employer.cvr, comparison.reference_branch
    narrowing = narrowing_of(figures, scope)
    branches = Branches.of(figures, narrowing, comparison.period, minimum=minimum)
    allowed = branches.allowed(cvr, shown)
    if allowed != shown:
        comparison = compare_employer(figures, cvr, scope=scope, reference_branch=allowed)
    guard = sheet_guard(figures, comparison, scope=scope, minimum=minimum)
    shared = hide_small(
        comparison,
        minimum,
        own=names_of(guard.own),
        reference=names_of(branches.withheld(allowed)) if allowed else frozenset(),
    )
    hidden, starts = ({str(q) for q in figures.quarters if q.index in some} for some in (guard.quarters, guard.starts))
    shared = replace(
        shared,
        quarters=tuple(
            _shared_quarter(one, hide=one.quarter in hidden, hide_started=one.quarter in starts)
            for one in comparison.quarters
        ),
        occupations=tuple(
            _shared_occupation(one, hide=one.code in guard.occupations) for one in comparison.occupations
        ),
    )
    beyond = names_of(guard.own) - small_names(comparison.own.counts, minimum) - {ALL_JOBS}
    large = {
        one.code for one in comparison.occupations if not is_small([one.rate.x, one.rate.n], one.rate.n, minimum).any()
    }
    more = len(beyond) + len(guard.occupations & large)
    return SharedSheet(
        comparison=shared,
        trend=_trend(figures, comparison.quarters, guard),
        lines=hidden_lines(more),
        guard=guard,
    )


def shared_comparison(comparison: EmployerComparison, figures: Figures, *, scope: Scope) -> EmployerComparison:
    """The comparison alone as it may leave the screen, as `shared_sheet`."""
    return shared_sheet(comparison, figures, scope=scope).comparison


def remember_sheet(figures: Figures, sheet: SharedSheet, *, scope: Scope) -> None:
    """Remember that the page of an employer has left."""
    if figures.shared_before is not None and figures.outcome_window == 1:
        figures.shared_before.remember(table_of_sheet(figures, sheet.comparison, scope, sheet.guard))


def remembering(figures: Figures) -> AbstractContextManager[None]:
    """Remember at the end, and all at once, what leaves meanwhile: for many files in one run."""
    return nullcontext() if figures.shared_before is None else figures.shared_before.together()


def hidden_lines(more: int) -> tuple[str, ...]:
    """The sentence that says how many figures are hidden only so that small ones cannot be worked out."""
    if not more:
        return ()
    words = _n(
        "{n} more figure is hidden so that a small one cannot be worked out.",
        "{n} more figures are hidden so that small ones cannot be worked out.",
        more,
    )
    return (words.format(n=count(more)),)


def hide_small(
    comparison: EmployerComparison,
    minimum: int,
    *,
    own: frozenset[str] = frozenset(),
    reference: frozenset[str] = frozenset(),
) -> EmployerComparison:
    """The comparison without counts that are too small, those of `own` and `reference`, and what they are made of.

    The reference is the employer and the rest of its branch together, and stands on the pages of others too: where
    the employer loses a count the rest loses it, so that neither can be had by subtraction; where the reference does,
    so does the rest.
    """
    own = own | small_names(comparison.own.counts, minimum)
    rest = small_names(comparison.rest_of_branch.counts, minimum)
    reference = reference | rest | small_names(comparison.reference.counts, minimum)
    shared = replace(
        comparison,
        own=withhold_from(comparison.own, own),
        rest_of_branch=withhold_from(comparison.rest_of_branch, own | reference),
        reference=withhold_from(comparison.reference, reference),
        country=withhold_from(comparison.country, small_names(comparison.country.counts, minimum)),
        programmes=(),
        case_mix=share_case_mix(comparison.case_mix),
    )
    if ALL_JOBS in own:
        return replace(
            shared, against_branch=ALL_HIDDEN, difference=None, expected_rate=None, needed_n=None, case_mix=None
        )
    if own & KINDS:
        shared = replace(shared, against_branch=replace(ALL_HIDDEN, any=comparison.against_branch.any))
    return replace(shared, difference=None) if ALL_JOBS in reference else shared


def _trend(figures: Figures, quarters: Sequence[QuarterStanding], guard: SheetGuard) -> tuple[QuarterStanding, ...]:
    lengths: dict[str, list[int]] = {}
    for quarter in figures.quarters:
        lengths[str(quarter)] = [length for last, length in guard.stretches if last == quarter.index]
    return tuple(replace(one, hidden_lengths=tuple(lengths.get(one.quarter, ()))) for one in quarters)


def _shared_quarter(quarter: QuarterStanding, *, hide: bool, hide_started: bool) -> QuarterStanding:
    if hide_started:
        quarter = replace(quarter, started=0, started_hidden=True)
    return replace(quarter, completed=0, rate=NO_RATE, state=State.HIDDEN) if hide else quarter


def _shared_occupation(occupation: OccupationStanding, *, hide: bool) -> OccupationStanding:
    return replace(occupation, rate=NO_RATE, state=State.HIDDEN) if hide else occupation


def _shared_standing(row: CodeStanding, names: frozenset[str]) -> CodeStanding:
    few = names | {"employers"} if "completed" in names else names
    shared = replace(row, counts=withhold(row.counts, names))
    shared = replace(shared, counts=replace(shared.counts, withheld=shared.counts.withheld | few))
    if ALL_JOBS not in names:
        return shared
    return replace(shared, rate=NO_RATE, against_country=Verdict.HIDDEN, state=State.HIDDEN)


def _shared_row(row: EmployerRow, names: frozenset[str]) -> EmployerRow:
    if not names:
        return row
    shared = replace(row, counts=withhold(row.counts, names))
    if ALL_JOBS not in names:
        return shared
    return replace(shared, rate=NO_RATE, fair_rate=None, against_branch=Verdict.HIDDEN, state=State.HIDDEN)

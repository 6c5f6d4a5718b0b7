"""The Branches and occupations page: the funnel of a branch, the heat maps, and the lists of branches and occupations.

`branch_page` is what the screen shows; `shared_branch_page` the same as it may leave the screen.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from jobcentre_desk.desk import branch_wording as words
from jobcentre_desk.desk.branch_lists import furthest_list, standing_list
from jobcentre_desk.desk.branches import CodeStandings, branch_rows, occupation_rows
from jobcentre_desk.desk.cross_tally import cross_tally
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.funnel_chart import branch_title, funnel_chart, hold_against, spread_line
from jobcentre_desk.desk.funnel_units import funnel_units, reference_rate, share_funnel
from jobcentre_desk.desk.guard import share_minimum, shared_standings
from jobcentre_desk.desk.heat_map import intake_map, results_map
from jobcentre_desk.desk.measures import SUCCESS_RATE, definition_of
from jobcentre_desk.desk.wording import caution_sentence, definition_sentence, period_sentence
from jobcentre_desk.model.branch_pages import BranchPage, JobKind
from jobcentre_desk.model.comparison_charts import FunnelChart
from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.text import translate as _


def branch_page(
    figures: Figures, scope: Scope, *, kind: JobKind = JobKind.ANY, shortlist: Collection[str] = ()
) -> BranchPage:
    """The page of a scope (one branch or none, areas, period) for one kind of job; `shortlist` are CVR numbers.

    InputRefused for a code that no list has, QuarterOutOfRange for a period without a known quarter.
    """
    return _page(figures, scope, kind=kind, shortlist=shortlist, minimum=0)


def shared_branch_page(figures: Figures, scope: Scope, *, kind: JobKind = JobKind.ANY) -> BranchPage:
    """The page as it may leave the screen: small counts hidden with their partners, persons left out."""
    return _page(figures, scope, kind=kind, shortlist=(), minimum=share_minimum(figures))


def branch_funnel(
    figures: Figures,
    scope: Scope,
    *,
    kind: JobKind = JobKind.ANY,
    shortlist: Collection[str] = (),
    shared: bool = False,
) -> FunnelChart:
    """The funnel of a branch alone; `shared` as it may leave the screen."""
    units = funnel_units(figures, scope, kind=kind)
    if shared:
        units = share_funnel(figures, scope, units)
    return funnel_chart(figures, hold_against(units), shortlist=shortlist)


def _page(figures: Figures, scope: Scope, *, kind: JobKind, shortlist: Collection[str], minimum: int) -> BranchPage:
    units = funnel_units(figures, scope, kind=kind)
    held = hold_against(share_funnel(figures, scope, units) if minimum else units)
    funnel = funnel_chart(figures, held, shortlist=shortlist)
    tally = cross_tally(figures, scope)
    country = reference_rate(figures, replace(scope, branches=()), units.period, kind=kind)
    lists = [_standings(figures, scope, kind=name, shared=minimum > 0) for name in ("branches", "occupations")]
    title = branch_title(figures, units.branch)
    return BranchPage(
        scope=scope,
        kind=kind,
        period=units.period,
        title=title,
        funnel=funnel,
        spread=spread_line(held),
        furthest=furthest_list(funnel, kind=kind, has_branch=bool(units.branch)),
        results=results_map(figures, scope, tally, kind=kind, minimum=minimum),
        intake=intake_map(figures, scope, tally, minimum=minimum),
        branches=standing_list(figures, lists[0], title=_("Branches"), kind=kind, p0=country),
        occupations=standing_list(figures, lists[1], title=_("Occupations"), kind=kind, p0=country),
        notes=(words.collapsed_sentence(),) if figures.outcome_window > 1 else (),
        period_line=period_sentence(replace(units.period, widened=False), completed=0, least=0),
        caution=caution_sentence(),
        definition=definition_of(figures, SUCCESS_RATE, source=_source_name(figures)) or definition_sentence(),
        origin=figures.origin(),
    )


def _standings(figures: Figures, scope: Scope, *, kind: str, shared: bool) -> CodeStandings:
    standings = (branch_rows if kind == "branches" else occupation_rows)(figures, scope)
    return shared_standings(standings, figures, kind=kind, scope=scope) if shared else standings


def _source_name(figures: Figures) -> str:
    return "" if figures.outcome_source is None else figures.outcome_source.name

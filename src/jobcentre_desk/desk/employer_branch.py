"""An employer among those of its reference branch: funnel, place, both kinds of job drawn towards it, what works there.

Worked out after the page is shown: a place takes 0.4 s among 172,501 employers, all else a tenth of it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.cache.outcome_blocks import completed, jobs
from jobcentre_desk.cache.prior_fits import LEAST_EMPLOYERS
from jobcentre_desk.desk import employer_branch_wording as told
from jobcentre_desk.desk import wording as words
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.funnel_chart import branch_title, funnel_chart, hold_against
from jobcentre_desk.desk.funnel_units import FunnelUnits, funnel_units
from jobcentre_desk.desk.guard import share_minimum
from jobcentre_desk.desk.level_priors import level_priors
from jobcentre_desk.desk.scopes import id_set
from jobcentre_desk.desk.what_works import what_works
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.comparison_charts import FunnelChart, FunnelOutlier
from jobcentre_desk.model.employer_branch import EmployerBranch
from jobcentre_desk.model.outcomes import Period, Place, Scope
from jobcentre_desk.model.pages import EmployerComparison
from jobcentre_desk.statistics.dirichlet_multinomial import DirichletPrior, fair_rates, fit_dirichlet_multinomial
from jobcentre_desk.statistics.places import places
from jobcentre_desk.text import translate as _


def employer_branch(figures: Figures, comparison: EmployerComparison, *, scope: Scope) -> EmployerBranch:
    """What the page says of the branch that `comparison` holds the employer against, as it is shown on the screen."""
    units = _units(figures, comparison, scope)
    at = _place_of(figures, units, comparison)
    place = None if units is None or at is None else _place(figures, units, at, comparison.period)
    branch = comparison.reference_branch
    sentence = told.place_sentence(place, 0 if units is None else len(units), branch_title(figures, branch))
    return EmployerBranch(
        funnel=None if units is None or at is None else _funnel(figures, units, comparison),
        place=place,
        employers=0 if units is None else len(units),
        place_line=sentence.text,
        place_strong=sentence.strong,
        kinds_line=_kinds_line(figures, comparison),
        works=what_works(figures, branch, scope, comparison.period) if branch else None,
    )


def shared_branch(figures: Figures, shared: EmployerComparison, *, scope: Scope) -> EmployerBranch:
    """The same as it may leave the screen; `shared` is the comparison that went through the guard.

    Without the funnel, whose points are other employers; place and kinds go where the employer's own counts do.
    """
    branch, minimum = shared.reference_branch, share_minimum(figures)
    works = what_works(figures, branch, scope, shared.period, minimum=minimum) if branch else None
    bare = EmployerBranch(
        funnel=None, place=None, employers=0, place_line="", place_strong="", kinds_line="", works=works
    )
    if shared.own.rate.value is None:
        return bare
    shown = employer_branch(figures, shared, scope=scope)
    whole = shared.own.counts.shown("job_same_employer") is not None
    return replace(shown, funnel=None, works=works, kinds_line=shown.kinds_line if whole else "")


def _units(figures: Figures, comparison: EmployerComparison, scope: Scope) -> FunnelUnits | None:
    """The employers of the reference branch under the filters of the page, in its period."""
    if not comparison.reference_branch:
        return None
    span = comparison.period.span
    asked = Scope(
        branches=(comparison.reference_branch,),
        occupations=scope.occupations,
        benefit_groups=scope.benefit_groups,
        programmes=scope.programmes,
        first=span.first,
        last=span.last,
    )
    return funnel_units(figures, asked)


def _place_of(figures: Figures, units: FunnelUnits | None, comparison: EmployerComparison) -> int | None:
    """Where the employer stands among the units; None when it has no rate."""
    if units is None or comparison.own.rate.value is None:
        return None
    found = np.flatnonzero(units.ids == figures.employer_id(comparison.employer.cvr))
    return int(found[0]) if len(found) else None


def _place(figures: Figures, units: FunnelUnits, at: int, period: Period) -> Place | None:
    priors = level_priors(figures, len(period.span))
    branch = figures.employers.branch.take(units.ids)
    alpha, beta = priors.alpha.take(branch), priors.beta.take(branch)
    if np.isnan(alpha).any():
        return None
    low, high = places(units.x, units.n, alpha, beta, np.array([at]))
    return Place(int(low[0]), int(high[0]))


def _funnel(figures: Figures, units: FunnelUnits, comparison: EmployerComparison) -> FunnelChart:
    """The funnel with the employer ringed and named alone; the table is its own row, others are on their own pages."""
    cvr = comparison.employer.cvr
    chart = funnel_chart(figures, hold_against(units), shortlist=(cvr,))
    own = tuple(replace(one, own=True, listed=True) for one in chart.named if one.code == cvr)
    return replace(chart, title=_("Place in the branch"), named=own, table=own_row(comparison, own))


def own_row(comparison: EmployerComparison, own: tuple[FunnelOutlier, ...] = ()) -> TableOf:
    """The employer's own row of the funnel."""
    standing, verdict = comparison.own, comparison.against_branch.any
    return TableOf(
        header=(
            _("Employer"), _("CVR number"), _("Of completed"), _("Rate and uncertainty"), _("Against the branch"),
            _("Outside limits"),
        ),
        rows=(
            (
                comparison.employer.name,
                comparison.employer.cvr,
                words.share_text(standing.rate, standing.state),
                words.rate_text(standing.rate, standing.state),
                words.verdict_word(verdict),
                _limits(own[0].level if own else 0.0),
            ),
        ),
        numeric=(False, False, True, True, False, False),
    )  # fmt: skip


def _limits(level: float) -> str:
    if not level:
        return _("none")
    return _("99.8 %") if level > 95 else _("95 %")


def _kinds_line(figures: Figures, comparison: EmployerComparison) -> str:
    counts = comparison.own.counts
    if comparison.own.rate.value is None:
        return ""
    prior = _kinds_prior(figures, comparison.employer.branch, comparison.period)
    if prior is None:
        return ""
    own = [counts.job_same_employer, counts.job_elsewhere, counts.completed - counts.jobs]
    same, elsewhere, _none = fair_rates(own, prior).tolist()
    return told.kinds_sentence(same, elsewhere, prior.weight)


def _kinds_prior(figures: Figures, branch: str, period: Period) -> DirichletPrior | None:
    """The prior of both kinds of job: of the employer's own branch or the first above it with 100 employers, else all.

    Fitted on employer totals of the whole country in the known quarters, as the stored priors of the rate are.
    """
    quarters = tuple(quarter.index for quarter in period.known)
    found: DirichletPrior | None = figures.remembered(
        ("kinds prior", branch, quarters), lambda: _fitted(figures, branch, quarters)
    )
    return found


def _fitted(figures: Figures, branch: str, quarters: tuple[int, ...]) -> DirichletPrior | None:
    table: NDArray[np.int64] = figures.remembered(("kinds", quarters), lambda: _by_employer(figures, quarters))
    rated = table.sum(axis=1) > 0
    tree = figures.codes.branches
    for code in (branch, *(parent.code for parent in tree.ancestors(branch))):
        inside = rated & id_set(figures, "branch", (code,)).holds(figures.employers.branch)
        if np.count_nonzero(inside) >= LEAST_EMPLOYERS:
            return fit_dirichlet_multinomial(table[inside])
    return fit_dirichlet_multinomial(table[rated]) if rated.any() else None


def _by_employer(figures: Figures, quarters: tuple[int, ...]) -> NDArray[np.int64]:
    """Job with the same employer, elsewhere, none, by employer id; facts with a hidden count are left out."""
    blocks, many = figures.load_blocks().outcomes.quarters, len(figures.employers)
    sums = np.zeros((3, many))
    for block in (blocks[quarter] for quarter in quarters if quarter in blocks):
        kept = np.ones(len(block), dtype=np.bool_) if block.null_rows is None else ~block.null_rows
        employer, outcome = block.employer[kept], block.outcome[kept]
        for row, values in enumerate((block.same_employer[kept], jobs(outcome), completed(outcome))):
            sums[row] += np.bincount(employer, values, many)
    same, led, done = sums.astype(np.int64)
    return np.stack([same, led - same, done - led], axis=1)

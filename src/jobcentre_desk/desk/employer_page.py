"""The Employer page: one sentence, the employer beside branch and country, trend, occupations, what it all means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from jobcentre_desk.desk import wording as words
from jobcentre_desk.desk.case_mix_chart import case_mix_chart, case_mix_line
from jobcentre_desk.desk.employer import LEAST_COMPLETED, compare_employer, rate_of
from jobcentre_desk.desk.employer_trend import reference_name, trend_chart
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.measures import SUCCESS_RATE, definition_of
from jobcentre_desk.desk.other_outcomes import other_outcomes, outcome_lines
from jobcentre_desk.model.charts import IntervalBar, IntervalChart, IntervalGroup, TableOf
from jobcentre_desk.model.classifications import CodeTree
from jobcentre_desk.model.outcomes import Rate, Scope, State, Verdict
from jobcentre_desk.model.pages import EmployerComparison, EmployerPage, OccupationStanding, QuarterStanding, Standing
from jobcentre_desk.text import EN_DASH, both, percent
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

MOST_OCCUPATIONS = 8

RateOf = Callable[[Standing], tuple[Rate, State]]
"""The rate of one kind of job on one side of a comparison, and whether it may be shown."""


def employer_page(figures: Figures, cvr: str, *, scope: Scope) -> EmployerPage:
    """The page of one employer, every sentence finished in the language in use.

    Raises as `compare_employer` does.
    """
    page = page_of(figures, compare_employer(figures, cvr, scope=scope), scope=scope)
    return replace(page, other_lines=outcome_lines(other_outcomes(figures, cvr, scope=scope)))


def page_of(
    figures: Figures,
    comparison: EmployerComparison,
    *,
    scope: Scope,
    quarters: Sequence[QuarterStanding] | None = None,
    least: int = 1,
) -> EmployerPage:
    """The page about a comparison as it stands.

    For a comparison the guard has gone over, `quarters` are the true ones: the trend sums them, and a point that has
    fewer than `least` people on either side is hidden.
    """
    verdicts, own, rest = comparison.against_branch, comparison.own, comparison.rest_of_branch
    sentence = words.employer_sentence(own.rate, own.state, rest.rate, verdict=verdicts.any)
    branch = figures.codes.branches[comparison.employer.branch]
    municipality = figures.codes.areas[comparison.employer.municipality]
    return EmployerPage(
        comparison=comparison,
        branch_title=both(branch.title_da, branch.title_en),
        municipality_name=both(municipality.name_da, municipality.name_en),
        scope_line=scope_line(figures, scope),
        sentence=sentence.text,
        sentence_strong=sentence.strong,
        beside=beside_chart(comparison),
        trend=trend_chart(
            comparison,
            quarters=comparison.quarters if quarters is None else quarters,
            window=figures.outcome_window,
            least=least,
        ),
        occupations=occupations_chart(comparison.occupations),
        programmes=programmes_chart(comparison.programmes),
        case_mix=case_mix_chart(figures, comparison.case_mix, own.rate),
        period_line=_period_line(comparison),
        settle_line=_settle_line(comparison),
        case_mix_line=case_mix_line(comparison.case_mix, own.rate),
        caution=words.caution_sentence(),
        definition=definition_of(figures, SUCCESS_RATE, source=_source_name(figures)) or words.definition_sentence(),
        origin=figures.origin(),
    )


def _source_name(figures: Figures) -> str:
    return figures.outcome_source.name if figures.outcome_source else ""


def scope_line(figures: Figures, scope: Scope) -> str:
    """The filters that narrow the page, named; "" when it shows the whole employer."""
    lists = (
        (_("Occupation: {names}"), figures.codes.occupations, scope.occupations),
        (_("Benefit group: {names}"), figures.codes.benefit_groups, scope.benefit_groups),
        (_("Programme: {names}"), figures.codes.programmes, scope.programmes),
    )
    named = [label.format(names=_titles(tree, codes)) for label, tree, codes in lists if codes]
    return " · ".join(named)


def beside_chart(comparison: EmployerComparison) -> IntervalChart:
    """Employer, rest of the branch and country on one scale: any job, with the same employer, elsewhere."""
    verdicts = comparison.against_branch
    kinds: tuple[tuple[str, Verdict, RateOf], ...] = (
        (_("In a job, all together"), verdicts.any, lambda side: (side.rate, side.state)),
        (_("Job with the same employer"), verdicts.same_employer, partial(_kind_rate, name="job_same_employer")),
        (_("Job elsewhere"), verdicts.elsewhere, partial(_kind_rate, name="job_elsewhere")),
    )
    groups = tuple(_group(comparison, title, verdict, rate) for title, verdict, rate in kinds)
    return IntervalChart(
        title=_("Beside the branch and the country"),
        sentence=words.chance_sentence(comparison.own.counts.completed, verdict=verdicts.any),
        groups=groups,
        reference_name=reference_name(comparison.reference.rate),
        table=_group_table(groups),
    )


def occupations_chart(occupations: Sequence[OccupationStanding]) -> IntervalChart:
    """The occupations at the employer, most completed first; the table holds all of them."""
    more = len(occupations) - MOST_OCCUPATIONS
    sentence = _n("{n} further occupation is in the table.", "{n} further occupations are in the table.", more).format(
        n=more
    )
    return IntervalChart(
        title=_("All occupations at the employer"),
        sentence=sentence if more > 0 else "",
        groups=_listed(occupations),
        reference_name="",
        table=_listed_table(_("Occupation"), occupations),
    )


def programmes_chart(programmes: Sequence[OccupationStanding]) -> IntervalChart | None:
    """The programmes at the employer, most completed first; None where there is one at most to tell apart."""
    if len(programmes) < 2:
        return None
    return IntervalChart(
        title=_("All programmes at the employer"),
        sentence="",
        groups=_listed(programmes),
        reference_name="",
        table=_listed_table(_("Programme"), programmes),
    )


def _listed(standings: Sequence[OccupationStanding]) -> tuple[IntervalGroup, ...]:
    bars = tuple(_occupation_bar(one) for one in standings[:MOST_OCCUPATIONS])
    return (IntervalGroup(title="", verdict=None, verdict_text="", bars=bars),)


def _listed_table(heading: str, standings: Sequence[OccupationStanding]) -> TableOf:
    return TableOf(
        header=(heading, _("Rate and uncertainty"), _("Of completed")),
        rows=tuple(
            (one.title, words.rate_text(one.rate, one.state), words.share_text(one.rate, one.state))
            for one in standings
        ),
        numeric=(False, True, True),
    )


def _titles(tree: CodeTree, codes: Iterable[str]) -> str:
    return ", ".join(both(tree[code].title_da, tree[code].title_en) for code in codes)


def _kind_rate(side: Standing, *, name: str) -> tuple[Rate, State]:
    shown = side.counts.shown(name)
    state = State.HIDDEN if shown is None else side.state
    return rate_of(shown or 0, side.counts.completed, state), state


def _group(comparison: EmployerComparison, title: str, verdict: Verdict, rate: RateOf) -> IntervalGroup:
    sides = [(_("The employer"), comparison.own)]
    if comparison.reference_branch:
        sides.append((_("Rest of the branch"), comparison.rest_of_branch))
    sides.append((_("The whole country"), comparison.country))
    bars = tuple(_bar(label, *rate(side)) for label, side in sides)
    own = replace(bars[0], reference=rate(comparison.reference)[0].value, verdict=verdict, own=True)
    return IntervalGroup(title=title, verdict=verdict, verdict_text=words.verdict_word(verdict), bars=(own, *bars[1:]))


def _bar(label: str, rate: Rate, state: State) -> IntervalBar:
    return IntervalBar(
        label=label,
        value=rate.value,
        low=rate.low,
        high=rate.high,
        reference=None,
        verdict=Verdict.CANNOT_TELL,
        state=state,
        value_text=_value_text(rate, state),
        note=words.share_text(rate, state) or words.state_sentence(state),
    )


def _value_text(rate: Rate, state: State) -> str:
    if state is not State.KNOWN:
        return words.state_word(state)
    return EN_DASH if rate.value is None else percent(rate.value)


def _group_table(groups: Sequence[IntervalGroup]) -> TableOf:
    rows = [
        (
            group.title,
            bar.label,
            bar.value_text,
            words.interval_text(bar.low, bar.high),
            bar.note,
            group.verdict_text if bar.own else "",
        )
        for group in groups
        for bar in group.bars
    ]
    header = (
        _("Kind of job"),
        _("Who"),
        _("Rate"),
        _("Uncertainty (95 %)"),
        _("Of completed"),
        _("Against the branch"),
    )
    return TableOf(header=header, rows=tuple(rows), numeric=(False, False, True, True, True, False))


def _occupation_bar(one: OccupationStanding) -> IntervalBar:
    return IntervalBar(
        label=one.title,
        value=one.rate.value,
        low=one.rate.low,
        high=one.rate.high,
        reference=None,
        verdict=Verdict.CANNOT_TELL,
        state=one.state,
        value_text=_value_text(one.rate, one.state),
        note=words.share_text(one.rate, one.state) or words.state_sentence(one.state),
    )


def _period_line(comparison: EmployerComparison) -> str:
    counts = comparison.own.counts
    parts = [
        words.period_sentence(comparison.period, completed=counts.completed, least=LEAST_COMPLETED),
        words.not_yet_known_sentence(counts.not_yet_known),
    ]
    return " ".join(part for part in parts if part)


def _settle_line(comparison: EmployerComparison) -> str:
    completed = comparison.own.counts.completed
    parts = [
        words.difference_sentence(comparison.difference),
        words.settle_sentence(comparison.needed_n, completed, verdict=comparison.against_branch.any),
    ]
    return " ".join(part for part in parts if part)

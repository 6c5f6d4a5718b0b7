"""The lists of the Branches and occupations page: branches, occupations, and the employers furthest from a branch."""

from __future__ import annotations

import numpy as np

from jobcentre_desk.desk import branch_wording as words
from jobcentre_desk.desk.branches import CodeStanding, CodeStandings
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.funnel_units import jobs_of_kind
from jobcentre_desk.desk.level_priors import level_priors
from jobcentre_desk.desk.rows import VERDICTS
from jobcentre_desk.desk.small_counts import ALL_JOBS, KINDS
from jobcentre_desk.desk.wording import interval_text, state_word
from jobcentre_desk.model.branch_pages import JobKind, StandingLine, StandingList
from jobcentre_desk.model.charts import IntervalBar, TableOf
from jobcentre_desk.model.comparison_charts import FunnelChart, FunnelOutlier
from jobcentre_desk.model.outcomes import State, Verdict
from jobcentre_desk.statistics.funnel_chance import outside_by_chance
from jobcentre_desk.statistics.funnels import funnel_state
from jobcentre_desk.statistics.priors import fair_rate
from jobcentre_desk.statistics.proportions import wilson
from jobcentre_desk.text import EN_DASH, count, percent
from jobcentre_desk.text import translate as _


def furthest_list(chart: FunnelChart, *, kind: JobKind, has_branch: bool) -> StandingList:
    """The employers named on a funnel as a list: furthest first, 99.8 % before 95 %, then the shortlist."""
    lines = tuple(_outlier_line(chart, outlier, has_branch=has_branch) for outlier in chart.named)
    title = _("Furthest from the branch") if has_branch else _("Furthest from the country")
    against = _("Against the branch") if has_branch else _("Against the country")
    headings = (_("Employer"), "", _("Completed"), words.rate_heading(kind), against, _("Limits"))
    return StandingList(title=title, sentence="", headings=headings, lines=lines, table=_table(headings, lines))


def standing_list(
    figures: Figures, standings: CodeStandings, *, title: str, kind: JobKind, p0: float | None
) -> StandingList:
    """Branches or occupations held against the country, in fair order: few traineeships weigh less."""
    rows = standings.rows
    x = np.array([_shown_jobs(row, kind) for row in rows], dtype=np.int64)
    n = np.array([row.counts.completed for row in rows], dtype=np.int64)
    rated = np.array([_is_rated(row, kind) for row in rows], dtype=np.bool_) & (n > 0)
    verdicts = np.where(rated, funnel_state(np.where(rated, x, 0), n, np.nan if p0 is None else p0), 0)
    strength = _strength(figures, len(standings.period.span))
    fair = fair_rate(x, n, strength * (p0 or 0.0), strength * (1 - (p0 or 0.0)))
    low, high = wilson(np.where(rated, x, 0), n)
    order = sorted(range(len(rows)), key=lambda i: (not rated[i], -fair[i] if rated[i] else 0, -n[i], rows[i].code))
    lines = tuple(
        _code_line(
            rows[i],
            rate=(x[i] / n[i], float(low[i]), float(high[i])) if rated[i] else None,
            verdict=VERDICTS[int(verdicts[i])],
            p0=p0,
        )
        for i in order
    )
    sentence = words.list_sentence(
        kind,
        p0,
        told=int(np.count_nonzero(verdicts)),
        rows=int(np.count_nonzero(rated)),
        chance=0.0 if p0 is None else outside_by_chance(n[rated], p0),
    )
    against = _("Against the country")
    headings = (title, _("Started"), _("Completed"), words.rate_heading(kind), against, _("Employers"))
    return StandingList(title=title, sentence=sentence, headings=headings, lines=lines, table=_table(headings, lines))


def _outlier_line(chart: FunnelChart, outlier: FunnelOutlier, *, has_branch: bool) -> StandingLine:
    bar = IntervalBar(
        label=outlier.name,
        value=outlier.rate,
        low=outlier.low,
        high=outlier.high,
        reference=chart.reference,
        verdict=outlier.verdict,
        state=State.KNOWN,
        value_text=percent(outlier.rate),
        note="",
    )
    return StandingLine(
        code=outlier.code,
        name=outlier.name,
        started="",
        completed=count(outlier.n),
        bar=bar,
        verdict=outlier.verdict,
        word=words.against_word(outlier.verdict, has_branch=has_branch),
        note=words.limit_word(outlier.level),
        listed=outlier.listed,
    )


def _code_line(
    row: CodeStanding, *, rate: tuple[float, float, float] | None, verdict: Verdict, p0: float | None
) -> StandingLine:
    value, low, high = rate or (None, None, None)
    hidden = row.state is State.HIDDEN or (rate is None and row.counts.completed > 0) or bool(row.counts.withheld)
    state = State.HIDDEN if rate is None and hidden else row.state
    told = Verdict.HIDDEN if state is State.HIDDEN else verdict if rate else Verdict.NO_REFERENCE
    shown = row.counts.shown("completed")
    completed = state_word(State.HIDDEN) if shown is None else count(shown)
    bar = IntervalBar(
        label=row.title,
        value=value,
        low=low,
        high=high,
        reference=p0,
        verdict=told,
        state=state,
        value_text=(state_word(state) or EN_DASH) if value is None else percent(value),
        note="",
    )
    started = row.counts.shown("started")
    return StandingLine(
        code=row.code,
        name=row.title,
        started=state_word(State.HIDDEN) if started is None else count(started),
        completed=words.at_least(row.counts.completed) if row.counts.hidden_cells and shown is not None else completed,
        bar=bar,
        verdict=told,
        word=words.country_word(told) if rate or state is State.HIDDEN else state_word(state) or EN_DASH,
        note=count(row.employers),
    )


def _is_rated(row: CodeStanding, kind: JobKind) -> bool:
    needed = ALL_JOBS if kind is JobKind.ANY else next(iter(sorted(KINDS)))
    return row.state is State.KNOWN and needed not in row.counts.withheld and ALL_JOBS not in row.counts.withheld


def _shown_jobs(row: CodeStanding, kind: JobKind) -> int:
    """All jobs stay known where the kinds are withheld: they are part of the rate."""
    return row.rate.x if kind is JobKind.ANY else jobs_of_kind(row.counts, kind)


def _strength(figures: Figures, quarters: int) -> float:
    """How many traineeships the prior of the whole country is worth."""
    priors = level_priors(figures, quarters).priors
    whole = max(priors, key=lambda prior: prior.employers, default=None)
    return 1.0 if whole is None else whole.alpha + whole.beta


def _table(headings: tuple[str, ...], lines: tuple[StandingLine, ...]) -> TableOf:
    name, started, completed, rate, against, note = headings
    shows_started = (started,) if started else ()
    return TableOf(
        header=(name, *shows_started, completed, rate, _("Uncertainty (95 %)"), against, note),
        rows=tuple(
            (
                line.name,
                *((line.started,) if started else ()),
                line.completed,
                line.bar.value_text,
                interval_text(line.bar.low, line.bar.high),
                line.word,
                line.note,
            )
            for line in lines
        ),
        numeric=(False, *(True for _one in shows_started), True, True, True, False, False),
    )

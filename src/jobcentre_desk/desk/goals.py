"""Goals for a year and how far they are: from the figure they were set from towards what peers reach.

A goal is counted by the figures of its measure, group and source as they are now. The figure of a year is the latest
of that year; before it is there, the latest one since the baseline shows the way. A figure of another definition than
the goal was set by is not compared: old and new stand side by side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from jobcentre_desk.desk.expected import period_order
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.goal_wording import goal_sentence, goal_word
from jobcentre_desk.desk.measure_view import measure_figures
from jobcentre_desk.desk.municipality_wording import group_title, period_words
from jobcentre_desk.desk.value_words import POINTS, value_text
from jobcentre_desk.model.measures import Figure, Measure
from jobcentre_desk.model.municipalities import Goal, GoalProgress, Target
from jobcentre_desk.model.pages import MeasureStanding
from jobcentre_desk.model.periods import PublishedPeriod
from jobcentre_desk.text import both
from jobcentre_desk.text import translate as _

MODEST, AMBITIOUS = "modest", "ambitious"


def goal_from(
    measure: Measure, standing: MeasureStanding, *, municipality: str, group: str, target: str, year: int
) -> Goal:
    """A goal not yet kept, set from the figure of `standing`; it has no id."""
    return Goal(
        id="",
        municipality=municipality,
        measure=measure.id,
        group=group,
        target=target,
        year=year,
        baseline=standing.value or "",
        baseline_period=standing.period,
        definition_version=measure.definition_version,
        source=standing.source,
        set_at="",
    )


def goal_year(period: str) -> int:
    """The year a goal is first for: the one after the year of the latest figure."""
    parsed = PublishedPeriod.parse(period)
    return parsed.year + 1 if parsed else 0


def proposed_targets(target: Target | None) -> tuple[tuple[str, str], ...]:
    """What peers reach and the modest level, as (which, digits) to choose a goal from."""
    return () if target is None else ((AMBITIOUS, target.value), (MODEST, target.modest))


def progress(figures: Figures, definitions: Mapping[str, Measure], goals: Sequence[Goal]) -> tuple[GoalProgress, ...]:
    """How far each goal is."""
    return tuple(_progress(figures, definitions.get(goal.measure), goal) for goal in goals)


def _progress(figures: Figures, measure: Measure | None, goal: Goal) -> GoalProgress:
    unit = measure.unit if measure is not None else ""
    signed = unit == POINTS
    now = _latest(figures, goal) if measure is not None else None
    changed = measure is not None and measure.definition_version != goal.definition_version
    share = None if now is None or changed else share_of_way(goal.baseline, goal.target, now.value)
    final = now is not None and _year_of(now.period) >= goal.year
    name = both(measure.name_da, measure.name_en) if measure is not None else goal.measure
    if goal.group not in ("", "all"):
        name = f"{name}: {group_title(goal.group)}"
    now_text = value_text(now.value if now else None, unit, signed=signed)
    return GoalProgress(
        goal=goal,
        name=name,
        target_text=value_text(goal.target, unit, signed=signed),
        baseline_text=value_text(goal.baseline or None, unit, signed=signed),
        now_text=now_text,
        share=share,
        word=_("counted otherwise") if changed else goal_word(share, final=final),
        sentence=goal_sentence(
            year=goal.year,
            target=value_text(goal.target, unit, signed=signed),
            baseline=value_text(goal.baseline or None, unit, signed=signed),
            baseline_period=period_words(goal.baseline_period),
            now=now_text if now else "",
            now_period=period_words(now.period) if now else "",
            changed=changed,
        ),
    )


def share_of_way(baseline: str, target: str, now: str | None) -> float | None:
    """What share of the way from baseline to target is gone, 0..1; None without a figure or a way to go."""
    if now is None or not baseline:
        return None
    start, end, value = Decimal(baseline), Decimal(target), Decimal(now)
    if start == end:
        return 1.0 if value == end else None
    return float(min(Decimal(1), max(Decimal(0), (value - start) / (end - start))))


def _latest(figures: Figures, goal: Goal) -> Figure | None:
    """The latest figure after the baseline and no later than the year of the goal, of the baseline's source."""
    found = [
        figure
        for figure in measure_figures(figures, goal.measure)
        if figure.area == goal.municipality and figure.group == goal.group and figure.value is not None
        if figure.source == goal.source or not goal.source
        if period_order(goal.baseline_period) < period_order(figure.period)
        if _year_of(figure.period) <= goal.year
    ]
    return max(found, key=lambda figure: period_order(figure.period), default=None)


def _year_of(period: str) -> int:
    parsed = PublishedPeriod.parse(period)
    return parsed.year if parsed else 0

"""Figures that a later release changed: old beside new, with the release, in finished words."""

from __future__ import annotations

from dataclasses import dataclass

from jobcentre_desk import text
from jobcentre_desk.cache.revisions import Revision, read_revisions
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.measures import measure_definitions
from jobcentre_desk.desk.municipality_wording import period_words, published_number
from jobcentre_desk.desk.wording import state_word
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.text import both
from jobcentre_desk.text import translate as _


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisedValues:
    """The table, newest release first; `measures` are the ids and names of those with a revised value."""

    table: TableOf
    measures: tuple[tuple[str, str], ...]


def revised_values(figures: Figures, *, source: str = "", measure: str = "") -> RevisedValues:
    """Every value that a later release changed; narrowed to a source or a measure where one is named."""
    revisions = read_revisions(figures.snapshot, source=source or None)
    names = {one.id: both(one.name_da, one.name_en) for one in measure_definitions(figures)}
    found = {revision.measure: names.get(revision.measure, revision.measure) for revision in revisions}
    shown = [revision for revision in revisions if not measure or revision.measure == measure]
    return RevisedValues(
        table=TableOf(
            header=(_("Measure"), _("Area"), _("Period"), _("Group"), _("Before"), _("Now"), _("Release")),
            rows=tuple(_row(figures, names, revision) for revision in shown),
            numeric=(False, False, False, False, True, True, False),
        ),
        measures=tuple(sorted(found.items(), key=lambda pair: pair[1].casefold())),
    )


def _row(figures: Figures, names: dict[str, str], revision: Revision) -> tuple[str, ...]:
    area = figures.codes.areas.get(revision.area)
    return (
        names.get(revision.measure, revision.measure),
        both(area.name_da, area.name_en) if area else revision.area,
        period_words(revision.period),
        _group(figures, revision.group),
        _value(revision.old_value, revision.old_state),
        _value(revision.new_value, revision.new_state),
        _("{source} {number}").format(source=revision.source, number=text.count(revision.sequence)),
    )


def _group(figures: Figures, group: str) -> str:
    if group in {"", "all"}:
        return _("all")
    known = figures.codes.benefit_groups
    return both(known[group].title_da, known[group].title_en) if group in known else group


def _value(value: str | None, state: State) -> str:
    return published_number(value) if value is not None else state_word(state) or "–"

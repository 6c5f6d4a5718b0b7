"""What each release changed, as the Figures page shows it: rows by table, and definitions old beside new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from jobcentre_desk import text
from jobcentre_desk.cache.change_log import DEFINITION, ROWS_CHANGED, ROWS_GONE, ROWS_NEW, Change, read_changes
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.measures import measure_definitions
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.text import both
from jobcentre_desk.text import translate as _


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedDefinition:
    """One column of a measure's definition, before and now; `measure` is its name, `measure_id` its id."""

    measure: str
    measure_id: str
    part: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseChange:
    """What one release of one source changed; `rows` counts new, changed and gone rows by table (and quarter)."""

    source: str
    title: str
    taken_over: str
    rows: TableOf
    definitions: tuple[ChangedDefinition, ...]
    sequence: int = 0
    synced_at: str = ""


def release_changes(figures: Figures) -> tuple[ReleaseChange, ...]:
    """All releases of the snapshot's log, newest first."""
    names = {m.id: both(m.name_da, m.name_en) for m in measure_definitions(figures)}
    log = groupby(read_changes(figures.snapshot), key=lambda change: (change.source, change.sequence))
    return tuple(_release(list(changes), names) for _key, changes in log)


def _release(changes: list[Change], names: dict[str, str]) -> ReleaseChange:
    first = changes[0]
    title = _("{source}, release {number}").format(source=first.source, number=text.count(first.sequence))
    return ReleaseChange(
        source=first.source,
        title=title,
        taken_over=text.moment(dt.datetime.fromisoformat(first.synced_at).astimezone()),
        rows=_row_table([change for change in changes if change.kind != DEFINITION]),
        definitions=tuple(
            ChangedDefinition(
                measure=names.get(change.key, change.key),
                measure_id=change.key,
                part=definition_part(change.column),
                old=change.old or "–",
                new=change.new or "–",
            )
            for change in changes
            if change.kind == DEFINITION
        ),
        sequence=first.sequence,
        synced_at=first.synced_at,
    )


def _row_table(changes: Sequence[Change]) -> TableOf:
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for change in _quarters_joined(changes):
        counts.setdefault((change.table, change.key), {})[change.kind] = int(change.new or 0)
    kinds = (ROWS_NEW, ROWS_CHANGED, ROWS_GONE)
    rows = tuple(
        (_table_words(table, key), *(text.count(of_kind.get(kind, 0)) for kind in kinds))
        for (table, key), of_kind in counts.items()
    )
    return TableOf(
        header=(_("Table"), _("New rows"), _("Changed"), _("Gone")),
        rows=rows,
        numeric=(False, True, True, True),
    )


def _quarters_joined(changes: Sequence[Change]) -> Sequence[Change]:
    """The quarters of a first release on one line: nothing in them was changed, so each alone says nothing."""
    outcomes = [change for change in changes if change.table == "outcomes"]
    if len(outcomes) < 2 or any(change.kind != ROWS_NEW for change in outcomes):
        return changes
    total = sum(int(change.new or 0) for change in outcomes)
    return [*(c for c in changes if c.table != "outcomes"), replace(outcomes[0], key="", new=str(total))]


def _table_words(table: str, key: str) -> str:
    words = {
        "areas": _("Areas"),
        "branches": _("Branches"),
        "occupations": _("Occupations"),
        "benefit_groups": _("Benefit groups"),
        "programmes": _("Programmes"),
        "employers": _("Employers"),
        "outcomes": _("Outcomes"),
        "measures": _("Measures"),
        "figures": _("Figures of municipalities"),
        "evidence": _("Evidence"),
        "practices": _("Practices"),
        "cards": _("Cards"),
    }.get(table, table)
    quarter = Quarter.parse(key)
    return f"{words}, {text.quarter(quarter.year, quarter.number)}" if quarter else words


def definition_part(column: str) -> str:
    """The words for one column of a measure's definition."""
    return {
        "name_da": _("Name (Danish)"),
        "name_en": _("Name (English)"),
        "sentence_da": _("Definition (Danish)"),
        "sentence_en": _("Definition (English)"),
        "numerator": _("Counted"),
        "denominator": _("Out of"),
        "unit": _("Unit"),
        "polarity": _("Which way is wanted"),
        "follow_up": _("Follow-up"),
        "source": _("Source"),
        "valid_from": _("Valid from"),
        "definition_version": _("Version"),
        "why_it_may_differ_da": _("Why figures may differ (Danish)"),
        "why_it_may_differ_en": _("Why figures may differ (English)"),
        "author": _("Author"),
        "next_review": _("Next review"),
    }.get(column, column)

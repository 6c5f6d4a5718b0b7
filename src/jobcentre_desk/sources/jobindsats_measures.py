"""Measures out of the columns and levels of a table: their ids, and definitions in our words or as published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jobcentre_desk import text
from jobcentre_desk.model.measures import Measure, Polarity
from jobcentre_desk.sources.jobindsats_columns import MeasureColumn
from jobcentre_desk.sources.jobindsats_presets import MeasureText, Presets, Wording, folded, shortened, slug
from jobcentre_desk.sources.jobindsats_tables import Hierarchy, JobindsatsTable, Level

LONGEST_ID, LONGEST_NAME = 80, 200
SOURCE = "Jobindsats.dk (STAR), {table}: {title}"


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A level that a measure is counted for; `part_of_id` names its hierarchy too, for two may number levels alike."""

    part_of_id: str
    label: str

    @classmethod
    def of(cls, hierarchy: Hierarchy, level: Level) -> Breakdown:
        """The breakdown that a level of a hierarchy makes."""
        return cls(f"{slug(hierarchy.id)}-{path_of(level.id)}", level.name)


def path_of(value_id: str) -> str:
    """The id of a level as part of an id: "/5/1/" is "5-1"."""
    return slug(value_id) or "0"


def measure_id(table: str, column: MeasureColumn, levels: Sequence[Breakdown], *, presets: Presets) -> str:
    """`<table>.<measure>`, and for levels `.<hierarchy>-<path>` each; shortened with a hash where it is too long."""
    told = presets.measure_text(table, column.label)
    own = told.id if told else slug(column.group_id) or slug(column.label)
    if not told and folded(column.label) != folded(column.group_label):
        own = f"{own}-{slug(column.label.partition(': ')[2])}"
    return shortened(".".join([slug(table), own, *(level.part_of_id for level in levels)]), longest=LONGEST_ID)


def measure_of(
    name: str, table: JobindsatsTable, column: MeasureColumn, levels: Sequence[Breakdown], *, presets: Presets
) -> Measure:
    """The definition that stands beside the figures of one column and the levels it is counted for."""
    told = presets.measure_text(table.id, column.label)
    definition = told or _as_published(table, column)
    preset = presets.tables.get(table.id)
    differs = _differs(definition, table.id, presets)
    return Measure(
        id=name,
        name_da=_with_levels(definition.name_da, [level.label for level in levels]),
        name_en=_with_levels(definition.name_en, [_english(level.label, presets) for level in levels]),
        sentence_da=definition.sentence_da,
        sentence_en=definition.sentence_en,
        numerator=definition.numerator,
        denominator=definition.denominator,
        unit=definition.unit,
        polarity=definition.polarity,
        follow_up=definition.follow_up,
        source=text.clean(SOURCE.format(table=table.id, title=table.title)),
        valid_from=min((period for held in table.periods.values() for period in held), default=""),
        definition_version=preset.definition_version if preset and told else "1",
        why_it_may_differ_da=f"{differs.da} {presets.empty.da}".strip(),
        why_it_may_differ_en=f"{differs.en} {presets.empty.en}".strip(),
        author="Jobcentre Desk" if told else "STAR, Jobindsats.dk",
        next_review=preset.next_review if preset and told else "",
    )


def _as_published(table: JobindsatsTable, column: MeasureColumn) -> MeasureText:
    """An honest definition of a measure that nobody described here."""
    label = column.label
    named = {"table": table.id, "title": table.title, "label": label}
    return MeasureText(
        id="",
        name_da=label,
        name_en=label,
        sentence_da="Som offentliggjort af Jobindsats, tabel {table}, {title}: “{label}”.".format(**named),
        sentence_en="As published by Jobindsats, table {table}, {title}: “{label}”.".format(**named),
        numerator=label,
        unit=_unit(label),
        polarity=Polarity.NO_JUDGEMENT,
    )


def _unit(label: str) -> str:
    said = folded(label)
    if "pct. point" in said:
        return "percentage points"
    if "pct" in said or said.startswith("andel") or ": andel" in said:
        return "percent"
    return "persons" if "personer" in said or "aktiverede" in said else "number"


def _differs(definition: MeasureText, table: str, presets: Presets) -> Wording:
    preset = presets.tables.get(table)
    name = definition.differs or (preset.differs if preset else "")
    return presets.differs.get(name, presets.generic)


def _with_levels(name: str, levels: Sequence[str]) -> str:
    return text.clean(f"{name}: {', '.join(levels)}" if levels else name, longest=LONGEST_NAME)


def _english(label: str, presets: Presets) -> str:
    return presets.levels.get(label, label)

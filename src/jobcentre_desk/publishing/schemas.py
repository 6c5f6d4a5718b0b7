"""The Table Schema of every table: what each column may hold, and which code list it points into."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from jobcentre_desk.model.areas import AreaKind
from jobcentre_desk.model.cards import Component
from jobcentre_desk.model.measures import Polarity
from jobcentre_desk.model.outcomes import State

LONGEST_TEXT = 200
LONGEST_PROSE = 4000
CODE_PATTERN = r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}"
ID_PATTERN = r"[a-z0-9][a-z0-9._-]{0,79}"
CVR_PATTERN = r"[0-9]{8}"
QUARTER_PATTERN = r"[0-9]{4}Q0[1-4]"
PERIOD_PATTERN = r"[0-9]{4}(M(0[1-9]|1[0-2])|(Q|QMAT)0[1-4]|MYTD(0[1-9]|1[0-2])|Y01)"
DECIMAL_PATTERN = r"-?[0-9]{1,18}(\.[0-9]{1,12})?"
PUBLISHED_STATES = tuple(state.value for state in State if state is not State.NOT_LOADED)


class Kind(StrEnum):
    """What a cell holds; every kind but TEXT and PROSE is written in one way only."""

    TEXT = "text"
    PROSE = "prose"
    CODE = "code"
    CODES = "codes"
    ID = "id"
    CVR = "cvr"
    QUARTER = "quarter"
    PERIOD = "period"
    DATE = "date"
    INTEGER = "integer"
    DECIMAL = "decimal"
    FLAG = "flag"
    CHOICE = "choice"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column: its kind, whether it may be empty, its bounds, and the table it points into ("" = none)."""

    name: str
    kind: Kind
    required: bool = True
    choices: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    table: str = ""


@dataclass(frozen=True, slots=True)
class TableFormat:
    """The columns of a table in order, and the columns whose values together name a row."""

    fields: tuple[Field, ...]
    key: tuple[str, ...]


def _text(*names: str, required: bool = True) -> tuple[Field, ...]:
    return tuple(Field(name=name, kind=Kind.TEXT, required=required) for name in names)


def _prose(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name=name, kind=Kind.PROSE, required=False) for name in names)


def _numbers(*names: str, low: int | None = None, high: int | None = None) -> tuple[Field, ...]:
    return tuple(Field(name=name, kind=Kind.DECIMAL, required=False, low=low, high=high) for name in names)


def _count(name: str) -> Field:
    return Field(name=name, kind=Kind.INTEGER, required=False, low=0, high=99_999_999)


def _points(name: str, table: str) -> Field:
    return Field(name=name, kind=Kind.CODE, table=table)


def _levelled(table: str) -> TableFormat:
    parent = Field(name="parent", kind=Kind.CODE, required=False, table=table)
    level = Field(name="level", kind=Kind.INTEGER, low=1, high=4)
    return TableFormat((_CODE, parent, level, *_text("title_da", "title_en")), ("code",))


_CODE = Field(name="code", kind=Kind.CODE)
_ID = Field(name="id", kind=Kind.ID)
_FLAT = TableFormat((_CODE, *_text("title_da", "title_en")), ("code",))
_OUTCOME_KEY = ("quarter", "cvr", "municipality", "branch", "occupation", "benefit_group", "programme")

FORMATS: dict[str, TableFormat] = {
    "areas": TableFormat(
        (
            _CODE,
            Field(name="kind", kind=Kind.CHOICE, choices=tuple(AreaKind)),
            *_text("name_da", "name_en"),
            Field(name="parent", kind=Kind.CODE, required=False, table="areas"),
            *_text("peer_group", required=False),
            Field(name="tile_column", kind=Kind.INTEGER, required=False, low=0, high=999),
            Field(name="tile_row", kind=Kind.INTEGER, required=False, low=0, high=999),
            Field(name="neighbours", kind=Kind.CODES, required=False, table="areas"),
        ),
        ("code",),
    ),
    "branches": _levelled("branches"),
    "occupations": _levelled("occupations"),
    "benefit_groups": _FLAT,
    "programmes": _FLAT,
    "employers": TableFormat(
        (
            Field(name="cvr", kind=Kind.CVR),
            *_text("name"),
            _points("branch", "branches"),
            _points("municipality", "areas"),
            *_text("size_band", required=False),
            Field(name="sole_proprietor", kind=Kind.FLAG),
            Field(name="advertising_protected", kind=Kind.FLAG),
        ),
        ("cvr",),
    ),
    "outcomes": TableFormat(
        (
            Field(name="quarter", kind=Kind.QUARTER),
            Field(name="cvr", kind=Kind.CVR, table="employers"),
            _points("municipality", "areas"),
            _points("branch", "branches"),
            _points("occupation", "occupations"),
            _points("benefit_group", "benefit_groups"),
            _points("programme", "programmes"),
            *(_count(name) for name in ("started", "completed")),
            *(_count(name) for name in ("job_same_employer", "job_same_branch", "job_other_branch")),
        ),
        _OUTCOME_KEY,
    ),
    "measures": TableFormat(
        (
            _ID,
            *_text("name_da", "name_en"),
            *_prose("sentence_da", "sentence_en", "numerator", "denominator"),
            *_text("unit"),
            Field(name="polarity", kind=Kind.CHOICE, choices=tuple(Polarity)),
            *_prose("follow_up", "source"),
            *_text("valid_from", "definition_version", required=False),
            *_prose("why_it_may_differ_da", "why_it_may_differ_en"),
            *_text("author", "next_review", required=False),
        ),
        ("id",),
    ),
    "figures": TableFormat(
        (
            Field(name="measure", kind=Kind.ID, table="measures"),
            _points("area", "areas"),
            Field(name="period", kind=Kind.PERIOD),
            _points("group", "benefit_groups"),
            *_numbers("value"),
            _count("numerator"),
            _count("denominator"),
            Field(name="state", kind=Kind.CHOICE, choices=PUBLISHED_STATES),
        ),
        ("measure", "area", "period", "group"),
    ),
    "evidence": TableFormat(
        (
            _ID,
            *_text("instrument", "target_group", "outcome"),
            Field(name="direction", kind=Kind.INTEGER, low=-1, high=1),
            *_text("design", "country", required=False),
            *(
                Field(name=name, kind=Kind.DECIMAL, low=0, high=1)
                for name in ("quality", "method", "geography", "journal", "combination")
            ),
            *_numbers("effect_size"),
            *_text("effect_unit", required=False),
            Field(name="cost_level", kind=Kind.INTEGER, required=False, low=1, high=5),
            Field(name="year", kind=Kind.INTEGER, required=False, low=1900, high=2199),
            *_prose("citation"),
            Field(name="url", kind=Kind.ADDRESS, required=False),
        ),
        ("id",),
    ),
    "practices": TableFormat(
        (
            _ID,
            _points("municipality", "areas"),
            *_text("title"),
            *_prose("description"),
            *_text("instrument", "target_group", "verdict", required=False),
            Field(name="published", kind=Kind.DATE, required=False),
        ),
        ("id",),
    ),
    "cards": TableFormat(
        (
            _ID,
            Field(name="component", kind=Kind.CHOICE, choices=tuple(Component)),
            *_text("title_da", "title_en"),
            *_prose("theme_da", "theme_en", "why_da", "why_en"),
            Field(name="finding_measure", kind=Kind.ID, required=False, table="measures"),
            *_text("comparison", "threshold", required=False),
            *_prose("questions_da", "questions_en", "practice_da", "practice_en", "look_at_da", "look_at_en"),
            *_text("time_needed", required=False),
            *_prose("source"),
            *_text("reviewed", required=False),
        ),
        ("id",),
    ),
}

_TYPES = {Kind.INTEGER: "integer", Kind.DECIMAL: "number", Kind.FLAG: "boolean", Kind.DATE: "date"}
_PATTERNS = {
    Kind.CODE: CODE_PATTERN,
    Kind.CODES: f"{CODE_PATTERN}(;{CODE_PATTERN})*",
    Kind.ID: ID_PATTERN,
    Kind.CVR: CVR_PATTERN,
    Kind.QUARTER: QUARTER_PATTERN,
    Kind.PERIOD: PERIOD_PATTERN,
}
_POINTED_AT = {"employers": "cvr", "measures": "id"}
_FREE = frozenset({"practices", "cards"})
"""Tables that also travel alone, in an exchange file, so that what they point into may be elsewhere."""


def table_schema(table: str) -> dict[str, Any]:
    """The Table Schema (datapackage.org, version 2) of one table, as it stands in the description."""
    layout = FORMATS[table]
    schema: dict[str, Any] = {
        "fields": [_field_schema(field) for field in layout.fields],
        "missingValues": [""],
        "primaryKey": list(layout.key),
    }
    pointing = [field for field in layout.fields if field.table and field.name != "group" and field.kind != Kind.CODES]
    if pointing and table not in _FREE:
        schema["foreignKeys"] = [_foreign_key(table, field) for field in pointing]
    return schema


def _foreign_key(table: str, field: Field) -> dict[str, Any]:
    resource = "" if field.table == table else field.table
    pointed = _POINTED_AT.get(field.table, "code")
    return {"fields": [field.name], "reference": {"resource": resource, "fields": [pointed]}}


def _field_schema(field: Field) -> dict[str, Any]:
    schema: dict[str, Any] = {"name": field.name, "type": _TYPES.get(field.kind, "string")}
    constraints: dict[str, Any] = {}
    if field.required:
        constraints["required"] = True
    if field.choices:
        constraints["enum"] = [str(choice) for choice in field.choices]
    if field.kind in _PATTERNS:
        constraints["pattern"] = f"^{_PATTERNS[field.kind]}$"
    if field.low is not None:
        constraints["minimum"] = field.low
    if field.high is not None:
        constraints["maximum"] = field.high
    return schema | ({"constraints": constraints} if constraints else {})

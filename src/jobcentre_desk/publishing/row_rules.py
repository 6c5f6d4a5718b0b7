"""The rules across the cells of a row and across tables: codes known, parents in order, states and values agreeing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from jobcentre_desk.model.areas import COUNTRY, AreaKind
from jobcentre_desk.model.classifications import ALL
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.publishing.columns import KnownCodes
from jobcentre_desk.publishing.row_problems import quoted
from jobcentre_desk.publishing.schemas import FORMATS, Kind
from jobcentre_desk.text import translate as _

Row = dict[str, str | None]
Reason = tuple[str, str]
"""A column, and why it breaks a rule."""

RowRule = Callable[[Row], Iterator[Reason]]

_RANKS = {AreaKind.COUNTRY: 0, AreaKind.REGION: 1, AreaKind.MUNICIPALITY: 2, AreaKind.FUND: 2}
_REGIONS = ("081", "085")
_MUNICIPALITIES = ("101", "860")
_AREA_DIGITS = 3
_FUND = "fund-"


def row_rules(table: str, rows: Sequence[Row], *, codes: KnownCodes | None, measure: str) -> list[RowRule]:
    """The rules for the rows of one table; each gives column and reason for what a row breaks."""
    rules = [_points_rule(table, field_name, known) for field_name, known in _pointed(table, rows, codes).items()]
    if table == "areas":
        rules.append(_area_rule({str(row["code"]): str(row["kind"]) for row in rows}))
    if table in {"branches", "occupations"}:
        rules.append(_level_rule({str(row["code"]): str(row["level"]) for row in rows}))
    if table == "figures":
        rules.append(_figure_rule(measure))
    return rules


def unknown_code_reason(value: str, table: str) -> str:
    """The reason for refusing a code that its code list does not hold."""
    return _("{value} is not in the table {table}.").format(value=quoted(value), table=table)


def _pointed(table: str, rows: Sequence[Row], codes: KnownCodes | None) -> dict[str, Collection[str]]:
    known: dict[str, Collection[str]] = {}
    for field in FORMATS[table].fields:
        if field.table == table:
            known[field.name] = {str(row["code"]) for row in rows}
        elif field.table and codes is not None:
            known[field.name] = _known_in(codes, field.name)
    return {name: values for name, values in known.items() if values or name in {"measure", "area"}}


def _known_in(codes: KnownCodes, column: str) -> Collection[str]:
    """What a column may hold; empty lists of tables that may travel alone are not looked into."""
    by_column: dict[str, Collection[str]] = {
        "measure": codes.measures,
        "finding_measure": codes.measures,
        "area": codes.areas,
        "municipality": codes.municipalities,
        "group": {*codes.benefit_groups, ALL} if codes.benefit_groups else (),
    }
    return by_column[column]


def _points_rule(table: str, column: str, known: Collection[str]) -> RowRule:
    field = next(field for field in FORMATS[table].fields if field.name == column)

    def rule(row: Row) -> Iterator[Reason]:
        value = row[column]
        for code in value.split(";") if value and field.kind is Kind.CODES else [value]:
            if code and code not in known:
                yield column, unknown_code_reason(code, field.table)

    return rule


def _area_rule(kinds: Mapping[str, str]) -> RowRule:
    def rule(row: Row) -> Iterator[Reason]:
        code, kind = str(row["code"]), AreaKind(str(row["kind"]))
        if not _fits_kind(code, kind):
            yield "code", _("{value} is no code of a {kind}.").format(value=quoted(code), kind=kind.value)
        parent = row["parent"]
        if parent is not None and parent in kinds and _RANKS[AreaKind(kinds[parent])] >= _RANKS[kind]:
            yield "parent", _("{value} does not stand above this area.").format(value=quoted(parent))
        for neighbour in str(row["neighbours"] or "").split(";"):
            if neighbour == code or kinds.get(neighbour, "municipality") != "municipality":
                yield "neighbours", _("{value} is no other municipality.").format(value=quoted(neighbour))

    return rule


def _fits_kind(code: str, kind: AreaKind) -> bool:
    if kind is AreaKind.COUNTRY:
        return code == COUNTRY
    if kind is AreaKind.FUND:
        return code.startswith(_FUND)
    low, high = _REGIONS if kind is AreaKind.REGION else _MUNICIPALITIES
    return len(code) == _AREA_DIGITS and code.isdigit() and low <= code <= high


def _level_rule(levels: Mapping[str, str]) -> RowRule:
    def rule(row: Row) -> Iterator[Reason]:
        parent, level = row["parent"], str(row["level"])
        if parent is None and level != "1":
            yield "parent", _("A code below level 1 needs a parent.")
        if parent is not None and parent in levels and levels[parent] >= level:
            yield "parent", _("{value} does not stand above this code.").format(value=quoted(parent))

    return rule


def _figure_rule(measure: str) -> RowRule:
    def rule(row: Row) -> Iterator[Reason]:
        if measure and row["measure"] != measure:
            yield "measure", _("This file holds another measure, {measure}.").format(measure=measure)
        known = row["state"] == State.KNOWN
        if known and row["value"] is None:
            yield "value", _("A known figure needs a value.")
        for column in ("value", "numerator"):
            if not known and row[column] is not None:
                yield column, _("A figure that is not known must be empty.")

    return rule

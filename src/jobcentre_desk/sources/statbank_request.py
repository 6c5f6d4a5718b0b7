"""What StatBank is asked: the levels of each variable, cut into questions that fit, in the form fit for their size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import prod
from typing import Any

from jobcentre_desk.model.periods import PublishedPeriod
from jobcentre_desk.model.services import EVERY_LEVEL, TOTAL, KnownTable, TableQuery
from jobcentre_desk.sources.statbank_areas import KnownAreas, area_variable, areas_of
from jobcentre_desk.sources.statbank_tables import Level, TableInfo, Variable, period_of
from jobcentre_desk.text import translate as _

SMALL = 5_000
"""Up to so many cells are asked for in one answer of JSON-stat, which has the codes in it."""
MOST_CELLS_OF_CSV = 900_000
"""Anything but BULK answers about a million cells at most."""
MOST_BYTES_OF_PIECE = 12_000_000
MOST_BYTES_OF_LIST = 6_000_000
MOST_FIGURES = 2_000_000
MOST_MEASURES = 2_000
SPARE_BYTES = 65_536
BYTES_OF_VALUE = 24
TRAILING = {"M": 14, "Q": 6, "Y": 3}
"""How many of the newest periods are asked for again, since figures are revised."""


class Form(StrEnum):
    """The forms of an answer that are read."""

    JSON_STAT = "JSONSTAT"
    CSV = "CSV"
    BULK = "BULK"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What is asked of a table: levels by variable, and what they are for the program.

    `levels` has no entry for a variable that is left out; `areas` and `periods` translate levels of the area and the
    time variable; `told` are sentences on what of the query cannot be asked.
    """

    table: TableInfo
    area: Variable | None
    time: Variable
    levels: Mapping[str, tuple[Level, ...]]
    areas: Mapping[str, str]
    periods: Mapping[str, str]
    told: tuple[str, ...] = ()

    @property
    def cells(self) -> int:
        """How many figures the answer has."""
        return prod(len(levels) for levels in self.levels.values())

    @property
    def measures(self) -> int:
        """How many measures the levels make."""
        aside = {self.time.id, self.area.id if self.area else ""}
        return prod(len(levels) for name, levels in self.levels.items() if name not in aside)

    def with_periods(self, wanted: frozenset[str]) -> Chosen:
        """The same for the periods in `wanted` alone."""
        kept = tuple(level for level in self.levels[self.time.id] if self.periods[level.id] in wanted)
        return replace(self, levels={**self.levels, self.time.id: kept})

    @property
    def asked_periods(self) -> frozenset[str]:
        """The periods asked for."""
        return frozenset(self.periods[level.id] for level in self.levels[self.time.id])


class NotAskable(Exception):
    """A query that this table cannot answer at all; its text is the sentence that says why."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what it asks for, the form of its answer, and how long that may be."""

    chosen: Chosen
    form: Form

    @property
    def by_code(self) -> bool:
        """Whether the rows shall hold codes, because two levels of a variable have one name."""
        return any(len({level.name_en for level in levels}) < len(levels) for levels in self.chosen.levels.values())

    @property
    def payload(self) -> dict[str, Any]:
        """What is posted to /data."""
        asked: dict[str, Any] = {"table": self.chosen.table.table, "format": self.form.value, "lang": "en"}
        if self.form is not Form.JSON_STAT:
            asked |= {"delimiter": "Semicolon", "valuePresentation": "Code" if self.by_code else "Value"}
        return asked | {"variables": list(self._variables())}

    def _variables(self) -> Iterator[dict[str, Any]]:
        for variable in self.chosen.table.variables:
            levels = self.chosen.levels.get(variable.id)
            if levels is not None:
                every = len(levels) == len(variable.levels) and len(levels) > 1
                yield {"code": variable.id, "values": [EVERY_LEVEL] if every else [level.id for level in levels]}

    @property
    def most_bytes(self) -> int:
        """More than an honest answer has."""
        if self.form is Form.JSON_STAT:
            named = sum(map(_width, (level for levels in self.chosen.levels.values() for level in levels)))
            return SPARE_BYTES + 4 * named + 2 * BYTES_OF_VALUE * self.chosen.cells
        return SPARE_BYTES + row_width(self.chosen) * self.chosen.cells

    def halves(self) -> tuple[Question, ...]:
        """The same question in two, cut through its longest variable, the periods first; none when it has one cell."""
        levels = self.chosen.levels
        time = self.chosen.time.id
        name = time if len(levels[time]) > 1 else max(levels, key=lambda one: len(levels[one]))
        middle = len(levels[name]) // 2
        if not middle:
            return ()
        return tuple(
            Question(replace(self.chosen, levels={**levels, name: part}), self.form)
            for part in (levels[name][:middle], levels[name][middle:])
        )


def choose(table: TableInfo, query: TableQuery, areas: KnownAreas) -> Chosen:
    """The levels that `query` means in `table`; NotAskable when none of its periods or levels can be used."""
    choice = _Choice(table, query)
    time = table.time()
    if time is None:
        raise NotAskable(_("Table {table} has no periods.").format(table=table.table))
    area = area_variable(table, areas)
    taken = areas_of(area, areas)
    periods = {level.id: period for level in time.levels if (period := period_of(level.id) or period_of(level.name_en))}
    choice.name_what_is_unknown()
    choice.tell_periods(time, periods)
    newest = _newest(periods, query.latest)
    for variable in table.variables:
        if variable.is_time:
            choice.levels[variable.id] = tuple(level for level in time.levels if level.id in newest)
        elif area is not None and variable.id == area.id:
            choice.choose_areas(variable, taken)
        else:
            choice.choose_levels(variable)
    chosen = Chosen(
        table=table,
        area=area,
        time=time,
        levels=choice.levels,
        areas=taken,
        periods={level: str(period) for level, period in periods.items()},
        told=tuple(choice.told),
    )
    return _within_bounds(chosen)


def trailing(chosen: Chosen, known: KnownTable | None, query: TableQuery) -> Chosen:
    """What is asked when the table was read before by the same query: what is new, and the newest periods again."""
    if known is None or known.query != query or not known.periods:
        return chosen
    ordered = sorted(filter(None, map(PublishedPeriod.parse, chosen.asked_periods)))
    again = {str(period) for period in ordered[-TRAILING.get(ordered[-1].kind, 3) :]} if ordered else set()
    return chosen.with_periods(frozenset(again | (chosen.asked_periods - known.periods)))


def questions(chosen: Chosen, *, small: int = SMALL) -> tuple[Question, ...]:
    """The questions to put: one of JSON-stat when the answer is small, else BULK, else CSV, in pieces that fit."""
    if chosen.cells <= small:
        return (Question(chosen, Form.JSON_STAT),)
    listed = _with_totals(chosen)
    form = Form.CSV if listed is None else Form.BULK
    return tuple(_pieces(Question(listed or chosen, form)))


def row_width(chosen: Chosen) -> int:
    """How many bytes a row of CSV has at most."""
    widest = (max(map(_width, levels), default=0) for levels in chosen.levels.values())
    return BYTES_OF_VALUE + sum(width + 3 for width in widest)


def _pieces(question: Question) -> Iterator[Question]:
    fits = question.chosen.cells <= MOST_CELLS_OF_CSV and question.most_bytes <= MOST_BYTES_OF_PIECE
    halves = () if fits else question.halves()
    if not halves:
        yield question
    for half in halves:
        yield from _pieces(half)


def _with_totals(chosen: Chosen) -> Chosen | None:
    """With every variable listed, as BULK needs it; None when one that is left out has no level for its total."""
    totals = {}
    for variable in chosen.table.variables:
        if variable.id not in chosen.levels:
            total = variable.total()
            if total is None:
                return None
            totals[variable.id] = (total,)
    return replace(chosen, levels={**chosen.levels, **totals})


def _within_bounds(chosen: Chosen) -> Chosen:
    if chosen.measures > MOST_MEASURES or chosen.cells > MOST_FIGURES:
        raise NotAskable(
            _("Table {table} would give {figures} figures; choose fewer periods or levels of it.").format(
                table=chosen.table.table, figures=chosen.cells
            )
        )
    return chosen


def _width(level: Level) -> int:
    return max(len(level.id.encode()), len(level.name_da.encode()), len(level.name_en.encode()))


def _newest(periods: Mapping[str, PublishedPeriod], latest: int) -> set[str]:
    ordered = sorted(periods, key=lambda level: periods[level])
    return set(ordered[-latest:] if latest else ordered)


@dataclass(slots=True)
class _Choice:
    """Collects the levels chosen of each variable, and sentences on what of the query is not there."""

    table: TableInfo
    query: TableQuery
    levels: dict[str, tuple[Level, ...]] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    def name_what_is_unknown(self) -> None:
        """Say which variables of the query the table does not have."""
        for name, _levels in self.query.dimensions:
            if self.table.variable(name) is None:
                self.told.append(
                    _("Table {table} has no variable {variable}; it is not broken down by it.").format(
                        table=self.table.table, variable=name
                    )
                )

    def tell_periods(self, time: Variable, periods: Mapping[str, PublishedPeriod]) -> None:
        """Say which periods the program has no place for; NotAskable when that is all of them."""
        others = [level.name_en for level in time.levels if level.id not in periods]
        if not others:
            return
        sentence = _("Table {table} has periods that are no month, quarter or year ({example}); they are left out.")
        self.told.append(sentence.format(table=self.table.table, example=others[-1]))
        if not periods:
            raise NotAskable(
                _("Table {table} counts by periods that are no month, quarter or year ({example}).").format(
                    table=self.table.table, example=others[-1]
                )
            )

    def choose_areas(self, variable: Variable, taken: Mapping[str, str]) -> None:
        """Every level when most are areas of ours (or those the query names); the others are named once."""
        wanted = self._wanted(variable)
        picked = self._picked(variable, wanted or (EVERY_LEVEL,))
        ours = tuple(level for level in picked if level.id in taken)
        others = [level.name_en for level in picked if level.id not in taken]
        self.levels[variable.id] = picked if wanted is None and len(ours) >= len(others) else ours
        if others:
            sentence = _("Not taken from table {table}, since they are no municipality, region or country: {names}.")
            self.told.append(sentence.format(table=self.table.table, names=_shortened(others)))

    def choose_levels(self, variable: Variable) -> None:
        """The levels of the query; without any the variable is left out, or its total or every level is asked."""
        wanted = self._wanted(variable)
        if wanted is not None:
            picked = self._picked(variable, wanted)
            if picked:
                self.levels[variable.id] = picked
            return
        if variable.may_be_left_out:
            return
        total = variable.total()
        self.levels[variable.id] = (total,) if total else variable.levels

    def _wanted(self, variable: Variable) -> tuple[str, ...] | None:
        return next((levels for name, levels in self.query.dimensions if variable.is_named(name)), None)

    def _picked(self, variable: Variable, wanted: Sequence[str]) -> tuple[Level, ...]:
        """The levels of `variable` that are wanted, in their own order; NotAskable when a needed one has none."""
        if EVERY_LEVEL in wanted:
            return variable.levels
        total = variable.total() if TOTAL in wanted else None
        named = [name for name in wanted if name != TOTAL]
        missing = [name for name in named if not any(level.is_named(name) for level in variable.levels)]
        if missing:
            self.told.append(
                _("Table {table} has no level {levels} in {variable}.").format(
                    table=self.table.table, levels=_shortened(missing), variable=variable.name_en
                )
            )
        picked = tuple(
            level for level in variable.levels if level == total or any(level.is_named(name) for name in named)
        )
        if not picked and not variable.may_be_left_out:
            raise NotAskable(
                _("Table {table} has none of the levels asked for in {variable}.").format(
                    table=self.table.table, variable=variable.name_en
                )
            )
        return picked


def _shortened(names: Sequence[str], *, most: int = 5) -> str:
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else _("{names} and {n} more").format(names=shown, n=len(names) - most)

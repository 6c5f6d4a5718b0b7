"""Turns the answers to the questions on one table into figures that know their answer, row and column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from jobcentre_desk import text
from jobcentre_desk.model.areas import COUNTRY
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.model.publication import RowProblem
from jobcentre_desk.model.services import TracedFigure
from jobcentre_desk.sources import statbank_jsonstat, statbank_rows
from jobcentre_desk.sources.service_faults import ServiceRefused
from jobcentre_desk.sources.statbank_areas import KnownAreas
from jobcentre_desk.sources.statbank_jsonstat import JsonStat
from jobcentre_desk.sources.statbank_measures import Levels, measure_id, telling
from jobcentre_desk.sources.statbank_request import Chosen
from jobcentre_desk.sources.statbank_rows import Rows
from jobcentre_desk.sources.statbank_tables import Level, Variable
from jobcentre_desk.text import translate as _

EVERYONE = "all"
MOST_NAMED = 100
"""So many rows that cannot be used are named one by one; the others are counted."""
MISSING = {"..": State.HIDDEN, ".": State.NOT_REPORTED}

_NUMBER = re.compile(r"-?[0-9]{1,18}([.,][0-9]{1,12})?")

Key = tuple[str, str, str]


@dataclass(slots=True)
class Column:
    """A column (or dimension) of an answer: the variable it holds, None when the table's description has none such.

    `levels` is what each label or code in it means; `elsewhere` looks up one that is not among them.
    """

    name: str
    variable: Variable | None
    levels: dict[str, Level]
    elsewhere: Callable[[str], Level | None] = lambda _label: None
    _seen: dict[str, Level | None] = field(default_factory=dict)

    def level_of(self, label: str) -> Level | None:
        """The level of a label as it stands in the answer; None when nobody explained it."""
        if label not in self._seen:
            plain = text.clean(label)
            self._seen[label] = self.levels.get(plain) or self.elsewhere(plain)
        return self._seen[label]


@dataclass(frozen=True, slots=True)
class _Cell:
    """One figure as it came: the labels or codes of its columns, its value, and where it stands."""

    labels: tuple[str, ...]
    value: str | None
    state: State
    row: int


@dataclass(slots=True)
class Gathered:
    """The figures of one table, out of one or several answers, and sentences on what was not usable."""

    chosen: Chosen
    areas: KnownAreas
    figures: dict[Key, TracedFigure] = field(default_factory=dict)
    measures: dict[str, Levels] = field(default_factory=dict)
    problems: list[RowProblem] = field(default_factory=list)
    rows: int = 0
    _refused: set[Key] = field(default_factory=set)
    _extras: dict[Key, tuple[str, ...]] = field(default_factory=dict)
    _told: set[tuple[str, str]] = field(default_factory=set)
    _by_codes: dict[tuple[str, ...], str] = field(default_factory=dict)
    _uncounted: int = 0

    def take_json_stat(self, answer: JsonStat, number: int) -> None:
        """Take the figures of an answer in JSON-stat; its rows are the positions in its row of values, from 1."""
        columns = [self._dimension(dimension, answer) for dimension in answer.dimensions]
        self._require(columns, number)
        codes = [dimension.codes for dimension in answer.dimensions]
        cells = (
            _Cell(
                tuple(code[place] for code, place in zip(codes, placed, strict=True)),
                *_read_value(answer.values.get(position), answer.statuses.get(position)),
                position + 1,
            )
            for position, placed in answer.cells()
        )
        self._take(columns, cells, number, statbank_jsonstat.VALUE_COLUMN)

    def take_rows(self, answer: Rows, number: int, *, by_code: bool = False) -> None:
        """Take the figures of an answer in CSV or BULK, whose rows hold labels, or codes when they were asked for."""
        columns = [self._column(name, by_code=by_code) for name in answer.columns[:-1]]
        self._require(columns, number)
        cells = (_Cell(tuple(row[:-1]), *_read_value(row[-1], None), line) for line, row in answer.cells())
        self._take(columns, cells, number, statbank_rows.VALUE_COLUMN)

    def close(self) -> None:
        """Count what was not named one by one."""
        if self._uncounted:
            self._tell(0, "", _("{n} more rows could not be used.").format(n=text.count(self._uncounted)))
            self._uncounted = 0

    def _take(self, columns: Sequence[Column], cells: Iterable[_Cell], number: int, column: str) -> None:
        unknown = [place for place, one in enumerate(columns) if one.variable is None and one.name]
        for place in unknown:
            self._tell_unknown_column(columns[place].name, number)
        for cell in cells:
            self.rows += 1
            key = self._key(columns, cell, number)
            if key is not None:
                self._add(key, cell, tuple(cell.labels[place] for place in unknown), number, column)

    def _key(self, columns: Sequence[Column], cell: _Cell, number: int) -> Key | None:
        """Which figure a row is; None when it is of no area or period of ours, or holds a label nobody explained."""
        area: str | None = COUNTRY
        period: str | None = None
        levels: list[tuple[Variable, Level]] = []
        for column, label in zip(columns, cell.labels, strict=True):
            variable = column.variable
            if variable is None:
                continue
            level = column.level_of(label)
            if level is None:
                self._tell_new_level(column.name, label, cell.row, number)
                return None
            if variable.is_time:
                period = self.chosen.periods.get(level.id)
            elif variable is self.chosen.area:
                area = self.chosen.areas.get(level.id)
            else:
                levels.append((variable, level))
        return (self._measure(levels), area, period) if area and period else None

    def _measure(self, levels: list[tuple[Variable, Level]]) -> str:
        """The measure of these levels; worked out once for each combination."""
        codes = tuple(level.id for _variable, level in levels)
        if codes not in self._by_codes:
            apart = telling(tuple(levels))
            self._by_codes[codes] = measure_id(self.chosen.table.table, apart)
            self.measures[self._by_codes[codes]] = apart
        return self._by_codes[codes]

    def _add(self, key: Key, cell: _Cell, extra: tuple[str, ...], number: int, column: str) -> None:
        value, state = cell.value, cell.state
        if value is not None and not _NUMBER.fullmatch(value):
            self._name(number, cell.row, column, _("“{value}” is no figure.").format(value=text.clean(value)))
            return
        value = value.replace(",", ".") if value is not None else None
        held = self.figures.get(key)
        if held is None and key not in self._refused:
            measure, area, period = key
            self.figures[key] = TracedFigure(
                measure=measure,
                area=area,
                period=period,
                group=EVERYONE,
                value=value,
                state=state,
                answer=number,
                row=cell.row,
                column=column,
            )
            if extra:
                self._extras[key] = extra
            return
        same = held is not None and (held.value, held.state) == (value, state)
        if not same or self._extras.get(key, ()) != extra:
            self._refuse(key, held, cell.row, number, column)

    def _refuse(self, key: Key, held: TracedFigure | None, row: int, number: int, column: str) -> None:
        self.figures.pop(key, None)
        self._refused.add(key)
        first = held.row if held else 0
        sentence = _("The same area and period stand here and in row {row} with different figures; neither is used.")
        if first:
            self._name(number, row, column, sentence.format(row=text.count(first)))
        else:
            self._name(number, row, column, _("One more figure for an area and period that has different ones."))

    def _require(self, columns: Sequence[Column], number: int) -> None:
        """Refuse an answer that lacks a variable of several levels that were asked for."""
        there = {column.variable.id for column in columns if column.variable}
        missing = [name for name, levels in self.chosen.levels.items() if name not in there and len(levels) > 1]
        missing += [] if self.chosen.time.id in there or self.chosen.time.id in missing else [self.chosen.time.id]
        if missing:
            raise ServiceRefused(
                _("Answer {number} lacks the column {column}.").format(number=number, column=", ".join(missing)),
                _("Its figures are left out; those you have stay in use."),
            )

    def _column(self, name: str, *, by_code: bool) -> Column:
        """A column of rows: codes, or labels in English (else Danish), and for areas their names as we know them."""
        variable = self._variable(name)
        if by_code or variable is None:
            return Column(name, variable, {level.id: level for level in variable.levels} if variable else {})
        levels = dict(_unique([(level.name_da, level) for level in variable.levels]))
        levels |= _unique([(level.name_en, level) for level in variable.levels])
        if variable is not self.chosen.area:
            return Column(name, variable, levels)
        by_id = {level.id: level for level in variable.levels}
        return Column(name, variable, levels, lambda label: by_id.get(self.areas.named(label) or ""))

    def _dimension(self, dimension: statbank_jsonstat.Dimension, answer: JsonStat) -> Column:
        """A dimension by its codes; one that tells the contents alone, or an unknown one, has no variable."""
        variable = self._variable(dimension.id)
        if variable is None:
            return Column("" if dimension.id in answer.metric and len(dimension.codes) == 1 else dimension.id, None, {})
        levels = {level.id: level for level in variable.levels}
        for code, label in zip(dimension.codes, dimension.labels, strict=True):
            level = levels.get(text.clean(code))
            if level is not None and label not in (level.name_en, level.name_da, code):
                self._tell_changed_label(dimension.id, code, level.name_en, label)
        return Column(dimension.id, variable, levels)

    def _variable(self, name: str) -> Variable | None:
        variables = self.chosen.table.variables
        return next((variable for variable in variables if variable.id.casefold() == name.casefold()), None)

    def _tell_unknown_column(self, name: str, number: int) -> None:
        sentence = _("Answer {number} has a column {column} that the description of the table does not have.")
        self._tell_once(name, "", 1, sentence.format(number=number, column=text.clean(name)))

    def _tell_new_level(self, column: str, label: str, row: int, number: int) -> None:
        sentence = _(
            "“{label}” in row {row} of answer {number} is no level of {column} in the description of the table (new, or"
            " named otherwise); its figures are left out."
        )
        shown = sentence.format(label=text.clean(label), row=text.count(row), number=number, column=column)
        self._tell_once(column, label, row, shown)

    def _tell_changed_label(self, column: str, code: str, before: str, now: str) -> None:
        sentence = _("Level {code} of {column} is called “{now}”, but “{before}” in the description of the table.")
        self._tell_once(column, code, 0, sentence.format(code=code, column=column, now=now, before=before))

    def _tell_once(self, column: str, label: str, row: int, sentence: str) -> None:
        if (column, label) in self._told:
            return
        if len(self.problems) >= MOST_NAMED:
            self._uncounted += 1
            return
        self._told.add((column, label))
        self._tell(row, column, sentence)

    def _name(self, number: int, row: int, column: str, sentence: str) -> None:
        if len(self.problems) >= MOST_NAMED:
            self._uncounted += 1
            return
        place = _("Answer {number}, row {row}: {sentence}")
        self._tell(row, column, place.format(number=number, row=text.count(row), sentence=sentence))

    def _tell(self, row: int, column: str, sentence: str) -> None:
        self.problems.append(RowProblem(file=self.chosen.table.table, row=row, column=column, reason=sentence))


def _unique(pairs: list[tuple[str, Level]]) -> list[tuple[str, Level]]:
    """Without the names that two levels share: such a name tells neither."""
    often = Counter(label for label, _level in pairs)
    return [(label, level) for label, level in pairs if often[label] == 1]


def _read_value(raw: str | None, status: str | None) -> tuple[str | None, State]:
    """A value as it stands: missing is hidden (the source does not tell which), `.` not reported; never 0."""
    if raw is None:
        return None, MISSING.get(status or "..", State.HIDDEN)
    written = raw.strip()
    return (None, MISSING[written]) if written in MISSING else (written, State.KNOWN)

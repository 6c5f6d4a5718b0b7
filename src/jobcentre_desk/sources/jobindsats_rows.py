"""Reads the answers of one table: each row once, its digits kept, nothing summed, everything unusable told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from jobcentre_desk import text
from jobcentre_desk.model.measures import Measure
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.model.periods import PublishedPeriod
from jobcentre_desk.model.publication import RowProblem
from jobcentre_desk.model.services import TableQuery, TracedFigure
from jobcentre_desk.sources.jobindsats_columns import Answered, Columns, MeasureColumn, join_columns
from jobcentre_desk.sources.jobindsats_levels import LabelJoin, Place, UnknownLabel
from jobcentre_desk.sources.jobindsats_measures import measure_id, measure_of
from jobcentre_desk.sources.jobindsats_request import Question
from jobcentre_desk.sources.jobindsats_tables import JobindsatsTable
from jobcentre_desk.sources.service_client import Digits
from jobcentre_desk.text import translate as _

MOST_PROBLEMS = 100
_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,12})?")
_DANISH_NUMBER = re.compile(r"-?[0-9]{1,18}(,[0-9]{1,12})?")
_CELLS = {str, Digits, type(None)}

FigureKey = tuple[str, str, str, str]


class TableReader:
    """Takes the answers of one table one by one; `figures` holds what no two rows contradict each other on."""

    def __init__(self, table: JobindsatsTable, query: TableQuery, *, join: LabelJoin) -> None:
        self.table = table
        self.join = join
        self.measures: dict[str, Measure] = {}
        self.problems: list[RowProblem] = []
        self.rows = 0
        self._query = query
        self._figures: dict[FigureKey, TracedFigure] = {}
        self._contradicted: set[FigureKey] = set()
        self._told: set[tuple[str, str]] = set()
        self._ids: dict[tuple[str, ...], str] = {}

    @property
    def figures(self) -> list[TracedFigure]:
        """Every figure once, in the order it was first read in."""
        return [figure for key, figure in self._figures.items() if key not in self._contradicted]

    def read(self, answered: Answered, question: Question, *, answer: int) -> bool:
        """Take one answer; False when it has no periods or areas, so that nothing of it can be used."""
        is_area = self.join.areas.code
        columns = join_columns(answered, self.table, question, is_area=lambda label: is_area(label) is not None)
        if columns is None:
            self.tell(answer, 0, "", _("The answer has no column of periods or of areas."))
            return False
        self._tell_columns(columns, answer=answer)
        _AnswerReader(self, answered, columns, question=question, answer=answer).read()
        self.rows += len(answered.rows)
        return True

    def tell(self, answer: int, row: int, column: str, reason: str) -> None:
        """Note what could not be used: each reason once per column, and no more than a person would read."""
        if (column, reason) in self._told or len(self.problems) > MOST_PROBLEMS:
            return
        if len(self.problems) == MOST_PROBLEMS:
            row, column = 0, ""
            reason = _("More could not be used; the first {n} reasons are listed.").format(n=MOST_PROBLEMS)
        self._told.add((column, reason))
        file = _("{table}, answer {number}").format(table=self.table.id, number=answer) if answer else self.table.id
        self.problems.append(RowProblem(file=file, row=row, column=column, reason=reason))

    def wanted(self, columns: Columns) -> list[MeasureColumn]:
        """The columns whose measures were asked for."""
        chosen = self._query.measures
        return [column for column in columns.measures if not chosen or column.group_id in chosen]

    def id_of(self, column: MeasureColumn, place: Place) -> str:
        """The measure of a column at a place; defined when it is met for the first time."""
        key = (column.label, *(level.part_of_id for level in place.levels))
        name = self._ids.get(key)
        if name is None:
            presets = self.join.presets
            name = self._ids[key] = measure_id(self.table.id, column, place.levels, presets=presets)
            self.measures.setdefault(name, measure_of(name, self.table, column, place.levels, presets=presets))
        return name

    def keep(self, figure: TracedFigure) -> None:
        """Keep a figure; the same one again is merged, another value for it is told and neither is used."""
        key = (figure.measure, figure.area, figure.period, figure.group)
        held = self._figures.setdefault(key, figure)
        if held is figure or held.value == figure.value or _same_number(held.value, figure.value):
            return
        self._contradicted.add(key)
        self.tell(figure.answer, figure.row, figure.column, _contradiction(held, figure))

    def _tell_columns(self, columns: Columns, *, answer: int) -> None:
        chosen = self._query.measures
        names = {label: name for name, label in self.table.measures}
        missing = [label for label in columns.missing if not chosen or names[label] in chosen]
        if len(missing) == len(columns.unknown) == 1:
            sentence = _("“{label}” stands where “{expected}” was expected; its figures were not used.")
            told = sentence.format(label=columns.unknown[0], expected=missing[0])
            self.tell(answer, 0, columns.unknown[0], told)
            return
        for label in columns.unknown:
            sentence = _("“{label}” is a column that is not known here, so it was not used.")
            self.tell(answer, 0, label, sentence.format(label=label))
        for label in missing:
            sentence = _("The answer has no column “{label}”; its label may have changed.")
            self.tell(answer, 0, label, sentence.format(label=label))


class _AnswerReader:
    """One pass through the rows of one answer."""

    def __init__(
        self, reader: TableReader, answered: Answered, columns: Columns, *, question: Question, answer: int
    ) -> None:
        self._reader = reader
        self._labels, self._rows = answered.labels, answered.rows
        self._columns = columns
        self._measures = reader.wanted(columns)
        self._asked = frozenset(question.periods)
        self._answer = answer
        self._places: dict[tuple[object, ...], tuple[Place, list[str]] | None] = {}
        self._periods: dict[object, str] = {}
        self._values: dict[str, str] = {}

    def read(self) -> None:
        """Every row; one that is like an earlier one in all its cells is passed over."""
        width, seen = len(self._labels), set[tuple[object, ...]]()
        for number, row in enumerate(self._rows, 1):
            if not isinstance(row, list) or len(row) != width or not _CELLS.issuperset(map(type, row)):
                sentence = _("A row does not have the {n} cells of the columns; such rows were left out.")
                self._reader.tell(self._answer, number, "", sentence.format(n=width))
                continue
            cells = tuple(row)
            if cells not in seen:
                seen.add(cells)
                self._read_row(number, cells)

    def _read_row(self, number: int, cells: tuple[str | None, ...]) -> None:
        period = self._period(number, cells[self._columns.period])
        found = self._place(number, cells)
        if not period or found is None:
            return
        place, names = found
        for column, name in zip(self._measures, names, strict=True):
            value = cells[column.at]
            if value is not None:
                value = self._number(number, column, value)
                if value is None:
                    continue
            self._reader.keep(
                TracedFigure(
                    measure=name, area=place.area, period=period, group=place.group, value=value,
                    state=State.HIDDEN if value is None else State.KNOWN,
                    answer=self._answer, row=number, column=self._labels[column.at],
                )
            )  # fmt: skip

    def _period(self, number: int, label: str | None) -> str:
        """The period of a row; "" when it is none, or one that was not asked for."""
        held = self._periods.get(label)
        if held is not None:
            return held
        period = PublishedPeriod.parse(label) if label else None
        held = str(period) if period and (not self._asked or str(period) in self._asked) else ""
        self._periods[label] = held
        if not held:
            sentence = _("“{label}” is no period that was asked for; its rows were left out.")
            self._tell(number, self._columns.period, sentence.format(label=text.clean(label or "–")))
        return held

    def _place(self, number: int, cells: tuple[str | None, ...]) -> tuple[Place, list[str]] | None:
        """Where the figures of a row belong, with the measure of each column there; worked out once per place."""
        columns = self._columns
        key = (cells[columns.area], *(cells[at] for at, _asked in columns.breakdowns))
        if key in self._places:
            return self._places[key]
        told = [(at, asked, cells[at]) for at, asked in columns.breakdowns]
        place = self._reader.join.place((columns.area, cells[columns.area]), told)
        found = None
        if isinstance(place, UnknownLabel):
            self._tell(number, place.at, place.reason)
        else:
            found = place, [self._reader.id_of(column, place) for column in self._measures]
        self._places[key] = found
        return found

    def _number(self, number: int, column: MeasureColumn, cell: str) -> str | None:
        """A cell as a decimal number with a point, its digits kept; None when it cannot be read as one."""
        held = self._values.get(cell) if type(cell) is Digits else decimal_of(cell)
        if held is None:
            held = decimal_of(cell)
            if held is None:
                sentence = _("“{cell}” cannot be read as a number.")
                self._tell(number, column.at, sentence.format(cell=text.clean(cell, longest=40)))
            elif type(cell) is Digits:
                self._values[cell] = held
        return held

    def _tell(self, number: int, at: int, reason: str) -> None:
        self._reader.tell(self._answer, number, self._labels[at], reason)


def decimal_of(cell: str) -> str | None:
    """A number from an answer: JSON numbers with a point, texts with a Danish comma ("1.234" as a text is refused)."""
    if isinstance(cell, Digits):
        return str(cell) if _NUMBER.fullmatch(cell) else _plain(cell)
    return cell.replace(",", ".") if _DANISH_NUMBER.fullmatch(cell) else None


def _plain(cell: str) -> str | None:
    """A number that JSON wrote with an exponent or with more digits than are kept."""
    if len(cell) > 40:
        return None
    value = f"{Decimal(cell):f}" if abs(Decimal(cell).adjusted()) < 18 else ""
    return value if _NUMBER.fullmatch(value) else None


def _same_number(held: str | None, other: str | None) -> bool:
    return held is not None and other is not None and Decimal(held) == Decimal(other)


def _contradiction(held: TracedFigure, figure: TracedFigure) -> str:
    sentence = _(
        "The same figure comes as {first} (answer {answer}, row {row}) and as {second}; neither of them is used."
    )
    return sentence.format(first=held.value or "–", answer=held.answer, row=held.row, second=figure.value or "–")


def told_of_changes(read: Mapping[str, Measure], former: Mapping[str, Measure], *, table: str) -> list[str]:
    """One sentence for each measure of the table that has another name than before, or is not there any more.

    Levels that are gone are not told: a level without anybody in it is left out of an answer.
    """
    sentences = []
    for name, measure in former.items():
        if name in read and read[name].name_da != measure.name_da:
            sentence = _("“{old}” is now called “{new}”; check that it still means the same.")
            sentences.append(sentence.format(old=measure.name_da, new=read[name].name_da))
        elif name not in read and name.startswith(f"{table}.") and name.count(".") == 1:
            sentence = _("“{old}” is no longer in the table; the figures loaded earlier stay.")
            sentences.append(sentence.format(old=measure.name_da))
    return sentences

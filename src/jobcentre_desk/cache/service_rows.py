"""Rows that came from a service, held to the rules of a publication's rows; one that breaks a rule is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from jobcentre_desk.cache.revisions import Counted, FigureKey
from jobcentre_desk.model.areas import Area
from jobcentre_desk.model.measures import Measure
from jobcentre_desk.model.publication import RowProblem
from jobcentre_desk.model.services import ServiceFigures, TracedFigure
from jobcentre_desk.publishing.cells import CellRefused, read_cell
from jobcentre_desk.publishing.columns import KnownCodes
from jobcentre_desk.publishing.read_tables import same_key_reason
from jobcentre_desk.publishing.row_rules import Reason, Row, row_rules
from jobcentre_desk.publishing.schemas import FORMATS
from jobcentre_desk.task import Task

MOST_PROBLEMS = 1_000
ROWS_BETWEEN_LOOKS = 1_000
_LIST = "neighbours"


class RowChecks:
    """Checks rows one after another; `problems` holds what broke a rule, at most a thousand."""

    def __init__(self, figures: ServiceFigures) -> None:
        self.problems: list[RowProblem] = list(figures.problems[:MOST_PROBLEMS])
        self._figures = figures
        self._tables = {answer.number: answer.table for answer in figures.answers}
        self._cells: dict[tuple[str, str, str | None], str | None] = {}
        self._told: set[tuple[str, str, str]] = set()

    def areas(self) -> list[Row]:
        """The areas the service names."""
        return self._named("areas", map(_area_row, self._figures.areas))

    def benefit_groups(self) -> list[Row]:
        """The benefit groups the service names."""
        columns = ("code", "title_da", "title_en")
        rows: Iterator[Row] = (dict(zip(columns, group, strict=True)) for group in self._figures.benefit_groups)
        return self._named("benefit_groups", rows)

    def measures(self) -> list[Row]:
        """The definitions of the measures."""
        return self._named("measures", map(_measure_row, self._figures.measures))

    def figures(self, codes: KnownCodes, *, task: Task) -> dict[FigureKey, TracedFigure]:
        """The figures by their key; identical ones are merged, contradicting ones are left out."""
        rules = row_rules("figures", (), codes=codes, measure="")
        kept: dict[FigureKey, TracedFigure] = {}
        contradicting: set[FigureKey] = set()
        for place, figure in enumerate(self._figures.figures):
            if place % ROWS_BETWEEN_LOOKS == 0:
                task.stop_if_cancelled()
            row = _figure_row(figure)
            reasons = self._cell_reasons("figures", row) or [reason for rule in rules for reason in rule(row)]
            if reasons:
                self._tell_figure(figure, reasons)
                continue
            key = (figure.measure, figure.area, figure.period, figure.group)
            former = kept.setdefault(key, figure)
            if former is not figure and counted(former) != counted(figure):
                contradicting.add(key)
                self._tell_figure(figure, [("value", same_key_reason(FORMATS["figures"].key))])
        return {key: figure for key, figure in kept.items() if key not in contradicting}

    def _named(self, table: str, rows: Iterable[Row]) -> list[Row]:
        """Rows of a list that a service has in no numbered file: a problem names their code instead of a row."""
        key = FORMATS[table].key[0]
        read: dict[str, Row] = {}
        for row in rows:
            reasons = self._cell_reasons(table, row)
            self._tell(f"{table} {row[key]}", 0, reasons)
            if not reasons:
                read[str(row[key])] = {name: self._cells[table, name, value] for name, value in row.items()}
        rules = row_rules(table, list(read.values()), codes=None, measure="")
        kept = []
        for code, row in read.items():
            reasons = [reason for rule in rules for reason in rule(row)]
            self._tell(f"{table} {code}", 0, reasons)
            if not reasons:
                kept.append(row)
        return kept

    def _cell_reasons(self, table: str, row: Row) -> list[Reason]:
        """What is wrong with the cells of a row; each distinct cell is looked at once, its value kept in `_cells`."""
        reasons: list[Reason] = []
        for field in FORMATS[table].fields:
            cell = (table, field.name, row[field.name])
            if cell not in self._cells:
                try:
                    self._cells[cell] = read_cell(field, row[field.name] or "")
                except CellRefused as refused:
                    reasons.append((field.name, str(refused)))
        return reasons

    def _tell_figure(self, figure: TracedFigure, reasons: Sequence[Reason]) -> None:
        named = [(figure.column, reason if column == "value" else f"{column}: {reason}") for column, reason in reasons]
        self._tell(self._tables.get(figure.answer, figure.measure), figure.row, named)

    def _tell(self, file: str, row: int, reasons: Sequence[Reason]) -> None:
        """Note what is wrong, each reason once a file and column: the first row of many is named."""
        for column, reason in reasons:
            if (file, column, reason) not in self._told and len(self.problems) < MOST_PROBLEMS:
                self._told.add((file, column, reason))
                self.problems.append(RowProblem(file=file, row=row, column=column, reason=reason))


def counted(figure: TracedFigure) -> Counted:
    """What a figure says, as the snapshot holds it."""
    return figure.value, figure.numerator, figure.denominator, figure.state.value


def listed_rows(before: Sequence[Row], after: Sequence[Row]) -> Iterator[Row]:
    """The rows of a list with those that came now in place of the ones there before."""
    yield from ({str(row["code"]): row for row in (*before, *after)}).values()


def _area_row(area: Area) -> Row:
    row = {name: None if value in {None, ""} else str(value) for name, value in asdict(area).items() if name != _LIST}
    return row | {_LIST: ";".join(area.neighbours) or None}


def _measure_row(measure: Measure) -> Row:
    return {name: str(value) or None for name, value in asdict(measure).items()}


def _figure_row(figure: TracedFigure) -> Row:
    return {
        "measure": figure.measure,
        "area": figure.area,
        "period": figure.period,
        "group": figure.group,
        "value": figure.value,
        "numerator": None if figure.numerator is None else str(figure.numerator),
        "denominator": None if figure.denominator is None else str(figure.denominator),
        "state": figure.state.value,
    }

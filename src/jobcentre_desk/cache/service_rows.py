"""Rows that came from a service, held to the rules of a publication's rows; one that breaks a rule is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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

MOST_PROBLEMS = 1_000

Raw = Mapping[str, str]


class RowChecks:
    """Checks rows one after another; `problems` holds what broke a rule, at most a thousand."""

    def __init__(self, figures: ServiceFigures) -> None:
        self.problems: list[RowProblem] = list(figures.problems[:MOST_PROBLEMS])
        self._figures = figures
        self._tables = {answer.number: answer.table for answer in figures.answers}
        self._cells: dict[tuple[str, str, str], str | CellRefused | None] = {}

    def areas(self) -> list[Row]:
        """The areas the service names."""
        return self._named("areas", map(_area_row, self._figures.areas))

    def benefit_groups(self) -> list[Row]:
        """The benefit groups the service names."""
        columns = ("code", "title_da", "title_en")
        rows = (dict(zip(columns, group, strict=True)) for group in self._figures.benefit_groups)
        return self._named("benefit_groups", rows)

    def measures(self) -> list[Row]:
        """The definitions of the measures."""
        return self._named("measures", map(_measure_row, self._figures.measures))

    def figures(self, codes: KnownCodes) -> dict[FigureKey, TracedFigure]:
        """The figures by their key; identical ones are merged, contradicting ones are left out."""
        rules = row_rules("figures", (), codes=codes, measure="")
        kept: dict[FigureKey, TracedFigure] = {}
        contradicting: set[FigureKey] = set()
        for figure in self._figures.figures:
            row = self._read("figures", _figure_row(figure), figure)
            reasons = [reason for rule in rules for reason in rule(row)] if row else []
            if row is None or self._tell_figure(figure, reasons):
                continue
            key = (figure.measure, figure.area, figure.period, figure.group)
            former = kept.setdefault(key, figure)
            if counted(former) != counted(figure):
                contradicting.add(key)
                self._tell_figure(figure, [(figure.column, same_key_reason(FORMATS["figures"].key))])
        return {key: figure for key, figure in kept.items() if key not in contradicting}

    def _named(self, table: str, rows: Iterable[Raw]) -> list[Row]:
        """Rows of a list that a service has in no numbered file: a problem names their code instead of a row."""
        key = FORMATS[table].key[0]
        read = {raw[key]: row for raw in rows if (row := self._read(table, raw, None)) is not None}
        rules = row_rules(table, list(read.values()), codes=None, measure="")
        kept = []
        for code, row in read.items():
            reasons = [reason for rule in rules for reason in rule(row)]
            if not self._tell(f"{table} {code}", 0, reasons):
                kept.append(row)
        return kept

    def _read(self, table: str, raw: Raw, figure: TracedFigure | None) -> Row | None:
        row: Row = {}
        reasons: list[Reason] = []
        for field in FORMATS[table].fields:
            known = (table, field.name, raw[field.name])
            if known not in self._cells:
                try:
                    self._cells[known] = read_cell(field, raw[field.name])
                except CellRefused as refused:
                    self._cells[known] = refused
            value = self._cells[known]
            if isinstance(value, CellRefused):
                reasons.append((field.name, str(value)))
            else:
                row[field.name] = value
        told = (
            self._tell_figure(figure, reasons)
            if figure
            else self._tell(f"{table} {next(iter(raw.values()))}", 0, reasons)
        )
        return None if told else row

    def _tell_figure(self, figure: TracedFigure, reasons: Sequence[Reason]) -> bool:
        named = [(figure.column, f"{column}: {reason}" if column != "value" else reason) for column, reason in reasons]
        return self._tell(self._tables.get(figure.answer, figure.measure), figure.row, named)

    def _tell(self, file: str, row: int, reasons: Sequence[Reason]) -> bool:
        room = MOST_PROBLEMS - len(self.problems)
        for column, reason in reasons[: max(0, room)]:
            self.problems.append(RowProblem(file=file, row=row, column=column, reason=reason))
        return bool(reasons)


def counted(figure: TracedFigure) -> Counted:
    """What a figure says, as the snapshot holds it."""
    return figure.value, figure.numerator, figure.denominator, figure.state.value


def listed_rows(before: Sequence[Row], after: Sequence[Row]) -> Iterator[Row]:
    """The rows of a list with those that came now in place of the ones there before."""
    yield from ({str(row["code"]): row for row in (*before, *after)}).values()


def _area_row(area: Area) -> Raw:
    row = {name: "" if value is None else str(value) for name, value in asdict(area).items()}
    return row | {"neighbours": ";".join(area.neighbours)}


def _measure_row(measure: Measure) -> Raw:
    return {name: str(value) for name, value in asdict(measure).items()}


def _figure_row(figure: TracedFigure) -> Raw:
    return {
        "measure": figure.measure,
        "area": figure.area,
        "period": figure.period,
        "group": figure.group,
        "value": figure.value or "",
        "numerator": "" if figure.numerator is None else str(figure.numerator),
        "denominator": "" if figure.denominator is None else str(figure.denominator),
        "state": figure.state.value,
    }

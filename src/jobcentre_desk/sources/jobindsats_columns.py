"""Which column of an answer is what: metadata and rows are joined by their labels, for the answers hold no ids."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jobcentre_desk import text
from jobcentre_desk.sources.jobindsats_presets import folded
from jobcentre_desk.sources.jobindsats_request import Asked, Question
from jobcentre_desk.sources.jobindsats_tables import JobindsatsTable
from jobcentre_desk.sources.service_client import Digits

_PERIOD, _AREA = ("periode", "period"), ("område", "omrade", "area")


@dataclass(frozen=True, slots=True)
class MeasureColumn:
    """A column of figures: its place, its label, and the id and label of the group of measures it belongs to."""

    at: int
    label: str
    group_id: str
    group_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of one answer; `unknown` labels belong to nothing, `missing` measures have no column."""

    period: int
    area: int
    breakdowns: tuple[tuple[int, Asked], ...]
    measures: tuple[MeasureColumn, ...]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as it was read: labels and rows."""

    labels: tuple[str, ...]
    rows: list[object]

    def values(self, at: int) -> set[object]:
        """The distinct cells of one column (only texts, numbers and nulls)."""
        width = len(self.labels)
        cells = (row[at] for row in self.rows if isinstance(row, list) and len(row) == width)
        return {cell for cell in cells if cell is None or isinstance(cell, str)}


def read_answer(told: object) -> Answered | None:
    """Labels and rows of an answer to `/data`; None when it is something else."""
    if not isinstance(told, dict):
        return None
    labels, rows = told.get("columns"), told.get("rows")
    if not isinstance(labels, list) or not isinstance(rows, list) or not all(isinstance(one, str) for one in labels):
        return None
    return Answered(tuple(text.clean(label) for label in labels), rows)


def join_columns(
    answered: Answered, table: JobindsatsTable, question: Question, *, is_area: Callable[[str], bool]
) -> Columns | None:
    """What each column is; None when there are no periods or no areas, without which nothing can be told."""
    left = dict(enumerate(answered.labels))
    period = _take_labelled(left, _PERIOD)
    area = _take_labelled(left, _AREA)
    measures = _take_measures(left, table, answered)
    if area is None:
        area = next((at for at in left if _all(answered.values(at), is_area)), None)
        left.pop(area, None) if area is not None else None
    if period is None or area is None:
        return None
    breakdowns = _take_breakdowns(left, answered, question.breakdowns)
    held = {column.group_id for column in measures}
    return Columns(
        period=period,
        area=area,
        breakdowns=tuple(sorted(breakdowns, key=lambda one: one[0])),
        measures=tuple(measures),
        unknown=tuple(left.values()),
        missing=tuple(label for name, label in table.measures if name not in held),
    )


def _take_labelled(left: dict[int, str], labels: Sequence[str]) -> int | None:
    at = next((place for place, label in left.items() if folded(label) in labels), None)
    if at is not None:
        del left[at]
    return at


def _take_measures(left: dict[int, str], table: JobindsatsTable, answered: Answered) -> list[MeasureColumn]:
    """Columns named for a group of measures, or beginning with its name ("Group: part")."""
    groups = {folded(label): (name, label) for name, label in table.measures}
    taken = []
    for at, label in list(left.items()):
        group = groups.get(folded(label)) or groups.get(folded(label.partition(": ")[0]))
        if not table.measures and any(isinstance(value, Digits) for value in answered.values(at)):
            group = ("", label)
        if group:
            taken.append(MeasureColumn(at, label, *group))
            del left[at]
    return taken


def _take_breakdowns(left: dict[int, str], answered: Answered, asked: Sequence[Asked]) -> list[tuple[int, Asked]]:
    """The column of each hierarchy: the one that shares most labels with it, else the next one that is left."""
    taken: list[tuple[int, Asked]] = []
    waiting = sorted(asked, key=lambda one: one.is_total)
    for shares in (True, False):
        for one in list(waiting):
            at = _column_for(one, left, answered) if shares else _next_of_texts(left, answered)
            if at is not None:
                taken.append((at, one))
                waiting.remove(one)
                del left[at]
    return taken


def _column_for(asked: Asked, left: dict[int, str], answered: Answered) -> int | None:
    names = {folded(level.name) for level in asked.hierarchy.levels}
    shared = {at: sum(folded(v) in names for v in answered.values(at) if isinstance(v, str)) for at in left}
    best = max(shared, key=lambda at: shared[at], default=None)
    return best if best is not None and shared[best] else None


def _next_of_texts(left: dict[int, str], answered: Answered) -> int | None:
    return next((at for at in left if _all(answered.values(at), lambda value: not isinstance(value, Digits))), None)


def _all(values: set[object], holds: Callable[[str], bool]) -> bool:
    return bool(values) and all(isinstance(value, str) and holds(value) for value in values)

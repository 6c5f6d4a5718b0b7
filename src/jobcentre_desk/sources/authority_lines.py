"""Rows of an authority's file as read: each cell by what its column is, then the rules across the cells of a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jobcentre_desk.model.classifications import ALL
from jobcentre_desk.model.imports import COUNTS, ImportMapping, Target
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.model.publication import RowProblem
from jobcentre_desk.publishing.row_problems import RowsRefused, describe
from jobcentre_desk.sources.authority_cells import CellRead, ColumnReader, Value
from jobcentre_desk.sources.authority_numbers import parting_of
from jobcentre_desk.sources.authority_periods import RowPeriod
from jobcentre_desk.sources.authority_table import REPORT_EVERY, Cells, FileTable
from jobcentre_desk.task import Task
from jobcentre_desk.text import count as written_count
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

MOST_PROBLEMS = 10_000
COLLAPSIBLE = (Target.OCCUPATION, Target.BENEFIT_GROUP, Target.PROGRAMME)
"""What a file may lack; all its traineeships then stand under the code `all`."""

KEY = (Target.CVR, Target.MUNICIPALITY, Target.BRANCH, *COLLAPSIBLE)
OUTCOMES = (
    Target.STARTED,
    Target.COMPLETED,
    Target.JOB_SAME_EMPLOYER,
    Target.JOB_SAME_BRANCH,
    Target.JOB_OTHER_BRANCH,
)

Key = tuple[str, ...]
"""Codes in the order of KEY."""

Counts = tuple[int | None, ...]
"""Counts in the order of OUTCOMES; None is hidden or not yet known."""


class FileRowsRefused(RowsRefused):
    """Rows of a person's own file break rules; `problems` holds every one of them, up to ten thousand."""

    id = "rows_refused"

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        super().__init__(problems)
        self.problems = tuple(problems[:MOST_PROBLEMS])
        found = len(self.problems)
        counted = _n(
            "{n} problem was found in the file:", "{n} problems were found in the file, the first:", found
        ).format(n=written_count(found))
        self.message = f"{counted} {describe(self.problems[0])}"
        self.hint = _("Nothing of the file was taken over; correct it and import it again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the file as read."""

    number: int
    period: RowPeriod
    key: Key
    counts: Counts
    name: str
    size_band: str
    sole_proprietor: bool
    advertising_protected: bool

    @property
    def quarter(self) -> Quarter:
        """The quarter that its period lies in."""
        return self.period.quarter


@dataclass(slots=True)
class Reading:
    """One file being read: place and name of each column by what it is, and what was found so far.

    `mended` counts the rows of each note.
    """

    table: FileTable
    columns: Mapping[Target, tuple[int, str]]
    known_through: Quarter | None
    latest: Quarter | None
    problems: list[RowProblem] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    mended: Counter[str] = field(default_factory=Counter)

    def refuse(self, row: int, target: Target, reason: str) -> None:
        """Note a broken rule."""
        column = self.columns[target][1] if target in self.columns else ""
        self.problems.append(RowProblem(file=self.table.file, row=row, column=column, reason=reason))


def read_lines(reading: Reading, readers: Mapping[Target, ColumnReader], *, task: Task) -> None:
    """Read every row of the file into `reading.lines`, or what is wrong with it into `reading.problems`."""
    rows = reading.table.rows
    for done, (number, cells) in enumerate(rows):
        if done % REPORT_EVERY == 0:
            task.report(done, len(rows), _("Checking the file"))
        _read_line(reading, readers, number, cells)
        if len(reading.problems) >= MOST_PROBLEMS:
            break


def column_reader(table: FileTable, target: Target, place: int) -> ColumnReader:
    """The reader of the column at `place`, its way of writing numbers decided by the whole column."""
    if target in COUNTS:
        return ColumnReader(target, parting_of(cells[place] for _number, cells in table.rows))
    return ColumnReader(target)


def columns_of(table: FileTable, mapping: ImportMapping) -> dict[Target, tuple[int, str]]:
    """The place and name of each column that is something."""
    found: dict[Target, tuple[int, str]] = {}
    for place, name in enumerate(table.layout.columns):
        target = mapping.target_of(name)
        if target is not Target.NOTHING:
            found[target] = (place, name)
    return found


def _read_line(reading: Reading, readers: Mapping[Target, ColumnReader], number: int, cells: Cells) -> None:
    read: dict[Target, CellRead] = {
        target: readers[target].read(cells[place]) for target, (place, _name) in reading.columns.items()
    }
    sound = True
    for target, cell in read.items():
        if cell.reason:
            reading.refuse(number, target, cell.reason)
            sound = False
        elif cell.note:
            reading.mended[cell.note] += 1
    if not sound:
        return
    values = {target: cell.value for target, cell in read.items()}
    line = Line(
        number=number,
        period=_period_of(values),
        key=_key_of(values),
        counts=_counts_of(values),
        name=str(values.get(Target.NAME, "")),
        size_band=str(values.get(Target.SIZE_BAND, "")),
        sole_proprietor=values.get(Target.SOLE_PROPRIETOR) is True,
        advertising_protected=values.get(Target.ADVERTISING_PROTECTED) is True,
    )
    if _check_line(reading, line):
        reading.lines.append(line)


def _period_of(values: Mapping[Target, Value]) -> RowPeriod:
    period = values[Target.PERIOD]
    assert isinstance(period, RowPeriod)
    return period


def _key_of(values: Mapping[Target, Value]) -> Key:
    return tuple(str(values.get(target, ALL)) for target in KEY)


def _counts_of(values: Mapping[Target, Value]) -> Counts:
    counts: dict[Target, Value] = {target: values.get(target) for target in OUTCOMES}
    if Target.JOB_ELSEWHERE in values:
        elsewhere = values[Target.JOB_ELSEWHERE]
        counts[Target.JOB_OTHER_BRANCH] = elsewhere
        counts[Target.JOB_SAME_BRANCH] = None if elsewhere is None else 0
    return tuple(value if isinstance(value, int) else None for value in counts.values())


def _check_line(reading: Reading, line: Line) -> bool:
    _started, completed, *jobs = line.counts
    together = sum(job or 0 for job in jobs)
    if completed is not None and together > completed:
        reason = _("The job counts together are {jobs}, more than the {completed} completed.")
        reading.refuse(line.number, Target.COMPLETED, reason.format(jobs=together, completed=completed))
        return False
    if reading.latest is not None and line.quarter > reading.latest:
        reading.refuse(line.number, Target.PERIOD, _("{period} has not begun yet.").format(period=line.period.text))
        return False
    known = reading.known_through
    if known is not None and line.quarter > known and any(job is not None for job in jobs):
        reason = _(
            "The outcome of {period} cannot be known yet, as outcomes are known through {known}; leave it empty."
        )
        reading.refuse(line.number, Target.JOB_SAME_EMPLOYER, reason.format(period=line.period.text, known=known))
        return False
    return True

"""From the rows of an authority's file to the employers and outcomes of a publication, or all that is wrong with it.

Rows by month or date are added up to quarters: traineeships are additive. A count that is empty in one month is
unknown for the quarter. Municipality and branch of a row are those of the workplace; an employer's own are those
where it had most completed traineeships. A file that does not tell jobs in the same branch from those in another
has them all under `job_other_branch` and none under `job_same_branch`: every page adds these two up to "job
elsewhere", and only who reads the snapshot's own tables sees them apart.
"""

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
from jobcentre_desk.sources.authority_numbers import parting_note, parting_of
from jobcentre_desk.sources.authority_periods import Grain, RowPeriod
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
_MONTHS_A_QUARTER = 3

Key = tuple[str, ...]
Counts = tuple[int | None, ...]


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
class OwnEmployer:
    """One employer of the file: what its latest row says, and its own municipality and branch."""

    cvr: str
    name: str
    branch: str
    municipality: str
    size_band: str
    sole_proprietor: bool
    advertising_protected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFigures:
    """What a file holds: `outcomes` by quarter and key (in the order of KEY), counts in the order of OUTCOMES.

    `known_through` is the last quarter whose outcomes count as known; `notes` tell in finished sentences how the
    file was read.
    """

    employers: tuple[OwnEmployer, ...]
    outcomes: Mapping[tuple[Quarter, Key], Counts]
    known_through: Quarter | None
    collapsed: tuple[Target, ...]
    rows: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of the file as read."""

    number: int
    period: RowPeriod
    key: Key
    counts: Counts
    values: Mapping[Target, Value]

    @property
    def quarter(self) -> Quarter:
        return self.period.quarter


@dataclass(slots=True)
class _Reading:
    """One file being read: its columns by what they are, and what was found so far."""

    table: FileTable
    columns: Mapping[Target, tuple[int, str]]
    known_through: Quarter | None
    latest: Quarter | None
    problems: list[RowProblem] = field(default_factory=list)
    lines: list[_Line] = field(default_factory=list)
    mended: Counter[str] = field(default_factory=Counter)

    def refuse(self, row: int, target: Target, reason: str) -> None:
        column = self.columns[target][1] if target in self.columns else ""
        self.problems.append(RowProblem(file=self.table.file, row=row, column=column, reason=reason))


def read_own_figures(
    table: FileTable,
    mapping: ImportMapping,
    *,
    known_through: Quarter | None,
    latest: Quarter | None = None,
    task: Task,
) -> OwnFigures:
    """Employers and outcomes of a whole file; the mapping must name every column that is needed.

    `known_through` None takes the last quarter that has a job count; rows after the quarter `latest` are refused, for
    one wrong year would move it. Raises FileRowsRefused with every problem by
    row and column; nothing is read by half.
    """
    reading = _Reading(table, _columns_of(table, mapping), known_through, latest, list(table.problems))
    readers = {target: column_reader(table, mapping, target) for target in reading.columns}
    for done, (number, cells) in enumerate(table.rows):
        if done % REPORT_EVERY == 0:
            task.report(done, len(table.rows), _("Checking the file"))
        _read_line(reading, readers, number, cells)
        if len(reading.problems) >= MOST_PROBLEMS:
            break
    outcomes = _added_up(reading)
    if reading.problems:
        raise FileRowsRefused(sorted(reading.problems, key=lambda problem: problem.row))
    known = known_through or _last_with_jobs(outcomes)
    return OwnFigures(
        employers=tuple(_employers(reading.lines)),
        outcomes=outcomes,
        known_through=known,
        collapsed=tuple(target for target in COLLAPSIBLE if target not in reading.columns),
        rows=len(table.rows),
        notes=tuple(_notes(reading, readers, known)),
    )


def column_reader(table: FileTable, mapping: ImportMapping, target: Target) -> ColumnReader:
    """The reader of the column that is `target`, its way of writing numbers decided by the whole column."""
    place, _name = _columns_of(table, mapping)[target]
    if target in COUNTS:
        return ColumnReader(target, parting_of(cells[place] for _number, cells in table.rows))
    return ColumnReader(target)


def _columns_of(table: FileTable, mapping: ImportMapping) -> dict[Target, tuple[int, str]]:
    """The place and name of each column that is something."""
    found: dict[Target, tuple[int, str]] = {}
    for place, name in enumerate(table.layout.columns):
        target = mapping.target_of(name)
        if target is not Target.NOTHING:
            found[target] = (place, name)
    return found


def _read_line(reading: _Reading, readers: Mapping[Target, ColumnReader], number: int, cells: Cells) -> None:
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
    line = _Line(number, _period_of(values), _key_of(values), _counts_of(values), values)
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


def _check_line(reading: _Reading, line: _Line) -> bool:
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


def _added_up(reading: _Reading) -> dict[tuple[Quarter, Key], Counts]:
    """Counts by quarter and key; the same line twice counts once, with other numbers it is a problem."""
    seen: dict[tuple[str, Key], _Line] = {}
    grains: dict[tuple[Quarter, Key], _Line] = {}
    sums: dict[tuple[Quarter, Key], Counts] = {}
    for line in reading.lines:
        former = seen.setdefault((line.period.text, line.key), line)
        if former is not line:
            if former.counts != line.counts:
                reason = _("Row {row} has the same period, employer and groups with other numbers.")
                reading.refuse(line.number, Target.CVR, reason.format(row=former.number))
            continue
        place = (line.quarter, line.key)
        other = grains.setdefault(place, line)
        if other.period.grain is not line.period.grain:
            reason = _("Row {row} counts the same quarter by another kind of period; both together would count twice.")
            reading.refuse(line.number, Target.PERIOD, reason.format(row=other.number))
            continue
        sums[place] = _sum(sums[place], line.counts) if place in sums else line.counts
    return sums


def _sum(left: Counts, right: Counts) -> Counts:
    return tuple(None if a is None or b is None else a + b for a, b in zip(left, right, strict=True))


def _last_with_jobs(outcomes: Mapping[tuple[Quarter, Key], Counts]) -> Quarter | None:
    return max(
        (quarter for (quarter, _key), counts in outcomes.items() if any(job is not None for job in counts[2:])),
        default=None,
    )


def _employers(lines: Sequence[_Line]) -> list[OwnEmployer]:
    by_cvr: dict[str, list[_Line]] = {}
    for line in sorted(lines, key=lambda line: (line.quarter, line.period.text, line.number)):
        by_cvr.setdefault(line.key[0], []).append(line)
    return [_employer(cvr, its_lines) for cvr, its_lines in sorted(by_cvr.items())]


def _employer(cvr: str, lines: Sequence[_Line]) -> OwnEmployer:
    return OwnEmployer(
        cvr=cvr,
        name=_latest(lines, Target.NAME) or cvr,
        branch=_most_completed(lines, 2),
        municipality=_most_completed(lines, 1),
        size_band=_latest(lines, Target.SIZE_BAND),
        sole_proprietor=any(line.values.get(Target.SOLE_PROPRIETOR) for line in lines),
        advertising_protected=any(line.values.get(Target.ADVERTISING_PROTECTED) for line in lines),
    )


def _latest(lines: Sequence[_Line], target: Target) -> str:
    """What the latest row that says anything says."""
    return next((str(said) for line in reversed(lines) if (said := line.values.get(target))), "")


def _most_completed(lines: Sequence[_Line], place: int) -> str:
    """The code at this place of the key with most completed traineeships, the first code of equals."""
    completed: Counter[str] = Counter()
    for line in lines:
        completed[line.key[place]] += line.counts[1] or 0
    return min(completed, key=lambda code: (-completed[code], code))


def _notes(reading: _Reading, readers: Mapping[Target, ColumnReader], known: Quarter | None) -> list[str]:
    notes = [
        _("{column}: {sentence}").format(column=reading.columns[target][1], sentence=note)
        for target, reader in readers.items()
        if (note := parting_note(reader.parting))
    ]
    notes += [
        _n("{sentence} ({n} row)", "{sentence} ({n} rows)", number).format(sentence=note, n=written_count(number))
        for note, number in reading.mended.items()
    ]
    return notes + _known_notes(reading, known) + _missing_notes(reading)


def _known_notes(reading: _Reading, known: Quarter | None) -> list[str]:
    if known is None:
        return [_("No row has a job count, so no outcome is known.")]
    notes = (
        [] if reading.known_through else [_("Outcomes count as known through {quarter}, the last with a job count.")]
    )
    last = max(line.quarter for line in reading.lines)
    months = {line.period.text for line in reading.lines if line.quarter == last and line.period.grain is Grain.MONTH}
    if 0 < len(months) < _MONTHS_A_QUARTER:
        notes.append(
            _n(
                "The last quarter, {last}, has rows of {n} month only.",
                "The last quarter, {last}, has rows of {n} months only.",
                len(months),
            )
        )
    return [note.format(quarter=known, last=last, n=len(months)) for note in notes]


def _missing_notes(reading: _Reading) -> list[str]:
    told = (
        (Target.NAME, _("No column is the name: employers are shown by their CVR number.")),
        (Target.STARTED, _("No column counts those who started: the count is shown as hidden.")),
        (Target.SOLE_PROPRIETOR, _("No column says which employers are sole proprietors; none is taken for one.")),
        (Target.OCCUPATION, _("No column is the occupation: all traineeships stand under “All”.")),
        (Target.BENEFIT_GROUP, _("No column is the benefit group: all traineeships stand under “All”.")),
        (Target.PROGRAMME, _("No column is the programme: all traineeships stand under “All”.")),
    )
    notes = [sentence for target, sentence in told if target not in reading.columns]
    if Target.JOB_ELSEWHERE in reading.columns:
        notes.append(
            _("The file does not tell jobs in the same branch from those in another; they count as elsewhere.")
        )
    return notes

"""From the rows of an authority's file to the employers and outcomes of a publication, or all that is wrong with it.

Rows by month or date are added up to quarters: traineeships are additive. A count that is empty in one month is
unknown for the quarter. Municipality and branch of a row are those of the workplace; an employer's own are those
where it had most completed traineeships. A file that does not tell jobs in the same branch from those in another
has them all under `job_other_branch` and none under `job_same_branch`: every page adds these two up to "job
elsewhere", and only who reads the snapshot's own tables sees them apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jobcentre_desk.model.imports import ImportMapping, Target
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.sources.authority_lines import (
    COLLAPSIBLE,
    Counts,
    FileRowsRefused,
    Key,
    Line,
    Reading,
    column_reader,
    columns_of,
    read_lines,
)
from jobcentre_desk.sources.authority_notes import reading_notes
from jobcentre_desk.sources.authority_table import FileTable
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _


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
    reading = Reading(table, columns_of(table, mapping), known_through, latest, list(table.problems))
    readers = {target: column_reader(table, target, place) for target, (place, _name) in reading.columns.items()}
    read_lines(reading, readers, task=task)
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
        notes=reading_notes(reading, readers, known),
    )


def _added_up(reading: Reading) -> dict[tuple[Quarter, Key], Counts]:
    """Counts by quarter and key; the same line twice counts once, with other numbers it is a problem."""
    seen: dict[tuple[str, Key], Line] = {}
    grains: dict[tuple[Quarter, Key], Line] = {}
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


def _employers(lines: Sequence[Line]) -> list[OwnEmployer]:
    by_cvr: dict[str, list[Line]] = {}
    for line in sorted(lines, key=lambda line: (line.quarter, line.period.text, line.number)):
        by_cvr.setdefault(line.key[0], []).append(line)
    return [_employer(cvr, its_lines) for cvr, its_lines in sorted(by_cvr.items())]


def _employer(cvr: str, lines: Sequence[Line]) -> OwnEmployer:
    return OwnEmployer(
        cvr=cvr,
        name=_latest(line.name for line in lines) or cvr,
        branch=_most_completed(lines, 2),
        municipality=_most_completed(lines, 1),
        size_band=_latest(line.size_band for line in lines),
        sole_proprietor=any(line.sole_proprietor for line in lines),
        advertising_protected=any(line.advertising_protected for line in lines),
    )


def _latest(said: Iterable[str]) -> str:
    """What the latest row that says anything says."""
    return next((words for words in reversed(list(said)) if words), "")


def _most_completed(lines: Sequence[Line], place: int) -> str:
    """The code at this place of the key with most completed traineeships, the first code of equals."""
    completed: Counter[str] = Counter()
    for line in lines:
        completed[line.key[place]] += line.counts[1] or 0
    return min(completed, key=lambda code: (-completed[code], code))

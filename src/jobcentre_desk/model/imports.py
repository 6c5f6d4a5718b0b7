"""An authority's own file (CSV or xlsx): how it is laid out, what its columns mean, and the first rows of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

ROWS_SHOWN = 50
"""How many rows are shown before a file is taken in."""


class Target(StrEnum):
    """What a column of the file is; NOTHING leaves it out.

    Municipality and branch are those of the workplace. JOB_ELSEWHERE is the count of those who got a job with another
    employer, where the file does not tell the same branch from another.
    """

    NOTHING = ""
    PERIOD = "period"
    CVR = "cvr"
    NAME = "name"
    MUNICIPALITY = "municipality"
    BRANCH = "branch"
    OCCUPATION = "occupation"
    BENEFIT_GROUP = "benefit_group"
    PROGRAMME = "programme"
    SIZE_BAND = "size_band"
    SOLE_PROPRIETOR = "sole_proprietor"
    ADVERTISING_PROTECTED = "advertising_protected"
    STARTED = "started"
    COMPLETED = "completed"
    JOB_SAME_EMPLOYER = "job_same_employer"
    JOB_SAME_BRANCH = "job_same_branch"
    JOB_OTHER_BRANCH = "job_other_branch"
    JOB_ELSEWHERE = "job_elsewhere"


ALWAYS_NEEDED = (
    Target.PERIOD,
    Target.CVR,
    Target.MUNICIPALITY,
    Target.BRANCH,
    Target.COMPLETED,
    Target.JOB_SAME_EMPLOYER,
)
JOBS_ELSEWHERE_APART = (Target.JOB_SAME_BRANCH, Target.JOB_OTHER_BRANCH)
COUNTS = (
    Target.STARTED,
    Target.COMPLETED,
    Target.JOB_SAME_EMPLOYER,
    *JOBS_ELSEWHERE_APART,
    Target.JOB_ELSEWHERE,
)


class FileKind(StrEnum):
    """The two kinds of file that can be read."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLayout:
    """How a file is laid out.

    `encoding` ("utf-8", "utf-16", "windows-1252") and `separator` (";", "," or a tab) are those of a CSV, "" for an
    xlsx; `sheet` and `sheets` those of an xlsx. `header_row` counts from 1; `columns` are the names in it, made
    plain, unique and never empty.
    """

    kind: FileKind
    columns: tuple[str, ...]
    header_row: int
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLook:
    """A first look at a file: its layout, its first rows as text, and a guess of what each column is.

    `rows` holds at most ROWS_SHOWN rows, each as wide as `layout.columns`, and `row_numbers` the row each has in the
    file (1 = the first line). `row_count` counts all rows below the header. `decided_by` says in finished sentences how
    encoding, separator, sheet and header were found.
    """

    path: Path
    layout: FileLayout
    rows: tuple[tuple[str, ...], ...]
    row_numbers: tuple[int, ...]
    row_count: int
    decided_by: str
    guesses: Mapping[str, Target] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """One column of the file by its name, and what it is."""

    column: str
    target: Target


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportMapping:
    """What every column of a file is, and how the file is read; "" of encoding, separator or sheet = found out."""

    columns: tuple[ColumnMapping, ...]
    encoding: str = ""
    separator: str = ""
    sheet: str = ""

    def column_of(self, target: Target) -> str | None:
        """The name of the first column that is `target`; None where no column is."""
        return next((one.column for one in self.columns if one.target is target), None)

    def target_of(self, column: str) -> Target:
        """What the column of that name is; NOTHING where the mapping does not name it."""
        return next((one.target for one in self.columns if one.column == column), Target.NOTHING)

    def with_target(self, column: str, target: Target) -> ImportMapping:
        """The same mapping with one column changed; a column that was `target` before becomes NOTHING."""
        changed = tuple(
            ColumnMapping(
                column=one.column,
                target=target if one.column == column else Target.NOTHING if one.target is target else one.target,
            )
            for one in self.columns
        )
        return ImportMapping(columns=changed, encoding=self.encoding, separator=self.separator, sheet=self.sheet)

    def missing(self) -> tuple[Target, ...]:
        """What a file must have and no column is; without JOB_ELSEWHERE the same and another branch are both needed."""
        needed = list(ALWAYS_NEEDED)
        if self.column_of(Target.JOB_ELSEWHERE) is None:
            needed += JOBS_ELSEWHERE_APART
        return tuple(target for target in needed if self.column_of(target) is None)

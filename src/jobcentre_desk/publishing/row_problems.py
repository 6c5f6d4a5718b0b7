"""Broken rules collected row by row, and the refusal of a whole release because of them."""

from __future__ import annotations

from collections.abc import Sequence

from jobcentre_desk.errors import PublicationRefused
from jobcentre_desk.model.publication import RowProblem
from jobcentre_desk.text import clean
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

MOST_PROBLEMS = 100
_LONGEST_QUOTE = 40


class RowsRefused(PublicationRefused):
    """Rows of a release break rules; `problems` holds the first hundred, in the order of file and row."""

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        self.problems = tuple(problems[:MOST_PROBLEMS])
        first = self.problems[0]
        found = len(self.problems)
        counted = _n(
            "{n} problem was found in the rows of the release:",
            "{n} problems were found in the rows of the release (no more than 100 are told), the first:",
            found,
        ).format(n=found)
        super().__init__(
            f"{counted} {describe(first)}",
            _("Nothing of this release was taken over; ask the publisher for a corrected one."),
        )


def describe(problem: RowProblem) -> str:
    """One problem in a sentence: file, row, column and reason."""
    return _("{file}, row {row}, column {column}: {reason}").format(
        file=problem.file, row=problem.row, column=problem.column, reason=problem.reason
    )


def refuse_rows(problems: Sequence[RowProblem]) -> None:
    """Raise RowsRefused when there are problems; do nothing otherwise."""
    if problems:
        raise RowsRefused(problems)


def quoted(value: str) -> str:
    """A value from a file as it may stand in a reason: plain, short and in quotation marks."""
    plain = clean(value, longest=_LONGEST_QUOTE + 1)
    return f"“{plain[:_LONGEST_QUOTE]}…”" if len(plain) > _LONGEST_QUOTE else f"“{plain}”"

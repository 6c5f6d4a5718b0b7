"""A guess of what each column of an authority's file is: by its name, else by what stands in it."""

from __future__ import annotations

from collections.abc import Mapping

from jobcentre_desk.model.imports import JOBS_ELSEWHERE_APART, ROWS_SHOWN, Target
from jobcentre_desk.sources.authority_cells import ColumnReader
from jobcentre_desk.sources.authority_names import target_by_name
from jobcentre_desk.sources.authority_table import FileTable

_BY_CONTENT = (
    Target.CVR,
    Target.MUNICIPALITY,
    Target.PERIOD,
    Target.BENEFIT_GROUP,
    Target.PROGRAMME,
    Target.BRANCH,
    Target.OCCUPATION,
)
_LIKE_EACH_OTHER = frozenset({Target.BRANCH, Target.OCCUPATION})
"""Both are four digits: a column that fits both is left for the person to say."""

_SURE = 0.9


def guess_targets(table: FileTable) -> dict[str, Target]:
    """What each column probably is, each kind once; NOTHING where nothing speaks for anything.

    Where two columns have names of the same kind (a municipality by code and by name), the one that can be read best is
    taken, the first of equals. A column whose name says nothing is known by its first rows, if nine of ten fit.
    """
    cells = _first_cells(table)
    guesses = dict.fromkeys(table.layout.columns, Target.NOTHING)
    for target in Target:
        named = [name for name in cells if target and target_by_name(name) is target]
        if named:
            guesses[max(named, key=lambda name: _share_read(target, cells[name]))] = target
    for target in _BY_CONTENT:
        if target not in guesses.values():
            _guess_by_content(target, guesses, cells)
    if set(JOBS_ELSEWHERE_APART) <= set(guesses.values()):
        guesses = {name: Target.NOTHING if guess is Target.JOB_ELSEWHERE else guess for name, guess in guesses.items()}
    return guesses


def _first_cells(table: FileTable) -> dict[str, tuple[str, ...]]:
    columns = zip(*(cells for _number, cells in table.rows[:ROWS_SHOWN]), strict=True)
    return dict(zip(table.layout.columns, columns, strict=False))


def _guess_by_content(target: Target, guesses: dict[str, Target], cells: Mapping[str, tuple[str, ...]]) -> None:
    for name, column in cells.items():
        free = guesses[name] is Target.NOTHING and target_by_name(name) is Target.NOTHING
        if free and _share_read(target, column) >= _SURE and not _could_be_the_other(target, column):
            guesses[name] = target
            return


def _could_be_the_other(target: Target, column: tuple[str, ...]) -> bool:
    others = _LIKE_EACH_OTHER - {target} if target in _LIKE_EACH_OTHER else frozenset[Target]()
    return any(_share_read(other, column) >= _SURE for other in others)


def _share_read(target: Target, column: tuple[str, ...]) -> float:
    """The share of the cells that are not empty which can be read as `target`; 0 where all are empty."""
    filled = [cell for cell in column if cell.strip()]
    reader = ColumnReader(target)
    return sum(not reader.read(cell).reason for cell in filled) / len(filled) if filled else 0.0

"""Tables that left the program, read back as counts: from the CSV file, the JSON and the tables of a page."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from trust.attacker import Cell, Region

from jobcentre_desk.cli import json_forms
from jobcentre_desk.desk import exports, guard
from jobcentre_desk.desk.branch_exports import remember_map
from jobcentre_desk.desk.branches import branch_rows, occupation_rows
from jobcentre_desk.desk.cross_tally import cross_tally
from jobcentre_desk.desk.employer import compare_employer
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.find import find_employers, rows
from jobcentre_desk.desk.heat_map import RESULTS, results_map
from jobcentre_desk.desk.scopes import LISTS
from jobcentre_desk.model.branch_pages import JobKind
from jobcentre_desk.model.outcomes import Counts, Period, Scope, State
from jobcentre_desk.model.pages import OccupationStanding, QuarterStanding
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.task import Task

MINIMUM = 3


@dataclass(frozen=True)
class Table:
    """What one export shows: counts by subject (a CVR number, a row's code), and sums of counts with their total.

    `sums` are lists of (what is shown, the truth) with the total shown beside them.
    """

    kind: str
    figures: Figures
    scope: Scope
    period: Period
    cells: dict[str, list[Cell]]


def _list(figures: Figures, scope: Scope, _cvr: str, folder: Path, *, guarded: bool) -> list[Table]:
    found = find_employers(figures, scope)
    true = {row.cvr: row.counts for row in rows(figures, found, 0, found.total)}
    shown: dict[str, dict[str, int | None]] = {}
    if guarded:
        path = folder / "list.csv"
        exports.save_employers(figures, found, path, task=Task())
        for cells in list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))[1:]:
            numbers = [None if cell == "hidden" else int(cell.replace(",", "")) for cell in cells[4:8]]
            shown[cells[0]] = dict(zip(("started", "completed", "same", "elsewhere"), numbers, strict=True))
            share = re.match(r"(\d+)", cells[8])
            shown[cells[0]]["jobs"] = true[cells[0]].jobs if share else None
    else:
        shown = {cvr: _by_primary(counts) for cvr, counts in true.items()}
    unseen = dict.fromkeys(("started", "completed", "jobs", "same", "elsewhere"))
    shown |= {cvr: unseen for cvr in true if cvr not in shown}
    region = _region(figures, scope, found.period)
    outcomes = _known(region, found.period)
    return [
        Table(
            "list",
            figures,
            scope,
            found.period,
            {cvr: _cells(region, outcomes, true[cvr], told) for cvr, told in shown.items()},
        )
    ]


def _standings(figures: Figures, scope: Scope, kind: str, *, guarded: bool) -> list[Table]:
    of, column = {"branches": (branch_rows, "branch"), "occupations": (occupation_rows, "occupation")}[kind]
    scope = replace(scope, text="", min_completed=1)
    whole = shared = of(figures, scope)
    if guarded:
        shared = guard.shared_standings(whole, figures, kind=kind, scope=scope)
        guard.remember_standings(whole, figures, kind=kind, scope=scope)
    cells = {}
    for row, told in zip(whole.rows, shared.rows, strict=True):
        form = json_forms.branch_form(told)
        inside = frozenset(figures.codes.tree(LISTS[column][0]).closure([row.code]))
        region = _with(_region(figures, scope, whole.period), column, inside)
        seen = {
            "started": form["started"],
            "completed": form["completed"],
            "same": form["job_same_employer"],
            "elsewhere": form["job_elsewhere"],
            "jobs": None if form["rate"] is None else row.counts.jobs,
        }
        told_by = seen if guarded else _by_primary(row.counts)
        cells[f"{kind} {row.code}"] = _cells(region, _known(region, whole.period), row.counts, told_by)
    return [Table(kind, figures, scope, whole.period, cells)]


def _branches(figures: Figures, scope: Scope, _cvr: str, _folder: Path, *, guarded: bool) -> list[Table]:
    return _standings(figures, scope, "branches", guarded=guarded)


def _occupations(figures: Figures, scope: Scope, _cvr: str, _folder: Path, *, guarded: bool) -> list[Table]:
    return _standings(figures, scope, "occupations", guarded=guarded)


def _sheet(figures: Figures, scope: Scope, cvr: str, folder: Path, *, guarded: bool) -> list[Table]:
    scope = replace(scope, municipalities=(), branches=(), text="", min_completed=1)
    whole = compare_employer(figures, cvr, scope=scope)
    page = exports.shared_employer_page(figures, cvr, scope=scope)
    form = json_forms.employer_form(page.comparison)
    if guarded:
        exports.save_employer_sheet(figures, cvr, folder / "sheet.pdf", scope=scope)
    region, period = _region(figures, scope, whole.period), whole.period
    own = form["own"]
    seen = {
        "started": own["started"],
        "completed": own["completed"],
        "same": own["job_same_employer"],
        "elsewhere": own["job_elsewhere"],
        "jobs": None if own["rate"] is None else whole.own.counts.jobs,
    }
    cells = _cells(region, _known(region, period), whole.own.counts, seen if guarded else _by_primary(whole.own.counts))
    cells += _quarter_cells(region, whole.quarters, form["quarters"], guarded=guarded)
    if guarded:
        cells += _trend_cells(region, whole.quarters, page.trend.table.rows)
    cells += _occupation_cells(region, period, whole.occupations, form["occupations"], guarded=guarded)
    tables = [Table("sheet", figures, scope, period, {cvr: cells})]
    for name in ("reference", "rest_of_branch"):
        side, told = getattr(whole, name).counts, form[name]
        if page.comparison.reference_branch == whole.reference_branch and whole.reference_branch and guarded:
            _beside(
                tables, f"{name} {cvr if name != 'reference' else whole.reference_branch}", region, period, side, told
            )
    return tables


def _beside(
    tables: list[Table], subject: str, region: Region, period: Period, true: Counts, told: dict[str, Any]
) -> None:
    seen = {
        "started": told["started"],
        "completed": told["completed"],
        "same": told["job_same_employer"],
        "elsewhere": told["job_elsewhere"],
        "jobs": None if told["rate"] is None else true.jobs,
    }
    tables[0].cells[subject] = _cells(region, _known(region, period), true, seen)


def _quarter_cells(
    region: Region, true: Sequence[QuarterStanding], told: Sequence[dict[str, Any]], *, guarded: bool
) -> list[Cell]:
    cells = []
    for quarter, form in zip(true, told, strict=True):
        at = _in_quarters(region, [quarter.quarter])
        small = 1 <= quarter.started < MINIMUM
        shown = form["started"] if guarded else None if small else quarter.started
        cells.append(Cell(at, "started", shown, quarter.started, small))
        if quarter.rate.value is None and quarter.completed:
            continue
        few = _few_of(quarter.rate.x, quarter.rate.n)
        cells += _rate(at, quarter.rate.x, quarter.rate.n, hidden=form["state"] == "hidden" if guarded else few)
    return cells


def _rate(at: Region, x: int, n: int, *, hidden: bool) -> list[Cell]:
    """The counts of "x of n"; where n alone is large enough it may be known, as in a list, and is no hidden count."""
    few = _few_of(x, n)
    values = [("jobs", x), ("nobody", n - x)]
    if not hidden or not few or 1 <= n < MINIMUM:
        values.append(("completed", n))
    return [Cell(at, measure, None if hidden else value, value, few) for measure, value in values]


def _trend_cells(region: Region, true: Sequence[QuarterStanding], rows_told: Sequence[Sequence[str]]) -> list[Cell]:
    """The sums of quarters of the trend: how many quarters each holds is what all the points shown agree with."""
    names = [Quarter.parse(one.quarter) for one in true]
    by_name = {f"Q{quarter.number} {quarter.year}": place for place, quarter in enumerate(names) if quarter}
    told = [
        (by_name[" ".join(line[0].split())], _of(line[2])) for line in rows_told if " ".join(line[0].split()) in by_name
    ]
    for length in (4, 2, 1):
        sums = [_summed(true, place, length) for place, _of_told in told]
        if all(seen is None or seen == found for (_place, seen), found in zip(told, sums, strict=True)):
            return [
                cell
                for (place, seen), found in zip(told, sums, strict=True)
                if found is not None and true[place].rate.value is not None
                for cell in _pair(region, [one.quarter for one in true[place + 1 - length : place + 1]], seen, found)
            ]
    raise AssertionError("the trend shows sums of no length")


def _pair(region: Region, quarters: Sequence[str], seen: tuple[int, int] | None, found: tuple[int, int]) -> list[Cell]:
    return _rate(_in_quarters(region, quarters), *found, hidden=seen is None)


def _summed(true: Sequence[QuarterStanding], place: int, length: int) -> tuple[int, int] | None:
    if place + 1 < length:
        return None
    part = true[place + 1 - length : place + 1]
    return sum(one.rate.x for one in part), sum(one.rate.n for one in part)


def _of(words: str) -> tuple[int, int] | None:
    numbers = re.fullmatch(r"([\d,]+) of ([\d,]+)", words)
    return None if numbers is None else (int(numbers[1].replace(",", "")), int(numbers[2].replace(",", "")))


def _occupation_cells(
    region: Region,
    period: Period,
    true: Sequence[OccupationStanding],
    told: Sequence[dict[str, Any]],
    *,
    guarded: bool,
) -> list[Cell]:
    cells = []
    for one, form in zip(true, told, strict=True):
        outcomes = _known(region, period)
        at = _with(outcomes, "occupation", frozenset([one.code]))
        few = _few_of(one.rate.x, one.rate.n)
        cells += _rate(at, one.rate.x, one.rate.n, hidden=form["state"] == "hidden" if guarded else few)
    return cells


def _cells(region: Region, outcomes: Region, true: Counts, told: dict[str, int | None]) -> list[Cell]:
    small = _by_primary(true)
    values = {
        "started": true.started,
        "completed": true.completed,
        "jobs": true.jobs,
        "same": true.job_same_employer,
        "elsewhere": true.job_elsewhere,
        "nobody": true.completed - true.jobs,
    }
    told = {**told, "nobody": None if None in (told["completed"], told["jobs"]) else values["nobody"]}
    small["nobody"] = small["jobs"]
    return [
        Cell(region if name == "started" else outcomes, name, told[name], value, small[name] is None)
        for name, value in values.items()
    ]


def _by_primary(true: Counts) -> dict[str, int | None]:
    """What the primary rule alone would show, written anew."""
    few = 1 <= true.completed < MINIMUM
    few_jobs = few or _few_of(true.jobs, true.completed)
    few_kinds = few_jobs or any(_few_of(part, true.completed) for part in (true.job_same_employer, true.job_elsewhere))
    return {
        "started": None if 1 <= true.started < MINIMUM else true.started,
        "completed": None if few else true.completed,
        "jobs": None if few_jobs else true.jobs,
        "same": None if few_kinds else true.job_same_employer,
        "elsewhere": None if few_kinds else true.job_elsewhere,
    }


def _few_of(x: int, n: int) -> bool:
    return any(1 <= value < MINIMUM for value in (n, x, n - x))


def _region(figures: Figures, scope: Scope, period: Period) -> Region:
    parts = [("quarter", frozenset(map(str, period.span.quarters())))]
    for column, (name, attribute) in LISTS.items():
        asked = getattr(scope, attribute)
        if asked:
            closed = asked if name == "areas" else figures.codes.tree(name).closure(asked)
            parts.append((column, frozenset(closed)))
    return tuple(parts)


def _known(region: Region, period: Period) -> Region:
    return _in_quarters(region, [str(quarter) for quarter in period.known])


def _in_quarters(region: Region, quarters: Sequence[str]) -> Region:
    return (("quarter", frozenset(quarters)), *(part for part in region if part[0] != "quarter"))


def _with(region: Region, name: str, codes: frozenset[str]) -> Region:
    return (*(part for part in region if part[0] != name), (name, codes))


def _map(figures: Figures, scope: Scope, _cvr: str, _folder: Path, *, guarded: bool) -> list[Table]:
    """A heat map of results; its totals are rows of branches and of occupations."""
    scope = replace(scope, occupations=(), text="", min_completed=1)
    tally = cross_tally(figures, scope)
    if not tally.rows:
        return []
    shown = results_map(figures, scope, tally, minimum=MINIMUM)
    if guarded:
        remember_map(figures, scope, RESULTS[JobKind.ANY])
    parent = tally.rows[0].parent
    outcomes = _known(
        _region(figures, replace(scope, branches=(parent,) if parent else ()), tally.period), tally.period
    )
    cells: dict[str, list[Cell]] = {}
    for row, line in zip([*(code.code for code in tally.rows), ""], shown.cells, strict=True):
        for column, cell in zip([*(code.code for code in tally.columns), ""], line, strict=True):
            at, subject = outcomes, f"cell {row}/{column}" if row and column else "all"
            for name, code in (("branch", row), ("occupation", column)):
                if code:
                    tree = figures.codes.tree(LISTS[name][0])
                    at = _with(at, name, frozenset(tree.closure([code])))
            if not (row and column) and row + column:
                subject = f"branches {row}" if row else f"occupations {column}"
            place = shown.row_codes.index(row), shown.column_codes.index(column)
            x, n = int(tally.counts["jobs"][place]), int(tally.counts["completed"][place])
            hidden = cell.state is State.HIDDEN if guarded else _few_of(x, n)
            cells.setdefault(subject, []).extend(_rate(at, x, n, hidden=hidden) if n else [])
    return [Table("map", figures, scope, tally.period, cells)]


KINDS: dict[str, Callable[..., list[Table]]] = {
    "map": _map,
    "list": _list,
    "sheet": _sheet,
    "branches": _branches,
    "occupations": _occupations,
}

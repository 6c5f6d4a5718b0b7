"""Which few branches or employers make up half of the gap in traineeship outcomes of a municipality.

The gap of a part is (reference rate - own rate) x completed: how many more would have gone on to a job at the rate
that is usual in its branch. A branch is held against the same branch in the whole country, an employer against its
reference branch (the one behind its badge). Both include the municipality itself. Parts that lie above add nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.desk import measure_wording as words
from jobcentre_desk.desk.branches import CodeStandings, branch_rows
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.find import find_employers
from jobcentre_desk.desk.reference import country, references
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.municipalities import GapPart, GapParts
from jobcentre_desk.model.outcomes import Scope, State
from jobcentre_desk.statistics.disclosure import is_small
from jobcentre_desk.statistics.targets import half_of_gap
from jobcentre_desk.text import count, decimal, language, percent
from jobcentre_desk.text import translate as _

Kind = Literal["branch", "employer"]
MOST_SHOWN = 12
"""Parts that are named; half of a gap among employers may lie with more."""


@dataclass(frozen=True, slots=True)
class PartsFound:
    """The parts that make up half of the gap, largest first; `every` holds all branches with a rate.

    `of` counts all parts with a rate, `half` how many of them make up half, `persons` is the gap of those below.
    """

    kind: Kind
    parts: tuple[GapPart, ...]
    of: int
    half: int
    persons: float
    every: tuple[GapPart, ...] = ()


@dataclass(frozen=True, slots=True)
class _Gaps:
    """The rated employers of a municipality: ids, completed, jobs, reference rate, gap in persons."""

    ids: NDArray[np.int64]
    completed: NDArray[np.int64]
    jobs: NDArray[np.int64]
    rate: NDArray[np.float64]
    gap: NDArray[np.float64]


def branch_parts(figures: Figures, municipality: str, *, least: int = 0) -> PartsFound:
    """The divisions of branches (by the workplace) of the latest known year, held against the whole country.

    `least` is the smallest count that may be told; divisions with smaller ones are not named (0 = all are).
    """
    kept: dict[str, PartsFound] = figures.kept(("parts by branch", language()), dict)
    if municipality not in kept:
        kept[municipality] = _branch_parts(figures, municipality)
    found = kept[municipality]
    parts, every = (
        tuple(part for part in named if not _is_small(part.completed, part.jobs, least))
        for named in (found.parts, found.every)
    )
    return replace(found, parts=parts, every=every)


def employer_parts(figures: Figures, municipality: str, *, least: int = 0, most: int = MOST_SHOWN) -> PartsFound:
    """The employers of the municipality in the latest known year, each held against its reference branch.

    At most `most` are named; with `least` none with smaller counts, and nobody who trades in their own name.
    """
    kept: dict[str, _Gaps] = figures.kept(("parts by employer",), dict)
    if municipality not in kept:
        kept[municipality] = _gaps(figures, municipality)
    gaps = kept[municipality]
    taken = half_of_gap(gaps.gap)
    parts: list[GapPart] = []
    for place in taken:
        if len(parts) == most:
            break
        n, x, employer = int(gaps.completed[place]), int(gaps.jobs[place]), int(gaps.ids[place])
        if _is_small(n, x, least) or (least and figures.employers.is_sole_proprietor(employer)):
            continue
        told = figures.employer_at(employer)
        parts.append(_part(told.cvr, told.name, n, x, (float(gaps.rate[place]), float(gaps.gap[place]))))
    persons = float(gaps.gap[gaps.gap > 0].sum())
    return PartsFound("employer", tuple(parts), len(gaps.ids), len(taken), persons)


def _branch_parts(figures: Figures, municipality: str) -> PartsFound:
    sections = tuple(code.code for code in figures.codes.branches.children())
    whole: CodeStandings = figures.kept(
        ("divisions of the country",), lambda: branch_rows(figures, Scope(branches=sections))
    )
    usual = {row.code: row.rate.value for row in whole.rows if row.state is State.KNOWN and row.rate.value is not None}
    own = branch_rows(figures, Scope(municipalities=(municipality,), branches=sections))
    found = []
    for row in own.rows:
        if row.state is State.KNOWN and row.rate.n and row.code in usual:
            gap = usual[row.code] * row.rate.n - row.rate.x
            found.append(_part(row.code, row.title, row.rate.n, row.rate.x, (usual[row.code], gap)))
    return _found("branch", found)


def _gaps(figures: Figures, municipality: str) -> _Gaps:
    found = find_employers(figures, Scope(municipalities=(municipality,)))
    rated = np.flatnonzero(found.is_rated())
    ids, n, x = found.ids.take(rated), found.completed.take(rated), found.jobs.take(rated)
    if not len(ids):
        return _Gaps(ids, n, x, np.zeros(0), np.zeros(0))
    rate = references(figures, country(figures, found.narrowing, found.period.known), ids).rate
    return _Gaps(ids, n, x, rate, np.nan_to_num(rate * n - x))


def _is_small(completed: int, jobs: int, least: int) -> bool:
    return bool(least) and (completed < least or bool(is_small(jobs, completed, least)))


def parts_view(found: PartsFound) -> GapParts:
    """The parts that make up half of the gap, with their sentence and table."""
    named = found.parts[:MOST_SHOWN]
    title = _("Branches that make up half") if found.kind == "branch" else _("Employers that make up half")
    first = _("Branch") if found.kind == "branch" else _("Employer")
    return GapParts(
        title=title,
        sentence=words.parts_sentence(round(found.persons), found.half, found.of, kind=found.kind),
        parts=named,
        all_parts=found.of,
        persons=found.persons,
        table=TableOf(
            header=(first, _("Completed"), _("In a job"), _("Usual"), _("More a year")),
            rows=tuple(
                (
                    part.name,
                    count(part.completed),
                    count(part.jobs),
                    percent(part.reference),
                    decimal(part.persons, places=1),
                )
                for part in named
            ),
            numeric=(False, True, True, True, True),
        ),
    )


def _part(code: str, name: str, n: int, x: int, numbers: tuple[float, float]) -> GapPart:
    return GapPart(code=code, name=name, completed=n, jobs=x, reference=numbers[0], persons=numbers[1])


def _found(kind: Kind, parts: Sequence[GapPart]) -> PartsFound:
    ordered = tuple(sorted(parts, key=lambda part: (-part.persons, part.code)))
    gaps = [part.persons for part in ordered]
    half = len(half_of_gap(gaps))
    return PartsFound(kind, ordered[:half], len(ordered), half, sum(max(gap, 0.0) for gap in gaps), ordered)

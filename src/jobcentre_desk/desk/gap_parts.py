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
from jobcentre_desk.text import count, decimal, percent
from jobcentre_desk.text import translate as _

Kind = Literal["branch", "employer"]
MOST_SHOWN = 12
"""Parts that are named; half of a gap among employers may lie with more."""


@dataclass(frozen=True, slots=True)
class PartsFound:
    """The parts that make up half of the gap, largest first; of branches all that have a rate.

    `of` counts all parts with a rate, `half` how many of them make up half, `persons` is the gap of those below.
    """

    kind: Kind
    parts: tuple[GapPart, ...]
    of: int
    half: int
    persons: float


def branch_parts(figures: Figures, municipality: str) -> PartsFound:
    """The divisions of branches (by the workplace) of the latest known year, held against the whole country."""
    sections = tuple(code.code for code in figures.codes.branches.children())
    whole: CodeStandings = figures.remembered(
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


def employer_parts(figures: Figures, municipality: str) -> PartsFound:
    """The employers of the municipality in the latest known year, each held against its reference branch."""
    found = find_employers(figures, Scope(municipalities=(municipality,)))
    rated = np.flatnonzero(found.is_rated())
    ids, n, x = found.ids.take(rated), found.completed.take(rated), found.jobs.take(rated)
    if not len(ids):
        return _found("employer", [])
    rates = references(figures, country(figures, found.narrowing, found.period.known), ids).rate
    gaps = np.nan_to_num(rates * n - x)
    taken = half_of_gap(gaps)
    shown = sorted(taken, key=lambda place: -gaps[place])
    parts = []
    for place in shown:
        employer = figures.employer_at(int(ids[place]))
        numbers = (float(rates[place]), float(gaps[place]))
        parts.append(_part(employer.cvr, employer.name, int(n[place]), int(x[place]), numbers))
    persons = float(gaps[gaps > 0].sum())
    return PartsFound("employer", tuple(parts), len(ids), len(taken), persons)


def shared_parts(figures: Figures, found: PartsFound, *, minimum: int) -> PartsFound:
    """The parts as they may leave the screen: small counts and people trading in their own name are not named."""
    kept = [
        part
        for part in found.parts
        if part.completed >= minimum and not is_small(part.jobs, part.completed, minimum)
        if found.kind == "branch" or not figures.employers.is_sole_proprietor(figures.employer_id(part.code))
    ]
    return replace(found, parts=tuple(kept))


def parts_view(found: PartsFound) -> GapParts:
    """The parts that make up half of the gap, with their sentence and table."""
    named = tuple(part for part in found.parts[: found.half] if part.persons > 0)[:MOST_SHOWN]
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
    ordered = sorted(parts, key=lambda part: (-part.persons, part.code))
    gaps = [part.persons for part in ordered]
    return PartsFound(kind, tuple(ordered), len(ordered), len(half_of_gap(gaps)), sum(max(gap, 0.0) for gap in gaps))

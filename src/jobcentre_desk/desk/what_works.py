"""What works in a branch: occupations, benefit groups and programmes that end in a job more often than the branch.

The one funnel rule decides, around the rate of the branch as a whole, the same employers, period and filters. A cell
takes part with 10 completed traineeships, and only where it tells of a branch and not of one employer: at least four
employers, none with more than 80 % of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.cache.outcome_blocks import completed, jobs
from jobcentre_desk.desk import employer_branch_wording as told
from jobcentre_desk.desk import wording as words
from jobcentre_desk.desk.employer import rate_of
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.scopes import LISTS, id_set, narrowing_of, reference_narrowing
from jobcentre_desk.desk.selection import column, facts_of
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.classifications import ALL
from jobcentre_desk.model.employer_branch import BranchCell, WhatWorks
from jobcentre_desk.model.outcomes import Period, Scope, State
from jobcentre_desk.statistics.disclosure import FEWEST_OTHER_EMPLOYERS, LARGEST_SHARE, is_small
from jobcentre_desk.statistics.funnel_chance import above_by_chance
from jobcentre_desk.statistics.funnels import funnel_state
from jobcentre_desk.text import both
from jobcentre_desk.text import translate as _

Ints = NDArray[np.int64]
FEWEST_COMPLETED = 10
MOST_CELLS = 5


@dataclass(frozen=True, slots=True)
class _Facts:
    """The facts of a branch: employer, code ids by list, completed and jobs."""

    employer: Ints
    codes: dict[str, Ints]
    completed: Ints
    jobs: Ints


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of one list that had enough cases: code ids, jobs and completed."""

    name: str
    ids: Ints
    x: Ints
    n: Ints


def what_works(figures: Figures, branch: str, scope: Scope, period: Period, *, minimum: int = 1) -> WhatWorks | None:
    """What ends in a job more often in `branch`; None when nobody completed anything there.

    `scope` narrows by occupation, benefit group and programme. With `minimum` it may leave the screen: cells whose
    counts are too small are left out, and the others stand without counts, as their sums are known elsewhere.
    """
    facts = _facts(figures, branch, scope, period)
    n = int(facts.completed.sum())
    if not n:
        return None
    p0 = int(facts.jobs.sum()) / n
    lists = [_cells(facts, name, minimum) for name in facts.codes]
    above = sorted(_above(lists, p0), key=lambda cell: (-_distance(cell[2], cell[3], p0), cell[0], cell[1]))[
        :MOST_CELLS
    ]
    cells = tuple(_cell(figures, name, code, x, size) for name, code, x, size in above)
    checked = sum(len(part.ids) for part in lists)
    chance = above_by_chance(np.concatenate([part.n for part in lists]), p0)
    title = figures.codes.branches[branch]
    return WhatWorks(
        checked=checked,
        by_chance=chance,
        cells=cells,
        title=_("What ends in a job more often in its branch"),
        sentence=told.works_sentence(
            both(title.title_da, title.title_en), p0, checked=checked, found=len(cells), chance=chance
        ),
        lines=tuple(told.works_line(cell, with_counts=minimum <= 1) for cell in cells),
        table=_table(cells, with_counts=minimum <= 1),
    )


def _facts(figures: Figures, branch: str, scope: Scope, period: Period) -> _Facts:
    """All facts of employers registered in the branch, in known quarters, without those with a hidden count."""
    narrowing = reference_narrowing(narrowing_of(figures, scope))
    inside = id_set(figures, "branch", (branch,)).holds(figures.employers.branch)
    blocks = figures.load_blocks().outcomes.quarters
    names = ("occupation", "benefit_group", "programme")
    parts: list[list[Ints]] = []
    for block in (blocks[quarter.index] for quarter in period.known if quarter.index in blocks):
        for piece in facts_of(block, narrowing):
            employer, outcome = column(block.employer, piece), column(block.outcome, piece)
            kept = inside.take(employer) & (completed(outcome) > 0)
            if block.null_rows is not None:
                kept &= ~column(block.null_rows, piece)
            columns = (employer, *(column(getattr(block, name), piece) for name in names))
            columns = (*columns, completed(outcome), jobs(outcome))
            parts.append([values.compress(kept).astype(np.int64) for values in columns])
    joined = [np.concatenate([np.zeros(0, dtype=np.int64), *each]) for each in zip(*parts, strict=True)]
    employer, *codes, done, led = joined or [np.zeros(0, dtype=np.int64)] * 6
    return _Facts(employer, dict(zip(names, codes, strict=True)), done, led)


def _cells(facts: _Facts, name: str, minimum: int) -> _Cells:
    ids = facts.codes[name]
    size = int(ids.max(initial=-1)) + 1
    n = np.bincount(ids, facts.completed, size).astype(np.int64)
    x = np.bincount(ids, facts.jobs, size).astype(np.int64)
    kept = (n >= FEWEST_COMPLETED) & _of_several(facts, ids, n)
    if minimum > 1:
        kept &= ~is_small(x, n, minimum)
    places = np.flatnonzero(kept)
    if len(places) < 2:  # a list with one code in use is the branch as a whole
        places = places[:0]
    return _Cells(name, places, x.take(places), n.take(places))


def _of_several(facts: _Facts, ids: Ints, n: Ints) -> NDArray[np.bool_]:
    """By code whether enough employers have completed traineeships in it, none of them nearly all."""
    many = int(facts.employer.max(initial=0)) + 1
    pairs, back = np.unique(ids * many + facts.employer, return_inverse=True)
    size = np.bincount(back.ravel(), facts.completed, len(pairs)).astype(np.int64)
    code = pairs // many
    employers = np.bincount(code, minlength=len(n))
    largest = np.zeros(len(n), dtype=np.int64)
    np.maximum.at(largest, code, size)
    several: NDArray[np.bool_] = (employers > FEWEST_OTHER_EMPLOYERS) & (largest <= LARGEST_SHARE * n)
    return several


def _above(lists: list[_Cells], p0: float) -> Iterator[tuple[str, int, int, int]]:
    for part in lists:
        for place in np.flatnonzero(funnel_state(part.x, part.n, p0) > 0).tolist():
            yield part.name, int(part.ids[place]), int(part.x[place]), int(part.n[place])


def _distance(x: int, n: int, p0: float) -> float:
    """How far a rate lies from the branch, in standard errors."""
    return float((x / n - p0) * np.sqrt(n))


def _cell(figures: Figures, name: str, code_id: int, x: int, n: int) -> BranchCell:
    codes = LISTS[name][0]
    code = figures.codes.tree(codes)[figures.code(codes, code_id)]
    title = _("all") if code.code == ALL else both(code.title_da, code.title_en)
    return BranchCell(kind=name, code=code.code, title=title, rate=rate_of(x, n))


def _table(cells: tuple[BranchCell, ...], *, with_counts: bool) -> TableOf:
    rows = [
        (
            told.kind_word(cell.kind),
            cell.title,
            words.rate_text(cell.rate, State.KNOWN),
            words.share_text(cell.rate, State.KNOWN),
        )
        for cell in cells
    ]
    header = (_("List"), _("What"), _("Rate and uncertainty"), _("Of completed"))
    columns = len(header) if with_counts else len(header) - 1
    return TableOf(
        header=header[:columns],
        rows=tuple(row[:columns] for row in rows),
        numeric=(False, False, True, True)[:columns],
    )

"""An attacker of shared tables: solves linear programmes over what it was shown, and knows none of the guard's rules.

What it sees of one employer are counts of regions: quarters, municipalities, branches, occupations, benefit groups and
programmes. Two counts hang together as far as their regions overlap: every way of being inside or outside of each
region is an unknown of 0 or more. What it sees of many are rows and their sum.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog  # noqa: TID253 - the attacker needs nothing else

MEASURES: Mapping[str, tuple[str, ...]] = {
    "started": ("started",),
    "completed": ("same", "elsewhere", "nobody"),
    "jobs": ("same", "elsewhere"),
    "nobody": ("nobody",),
    "same": ("same",),
    "elsewhere": ("elsewhere",),
}
"""Each count as a sum of unknowns that do not overlap."""


Region = tuple[tuple[str, frozenset[str]], ...]
"""The codes of each list that a count is narrowed to, quarters among them; lists that are not named are whole."""


@dataclass(frozen=True)
class Cell:
    """One count of a table: what it counts, what is shown (None = hidden) and the truth, which only the judge knows.

    `small` tells whether the primary rule alone hides it.
    """

    region: Region
    measure: str
    shown: int | None
    truth: int
    small: bool


@dataclass
class Finding:
    """What was attacked, and what was pinned."""

    cells: int = 0
    hidden: int = 0
    small: int = 0
    attacked: int = 0
    pinned: list[str] = field(default_factory=list)

    def add(self, other: Finding) -> None:
        """Take in what another one found."""
        self.cells += other.cells
        self.hidden += other.hidden
        self.small += other.small
        self.attacked += other.attacked
        self.pinned += other.pinned


def is_pinned(low: float, high: float, truth: int, minimum: int) -> bool:
    """Whether an interval is right and holds one whole number other than 0, or only 1 .. minimum - 1."""
    if not np.isfinite([low, high]).all():
        return False
    first, last = int(np.ceil(low - 1e-6)), int(np.floor(high + 1e-6))
    if not first <= truth <= last:
        return False
    return (first == last and first != 0) or (first >= 1 and last < minimum)


def attack_subject(cells: Sequence[Cell], *, minimum: int) -> Iterator[tuple[Cell | None, str]]:
    """The hidden cells of one employer that can be pinned, and small counts that two shown ones tell together."""
    told = {(cell.region, cell.measure) for cell in cells if cell.shown is not None}
    system = _System(list({cell.region for cell in cells}), cells)
    for cell in cells:
        if cell.shown is None and cell.truth and (cell.region, cell.measure) not in told:
            low, high = system.bounds([(cell.region, 1)], cell.measure, cell.truth, minimum)
            if is_pinned(low, high, cell.truth, minimum):
                yield cell, f"{cell.measure} {cell.truth} of {_words(cell.region)} lies in {low:g}..{high:g}"
    yield from _differences(cells, minimum)


def _differences(cells: Sequence[Cell], minimum: int) -> Iterator[tuple[Cell | None, str]]:
    """Small counts of those who are only in one of two regions of which the other is a part."""
    shown = [cell for cell in cells if cell.shown is not None]
    for one, other in itertools.permutations(shown, 2):
        if one.measure == other.measure and one.region != other.region and _is_part(one.region, other.region):
            assert one.shown is not None
            assert other.shown is not None
            if 1 <= other.shown - one.shown < minimum:
                yield one, f"{one.measure} {other.shown} - {one.shown} of {_words(other.region)} - {_words(one.region)}"


def attack_sum(parts: Sequence[tuple[int | None, int]], total: int, *, minimum: int) -> list[int]:
    """Which hidden parts of a sum can be pinned; each part is what is shown and the truth."""
    hidden = [place for place, (shown, _truth) in enumerate(parts) if shown is None]
    left = total - sum(shown for shown, _truth in parts if shown is not None)
    if not hidden or left < 0:
        return []
    found = []
    for place in hidden:
        goal = np.array([float(other == place) for other in hidden])
        ends = [linprog(sign * goal, A_eq=[[1.0] * len(hidden)], b_eq=[left], method="highs") for sign in (1, -1)]
        if parts[place][1] and is_pinned(ends[0].fun, -ends[1].fun, parts[place][1], minimum):
            found.append(place)
        if len(hidden) > 1 and left > 0:
            break  # all parts of one sum are alike: what holds for the first holds for every other
    return found


class _System:
    """The unknowns of some regions and what the shown cells say about them."""

    def __init__(self, regions: Sequence[Region], cells: Sequence[Cell]) -> None:
        self.regions = list(regions)
        self.atoms = _atoms(self.regions)
        self.names = ("started", "same", "elsewhere", "nobody")
        self.size = len(self.atoms) * len(self.names)
        shown = [cell for cell in cells if cell.shown is not None]
        self.left = np.array([self._row([(cell.region, 1)], cell.measure) for cell in shown])
        self.right = np.array([cell.shown for cell in shown], dtype=float)

    def bounds(
        self, parts: Sequence[tuple[Region, int]], measure: str, truth: int, minimum: int
    ) -> tuple[float, float]:
        """The smallest and largest value; the smallest is not asked for where the largest shows that it is safe."""
        goal = self._row(parts, measure)
        high = self._extreme(-goal)
        if -high >= max(truth + 1, minimum) - 1e-6:
            return -np.inf, -high
        return self._extreme(goal), -high

    def _extreme(self, goal: np.ndarray) -> float:
        equations = {"A_eq": self.left, "b_eq": self.right} if len(self.right) else {}
        result = linprog(goal, bounds=(0, 1e6), method="highs", **equations)
        if result.status != 0:
            return float("nan")  # revised figures contradict each other: nothing can be concluded
        return float(result.fun)

    def _row(self, parts: Sequence[tuple[Region, int]], measure: str) -> np.ndarray:
        row = np.zeros((len(self.names), len(self.atoms)))
        for region, sign in parts:
            place = self.regions.index(region)
            for name in MEASURES[measure]:
                row[self.names.index(name)] += sign * self.atoms[:, place]
        return row.ravel()


def _atoms(regions: Sequence[Region]) -> np.ndarray:
    """Every way a fact can be inside and outside of the regions: an array atoms x regions."""
    found = np.ones((1, len(regions)), dtype=bool)
    for name in sorted({name for region in regions for name, _codes in region}):
        sets = [dict(region).get(name) for region in regions]
        every = frozenset().union(*(codes for codes in sets if codes is not None)) | {"another"}
        kinds = {tuple(codes is None or code in codes for codes in sets) for code in every}
        found = np.unique((found[:, None, :] & np.array(sorted(kinds))[None, :, :]).reshape(-1, len(regions)), axis=0)
    return found[found.any(axis=1)]


def _is_part(inner: Region, outer: Region) -> bool:
    mine = dict(inner)
    return all(name in mine and mine[name] <= codes for name, codes in outer)


def _words(region: Region) -> str:
    parts = (f"{name} {'+'.join(sorted(codes)[:4])}" for name, codes in region)
    return ", ".join(parts) or "everything"

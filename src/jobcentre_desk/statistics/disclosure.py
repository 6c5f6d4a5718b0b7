"""Which counts are too small to leave the screen, what an attacker can work out of the others, what to hide with them.

A table to go out is a set of whole numbers of 0 or more (cells), some hidden, and relations between them that hold
whatever the numbers are: rows and columns add up to their totals, the completed are those with a job and those without.
The attacker knows every shown cell and every relation, and solves a linear programme for the smallest and the largest
value of each hidden cell (Fischetti & Salazar-González 2000, Management Science 46:1002).

A hidden cell is **pinned** when its interval holds only one whole number, and that is not 0, or lies wholly within
1 .. minimum - 1. That a cell is 0 is no secret: 0 is shown by rule.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

FEWEST_OTHER_EMPLOYERS = 3
"""A branch beside one of its employers holds at least so many others with a completed traineeship."""
LARGEST_SHARE = 0.8
"""None of those others has more than this share of all that the others completed."""

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

_MOST_UNKNOWNS = 20_000
"""Unknowns of one linear programme: the questions on many cells are put at once, side by side."""
_ROUNDING = 1e-6


def is_small(counts: ArrayLike, totals: ArrayLike, minimum: int) -> NDArray[np.bool_]:
    """Whether a count or its complement (total - count) lies in 1 .. minimum - 1: the guard's primary rule.

    0 is shown; so is the whole of a total, whose complement is 0.
    """
    part = np.asarray(counts, dtype=np.int64)
    rest = np.asarray(totals, dtype=np.int64) - part
    small = (part >= 1) & (part < minimum)
    return small | ((rest >= 1) & (rest < minimum))


@dataclass(frozen=True, slots=True, eq=False)
class CellTable:
    """Cells and what holds between them: `relations` (relations x cells) times `values` is 0 in every row."""

    values: Ints
    relations: Ints

    @classmethod
    def of(cls, values: ArrayLike, relations: ArrayLike) -> CellTable:
        """The table; ValueError when a relation does not hold for the values."""
        numbers = np.asarray(values, dtype=np.int64).ravel()
        matrix = np.asarray(relations, dtype=np.int64).reshape(-1, len(numbers))
        if (matrix @ numbers).any():
            raise ValueError("a relation does not hold for the values")
        return cls(numbers, matrix)

    @classmethod
    def two_way(cls, counts: ArrayLike) -> CellTable:
        """A table of rows and columns with its totals: the inner cells row by row, row totals, column totals, total."""
        inner = np.asarray(counts, dtype=np.int64)
        rows, columns = inner.shape
        with_totals = np.block([[inner, inner.sum(1, keepdims=True)], [inner.sum(0, keepdims=True), inner.sum()]])
        place = np.arange(with_totals.size).reshape(with_totals.shape)
        relations = np.zeros((rows + columns + 2, with_totals.size), dtype=np.int64)
        for number, line in enumerate((*place, *place.T)):
            relations[number, line] = 1
            relations[number, line[-1]] = -1
        return cls.of(with_totals, relations)


def attacker_bounds(table: CellTable, hidden: ArrayLike, cells: ArrayLike | None = None) -> tuple[Floats, Floats]:
    """The smallest and largest value of each cell that agree with all that is shown; inf where there is no largest.

    `hidden` (bool per cell) says what the attacker does not see; with `cells` (places) only those are worked out, the
    others have -inf and inf unless they are shown.
    """
    unseen = np.asarray(hidden, dtype=bool)
    low = np.where(unseen, -np.inf, table.values).astype(float)
    high = np.where(unseen, np.inf, table.values).astype(float)
    wanted = np.flatnonzero(unseen) if cells is None else np.asarray(cells, dtype=np.int64)
    wanted = wanted[unseen[wanted]]
    if len(wanted):
        places, (equations, right) = np.flatnonzero(unseen), _equations(table, unseen)
        at = np.searchsorted(places, wanted)
        cap = float(2 * table.values.sum() + 1_000)
        low[wanted] = _extremes(equations, right, at, cap=cap, sign=1)
        largest = _extremes(equations, right, at, cap=cap, sign=-1)
        high[wanted] = np.where(largest > cap / 2, np.inf, largest)
    return low, high


def pinned(table: CellTable, hidden: ArrayLike, *, minimum: int) -> Bools:
    """Which hidden cells the attacker can pin, as the module says.

    Cells that stand in the same relations can be exchanged for one another: two of them are safe without a linear
    programme unless both are 0, and so is a cell in no relation.
    """
    unseen = np.asarray(hidden, dtype=bool)
    found = np.zeros(len(unseen), dtype=bool)
    doubtful = np.flatnonzero(unseen)[~_exchangeable(table, unseen)]
    if len(doubtful):
        low, high = attacker_bounds(table, unseen, doubtful)
        found[doubtful] = is_pinned(low[doubtful], high[doubtful], minimum=minimum)
    return found


def is_pinned(low: ArrayLike, high: ArrayLike, *, minimum: int) -> Bools:
    """Whether intervals of possible values hold only one whole number other than 0, or only 1 .. minimum - 1."""
    first = np.ceil(np.asarray(low, dtype=float) - _ROUNDING)
    last = np.floor(np.asarray(high, dtype=float) + _ROUNDING)
    return np.asarray(((last <= first) & (first != 0)) | ((first >= 1) & (last <= minimum - 1)))


def complementary(table: CellTable, hidden: ArrayLike, *, minimum: int, costs: ArrayLike | None = None) -> Bools:
    """What to hide so that no hidden cell is pinned: the cells hidden already and those hidden with them.

    `costs` per cell is the information lost with it (inf = it may not be hidden; the value where none is given, so
    that large numbers stay). For each pinned cell a linear programme finds the cheapest change of other cells that
    makes another value of it possible, and what it changes is hidden; then whatever proves superfluous is shown again,
    the dearest first. In a two-way table with one small cell that is the cheapest pattern. A cell that stays pinned
    with everything hidden that may be is left so: `pinned` tells.
    """
    unseen = np.asarray(hidden, dtype=bool).copy()
    first = unseen.copy()
    price = np.asarray(table.values + 1 if costs is None else costs, dtype=float)
    hopeless = np.zeros(len(unseen), dtype=bool)
    while (open_cells := pinned(table, unseen, minimum=minimum) & ~hopeless).any():
        before = unseen.copy()
        for cell in np.flatnonzero(open_cells)[np.argsort(table.values[open_cells], kind="stable")].tolist():
            unseen |= _cheapest_change(table, unseen, cell, price, minimum)
        if (unseen == before).all():
            hopeless |= open_cells
    return _without_superfluous(table, unseen, first, price, minimum, hopeless)


def _without_superfluous(
    table: CellTable, unseen: Bools, first: Bools, price: Floats, minimum: int, hopeless: Bools
) -> Bools:
    added = np.flatnonzero(unseen & ~first)
    for cell in added[np.argsort(-price[added], kind="stable")]:
        fewer = unseen.copy()
        fewer[cell] = False
        if not (pinned(table, fewer, minimum=minimum) & ~hopeless).any():
            unseen = fewer
    return unseen


def _cheapest_change(table: CellTable, unseen: Bools, cell: int, price: Floats, minimum: int) -> Bools:
    """The shown cells of the cheapest change that takes `cell` out of its corner; none where nothing can."""
    value = int(table.values[cell])
    up = minimum - value if 0 < value < minimum else 1
    changes = [_change(table, unseen, cell, price, step) for step in (up, -value if value < minimum else -1) if step]
    possible = [(cost, cells) for cost, cells in changes if np.isfinite(cost)]
    none = np.zeros(len(unseen), dtype=bool)
    return min(possible, key=lambda change: change[0])[1] & ~unseen if possible else none


def _change(table: CellTable, unseen: Bools, cell: int, price: Floats, step: int) -> tuple[float, Bools]:
    """The cheapest change of cells by which `cell` changes by `step`, no cell falls below 0 and all relations hold."""
    from scipy.optimize import linprog

    movable = np.flatnonzero(unseen | np.isfinite(price))
    at = int(np.searchsorted(movable, cell))
    cost = np.where(unseen, 0.0, price)[movable]
    matrix = table.relations[:, movable]
    bounds = [(0, None)] * len(movable) + [(0, int(value)) for value in table.values[movable]]
    bounds[at], bounds[len(movable) + at] = ((step, step), (0, 0)) if step > 0 else ((0, 0), (-step, -step))
    result = linprog(
        np.concatenate([cost, cost]),
        A_eq=np.hstack([matrix, -matrix]),
        b_eq=np.zeros(len(matrix)),
        bounds=bounds,
        method="highs",
    )
    changed = np.zeros(len(unseen), dtype=bool)
    if result.status != 0:
        return np.inf, changed
    moved = result.x[: len(movable)] + result.x[len(movable) :]
    changed[movable[moved > _ROUNDING]] = True
    return float(np.where(unseen, 0.0, price)[changed].sum()), changed


def _equations(table: CellTable, unseen: Bools) -> tuple[Ints, Ints]:
    """What the relations say about the hidden cells alone."""
    right = -table.relations[:, ~unseen] @ table.values[~unseen]
    left = table.relations[:, unseen]
    telling = left.any(axis=1)
    return left[telling], right[telling]


def _exchangeable(table: CellTable, unseen: Bools) -> Bools:
    """Per hidden cell whether one in just the same relations, not both 0, or no relation at all, makes it safe."""
    columns = table.relations[:, unseen].T
    if not len(columns):
        return np.zeros(0, dtype=bool)
    _kinds, kind, sizes = np.unique(columns, axis=0, return_inverse=True, return_counts=True)
    sums = np.bincount(kind.ravel(), table.values[unseen])
    return np.asarray(((sizes >= 2) & (sums >= 1))[kind.ravel()] | ~columns.any(axis=1))


def _extremes(equations: Ints, right: Ints, at: Ints, *, cap: float, sign: int) -> Floats:
    """The smallest (sign 1) or largest (sign -1) value of the unknowns `at`: one copy of the equations for each."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, eye_array, kron

    unknowns = equations.shape[1]
    each, found = max(_MOST_UNKNOWNS // unknowns, 1), []
    for start in range(0, len(at), each):
        part = at[start : start + each]
        goal = np.zeros((len(part), unknowns))
        goal[np.arange(len(part)), part] = sign
        result = linprog(
            goal.ravel(),
            A_eq=kron(eye_array(len(part)), csr_array(equations), format="csr") if len(equations) else None,
            b_eq=np.tile(right, len(part)) if len(equations) else None,
            bounds=(0, cap),
            method="highs",
        )
        assert result.status == 0, result.message  # the true values always agree with what is shown
        found.append(result.x.reshape(len(part), unknowns)[np.arange(len(part)), part])
    return np.concatenate(found)

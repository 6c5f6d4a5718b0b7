"""Tables of rows and columns that leave the program: no cell and nothing left out can be worked out of the others."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from trust.attacker import is_pinned

from jobcentre_desk.desk.shared_tables import shared_table

MINIMUM = 3


def _with_totals(inner: Any, left_out: int = 0) -> np.ndarray:
    """A table with its totals; `left_out` people of the first row and of the first column are in no cell."""
    cells = np.array(inner)
    table = np.block([[cells, cells.sum(1, keepdims=True)], [cells.sum(0, keepdims=True), cells.sum()]])
    table[0, -1] += left_out
    table[-1, 0] += left_out
    table[-1, -1] += 2 * left_out
    return table


def _pinned(table: np.ndarray, hidden: np.ndarray) -> list[tuple[int, int]]:
    """Cells an attacker pins: unknowns are the hidden cells and totals, and what rows and columns leave out."""
    rows, columns = table.shape
    left_right = table[:-1, -1] - table[:-1, :-1].sum(1)
    left_below = table[-1, :-1] - table[:-1, :-1].sum(0)
    size = rows * columns + rows - 1 + columns - 1 + 1
    equations, right = [], []
    for row in range(rows - 1):
        equations.append(_row(size, [(row * columns + c, 1) for c in range(columns - 1)], row * columns + columns - 1))
        equations[-1][rows * columns + row] = 1
    for column in range(columns - 1):
        equations.append(
            _row(size, [(r * columns + column, 1) for r in range(rows - 1)], (rows - 1) * columns + column)
        )
        equations[-1][rows * columns + rows - 1 + column] = 1
    total = rows * columns - 1
    equations.append(_row(size, [(r * columns + columns - 1, 1) for r in range(rows - 1)], total))
    equations[-1][rows * columns + rows - 1 : size] = 1
    right = [0.0] * len(equations)
    for place in np.flatnonzero(~hidden.ravel()).tolist():
        known = np.zeros(size)
        known[place] = 1
        equations.append(known)
        right.append(float(table.ravel()[place]))
    for place, left in enumerate([*left_right, *left_below]):
        if left == 0:
            known = np.zeros(size)
            known[rows * columns + place] = 1
            equations.append(known)
            right.append(0.0)
    found = []
    for place in np.flatnonzero(hidden.ravel()).tolist():
        goal = np.zeros(size)
        goal[place] = 1
        low, high = (
            sign * linprog(sign * goal, A_eq=equations, b_eq=right, bounds=(0, 10_000), method="highs").fun
            for sign in (1, -1)
        )
        if table.ravel()[place] and is_pinned(low, high, int(table.ravel()[place]), MINIMUM):
            found.append(divmod(place, columns))
    return found


def _row(size: int, parts: list[tuple[int, int]], total: int) -> np.ndarray:
    row = np.zeros(size)
    for place, sign in parts:
        row[place] = sign
    row[total] = -1
    return row


tables = st.integers(2, 4).flatmap(
    lambda columns: st.lists(st.lists(st.integers(0, 9), min_size=columns, max_size=columns), min_size=2, max_size=4)
)


@settings(max_examples=40, deadline=None)
@given(tables)
def test_no_cell_of_a_table_that_leaves_can_be_pinned(inner: list[list[int]]) -> None:
    table = _with_totals(inner)
    hidden = shared_table([table], (table >= 1) & (table < MINIMUM), minimum=MINIMUM)
    assert _pinned(table, hidden) == []


@settings(max_examples=20, deadline=None)
@given(tables)
def test_nothing_is_hidden_where_nothing_is_small(inner: list[list[int]]) -> None:
    table = _with_totals(np.array(inner) + MINIMUM)
    assert not shared_table([table], np.zeros(table.shape, dtype=bool), minimum=MINIMUM).any()


def test_what_rows_and_columns_leave_out_is_protected_as_well() -> None:
    table = _with_totals([[9, 8], [7, 6]], left_out=1)
    hidden = shared_table([table], np.zeros(table.shape, dtype=bool), minimum=MINIMUM)
    assert hidden.any()
    assert (
        shared_table([_with_totals([[9, 8], [7, 6]], left_out=5)], hidden & False, minimum=MINIMUM).any() is np.False_
    )


def test_several_counts_of_one_cell_are_hidden_together() -> None:
    done = _with_totals([[20, 30, 25], [40, 50, 35], [22, 33, 44]])
    jobs = _with_totals([[18, 12, 11], [20, 25, 15], [10, 11, 12]])
    small = np.zeros(done.shape, dtype=bool)
    small[0, 0] = True
    hidden = shared_table([done, jobs, done - jobs], small, minimum=MINIMUM)
    assert hidden[0, 0]
    assert hidden.sum() >= 4

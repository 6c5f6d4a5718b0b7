"""The whole country by the employers' own branch: what reference rates are made of, ready before they are asked for.

Adding up every employer of the country for each new combination of filters took 6-30 ms. Totals by quarter, benefit
group, programme and own branch are a small table (8 MB at 3 million facts, made in 0.1 s when the blocks are read);
any question without an occupation is then a sum over part of it. How many employers a branch has cannot be
added up, as one may come back every quarter: the table gives bounds, and only a branch between them is counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.cache.code_lists import CodeLists
from jobcentre_desk.cache.outcome_blocks import OutcomeBlocks, QuarterBlock, completed, jobs
from jobcentre_desk.desk.narrowing import Narrowing

NO_BRANCH = -1
_PROGRAMMES = 128
"""More than any list of programmes: a cell is benefit group * 128 + programme."""

Ints = NDArray[Any]


@dataclass(frozen=True, slots=True)
class BranchTree:
    """The branches by id: parent (NO_BRANCH at the top), and ids from the finest level to the coarsest."""

    parent: NDArray[np.int64]
    levels: tuple[NDArray[np.int64], ...]

    def with_children(self, values: Ints) -> Ints:
        """Values by branch id with those of everything under each branch added; shape (..., branches)."""
        closed = np.array(values, dtype=np.int64)
        for level in self.levels:
            inside = level[self.parent[level] >= 0]
            np.add.at(closed.T, self.parent[inside], closed.T[inside])
        return closed

    def under(self, branches: Sequence[int]) -> NDArray[np.bool_]:
        """By branch id whether it is one of `branches` or lies under one."""
        inside = np.zeros(len(self.parent), dtype=np.bool_)
        inside[list(branches)] = True
        for level in reversed(self.levels):
            inside[level] |= inside[self.parent[level]] & (self.parent[level] != NO_BRANCH)
        return inside


@dataclass(frozen=True, slots=True)
class BranchTotals:
    """By branch id, everything under it added in: completed, jobs, and between which bounds its employers lie."""

    completed: NDArray[np.int64]
    jobs: NDArray[np.int64]
    fewest: NDArray[np.int64]
    most: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class BranchTable:
    """Completed, jobs and employers with completed traineeships: shape (quarters, cells, branches), own branch alone.

    `all_employers` (quarters, branches) counts an employer once a quarter whatever its cells. Facts with a hidden
    count take no part.
    """

    tree: BranchTree
    place: dict[int, int]
    cells: Ints
    completed: Ints
    jobs: Ints
    employers: Ints
    all_employers: Ints

    def totals(self, quarters: Sequence[int], narrowing: Narrowing) -> BranchTotals:
        """The country in some quarters, narrowed to benefit groups and programmes at most."""
        places = [self.place[quarter] for quarter in quarters if quarter in self.place]
        chosen = np.ix_(np.array(places, dtype=np.intp), self._cells(narrowing))
        if narrowing.sets:
            a_quarter = self.employers[chosen].reshape(-1, self.employers.shape[-1])
        else:
            a_quarter = self.all_employers[places]
        done, led = (table[chosen].sum(axis=(0, 1), dtype=np.int64) for table in (self.completed, self.jobs))
        bounds = a_quarter.max(axis=0, initial=0), a_quarter.sum(axis=0, dtype=np.int64)
        return BranchTotals(*self.tree.with_children(np.stack([done, led, *bounds])))

    def _cells(self, narrowing: Narrowing) -> NDArray[np.intp]:
        held = np.ones(len(self.cells), dtype=np.bool_)
        for name, ids in (("benefit_group", self.cells // _PROGRAMMES), ("programme", self.cells % _PROGRAMMES)):
            if name in narrowing.sets:
                held &= narrowing.sets[name].table.take(ids)
        return np.flatnonzero(held)


def branch_tree(codes: CodeLists) -> BranchTree:
    """The tree of branches by id."""
    ids, branches = codes.ids["branches"], list(codes.branches)
    parent = np.full(max(ids.values(), default=-1) + 1, NO_BRANCH, dtype=np.int64)
    for branch in branches:
        parent[ids[branch.code]] = ids.get(branch.parent, NO_BRANCH)
    levels = sorted({branch.level for branch in branches}, reverse=True)
    return BranchTree(parent, tuple(np.array([ids[b.code] for b in branches if b.level == lv]) for lv in levels))


def branch_table(blocks: OutcomeBlocks, own_branch: NDArray[np.int16], tree: BranchTree) -> BranchTable:
    """Work the table out of the blocks; `own_branch` is by employer id."""
    quarters = sorted(blocks.quarters)
    cells = sorted(set().union(*(_cells_of(blocks.quarters[quarter]) for quarter in quarters)))
    shape = (len(quarters), len(cells), len(tree.parent))
    done, led, employers = (np.zeros(shape, dtype=np.int32) for _ in range(3))
    once = np.zeros((len(quarters), len(tree.parent)), dtype=np.int32)
    for place, quarter in enumerate(quarters):
        parts = _quarter_totals(blocks.quarters[quarter], own_branch, cells=cells, branches=len(tree.parent))
        done[place], led[place], employers[place], once[place] = parts
    places = {quarter: place for place, quarter in enumerate(quarters)}
    return BranchTable(tree, places, np.array(cells, dtype=np.int64), done, led, employers, once)


def _cell(block: QuarterBlock) -> Ints:
    return block.benefit_group.astype(np.int16) * np.int16(_PROGRAMMES) + block.programme


def _cells_of(block: QuarterBlock) -> set[int]:
    return set(np.flatnonzero(np.bincount(_cell(block))).tolist())


def _quarter_totals(
    block: QuarterBlock, own_branch: NDArray[np.int16], *, cells: list[int], branches: int
) -> tuple[Ints, Ints, Ints, Ints]:
    count = completed(block.outcome)
    kept = count > 0 if block.null_rows is None else (count > 0) & ~block.null_rows
    employer = block.employer.compress(kept)
    number = np.zeros(max(cells, default=0) + 1, dtype=np.int32)
    number[cells] = np.arange(len(cells))
    cell = number.take(_cell(block).compress(kept))
    own = own_branch.take(employer)
    key = cell * np.int32(branches) + own
    shape, size = (len(cells), branches), len(cells) * branches
    done = np.bincount(key, count.compress(kept), size).reshape(shape)
    led = np.bincount(key, jobs(block.outcome).compress(kept), size).reshape(shape)
    pairs = _distinct(employer.astype(np.int64) * len(cells) + cell)
    each = np.bincount(pairs % len(cells) * branches + own_branch.take(pairs // len(cells)), minlength=size)
    once = np.bincount(own_branch.take(_distinct(pairs // len(cells))), minlength=branches)
    return done, led, each.reshape(shape), once


def _distinct(keys: Ints) -> Ints:
    in_order = np.sort(keys)
    return in_order[np.flatnonzero(np.diff(in_order, prepend=-1))]

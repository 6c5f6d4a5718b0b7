"""Employers beside every filter choice: how many there would be if this choice were added.

A choice counts employers with at least one completed traineeship in the known quarters of the period, under every
filter but its own list; text and least completed are not applied. Branches and occupations are counted at every level,
everything under a code added in and each employer once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.cache.outcome_blocks import QuarterBlock, completed
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.narrowing import Narrowing
from jobcentre_desk.desk.scopes import LISTS, narrowing_of, resolve_period
from jobcentre_desk.desk.selection import column, facts_of
from jobcentre_desk.model.classifications import CodeTree
from jobcentre_desk.model.outcomes import FacetCounts, Scope
from jobcentre_desk.task import Task

_TREES = ("branch", "occupation")
_LARGEST_KEY = 1 << 32


@dataclass(frozen=True, slots=True)
class _Levels:
    """A code list laid out so that everything under a code stands together.

    `place` gives by id the place of a code in that order; `codes` are the codes by place; `up[k]` gives by place the
    place of the code k levels from the top that it lies under, or is (-1: none).
    """

    place: NDArray[np.int64]
    codes: tuple[str, ...]
    up: tuple[NDArray[np.int64], ...]


def facet_counts(figures: Figures, scope: Scope, *, task: Task | None = None) -> FacetCounts:
    """Employers beside every choice of every list; codes with none are left out. Stops when the task is cancelled."""
    period = resolve_period(figures, scope.first, scope.last)
    narrowing = narrowing_of(figures, scope)
    blocks = figures.load_blocks().outcomes.quarters
    quarters = [blocks[quarter.index] for quarter in period.known if quarter.index in blocks]
    counts = {}
    for name, (_list, choice) in LISTS.items():
        others = narrowing.without(name)
        counts[choice] = _counts_of(figures, name, quarters, others, task or Task())
    return FacetCounts(**counts)


def _counts_of(
    figures: Figures, name: str, quarters: list[QuarterBlock], narrowing: Narrowing, task: Task
) -> dict[str, int]:
    levels = _levels(figures, name)
    keys = _keys(figures, name, quarters, narrowing, task)
    employers, found = len(figures.employers), {}
    places, ids = (part.astype(np.int64) for part in np.divmod(keys, keys.dtype.type(max(employers, 1))))
    for up in levels.up:
        task.stop_if_cancelled()
        tally = _distinct(up.take(places), ids, employers, len(levels.codes))
        found.update({levels.codes[at]: int(tally[at]) for at in np.flatnonzero(tally).tolist()})
    return found


def _keys(figures: Figures, name: str, quarters: list[QuarterBlock], narrowing: Narrowing, task: Task) -> NDArray[Any]:
    """Distinct pairs of a code's place and an employer, as place * employers + employer, ascending."""
    levels, employers = _levels(figures, name), len(figures.employers)
    kind = np.uint32 if len(levels.codes) * max(employers, 1) < _LARGEST_KEY else np.uint64
    first_keys = (levels.place * employers).astype(kind)
    parts = [np.zeros(0, dtype=kind)]
    for block in quarters:
        task.stop_if_cancelled()
        for codes, ids in _pairs(figures, block, name, narrowing):
            parts.append(first_keys.take(codes) + ids.astype(kind))
    keys = np.sort(np.concatenate(parts))
    return keys[np.flatnonzero(np.diff(keys, prepend=np.iinfo(kind).max))]


def _pairs(
    figures: Figures, block: QuarterBlock, name: str, narrowing: Narrowing
) -> Iterator[tuple[NDArray[Any], NDArray[Any]]]:
    """Code and employer of the facts with a completed traineeship."""
    shown = figures.shown_employers
    for facts in facts_of(block, narrowing):
        kept = completed(column(block.outcome, facts)) > 0
        ids = column(block.employer, facts).compress(kept)
        codes = column(getattr(block, name), facts).compress(kept)
        if shown is not None:
            may = shown.take(ids)
            ids, codes = ids.compress(may), codes.compress(may)
        yield codes, ids


def _distinct(up: NDArray[np.int64], ids: NDArray[Any], employers: int, codes: int) -> NDArray[np.int64]:
    """Employers of each code; `up` ascends but for -1, which is not counted, and ids ascend within a finest code."""
    keys = np.sort((up * employers + ids)[up >= 0])
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    return np.bincount(keys.take(first) // max(employers, 1), minlength=codes)


def _levels(figures: Figures, name: str) -> _Levels:
    found: _Levels = figures.remembered(("levels", name), lambda: _laid_out(figures, name))
    return found


def _laid_out(figures: Figures, name: str) -> _Levels:
    ids = figures.codes.ids[LISTS[name][0]]
    tree = figures.codes.tree(LISTS[name][0]) if name in _TREES else None
    codes = tuple(dict.fromkeys([*_parents_first(tree), *ids])) if tree is not None else tuple(sorted(ids))
    at = {code: place for place, code in enumerate(codes)}
    place = np.zeros(max(ids.values(), default=-1) + 1, dtype=np.int64)
    place[[ids[code] for code in codes]] = np.arange(len(codes))
    if tree is None:
        return _Levels(place, codes, (np.arange(len(codes)),))
    paths = [[*(above.code for above in reversed(tree.ancestors(code))), code] for code in codes]
    depth = max(map(len, paths), default=0)
    up = [np.array([at[path[k]] if k < len(path) else -1 for path in paths]) for k in range(depth)]
    return _Levels(place, codes, tuple(up))


def _parents_first(tree: CodeTree, code: str = "") -> Iterator[str]:
    for child in tree.children(code):
        yield child.code
        yield from _parents_first(tree, child.code)

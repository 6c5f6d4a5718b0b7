"""The priors of employers' rates: fitted once at sync for windows of quarters and branches, read at every query.

A prior is fitted on employer totals with at least one completed traineeship, whole country, all other dimensions, for
the last 4, 8, 12 and all known quarters. Levels with at least 100 employers are kept: with 20-59 employers 21 % of
fits run away, with 100 2 %. `all` is kept whatever its employers.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.cache.code_lists import CodeLists, read_code_lists
from jobcentre_desk.cache.employers import KINDS
from jobcentre_desk.cache.outcome_blocks import completed, jobs, read_quarters, read_sums
from jobcentre_desk.model.classifications import ALL, branch_level_code
from jobcentre_desk.statistics.priors import BetaPrior, fit_beta_binomials

WINDOWS = (4, 8, 12)
LEAST_EMPLOYERS = 100

PriorRow = tuple[int, str, float, float, int, int]
"""A row of table `priors` without its source: window, level_code, alpha, beta, employers, capped."""


@dataclass(frozen=True, slots=True)
class Priors:
    """The stored priors: window (quarters) -> level code -> prior."""

    by_window: dict[int, dict[str, BetaPrior]]

    @classmethod
    def load(cls, connection: sqlite3.Connection, source: int) -> Priors:
        """Read the priors of a source."""
        by_window: dict[int, dict[str, BetaPrior]] = {}
        rows = connection.execute(
            "SELECT window, level_code, alpha, beta, employers, capped FROM priors WHERE source = ? ORDER BY window",
            (source,),
        )
        for window, level, alpha, beta, employers, capped in rows:
            by_window.setdefault(window, {})[level] = BetaPrior(alpha, beta, employers, bool(capped))
        return cls(by_window)

    def window_for(self, quarters: int) -> int | None:
        """The smallest stored window that holds so many quarters, else the largest; None when nothing is stored."""
        return next((w for w in self.by_window if w >= quarters), max(self.by_window, default=None))


def fit_priors(connection: sqlite3.Connection, source: int, known_through: int | None) -> list[PriorRow]:
    """The rows of a source in table `priors`, from its blocks and the code lists of the same snapshot."""
    known = [q for q in read_quarters(connection, source) if known_through is not None and q <= known_through]
    if known_through is None or not known:
        return []
    every = known_through - known[0] + 1
    own_branch = connection.execute(
        "SELECT data FROM employer_blocks WHERE source = ? AND name = 'branch'", (source,)
    ).fetchone()
    branch = np.frombuffer(own_branch[0], KINDS["branch"]).astype(np.int64)
    closures = _closures(read_code_lists(connection))
    rows: list[PriorRow] = []
    for window in [*(w for w in WINDOWS if w < every), every]:
        inside = [quarter for quarter in known if quarter > known_through - window]
        jobs_of, completed_of = _totals(connection, source, inside, len(branch))
        rows += _fit_window(window, jobs_of, completed_of, branch, closures)
    return rows


def _closures(codes: CodeLists) -> dict[str, list[int]]:
    """Level code of each branch -> the ids of it and everything under it."""
    ids = codes.ids["branches"]
    return {
        branch_level_code(branch): [ids[code] for code in codes.branches.closure([branch.code])]
        for branch in codes.branches
    }


def _totals(
    connection: sqlite3.Connection, source: int, quarters: list[int], employers: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Jobs and completed by employer id; 0 completed for employers with a hidden count, who say nothing."""
    done, led = np.zeros(employers), np.zeros(employers)
    hidden = np.zeros(employers, dtype=np.bool_)
    for quarter in quarters:
        sums = read_sums(connection, source, quarter)
        done += np.bincount(sums.employer, completed(sums.outcome), employers)
        led += np.bincount(sums.employer, jobs(sums.outcome), employers)
        hidden[sums.with_null] = True
    done[hidden] = 0
    return led.astype(np.int64), done.astype(np.int64)


def _fit_window(
    window: int,
    jobs_of: NDArray[np.int64],
    completed_of: NDArray[np.int64],
    branch: NDArray[np.int64],
    closures: dict[str, list[int]],
) -> list[PriorRow]:
    rated = np.flatnonzero(completed_of > 0)
    if not len(rated):
        return []
    x, n, own = jobs_of[rated], completed_of[rated], branch[rated]
    employers = np.bincount(own, minlength=1)
    order = np.argsort(own, kind="stable")
    ends = np.cumsum(employers)
    groups = {ALL: (x, n)}
    for level, ids in closures.items():
        inside = [i for i in ids if i < len(employers) and employers[i]]
        if sum(int(employers[i]) for i in inside) >= LEAST_EMPLOYERS:
            chosen = np.concatenate([order[ends[i] - employers[i] : ends[i]] for i in inside])
            groups[level] = (x[chosen], n[chosen])
    priors = fit_beta_binomials(list(groups.values()))
    return [_row(window, level, prior) for level, prior in zip(groups, priors, strict=True)]


def _row(window: int, level: str, prior: BetaPrior) -> PriorRow:
    return window, level, prior.alpha, prior.beta, prior.employers, int(prior.capped)

"""Which stored prior holds for an employer: by its own branch, the first level with enough employers going up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.cache.prior_fits import LEAST_EMPLOYERS
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.model.classifications import ALL, branch_level_code
from jobcentre_desk.statistics.priors import BetaPrior


@dataclass(frozen=True, slots=True)
class LevelPriors:
    """The priors of one window: the names of the levels, and by branch id the place of its level among them."""

    window: int
    levels: tuple[str, ...]
    priors: tuple[BetaPrior, ...]
    level_of_branch: NDArray[np.int64]
    alpha: NDArray[np.float64]
    beta: NDArray[np.float64]


def level_priors(figures: Figures, quarters: int) -> LevelPriors:
    """The priors for a question of so many quarters: those of the smallest stored window that holds them."""
    window = figures.load_blocks().priors.window_for(quarters)
    found: LevelPriors = figures.remembered(("priors", window), lambda: _level_priors(figures, window))
    return found


def _level_priors(figures: Figures, window: int | None) -> LevelPriors:
    stored = {} if window is None else figures.load_blocks().priors.by_window[window]
    levels = tuple(level for level, prior in stored.items() if level == ALL or prior.employers >= LEAST_EMPLOYERS)
    place = {level: number for number, level in enumerate(levels)}
    ids = figures.codes.ids["branches"]
    of_branch = np.zeros(max(ids.values(), default=-1) + 1, dtype=np.int64)
    for branch in figures.codes.branches:
        chain = (branch, *figures.codes.branches.ancestors(branch.code))
        names = [*(branch_level_code(code) for code in chain), ALL]
        of_branch[ids[branch.code]] = next((place[name] for name in names if name in place), 0)
    priors = tuple(stored[level] for level in levels)
    alpha = np.array([prior.alpha for prior in priors] or [np.nan])
    beta = np.array([prior.beta for prior in priors] or [np.nan])
    return LevelPriors(window or 0, levels, priors, of_branch, alpha[of_branch], beta[of_branch])

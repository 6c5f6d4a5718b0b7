"""The prior of outcomes of several kinds: a Dirichlet-multinomial fitted by marginal maximum likelihood.

The beta-binomial of `statistics.priors` for more than two outcomes: job with the same employer, job elsewhere, no job.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jobcentre_desk.statistics.priors import MOST_WEIGHT

Floats = NDArray[np.float64]

_LEAST = 1e-4
"""No kind's alpha falls below this: a kind that nobody has keeps a rate that is nearly 0."""
_MOST_STEPS = 500
_CONVERGED = 1e-7


@dataclass(frozen=True, slots=True)
class DirichletPrior:
    """Dirichlet(alpha) of the true rates of `units`, one alpha a kind; `capped` when their sum was held at 200."""

    alpha: tuple[float, ...]
    units: int
    capped: bool

    @property
    def weight(self) -> float:
        """As how many cases the prior counts."""
        return float(sum(self.alpha))


@dataclass(frozen=True, slots=True)
class _Tallies:
    """How many units have more than k of each kind, and of all together: what the likelihood depends on."""

    kinds: tuple[Floats, ...]
    all: Floats

    @classmethod
    def of(cls, counts: NDArray[np.int64]) -> _Tallies:
        return cls(tuple(_more_than(kind) for kind in counts.T), _more_than(counts.sum(axis=1)))

    def slopes(self, alpha: Floats) -> tuple[Floats, float]:
        """Sum_k A_jk / (alpha_j + k) by kind j, and Sum_k T_k / (weight + k)."""
        parts = [float((tally / (a + np.arange(len(tally)))).sum()) for tally, a in zip(self.kinds, alpha, strict=True)]
        return np.array(parts), float((self.all / (alpha.sum() + np.arange(len(self.all)))).sum())


def fit_dirichlet_multinomial(counts: ArrayLike) -> DirichletPrior:
    """Fit Dirichlet(alpha) to units (rows) with their counts of each kind (columns); units without any are left out.

    Marginal maximum likelihood of log L = sum_j sum_k A_jk log(alpha_j + k) - sum_k T_k log(weight + k), A_jk units
    with more than k of kind j, T_k with more than k in all. Fixed-point steps (Minka 2000, Estimating a Dirichlet
    distribution) find the shares of a weight, bisection the weight at which log L is highest: at most 200, as that of
    the beta-binomial. Raises ValueError when no unit has a case.
    """
    table = np.asarray(counts, dtype=np.int64)
    table = table[table.sum(axis=1) > 0]
    if not len(table):
        raise ValueError("No unit with a case: there is nothing to fit.")
    tallies, units = _Tallies.of(table), len(table)
    share = np.maximum(table.sum(axis=0) / table.sum(), _LEAST)
    at_cap = _with_weight(tallies, share / share.sum(), MOST_WEIGHT)
    if _slope_of_weight(tallies, at_cap) >= 0:
        return DirichletPrior(tuple(at_cap.tolist()), units, capped=True)
    low, high = np.log(_LEAST * len(share)), np.log(MOST_WEIGHT)
    alpha = at_cap
    while high - low > _CONVERGED:
        middle = (low + high) / 2
        alpha = _with_weight(tallies, alpha / alpha.sum(), float(np.exp(middle)))
        low, high = (middle, high) if _slope_of_weight(tallies, alpha) > 0 else (low, middle)
    return DirichletPrior(tuple(alpha.tolist()), units, capped=False)


def fair_rates(counts: ArrayLike, prior: DirichletPrior) -> Floats:
    """(x_j + alpha_j) / (n + weight) of each kind; shape as `counts`, kinds along the last axis."""
    table = np.asarray(counts, dtype=np.float64)
    rates: Floats = (table + np.array(prior.alpha)) / (table.sum(axis=-1, keepdims=True) + prior.weight)
    return rates


def _with_weight(tallies: _Tallies, share: Floats, weight: float) -> Floats:
    """The alphas of a weight with the highest likelihood: shares in proportion to alpha_j times their slope."""
    for _ in range(_MOST_STEPS):  # pragma: no branch - all have converged long before
        alpha = share * weight
        slopes, _whole = tallies.slopes(alpha)
        grown = np.maximum(alpha * slopes, _LEAST * 1e-4)
        moved, share = share, grown / grown.sum()
        if np.abs(share - moved).max() < _CONVERGED * 1e-2:
            break
    return np.maximum(share * weight, _LEAST * 1e-4)


def _slope_of_weight(tallies: _Tallies, alpha: Floats) -> float:
    """The derivative of log L by log(weight), the shares held."""
    slopes, whole = tallies.slopes(alpha)
    return float((alpha * slopes).sum() - alpha.sum() * whole)


def _more_than(values: NDArray[np.int64]) -> Floats:
    """How many values exceed k, for k = 0 .. highest - 1; one zero when none is above 0."""
    tally = np.bincount(values, minlength=2)[::-1].cumsum()[::-1]
    return tally[1:].astype(np.float64)

"""Whether the methods keep what they promise, in invented worlds whose truth is known.

`python -m benchmarks.simulations [seeds]` prints each promise with its figure and the limit; 200 seeds unless told.
A world has 1,000 employers with a median of 3 completed traineeships; raw ties stand by CVR number, as in the program.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.statistics.alerts import expected_by_chance
from jobcentre_desk.statistics.fair_intervals import fair_interval
from jobcentre_desk.statistics.funnels import funnel_limits_normal
from jobcentre_desk.statistics.overdispersion import overdispersion
from jobcentre_desk.statistics.places import places
from jobcentre_desk.statistics.priors import fair_rate, fit_beta_binomial
from jobcentre_desk.statistics.proportions import rates, wilson
from jobcentre_desk.statistics.special import normal_quantile

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

EMPLOYERS, TOP, SEEDS = 1_000, 20, 200
MEAN, WEIGHT = 0.38, 12.0
"""The true rates are drawn from a beta with this mean and this many traineeships' worth of spread."""
UNIT_SPREAD = 0.08
"""How far true rates of overdispersed units lie apart (standard deviation)."""


@dataclass(frozen=True, slots=True)
class World:
    """True rates with what was seen of them, in the order of the CVR numbers."""

    rate: Floats
    n: Counts
    x: Counts


@dataclass(frozen=True, slots=True)
class Promise:
    """A figure over all worlds with the least and the most it may be."""

    name: str
    figure: float
    least: float = -np.inf
    most: float = np.inf

    @property
    def kept(self) -> bool:
        """Whether the figure lies within."""
        return self.least <= self.figure <= self.most


def promises(seeds: int = SEEDS) -> list[Promise]:
    """Every promise, worked out over so many worlds."""
    worlds = [world(seed) for seed in range(seeds)]
    priors = [fit_beta_binomial(w.x, w.n) for w in worlds]
    shapes = [(prior.alpha, prior.beta) for prior in priors]
    kinds = [(w, *shape) for w, shape in zip(worlds, shapes, strict=True)]
    return [
        Promise("fair top 20 truly higher than raw top 20", _mean(_fair_wins(*k) for k in kinds), least=0.95),
        Promise("coverage of Wilson's interval", _mean(_wilson_covers(w) for w in worlds), 0.94, 0.98),
        Promise("coverage of the fair interval", _mean(_fair_covers(*k) for k in kinds), 0.92, 0.97),
        Promise("coverage of places", _mean(_places_cover(*k) for k in kinds), least=0.93),
        Promise("flags at 99.8 % without any difference, over chance", _flags(seeds), most=2.0),
        Promise("overdispersion found where it is", _found(seeds, UNIT_SPREAD), least=0.80),
        Promise("overdispersion found where it is not", _found(seeds, 0.0), most=0.10),
    ]


def world(seed: int) -> World:
    """Employers with few traineeships (median 3) whose true rates differ."""
    random = np.random.default_rng(seed)
    n = 1 + random.geometric(0.25, EMPLOYERS) - 1
    rate = random.beta(MEAN * WEIGHT, (1 - MEAN) * WEIGHT, EMPLOYERS)
    return World(rate, n, random.binomial(n, rate))


def _fair_wins(seen: World, alpha: float, beta: float) -> bool:
    """Whether the true mean of the fair top lies above that of the raw top; ties fall to the lower CVR number."""
    fair = np.lexsort((-seen.n, -fair_rate(seen.x, seen.n, alpha, beta)))[:TOP]
    raw = np.argsort(-rates(seen.x, seen.n), kind="stable")[:TOP]
    return bool(seen.rate[fair].mean() > seen.rate[raw].mean())


def _wilson_covers(seen: World) -> float:
    low, high = wilson(seen.x, seen.n)
    return float(np.mean((low <= seen.rate) & (seen.rate <= high)))


def _fair_covers(seen: World, alpha: float, beta: float) -> float:
    low, high = fair_interval(seen.x, seen.n, alpha, beta)
    return float(np.mean((low <= seen.rate) & (seen.rate <= high)))


def _places_cover(seen: World, alpha: float, beta: float) -> float:
    truth = 1 + np.argsort(np.argsort(-seen.rate))
    low, high = places(seen.x, seen.n, alpha, beta, np.arange(EMPLOYERS))
    return float(np.mean((low <= truth) & (truth <= high)))


def _flags(seeds: int) -> float:
    """Units outside their 99.8 % limits although all are alike, as a multiple of what chance was said to give."""
    flagged = 0
    for seed in range(seeds):
        random = np.random.default_rng(50_000 + seed)
        n = random.integers(10, 120, EMPLOYERS)
        share = rates(random.binomial(n, MEAN), n)
        low, high = funnel_limits_normal(MEAN, n, normal_quantile(0.999))
        flagged += int(((share < low) | (share > high)).sum())
    return flagged / expected_by_chance(seeds * EMPLOYERS)


def _found(seeds: int, spread: float) -> float:
    """The share of worlds of 100 units with 10 or more cases in which differences beyond chance are found."""
    found = 0
    for seed in range(seeds):
        random = np.random.default_rng(90_000 + seed)
        n = random.integers(10, 90, 100)
        rate = np.clip(random.normal(MEAN, spread, 100), 0.01, 0.99)
        told = overdispersion(random.binomial(n, rate), n, MEAN)
        found += bool(told and told.found)
    return found / seeds


def _mean(values: Iterator[float]) -> float:
    return float(np.mean(list(values)))


def main(report: Callable[[str], object] = print) -> int:
    """Print every promise; 1 when one is not kept."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS
    told = promises(seeds)
    for promise in told:
        limits = (
            f"{'' if promise.least == -np.inf else promise.least} .. {'' if promise.most == np.inf else promise.most}"
        )
        report(f"{'kept' if promise.kept else 'BROKEN':<7} {promise.name:<55} {promise.figure:.3f}  ({limits})")
    return 0 if all(promise.kept for promise in told) else 1


if __name__ == "__main__":
    sys.exit(main())

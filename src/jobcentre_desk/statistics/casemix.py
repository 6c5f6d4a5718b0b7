"""Case mix by indirect standardisation: what people like those an employer took usually reach elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jobcentre_desk.statistics.funnels import TAIL
from jobcentre_desk.statistics.proportions import Z95
from jobcentre_desk.statistics.special import EXACT_BELOW


@dataclass(frozen=True, slots=True)
class ExpectedCount:
    """How many were to be expected, and the variance of that number if the reference rates are true."""

    expected: float
    variance: float


def expected_count(n: ArrayLike, reference_rates: ArrayLike) -> ExpectedCount:
    """E = sum of n_k r_k over strata k with n_k people and the rate r_k of others like them.

    Its variance is the sum of n_k r_k (1 - r_k). The rates are leave-one-out: worked out without the unit itself.
    """
    people = np.asarray(n, dtype=np.float64)
    rate = np.asarray(reference_rates, dtype=np.float64)
    return ExpectedCount(float(people @ rate), float(people @ (rate * (1 - rate))))


def chance_limits(n: ArrayLike, reference_rates: ArrayLike) -> tuple[float, float]:
    """Between which numbers of jobs the n_k people of each stratum lie in 95 % of cases if the rates r_k are true.

    E -+ 1.959964 sqrt(variance), kept within 0 .. people; with fewer than 10 people the exact Poisson-binomial, as the
    funnel does: the smallest and largest number whose tail is more than 0.025.
    """
    people, rate = np.asarray(n, dtype=np.int64), np.asarray(reference_rates, dtype=np.float64)
    total = int(people.sum())
    if total < EXACT_BELOW:
        chances = _poisson_binomial(np.repeat(rate, people))
        below, above = np.cumsum(chances), np.cumsum(chances[::-1])[::-1]
        inside = np.flatnonzero((below > TAIL) & (above > TAIL))
        return float(inside[0]), float(inside[-1])
    mix = expected_count(people, rate)
    half = Z95 * np.sqrt(mix.variance)
    return max(0.0, mix.expected - float(half)), min(float(total), mix.expected + float(half))


def _poisson_binomial(rates: NDArray[np.float64]) -> NDArray[np.float64]:
    """The chance of 0, 1 .. jobs of people who each have a rate of their own."""
    chances = np.ones(1)
    for rate in rates:
        chances = np.convolve(chances, [1.0 - rate, rate])
    return chances

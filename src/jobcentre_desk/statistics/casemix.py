"""Case mix by indirect standardisation: what people like those an employer took usually reach elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


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

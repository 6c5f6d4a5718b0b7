"""What to aim at: the level that peers reach, ambitious and modest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

SHARE_OF_CASES = 0.1


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A rate that units reached together, and which of them (places in what was handed in, leading first)."""

    rate: float
    units: tuple[int, ...]


def achievable_benchmark(x: ArrayLike, n: ArrayLike, share: float = SHARE_OF_CASES) -> Benchmark | None:
    """The Achievable Benchmark of Care (Kiefe et al. 1998, Int J Qual Health Care 10:443); None without cases.

    Units are ordered by (x + 1) / (n + 2), so that a small one does not lead; those that first cover `share` of all
    cases give the rate sum x / sum n.
    """
    jobs, completed = np.asarray(x, dtype=np.float64), np.asarray(n, dtype=np.float64)
    if completed.sum() <= 0:
        return None
    order = np.argsort(-(jobs + 1.0) / (completed + 2.0), kind="stable")
    taken = int(np.searchsorted(np.cumsum(completed[order]), share * completed.sum())) + 1
    chosen = order[:taken]
    return Benchmark(float(jobs[chosen].sum() / completed[chosen].sum()), tuple(int(place) for place in chosen))


def favourable_quartile(values: ArrayLike, *, high_is_good: bool) -> float:
    """The quartile on the wanted side of published values without numerators; nan where there is none."""
    known = np.asarray(values, dtype=np.float64)
    known = known[~np.isnan(known)]
    return float(np.quantile(known, 0.75 if high_is_good else 0.25)) if len(known) else float("nan")


def half_of_gap(parts: ArrayLike, share: float = 0.5) -> tuple[int, ...]:
    """The fewest parts that make up `share` of a gap, largest first; parts in persons, those of 0 or less add nothing.

    Empty when no part adds to the gap.
    """
    gaps = np.maximum(np.nan_to_num(np.asarray(parts, dtype=np.float64)), 0.0)
    if gaps.sum() <= 0:
        return ()
    order = np.argsort(-gaps, kind="stable")
    taken = int(np.searchsorted(np.cumsum(gaps[order]), share * gaps.sum() * (1.0 - 1e-12))) + 1
    return tuple(int(place) for place in order[:taken])

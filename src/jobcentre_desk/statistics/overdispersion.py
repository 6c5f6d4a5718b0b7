"""Whether units differ by more than chance altogether, and the wider funnel limits that allow for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jobcentre_desk.statistics.proportions import Z95, rates
from jobcentre_desk.statistics.special import chi_square_quantile

Floats = NDArray[np.float64]

FEWEST_CASES, FEWEST_UNITS = 10, 20
WINSORISED = 0.1
"""The share of z values at each end that is drawn in to its quantile."""
_SURE = 0.95


@dataclass(frozen=True, slots=True)
class Overdispersion:
    """How much units differ beyond chance: phi (1 = chance alone), tau in the unit of the rate, over `units` units.

    tau is 0 when chance explains the differences (`found` is False then).
    """

    phi: float
    tau: float
    units: int
    found: bool


def winsorised(z: ArrayLike, share: float = WINSORISED) -> Floats:
    """The z values with both ends drawn in to their quantiles (Spiegelhalter 2005, Qual Saf Health Care 14:347)."""
    values = np.asarray(z, dtype=np.float64)
    low, high = np.quantile(values, [share, 1.0 - share])
    return np.clip(values, low, high)


def additive_variance(z: ArrayLike, standard_errors: ArrayLike) -> tuple[float, float]:
    """The ratio phi and the additive variance tau^2 of z values with standard errors s.

    With phi = sum z^2 / I and w = s^-2: tau^2 = (I phi - (I-1)) / (sum w - sum w^2 / sum w), never below 0.
    Spiegelhalter et al. 2012 (JRSS A 175:1), after DerSimonian & Laird 1986.
    """
    values, weight = np.asarray(z, dtype=np.float64), np.asarray(standard_errors, dtype=np.float64) ** -2.0
    units = len(values)
    phi = float(np.sum(values**2)) / units
    spread = float(weight.sum() - (weight**2).sum() / weight.sum())
    return phi, max(0.0, (units * phi - (units - 1)) / spread)


def overdispersion(x: ArrayLike, n: ArrayLike, p0: float) -> Overdispersion | None:
    """Overdispersion of the rates x of n around p0, over units with n >= 10; None with fewer than 20 of them.

    It counts as found when the sum of squares of the winsorised z exceeds the 95 % quantile of chi-square with I - 1
    degrees of freedom.
    """
    completed = np.asarray(n, dtype=np.float64)
    enough = completed >= FEWEST_CASES
    units = int(enough.sum())
    if units < FEWEST_UNITS or not 0.0 < p0 < 1.0:
        return None
    errors = np.sqrt(p0 * (1.0 - p0) / completed[enough])
    z = winsorised((rates(x, n)[enough] - p0) / errors)
    phi, variance = additive_variance(z, errors)
    found = phi * units > chi_square_quantile(_SURE, units - 1)
    return Overdispersion(phi=phi, tau=float(np.sqrt(variance)) if found else 0.0, units=units, found=found)


def wide_limits(p0: float, n: ArrayLike, tau: float, z: float = Z95) -> tuple[Floats, Floats]:
    """Funnel limits p0 - z sqrt(p0 q0 / n + tau^2) and p0 + ..., kept within 0..1; for n >= 1."""
    half = z * np.sqrt(p0 * (1.0 - p0) / np.asarray(n, dtype=np.float64) + tau * tau)
    return np.clip(p0 - half, 0.0, 1.0), np.clip(p0 + half, 0.0, 1.0)

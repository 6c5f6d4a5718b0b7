"""Peers of a municipality: the nearest on one published share, or on several variables at once."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def nearest_on_share(own: str, shares: Mapping[str, Decimal], *, count: int) -> list[tuple[str, Decimal]]:
    """The `count` codes whose published share is nearest to that of `own`, with the distance; ties by code.

    The published digits are compared as decimals: 10.05 and 10.10 are exactly as far from 10.075 as each other.
    """
    middle = shares[own]
    distances = [(abs(share - middle), code) for code, share in shares.items() if code != own]
    return [(code, distance) for distance, code in sorted(distances)[:count]]


def standardised(values: ArrayLike) -> Floats:
    """Each column less its mean, over its standard deviation (of all units); a column without spread becomes 0.

    values: shape (units, variables).
    """
    matrix = np.asarray(values, dtype=np.float64)
    spread = matrix.std(axis=0)
    centred = matrix - matrix.mean(axis=0)
    scaled: Floats = np.divide(centred, spread, out=np.zeros_like(centred), where=spread > 0)
    return scaled


def squared_differences(values: ArrayLike, own: int, weights: ArrayLike = 1.0) -> Floats:
    """What each standardised variable adds to the squared distance from row `own`; shape (units, variables).

    The Euclidean distance of a unit is the root of its row's sum, so each variable's part can be shown or dropped.
    `weights` (one a variable, or one for all) count a squared difference so many times; 0 drops the variable.
    """
    z = standardised(values)
    squared: Floats = np.asarray(weights, dtype=np.float64) * (z - z[own]) ** 2
    return squared


def nearest_on_variables(
    codes: list[str], values: ArrayLike, own: str, *, count: int, weights: ArrayLike = 1.0
) -> list[tuple[str, float]]:
    """The `count` codes nearest to `own` by z-scored Euclidean distance over the variables; ties by code."""
    distances = np.sqrt(squared_differences(values, codes.index(own), weights).sum(axis=1))
    ranked = sorted((float(distance), code) for code, distance in zip(codes, distances, strict=True) if code != own)
    return [(code, distance) for distance, code in ranked[:count]]

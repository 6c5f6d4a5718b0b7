"""Where the true share of a municipality probably lies among all of them, where the counts behind it are known."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from jobcentre_desk.model.areas import Area, AreaKind
from jobcentre_desk.model.measures import Figure, Polarity
from jobcentre_desk.statistics.places import places
from jobcentre_desk.statistics.priors import fit_beta_binomial

LEAST_UNITS = 10
"""With fewer municipalities a prior cannot be fitted, and a place among them says nothing."""


def place_of(
    values: Mapping[str, Figure], areas: Mapping[str, Area], own: str, *, polarity: Polarity | None
) -> tuple[int, int] | None:
    """The range of places holding the true one with 95 %; 1 = the highest share, the lowest where low is wanted.

    None where numerators and denominators are not published. At most 100 municipalities: Poisson-binomial.
    """
    counted = [
        (code, figure.numerator, figure.denominator)
        for code, figure in values.items()
        if code in areas and areas[code].kind is AreaKind.MUNICIPALITY
        if figure.numerator is not None and figure.denominator
    ]
    codes = [code for code, _x, _n in counted]
    if own not in codes or len(codes) < LEAST_UNITS:
        return None
    x, n = (np.array([row[part] for row in counted], dtype=np.int64) for part in (1, 2))
    if polarity is Polarity.LOW_IS_GOOD:
        x = n - x
    prior = fit_beta_binomial(x, n)
    low, high = places(x, n, prior.alpha, prior.beta, [codes.index(own)])
    return int(low[0]), int(high[0])

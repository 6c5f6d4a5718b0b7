"""The order of a list of employers: its first rows at once by partial selection, the complete order when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.model.outcomes import Order

Keys = Sequence[NDArray[Any]]
"""What is ordered by, most important first, each ascending."""

_LARGEST_CODE = 1 << 62

RATED, HIDDEN, WITHOUT_RATE = 0, 1, 2
"""Groups of a list, in this order whatever is ordered by."""


def first_places(keys: Keys, count: int) -> NDArray[np.intp]:
    """The first `count` places in order, without ordering the rest.

    Key by key, those below the value at the border are in, those equal to it go on to the next key.
    """
    total = len(keys[0])
    if count * 4 >= total:
        return all_places(keys)[:count]
    tied: NDArray[np.intp] = np.arange(total)
    chosen: list[NDArray[np.intp]] = []
    wanted = count
    for key in keys:
        values = key.take(tied)
        border = np.partition(values, wanted - 1)[wanted - 1]
        inside = tied.compress(values < border)
        chosen.append(inside)
        wanted -= len(inside)
        tied = tied.compress(values == border)
        if len(tied) == wanted:
            break
    places = np.concatenate([*chosen, tied[:wanted]])
    return places.take(all_places([key.take(places) for key in keys]))


def all_places(keys: Keys) -> NDArray[np.intp]:
    """All places in order; the last key has no ties.

    The keys are put into one whole number where they fit, which sorts four times as fast as key after key.
    """
    code = _ranks(keys[0])
    for key in keys[1:]:
        whole = key if np.issubdtype(key.dtype, np.integer) else _ranks(key)
        lowest = int(whole.min(initial=0))
        span = int(whole.max(initial=0)) - lowest + 1
        if (int(code.max(initial=0)) + 1) * span > _LARGEST_CODE:
            return np.lexsort(tuple(reversed(keys)))
        code = code * span + (whole - lowest)
    return np.argsort(code)


def _ranks(key: NDArray[Any]) -> NDArray[np.int64]:
    """Whole numbers in the order of a key; equal values get the same one."""
    order = np.argsort(key)
    in_order = key.take(order)
    ranks = np.zeros(len(key), dtype=np.int64)
    ranks[order[1:]] = np.cumsum(in_order[1:] != in_order[:-1])
    return ranks


def order_keys(
    order: Order,
    *,
    group: NDArray[np.int8] | None,
    fair_rate: NDArray[np.float64],
    completed: NDArray[np.int64],
    jobs: NDArray[np.int64],
    cvr: NDArray[np.int32],
    name_rank: NDArray[np.int32],
) -> Keys:
    """The keys of an order. Fair: fair rate, completed, CVR; raw: rate, CVR; completed: completed, CVR; name...

    `group` parts rated, hidden and unrated rows; None when all are rated. Rows that are not rated are ordered by
    completed and CVR where the order is not by name. `name_rank` has no ties.
    """
    if order is Order.NAME:
        keys: Keys = (name_rank,)
    elif order is Order.COMPLETED:
        keys = (-completed, cvr)
    elif order is Order.RAW:
        keys = (-_rates(jobs, completed, group), *(() if group is None else (_unrated(completed, group),)), cvr)
    else:
        keys = (-(fair_rate if group is None else np.where(group == RATED, fair_rate, 0.0)), -completed, cvr)
    return keys if group is None else (group, *keys)


def _rates(
    jobs: NDArray[np.int64], completed: NDArray[np.int64], group: NDArray[np.int8] | None
) -> NDArray[np.float64]:
    if group is None:
        return jobs / completed
    rated = group == RATED
    return np.divide(jobs, completed, out=np.zeros(len(jobs)), where=rated)


def _unrated(completed: NDArray[np.int64], group: NDArray[np.int8]) -> NDArray[np.int64]:
    return np.where(group == RATED, 0, -completed)

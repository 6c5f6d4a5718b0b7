"""The newest published values of a measure alone: what a report needs of measures with years of months."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

from jobcentre_desk.cache.snapshot import Snapshot
from jobcentre_desk.model.measures import Figure
from jobcentre_desk.model.outcomes import State

_ALL_GROUPS = ("", "all")
_PERIODS = (
    "WITH RECURSIVE p(id) AS (SELECT min(period) FROM figures WHERE source = :source AND measure = :measure UNION ALL"
    " SELECT (SELECT min(period) FROM figures WHERE source = :source AND measure = :measure AND period > p.id)"
    " FROM p WHERE p.id NOT NULL) SELECT id FROM p WHERE id NOT NULL"
)
"""Steps from period to period along the key, so that years of figures are not read."""
_VALUES = (
    "SELECT measure, area, period, grp, value, numerator, denominator, state FROM figures"
    " WHERE source = ? AND measure = ? AND period = ? AND grp IN (?, ?) ORDER BY grp, area"
)


def newest_figures(
    snapshot: Snapshot, source: str, measures: Sequence[str], *, newest: Callable[[Sequence[str]], str]
) -> dict[str, tuple[Figure, ...]]:
    """The values that `source` publishes of each measure in the period `newest` chooses, all benefit groups together.

    A measure without such values is left out.
    """
    connection = snapshot.connect()
    row = connection.execute("SELECT id, sequence FROM sources WHERE name = ?", (source,)).fetchone()
    if row is None:
        return {}
    number, sequence = row
    found = {}
    for measure in measures:
        periods = [period for (period,) in connection.execute(_PERIODS, {"source": number, "measure": measure})]
        if periods:
            values = connection.execute(_VALUES, (number, measure, newest(periods), *_ALL_GROUPS))
            found[measure] = tuple(_figure(value, source, sequence) for value in values)
    return {measure: values for measure, values in found.items() if values}


def _figure(row: tuple[Any, ...], source: str, release: int) -> Figure:
    values = dict(zip([field.name for field in fields(Figure)], (*row, source, release), strict=True))
    return Figure(**{**values, "state": State(values["state"])})

"""One measured row: its samples, the limits they are held against, and how both are told."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What a statistic ("median", "p95", "worst") may be at most, in the unit of its row.

    `origin` says where the figure comes from when it was measured in the same run ("1.5 × bare window").
    """

    statistic: str
    at_most: float
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The samples of one job; a peer is a row without limits."""

    job: str
    samples: tuple[float, ...]
    unit: str = "ms"
    limits: tuple[Limit, ...] = ()

    def statistic(self, name: str) -> float:
        """The median, the p95 (nearest rank) or the worst of the samples."""
        ordered = sorted(self.samples)
        places = {"p95": math.ceil(0.95 * len(ordered)) - 1, "worst": -1}
        return median(ordered) if name == "median" else ordered[places[name]]

    def ratio(self, limit: Limit) -> float:
        """The statistic over its limit: 1 or less is within reach."""
        return self.statistic(limit.statistic) / limit.at_most if limit.at_most else math.inf


_COLUMNS = ("job", "median", "p95", "worst", "unit", "limit", "ratio", "")
_WIDTHS = (58, 10, 10, 10, 8, 40, 6, 4)


def table(results: Iterable[Result]) -> Iterator[str]:
    """The lines to print: one for each row, and one more for each further limit of it."""
    yield _line(_COLUMNS)
    for result in results:
        named = (result.job, *(_number(result.statistic(name)) for name in ("median", "p95", "worst")), result.unit)
        lines = [_limit_cells(result, limit) for limit in result.limits] or [("", "", "")]
        for place, cells in enumerate(lines):
            yield _line((*(named if place == 0 else ("",) * len(named)), *cells))


def as_json(results: Sequence[Result]) -> list[dict[str, Any]]:
    """The rows as they are kept beside each other from run to run."""
    return [
        {
            "job": result.job,
            "unit": result.unit,
            "samples": len(result.samples),
            **{name: result.statistic(name) for name in ("median", "p95", "worst")},
            "limits": [
                {
                    "statistic": limit.statistic,
                    "at_most": limit.at_most,
                    "origin": limit.origin,
                    "ratio": result.ratio(limit),
                }
                for limit in result.limits
            ],
        }
        for result in results
    ]


def _limit_cells(result: Result, limit: Limit) -> tuple[str, str, str]:
    told = f"{limit.statistic} ≤ {_number(limit.at_most)}" + (f" ({limit.origin})" if limit.origin else "")
    ratio = result.ratio(limit)
    return told, f"{ratio:.2f}", "" if ratio <= 1 else "over"


def _line(cells: Sequence[str]) -> str:
    return " ".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"

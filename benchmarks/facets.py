"""Counts beside all filter choices, after the table has its rows."""

from __future__ import annotations

import time
from collections.abc import Iterator

from benchmarks.ground import Ground
from benchmarks.questions import QUESTIONS, random_scopes
from benchmarks.results import Limit, Result

from jobcentre_desk.desk.facets import facet_counts
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.model.outcomes import Scope


def measure(ground: Ground) -> list[Result]:
    """Every list at every level, for each of the random filters."""
    figures = ground.figures()
    scopes = random_scopes(figures, ground.repeats(QUESTIONS))
    facet_counts(figures, Scope())
    samples = tuple(_samples(figures, scopes))
    figures.snapshot.close()
    limits = (Limit(statistic="p95", at_most=150), Limit(statistic="worst", at_most=600))
    return [
        Result(job="counts beside all choices", samples=samples, limits=() if ground.size == "tenfold" else limits),
    ]


def _samples(figures: Figures, scopes: list[Scope]) -> Iterator[float]:
    for scope in scopes:
        started = time.perf_counter()
        facet_counts(figures, scope)
        yield (time.perf_counter() - started) * 1000

"""Places of the rows shown among all employers of the country, after the table has its rows."""

from __future__ import annotations

import time

from benchmarks.ground import Ground
from benchmarks.results import Limit, Result

from jobcentre_desk.desk.find import find_employers
from jobcentre_desk.desk.places import places
from jobcentre_desk.model.outcomes import Scope

TIMES = 9
SHOWN = 40


def measure(ground: Ground) -> list[Result]:
    """The largest lists there are: no filter, the default period and all known quarters."""
    figures = ground.figures()
    samples = []
    for scope in (Scope(), Scope(first=figures.quarters[0])):
        found = find_employers(figures, scope)
        for _turn in range(ground.repeats(TIMES)):
            started = time.perf_counter()
            places(figures, found, 0, SHOWN)
            samples.append((time.perf_counter() - started) * 1000)
    figures.snapshot.close()
    limits = () if ground.size == "tenfold" else (Limit(statistic="worst", at_most=600),)
    return [Result(job="places of 40 rows among all", samples=tuple(samples), limits=limits)]

"""Opening the newest snapshot: its hash checked, its blocks in memory; and the ready page that comes before."""

from __future__ import annotations

import time

from benchmarks.ground import Ground
from benchmarks.results import Limit, Result

from jobcentre_desk.cache.snapshot import open_newest
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.first_page import ready_page
from jobcentre_desk.paths import Home

TIMES = 11
MOST_MS = {"small": 1000.0, "country": 1000.0, "tenfold": 6000.0}


def measure(ground: Ground) -> list[Result]:
    """Warm: the file lies in the memory of the system, as it does just after a sync and on most starts."""
    home = ground.home
    _opened(home, check_hash=True)
    times = range(ground.repeats(TIMES))
    whole = tuple(_opened(home, check_hash=True) for _turn in times)
    blocks = tuple(_opened(home, check_hash=False) for _turn in times)
    return [
        Result(
            job="opening: hash checked and blocks in memory",
            samples=whole,
            limits=(Limit(statistic="p95", at_most=MOST_MS[ground.size]),),
        ),
        Result(job="opening: blocks in memory alone", samples=blocks),
        Result(job="opening: the ready first page", samples=tuple(_ready(home) for _turn in times)),
    ]


def _opened(home: Home, *, check_hash: bool) -> float:
    started = time.perf_counter()
    snapshot = open_newest(home, check_hash=check_hash)
    assert snapshot is not None
    Figures.open(snapshot).load_blocks()
    seconds = time.perf_counter() - started
    snapshot.close()
    return seconds * 1000


def _ready(home: Home) -> float:
    started = time.perf_counter()
    snapshot = open_newest(home, check_hash=False)
    assert snapshot is not None
    page = ready_page(snapshot)
    seconds = time.perf_counter() - started
    assert page is not None
    snapshot.close()
    return seconds * 1000

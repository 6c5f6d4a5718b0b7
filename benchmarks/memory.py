"""Memory of the program with its window open and all blocks loaded, in a process of its own."""

from __future__ import annotations

from benchmarks.ground import Ground
from benchmarks.probes import run_probe
from benchmarks.results import Limit, Result

TIMES = 3
MOST_MIB = {"small": 300.0, "country": 300.0, "tenfold": 1638.4}


def measure(ground: Ground) -> list[Result]:
    """Counted when the list, the counts beside the choices and the places have all arrived."""
    home = ground.copied_home("home-memory", str(ground.publication()))
    told = [run_probe("memory_probe", str(home.root)) for _turn in range(ground.repeats(TIMES))]
    limit = Limit(statistic="worst", at_most=MOST_MIB[ground.size])
    return [
        Result(
            job="memory: window open, all blocks loaded",
            samples=tuple(each["held_mib"] for each in told),
            unit="MiB",
            limits=(limit,),
        ),
        Result(job="memory: the most on the way there", samples=tuple(each["peak_mib"] for each in told), unit="MiB"),
    ]

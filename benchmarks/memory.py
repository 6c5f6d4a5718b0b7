"""Memory of the program with its window open and all blocks loaded, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from benchmarks.ground import ROOT, Ground
from benchmarks.results import Limit, Result

TIMES = 3
PROBE = ROOT / "benchmarks" / "memory_probe.py"
MOST_MIB = {"small": 300.0, "country": 300.0, "tenfold": 1638.4}


def measure(ground: Ground) -> list[Result]:
    """Counted when the list, the counts beside the choices and the places have all arrived."""
    home = ground.copied_home("home-memory", str(ground.publication()))
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    told = []
    for _turn in range(ground.repeats(TIMES)):
        done = subprocess.run(
            [sys.executable, str(PROBE), str(home.root)],
            env=environment, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        told.append(json.loads(done.stdout.splitlines()[-1]))
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

"""Process start to the first painted window with figures, beside a bare window started in turns with it."""

from __future__ import annotations

import time
from statistics import median

from benchmarks.ground import Ground
from benchmarks.probes import run_probe
from benchmarks.results import Limit, Result

TIMES = 15


def measure(ground: Ground) -> list[Result]:
    """One warm-up of each, then turn and turn about, so that both meet the same machine."""
    home = str(ground.copied_home("home-started", str(ground.publication())).root)
    start_probe()
    start_probe(home)
    bare, program = [], []
    for _turn in range(ground.repeats(TIMES)):
        bare.append(start_probe())
        program.append(start_probe(home))
    assert all(moments["rows"] for moments in program), "the window was painted without figures"
    of_bare = median(moments["painted"] for moments in bare)
    return [
        Result(job="start: bare PySide6 window", samples=tuple(moments["painted"] for moments in bare)),
        _row("start: first painted window, with figures", program, "painted", factor=1.5, bare=of_bare),
        _row("start: table has answered its first key", program, "usable", factor=2.0, bare=of_bare),
    ]


def start_probe(*arguments: str) -> dict[str, float]:
    """Milliseconds from the start of a process to each of its moments, and `rows` of its table."""
    started = time.monotonic_ns()
    told = run_probe("start_probe", *arguments)
    return {name: value if name == "rows" else (value - started) / 1e6 for name, value in told.items()}


def _row(job: str, program: list[dict[str, float]], moment: str, *, factor: float, bare: float) -> Result:
    limit = Limit(statistic="median", at_most=factor * bare, origin=f"{factor:g} × bare window")
    return Result(job=job, samples=tuple(moments[moment] for moments in program), limits=(limit,))

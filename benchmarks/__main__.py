"""Measures every row, prints a table and keeps it as build/bench.json: `python -m benchmarks [row ...]`.

BENCH_SIZE is small (only to see that it runs), country (the figures that are held against the limits) or tenfold
(growth). Rows are measured one after the other in one process, unless they start processes of their own.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Callable, Sequence

from benchmarks.ground import ROOT, SIZES, Ground
from benchmarks.results import Result, as_json
from benchmarks.results import table as lines_of

from benchmarks import (
    employer_filter,
    facets,
    first_sync,
    funnel,
    memory,
    monthly_sync,
    opening,
    pdf,
    places,
    reports,
    search,
    start,
    table,
)

Row = Callable[[Ground], list[Result]]

ROWS: tuple[tuple[str, Row], ...] = (
    ("start", start.measure),
    ("filter", employer_filter.measure),
    ("search", search.measure),
    ("facets", facets.measure),
    ("places", places.measure),
    ("table", table.measure),
    ("funnel", funnel.measure),
    ("first_sync", first_sync.measure),
    ("monthly_sync", monthly_sync.measure),
    ("opening", opening.measure),
    ("pdf", pdf.measure),
    ("reports", reports.measure),
    ("memory", memory.measure),
)
"""The rows in the order they are printed."""


def measure_rows(ground: Ground, names: Sequence[str] = ()) -> list[Result]:
    """Measure the rows `names` (all when empty), printing each as soon as it is known."""
    results: list[Result] = []
    for name, measure in ROWS:
        if name in names or not names:
            measured = measure(ground)
            for line in list(lines_of(measured))[1 if results else 0 :]:
                print(line, flush=True)
            results += measured
    return results


def main() -> int:
    """Measure, print, keep; 2 for a size or a row that does not exist."""
    size, names = os.environ.get("BENCH_SIZE", "country"), sys.argv[1:]
    unknown = sorted(set(names) - {name for name, _measure in ROWS})
    if size not in SIZES or unknown:
        print(f"BENCH_SIZE is one of {', '.join(SIZES)}; rows are {', '.join(name for name, _measure in ROWS)}.")
        return 2
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    results = measure_rows(Ground(size, ROOT / "build" / "bench" / size), names)
    machine = {"system": platform.platform(), "python": platform.python_version(), "cores": os.cpu_count()}
    kept = {"size": size, "machine": machine, "rows": as_json(results)}
    (ROOT / "build" / "bench.json").write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Monthly reports of all 98 municipalities as PDF, and as workbooks, in one run."""

from __future__ import annotations

import shutil

from benchmarks.ground import Ground
from benchmarks.results import Limit, Result
from benchmarks.timing import milliseconds

from jobcentre_desk.desk.report_run import municipality_codes, save_reports
from jobcentre_desk.task import Task

RUNS = 3
FEW = 2
"""Reports written once before, as a warm-up."""


def measure(ground: Ground) -> list[Result]:
    """Figures open and blocks loaded; everything else is in it: reading, charts, text, letters embedded, files."""
    figures = ground.figures()
    folder = ground.folder / "reports"
    shutil.rmtree(folder, ignore_errors=True)
    codes = municipality_codes(figures)
    results = []
    for kind in ("pdf", "xlsx"):
        save_reports(figures, codes[:FEW], folder, kinds=(kind,), task=Task())
        samples = tuple(
            milliseconds(lambda: save_reports(figures, codes, folder, kinds=(kind,), task=Task()))  # noqa: B023
            for _run in range(min(RUNS, ground.repeats(RUNS)))
        )
        results.append(
            Result(
                job=f"reports: all 98 as {kind}", samples=samples, limits=(Limit(statistic="median", at_most=5_000),)
            )
        )
    figures.snapshot.close()
    return results

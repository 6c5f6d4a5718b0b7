"""PDF pages: one about an employer, one about a municipality, and the cards of a municipality."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from benchmarks.ground import Ground
from benchmarks.results import Limit, Result
from benchmarks.timing import milliseconds

from jobcentre_desk.desk import exports
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.find import find_employers, rows
from jobcentre_desk.model.outcomes import Scope

EMPLOYERS = 20
MUNICIPALITIES = 10
CARDS = 12


def measure(ground: Ground) -> list[Result]:
    """Figures open and reportlab imported; the first page of all is a warm-up."""
    figures = ground.figures()
    folder = ground.folder / "pdf"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    sheets = _sheets(figures, folder, ground.repeats(EMPLOYERS))
    municipalities = sorted(code for code, area in figures.codes.areas.items() if area.kind == "municipality")
    codes = municipalities[: ground.repeats(MUNICIPALITIES)]
    cards = _written(codes, lambda code: exports.save_cards(figures, code, folder / f"cards-{code}.pdf"))
    pages = _written(codes, lambda code: exports.save_municipality_sheet(figures, code, folder / f"{code}.pdf"))
    figures.snapshot.close()
    most = (Limit(statistic="median", at_most=100),)
    return [
        Result(job="pdf: one employer page", samples=sheets, limits=most),
        Result(job="pdf: one municipality page", samples=pages, limits=most),
        Result(job="pdf: one card, of a municipality's twelve", samples=tuple(ms / CARDS for ms in cards), limits=most),
    ]


def _sheets(figures: Figures, folder: Path, times: int) -> tuple[float, ...]:
    """Pages of employers from all over the fair order."""
    found = find_employers(figures, Scope(min_completed=5))
    step = max(found.total // (times + 1), 1)
    cvrs = [rows(figures, found, place * step, place * step + 1)[0].cvr for place in range(times)]
    return _written(cvrs, lambda cvr: exports.save_employer_sheet(figures, cvr, folder / f"{cvr}.pdf", scope=Scope()))


def _written(names: list[str], write: Callable[[str], None]) -> tuple[float, ...]:
    """Milliseconds of each file; the first is written once before, as a warm-up."""
    write(names[0])
    return tuple(milliseconds(lambda: write(name)) for name in names)  # noqa: B023 - called before the next name

"""The outcomes of traineeships counted by municipality, as figures of measures: a year up to and including a quarter.

Nobody publishes them; they are counted from the outcomes looked at, by the municipality of the workplace. A year is
there once its four quarters are known and loaded. Where a publisher withheld a count the figure is hidden: a rate of
partly known numbers would be wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.cache.outcome_blocks import QuarterBlock, completed, jobs
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.model.areas import COUNTRY, AreaKind
from jobcentre_desk.model.measures import Figure
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.model.periods import Quarter

SUCCESS_RATE = "traineeship.success_rate"
RATES = {SUCCESS_RATE: "jobs", "traineeship.job_same_employer": "same", "traineeship.job_elsewhere": "elsewhere"}
"""Measure -> the count above its denominator, the completed traineeships."""
COUNTS = {"traineeship.completed": "completed", "traineeship.started": "started"}
TRAINEESHIPS = (*RATES, *COUNTS)
QUARTERS_OF_A_YEAR = 4
_PLACES = 2
"""Decimals of a rate in percent, as y30r21 is published."""

Tally = dict[str, NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class _Year:
    """Counts by area id in the year up to and including a quarter."""

    last: Quarter
    counts: Tally

    @property
    def period(self) -> str:
        """The code of the period: `2026QMAT01`."""
        return f"{self.last.year:04d}QMAT{self.last.number:02d}"


def traineeship_figures(figures: Figures, measure: str) -> tuple[Figure, ...]:
    """Every figure of one of `TRAINEESHIPS`: all municipalities and the country, each year that is known; else none."""
    if measure not in TRAINEESHIPS or figures.outcome_source is None or not figures.quarters:
        return ()
    if figures.outcome_window > 1:
        return ()
    years: list[_Year] = figures.kept(("traineeships by municipality",), lambda: _years(figures))
    return tuple(figure for year in years for figure in _figures(figures, year, measure))


def _years(figures: Figures) -> list[_Year]:
    blocks = figures.load_blocks().outcomes.quarters
    size = max(figures.codes.ids["areas"].values(), default=0) + 1
    known = figures.known_through
    tallies = {
        quarter: _tally(blocks[quarter.index], size)
        for quarter in figures.quarters
        if known is not None and quarter <= known and quarter.index in blocks
    }
    found = []
    for quarter in tallies:
        year = [quarter.plus(-back) for back in range(QUARTERS_OF_A_YEAR)]
        if all(each in tallies for each in year):
            found.append(_Year(quarter, _summed([tallies[each] for each in year])))
    return found


def _tally(block: QuarterBlock, size: int) -> Tally:
    values = {
        "started": block.started,
        "completed": completed(block.outcome),
        "jobs": jobs(block.outcome),
        "same": block.same_employer,
        "hidden": np.zeros(len(block)) if block.null_rows is None else block.null_rows,
    }
    tally = {name: np.bincount(block.municipality, value, size).astype(np.int64) for name, value in values.items()}
    return tally | {"elsewhere": tally["jobs"] - tally["same"]}


def _summed(tallies: Sequence[Tally]) -> Tally:
    return {name: np.sum([tally[name] for tally in tallies], axis=0) for name in tallies[0]}


def _figures(figures: Figures, year: _Year, measure: str) -> list[Figure]:
    ids = figures.codes.ids["areas"]
    rows = {
        area.code: {name: int(counts[ids[area.code]]) for name, counts in year.counts.items()}
        for area in figures.codes.areas.values()
        if area.kind is AreaKind.MUNICIPALITY
    }
    if COUNTRY in ids:
        rows[COUNTRY] = {name: int(counts.sum()) for name, counts in year.counts.items()}
    return [_figure(figures, year, measure, code, counts) for code, counts in rows.items()]


def _figure(figures: Figures, year: _Year, measure: str, area: str, counts: dict[str, int]) -> Figure:
    source = figures.outcome_source
    assert source is not None
    hidden, n = counts["hidden"] > 0, counts["completed"]
    value: str | None = None
    if measure in RATES and n and not hidden:
        value = f"{100 * counts[RATES[measure]] / n:.{_PLACES}f}"
    elif measure in COUNTS and not hidden:
        value = str(counts[COUNTS[measure]])
    rated = measure in RATES and not hidden and n > 0
    return Figure(
        measure=measure,
        area=area,
        period=year.period,
        group="",
        value=value,
        numerator=counts[RATES[measure]] if rated else None,
        denominator=n if rated else None,
        state=State.HIDDEN if hidden else State.NOT_REPORTED if value is None else State.KNOWN,
        source=source.name,
        release=source.sequence,
    )

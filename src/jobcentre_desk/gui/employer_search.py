"""Searches behind the Employers page: the list first, then counts beside the choices, then places; the newest wins."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from jobcentre_desk.errors import DeskError
from jobcentre_desk.gui.employer_table_model import BLOCK
from jobcentre_desk.gui.jobs import Jobs
from jobcentre_desk.model.outcomes import EmployerRow, FacetCounts, Place, Scope
from jobcentre_desk.task import Task

if TYPE_CHECKING:
    from jobcentre_desk.desk.figures import Figures
    from jobcentre_desk.desk.find import Found
    from jobcentre_desk.desk.rolling import Rolling
    from jobcentre_desk.desk.ways_out import WayOut


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a search gave; a source for the table. `everyone` counts the employers of the period without any filter.

    `priors` are by level what is usual there and how many traineeships that is worth (alpha + beta).
    """

    figures: Figures
    found: Found
    first: list[EmployerRow]
    priors: dict[str, tuple[float, float]]
    everyone: int
    milliseconds: float

    @property
    def total(self) -> int:
        """Employers that fit."""
        return self.found.total

    @property
    def rated(self) -> int:
        """Those of them that have a rate."""
        return self.found.rated

    def rows(self, start: int, stop: int) -> Sequence[EmployerRow]:
        """The employers at places start..stop - 1 of the list."""
        from jobcentre_desk.desk.find import rows

        return rows(self.figures, self.found, start, stop)

    def prior(self, level: str) -> tuple[float, float] | None:
        """What is usual at a level of branches, and how many traineeships that is worth."""
        return self.priors.get(level)


class EmployerSearch(QObject):
    """Runs searches as jobs and tells what came; the former list stands until the next one is there."""

    found = Signal(object)
    counted = Signal(object)
    placed = Signal(object, int, object)
    rolled = Signal(object, int, object)
    ways_found = Signal(object)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs

    def search(self, figures: Figures, scope: Scope, *, cvrs: frozenset[str] | None = None) -> None:
        """Find the employers of `scope`; with `cvrs` only those among them."""
        self._jobs.start(
            lambda _task: _find(figures, scope, cvrs),
            self,
            self._on_result,
            on_failed=self._on_failed,
            replaces="filter",
        )

    def ask_for_places(self, result: Result, start: int, stop: int) -> None:
        """Work out the rolling rates of the rows start..stop - 1, then their places, which take longer."""

        def roll(_task: Task) -> list[Rolling]:
            from jobcentre_desk.desk.rolling import rolling_rates

            return rolling_rates(result.figures, result.found, start, stop)

        def work(_task: Task) -> Sequence[Place | None]:
            from jobcentre_desk.desk.places import places

            return places(result.figures, result.found, start, stop)

        self._jobs.start(roll, self, lambda rates: self.rolled.emit(result, start, rates), replaces="rolling")
        self._jobs.start(work, self, lambda places: self.placed.emit(result, start, places), replaces="places")

    def ask_for_ways_out(self, figures: Figures, scope: Scope) -> None:
        """Look for changes of `scope` that would give employers."""

        def work(task: Task) -> tuple[WayOut, ...]:
            from jobcentre_desk.desk.ways_out import ways_out

            return ways_out(figures, scope, task=task)

        self._jobs.start(work, self, self.ways_found.emit, on_failed=self._on_failed, replaces="ways out")

    def _on_result(self, result: Result) -> None:
        self.found.emit(result)
        figures, scope = result.figures, result.found.scope

        def work(task: Task) -> FacetCounts:
            from jobcentre_desk.desk.facets import facet_counts

            return facet_counts(figures, scope, task=task)

        self._jobs.start(work, self, self.counted.emit, on_failed=self._on_failed, replaces="facets")

    def _on_failed(self, fault: DeskError) -> None:
        self.failed.emit(fault)


def _find(figures: Figures, scope: Scope, cvrs: frozenset[str] | None) -> Result:
    from jobcentre_desk.desk.find import find_employers, priors_used, rows

    started = time.perf_counter()
    found = find_employers(figures, scope) if cvrs is None else find_employers(figures, scope, cvrs=cvrs)
    first = rows(figures, found, 0, BLOCK)
    milliseconds = (time.perf_counter() - started) * 1000
    period = Scope(first=scope.first, last=scope.last)
    everyone = figures.remembered(("everyone", period), lambda: find_employers(figures, period).total)
    priors = {
        level: (prior["alpha"] / (prior["alpha"] + prior["beta"]), prior["alpha"] + prior["beta"])
        for level, prior in priors_used(figures, found).items()
    }
    return Result(
        figures=figures, found=found, first=first, priors=priors, everyone=everyone, milliseconds=milliseconds
    )

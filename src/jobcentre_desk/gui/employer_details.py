"""Fills the detail pane behind the window: the employer's page as a job, and why it stands where it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from jobcentre_desk import text
from jobcentre_desk.errors import DeskError
from jobcentre_desk.gui.detail_pane import DetailPane
from jobcentre_desk.gui.employer_search import Result
from jobcentre_desk.gui.jobs import Jobs
from jobcentre_desk.model.outcomes import EmployerRow, Place, Scope
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.desk.find import Found
    from jobcentre_desk.model.pages import EmployerPage


class EmployerDetails(QObject):
    """The newest employer wins; one that cannot be shown leaves what the row told."""

    def __init__(self, jobs: Jobs, pane: DetailPane) -> None:
        super().__init__(pane)
        self._jobs = jobs
        self._pane = pane

    def show(self, result: Result, cvr: str) -> None:
        """Show the page of an employer of the list, in the period and narrowing of the list."""
        scope = _narrowing_of(result.found)

        def work(_task: Task) -> EmployerPage:
            from jobcentre_desk.desk.employer_page import employer_page

            return employer_page(result.figures, cvr, scope=scope)

        self._jobs.start(work, self, self._pane.show_page, on_failed=self._on_failed, replaces="pane")

    def show_place(self, result: Result, row: EmployerRow, place: Place | None) -> None:
        """Say why the employer stands at its place."""
        self._pane.show_place(place, place_words(result, row, place) if place else "")

    def _on_failed(self, _fault: DeskError) -> None:
        """The employer is not in the newest figures any more; the list says so when it is found anew."""


def _narrowing_of(found: Found) -> Scope:
    """The narrowing an employer's page knows: occupations, benefit groups, programmes and the list's own period."""
    scope, span = found.scope, found.period.span
    return Scope(
        occupations=scope.occupations,
        benefit_groups=scope.benefit_groups,
        programmes=scope.programmes,
        first=span.first,
        last=span.last,
    )


def place_words(result: Result, row: EmployerRow, place: Place) -> str:
    """How the rate was weighed, and between which places it probably lies."""
    parts = []
    prior = result.prior(row.prior_level)
    if prior and row.fair_rate is not None and row.rate.value is not None:
        usual, worth = prior
        parts.append(
            _(
                "In fair order few traineeships count for less: the raw rate of {rate} is weighed with what is usual "
                "in the branch, {usual}, as if that were {worth} more traineeships. That gives {fair}."
            ).format(
                rate=text.percent(row.rate.value),
                usual=text.percent(usual),
                worth=text.count(worth),
                fair=text.percent(row.fair_rate),
            )
        )
    parts.append(
        _("The true place lies, with 95 per cent certainty, between {low} and {high} of {total}.").format(
            low=text.count(place.low), high=text.count(place.high), total=text.count(result.rated)
        )
    )
    return " ".join(parts)

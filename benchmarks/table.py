"""The employer table: another list shown and painted, scrolling by three rows, and Qt's own sorting of a model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.ground import Ground
from benchmarks.results import Limit, Result
from benchmarks.timing import milliseconds
from PySide6.QtCore import QSortFilterProxyModel, QStringListModel, Qt
from PySide6.QtWidgets import QApplication

from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.find import Found, find_employers, rows
from jobcentre_desk.gui.employer_source import Titles
from jobcentre_desk.gui.employer_table import EmployerTable
from jobcentre_desk.gui.employer_table_model import BLOCK
from jobcentre_desk.model.outcomes import EmployerRow, Order, Scope

RESETS = 60
STEPS = 240
ROWS_A_STEP = 3
WIDTH, HEIGHT = 1100, 900


@dataclass(frozen=True, slots=True)
class FoundEmployers:
    """A list that was found, as the table asks for it."""

    figures: Figures
    found: Found

    @property
    def total(self) -> int:
        """Employers in the list."""
        return self.found.total

    @property
    def rated(self) -> int:
        """How many of them have a rate."""
        return self.found.rated

    def rows(self, start: int, stop: int) -> list[EmployerRow]:
        """The employers at places start..stop - 1."""
        return rows(self.figures, self.found, start, stop)


def measure(ground: Ground) -> list[Result]:
    """Lists in all orders and of all sizes; the first paint of all is a warm-up."""
    application = window_application()
    figures = ground.figures()
    table = EmployerTable()
    table.resize(WIDTH, HEIGHT)
    table.show()
    application.processEvents()
    titles = Titles(
        {code.code: code.title_da for code in figures.codes.branches},
        {area.code: area.name_da for area in figures.codes.areas.values()},
    )
    lists = [FoundEmployers(figures, find_employers(figures, scope)) for scope in _scopes()]
    resets = list(_resets(table, lists, titles, ground.repeats(RESETS)))
    steps = list(_steps(table, ground.repeats(STEPS)))
    table.close()
    figures.snapshot.close()
    reach = Limit(statistic="median", at_most=12)
    return [
        Result(job="table: another list, reset and painted", samples=tuple(resets), limits=(reach,)),
        Result(
            job="table: scrolled by three rows and painted",
            samples=tuple(steps),
            limits=(Limit(statistic="median", at_most=4),),
        ),
        Result(job="peer: QSortFilterProxyModel sorts as many names", samples=(_proxy(lists[0].total),)),
    ]


def window_application() -> QApplication:
    """The application of this process, looking as the program does."""
    from jobcentre_desk.app import make_application
    from jobcentre_desk.settings import Settings

    existing = QApplication.instance()
    return existing if isinstance(existing, QApplication) else make_application(["benchmarks"], Settings())


def _scopes() -> Iterator[Scope]:
    yield Scope()
    for order in (Order.NAME, Order.COMPLETED, Order.RAW):
        yield Scope(order=order)
    for branch in ("G", "I", "Q"):
        yield Scope(branches=(branch,), min_completed=5)


def _resets(table: EmployerTable, lists: list[FoundEmployers], titles: Titles, times: int) -> Iterator[float]:
    def show(employers: FoundEmployers) -> None:
        table.show_employers(employers, titles, employers.rows(0, BLOCK))
        table.viewport().repaint()

    show(lists[-1])
    for turn in range(times):
        employers = lists[turn % len(lists)]
        yield milliseconds(lambda: show(employers))  # noqa: B023 - called before the next turn


def _steps(table: EmployerTable, times: int) -> Iterator[float]:
    """Steps over rows seen for the first time, so that those whose block has to be fetched count.

    Rows already on the screen are moved by Qt, as they are when a person scrolls; only what comes in is painted.
    """
    bar, application = table.verticalScrollBar(), window_application()
    application.processEvents()

    def step() -> None:
        bar.setValue(bar.value() + ROWS_A_STEP * bar.singleStep())
        application.processEvents()

    for _turn in range(times):
        yield milliseconds(step)


def _proxy(employers: int) -> float:
    model = QStringListModel([f"Employer {employer * 7919 % employers}" for employer in range(employers)])
    proxy = QSortFilterProxyModel()
    proxy.setSourceModel(model)
    return milliseconds(lambda: proxy.sort(0, Qt.SortOrder.AscendingOrder))

"""A filter changed: the ordered result and its first rows, beside what others need for the ordered sums alone."""

from __future__ import annotations

import time
from collections.abc import Iterator

from benchmarks.ground import ROOT, Ground
from benchmarks.peers import PEERS, Peer, fact_table
from benchmarks.questions import QUESTIONS, random_scopes
from benchmarks.results import Limit, Result
from benchmarks.table import FoundEmployers, window_application

from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.find import find_employers, rows
from jobcentre_desk.desk.narrowing import Narrowing
from jobcentre_desk.desk.scopes import narrowing_of, resolve_period
from jobcentre_desk.gui.employer_source import Titles
from jobcentre_desk.gui.employer_table import EmployerTable
from jobcentre_desk.gui.employer_table_model import BLOCK
from jobcentre_desk.model.outcomes import Scope

PAINTED = 40
GROWTH = 3.0


def measure(ground: Ground) -> list[Result]:
    """Each question once, in a row; peers only add up and order, without badges, intervals or a table."""
    figures = ground.figures()
    scopes = random_scopes(figures, ground.repeats(QUESTIONS))
    find_employers(figures, Scope())
    answered = Result(
        job="filter: ordered, first 40 rows with badges",
        samples=tuple(_answered(figures, scopes)),
        limits=tuple(_limits(ground)),
    )
    painted = Result(job="filter: the same painted in the table", samples=tuple(_painted(figures, scopes)))
    peers = [] if ground.size == "tenfold" else list(_peers(figures, scopes))
    figures.snapshot.close()
    return [answered, painted, *peers]


def answered_at(ground: Ground) -> Result:
    """The same questions at one size; what growth is held against."""
    figures = ground.figures()
    samples = tuple(_answered(figures, random_scopes(figures, ground.repeats(QUESTIONS))))
    figures.snapshot.close()
    return Result(job=f"filter at size {ground.size}", samples=samples)


def _limits(ground: Ground) -> Iterator[Limit]:
    if ground.size == "tenfold":
        country = answered_at(Ground("country", ROOT / "build" / "bench" / "country"))
        yield Limit(statistic="p95", at_most=GROWTH * country.statistic("p95"), origin="3 × at 3 million facts")
        return
    yield Limit(statistic="median", at_most=8)
    yield Limit(statistic="p95", at_most=16)
    yield Limit(statistic="worst", at_most=100)


def _answered(figures: Figures, scopes: list[Scope]) -> Iterator[float]:
    for scope in scopes:
        started = time.perf_counter()
        rows(figures, find_employers(figures, scope), 0, PAINTED)
        yield (time.perf_counter() - started) * 1000


def _painted(figures: Figures, scopes: list[Scope]) -> Iterator[float]:
    application = window_application()
    titles = Titles(
        {code.code: code.title_da for code in figures.codes.branches},
        {area.code: area.name_da for area in figures.codes.areas.values()},
    )
    table = EmployerTable()
    table.resize(1100, 900)
    table.show()
    application.processEvents()
    table.viewport().repaint()
    for scope in scopes:
        started = time.perf_counter()
        employers = FoundEmployers(figures, find_employers(figures, scope))
        table.show_employers(employers, titles, employers.rows(0, BLOCK))
        table.viewport().repaint()
        yield (time.perf_counter() - started) * 1000
    table.close()


def _peers(figures: Figures, scopes: list[Scope]) -> Iterator[Result]:
    facts = fact_table(figures)
    questions = [_question(figures, scope) for scope in scopes]
    for make in PEERS:
        peer = make(facts)
        yield Result(job=f"peer: {peer.name}, sums and order alone", samples=tuple(_asked(peer, questions)))
        peer.close()


def _question(figures: Figures, scope: Scope) -> tuple[tuple[int, int], Narrowing, int]:
    known = resolve_period(figures, scope.first, scope.last).known
    return (known[0].index, known[-1].index), narrowing_of(figures, scope), scope.min_completed


def _asked(peer: Peer, questions: list[tuple[tuple[int, int], Narrowing, int]]) -> Iterator[float]:
    for quarters, narrowing, least in questions:
        ids = {name: [i for a, b in wanted.runs for i in range(a, b + 1)] for name, wanted in narrowing.sets.items()}
        started = time.perf_counter()
        peer.ask(quarters, ids, least)
        yield (time.perf_counter() - started) * 1000

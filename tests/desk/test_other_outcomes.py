"""An employer in two sources of outcomes: each is counted for itself, and the other stands beside it in a line."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.builders.two_outcome_sources import IN_BOTH, IN_NORTH_ALONE, NORTH, SOUTH, add_outcome_sources

from jobcentre_desk.cache.snapshot import open_newest
from jobcentre_desk.cli.json_forms import employer_form
from jobcentre_desk.desk.employer import compare_employer
from jobcentre_desk.desk.employer_page import employer_page
from jobcentre_desk.desk.exports import employers_table, save_employers, shared_employer_page
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.find import find_employers, rows
from jobcentre_desk.desk.handouts import employer_document
from jobcentre_desk.desk.other_outcomes import other_outcomes, outcome_lines, shared_others
from jobcentre_desk.model.outcomes import Scope, State
from jobcentre_desk.model.pages import Paragraph
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task

Opened = Callable[..., Figures]
INVENTED = "Demonstration figures: everything in them is invented."


@pytest.fixture
def opened(home: Home, tmp_path: Path) -> Iterator[Opened]:
    """The figures of both sources, in an order and with the outcomes of one of them."""
    add_outcome_sources(home, tmp_path)
    with ExitStack() as stack:

        def make(*order: str, outcomes_from: str = "") -> Figures:
            snapshot = open_newest(home)
            assert snapshot is not None
            stack.callback(snapshot.close)
            return Figures.open(snapshot, order=order, outcomes_from=outcomes_from)

        yield make


def test_the_page_of_an_employer_says_what_the_other_source_has_of_it(opened: Opened) -> None:
    page = employer_page(opened(NORTH, SOUTH), IN_BOTH, scope=Scope())
    assert (page.comparison.own.rate.x, page.comparison.own.rate.n) == (5, 9)
    assert page.origin.publisher_name == "The north, invented"
    (line,) = page.other_lines
    assert line.startswith(f"Also in {SOUTH}: 12 of 30 went on to a job, ")
    assert line.endswith(INVENTED)


def test_seen_from_the_other_source_the_first_stands_beside(opened: Opened) -> None:
    for figures in (opened(SOUTH, NORTH), opened(NORTH, SOUTH, outcomes_from=SOUTH)):
        page = employer_page(figures, IN_BOTH, scope=Scope())
        assert (page.comparison.own.rate.x, page.comparison.own.rate.n) == (12, 30)
        assert page.origin.publisher_name == "The south, invented"
        assert page.other_lines[0].startswith(f"Also in {NORTH}: 5 of 9 went on to a job, ")


def test_an_employer_that_the_other_source_does_not_list_has_no_line(opened: Opened) -> None:
    figures = opened(NORTH, SOUTH)
    lines = employer_page(figures, IN_NORTH_ALONE, scope=Scope()).other_lines
    assert [line for line in lines if "went on" in line] == []


def test_the_line_is_counted_under_the_filters_of_the_page(opened: Opened) -> None:
    scope = Scope(programmes=("wage_subsidy",))
    (other,) = other_outcomes(opened(NORTH, SOUTH), IN_BOTH, scope=scope)
    assert other.own.rate.n == 0
    assert "no completed traineeship" in outcome_lines((other,))[0]


def test_small_counts_of_the_other_source_do_not_leave_the_screen(opened: Opened) -> None:
    figures = opened(SOUTH, NORTH)
    scope = Scope(programmes=("wage_subsidy",))
    assert [other.own.state for other in other_outcomes(figures, IN_BOTH, scope=scope)] == [State.KNOWN]
    (shared,) = shared_others(figures, IN_BOTH, scope=scope)
    assert shared.own.state is State.HIDDEN
    assert "hidden counts" in outcome_lines((shared,))[0]


def test_the_sheet_and_the_json_name_the_other_source(opened: Opened) -> None:
    figures = opened(NORTH, SOUTH)
    document = employer_document(shared_employer_page(figures, IN_BOTH, scope=Scope()), printed=dt.date(2026, 11, 2))
    assert any(isinstance(block, Paragraph) and f"Also in {SOUTH}" in block.text for block in document.blocks)
    assert "The north, invented" in document.footer_left
    comparison = compare_employer(figures, IN_BOTH, scope=Scope())
    others = other_outcomes(figures, IN_BOTH, scope=Scope())
    form = employer_form(comparison, source=NORTH, others=others)
    assert (form["source"], [other["source"] for other in form["others"]]) == (NORTH, [SOUTH])
    assert form["others"][0]["own"]["completed"] == 30


def test_an_exported_list_says_which_source_it_comes_from(opened: Opened) -> None:
    figures = opened(NORTH, SOUTH, outcomes_from=SOUTH)
    found = find_employers(figures, Scope())
    table = employers_table(figures, rows(figures, found, 0, 5))
    assert {row[-1] for row in table.rows} == {SOUTH}


def test_a_saved_list_tells_the_release_it_is_counted_from(opened: Opened, tmp_path: Path) -> None:
    figures = opened(SOUTH, NORTH)
    found = find_employers(figures, Scope())
    save_employers(figures, found, tmp_path / "list.csv", task=Task())
    header, *listed = csv.reader(io.StringIO((tmp_path / "list.csv").read_text("utf-8-sig")))
    assert header[-5:] == ["State", "Source", "Release", "Released", "Definition"]
    assert figures.outcome_source is not None
    assert len(listed) == found.total
    assert {(row[-4], row[-3]) for row in listed} == {(SOUTH, str(figures.outcome_source.sequence))}
    assert all(row[-2] and row[-1] for row in listed)

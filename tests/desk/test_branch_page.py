"""The Branches and occupations page says what the facts say, and gives every employer the badge it has elsewhere."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.builders.by_hand import closed, in_scope
from tests.builders.random_outcomes import BRANCHES, FIRST, OpenOutcomes, RandomOutcomes, Row, random_outcomes

from jobcentre_desk import text
from jobcentre_desk.cache.snapshot import open_newest
from jobcentre_desk.desk.branch_exports import save_branch_table
from jobcentre_desk.desk.branch_page import branch_funnel, branch_page, shared_branch_page
from jobcentre_desk.desk.branch_wording import by_chance, funnel_sentence, limit_word
from jobcentre_desk.desk.cross_tally import cross_tally
from jobcentre_desk.desk.demonstration import add_demonstration
from jobcentre_desk.desk.employer import compare_employer
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.find import find_employers, rows
from jobcentre_desk.desk.funnel_chart import funnel_chart, hold_against, spread_line
from jobcentre_desk.desk.funnel_units import employers_of_funnel, funnel_units
from jobcentre_desk.desk.heat_map import intake_map, results_map
from jobcentre_desk.desk.sync import sync
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.branch_pages import JobKind
from jobcentre_desk.model.comparison_charts import FunnelChart
from jobcentre_desk.model.outcomes import Scope, State, Verdict
from jobcentre_desk.paths import Home
from jobcentre_desk.statistics.funnel_chance import outside_by_chance
from jobcentre_desk.statistics.funnels import SURE_TAIL, funnel_state
from jobcentre_desk.task import Task
from jobcentre_desk.workspace.store import Workspace

WORDS = {-1: Verdict.BELOW, 0: Verdict.CANNOT_TELL, 1: Verdict.ABOVE}
OCCUPATION = {"9333": "93", "933": "93", "52": "52"}


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Figures]:
    """The small demonstration figures."""
    home = Home(tmp_path_factory.mktemp("branches") / "home")
    workspace = Workspace.open(home)
    sync(home, workspace, (add_demonstration(home, workspace, task=Task()),), task=Task())
    workspace.close()
    snapshot = open_newest(home)
    assert snapshot is not None
    yield Figures.open(snapshot)
    snapshot.close()


def verdicts(figures: Figures, chart: FunnelChart) -> dict[str, Verdict]:
    """The verdict of every point, by CVR number."""
    points = zip(chart.unit, chart.verdict, strict=True)
    return {figures.employers.cvr_text(unit): WORDS[verdict] for unit, verdict in points}


# Points of the funnel


def jobs(row: Row, kind: JobKind) -> int:
    same = row.same or 0
    return {JobKind.ANY: row.jobs, JobKind.SAME_EMPLOYER: same, JobKind.ELSEWHERE: row.jobs - same}[kind]


def points_by_hand(outcomes: RandomOutcomes, scope: Scope, kind: JobKind) -> dict[str, tuple[int, int]]:
    """n and x of every employer registered in the branch of a scope, added up fact by fact."""
    inside = closed(BRANCHES, scope.branches) if scope.branches else {code for code, *_rest in BRANCHES}
    found: dict[str, list[Row]] = {}
    for row in outcomes.rows:
        if outcomes.own_branch[row.employer] in inside and in_scope(row, scope.changed(branches=())) and row.known:
            found.setdefault(outcomes.cvr(row.employer), []).append(row)
    return {
        cvr: (n, sum(jobs(row, kind) for row in facts))
        for cvr, facts in found.items()
        if not any(row.hidden for row in facts) and (n := sum(row.completed or 0 for row in facts))
    }


@pytest.mark.parametrize("kind", JobKind)
@pytest.mark.parametrize(("seed", "hide"), [(1, 0.0), (2, 0.15)])
def test_points_are_the_employers_of_the_branch_with_all_they_completed(
    opened: OpenOutcomes, seed: int, hide: float, kind: JobKind
) -> None:
    outcomes = random_outcomes(seed, hide=hide)
    figures = opened(outcomes)
    for branch in ((), ("G",), ("47.1",), ("49.41",)):
        for areas in ((), ("730", "101")):
            scope = Scope(branches=branch, municipalities=areas, first=FIRST.plus(seed))
            units = funnel_units(figures, scope, kind=kind)
            drawn = {
                figures.employers.cvr_text(int(one)): (int(n), int(x))
                for one, n, x in zip(units.ids, units.n, units.x, strict=True)
            }
            assert drawn == points_by_hand(outcomes, scope, kind)


def test_the_reference_is_the_whole_branch_in_the_country_whatever_the_area(opened: OpenOutcomes) -> None:
    outcomes = random_outcomes(3)
    figures = opened(outcomes)
    everywhere = points_by_hand(outcomes, Scope(branches=("47",)), JobKind.ANY).values()
    p0 = sum(x for _n, x in everywhere) / sum(n for n, _x in everywhere)
    for areas in ((), ("707",)):
        assert branch_funnel(figures, Scope(branches=("47",), municipalities=areas)).reference == pytest.approx(p0)


def test_every_employer_has_the_badge_of_the_list_in_the_chart_of_its_reference(demonstration: Figures) -> None:
    found = find_employers(demonstration, Scope())
    listed = rows(demonstration, found, 0, found.total)
    held_against = {row.reference_branch for row in listed}
    charts = {code: verdicts(demonstration, branch_funnel(demonstration, _scope(code))) for code in held_against}
    assert len(listed) > 2_000
    assert {row.cvr: row.against_branch for row in listed if row.reference_branch} == {
        row.cvr: charts[row.reference_branch][row.cvr] for row in listed if row.reference_branch
    }


def test_both_kinds_of_job_have_the_badges_of_the_employer_page(demonstration: Figures) -> None:
    found = find_employers(demonstration, Scope())
    last = found.period.span.last
    period = {"first": found.period.span.first, "last": last}
    for row in random.Random(4).sample(rows(demonstration, found, 0, found.total), 40):
        badges = compare_employer(demonstration, row.cvr, scope=Scope(**period)).against_branch  # type: ignore[arg-type]
        for kind, badge in ((JobKind.SAME_EMPLOYER, badges.same_employer), (JobKind.ELSEWHERE, badges.elsewhere)):
            chart = branch_funnel(demonstration, _scope(row.reference_branch), kind=kind)
            assert verdicts(demonstration, chart)[row.cvr] is badge


def _scope(branch: str) -> Scope:
    return Scope(branches=(branch,) if branch else ())


# Limits, outliers, sentences


def test_points_outside_the_drawn_lines_are_those_with_a_verdict(demonstration: Figures) -> None:
    chart = branch_funnel(demonstration, Scope(branches=("47",), first=demonstration.quarters[0]))
    low, high, *_curves = chart.lines95
    for n, rate, verdict in zip(chart.n, chart.rate, chart.verdict, strict=True):
        if n < 10:
            below, above = low.rate[n - 1], high.rate[n - 1]
        else:
            half = 1.959964 * np.sqrt(chart.reference * (1 - chart.reference) / n)
            below, above = chart.reference - half, chart.reference + half
        assert verdict == int(rate > above + 1e-12) - int(rate < below - 1e-12)


def test_the_named_come_furthest_first_with_99_8_before_95_and_then_the_shortlist(demonstration: Figures) -> None:
    scope = Scope(branches=("47",), first=demonstration.quarters[0])
    whole = branch_funnel(demonstration, scope)
    inside = next(unit for unit, verdict in zip(whole.unit, whole.verdict, strict=True) if verdict == 0)
    chart = branch_funnel(demonstration, scope, shortlist=[demonstration.employers.cvr_text(inside)])
    levels = [outlier.level for outlier in chart.named]
    assert levels == sorted(levels, reverse=True)
    assert chart.named[-1].listed
    assert chart.named[-1].level == 0
    for one in chart.named[:-1]:
        sure = int(funnel_state(round(one.rate * one.n), one.n, chart.reference, tail=SURE_TAIL)) != 0
        assert (one.level == 99.8) is sure


def test_chance_alone_gives_as_many_outside_as_are_told() -> None:
    chance = np.random.default_rng(5)
    n = chance.choice([1, 2, 3, 5, 8, 12, 30, 200], 4_000)
    outside = [np.count_nonzero(funnel_state(chance.binomial(n, 0.4), n, 0.4)) for _turn in range(40)]
    assert outside_by_chance(n, 0.4) == pytest.approx(np.mean(outside), rel=0.05)
    assert outside_by_chance([1, 2], 0.4) == 0


def test_wider_limits_are_drawn_only_where_employers_truly_differ(demonstration: Figures) -> None:
    chance, n = np.random.default_rng(6), np.full(200, 40)
    ids, shown = funnel_units(demonstration, Scope()).ids[:200], {}
    for spread in (0.0, 0.15):
        p = np.clip(chance.normal(0.4, spread, 200), 0, 1)
        units = replace(funnel_units(demonstration, Scope()), ids=ids, n=n, x=chance.binomial(n, p), p0=0.4)
        held = hold_against(units)
        shown[spread] = (bool(funnel_chart(demonstration, held).wide), "truly differ" in spread_line(held))
        assert held.outside_wide <= np.count_nonzero(held.verdict)
    assert shown == {0.0: (False, False), 0.15: (True, True)}


def test_sentences_tell_one_and_many_apart_and_never_a_winner() -> None:
    one = funnel_sentence(1, outside=1, chance=0.03, outside_sure=0, chance_sure=0.0, has_branch=True)
    assert one == (
        "1 employer. 1 lies outside the 95 % limits; chance alone gives less than 0.1. "
        "0 lie outside 99.8 %, where chance gives less than 0.1."
    )
    assert (by_chance(7.4), by_chance(12.2)) == ("about 7.4", "about 12")
    assert (limit_word(99.8), limit_word(95.0), limit_word(0.0)) == ("outside 99.8 %", "outside 95 %", "")


def test_a_branch_without_employers_says_so_and_draws_nothing(demonstration: Figures) -> None:
    page = branch_page(demonstration, Scope(branches=("B",), municipalities=("825",)))
    assert len(page.funnel.n) == 0
    assert page.funnel.lines95 == ()
    assert page.funnel.sentence.startswith("No employer here")


def test_an_unknown_branch_is_refused(demonstration: Figures) -> None:
    with pytest.raises(InputRefused):
        branch_page(demonstration, Scope(branches=("XX",)))


# The heat maps


@pytest.mark.parametrize("kind", JobKind)
@pytest.mark.parametrize(("seed", "hide"), [(7, 0.0), (8, 0.2)])
def test_cells_are_the_facts_of_branch_and_occupation_added_up(
    opened: OpenOutcomes, seed: int, hide: float, kind: JobKind
) -> None:
    outcomes = random_outcomes(seed, hide=hide)
    figures = opened(outcomes)
    for scope in (Scope(first=FIRST), Scope(branches=("47",), municipalities=("730",), first=FIRST)):
        tally = cross_tally(figures, scope)
        shown = results_map(figures, scope, tally, kind=kind)
        for row_code, line in zip(shown.row_codes, shown.cells, strict=True):
            for column_code, cell in zip(shown.column_codes, line, strict=True):
                facts = facts_of_cell(outcomes, scope, row_code, column_code)
                n, x = sum(fact.completed or 0 for fact in facts), sum(jobs(fact, kind) for fact in facts)
                if any(fact.hidden for fact in facts):
                    assert (cell.state, cell.rate) == (State.HIDDEN, None)
                    assert cell.note == (f"at least {n:,}" if n else "")
                else:
                    assert (cell.rate, cell.n or 0) == (x / n if n else None, n)


def facts_of_cell(outcomes: RandomOutcomes, scope: Scope, row_code: str, column_code: str) -> list[Row]:
    inside = closed(BRANCHES, (row_code,) if row_code else scope.branches)
    return [
        row
        for row in outcomes.rows
        if row.known
        and in_scope(row, scope)
        and (not (row_code or scope.branches) or row.branch in inside)
        and (not column_code or OCCUPATION[row.occupation] == column_code)
    ]


def test_a_cell_has_the_verdict_of_the_one_rule_around_the_whole_country(opened: OpenOutcomes) -> None:
    outcomes = random_outcomes(9)
    figures, scope = opened(outcomes), Scope(branches=("G",), municipalities=("730", "707"), first=FIRST)
    whole = [row for row in outcomes.rows if in_scope(row, Scope(first=FIRST)) and row.known]
    p0 = sum(row.jobs for row in whole) / sum(row.completed or 0 for row in whole)
    cells = [cell for line in results_map(figures, scope, cross_tally(figures, scope)).cells for cell in line]
    assert any(cell.rate is not None for cell in cells)
    for cell in cells:
        if cell.rate is not None and cell.n:
            assert cell.verdict is WORDS[int(funnel_state(round(cell.rate * cell.n), cell.n, p0))]


def test_intake_is_the_share_of_what_the_branch_started(demonstration: Figures) -> None:
    tally = cross_tally(demonstration, Scope())
    shown = intake_map(demonstration, Scope(), tally)
    for row in range(len(shown.rows)):
        whole = tally.at(row, len(tally.columns)).started
        for place in range(len(tally.columns)):
            started = tally.at(row, place).started
            assert shown.cells[row][place].rate == (started / whole if started else None)
    assert {cell.verdict for line in shown.cells for cell in line} == {Verdict.NO_REFERENCE}


def test_rows_are_sections_then_what_is_under_the_branch_then_its_neighbours(demonstration: Figures) -> None:
    def codes(branch: str) -> set[str]:
        return set(branch_page(demonstration, _scope(branch)).results.row_codes) - {""}

    tree = demonstration.codes.branches
    assert codes("") <= {code.code for code in tree.children()}
    assert codes("G") <= {code.code for code in tree.children("G")}
    leaf = next(code for code in tree if not tree.children(code.code) and code.code.startswith("47"))
    page = branch_page(demonstration, _scope(leaf.code))
    assert set(page.results.row_codes) - {""} <= {code.code for code in tree.children(leaf.parent)}


def test_a_masked_source_says_that_occupations_are_joined(opened: OpenOutcomes) -> None:
    outcomes = random_outcomes(10)
    outcomes.window = 4
    page = branch_page(opened(outcomes), Scope())
    assert "joined all occupations" in page.notes[0]


# What leaves the screen


def test_no_small_count_and_no_person_leaves_the_screen(opened: OpenOutcomes) -> None:
    outcomes = random_outcomes(11)
    outcomes.sole_proprietors = {3, 4, 5, 17}
    figures = opened(outcomes)
    for kind in JobKind:
        page = shared_branch_page(figures, Scope(first=FIRST), kind=kind)
        for n, rate in zip(page.funnel.n, page.funnel.rate, strict=True):
            counts = (n, round(rate * n), n - round(rate * n))
            assert not {1, 2} & set(counts)
        persons = {outcomes.cvr(employer) for employer in outcomes.sole_proprietors}
        assert not persons & {row[1] for row in page.funnel.table.rows}
        for cell in (cell for line in page.results.cells for cell in line):
            if cell.rate is not None and cell.n:
                assert not {1, 2} & {cell.n, round(cell.rate * cell.n), cell.n - round(cell.rate * cell.n)}


def test_a_branch_of_few_employers_shows_none_of_them(opened: OpenOutcomes) -> None:
    outcomes = random_outcomes(12)
    keep = [employer for employer, branch in outcomes.own_branch.items() if branch == "46.1"][:3]
    outcomes.rows[:] = [row for row in outcomes.rows if outcomes.own_branch[row.employer] != "46.1"] + [
        row for row in outcomes.rows if row.employer in keep
    ]
    page = shared_branch_page(opened(outcomes), Scope(branches=("46.1",), first=FIRST))
    assert len(page.funnel.n) == 0
    assert page.funnel.hidden > 0


def test_the_page_is_the_same_whatever_the_folder(tmp_path: Path, opened: OpenOutcomes) -> None:
    first, second = (branch_page(opened(random_outcomes(13)), Scope(first=FIRST)) for _turn in range(2))
    assert first == second
    assert list(tmp_path.iterdir())


@pytest.mark.parametrize("which", ["funnel", "results", "intake", "branches", "occupations", "sheet"])
def test_every_export_is_written_without_small_counts(demonstration: Figures, tmp_path: Path, which: str) -> None:
    path = tmp_path / f"{which}.out"
    save_branch_table(demonstration, Scope(branches=("47",)), which, path, task=Task())
    content = path.read_bytes()
    assert content.startswith(b"%PDF" if which == "sheet" else b"\xef\xbb\xbf")
    if which in {"results", "intake"}:
        assert not re.search(r" of [12]([^\d,]|,[^\d])", content.decode("utf-8-sig"))


def test_the_employers_of_a_funnel_are_listed_with_the_counts_they_are_drawn_with(demonstration: Figures) -> None:
    units = funnel_units(demonstration, Scope(branches=("47",)))
    found = employers_of_funnel(demonstration, Scope(branches=("47",)))
    listed = rows(demonstration, found, 0, found.total)
    drawn = dict(zip(units.ids.tolist(), zip(units.n.tolist(), units.x.tolist(), strict=True), strict=True))
    assert {demonstration.employer_id(row.cvr): (row.rate.n, row.rate.x) for row in listed} == drawn
    assert [row.rate.n for row in listed] == sorted((row.rate.n for row in listed), reverse=True)


@pytest.mark.parametrize("language", ["en", "da"])
def test_no_sentence_of_the_page_judges_anybody_or_leaves_a_gap(demonstration: Figures, language: str) -> None:
    text.use_language(language)
    for scope in (Scope(), Scope(branches=("G",)), Scope(branches=("B",), municipalities=("825",))):
        for kind in JobKind:
            page = branch_page(demonstration, scope, kind=kind)
            said = (page.funnel.sentence, page.spread, page.results.sentence, page.intake.sentence, page.caution)
            told = "\n".join((*said, page.branches.sentence, page.occupations.sentence, page.period_line)).casefold()
            assert not re.search(r"\b(best|worst|success|bedste?|værste?|succes)\b", told)
            assert not re.search(r"[{}]| \.|  ", told)

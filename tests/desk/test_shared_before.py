"""What was shared before is held against what is shared now: lists, pages of employers, rows of branches."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from jobcentre_desk.desk.branch_exports import remember_map
from jobcentre_desk.desk.branches import occupation_rows
from jobcentre_desk.desk.cross_tally import cross_tally
from jobcentre_desk.desk.employer import compare_employer
from jobcentre_desk.desk.employer_page import employer_page
from jobcentre_desk.desk.exports import (
    copied_employer_table,
    employers_text,
    page_to_copy,
    save_employer_sheet,
    save_employers,
)
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.find import find_employers, rows
from jobcentre_desk.desk.guard import (
    hidden_lines,
    remember_list,
    remember_sheet,
    remember_standings,
    remembering,
    shared_list,
    shared_rows,
    shared_sheet,
    shared_standings,
)
from jobcentre_desk.desk.heat_map import results_map
from jobcentre_desk.desk.shared_before import KEPT_DAYS, SharedBefore
from jobcentre_desk.errors import WorkspaceUnusable
from jobcentre_desk.model.outcomes import EmployerRow, Order, Scope, State
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task
from jobcentre_desk.workspace.store import Workspace

OWN = "10000000"
LAST = Quarter.of(2026, 1)
TWO: dict[str, Any] = {"first": LAST.plus(-1), "last": LAST}
ONE: dict[str, Any] = {"first": LAST, "last": LAST}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.open(Home(tmp_path / "home"))


@pytest.fixture
def figures(world: Any, workspace: Workspace) -> Figures:
    """An employer with 20 of whom two completed a quarter before the last, among 24 with ten in each."""
    world.add(0, 18, same=6, elsewhere=5, started=14)
    world.add(0, 2, same=0, elsewhere=0, started=9, quarter=LAST.plus(-1))
    world.add(0, 9, same=3, elsewhere=3, started=9, quarter=LAST.plus(-2), occupation="5223")
    world.add_others(24, 10, same=3, elsewhere=3, started=5)
    for employer in range(1, 25):
        world.add(employer, 10, same=3, elsewhere=3, started=5, quarter=LAST.plus(-1), occupation="5223")
    made: Figures = world.figures()
    made.shared_before = SharedBefore(workspace)
    return made


def _row(figures: Figures, cvr: str = OWN, **scope: Any) -> EmployerRow:
    found = find_employers(figures, Scope(**scope))
    return next(row for row in shared_rows(rows(figures, found, 0, found.total), figures, found) if row.cvr == cvr)


def _share_list(figures: Figures, **scope: Any) -> None:
    remember_list(figures, find_employers(figures, Scope(**scope)))


def test_a_list_that_differs_from_an_earlier_one_by_few_hides_them(figures: Figures) -> None:
    assert _row(figures, **TWO).counts.shown("completed") == 20
    _share_list(figures, **ONE)
    later = _row(figures, **TWO)
    assert later.counts.shown("completed") is None
    assert later.state is State.HIDDEN
    assert later.counts.shown("started") == 23


def test_the_same_list_again_is_the_same(figures: Figures, workspace: Workspace) -> None:
    _share_list(figures, **ONE)
    before = [_row(figures, f"{10_000_000 + n}", **TWO) for n in range(25)]
    _share_list(figures, **TWO)
    _share_list(figures, **TWO)
    assert [_row(figures, f"{10_000_000 + n}", **TWO) for n in range(25)] == before
    assert len(workspace.shared_tables()) == 2


def test_one_alone_takes_a_partner_along(figures: Figures) -> None:
    _share_list(figures, **ONE)
    found = find_employers(figures, Scope(**TWO))
    made = shared_rows(rows(figures, found, 0, found.total), figures, found)
    assert sum(row.counts.shown("completed") is None for row in made) == 2


def test_the_page_of_an_employer_is_held_against_lists_and_lists_against_it(figures: Figures) -> None:
    _share_list(figures, **ONE)
    scope = Scope(**TWO)
    sheet = shared_sheet(compare_employer(figures, OWN, scope=scope), figures, scope=scope)
    assert sheet.comparison.own.counts.shown("completed") is None
    assert sheet.comparison.rest_of_branch.counts.shown("completed") is None
    assert len(sheet.lines) == 1
    assert sheet.lines[0].startswith("3 more figures are hidden")


def test_a_quarter_hidden_on_a_page_stays_hidden_in_a_list(figures: Figures) -> None:
    scope = Scope(first=LAST.plus(-2), last=LAST)
    sheet = shared_sheet(compare_employer(figures, OWN, scope=scope), figures, scope=scope)
    hidden = [one.quarter for one in sheet.comparison.quarters if one.state is State.HIDDEN]
    assert str(LAST.plus(-1)) in hidden
    assert len(hidden) == 2
    remember_sheet(figures, sheet, scope=scope)
    other = Quarter.parse(next(name for name in hidden if name != str(LAST.plus(-1))))
    assert _row(figures, first=other, last=other).state is State.HIDDEN


def test_occupations_that_add_up_take_a_partner_along(figures: Figures) -> None:
    scope = Scope(first=LAST.plus(-2), last=LAST)
    sheet = shared_sheet(compare_employer(figures, OWN, scope=scope), figures, scope=scope)
    assert {one.state for one in sheet.comparison.occupations} == {State.KNOWN}
    _share_list(figures, occupations=("9333",), **ONE)
    again = shared_sheet(compare_employer(figures, OWN, scope=scope), figures, scope=scope)
    assert {one.code: one.state for one in again.comparison.occupations}["9333"] is State.HIDDEN


def test_rows_that_differ_by_few_are_withheld_with_a_partner(world: Any, workspace: Workspace) -> None:
    world.add(0, 20, same=6, elsewhere=5, occupation="9333")
    world.add(0, 30, same=9, elsewhere=9, occupation="5223")
    world.add(0, 2, same=1, elsewhere=0, occupation="5223", quarter=LAST.plus(-1))
    figures = world.figures()
    figures.shared_before = SharedBefore(workspace)
    remember_standings(occupation_rows(figures, Scope(**ONE)), figures, kind="occupations", scope=Scope(**ONE))
    scope = Scope(**TWO)
    made = shared_standings(occupation_rows(figures, scope), figures, kind="occupations", scope=scope)
    assert {row.code: row.state for row in made.rows} == {"5": State.HIDDEN, "9": State.HIDDEN}


def _cells(figures: Figures, scope: Scope) -> dict[str, bool]:
    """Which cells of the heat map of results may leave, by branch and occupation."""
    shown = results_map(figures, scope, cross_tally(figures, scope), minimum=3)
    return {
        f"{row}/{column}": cell.state is State.KNOWN
        for row, line in zip(shown.row_codes, shown.cells, strict=True)
        for column, cell in zip(shown.column_codes, line, strict=True)
    }


@pytest.fixture
def towns(world: Any, workspace: Workspace) -> Figures:
    """Four cells of branch and occupation; two of one cell completed a quarter before the last."""
    for branch in ("47.11", "49.41"):
        for occupation in ("9333", "5223"):
            world.add(0, 30, same=9, elsewhere=9, occupation=occupation, branch=branch)
    world.add(0, 2, same=1, elsewhere=0, occupation="5223", branch="47.11", quarter=LAST.plus(-1))
    made: Figures = world.figures()
    made.shared_before = SharedBefore(workspace)
    return made


def test_a_heat_map_hides_what_an_earlier_one_tells_beside_it(towns: Figures) -> None:
    wide = Scope(**TWO)
    before = _cells(towns, wide)
    assert all(before.values())
    remember_map(towns, Scope(**ONE), "results any")
    after = _cells(towns, wide)
    hidden = {name for name, shown in after.items() if not shown}
    assert len(hidden) > 1
    remember_map(towns, wide, "results any")
    assert _cells(towns, wide) == after


def test_rows_of_branches_are_held_against_a_heat_map_and_it_against_them(towns: Figures) -> None:
    wide = Scope(**TWO)
    remember_map(towns, Scope(**ONE), "results any")
    made = shared_standings(occupation_rows(towns, wide), towns, kind="occupations", scope=wide)
    assert State.HIDDEN in {row.state for row in made.rows}
    assert towns.shared_before is not None


def test_every_way_out_is_remembered(figures: Figures, workspace: Workspace, tmp_path: Path) -> None:
    found = find_employers(figures, Scope(**ONE))
    page = employer_page(figures, OWN, scope=Scope())
    assert page_to_copy(figures, page, scope=Scope()) is not None
    assert workspace.shared_tables() == []
    employers_text(figures, found, (0, 1), task=Task())
    save_employers(figures, find_employers(figures, Scope(**TWO)), tmp_path / "list.csv", task=Task())
    save_employer_sheet(figures, OWN, tmp_path / "sheet.pdf", scope=Scope())
    assert [table["kind"] for table in workspace.shared_tables()] == ["employers", "employers", "employer"]


def test_a_copied_table_hides_what_left_since_the_page_was_made_and_is_remembered(
    figures: Figures, workspace: Workspace
) -> None:
    scope = Scope(**TWO)
    shown = compare_employer(figures, OWN, scope=scope)
    before = copied_employer_table(figures, shown, "place", scope=scope)
    assert [table["kind"] for table in workspace.shared_tables()] == ["employer"]
    workspace.forget_shared_tables()
    _share_list(figures, **ONE)
    after = copied_employer_table(figures, shown, "place", scope=scope)
    assert before is not None
    assert after is not None
    assert before.rows[0][2] == "11 of 20"
    assert after.rows[0][2] != before.rows[0][2]


def test_what_cannot_be_remembered_is_told_once(figures: Figures, tmp_path: Path) -> None:
    home, told = Home(tmp_path / "closed"), list[WorkspaceUnusable]()
    figures.shared_before = SharedBefore(Workspace.open(home), tell=told.append)
    (home.root / "workspace.lock").unlink(missing_ok=True)
    (home.root / "workspace.lock").mkdir(parents=True)
    _share_list(figures, **ONE)
    _share_list(figures, **TWO)
    (fault,) = told
    assert fault.message.startswith("What leaves the program cannot be remembered")
    assert fault.hint


def test_no_number_of_what_was_shared_is_kept(figures: Figures, workspace: Workspace) -> None:
    _share_list(figures, **ONE)
    (kept,) = workspace.shared_tables()
    assert set(kept) == {
        "kind", "source", "filters", "first", "last", "known", "subject", "withheld", "parts", "reference",
        "reference_withheld", "shared_on", "key",
    }  # fmt: skip
    assert "18" not in json.dumps(kept["withheld"])


def test_what_was_shared_long_ago_is_forgotten(figures: Figures, workspace: Workspace) -> None:
    _share_list(figures, **ONE)
    (kept,) = workspace.shared_tables()
    old = (dt.datetime.now(dt.UTC).date() - dt.timedelta(days=KEPT_DAYS + 1)).isoformat()
    workspace.remember_shared_tables({kept["key"]: kept | {"shared_on": old}}, kept_days=KEPT_DAYS)
    assert figures.shared_before is not None
    assert figures.shared_before.tables("star") == ()
    _share_list(figures, **TWO)
    assert len(workspace.shared_tables()) == 1
    workspace.forget_shared_tables()
    assert workspace.shared_tables() == []


def test_many_at_once_are_written_together(figures: Figures, workspace: Workspace) -> None:
    with remembering(figures):
        _share_list(figures, **ONE)
        _share_list(figures, **TWO)
        assert workspace.shared_tables() == []
    assert len(workspace.shared_tables()) == 2
    assert Workspace.open(Home(workspace._records._home.root)).check() == []


def test_hidden_rows_of_a_list_come_last_by_number(figures: Figures) -> None:
    _share_list(figures, **ONE)
    found = find_employers(figures, Scope(order=Order.COMPLETED, **TWO))
    listed = shared_list(figures, found)
    made = shared_rows(rows(figures, listed, 0, listed.total), figures, listed)
    states = [row.state for row in made]
    assert states == sorted(states, key=lambda state: state is State.HIDDEN)
    last = [row.cvr for row in made if row.state is State.HIDDEN]
    assert last == sorted(last)


def test_at_least_two_leaves_out_those_with_two(figures: Figures) -> None:
    found = find_employers(figures, Scope(first=LAST.plus(-1), last=LAST.plus(-1), min_completed=2))
    listed = shared_list(figures, found)
    assert (found.total, listed.total) == (25, 24)
    assert [row.cvr for row in rows(figures, listed, 0, 99)] != []
    assert OWN not in {row.cvr for row in rows(figures, listed, 0, 99)}


def test_the_sentence_counts_what_is_hidden_besides() -> None:
    assert hidden_lines(0) == ()
    assert hidden_lines(1) == ("1 more figure is hidden so that a small one cannot be worked out.",)
    assert hidden_lines(2) == ("2 more figures are hidden so that small ones cannot be worked out.",)

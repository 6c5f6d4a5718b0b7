"""The employer table's model against a small list in memory."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from jobcentre_desk.gui.employer_cells import cells_of
from jobcentre_desk.gui.employer_columns import Column
from jobcentre_desk.gui.employer_source import EmployersInMemory, Titles
from jobcentre_desk.gui.employer_table_model import BLOCK, EmployerTableModel
from jobcentre_desk.model.outcomes import Counts, EmployerRow, Place, Rate, State, Verdict

TITLES = Titles({"47": "Retail"}, {"730": "Randers"})


def employer(number: int, *, state: State = State.KNOWN, completed: int = 20, hidden: int = 0) -> EmployerRow:
    rated = state is State.KNOWN and completed > 0
    rate = Rate(10, completed, 0.5, 0.3, 0.7) if rated else Rate(0, 0, None, None, None)
    counts = Counts(
        started=25, completed=completed, job_same_employer=6, job_elsewhere=4, hidden_cells=hidden, not_yet_known=3
    )
    return EmployerRow(
        cvr=f"{number:08d}",
        name=f"Employer {number}",
        branch="47",
        municipality="730",
        workplaces=1,
        counts=counts,
        rate=rate,
        fair_rate=0.45 if rated else None,
        prior_level="division:47",
        against_branch=Verdict.CANNOT_TELL,
        reference_branch="47",
        reference_rate=0.44,
        state=state,
    )


class CountingSource:
    """A long list that remembers which rows were asked for."""

    def __init__(self, total: int, rated: int) -> None:
        self.total, self.rated = total, rated
        self.asked: list[tuple[int, int]] = []

    def rows(self, start: int, stop: int) -> list[EmployerRow]:
        self.asked.append((start, stop))
        last = min(stop, self.total)
        return [employer(i, state=State.KNOWN if i < self.rated else State.HIDDEN) for i in range(start, last)]


@pytest.fixture
def model() -> EmployerTableModel:
    made = EmployerTableModel()
    rows = tuple(employer(i, state=State.KNOWN if i < 3 else State.HIDDEN, hidden=int(i >= 3)) for i in range(5))
    made.reset(EmployersInMemory(rows, 5, 3), TITLES)
    return made


def shown(model: EmployerTableModel, row: int, column: Column) -> str:
    return str(model.index(row, column).data())


def test_the_model_keeps_the_rules_of_qt(model: EmployerTableModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # the plugin has no types here
    model.show_places(0, [Place(1, 2), Place(1, 3), Place(2, 3)])
    model.show_shortlist(frozenset({"00000001"}))
    model.reset(EmployersInMemory((), 0, 0), TITLES)


def test_employers_without_a_rate_come_last_under_one_line_that_says_why(model: EmployerTableModel) -> None:
    assert model.rowCount() == 6
    assert model.line_row() == 3
    assert shown(model, 3, Column.PLACE).startswith("Without a rate: 2 employers. They come last because")
    assert [shown(model, row, Column.NAME) for row in (2, 4, 5)] == ["Employer 2", "Employer 3", "Employer 4"]
    assert not model.flags(model.index(3, 0)) & Qt.ItemFlag.ItemIsSelectable


def test_only_the_block_of_the_row_asked_for_is_fetched() -> None:
    source = CountingSource(300_000, 299_000)
    model = EmployerTableModel()
    model.reset(source, TITLES)
    assert source.asked == []
    assert shown(model, 150_000, Column.NAME) == "Employer 150000"
    shown(model, 150_001, Column.RATE)
    assert source.asked == [(150_000 // BLOCK * BLOCK, 150_000 // BLOCK * BLOCK + BLOCK)]


def test_first_rows_that_came_with_the_result_are_not_fetched_again() -> None:
    source = CountingSource(1_000, 1_000)
    first = source.rows(0, BLOCK)
    source.asked.clear()
    model = EmployerTableModel()
    model.reset(source, TITLES, first)
    assert shown(model, 5, Column.NAME) == "Employer 5"
    assert source.asked == []


def test_places_come_later_as_ranges(model: EmployerTableModel) -> None:
    assert shown(model, 0, Column.PLACE) == ""
    assert model.places_wanted(0, 5) == (0, 3)
    model.show_places(0, [Place(1, 3), Place(2, 2)])
    assert [shown(model, row, Column.PLACE) for row in (0, 1, 4)] == ["1–3", "2", "–"]
    assert model.places_wanted(0, 5) == (2, 3)


def test_a_star_is_told_to_screen_readers(model: EmployerTableModel) -> None:
    model.show_shortlist(frozenset({"00000000"}))
    words = model.index(0, Column.NAME).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words == "Employer 0, Retail · Randers, on the shortlist"


def test_an_interval_is_told_in_words(model: EmployerTableModel) -> None:
    words = model.index(0, Column.INTERVAL).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words == "50\N{NO-BREAK SPACE}%, uncertainty 30–70\N{NO-BREAK SPACE}%, the branch 44\N{NO-BREAK SPACE}%"


def test_a_name_that_looks_like_html_stays_text_in_its_tooltip() -> None:
    model = EmployerTableModel()
    row = employer(1)
    hostile = EmployerRow(**{name: getattr(row, name) for name in row.__slots__} | {"name": "<img src=x> & Co"})
    model.reset(EmployersInMemory((hostile,), 1, 1), TITLES)
    assert "&lt;img src=x&gt; &amp; Co" in model.index(0, Column.NAME).data(Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize(
    ("row", "numbers", "reason"),
    [
        (employer(1, completed=0), ("25", "0", "6", "4"), "no completed traineeship in the period"),
        (
            employer(1, state=State.HIDDEN, hidden=2),
            ("≥ 25", "≥ 20", "≥ 6", "≥ 4"),
            "hidden: the numbers are too small",
        ),
        (employer(1, state=State.NOT_YET_KNOWN), ("25", "", "", ""), "not yet known: 3 completed"),
        (employer(1, state=State.NOT_REPORTED), ("", "", "", ""), "not reported in the period"),
        (employer(1, state=State.NOT_LOADED), ("", "", "", ""), "not loaded: a quarter of the period is missing"),
    ],
)
def test_each_kind_of_blank_says_what_it_is(row: EmployerRow, numbers: tuple[str, ...], reason: str) -> None:
    cells = cells_of(row, TITLES)
    assert cells.texts[Column.STARTED : Column.JOB_ELSEWHERE + 1] == numbers
    assert cells.reason.startswith(reason)
    assert cells.texts[Column.RATE] == ""


def test_the_root_has_no_columns_under_a_cell(model: EmployerTableModel) -> None:
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.columnCount(QModelIndex()) == len(Column)

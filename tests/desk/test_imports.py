"""An authority's own file: every error told with row and column, nothing kept; the mended one is a source."""

from __future__ import annotations

import datetime as dt
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from tests.builders.authority_files import (
    CVR,
    FAULTS,
    HEADER,
    XLSX_FAULTS,
    rows_with,
    sound_row,
    write_csv,
    write_xlsx,
)
from tests.builders.own_files import KNOWN, TODAY, published_rows, take_in
from tests.builders.synced_home import SyncedHome

from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.source_list import remove_source
from jobcentre_desk.desk.sync import sync
from jobcentre_desk.errors import InputRefused, PublicationRefused
from jobcentre_desk.model.services import SourceKind
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing.row_problems import RowsRefused
from jobcentre_desk.task import Task, TaskCancelled


@pytest.fixture
def own(home: Home) -> SyncedHome:
    return SyncedHome.at(home)


def content(home: Home) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(home.root.rglob("*")) if path.is_file()}


# Twenty kinds of error


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_error_is_told_with_its_row_and_column_and_nothing_is_kept(
    own: SyncedHome, tmp_path: Path, kind: str
) -> None:
    faults = FAULTS + (XLSX_FAULTS if kind == "xlsx" else ())
    rows, told = rows_with(faults)
    assert len({fault.kind for fault in faults}) >= 20
    path = (write_csv if kind == "csv" else write_xlsx)(tmp_path / f"udtræk.{kind}", rows)
    before = content(own.home)
    with pytest.raises(RowsRefused) as refused:
        take_in(own, path, known_through=KNOWN)
    found = {(problem.row, problem.column): problem.reason for problem in refused.value.problems}
    assert len(refused.value.problems) == len(faults)
    assert [place for place in told if place[2] not in found.get(place[:2], "")] == []
    assert {problem.file for problem in refused.value.problems} == {path.name}
    assert content(own.home) == before
    assert own.workspace.sources() == []


def test_a_refused_correction_leaves_the_former_file_as_it_was(own: SyncedHome, tmp_path: Path) -> None:
    take_in(own, write_csv(tmp_path / "a.csv", [HEADER, sound_row()]))
    before = content(own.home)
    with pytest.raises(RowsRefused):
        take_in(own, write_csv(tmp_path / "b.csv", rows_with(FAULTS)[0]))
    assert content(own.home) == before


def test_at_least_a_thousand_errors_are_told(own: SyncedHome, tmp_path: Path) -> None:
    rows = [list(HEADER), *(sound_row(cvr="1") for _row in range(2_500))]
    with pytest.raises(RowsRefused, match="2,500 problems") as refused:
        take_in(own, write_csv(tmp_path / "a.csv", rows))
    assert [problem.row for problem in refused.value.problems] == list(range(2, 2_502))


def test_a_row_that_is_too_short_and_a_quotation_mark_that_never_ends_are_told(own: SyncedHome, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADER, sound_row(), ["2025K3", CVR[1]]])
    path.write_bytes(path.read_bytes() + b'2025K3;"10000009\r\n')
    with pytest.raises(RowsRefused) as refused:
        take_in(own, path)
    assert [(problem.row, problem.reason) for problem in refused.value.problems] == [
        (3, "The row has 2 cells instead of 14."),
        (4, "The quotation marks do not match, or a cell is far too long."),
    ]


# The mended file


def mended_rows() -> list[list[Any]]:
    """What the file with twenty errors says once it is corrected, by month and by quarter."""
    return [
        sound_row(),
        sound_row(),  # the same line twice counts once
        sound_row(cvr=CVR[1], period="2025-07", started="1", completed="3", job_same_employer="2"),
        sound_row(cvr=CVR[1], period="august 2025", started="2", completed="4", municipality="Aarhus Kommune"),
        sound_row(cvr=CVR[1], period="2025M09", started="", completed="2", job_other_branch="", branch="471100"),
        sound_row(cvr=CVR[1], period="09-2025", started="2", completed="4", municipality="751"),
        sound_row(cvr=CVR[2], period="3. kvt. 2025", name="", sole_proprietor="ja", completed="12"),
        sound_row(
            cvr=CVR[2], period="2026Q1", job_same_employer="", job_same_branch="", job_other_branch="", completed="7"
        ),
        sound_row(cvr=CVR[3], period="31-12-2025", benefit_group="sickness_benefit", programme="utility_work"),
    ]


MENDED = {
    ("2025Q03", CVR[0], "851", "47.11", "5223", "cash_benefit", "traineeship"): (4, 5, 1, 1, 0),
    ("2025Q03", CVR[1], "851", "47.11", "5223", "cash_benefit", "traineeship"): (None, 5, 3, 2, None),
    ("2025Q03", CVR[1], "751", "47.11", "5223", "cash_benefit", "traineeship"): (4, 8, 2, 2, 0),
    ("2025Q03", CVR[2], "851", "47.11", "5223", "cash_benefit", "traineeship"): (4, 12, 1, 1, 0),
    ("2026Q01", CVR[2], "851", "47.11", "5223", "cash_benefit", "traineeship"): (4, 7, None, None, None),
    ("2025Q04", CVR[3], "851", "47.11", "5223", "sickness_benefit", "utility_work"): (4, 5, 1, 1, 0),
}
"""Worked out by hand."""


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_mended_file_loads_and_holds_what_was_worked_out_by_hand(
    own: SyncedHome, tmp_path: Path, kind: str
) -> None:
    rows = [list(HEADER), *mended_rows()]
    path = (write_csv if kind == "csv" else write_xlsx)(tmp_path / f"mended.{kind}", rows)
    result = take_in(own, path)
    loaded = {
        tuple(list(row.values())[:7]): tuple(int(count) if count else None for count in list(row.values())[7:])
        for row in published_rows(Path(result.entry.location), "outcomes")
    }
    hidden = ("2025Q03", CVR[1], "851", "47.11", "5223", "cash_benefit", "traineeship")
    assert loaded == MENDED | {hidden: (None, 5, None, None, None)}  # one hidden job count hides all three
    assert own.rows("SELECT known_through FROM sources") == [(KNOWN.index,)]
    assert result.rows == 9


def test_employers_have_their_latest_name_and_their_own_place_where_most_completed(
    own: SyncedHome, tmp_path: Path
) -> None:
    result = take_in(own, write_csv(tmp_path / "a.csv", [HEADER, *mended_rows()]))
    employers = {row["cvr"]: row for row in published_rows(Path(result.entry.location), "employers")}
    assert list(employers) == [CVR[0], CVR[1], CVR[2], CVR[3]]
    assert employers[CVR[1]]["municipality"] == "751"  # 8 completed there, 5 in the other
    assert employers[CVR[2]]["name"] == "Nørre Brød A/S"  # the row without a name is not the latest
    assert [row["sole_proprietor"] for row in employers.values()] == ["false", "false", "true", "false"]


def test_numbers_and_dates_of_a_workbook_are_read_exactly(own: SyncedHome, tmp_path: Path) -> None:
    row = sound_row(period=dt.date(2025, 8, 31), cvr=int(CVR[0]), municipality=851, branch=471110, occupation=5223)
    path = write_xlsx(tmp_path / "a.xlsx", [HEADER, [*row[:9], 4, 5.0, 1, 1, 0]], beside=("Læs mig",))
    result = take_in(own, path)
    assert own.rows("SELECT started, completed, job_same_employer FROM outcomes") == [(4, 5, 1)]
    assert "Codes of six digits are cut to four. (1 row)" in result.notes


# A source like any other


def test_the_file_is_a_source_of_its_own_kind_and_no_page_calls_it_unsigned(own: SyncedHome, tmp_path: Path) -> None:
    from jobcentre_desk.cache.snapshot import open_newest

    result = take_in(own, write_csv(tmp_path / "a.csv", [HEADER, sound_row()]), publisher_name="Aalborg Kommune")
    (entry,) = own.workspace.sources()
    assert (entry, entry.kind, entry.basis) == (result.entry, SourceKind.AUTHORITY_FILE, "Aftale af 1. maj 2025")
    snapshot = open_newest(own.home)
    assert snapshot is not None
    with_snapshot = Figures.open(snapshot).origin()
    snapshot.close()
    assert not with_snapshot.unsigned
    assert "Source: Aalborg Kommune, release 1 of 2\N{NO-BREAK SPACE}Nov" in with_snapshot.line
    assert "a file of your own" in with_snapshot.line
    assert "signed" not in with_snapshot.line


def test_the_list_of_sources_says_that_it_is_an_own_file(own: SyncedHome, tmp_path: Path) -> None:
    from jobcentre_desk.cache.snapshot import open_newest, sources
    from jobcentre_desk.desk.source_states import source_states

    take_in(own, write_csv(tmp_path / "a.csv", [HEADER, sound_row()]))
    snapshot = open_newest(own.home)
    assert snapshot is not None
    (state,) = source_states(own.workspace.sources(), sources(snapshot), None, today=TODAY)
    snapshot.close()
    assert (state.words, state.unsigned) == ("in order, own file", False)


@pytest.mark.parametrize("covered", [False, True])
def test_a_sole_proprietor_is_shown_only_where_the_access_covers_them(
    own: SyncedHome, tmp_path: Path, *, covered: bool
) -> None:
    from jobcentre_desk.cache.snapshot import open_newest

    path = write_csv(tmp_path / "a.csv", [HEADER, sound_row(sole_proprietor="ja"), sound_row(cvr=CVR[1])])
    take_in(own, path, sole_proprietors=covered)
    snapshot = open_newest(own.home)
    assert snapshot is not None
    try:
        figures = Figures.open(snapshot)
        assert figures.employer_id(CVR[1])
        with nullcontext() if covered else pytest.raises(InputRefused, match=CVR[0]):
            figures.employer_id(CVR[0])
    finally:
        snapshot.close()


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADER, *mended_rows()])
    folders = []
    for name in ("one", "two"):
        result = take_in(SyncedHome.at(Home(tmp_path / name)), path)
        folder = Path(result.entry.location)
        folders.append({str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*.*")})
    assert folders[0] == folders[1]


def test_a_correction_is_the_next_release_of_the_same_source(own: SyncedHome, tmp_path: Path) -> None:
    take_in(own, write_csv(tmp_path / "a.csv", [HEADER, sound_row(), sound_row(cvr=CVR[1])]))
    corrected = write_csv(tmp_path / "b.csv", [HEADER, sound_row(completed="6"), sound_row(cvr=CVR[2])])
    result = take_in(own, corrected, basis="")
    (fared,) = result.sync.sources
    assert (fared.sequence, fared.rows_new, fared.rows_changed, fared.rows_gone) == (2, 2, 1, 2)
    assert result.entry.basis == "Aftale af 1. maj 2025"
    assert own.rows("SELECT completed FROM outcomes ORDER BY completed") == [(5,), (6,)]


def test_removing_the_source_takes_its_figures_and_its_folder_away_with_the_next_sync(
    own: SyncedHome, tmp_path: Path
) -> None:
    result = take_in(own, write_csv(tmp_path / "a.csv", [HEADER, sound_row()]))
    remove_source(own.workspace, "own")
    assert Path(result.entry.location).is_dir()  # until then it can be undone
    sync(own.home, own.workspace, task=Task())
    assert not own.home.imports.exists()
    assert own.rows("SELECT * FROM outcomes") == []


def test_a_home_that_was_moved_takes_its_files_along(own: SyncedHome, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADER, sound_row()])
    take_in(own, path)
    moved = SyncedHome.at(Home(own.home.root.rename(tmp_path / "elsewhere")))
    for snapshot in moved.home.snapshots.iterdir():
        snapshot.unlink()
    assert moved.sync(name="own").result == "new"
    assert take_in(moved, path).entry.location.startswith(str(moved.home.root))


def test_a_file_loaded_again_after_its_removal_is_not_taken_for_an_older_release(
    own: SyncedHome, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADER, sound_row()])
    take_in(own, path)
    take_in(own, path)
    remove_source(own.workspace, "own")
    assert take_in(own, path).sync.sources[0].sequence == 3


def test_two_files_lie_in_folders_of_their_own_whatever_they_are_called(own: SyncedHome, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADER, sound_row()])
    entries = [take_in(own, path, name=name).entry for name in ("Nord/Syd: æøå", "nord-syd", "NORD-SYD", "..")]
    folders = {Path(entry.location) for entry in entries}
    assert len({folder.name.casefold() for folder in folders}) == 4
    assert {folder.parent for folder in folders} == {own.home.imports}


def test_a_cancelled_import_leaves_nothing(own: SyncedHome, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADER, sound_row()])
    task = Task(lambda _done, _total, _what: None)
    task.cancel()
    with pytest.raises(TaskCancelled):
        take_in(own, path, task=task)
    assert content(own.home) == {}


@pytest.mark.parametrize("after", [1, 6, 12, 18, 24])
def test_an_import_cancelled_at_any_step_leaves_the_former_file_in_use(
    own: SyncedHome, tmp_path: Path, after: int
) -> None:
    take_in(own, write_csv(tmp_path / "a.csv", [HEADER, sound_row()]))
    before, entries = content(Home(own.home.imports)), own.workspace.sources()
    task = Stepping(after)
    with pytest.raises(TaskCancelled):
        take_in(own, write_csv(tmp_path / "b.csv", [HEADER, sound_row(cvr=CVR[1])]), basis="another", task=task)
    assert content(Home(own.home.imports)) == before
    assert own.workspace.sources() == entries
    assert own.rows("SELECT cvr FROM employers") == [(CVR[0],)]
    assert take_in(own, write_csv(tmp_path / "b.csv", [HEADER, sound_row(cvr=CVR[1])])).sync.sources[0].sequence == 2


class Stepping(Task):
    """Counts the questions whether to stop, and says yes from one of them on."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self._left = steps

    def stop_if_cancelled(self) -> None:
        self._left -= 1
        if self._left < 0:
            self.cancel()
        super().stop_if_cancelled()


def test_a_file_that_the_sync_refuses_leaves_the_former_one_in_its_place(own: SyncedHome, tmp_path: Path) -> None:
    take_in(own, write_csv(tmp_path / "a.csv", [HEADER, sound_row()]))
    (entry,) = own.workspace.sources()
    before = content(Home(own.home.imports))
    own.workspace.update_source(_asking_for_a_later_release(entry))
    with pytest.raises(PublicationRefused, match="release 2"):
        take_in(own, write_csv(tmp_path / "b.csv", [HEADER, sound_row(cvr=CVR[1])]), basis="")
    assert content(Home(own.home.imports)) == before
    assert own.rows("SELECT cvr FROM employers") == [(CVR[0],)]


def _asking_for_a_later_release(entry: Any) -> Any:
    from dataclasses import replace

    return replace(entry, at_least=9)

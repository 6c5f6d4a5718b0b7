"""What is said of an authority's own file before it is loaded: its columns, its basis, and what a look at it tells."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.builders.authority_files import CVR, HEADER, TARGETS, sound_row, write_csv, write_xlsx
from tests.builders.own_files import MAPPING, published_rows, take_in
from tests.builders.synced_home import SyncedHome

from jobcentre_desk.desk.imports import column_notes, column_problems, look_at_file, suggest_mapping
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.imports import ColumnMapping, ImportMapping, Target
from jobcentre_desk.paths import Home
from jobcentre_desk.sources.authority_table import FileRefused
from jobcentre_desk.task import Task


@pytest.fixture
def own(home: Home) -> SyncedHome:
    return SyncedHome.at(home)


# What must be said


def test_figures_on_employers_need_a_word_on_their_basis(own: SyncedHome, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="on what legal basis") as refused:
        take_in(own, write_csv(tmp_path / "a.csv", [HEADER, sound_row()]), basis=" ")
    assert refused.value.error_id == "basis_missing"


def test_a_file_does_not_take_the_name_of_a_source_of_another_kind(own: SyncedHome, tmp_path: Path) -> None:
    own.add("https://example.org/north", name="own", unsigned=True)
    with pytest.raises(InputRefused, match="source of another kind"):
        take_in(own, write_csv(tmp_path / "a.csv", [HEADER, sound_row()]))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"Afsluttede": Target.NOTHING}, "No column is said to be completed"),
        ({"Samme branche": Target.NOTHING}, "No column is said to be job_same_branch"),
        ({"Samme branche": Target.JOB_ELSEWHERE}, "would count twice"),
        ({"Virksomhed": Target.CVR}, "Two columns are said to be cvr"),
        ({"Findes ikke": Target.SIZE_BAND}, "has no column “Findes ikke”"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(
    own: SyncedHome, tmp_path: Path, changes: dict[str, Target], words: str
) -> None:
    targets = {one.column: one.target for one in MAPPING.columns} | changes
    mapping = ImportMapping(
        columns=tuple(ColumnMapping(column=column, target=target) for column, target in targets.items())
    )
    with pytest.raises(InputRefused, match=words):
        take_in(own, write_csv(tmp_path / "a.csv", [HEADER, sound_row()]), mapping=mapping)


def test_jobs_elsewhere_told_together_count_as_elsewhere(own: SyncedHome, tmp_path: Path) -> None:
    header = [*HEADER[:-2], "Job andet sted"]
    path = write_csv(tmp_path / "a.csv", [header, sound_row()[:-1]])
    mapping = suggest_mapping(own.workspace, look_at_file(path))
    assert mapping.missing() == ()
    result = take_in(own, path, mapping=mapping)
    assert own.rows("SELECT job_same_branch, job_other_branch FROM outcomes") == [(0, 1)]
    assert any("count as elsewhere" in note for note in result.notes)


def test_a_file_without_occupations_stands_under_all(own: SyncedHome, tmp_path: Path) -> None:
    keep = [place for place, target in enumerate(TARGETS) if target not in {"occupation", "benefit_group", "name"}]
    rows = [[row[place] for place in keep] for row in ([*HEADER], sound_row())]
    path = write_csv(tmp_path / "a.csv", rows, separator="\t")
    result = take_in(own, path, mapping=suggest_mapping(own.workspace, look_at_file(path)))
    (row,) = published_rows(Path(result.entry.location), "outcomes")
    assert (row["occupation"], row["benefit_group"], row["programme"]) == ("all", "all", "traineeship")
    assert own.rows("SELECT name FROM employers") == [(CVR[0],)]


# Before it is loaded


def test_a_mapping_is_remembered_for_files_with_the_same_columns(own: SyncedHome, tmp_path: Path) -> None:
    header = [*HEADER[:2], "Kolonne tre", *HEADER[3:]]
    path = write_csv(tmp_path / "a.csv", [header, sound_row()])
    first = suggest_mapping(own.workspace, look_at_file(path))
    assert first.target_of("Kolonne tre") is Target.NOTHING
    take_in(own, path, mapping=first.with_target("Kolonne tre", Target.NAME))
    other = write_xlsx(tmp_path / "b.xlsx", [list(reversed(header)), list(reversed(sound_row()))])
    assert suggest_mapping(own.workspace, look_at_file(other)).target_of("Kolonne tre") is Target.NAME


def test_the_preview_has_fifty_rows_and_tells_problems_by_column(tmp_path: Path) -> None:
    rows = [list(HEADER), *(sound_row() for _row in range(60)), sound_row(cvr="1")]
    rows[3] = sound_row(municipality="Atlantis", completed="1.234")
    look = look_at_file(write_csv(tmp_path / "a.csv", rows))
    assert (len(look.rows), look.row_numbers[:2], look.row_count) == (50, (2, 3), 61)
    assert column_problems(look, MAPPING) == {"Kommune": ("Row 4: “Atlantis” is not in the table areas.",)}
    assert set(column_problems(look, MAPPING, task=Task())) == {"Kommune", "CVR-nr."}
    assert column_notes(look, MAPPING) == {
        "Afsluttede": "A point parts thousands here: each stands before three digits."
    }


def test_a_file_that_is_not_there_is_refused_with_the_remedy(own: SyncedHome, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="cannot be read"):
        take_in(own, tmp_path / "nowhere.csv")

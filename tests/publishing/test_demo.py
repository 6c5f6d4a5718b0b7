"""The demonstration publication: its bytes, its releases, its place in a folder."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from jobcentre_desk.errors import FileUnwritable, InputRefused
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.model.publication import DESCRIPTION, Access, Publication
from jobcentre_desk.publishing import trust
from jobcentre_desk.publishing.demo import write_demonstration
from jobcentre_desk.publishing.read_back import read_back
from jobcentre_desk.task import Task, TaskCancelled

Hashes = dict[str, str]


def _write(folder: Path, release: int = 1) -> Publication:
    return write_demonstration(folder, size="tiny", release=release, task=Task())


def _hashes(publication: Publication) -> Hashes:
    return {resource.name: resource.hash for resource in publication.resources}


def _changed(before: Hashes, after: Hashes) -> set[str]:
    return {name for name, found in after.items() if before.get(name) != found}


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> list[Hashes]:
    """The hashes of the files of releases 1 to 4."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    return [_hashes(_write(folder, release)) for release in range(1, 5)]


def test_a_release_is_signed_marked_as_demonstration_and_reads_back(tmp_path: Path) -> None:
    written = _write(tmp_path / "demo")
    key_line = trust.parse_public_key((tmp_path / "demo.pub").read_text(encoding="utf-8"))
    assert read_back(tmp_path / "demo", key_line=key_line, task=Task()) == written
    assert written.demonstration
    assert written.access is Access.AUTHORITY
    assert (written.sequence, written.minimum_count, written.share_minimum_count) == (1, 1, 3)
    assert written.outcomes_known_through == Quarter.of(2026, 1)


def test_the_first_release_holds_24_quarters_and_all_tables(releases: list[Hashes]) -> None:
    quarters = sorted(name.removeprefix("outcomes-") for name in releases[0] if name.startswith("outcomes-"))
    assert (len(quarters), quarters[0], quarters[-1]) == (24, "2020q04", "2026q03")
    assert sum(name.startswith("figures-y30r21.") for name in releases[0]) == 7
    assert {"areas", "branches", "occupations", "benefit_groups", "programmes", "employers"} <= set(releases[0])
    assert {"measures", "evidence", "practices", "cards"} <= set(releases[0])


def test_the_same_release_has_the_same_bytes_wherever_it_is_written(tmp_path: Path) -> None:
    _write(tmp_path / "one")
    _write(tmp_path / "other")
    for path in sorted((tmp_path / "one").rglob("*.*")):
        assert path.read_bytes() == (tmp_path / "other" / path.relative_to(tmp_path / "one")).read_bytes()


def test_the_second_release_changes_three_quarter_files_the_employers_and_the_measures(releases: list[Hashes]) -> None:
    assert _changed(releases[0], releases[1]) == {
        "employers",
        "measures",
        "outcomes-2021q03",
        "outcomes-2026q02",
        "outcomes-2026q04",
    }


def test_every_later_release_adds_one_quarter_knows_one_more_and_revises_one(releases: list[Hashes]) -> None:
    for before, after in itertools.pairwise(releases):
        quarters = {name for name in _changed(before, after) if name.startswith("outcomes-")}
        assert len(quarters) == 3
        assert len(quarters - set(before)) == 1


def test_a_release_is_numbered_and_dated_after_its_last_quarter(tmp_path: Path) -> None:
    third = _write(tmp_path / "demo", release=3)
    assert (third.sequence, third.definitions_version) == (3, "3")
    assert (third.released, third.next_release, third.stale_after) == ("2027-04-15", "2027-07-15", "2027-08-15")
    assert third.outcomes_known_through == Quarter.of(2026, 3)


def test_a_newer_release_takes_the_place_of_the_older_one(tmp_path: Path) -> None:
    _write(tmp_path / "demo")
    second = _write(tmp_path / "demo", release=2)
    files = {f"tables/{path.name}" for path in (tmp_path / "demo" / "tables").iterdir()}
    assert files == {resource.path for resource in second.resources}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demo", "demo.pub"]


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("Kære", encoding="utf-8")
    with pytest.raises(InputRefused, match="something else"):
        _write(tmp_path / "letters")
    assert [path.name for path in tmp_path.rglob("*")] == ["letters", "dear.txt"]


def test_a_file_where_the_folder_should_be_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("a note", encoding="utf-8")
    with pytest.raises(InputRefused):
        _write(tmp_path / "demo")
    assert (tmp_path / "demo").read_text(encoding="utf-8") == "a note"


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(FileUnwritable, match="cannot be written"):
        _write(tmp_path / "file" / "demo")


@pytest.mark.parametrize(("size", "release"), [("huge", 1), ("tiny", 0)])
def test_an_unknown_size_or_release_is_refused_before_anything_is_written(
    tmp_path: Path, size: str, release: int
) -> None:
    with pytest.raises(InputRefused):
        write_demonstration(tmp_path / "demo", size=size, release=release, task=Task())
    assert list(tmp_path.iterdir()) == []


def test_cancelling_leaves_the_former_release_and_no_litter(tmp_path: Path) -> None:
    _write(tmp_path / "demo")
    before = (tmp_path / "demo" / DESCRIPTION).read_bytes()
    task = Task(lambda done, _total, _text: task.cancel() if done else None)
    with pytest.raises(TaskCancelled):
        write_demonstration(tmp_path / "demo", size="tiny", release=2, task=task)
    assert (tmp_path / "demo" / DESCRIPTION).read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demo", "demo.pub"]


def test_a_break_between_the_two_renames_is_mended_by_the_next_run(tmp_path: Path) -> None:
    _write(tmp_path / "demo")
    (tmp_path / "demo").rename(tmp_path / ".demo.former")
    with pytest.raises(TaskCancelled):
        write_demonstration(tmp_path / "demo", size="tiny", release=2, task=_cancelled())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demo", "demo.pub"]


def test_progress_is_told_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    task = Task(lambda done, total, _text: told.append((done, total)))
    write_demonstration(tmp_path / "demo", size="tiny", task=task)
    assert (41, 41) in told


def _cancelled() -> Task:
    task = Task()
    task.cancel()
    return task

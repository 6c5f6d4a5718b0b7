"""Folders of authority files: what a killed import left is brought back or goes; one that cannot be made is told."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from jobcentre_desk.desk.import_folders import import_folder, new_folder, taking_its_place, tidy_imports
from jobcentre_desk.errors import FileUnwritable
from jobcentre_desk.paths import Home

LONG_AGO = time.time() - 7 * 24 * 3600


def folder_of(home: Home, name: str, word: str) -> Path:
    folder = home.imports / name
    folder.mkdir(parents=True)
    (folder / "datapackage.json").write_text(word, encoding="utf-8")
    return folder


def test_a_folder_left_between_two_renames_is_brought_back_by_the_next_import(home: Home) -> None:
    folder_of(home, "own.former", "former")
    folder_of(home, "own.coming", "half")
    with new_folder(import_folder(home, "own")) as coming:
        assert list(coming.iterdir()) == []
    assert [path.name for path in home.imports.iterdir()] == ["own"]
    assert (home.imports / "own" / "datapackage.json").read_text(encoding="utf-8") == "former"


def test_a_new_folder_takes_the_place_of_the_former_one(home: Home) -> None:
    folder = folder_of(home, "own", "former")
    with new_folder(folder) as coming:
        (coming / "datapackage.json").write_text("new", encoding="utf-8")
        with taking_its_place(coming, folder, taken_in=bool):
            assert (folder / "datapackage.json").read_text(encoding="utf-8") == "new"
    assert [path.name for path in home.imports.iterdir()] == ["own"]


def put_in_place_and_fail(folder: Path, *, in_use: bool) -> None:
    with new_folder(folder) as coming:
        (coming / "datapackage.json").write_text("new", encoding="utf-8")
        with taking_its_place(coming, folder, taken_in=lambda: in_use):
            raise OSError("late")


@pytest.mark.parametrize(("in_use", "kept"), [(False, "former"), (True, "new")])
def test_what_fails_brings_the_former_folder_back_unless_the_new_figures_are_in_use(
    home: Home, *, in_use: bool, kept: str
) -> None:
    folder = folder_of(home, "own", "former")
    with pytest.raises(OSError, match="late"):
        put_in_place_and_fail(folder, in_use=in_use)
    assert [path.name for path in home.imports.iterdir()] == ["own"]
    assert (folder / "datapackage.json").read_text(encoding="utf-8") == kept


def test_what_a_killed_import_left_goes_once_it_is_old(home: Home) -> None:
    old, young = folder_of(home, "a.coming", "half"), folder_of(home, "b.former", "half")
    folder_of(home, "c", "no source")
    os.utime(old, (LONG_AGO, LONG_AGO))
    tidy_imports(home, ())
    assert list(home.imports.iterdir()) == [young]


def test_a_folder_that_cannot_be_made_is_told_with_the_remedy(home: Home) -> None:
    home.root.mkdir()
    home.imports.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(FileUnwritable, match="cannot be written"), new_folder(import_folder(home, "own")):
        pass

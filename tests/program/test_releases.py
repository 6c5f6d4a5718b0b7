"""Releases over time, from outside: what travels, what is refused, and that the former figures stay."""

from __future__ import annotations

import shutil
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.builders.signed_publication import Publisher
from tests.program.driver import Program

from jobcentre_desk.publishing.trust import key_id


def _synced(program: Program, folder: Path) -> Any:
    added = program.run("source", "add", "demo", str(folder), "--key", f"{folder}.pub")
    assert added.code == 0, added.err
    return program.ask("sync")


@pytest.fixture
def folder(demonstration: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration that a test may harm."""
    copy = tmp_path / "publication"
    shutil.copytree(demonstration, copy)
    shutil.copy(f"{demonstration}.pub", f"{copy}.pub")
    return copy


def test_a_new_release_brings_three_quarters_and_the_old_one_is_refused_afterwards(
    empty_program: Program, folder: Path
) -> None:
    program = empty_program
    first = _synced(program, folder)["sources"][0]
    assert first["result"] == "new"
    assert program.run("demo", "--release", "2", "--out", str(folder)).code == 0
    second = program.ask("sync")["sources"][0]
    assert second["result"] == "new"
    assert second["sequence"] == 2
    assert second["rows_new"] > 0
    assert second["rows_changed"] > 0
    assert second["bytes_fetched"] < first["bytes_fetched"] / 3
    assert program.run("demo", "--release", "1", "--out", str(folder)).code == 0
    refused = program.run("sync", "--format", "json")
    assert refused.code == 1
    assert refused.json["sources"][0]["result"] == "failed"
    assert program.ask("check")["ok"]
    assert program.ask("employers", "--limit", "1")["period"]["known_through"] == "2026Q02"


@pytest.mark.parametrize("harm", ["damaged", "unsigned", "half", "other_key"])
def test_a_publication_that_breaks_a_rule_is_refused_and_the_former_stays(
    empty_program: Program, folder: Path, harm: str
) -> None:
    program = empty_program
    _synced(program, folder)
    before = program.run("employers", "--format", "csv").out
    assert program.run("demo", "--release", "2", "--out", str(folder)).code == 0
    newest = max((folder / "tables").glob("outcomes-*"), key=lambda file: file.name)
    if harm == "damaged":
        newest.write_bytes(newest.read_bytes()[:-20] + b"x" * 20)
    elif harm == "unsigned":
        (folder / "datapackage.json.minisig").unlink()
    elif harm == "half":
        newest.unlink()
    else:
        text = (folder / "datapackage.json").read_text(encoding="utf-8")
        (folder / "datapackage.json").write_text(text.replace('"sequence": 2', '"sequence": 3'), encoding="utf-8")
    answer = program.run("sync", "--format", "json")
    assert answer.code == 1
    source = answer.json["sources"][0]
    assert source["result"] == "failed"
    assert source["error"]
    assert "Traceback" not in answer.err
    assert program.run("employers", "--format", "csv").out == before
    assert program.ask("check")["ok"]


@pytest.mark.skipif(sys.platform == "win32", reason="Folder rights work another way on Windows.")
def test_a_next_key_is_told_and_confirmed_by_the_id_read_out(empty_program: Program, tmp_path: Path) -> None:
    program, folder, key = empty_program, tmp_path / "north", tmp_path / "north.pub"
    present, following = Publisher.new(), Publisher.new()
    present.write(folder, next_key=following.key)
    key.write_text(present.key)
    assert program.run("source", "add", "north", str(folder), "--key", str(key)).code == 0
    next_id = key_id(following.key)
    assert next_id in program.run("sync").err
    refused = program.run("source", "accept-key", "north")
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert key_id(present.key) in refused.err
    assert f"--id {next_id}" in refused.err
    assert program.run("source", "accept-key", "north", "--id", next_id).code == 0
    [kept] = program.ask("source", "list")["rows"]
    assert kept["next_key"] == following.key
    following.write(folder, sequence=2)
    assert program.ask("sync")["sources"][0]["sequence"] == 2


def test_a_home_that_cannot_be_written_is_told_in_one_line(empty_program: Program, folder: Path) -> None:
    program = empty_program
    program.home.mkdir()
    blocked = program.home / "blocked"
    blocked.write_text("a file where a folder is needed")
    answer = type(program)(blocked / "home").run("source", "add", "demo", str(folder), "--key", f"{folder}.pub")
    assert answer.code == 1
    assert "Traceback" not in answer.err
    assert len(answer.err.strip().splitlines()) == 1
    assert stat.S_ISREG(blocked.stat().st_mode)

"""Services on the command line: added with a key that no file holds, synced for a scheduler, their tables chosen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.program.driver import Answer, Program
from tests.service.jobindsats_service import KEY, JobindsatsService

NO_KEYRING = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
WITH_KEY = {**NO_KEYRING, "JOBCENTRE_DESK_KEY": KEY}


@pytest.fixture
def service() -> Iterator[JobindsatsService]:
    """Jobindsats on this machine, everything in it made up."""
    with JobindsatsService.of() as running:
        yield running


def add(program: Program, service: JobindsatsService, *words: str, **environment: str) -> Answer:
    """Add it under its own name."""
    return program.run("source", "add", "jobindsats", "--at", service.base, *words, "--format", "json", **environment)


def test_a_service_is_added_by_its_name_alone_and_listed(empty_program: Program, service: JobindsatsService) -> None:
    added = add(empty_program, service, "--table", "y01a02", **WITH_KEY)
    assert added.code == 0, added.err
    assert "no keyring" in added.err
    [row] = empty_program.ask("source", "list")["rows"]
    assert (row["name"], row["kind"], row["location"], row["address"]) == (
        "jobindsats", "jobindsats", "jobindsats", service.base,
    )  # fmt: skip
    assert [query["table"] for query in row["queries"]] == ["y01a02"]
    assert "y01a02" in empty_program.run("source", "list").out


def test_a_sync_for_a_scheduler_takes_the_key_from_the_environment(
    empty_program: Program, service: JobindsatsService
) -> None:
    add(empty_program, service, "--table", "y01a02", **WITH_KEY)
    first = empty_program.run("sync", "--format", "json", **WITH_KEY)
    assert first.code == 0, first.err
    [result] = first.json["sources"]
    assert (result["result"], result["sequence"], result["warnings"]) == ("new", 1, 0)
    assert result["tables"]["figures"]["new"] > 0
    service.requests.clear()
    again = empty_program.run("sync", "--format", "json", **WITH_KEY)
    assert (again.code, again.json["sources"][0]["result"]) == (0, "unchanged")
    assert len(service.requests) == 1


def test_without_a_key_the_sync_says_how_to_give_one(empty_program: Program, service: JobindsatsService) -> None:
    added = add(empty_program, service, **NO_KEYRING)
    assert "JOBCENTRE_DESK_KEY" in added.err
    failed = empty_program.run("sync", **NO_KEYRING)
    assert failed.code == 1
    assert "JOBCENTRE_DESK_KEY" in failed.err


def test_the_key_is_in_no_file_and_in_no_line(
    empty_program: Program, service: JobindsatsService, tmp_path: Path
) -> None:
    added = add(empty_program, service, "--table", "y01a02", **WITH_KEY)
    synced = empty_program.run("sync", **WITH_KEY)
    assert KEY not in added.out + added.err + synced.out + synced.err
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not any(KEY.encode() in path.read_bytes() for path in files)


def test_the_key_of_a_service_is_changed_without_adding_it_again(
    empty_program: Program, service: JobindsatsService
) -> None:
    add(empty_program, service, **NO_KEYRING)
    assert empty_program.run("source", "add", "statbank", **NO_KEYRING).code == 0
    changed = empty_program.run("source", "change-key", "jobindsats", **WITH_KEY)
    assert (changed.code, KEY in changed.out + changed.err) == (0, False)
    assert "no keyring" in changed.err
    missing = empty_program.run("source", "change-key", "jobindsats", **NO_KEYRING)
    assert missing.code == 1
    assert "The key is missing" in missing.err
    needless = empty_program.run("source", "change-key", "statbank", **WITH_KEY)
    assert needless.code == 1
    assert "needs no key" in needless.err


def test_the_tables_of_a_service_are_searched_and_chosen(empty_program: Program, service: JobindsatsService) -> None:
    add(empty_program, service, "--table", "y01a02", **WITH_KEY)
    offered = empty_program.run("source", "tables", "jobindsats", "--search", "y01a0", "--format", "json", **WITH_KEY)
    assert offered.code == 0, offered.err
    rows = {row["table"]: row for row in offered.json["rows"]}
    assert rows["y01a02"]["chosen"]
    assert not any(row["chosen"] for table, row in rows.items() if table != "y01a02")
    [chosen] = empty_program.ask("source", "choose", "jobindsats", "y01a02", "y60c02")["rows"]
    assert [query["table"] for query in chosen["queries"]] == ["y01a02", "y60c02"]
    [usual] = empty_program.ask("source", "choose", "jobindsats")["rows"]
    assert usual["queries"] == []


def test_options_of_publications_and_services_are_kept_apart(empty_program: Program, tmp_path: Path) -> None:
    for words in (
        ("statbank", "--unsigned"),
        ("north", str(tmp_path), "--unsigned", "--at", "https://example.org"),
        ("star", "jobindsats", "--at", "http://example.org/v3"),
        ("north",),
    ):
        refused = empty_program.run("source", "add", *words, **NO_KEYRING)
        assert refused.code == 1, words
        assert len(refused.err.strip().splitlines()) == 1
    assert empty_program.ask("source", "list")["rows"] == []


def test_warnings_of_a_sync_are_told_and_are_no_failure(empty_program: Program, service: JobindsatsService) -> None:
    add(empty_program, service, "--table", "y01a02", "none99", **WITH_KEY)
    synced = empty_program.run("sync", **WITH_KEY)
    assert synced.code == 0, synced.err
    assert "none99" in synced.err

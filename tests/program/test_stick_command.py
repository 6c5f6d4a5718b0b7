"""The command `stick`: what it prints, its exit codes, and the two ends of a stick."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.builders.signed_publication import Publisher
from tests.builders.small_publication import TABLES

from jobcentre_desk.cli import main
from jobcentre_desk.publishing import trust


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    """A publisher with a first release, which the office has fetched; the other office knows its key alone."""
    made = Publisher.new()
    made.write(tmp_path / "publication")
    (tmp_path / "publisher.pub").write_bytes(trust.public_key_file(made.key))
    for office, place in (("one", tmp_path / "publication"), ("two", tmp_path / "nowhere")):
        _run(tmp_path, office, "source", "add", "north", str(place), "--key", str(tmp_path / "publisher.pub"))
    assert _run(tmp_path, "one", "sync") == 0
    return made


def _run(root: Path, office: str, *words: str) -> int:
    return main([*words, "--home", str(root / office), "--language", "en"])


def _told(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("place", ["stick", "figures.zip"])
def test_a_stick_goes_from_one_office_to_the_other(
    tmp_path: Path, publisher: Publisher, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stick = str(tmp_path / place)
    capsys.readouterr()
    assert _run(tmp_path, "one", "stick", "--out", stick, "--format", "json") == 0
    [copied] = _told(capsys)["publications"]
    assert (copied["source"], copied["sequence"], copied["key_id"]) == ("north", 1, trust.key_id(publisher.key))
    assert _run(tmp_path, "two", "stick", "--look", stick, "--format", "json") == 0
    [found] = _told(capsys)["publications"]
    assert (found["state"], found["source"], found["here"], found["place"]) == ("newer", "north", None, copied["place"])
    assert _run(tmp_path, "two", "stick", "--from", stick, "--format", "json") == 0
    [taken] = _told(capsys)["sources"]
    assert (taken["name"], taken["result"], taken["sequence"]) == ("north", "new", 1)


def test_an_older_stick_is_refused_with_exit_code_1(
    tmp_path: Path, publisher: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    stick = str(tmp_path / "stick")
    assert _run(tmp_path, "one", "stick", "--out", stick) == 0
    cards = {table: rows for table, rows in TABLES.items() if table != "cards"}
    publisher.write(tmp_path / "publication", sequence=2, tables=cards, released="2026-07-15")
    assert _run(tmp_path, "one", "sync") == 0
    capsys.readouterr()
    assert _run(tmp_path, "one", "stick", "--from", stick) == 1
    told = capsys.readouterr().err.replace("\xa0", " ")
    assert "15 Apr 2026" in told
    assert "15 Jul 2026" in told
    assert _run(tmp_path, "one", "stick", "--look", stick, "--format", "table") == 0
    assert "older" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "error_id"),
    [
        (("--out", "new", "north"), "not_handed_on"),
        (("--out", "new", "south"), "input_refused"),
        (("--from", "."), "no_publication"),
        (("--look", "gone"), "source_unreachable"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(
    tmp_path: Path,
    publisher: Publisher,
    words: tuple[str, ...],
    error_id: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert publisher.key
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    capsys.readouterr()
    assert _run(tmp_path, "two", "stick", *words, "--format", "json") == 1
    assert _told(capsys)["error"]["id"] == error_id
    assert list((tmp_path / "empty").iterdir()) == []


def test_one_of_the_three_ways_must_be_chosen(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        _run(tmp_path, "two", "stick")
    with pytest.raises(SystemExit):
        _run(tmp_path, "two", "stick", "--out", "a", "--from", "b")

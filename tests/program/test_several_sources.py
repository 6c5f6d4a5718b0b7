"""Two sources that publish the same, on the command line: an order that can be changed, and one source asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.builders.two_publishers import FIRST, NEWER, OLDER, SECOND, two_publishers
from tests.program.driver import Program

from jobcentre_desk.paths import Home


@pytest.fixture
def overlapping(tmp_path: Path) -> Program:
    """A program whose two sources publish y30r21 with other values."""
    program = Program(tmp_path / "home")
    two_publishers(Home(program.home), tmp_path)
    return program


def test_a_moved_source_is_shown_and_the_other_stays_beside_it(overlapping: Program) -> None:
    before = overlapping.ask("municipality", "730")["expected"]
    assert (before["source"], before["actual"], before["period"]) == (FIRST, 10.08, OLDER)
    moved = overlapping.ask("source", "move", SECOND, "1")["rows"]
    assert [row["name"] for row in moved] == [SECOND, FIRST]
    after = overlapping.ask("municipality", "730")["expected"]
    assert (after["source"], after["actual"], after["period"]) == (SECOND, 9.7, NEWER)
    assert [other["source"] for other in after["others"]] == [FIRST]


def test_the_figures_of_one_source_can_be_asked_for(overlapping: Program, tmp_path: Path) -> None:
    asked = overlapping.ask("municipality", "730", "--source", SECOND, "--pdf", str(tmp_path / "sheet.pdf"))
    assert asked["expected"]["source"] == SECOND
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    (row,) = overlapping.ask("measures", "y30r21.difference", "--source", SECOND)["rows"]
    assert (row["shown_from"], row["others"], row["sentence_en"]) == (FIRST, [SECOND], "As collected.")


@pytest.mark.parametrize("command", ["municipality 730", "measures", "employers", "employer 10000009", "branches"])
def test_a_source_that_is_not_there_is_refused(overlapping: Program, command: str) -> None:
    answer = overlapping.run(*command.split(), "--source", "nobody")
    assert (answer.code, answer.out) == (1, "")
    assert "nobody" in answer.err

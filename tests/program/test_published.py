"""Figures that were really published: y30r21 through `publish`, `sync`, `municipality` and `cards`, from outside."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest
from tests.builders.y30r21 import write_y30r21_input
from tests.program.driver import Program

pytestmark = pytest.mark.published


@pytest.fixture(scope="module")
def published(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A program that has published, then synced, the recorded figures."""
    folder = tmp_path_factory.mktemp("y30r21")
    given = write_y30r21_input(shared_folder, folder / "input")
    program = Program(folder / "home")
    steps = (
        ("publish", "keys", "--out", str(folder / "keys"), "--no-password"),
        ("publish", str(given), "--out", str(folder / "out"), "--key", str(folder / "keys" / "publisher.key")),
        ("source", "add", "star", str(folder / "out"), "--key", str(folder / "keys" / "publisher.pub")),
        ("sync",),
    )
    for step in steps:
        answer = program.run(*step)
        assert answer.code == 0, answer.err
    return program


def test_randers_expected_and_actual_are_those_published(published: Program) -> None:
    found = published.ask("municipality", "730", "--peers", "expected")
    assert found["period"] == "2022QMAT04"
    assert found["group"] == "all"
    expected = found["expected"]
    assert (expected["expected"], expected["actual"], expected["official_rank"]) == (10.05, 10.08, 57)
    assert [peer["name"] for peer in found["peers"]] == ["Guldborgsund", "Ishøj", "Langeland", "Brøndby", "Svendborg"]


def test_the_cards_of_all_municipalities_are_made_in_one_go(published: Program, tmp_path: Path) -> None:
    out = tmp_path / "cards.pdf"
    assert published.run("cards", "pdf", "--municipality", "730", "--out", str(out), language="da").code == 0
    reader = pypdf.PdfReader(out)
    text = "".join(page.extract_text() for page in reader.pages)
    assert "Randers" in text
    assert "DEMO" not in text


def test_without_employers_the_list_says_what_is_missing(published: Program) -> None:
    answer = published.run("employers", "--format", "json")
    assert answer.code == 1
    assert answer.json["error"]["message"]
    assert answer.json["error"]["hint"]

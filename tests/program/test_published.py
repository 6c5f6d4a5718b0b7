"""Figures that were really published: y30r21 through `publish`, `sync`, `municipality` and `cards`, from outside."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest
from tests.builders.y30r21 import write_y30r21_input
from tests.program.driver import Program

from jobcentre_desk.cache.snapshot import open_newest
from jobcentre_desk.desk.cards import suggest_cards
from jobcentre_desk.desk.expected import GROUPS
from jobcentre_desk.desk.exports import save_cards
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.municipality import compare_municipality
from jobcentre_desk.desk.municipality_wording import group_name
from jobcentre_desk.model.areas import AreaKind
from jobcentre_desk.paths import Home
from jobcentre_desk.text import count

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


def test_the_cards_of_all_98_give_the_figures_of_the_municipality_as_their_reason(
    published: Program, tmp_path: Path
) -> None:
    snapshot = open_newest(Home(published.home))
    assert snapshot is not None
    figures = Figures.open(snapshot)
    areas = [area for area in figures.codes.areas.values() if area.kind is AreaKind.MUNICIPALITY]
    assert len(areas) == 98
    for area in areas:
        out = tmp_path / f"{area.code}.pdf"
        save_cards(figures, area.code, out)
        assert len(pypdf.PdfReader(out).pages) == 12
        for group in GROUPS:
            expected = compare_municipality(figures, area.code, group=group).expected
            told = [
                card
                for card in suggest_cards(figures, area.code)
                if card.suggested and group_name(group) in card.reason
            ]
            assert all(f" {count(expected.persons_difference or 0)} full-time" in card.reason for card in told)
            assert all((card.value, card.reference) == (expected.actual, expected.expected) for card in told)
    snapshot.close()


def test_the_cards_of_a_municipality_speak_of_it_and_carry_no_mark(published: Program, tmp_path: Path) -> None:
    out = tmp_path / "cards.pdf"
    assert published.run("cards", "pdf", "--municipality", "730", "--out", str(out), language="da").code == 0
    reader = pypdf.PdfReader(out)
    text = "".join(page.extract_text() for page in reader.pages)
    assert "Randers" in text
    assert "DEMO" not in text


@pytest.mark.parametrize("words", [("employers",), ("branches",), ("occupations",), ("employer", "01316419")])
def test_without_outcomes_every_list_says_what_is_missing(published: Program, words: tuple[str, ...]) -> None:
    answer = published.run(*words, "--format", "json")
    assert answer.code == 1
    assert answer.json["error"]["id"] == "no_outcomes"
    assert answer.err.count("\n") == 1

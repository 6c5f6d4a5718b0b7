"""An attacker with linear programmes over pairs of exports: it pins nothing under the guard, much without."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from trust.attacker import Cell, Finding, attack_subject, attack_sum, is_pinned

from jobcentre_desk.desk.figures import Figures
from trust import leaks

PAIRS = 16


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Figures]]:
    folder = tmp_path_factory.mktemp("leaks")
    leaks.demonstrations(folder)
    made = leaks.opened(folder)
    yield made
    for figures in made:
        figures.snapshot.close()


def _attacked(releases: list[Figures], folder: Path, *, guarded: bool) -> Finding:
    found = Finding()
    for number in range(PAIRS):
        chance = random.Random(number)
        leaks.attack_pair(releases, chance, folder / f"{number}-{guarded}", found, guarded=guarded)
    return found


def test_no_hidden_count_of_random_pairs_of_exports_is_pinned(releases: list[Figures], tmp_path: Path) -> None:
    found = _attacked(releases, tmp_path, guarded=True)
    assert found.pinned == []
    assert found.attacked > 300
    assert (found.hidden - found.small) / found.cells <= leaks.MOST_HIDDEN_MORE


def test_the_primary_rule_alone_is_seen_to_leak(releases: list[Figures], tmp_path: Path) -> None:
    assert _attacked(releases, tmp_path, guarded=False).pinned


YEAR = (("quarter", frozenset({"1", "2"})),)
QUARTER = (("quarter", frozenset({"1"})),)


def test_the_attacker_subtracts() -> None:
    cells = [Cell(YEAR, "started", 9, 9, small=False), Cell(QUARTER, "started", 8, 8, small=False)]
    assert len(list(attack_subject(cells, minimum=3))) == 1
    assert list(attack_subject(cells[:1], minimum=3)) == []


def test_the_attacker_finds_a_hidden_part_of_a_sum() -> None:
    assert attack_sum([(None, 2), (7, 7)], 9, minimum=3) == [0]
    assert attack_sum([(None, 2), (None, 7)], 9, minimum=3) == []
    assert attack_sum([(5, 5)], 5, minimum=3) == []


@pytest.mark.parametrize(("low", "high", "truth", "found"), [(2, 2, 2, True), (1, 2, 2, True), (0, 0, 0, False)])
def test_an_interval_that_is_right_pins(low: float, high: float, truth: int, found: bool) -> None:
    assert is_pinned(low, high, truth, 3) is found
    assert is_pinned(low, high, truth + 5, 3) is False
    assert is_pinned(float("-inf"), high, truth, 3) is False

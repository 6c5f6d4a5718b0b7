"""Sources stand in an order that a person can change; new ones go last but before demonstration figures."""

from __future__ import annotations

import pytest

from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.services import SourceKind
from jobcentre_desk.model.workspace_records import SourceEntry
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing.trust import DEMONSTRATION_KEY
from jobcentre_desk.workspace.source_places import is_demonstration
from jobcentre_desk.workspace.store import Workspace


def source(name: str, *, key: str = "a key") -> SourceEntry:
    return SourceEntry(name=name, location=f"/{name}", key=key)


def names(home: Home) -> list[str]:
    return [entry.name for entry in Workspace.open(home).sources()]


@pytest.fixture
def filled(home: Home) -> Workspace:
    """Three sources and a demonstration, added in another order than their names."""
    workspace = Workspace.open(home)
    for entry in (source("Demonstration", key=DEMONSTRATION_KEY), source("star"), source("north"), source("kl")):
        workspace.add_source(entry)
    return workspace


def test_new_sources_go_last_but_before_demonstration_figures(filled: Workspace, home: Home) -> None:
    assert names(home) == [entry.name for entry in filled.sources()] == ["star", "north", "kl", "Demonstration"]


def test_a_moved_source_stays_where_it_was_put(filled: Workspace, home: Home) -> None:
    filled.move_source("kl", 1)
    assert names(home) == ["kl", "star", "north", "Demonstration"]
    filled.move_source("kl", 3)
    assert names(home) == ["star", "north", "kl", "Demonstration"]
    filled.move_source("star", 99)
    assert names(home) == ["north", "kl", "Demonstration", "star"]


def test_beside_a_demonstration_that_was_moved_up_new_sources_still_go_last(filled: Workspace, home: Home) -> None:
    filled.move_source("Demonstration", 1)
    filled.add_source(source("aalborg"))
    assert names(home) == ["Demonstration", "star", "north", "kl", "aalborg"]


def test_a_source_whose_removal_is_undone_comes_back_to_its_place(filled: Workspace, home: Home) -> None:
    filled.remove_source("star")
    assert names(home) == ["north", "kl", "Demonstration"]
    filled.add_source(source("star"))
    assert names(home) == ["star", "north", "kl", "Demonstration"]


def test_a_source_that_is_not_there_cannot_be_moved(filled: Workspace, home: Home) -> None:
    with pytest.raises(InputRefused):
        filled.move_source("nobody", 1)
    assert names(home) == ["star", "north", "kl", "Demonstration"]


def test_moving_a_source_to_its_own_place_writes_nothing(filled: Workspace, home: Home) -> None:
    before = home.journal.read_bytes()
    filled.move_source("north", 2)
    assert home.journal.read_bytes() == before


def test_what_can_only_bring_demonstration_figures_is_known_before_it_is_fetched() -> None:
    assert is_demonstration(source("x", key=DEMONSTRATION_KEY))
    assert is_demonstration(source("x", key=""))
    assert not is_demonstration(source("x"))
    assert not is_demonstration(SourceEntry(name="x", location="/x", key="", unsigned=True))
    assert not is_demonstration(SourceEntry(name="x", location="jobindsats", key="", kind=SourceKind.JOBINDSATS))

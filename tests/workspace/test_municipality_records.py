"""Goals, own groups of peers and the variables of the distance, as the workspace keeps them."""

from __future__ import annotations

import dataclasses

import pytest

from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.municipalities import Goal, PeerGroup, PeerVariable
from jobcentre_desk.paths import Home
from jobcentre_desk.workspace.store import Workspace

GOAL = Goal(
    id="", municipality="730", measure="y30r21.difference", group="all", target="-0.20", year=2027, baseline="0.13",
    baseline_period="2026QMAT02", definition_version="1", source="star", set_at="",
)  # fmt: skip


def test_a_goal_is_kept_changed_removed_and_brought_back_as_it_was(home: Home) -> None:
    records = Workspace.open(home).municipalities
    kept = records.keep_goal(GOAL)
    assert kept.id
    assert kept.set_at
    assert dataclasses.replace(kept, id="", set_at="") == GOAL
    changed = records.keep_goal(dataclasses.replace(kept, target="-0.30", year=2028))
    assert Workspace.open(home).municipalities.goals("730") == [changed]
    assert changed.set_at == kept.set_at
    records.remove_goal(kept.id)
    assert records.goals("730") == []
    records.keep_goal(changed)
    assert Workspace.open(home).municipalities.goals("730") == [changed]
    assert Workspace.open(home).check() == []


def test_goals_belong_to_their_municipality_the_nearest_year_first(home: Home) -> None:
    records = Workspace.open(home).municipalities
    later = records.keep_goal(dataclasses.replace(GOAL, year=2030))
    sooner = records.keep_goal(GOAL)
    records.keep_goal(dataclasses.replace(GOAL, municipality="101"))
    assert records.goals("730") == [sooner, later]


@pytest.mark.parametrize("target", ["", "much", "NaN", "Infinity", "1,5,5"])
def test_a_goal_that_is_no_number_is_refused(home: Home, target: str) -> None:
    records = Workspace.open(home).municipalities
    with pytest.raises(InputRefused, match="not a number"):
        records.keep_goal(dataclasses.replace(GOAL, target=target))
    assert records.goals("730") == []


def test_a_group_is_kept_under_its_name_replaced_and_removed(home: Home) -> None:
    records = Workspace.open(home).municipalities
    records.keep_peer_group(PeerGroup(name=" Our  region ", codes=("707", "706", "707")))
    assert records.peer_groups() == [PeerGroup(name="Our region", codes=("707", "706"))]
    records.keep_peer_group(PeerGroup(name="our region", codes=("101",)))
    assert Workspace.open(home).municipalities.peer_groups() == [PeerGroup(name="our region", codes=("101",))]
    records.remove_peer_group("Our Region")
    assert records.peer_groups() == []


@pytest.mark.parametrize("group", [PeerGroup(name="  ", codes=("101",)), PeerGroup(name="A", codes=())])
def test_a_group_without_name_or_members_is_refused(home: Home, group: PeerGroup) -> None:
    records = Workspace.open(home).municipalities
    with pytest.raises(InputRefused, match="no name or no municipalities"):
        records.keep_peer_group(group)


def test_variables_of_the_distance_are_kept_and_none_goes_back_to_the_usual(home: Home) -> None:
    records = Workspace.open(home).municipalities
    assert records.peer_variables() == ()
    chosen = (PeerVariable(measure="galder.x", weight=2.5), PeerVariable(measure="y30r21.expected_share", group="all"))
    records.keep_peer_variables(chosen)
    assert Workspace.open(home).municipalities.peer_variables() == chosen
    records.keep_peer_variables(())
    assert Workspace.open(home).municipalities.peer_variables() == ()

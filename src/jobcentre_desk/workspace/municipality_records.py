"""What a person settled about municipalities: goals for a year, own groups of peers, variables of the distance."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from decimal import Decimal, InvalidOperation
from typing import Any

from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.municipalities import Goal, PeerGroup, PeerVariable
from jobcentre_desk.text import clean
from jobcentre_desk.text import translate as _
from jobcentre_desk.workspace.records import Records

_GOAL, _PEER_GROUP, _PEER_VARIABLES = "goal", "peer_group", "peer_variables"
_EVERYWHERE = "all"
LONGEST_NAME = 60


class MunicipalityRecords:
    """Goals, own groups of peers and variables of the distance; kept like notes, on disk twice before a call ends."""

    def __init__(self, records: Records) -> None:
        self._records = records

    # Goals

    def goals(self, municipality: str) -> list[Goal]:
        """The goals of a municipality, the nearest year first, then as they were set."""
        goals = [_goal_of(entry.key, entry.data or {}) for entry in self._records.all(_GOAL)]
        own = [goal for goal in goals if goal.municipality == municipality]
        return sorted(own, key=lambda goal: (goal.year, goal.set_at))

    def keep_goal(self, goal: Goal) -> Goal:
        """Keep a goal, or write one anew that is there already; without an id it gets one, and the time it was set.

        Raises InputRefused when the target is no number.
        """
        _require_number(goal.target)
        if not goal.id:
            goal = dataclasses.replace(goal, id=uuid.uuid4().hex, set_at=_now())
        data = dataclasses.asdict(goal)
        del data["id"]
        with self._records.exclusive() as held:
            held.put(_GOAL, goal.id, data)
        return goal

    def remove_goal(self, goal_id: str) -> None:
        """Erase a goal."""
        with self._records.exclusive() as held:
            held.delete(_GOAL, goal_id)

    # Peers

    def peer_groups(self) -> list[PeerGroup]:
        """The groups of one's own, by name."""
        groups = [_group_of(entry.data or {}) for entry in self._records.all(_PEER_GROUP)]
        return sorted(groups, key=lambda group: group.name.casefold())

    def keep_peer_group(self, group: PeerGroup) -> PeerGroup:
        """Keep a group under its name; one of the same name is replaced. Refuses a group without name or members."""
        name = clean(group.name, longest=LONGEST_NAME)
        if not name or not group.codes:
            raise InputRefused(
                _("The group has no name or no municipalities."), _("Give it a name and choose at least one.")
            )
        kept = PeerGroup(name=name, codes=tuple(dict.fromkeys(group.codes)))
        with self._records.exclusive() as held:
            held.put(_PEER_GROUP, name.casefold(), {"name": kept.name, "codes": list(kept.codes)})
        return kept

    def remove_peer_group(self, name: str) -> None:
        """Erase a group."""
        with self._records.exclusive() as held:
            held.delete(_PEER_GROUP, name.casefold())

    def peer_variables(self) -> tuple[PeerVariable, ...]:
        """The variables of the distance with their weights; none = the usual ones."""
        kept = next((entry.data for entry in self._records.all(_PEER_VARIABLES)), None) or {}
        return tuple(
            PeerVariable(measure=str(row["measure"]), group=str(row["group"]), weight=float(row["weight"]))
            for row in kept.get("variables", ())
        )

    def keep_peer_variables(self, variables: tuple[PeerVariable, ...]) -> None:
        """Keep the variables of the distance; none goes back to the usual ones."""
        with self._records.exclusive() as held:
            held.put(_PEER_VARIABLES, _EVERYWHERE, {"variables": [dataclasses.asdict(v) for v in variables]})


def _require_number(digits: str) -> None:
    try:
        sound = Decimal(digits).is_finite()
    except InvalidOperation:
        sound = False
    if not sound:
        raise InputRefused(
            _("{target} is not a number.").format(target=clean(digits)),
            _("Write the goal in digits, in the unit of the measure."),
        )


def _goal_of(goal_id: str, data: dict[str, Any]) -> Goal:
    """The goal as kept; keys of a newer program are passed over."""
    known = {field.name for field in dataclasses.fields(Goal)} - {"id"}
    values = {name: data.get(name, "") for name in known}
    return Goal(id=goal_id, **(values | {"year": int(data.get("year", 0))}))


def _group_of(data: dict[str, Any]) -> PeerGroup:
    return PeerGroup(name=str(data.get("name", "")), codes=tuple(str(code) for code in data.get("codes", ())))


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")

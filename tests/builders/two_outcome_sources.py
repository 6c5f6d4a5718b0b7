"""A home with two sources of outcomes that list the same employers with other counts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.builders.signed_publication import Publisher, changed
from tests.builders.small_publication import CVR, TABLES
from tests.builders.synced_home import SyncedHome

from jobcentre_desk.paths import Home

NORTH, SOUTH = "north", "south"
IN_BOTH, IN_NORTH_ALONE = CVR[0], CVR[2]
OF_SOUTH = (
    f"2025Q03,{CVR[0]},851,47.11,5223,cash_benefit,traineeship,9,12,4,1,1",
    f"2025Q04,{CVR[0]},851,47.11,5223,cash_benefit,traineeship,8,18,4,1,1",
    f"2025Q04,{CVR[3]},820,47.11,5223,cash_benefit,traineeship,4,6,3,0,0",
)
"""The first employer completed 30 there, of which 12 went on to a job."""


def add_outcome_sources(home: Home, folder: Path) -> SyncedHome:
    """Both sources added, `NORTH` before `SOUTH`, and synced."""
    synced = SyncedHome.at(home)
    for name, tables in ((NORTH, changed("outcomes", *_of_north())), (SOUTH, _tables_of_south())):
        publisher = Publisher.new()
        publisher.write(folder / name, tables=tables, publisher=name, publisher_name=f"The {name}, invented")
        synced.add(folder / name, publisher.key, name=name)
    results = [synced.sync(name=NORTH), synced.sync(name=SOUTH)]
    assert [(result.result, result.error) for result in results] == [("new", None), ("unchanged", None)]
    return synced


def _of_north() -> tuple[str, ...]:
    """The first employer completed 9 with 5 jobs in the known quarters."""
    return (
        f"2025Q03,{CVR[0]},851,47.11,5223,cash_benefit,traineeship,3,4,1,1,0",
        f"2025Q03,{CVR[1]},860,47.1,522,unemployment_benefit,traineeship,1,0,0,0,0",
        f"2025Q04,{CVR[0]},851,47.11,5223,cash_benefit,wage_subsidy,2,5,2,0,1",
        f"2025Q04,{CVR[2]},851,H,5223,cash_benefit,traineeship,0,3,1,0,0",
    )


def _tables_of_south() -> dict[str, Sequence[str]]:
    """Without the employer that the other source alone lists."""
    employers = [line for line in TABLES["employers"] if not line.startswith(IN_NORTH_ALONE)]
    return changed("employers", *employers, tables=changed("outcomes", *OF_SOUTH))

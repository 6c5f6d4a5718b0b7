"""Building one next snapshot from all that came in a sync; a release that breaks a rule is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from jobcentre_desk.cache.arrivals import ReleaseChanges
from jobcentre_desk.cache.release_writer import write_release
from jobcentre_desk.cache.service_writer import ServiceArrival, write_service_figures
from jobcentre_desk.cache.snapshot import Snapshot
from jobcentre_desk.cache.snapshot_writer import Different, NextSnapshot, next_snapshot
from jobcentre_desk.cache.source_rows import kind_of, remove_source, source_ids
from jobcentre_desk.desk.arriving import Arriving, holds_outcomes
from jobcentre_desk.desk.first_page import make_first_page
from jobcentre_desk.errors import DeskError, PublicationRefused, SourceUnreachable
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task

Coming: TypeAlias = Arriving | ServiceArrival
"""A release of a publication, or what a service was asked for."""


@dataclass(slots=True)
class Built:
    """The new snapshot (None when nothing was left to build it from), what changed, and what was refused."""

    path: Path | None = None
    changes: dict[str, ReleaseChanges] = field(default_factory=dict)
    refused: dict[str, DeskError] = field(default_factory=dict)


def build(
    home: Home,
    newest: Snapshot | None,
    arriving: Mapping[str, Arriving],
    removed: Sequence[str],
    *,
    services: Mapping[str, ServiceArrival] | None = None,
    task: Task,
) -> Built:
    """Take every release in `arriving` and the figures of `services` over, and the sources `removed` out.

    A release that is refused half-way leaves the unfinished file unusable, so that one is thrown away and built
    again without it: refusals are rare, and nothing needs to be undone.
    """
    built = Built()
    waiting: dict[str, Coming] = {**arriving, **(services or {})}
    while waiting or removed:
        refused = _build_once(home, newest, waiting, removed, built, task=task)
        if refused is None:
            break
        del waiting[refused]
        built.changes.clear()
    return built


def _build_once(
    home: Home,
    newest: Snapshot | None,
    waiting: Mapping[str, Coming],
    removed: Sequence[str],
    built: Built,
    *,
    task: Task,
) -> str | None:
    """Build the snapshot; gives the name of the source whose release was refused, None when all went well."""
    with next_snapshot(home, newest, task=task) as building:
        for name in removed:
            remove_source(building.connection, name)
        for name, coming in waiting.items():
            try:
                built.changes[name] = _take_over(building, coming, task=task)
            except (PublicationRefused, SourceUnreachable) as error:
                built.refused[name] = error
                return name
        touched = _touched(source_ids(building.connection), waiting, built)
        built.path = building.finish(make_first_page, touched=touched)
    return None


def _take_over(building: NextSnapshot, coming: Coming, *, task: Task) -> ReleaseChanges:
    if isinstance(coming, ServiceArrival):
        if kind_of(building.connection, coming.name) not in {coming.kind, None}:
            remove_source(building.connection, coming.name)
        return write_service_figures(building.connection, coming, task=task)
    if coming.takes_place:
        remove_source(building.connection, coming.arrival.name)
    return write_release(building.connection, coming.arrival, task=task)


def _touched(ids: Mapping[str, int], waiting: Mapping[str, Coming], built: Built) -> dict[int, Different]:
    """The sources whose employers or outcomes may be others now, with the employers that differ (None = any may)."""
    return {
        ids[name]: None if coming.takes_place else built.changes[name].employers
        for name, coming in waiting.items()
        if isinstance(coming, Arriving) and _touches_outcomes(coming, built)
    }


def _touches_outcomes(arriving: Arriving, built: Built) -> bool:
    """Whether the release brings employers or outcomes, or takes away those that are there."""
    changed = built.changes[arriving.arrival.name].tables
    brings = arriving.takes_place or holds_outcomes(arriving.arrival.publication)
    return brings or not changed.keys().isdisjoint({"employers", "outcomes"})

"""Keeping the files of signed releases beside the snapshots, so that they can be handed on without a network."""

from __future__ import annotations

from collections.abc import Sequence

from jobcentre_desk.cache import held_releases
from jobcentre_desk.cache.snapshot import Snapshot
from jobcentre_desk.desk.arriving import Arriving
from jobcentre_desk.model.publication import Resource
from jobcentre_desk.paths import Home
from jobcentre_desk.sources.incoming import Incoming
from jobcentre_desk.sources.kept_files import KeepingSource, KeptFiles
from jobcentre_desk.sources.publication_source import PublicationSource
from jobcentre_desk.task import Task


def keeping(home: Home, source: PublicationSource, *, signed: bool) -> PublicationSource:
    """The source, its files kept in the home as they are read; one that nobody signed is never handed on."""
    return KeepingSource(source, KeptFiles(home.releases)) if signed else source


def keep_whole_release(
    home: Home, source: PublicationSource, arriving: Arriving | None, *, held: Sequence[Resource], task: Task
) -> None:
    """Fetch what is not kept of the release that `source` offers: the one arriving, or `held`, which is here already.

    Homes synced before files were kept get theirs this way, and those whose files were lost.
    """
    if not isinstance(source, KeepingSource):
        return
    coming = {resource.name for resource in arriving.needed} if arriving else set()
    offered = arriving.arrival.publication.resources if arriving else held
    lacking = source.keep_lacking([each for each in offered if each.name not in coming], task=task)
    Incoming(home.incoming).forget(lacking)


def tidy_kept_files(home: Home) -> None:
    """Keep exactly the files of the snapshots that are kept; only for the holder of the sync lock."""
    hashes = held_releases.signed_hashes(home)
    if hashes is not None:
        KeptFiles(home.releases).keep_only(hashes)


def held_resources(newest: Snapshot | None, name: str) -> Sequence[Resource]:
    """The files of a source's signed release as the snapshot holds it; none for another source."""
    return held_releases.held_resources(newest, name) if newest is not None else ()

"""Checking everything that is kept on this machine: snapshots, blocks against rows, the workspace, left-over files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jobcentre_desk.cache.proof import problems_inside, repair_blocks
from jobcentre_desk.cache.snapshot import (
    is_current,
    is_whole,
    leftover_files,
    open_snapshot,
    set_aside,
    snapshot_files,
    tidy,
)
from jobcentre_desk.cache.snapshot_lock import sync_lock
from jobcentre_desk.cache.snapshot_writer import next_snapshot
from jobcentre_desk.cache.upgrade import open_current, open_current_locked
from jobcentre_desk.desk.first_page import make_first_page
from jobcentre_desk.errors import FileUnwritable, SnapshotUnusable
from jobcentre_desk.model.workspace_records import StoredProblem
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _
from jobcentre_desk.workspace.store import Workspace


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Whether all is well, and what is not (after a repair: what it could not mend)."""

    ok: bool
    problems: tuple[StoredProblem, ...]


def check(home: Home, *, repair: bool, task: Task) -> CheckResult:
    """Prove snapshots and workspace of a home; with `repair`, mend first what can be mended.

    What a killed sync left unfinished is swept up in passing, as the next sync would: it is no damage. Mending deletes
    nothing that was the user's: damaged snapshots are set aside, blocks made anew from their rows, the workspace and
    its journal brought in step. Raises FileUnwritable when a repair cannot write.
    """
    if repair:
        _repair(home, task=task)
    problems = (*_snapshot_problems(home, task=task), *_leftovers(home), *Workspace(home).check())
    return CheckResult(not problems, problems)


def _snapshot_problems(home: Home, *, task: Task) -> Iterator[StoredProblem]:
    """Every snapshot by its hash, the newest whole one from inside too."""
    looked_inside = False
    for path in snapshot_files(home):
        if not is_whole(path, task=task):
            yield _problem(path, _("The file is damaged: its content is not the one its name was given for."))
        elif not looked_inside:
            looked_inside = True
            yield from _inside(home, path, task=task)


def _inside(home: Home, path: Path, *, task: Task) -> Iterator[StoredProblem]:
    """What does not agree in the newest whole snapshot; one of an older program as it is once brought up to date."""
    try:
        snapshot = open_snapshot(path)
        if not is_current(path):
            snapshot.close()
            snapshot = open_current(home, task=task) or snapshot
    except SnapshotUnusable as error:
        yield _problem(path, error.message)
        return
    try:
        yield from problems_inside(snapshot, task=task)
    finally:
        snapshot.close()


def _leftovers(home: Home) -> list[StoredProblem]:
    """Unfinished snapshots that cannot be swept up, unless a sync is building one just now."""
    found = leftover_files(home)
    if found:
        try:
            with sync_lock(home):
                tidy(home)
                found = leftover_files(home)
        except (SnapshotUnusable, FileUnwritable):
            return []
    return [_problem(path, _("This unfinished file was left by a sync that was broken off.")) for path in found]


def _repair(home: Home, *, task: Task) -> None:
    Workspace.open(home).close()
    if not home.snapshots.is_dir():
        return
    with sync_lock(home):
        tidy(home)
        for path in snapshot_files(home):
            if not is_whole(path, task=task):
                set_aside(path)
        newest = open_current_locked(home, task=task)
        if newest is None:
            return
        try:
            if any(problems_inside(newest, task=task)):
                with next_snapshot(home, newest, task=task) as building:
                    mended = repair_blocks(building.connection)
                    building.finish(make_first_page, touched=dict.fromkeys(mended))
        finally:
            newest.close()
        tidy(home)


def _problem(path: Path, reason: str) -> StoredProblem:
    return StoredProblem(file=path.name, table="", row="", reason=reason)

"""Snapshots of an older program: a copy with the tables of today takes their place when figures are opened."""

from __future__ import annotations

import time

from jobcentre_desk.cache.snapshot import Snapshot, SnapshotDamaged, is_current, open_newest, open_snapshot, set_aside
from jobcentre_desk.cache.snapshot_lock import sync_lock
from jobcentre_desk.errors import FileUnwritable, SnapshotUnusable
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

SECONDS_TO_WAIT = 20.0
"""How long another process may take that brings the same figures up to date."""
PAUSE = 0.1


def open_current(home: Home, *, check_hash: bool = True, task: Task | None = None) -> Snapshot | None:
    """The newest whole snapshot, with the tables of today; None when there is none.

    One of an older program is copied, brought up to date and given the next number; the old file stays as it is.
    `check_hash` is as for `open_newest`. Raises SnapshotUnusable for a snapshot of a newer program, for a folder in
    which the older one cannot be brought up to date, and when another process works on it for too long.
    """
    newest = open_newest(home, check_hash=check_hash)
    if newest is None or is_current(newest.path):
        return newest
    newest.close()
    gives_up = time.monotonic() + SECONDS_TO_WAIT
    try:
        while True:
            try:
                with sync_lock(home):
                    return open_current_locked(home, check_hash=check_hash, task=task)
            except SnapshotUnusable as error:
                if error.error_id != "sync_running" or time.monotonic() > gives_up:
                    raise
            time.sleep(PAUSE)
    except FileUnwritable as error:
        told = _("The figures in {file} were written by an older program and must be brought up to date first.")
        raise SnapshotUnusable(f"{told.format(file=newest.path.name)} {error.message}", error.hint) from error


def open_current_locked(home: Home, *, check_hash: bool = True, task: Task | None = None) -> Snapshot | None:
    """The same for the holder of the sync lock; raises FileUnwritable when the home cannot be written."""
    while True:
        newest = open_newest(home, check_hash=check_hash)
        if newest is None or is_current(newest.path):
            return newest
        try:
            return _brought_up_to_date(home, newest, task=task or Task())
        except SnapshotDamaged:
            set_aside(newest.path)
        finally:
            newest.close()


def _brought_up_to_date(home: Home, older: Snapshot, *, task: Task) -> Snapshot:
    from jobcentre_desk.cache.snapshot_writer import next_snapshot  # brings numpy, which most openings do without

    task.report(0, 0, _("Bringing figures up to date"))
    with next_snapshot(home, older, task=task) as building:
        path = building.finish(None)
    return open_snapshot(path)

"""Locks that die with their process: one sync at a time, and no snapshot deleted while somebody reads it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jobcentre_desk.errors import FileUnwritable, SnapshotUnusable
from jobcentre_desk.paths import Home
from jobcentre_desk.text import translate as _

if sys.platform == "win32":
    import msvcrt

    def _lock_alone(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def _lock_to_read(handle: int) -> None:
        """Nothing: Windows refuses to delete a file that is open."""

else:
    import fcntl

    def _lock_alone(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _lock_to_read(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)


@contextmanager
def sync_lock(home: Home) -> Iterator[None]:
    """Be the one process that builds snapshots in `home`; a lock left by a killed process does not count.

    Raises SnapshotUnusable when another process has it, FileUnwritable when the home cannot be written.
    """
    path = home.root / "sync.lock"
    try:
        home.root.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise unwritable(home.root, error) from error
    try:
        try:
            _lock_alone(handle)
        except OSError as error:
            raise SnapshotUnusable(
                _("Another window or scheduled run of the program is fetching figures just now."),
                _("Wait until it has finished, then try again."),
                error_id="sync_running",
            ) from error
        yield
    finally:
        os.close(handle)


def hold_for_reading(path: Path) -> int:
    """An open handle that keeps other processes from deleting the snapshot; close it with os.close."""
    handle = os.open(path, os.O_RDONLY)
    with suppress(OSError):  # some network disks know no locks; reading works there all the same
        _lock_to_read(handle)
    return handle


def delete_unless_read(path: Path) -> bool:
    """Delete a snapshot; False when somebody reads it, or the system refuses."""
    try:
        handle = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        _lock_alone(handle)
        if sys.platform != "win32":
            path.unlink()
    except OSError:
        return False
    finally:
        os.close(handle)
    if sys.platform == "win32":
        with suppress(OSError):
            path.unlink()
    return not path.exists()


def unwritable(folder: Path, error: OSError) -> FileUnwritable:
    """The sentence for a folder or disk that takes no more."""
    return FileUnwritable(
        _("Figures cannot be kept in {folder}: {cause}.").format(folder=folder, cause=error.strerror or error),
        _("Make the folder writable or room on the disk, or choose another one with --home; nothing was changed."),
    )

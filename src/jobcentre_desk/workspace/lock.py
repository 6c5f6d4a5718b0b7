"""The lock that lets one process at a time change the workspace; it dies with its process."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jobcentre_desk.errors import WorkspaceUnusable
from jobcentre_desk.text import translate as _

WAIT_SECONDS = 10.0
_RETRY_SECONDS = 0.01

if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def _unlock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


@contextmanager
def locked(path: Path, *, seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the lock file `path`; waits up to `seconds` for another window, then raises WorkspaceUnusable.

    Raises OSError when the lock file cannot be made, as in a read-only folder.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _wait_for(handle, seconds)
        try:
            yield
        finally:
            _unlock(handle)
    finally:
        os.close(handle)


def _wait_for(handle: int, seconds: float) -> None:
    give_up = time.monotonic() + seconds
    while True:
        try:
            _try_lock(handle)
        except OSError as error:
            if time.monotonic() >= give_up:
                raise WorkspaceUnusable(
                    _("Another window of the program is changing the workspace and has not finished."),
                    _("Close the other window, then try again."),
                ) from error
            time.sleep(_RETRY_SECONDS)
        else:
            return

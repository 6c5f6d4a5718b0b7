"""A picture of the window once everything it waits for is there; for machines without a screen and for looking at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from jobcentre_desk.gui.window_desk import WindowDesk

LONGEST_WAIT_MS = 60_000
QUIET_MS = 120
"""So long nothing may have started before the window counts as settled (a filter waits shorter than this)."""


def settle(desk: WindowDesk, *, longest_ms: int = LONGEST_WAIT_MS) -> bool:
    """Let the window work until its figures are open and no job runs; False when that took too long."""
    loop = QEventLoop()
    quiet, deadline = QTimer(singleShot=True, interval=QUIET_MS), QTimer(singleShot=True, interval=longest_ms)
    quiet.timeout.connect(lambda: loop.exit(0) if _is_settled(desk) else quiet.start())
    deadline.timeout.connect(lambda: loop.exit(1))
    desk.jobs.changed.connect(quiet.start)
    quiet.start()
    deadline.start()
    result = loop.exec()
    desk.jobs.changed.disconnect(quiet.start)
    return result == 0


def save_picture(shown: QWidget, path: Path) -> bool:
    """Write what `shown` looks like as PNG; False when the file could not be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return shown.grab().save(str(path), "PNG")


def _is_settled(desk: WindowDesk) -> bool:
    return not desk.jobs.busy() and (desk.session.opened or not desk.session.has_snapshot())

"""Opens the program on a home, waits until the figures stand in the table, and prints the memory it holds then."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from jobcentre_desk import app
from jobcentre_desk.gui.window_desk import WindowDesk
from jobcentre_desk.paths import Home

KIB_A_MIB = 1024
LOOK_EVERY_MS = 50


def main(folder: str) -> None:
    """Open, wait, print, close."""
    app.run(Home(Path(folder)), prepared=_look_on)


def _look_on(desk: WindowDesk) -> None:
    timer = QTimer(desk, interval=LOOK_EVERY_MS)

    def look() -> None:
        if desk.session.figures() is None or desk.jobs.busy():
            return
        timer.stop()
        print(json.dumps({"held_mib": _held(), "peak_mib": _peak()}), flush=True)
        desk.window.close()

    timer.timeout.connect(look)
    timer.start()


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_A_MIB


def _held() -> float:
    """Resident memory now, where the system tells it (Linux); else the most there was."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return _peak()
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / KIB_A_MIB


if __name__ == "__main__":
    main(sys.argv[1])

"""Opens the program on a home, waits until the figures stand in the table, and prints the memory it holds then."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks.resident import held_mib, peak_mib
from PySide6.QtCore import QTimer

from jobcentre_desk import app
from jobcentre_desk.gui.window_desk import WindowDesk
from jobcentre_desk.paths import Home

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
        print(json.dumps({"held_mib": held_mib(), "peak_mib": peak_mib()}), flush=True)
        desk.window.close()

    timer.timeout.connect(look)
    timer.start()


if __name__ == "__main__":
    main(sys.argv[1])

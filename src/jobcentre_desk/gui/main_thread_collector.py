"""Python's cycle collector kept on the main thread.

By itself it runs on whichever thread allocates, and a job would then destroy widgets and timers from its thread,
which Qt forbids ("Timers cannot be stopped from another thread"; sooner or later a crash). So it is switched off while
the window stands, and a timer does what it would have done.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY_MS = 1_000


class MainThreadCollector(QObject):
    """Collects on the main thread, at the thresholds Python has itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Take over from Python."""
        gc.disable()
        self._timer.start()

    def end(self) -> None:
        """Clear up and give it back."""
        self._timer.stop()
        gc.collect()
        gc.enable()

    def look(self) -> None:
        """Collect the oldest generation that is due, if one is."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return

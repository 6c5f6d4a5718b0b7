"""A task is what long work is handed: through it the work says how far it is and learns to stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

REPORTS_PER_SECOND = 10


class TaskCancelled(Exception):
    """The person asked the work to stop."""


class Task:
    """Progress out, cancel in; safe to use from any thread."""

    def __init__(self, on_report: Callable[[int, int, str], None] | None = None) -> None:
        self._on_report = on_report
        self._cancelled = threading.Event()
        self._interrupt: Callable[[], None] | None = None
        self._reported_at = 0.0

    def report(self, done: int, total: int, text: str = "") -> None:
        """Say how far the work is (any unit; total 0 = unknown); raises TaskCancelled when asked to stop."""
        self.stop_if_cancelled()
        now = time.monotonic()
        if self._on_report and (done >= total or now - self._reported_at >= 1 / REPORTS_PER_SECOND):
            self._reported_at = now
            self._on_report(done, total, text)

    def stop_if_cancelled(self) -> None:
        """Raise TaskCancelled when the person asked the work to stop."""
        if self._cancelled.is_set():
            raise TaskCancelled

    def cancel(self) -> None:
        """Ask the work to stop; wakes what was given to `interrupt_with`."""
        self._cancelled.set()
        interrupt = self._interrupt
        if interrupt is not None:
            interrupt()

    @property
    def cancelled(self) -> bool:
        """Whether the person asked the work to stop."""
        return self._cancelled.is_set()

    def interrupt_with(self, interrupt: Callable[[], None] | None) -> None:
        """Name what ends a blocking call (closing a socket, say) when the task is cancelled; None clears it."""
        self._interrupt = interrupt
        if interrupt is not None and self._cancelled.is_set():
            interrupt()

    def wait(self, seconds: float) -> None:
        """Sleep, but wake at once and raise TaskCancelled when the person asks the work to stop."""
        if self._cancelled.wait(seconds):
            raise TaskCancelled

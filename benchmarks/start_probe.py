"""Opens one window, prints when it was painted and when its table answered a key, and ends.

`python benchmarks/start_probe.py` opens a bare window; with a home folder, the program on that home. Times are those
of the clock that all processes of a machine share, in nanoseconds.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from jobcentre_desk.gui.window_desk import WindowDesk


class FirstPaint(QObject):
    """Calls `then` once when everything in a widget has been painted for the first time from now on."""

    def __init__(self, widget: QWidget, then: Callable[[], None]) -> None:
        super().__init__(widget)
        self._then: Callable[[], None] | None = then
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The widget's children are painted in the same go, before the timer is heard."""
        if event.type() == QEvent.Type.Paint and self._then is not None:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._then)
            self._then = None
        return False


def open_bare_window() -> None:
    """What any program with PySide6 pays."""
    application = QApplication(sys.argv)
    window = QWidget()
    window.resize(1366, 768)
    window.setWindowTitle("Bare")

    def on_painted() -> None:
        _tell(painted=time.monotonic_ns())
        application.quit()

    FirstPaint(window, on_painted)
    window.show()
    application.exec()


def open_program(folder: str) -> None:
    """The program itself, on a home with figures."""
    from pathlib import Path

    from jobcentre_desk import app
    from jobcentre_desk.paths import Home

    app.run(Home(Path(folder)), prepared=_look_on)


def _look_on(desk: WindowDesk) -> None:
    from jobcentre_desk.gui.employer_table import EmployerTable

    def on_painted() -> None:
        painted = time.monotonic_ns()
        table = desk.window.findChild(EmployerTable)
        assert isinstance(table, EmployerTable)
        rows = table.rows.rowCount()
        FirstPaint(table.viewport(), lambda: on_answered(painted, rows))
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
        QCoreApplication.postEvent(table, key)

    def on_answered(painted: int, rows: int) -> None:
        _tell(painted=painted, usable=time.monotonic_ns(), rows=rows)
        desk.window.close()

    FirstPaint(desk.window, on_painted)


def _tell(**moments: int) -> None:
    print(json.dumps(moments), flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        open_program(sys.argv[1])
    else:
        open_bare_window()

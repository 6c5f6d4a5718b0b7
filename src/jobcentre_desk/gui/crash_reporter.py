"""The last word on an exception nobody caught: a report that says where in the code, and holds no data."""

from __future__ import annotations

import datetime as dt
import logging
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication

from jobcentre_desk import __version__
from jobcentre_desk.files import write_atomically
from jobcentre_desk.paths import Home

_log = logging.getLogger(__name__)


class CrashReporter:
    """Takes the place of Python's own last word: writes a report, and shows the dialog the first time."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._shown = False

    def install(self) -> None:
        """Be called for every exception nobody caught."""
        sys.excepthook = self.tell

    def remove(self) -> None:
        """Give the last word back to Python."""
        sys.excepthook = sys.__excepthook__

    def tell(self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        """Report one exception; Ctrl+C in a terminal ends the program as usual."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        sys.__excepthook__(kind, fault, trace)
        from jobcentre_desk.gui.crash_dialog import CrashDialog

        saved = save_report(self._home.log.parent, report_text(kind, trace))
        _log.error("An unexpected %s; report %s", kind.__name__, saved.name if saved else "not saved")
        if not self._shown:
            self._shown = True
            CrashDialog(saved, QApplication.activeWindow()).open()


def report_text(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Versions, the kind of exception and the places in the code; never its message, which may hold data."""
    import platform
    import traceback

    places = [f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(trace)]
    head = [
        f"Jobcentre Desk {__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}",
        dt.datetime.now().astimezone().isoformat(timespec="seconds"),
        f"{kind.__module__}.{kind.__qualname__}",
    ]
    return "\n".join([*head, *places]) + "\n"


def save_report(folder: Path, report: str) -> Path | None:
    """Write the report into `folder`; None when the disk does not take it."""
    path = folder / f"crash-{dt.datetime.now().astimezone():%Y%m%d-%H%M%S}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(path, report.encode())
    except OSError:
        return None
    return path

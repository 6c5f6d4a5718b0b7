"""When the program meets a bug of its own: one dialog, and a report that says where in the code and holds no data."""

from __future__ import annotations

import datetime as dt
import logging
import platform
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication, QWidget

from jobcentre_desk import __version__
from jobcentre_desk.files import write_atomically
from jobcentre_desk.gui.buttons import primary_button, secondary_button
from jobcentre_desk.gui.desk_dialog import DeskDialog
from jobcentre_desk.gui.wrapped_label import wrapped_label
from jobcentre_desk.paths import Home
from jobcentre_desk.text import translate as _

_log = logging.getLogger(__name__)
WIDTH = 520


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
        saved = save_report(self._home.log.parent, report_text(kind, trace))
        _log.error("An unexpected %s; report %s", kind.__name__, saved.name if saved else "not saved")
        if not self._shown:
            self._shown = True
            CrashDialog(saved, QApplication.activeWindow()).open()


class CrashDialog(DeskDialog):
    """Says what happened, what is safe, and where the report lies."""

    def __init__(self, report: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(_("Something went wrong in the program"), parent, width=WIDTH)
        sentence = _(
            "It is a fault in the program, not yours. Your notes and the figures are safe: they are written before "
            "anything is shown. You can go on working; if something looks wrong, close the program and open it again."
        )
        self.column.addWidget(wrapped_label(sentence))
        self.column.addWidget(wrapped_label(_where(report)))
        end, go_on = secondary_button(_("Close the program")), primary_button(_("Go on working"))
        end.clicked.connect(QApplication.quit)
        go_on.clicked.connect(self.accept)
        self.add_buttons(end, go_on)


def report_text(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Versions, the kind of exception and the places in the code; never its message, which may hold data."""
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


def _where(report: Path | None) -> str:
    if report is None:
        return _("A report could not be saved: the disk does not take it.")
    return _("A report without names and figures lies in {path}. Send it to those who keep the program.").format(
        path=report
    )

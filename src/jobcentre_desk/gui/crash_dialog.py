"""When the program meets a bug of its own: one dialog that says what is safe and where the report lies."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from jobcentre_desk.gui.buttons import primary_button, secondary_button
from jobcentre_desk.gui.desk_dialog import DeskDialog
from jobcentre_desk.gui.wrapped_label import wrapped_label
from jobcentre_desk.text import translate as _

WIDTH = 520


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


def _where(report: Path | None) -> str:
    if report is None:
        return _("A report could not be saved: the disk does not take it.")
    return _("A report without names and figures lies in {path}. Send it to those who keep the program.").format(
        path=report
    )

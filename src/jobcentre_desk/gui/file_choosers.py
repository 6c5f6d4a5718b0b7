"""File choosers as functions: they open a dialog and call back; pages are handed them, tests hand others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from jobcentre_desk.text import translate as _

Chosen = Callable[[Path], None]


def choose_save_file(parent: QWidget, suggested: str, on_chosen: Chosen) -> None:
    """Ask where to save; `suggested` is a file name with its ending."""
    dialog = QFileDialog(parent, _("Save"), suggested)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    ending = Path(suggested).suffix
    if ending:
        dialog.setDefaultSuffix(ending.removeprefix("."))
        dialog.setNameFilter(f"*{ending}")
    dialog.selectFile(suggested)
    _open(dialog, on_chosen)


def choose_open_file(parent: QWidget, names: str, on_chosen: Chosen) -> None:
    """Ask for a file that is there; `names` is a pattern such as `*.zip`."""
    dialog = QFileDialog(parent, _("Choose a file"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([names, "*"])
    _open(dialog, on_chosen)


def choose_folder(parent: QWidget, on_chosen: Chosen) -> None:
    """Ask for a folder."""
    dialog = QFileDialog(parent, _("Choose a folder"))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    _open(dialog, on_chosen)


def _open(dialog: QFileDialog, on_chosen: Chosen) -> None:
    dialog.fileSelected.connect(lambda path: on_chosen(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()

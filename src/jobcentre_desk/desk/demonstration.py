"""Demonstration figures on this machine: written into the home folder and added as a source of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobcentre_desk.errors import FileUnwritable
from jobcentre_desk.publishing.trust import DEMONSTRATION_KEY
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.paths import Home
    from jobcentre_desk.workspace.store import Workspace

SOURCE_NAME = "Demonstration"


def add_demonstration(home: Home, workspace: Workspace, *, size: str = "small", task: Task) -> str:
    """Write the demonstration publication under `home`, add it as a source unless it is one, and give its name.

    Raises FileUnwritable when the home folder cannot be written.
    """
    from jobcentre_desk.desk.source_list import add_source
    from jobcentre_desk.publishing.demo import write_demonstration

    folder = home.root / "demonstration"
    try:
        home.root.mkdir(parents=True, exist_ok=True)
        write_demonstration(folder, size=size, task=task)
    except OSError as fault:
        raise FileUnwritable(
            _("The demonstration figures could not be written to {folder}.").format(folder=folder),
            _("Make room on the disk, or choose another folder with --home."),
        ) from fault
    if all(entry.name != SOURCE_NAME for entry in workspace.sources()):
        add_source(workspace, name=SOURCE_NAME, location=str(folder), key=DEMONSTRATION_KEY)
    return SOURCE_NAME

"""The newest figures for a command, in the order of the sources, and what is to be said when they are not the last."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from jobcentre_desk.errors import DeskError, SnapshotUnusable
from jobcentre_desk.paths import Home
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.cache.snapshot import Snapshot
    from jobcentre_desk.desk.figures import Figures


@contextmanager
def newest_figures(home: Home, *, outcomes_from: str = "") -> Iterator[Figures]:
    """The newest figures in the order of the sources, open; with `outcomes_from` those with that source's outcomes.

    Raises SnapshotUnusable when there are none, InputRefused when the source named brings no outcomes.
    """
    from jobcentre_desk.desk.figures import Figures
    from jobcentre_desk.desk.shared_before import SharedBefore
    from jobcentre_desk.desk.source_order import ordered
    from jobcentre_desk.workspace.store import Workspace

    snapshot, workspace = newest_snapshot(home), Workspace.open(home)
    try:
        yield Figures.open(
            snapshot,
            order=ordered(workspace.sources()),
            outcomes_from=outcomes_from,
            shared_before=SharedBefore(workspace, tell=_say),
        )
    finally:
        snapshot.close()


def _say(fault: DeskError) -> None:
    sys.stderr.write(f"{fault}\n")


def newest_snapshot(home: Home) -> Snapshot:
    """The newest whole snapshot, open; a line on stderr tells when a newer one was damaged.

    Raises SnapshotUnusable when there is none.
    """
    from jobcentre_desk.cache.snapshot import damaged_files, number_of
    from jobcentre_desk.cache.upgrade import open_current

    snapshot = open_current(home)
    damaged = damaged_files(home)
    if snapshot is None and damaged:
        raise SnapshotUnusable(
            _("The figures on this machine are damaged and were set aside."), _("Run 'sync' to fetch them again.")
        )
    if snapshot is None:
        raise SnapshotUnusable(_("There are no figures yet."), _("Add a source with 'source add', then run 'sync'."))
    if any(number_of(path) > snapshot.number for path in damaged):
        told = _("The newest figures were damaged and are set aside; these are the former ones.")
        sys.stderr.write(told + " " + _("Run 'sync' to fetch them again.") + "\n")
    return snapshot

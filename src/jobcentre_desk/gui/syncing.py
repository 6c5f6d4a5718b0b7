"""One sync at a time, behind the window: how far it is, how it ended, and what was refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from jobcentre_desk.errors import DeskError
from jobcentre_desk.gui.jobs import Job, Jobs
from jobcentre_desk.model.services import SourceProgress, Watch
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.desk.sync import SyncResult
    from jobcentre_desk.paths import Home
    from jobcentre_desk.workspace.store import Workspace

REPLACES = "sync"


class Syncing(QObject):
    """Starts a sync and tells how far it is (`changed`) and what came of it (`ended`, with the SyncResult)."""

    changed = Signal()
    ended = Signal(object)
    failed = Signal(object)
    _watched = Signal(object)

    def __init__(self, home: Home, workspace: Workspace, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home, self._workspace, self._jobs = home, workspace, jobs
        self._job: Job | None = None
        self.last_result: SyncResult | None = None
        self.asked_by_person = False
        self.names: tuple[str, ...] = ()
        self.sources: dict[str, SourceProgress] = {}
        self.running_import = False
        jobs.changed.connect(self._on_jobs_changed)
        self._watched.connect(self._on_watched, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        """Whether a sync runs now."""
        return self._job is not None

    @property
    def progress(self) -> tuple[int, int, str]:
        """How far it is: done, total (0 = unknown), and what is being fetched."""
        return (self._job.done, self._job.total, self._job.text) if self._job else (0, 0, "")

    def start(self, names: tuple[str, ...] = (), *, asked_by_person: bool = True) -> None:
        """Sync the sources named (all without a name), unless a sync runs already."""
        self._run(
            partial(_sync, self._home, self._workspace, names, self._watched.emit),
            names,
            asked_by_person=asked_by_person,
        )

    def start_from_stick(self, place: Path, names: tuple[str, ...]) -> None:
        """Bring the sources named to the releases that lie at `place`, unless a sync runs already."""
        work = partial(_take_from_stick, self._home, self._workspace, place, names, self._watched.emit)
        self._run(work, names, asked_by_person=True)

    def start_demonstration(self) -> None:
        """Write the demonstration figures into the home folder, add them as a source, and sync them."""
        self._run(
            partial(_make_demonstration, self._home, self._workspace, self._watched.emit), (), asked_by_person=True
        )

    def start_import(
        self, work: Callable[[Task], SyncResult], name: str, *, on_failed: Callable[[DeskError], None]
    ) -> None:
        """Take in a file of one's own as the source `name`, unless a sync runs; what is wrong goes to `on_failed`."""
        if self._job is not None:
            return

        def fail(fault: DeskError) -> None:
            self._end()
            on_failed(fault)

        self.running_import = True
        self._run(work, (name,), asked_by_person=True, on_failed=fail)

    def cancel(self) -> None:
        """Stop the sync; what was there stays, and the next one goes on where this one was."""
        if self._job:
            self._jobs.cancel(self._job)
            self._end()

    def _run(
        self,
        work: Callable[[Task], SyncResult],
        names: tuple[str, ...],
        *,
        asked_by_person: bool,
        on_failed: Callable[[DeskError], None] | None = None,
    ) -> None:
        if self._job is not None:
            return
        self.asked_by_person, self.names, self.sources = asked_by_person, names, {}
        failed = on_failed or self._on_failed
        self._job = self._jobs.start(
            work, self, self._on_synced, on_failed=failed, replaces=REPLACES, title=_("Fetching figures")
        )
        self.changed.emit()

    def _end(self) -> None:
        self._job, self.running_import = None, False
        self.changed.emit()

    def _on_jobs_changed(self) -> None:
        if self._job is not None:
            if self._job.task.cancelled:
                self._job, self.running_import = None, False
            self.changed.emit()

    def _on_watched(self, progress: SourceProgress) -> None:
        if self._job is not None:
            self.sources[progress.name] = progress
            self.changed.emit()

    def _on_synced(self, result: SyncResult) -> None:
        self.last_result = result
        self._end()
        self.ended.emit(result)

    def _on_failed(self, fault: DeskError) -> None:
        self._end()
        self.failed.emit(fault)


def _sync(home: Home, workspace: Workspace, names: tuple[str, ...], watch: Watch, task: Task) -> SyncResult:
    from jobcentre_desk.desk.sync import sync

    return sync(home, workspace, names, task=task, watch=watch)


def _take_from_stick(
    home: Home,
    workspace: Workspace,
    place: Path,
    names: tuple[str, ...],
    watch: Watch,
    task: Task,
) -> SyncResult:
    from jobcentre_desk.desk.sticks import take_from_stick

    return take_from_stick(home, workspace, place, names=names, task=task, watch=watch)


def _make_demonstration(home: Home, workspace: Workspace, watch: Watch, task: Task) -> SyncResult:
    from jobcentre_desk.desk.demonstration import add_demonstration

    name = add_demonstration(home, workspace, task=task)
    return _sync(home, workspace, (name,), watch, task)

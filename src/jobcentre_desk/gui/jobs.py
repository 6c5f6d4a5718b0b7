"""Work behind the window: plain functions on a few threads, whose results come home through one queued signal."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from jobcentre_desk.errors import DeskError
from jobcentre_desk.task import Task, TaskCancelled

T = TypeVar("T")
THREADS = 4


@dataclass(slots=True, eq=False, kw_only=True)
class Job:
    """One piece of running work; `title` is "" for work too short to be shown in the status bar."""

    owner: QObject
    on_done: Callable[[Any], None]
    on_failed: Callable[[DeskError], None] | None
    on_progress: Callable[[int, int, str], None] | None
    replaces: str
    title: str
    task: Task = field(default_factory=Task)
    done: int = 0
    total: int = 0
    text: str = ""

    @property
    def wanted(self) -> bool:
        """Whether anybody still waits for the result."""
        return not self.task.cancelled and shiboken6.isValid(self.owner)


class Jobs(QObject):
    """Starts jobs and hands their results to the main thread; the newest of those that replace each other wins.

    `changed` tells that the list of running jobs, or how far one is, has changed; `failed` carries the fault of a
    job that had no `on_failed`.
    """

    changed = Signal()
    failed = Signal(object)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="job")
        self._running: list[Job] = []
        self._closed = False
        self._arrived.connect(self._on_call_arrived, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        work: Callable[[Task], T],
        owner: QObject,
        on_done: Callable[[T], None],
        *,
        on_failed: Callable[[DeskError], None] | None = None,
        on_progress: Callable[[int, int, str], None] | None = None,
        replaces: str = "",
        title: str = "",
    ) -> Job:
        """Run `work(task)` on a thread, then `on_done(result)` here; nothing is called once `owner` is gone.

        A job started with the same `replaces` cancels this one. A DeskError goes to `on_failed`; a cancelled job
        ends without a word. Any other exception is a bug and is raised here, on the main thread.
        """
        job = Job(
            owner=owner, on_done=on_done, on_failed=on_failed, on_progress=on_progress, replaces=replaces, title=title
        )
        job.task = Task(partial(self._report_from_thread, job))
        for other in self._running:
            if replaces and other.replaces == replaces:
                other.task.cancel()
        if self._closed:
            job.task.cancel()
            return job
        self._running.append(job)
        self._threads.submit(_run, work, job.task).add_done_callback(partial(self._end_from_thread, job))
        self.changed.emit()
        return job

    def running(self) -> list[Job]:
        """The jobs that have a title and are not cancelled, oldest first."""
        return [job for job in self._running if job.title and not job.task.cancelled]

    def busy(self) -> bool:
        """Whether any job has not come home yet."""
        return bool(self._running)

    def cancel(self, job: Job) -> None:
        """Ask one job to stop; its result is dropped."""
        job.task.cancel()
        self.changed.emit()

    def close(self) -> None:
        """Ask all jobs to stop and wait for them; what is started afterwards is never run."""
        self._closed = True
        for job in self._running:
            job.task.cancel()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._running.clear()

    def _report_from_thread(self, job: Job, done: int, total: int, text: str) -> None:
        self._arrived.emit(partial(self._report, job, done, total, text))

    def _end_from_thread(self, job: Job, future: Future[Any]) -> None:
        self._arrived.emit(partial(self._end, job, future))

    def _on_call_arrived(self, call: Callable[[], None]) -> None:
        call()

    def _report(self, job: Job, done: int, total: int, text: str) -> None:
        if job not in self._running or not job.wanted:
            return
        job.done, job.total, job.text = done, total, text
        if job.on_progress:
            job.on_progress(done, total, text)
        self.changed.emit()

    def _end(self, job: Job, future: Future[Any]) -> None:
        if job not in self._running:
            return
        self._running.remove(job)
        self.changed.emit()
        try:
            result = future.result()
        except (TaskCancelled, CancelledError):
            return
        except DeskError as fault:
            self._fail(job, fault)
            return
        if job.wanted:
            job.on_done(result)

    def _fail(self, job: Job, fault: DeskError) -> None:
        if not job.wanted:
            return
        if job.on_failed:
            job.on_failed(fault)
        else:
            self.failed.emit(fault)


def _run(work: Callable[[Task], T], task: Task) -> T:
    task.stop_if_cancelled()
    return work(task)

"""Jobs: results come home on the main thread, the newest wins, and nothing reaches an owner that is gone."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from jobcentre_desk.errors import DeskError, InputRefused
from jobcentre_desk.gui.jobs import Jobs
from jobcentre_desk.task import Task


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def test_result_arrives_on_the_main_thread(jobs: Jobs, qtbot: QtBot) -> None:
    owner, seen = QObject(), list[tuple[bool, threading.Thread]]()

    def work(_: Task) -> bool:
        return threading.current_thread() is not threading.main_thread()

    jobs.start(work, owner, lambda off_main: seen.append((off_main, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(True, threading.main_thread())]


def test_newest_of_those_that_replace_each_other_wins(jobs: Jobs, qtbot: QtBot) -> None:
    owner, seen, gate = QObject(), list[int](), threading.Event()

    def slow(number: int) -> int:
        gate.wait(5)
        return number

    for number in range(3):
        jobs.start(lambda _, n=number: slow(n), owner, seen.append, replaces="filter")  # type: ignore[misc]
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy())
    assert seen == [2]


def test_result_is_dropped_when_its_owner_is_gone(jobs: Jobs, qtbot: QtBot) -> None:
    owner, seen, gate = QObject(), list[bool](), threading.Event()
    jobs.start(lambda _: gate.wait(5), owner, seen.append)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy())
    assert seen == []


def test_progress_is_told_and_cancel_stops_the_work(jobs: Jobs, qtbot: QtBot) -> None:
    owner, far, stopped = QObject(), list[tuple[int, int, str]](), threading.Event()

    def work(task: Task) -> None:
        try:
            task.report(1, 1, "employers")
            while True:
                task.wait(5)
        finally:
            stopped.set()

    job = jobs.start(
        work, owner, lambda _: pytest.fail("a cancelled job has no result"), title="Fetching",
        on_progress=lambda *told: far.append(told),
    )  # fmt: skip
    qtbot.waitUntil(lambda: bool(far))
    assert (far, jobs.running()) == ([(1, 1, "employers")], [job])
    jobs.cancel(job)
    assert jobs.running() == []
    qtbot.waitUntil(lambda: not jobs.busy())
    assert stopped.is_set()


def test_fault_goes_to_the_owner_or_else_to_the_window(jobs: Jobs, qtbot: QtBot) -> None:
    owner, told, windows = QObject(), list[DeskError](), list[DeskError]()
    jobs.failed.connect(windows.append)

    def refuse(_: Task) -> None:
        raise InputRefused("No municipality has the code 999.", "Choose one from the list.")

    jobs.start(refuse, owner, lambda _: None, on_failed=told.append)
    jobs.start(refuse, owner, lambda _: None)
    qtbot.waitUntil(lambda: bool(told and windows))
    assert (told[0].id, windows[0].message) == ("input_refused", "No municipality has the code 999.")


def test_bug_in_the_work_is_raised_on_the_main_thread(jobs: Jobs, qtbot: QtBot) -> None:
    owner = QObject()
    with capture_exceptions() as caught:
        jobs.start(lambda _: 1 // 0, owner, lambda _: None)
        qtbot.waitUntil(lambda: not jobs.busy())
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def test_job_started_after_the_end_is_never_run(jobs: Jobs, qtbot: QtBot) -> None:
    jobs.close()
    job = jobs.start(lambda _: pytest.fail("the program has ended"), QObject(), lambda _: None)
    assert job.task.cancelled
    assert not jobs.busy()

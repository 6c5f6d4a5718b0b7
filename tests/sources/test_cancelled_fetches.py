"""A cancelled sync stops within half a second, whatever the server does."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from tests.builders.signed_publication import Publisher
from tests.builders.synced_home import SyncedHome
from tests.service import publication_server as service
from tests.service.publication_server import Fault, PublicationServer

from jobcentre_desk.model.publication import DESCRIPTION
from jobcentre_desk.paths import Home
from jobcentre_desk.sources.fetch import FetchLimits
from jobcentre_desk.task import Task, TaskCancelled

PATIENT = FetchLimits(first_pause=30)


@pytest.mark.parametrize("place", [DESCRIPTION, "csv.gz"])
@pytest.mark.parametrize(
    "fault", [service.silent, service.stalled, service.drip, service.endless, service.status(503, Retry_After="60")]
)
def test_cancelling_ends_the_wait_at_once(tmp_path: Path, home: Home, fault: Fault, place: str) -> None:
    publisher, folder = Publisher.new(), tmp_path / "publication"
    publisher.write(folder)
    task, struck = Task(), threading.Event()

    def strike(handler: service.PublicationHandler, content: bytes) -> None:
        struck.set()
        fault(handler, content)

    def cancel() -> None:
        struck.wait(5)
        time.sleep(0.05)
        cancelled_at.append(time.monotonic())
        task.cancel()

    cancelled_at: list[float] = []
    with PublicationServer(folder, faults={place: strike}) as server:
        synced = SyncedHome.at(home)
        synced.add(server.address, publisher.key)
        canceller = threading.Thread(target=cancel)
        canceller.start()
        if fault is service.endless:
            assert synced.sync(task=task, limits=PATIENT).result == "failed"
            canceller.join()
            return
        with pytest.raises(TaskCancelled):
            synced.sync(task=task, limits=PATIENT)
        assert time.monotonic() - cancelled_at[0] < 0.5
        canceller.join()
    assert synced.rows("SELECT 1") == []

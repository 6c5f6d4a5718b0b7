"""Row 8: no bad download gets in, none costs memory, and a cancel ends the wait within half a second."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from tests.builders.signed_publication import Publisher
from tests.builders.synced_home import QUICK as AS_PATIENT_AS_A_TEST
from tests.builders.synced_home import SyncedHome
from tests.service import jobindsats_service, publication_server
from tests.service.jobindsats_service import JobindsatsService
from tests.service.publication_server import Fault, PublicationServer, redirect, status
from tests.service.statbank_service import StatBankService
from trust.memory import can_measure, peak_memory
from trust.results import Row

from jobcentre_desk.desk.source_list import add_service
from jobcentre_desk.desk.sync import SourceResult
from jobcentre_desk.model.publication import DESCRIPTION, SIGNATURE
from jobcentre_desk.model.services import SourceKind, TableQuery
from jobcentre_desk.paths import Home
from jobcentre_desk.sources.api_key import ENVIRONMENT
from jobcentre_desk.sources.fetch import FetchLimits
from jobcentre_desk.task import Task, TaskCancelled

QUICK = replace(AS_PATIENT_AS_A_TEST, service_silence=0.4)
MOST_MEBIBYTES, LONGEST_CANCEL = 64.0, 0.5
PATIENT = FetchLimits(first_pause=30)
RECORDED = Path(__file__).resolve().parents[2] / "shared" / "data" / "statbank"

FAULTS: dict[str, Fault] = {
    "truncated": publication_server.truncated,
    "shortened": publication_server.shortened,
    "altered": publication_server.altered,
    "endless": publication_server.endless,
    "declared a terabyte": publication_server.over_declared,
    "slow drip": publication_server.drip,
    "silent": publication_server.silent,
    "stalled": publication_server.stalled,
    "reset": publication_server.reset,
    "gzip bomb": publication_server.bomb,
    "text instead of data": publication_server.plain_text,
    "401": status(401),
    "403": status(403),
    "404": status(404),
    "429": status(429, Retry_After="0"),
    "500": status(500),
    "503 with a date": status(503, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"),
    "redirect to another host": redirect("https://example.org/datapackage.json"),
    "redirect in a circle": redirect("/datapackage.json"),
    "no content": status(204),
    "headers of a megabyte": publication_server.huge_header,
}
HOLDING = ("silent", "stalled", "slow drip", "endless", "503 for a minute")
"""Faults that keep a patient client waiting, so that a cancel has something to end."""


@dataclass(frozen=True)
class Stage:
    """A home with figures from one server, the server with newer ones, and the places a fault can strike."""

    name: str
    home: Path
    server: PublicationServer
    places: tuple[str, ...]


def run(folder: Path) -> Row:
    """Every fault at every place of a publication and of both services."""
    row = Row(number=8, promise="no bad download gets in")
    with ExitStack() as stack:
        stages = _stages(folder, stack, row)
        _refuse(row, stages, folder)
        _cancel(row, stages, folder)
    _control_memory(row)
    return row


def _stages(folder: Path, stack: ExitStack, row: Row) -> list[Stage]:
    stages = [_publication(folder / "publication", stack), _jobindsats(folder / "jobindsats", stack)]
    if RECORDED.is_dir():
        return [*stages, _statbank(folder / "statbank", stack)]
    row.skipped.append("StatBank: the recorded answers are not beside the project")
    return stages


def _refuse(row: Row, stages: list[Stage], folder: Path) -> None:
    most = 0.0
    for stage, place, name, fault in _cases(stages):
        row.cases += 1
        home = _copy(stage, folder / "tried")
        before = _figures(home)
        stage.server.faults[place] = fault
        extra, outcome = _measured(partial(_sync, home, QUICK))
        stage.server.forget()
        most = max(most, extra)
        told = f"{stage.name}, {place}, {name}"
        row.expect(_figures(home) == before, f"{told}: the figures changed")
        row.expect(extra <= MOST_MEBIBYTES, f"{told}: {extra:.0f} MiB more memory")
        row.expect(outcome.error or outcome.problems, f"{told}: nothing was told ({outcome.result})")
    if can_measure():
        row.figures.append(f"most extra memory {most:.1f} MiB of {MOST_MEBIBYTES:.0f}")
    else:
        row.skipped.append("memory: this system does not tell the peak of a running process")


def _cases(stages: list[Stage]) -> Iterator[tuple[Stage, str, str, Fault]]:
    for stage in stages:
        for place in stage.places:
            for name, fault in FAULTS.items():
                # Other figures of the same form are what a service means by a revision; nobody signs them.
                if stage.name == "publication" or name not in {"altered", "shortened"}:
                    yield stage, place, name, fault


def _cancel(row: Row, stages: list[Stage], folder: Path) -> None:
    faults = FAULTS | {"503 for a minute": status(503, Retry_After="60")}
    longest = 0.0
    for stage in stages:
        for place in stage.places:
            for name in HOLDING:
                row.cases += 1
                took = _time_to_cancel(stage, place, faults[name], _copy(stage, folder / "cancelled"))
                longest = max(longest, took)
                row.expect(took <= LONGEST_CANCEL, f"{stage.name}, {place}, {name}: cancel took {took:.2f} s")
    row.figures.append(f"longest cancel {longest:.2f} s of {LONGEST_CANCEL}")


def _time_to_cancel(stage: Stage, place: str, fault: Fault, home: Home) -> float:
    """Seconds from the cancel to the end of the sync; 0 when the program gave up by itself before."""
    task, struck, cancelled_at = Task(), threading.Event(), [0.0]

    def strike(handler: publication_server.PublicationHandler, content: bytes) -> None:
        struck.set()
        fault(handler, content)

    def cancel() -> None:
        if struck.wait(10):
            time.sleep(0.1)
            cancelled_at[0] = time.monotonic()
            task.cancel()

    stage.server.faults[place] = strike
    canceller = threading.Thread(target=cancel)
    canceller.start()
    ended = 0.0
    try:
        _sync(home, PATIENT, task)
    except TaskCancelled:
        ended = time.monotonic()
    canceller.join()
    stage.server.forget()
    return max(0.0, ended - cancelled_at[0]) if ended else 0.0


def _measured(work: Callable[[], SourceResult]) -> tuple[float, SourceResult]:
    if not can_measure():
        return 0.0, work()
    with peak_memory() as peak:
        outcome = work()
    return peak.extra, outcome


def _control_memory(row: Row) -> None:
    """A client that unpacks what it is sent is seen to take the memory of a bomb."""
    if not can_measure():
        return
    import gzip

    packed = publication_server.bomb_bytes()
    with peak_memory() as peak:
        gzip.decompress(packed)
    row.controls["a client that unpacks what it is sent"] = peak.extra > MOST_MEBIBYTES


def _publication(folder: Path, stack: ExitStack) -> Stage:
    publisher, published = Publisher.new(), folder / "published"
    publisher.write(published)
    server = stack.enter_context(PublicationServer(published))
    home = SyncedHome.at(Home(folder / "home"))
    home.add(server.address, publisher.key, name="tried")
    _require_new(home)
    publisher.write(published, sequence=2, released="2026-07-15", tables=_next_tables())
    return Stage("publication", home.home.root, server, (DESCRIPTION, SIGNATURE, "csv.gz"))


def _next_tables() -> dict[str, tuple[str, ...]]:
    from tests.builders.small_publication import TABLES

    line = "2025Q03,10000009,851,47.11,5223,cash_benefit,traineeship,9,9,1,1,0"
    return TABLES | {"outcomes": (*TABLES["outcomes"][1:], line)}


def _jobindsats(folder: Path, stack: ExitStack) -> Stage:
    service = stack.enter_context(JobindsatsService.of())
    home = SyncedHome.at(Home(folder / "home"))
    os.environ[ENVIRONMENT] = jobindsats_service.KEY
    queries = (TableQuery(table="y14d03", dimensions=(("_nykom", ("*",)),), latest=2),)
    add_service(home.workspace, kind=SourceKind.JOBINDSATS, name="tried", address=service.base, queries=queries)
    _require_new(home)
    service.tables |= {name: replace(table, updated="2026-12-01") for name, table in service.tables.items()}
    return Stage("Jobindsats", home.home.root, service, ("/tables", "/table/y14d03", "/data/y14d03"))


def _statbank(folder: Path, stack: ExitStack) -> Stage:
    service = stack.enter_context(StatBankService(RECORDED))
    home = SyncedHome.at(Home(folder / "home"))
    queries = (TableQuery(table="FOLK1AM", latest=2),)
    add_service(home.workspace, kind=SourceKind.STATBANK, name="tried", address=service.address, queries=queries)
    _require_new(home)
    service.updated["FOLK1AM"] = "2026-12-01T08:00:00"
    return Stage("StatBank", home.home.root, service, ("tables", "tableinfo FOLK1AM", "data FOLK1AM"))


def _require_new(home: SyncedHome) -> None:
    result = home.sync(name="tried", limits=PATIENT)
    if result.result != "new":
        raise RuntimeError(f"The first sync did not succeed: {result}")


def _sync(home: Home, limits: FetchLimits, task: Task | None = None) -> SourceResult:
    return SyncedHome.at(home).sync(name="tried", limits=limits, task=task)


def _figures(home: Home) -> dict[str, list[Any]]:
    return SyncedHome.at(home).content()


def _copy(stage: Stage, folder: Path) -> Home:
    """The home as it was after the first sync."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(stage.home, folder)
    return Home(folder)

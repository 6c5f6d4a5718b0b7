"""The sync of a later month: release 2 over release 1, one changed quarter alone, and nothing new over http."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.first_sync import first_sync
from benchmarks.ground import Ground, move_source, sync_home
from benchmarks.probes import run_probe
from benchmarks.results import Limit, Result
from tests.service.publication_server import PublicationServer

from jobcentre_desk.model.publication import DESCRIPTION, SIGNATURE, Publication
from jobcentre_desk.publishing import trust
from jobcentre_desk.publishing.format import description_bytes, read_description

TIMES = 5
FULL_TIMES = 3
UNCHANGED_TIMES = 20
SHARE_OF_FULL = {"small": 1 / 5, "country": 1 / 5, "tenfold": 1 / 3}
SHARE_OF_ONE_QUARTER = 1 / 8


def measure(ground: Ground) -> list[Result]:
    """Every monthly sync starts from a copy of the home synced with release 1, in a process of its own."""
    full = median(first_sync(ground)["seconds"] for _turn in range(ground.repeats(FULL_TIMES)))
    second, one = ground.publication(2), _one_changed_quarter(ground)
    times = range(ground.repeats(TIMES))
    months = [_over_release_1(ground, second) for _turn in times]
    quarters = [_over_release_1(ground, one) for _turn in times]
    return [
        _row("monthly sync: release 2 over release 1", months, full, share=SHARE_OF_FULL[ground.size]),
        _row("monthly sync: one changed quarter", quarters, full, share=SHARE_OF_ONE_QUARTER),
        _bytes_row(ground, second, months),
        *_unchanged(ground),
    ]


def _over_release_1(ground: Ground, publication: Path) -> dict[str, Any]:
    return run_probe("sync_probe", str(ground.copied_home("home-monthly", str(publication)).root))


def _row(job: str, syncs: list[dict[str, Any]], full: float, *, share: float) -> Result:
    limit = Limit(statistic="median", at_most=full * share, origin=f"1/{1 / share:g} of the first sync")
    return Result(job=job, samples=tuple(sync["seconds"] for sync in syncs), unit="s", limits=(limit,))


def _bytes_row(ground: Ground, second: Path, months: list[dict[str, Any]]) -> Result:
    """The files of outcomes that differ and the small tables that differ, nothing else."""
    before = {resource.hash for resource in _read(ground.publication()).resources}
    known_before = _read(ground.publication()).outcomes_known_through
    after = _read(second)
    changed = sum(
        resource.bytes
        for resource in after.resources
        if resource.hash not in before
        or (resource.quarter and known_before and resource.quarter > known_before
            and after.outcomes_known_through and resource.quarter <= after.outcomes_known_through)
    )  # fmt: skip
    limit = Limit(statistic="worst", at_most=changed / 1e6, origin="changed files")
    fetched = tuple(month["bytes"] / 1e6 for month in months)
    return Result(job="monthly sync: megabytes fetched", samples=fetched, unit="MB", limits=(limit,))


def _one_changed_quarter(ground: Ground) -> Path:
    """Release 1 with the file of one quarter revised as release 2 revises it, signed as a release of its own."""
    first, second = ground.publication(), ground.publication(2)
    before, after = _read(first), _read(second)
    known = before.outcomes_known_through
    assert known is not None
    revised = {
        resource.name: resource
        for resource in after.resources
        if resource.quarter and resource.quarter <= known and resource not in before.resources
    }
    assert len(revised) == 1, f"release 2 revises {len(revised)} known quarters, not one"
    resources = tuple(revised.get(resource.name, resource) for resource in before.resources)
    folder = ground.folder / "one-quarter"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(first, folder)
    for resource in revised.values():
        shutil.copy2(second / resource.path, folder / resource.path)
    _sign(folder, replace(before, sequence=before.sequence + 1, resources=resources))
    return folder


def _unchanged(ground: Ground) -> list[Result]:
    """Nothing new on a web server of this machine; the first sync there only moves the source."""
    publication = ground.publication()
    home = ground.copied_home("home-unchanged", str(publication))
    seconds, requests = [], []
    with PublicationServer(publication) as server:
        move_source(home, server.address)
        sync_home(home)
        for _turn in range(ground.repeats(UNCHANGED_TIMES)):
            server.requests.clear()
            started = time.perf_counter()
            result = sync_home(home)
            seconds.append((time.perf_counter() - started) * 1000)
            requests.append(float(len(server.requests)))
            assert result.result == "unchanged", result.result
    limit = Limit(statistic="p95", at_most=50)
    one = Limit(statistic="worst", at_most=1)
    return [
        Result(job="monthly sync: nothing changed, over http", samples=tuple(seconds), limits=(limit,)),
        Result(job="monthly sync: requests when nothing changed", samples=tuple(requests), unit="", limits=(one,)),
    ]


def _read(folder: Path) -> Publication:
    return read_description((folder / DESCRIPTION).read_bytes())


def _sign(folder: Path, publication: Publication) -> None:
    description = description_bytes(publication)
    secret = trust.demonstration_secret_key()
    (folder / SIGNATURE).write_bytes(trust.sign(description, secret, publication.publisher, publication.sequence))
    (folder / DESCRIPTION).write_bytes(description)

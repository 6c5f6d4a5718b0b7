"""Every recorded answer synced through the services: each figure of the snapshot is a cell of a recorded body."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.builders.service_snapshot import Synced, require_traced
from tests.service.jobindsats_service import KEY, JobindsatsService
from tests.service.statbank_service import StatBankService

from jobcentre_desk.cache.revisions import read_revisions, release_calendar, trace_of
from jobcentre_desk.cache.snapshot import open_newest, snapshot_files
from jobcentre_desk.desk.check import check
from jobcentre_desk.desk.source_list import add_service, queries_of_tables, remove_source
from jobcentre_desk.desk.sync import sync
from jobcentre_desk.model.services import SourceKind, TableQuery
from jobcentre_desk.paths import Home
from jobcentre_desk.sources.api_key import ENVIRONMENT
from jobcentre_desk.task import Task
from jobcentre_desk.workspace.store import Workspace

pytestmark = pytest.mark.published

BY_FUND = "y25i01"
RECORDED = ("y01c01", "y25i01", "y25i09", "y30r21", "y09c07")
STATBANK = ("AUK01", "FOLK1AM", "LBESK69", "STRAF11")


@pytest.fixture
def jobindsats(shared_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[JobindsatsService]:
    monkeypatch.setenv(ENVIRONMENT, KEY)
    with JobindsatsService.of(shared_folder / "data" / "jobindsats") as service:
        yield service


@pytest.fixture
def statbank(shared_folder: Path) -> Iterator[StatBankService]:
    with StatBankService(shared_folder / "data" / "statbank") as service:
        yield service


@pytest.fixture
def ask(home: Home) -> Iterator[Callable[[SourceKind, str, tuple[TableQuery, ...]], Synced]]:
    workspace = Workspace.open(home)

    def make(kind: SourceKind, address: str, queries: tuple[TableQuery, ...]) -> Synced:
        add_service(workspace, kind=kind, name="source", address=address, queries=queries)
        return Synced(home, workspace)

    yield make
    workspace.close()


def test_every_figure_of_jobindsats_is_a_recorded_cell(
    jobindsats: JobindsatsService, ask: Callable[..., Synced]
) -> None:
    queries = queries_of_tables(SourceKind.JOBINDSATS, RECORDED)
    synced = ask(SourceKind.JOBINDSATS, jobindsats.base, queries)
    result = synced.sync()
    assert (result.result, result.sequence) == ("new", 1), result.error
    assert require_traced(synced) == result.tables["figures"].new > 10_000
    [(doubled,)] = synced.rows(
        "SELECT count(*) - count(DISTINCT measure || '|' || area || '|' || period || '|' || grp) FROM figures"
    )
    assert doubled == 0
    assert check(synced.home, repair=False, task=Task()).ok
    jobindsats.requests.clear()
    assert synced.sync().result == "unchanged"
    assert len(jobindsats.requests) == 1
    assert len(snapshot_files(synced.home)) == 1


def test_a_figure_that_jobindsats_revised_keeps_its_former_value(
    jobindsats: JobindsatsService, ask: Callable[..., Synced]
) -> None:
    synced = ask(SourceKind.JOBINDSATS, jobindsats.base, queries_of_tables(SourceKind.JOBINDSATS, ("y30r21",)))
    synced.sync()
    table = jobindsats.tables["y30r21"]
    [body] = table.bodies
    rows = [list(row) for row in body.rows]
    place = next(at for at, label in enumerate(body.columns) if label.endswith("Placering på benchmarkranglisten"))
    former, rows[0][place] = str(rows[0][place]), "99"
    content = json.dumps({"columns": body.columns, "rows": rows}, ensure_ascii=False).encode()
    jobindsats.tables["y30r21"] = replace(
        table, bodies=(replace(body, content=content),), updated="2099-01-01", next_update="2099-02-01"
    )
    result = synced.sync()
    assert (result.result, result.sequence, result.rows_changed) == ("new", 2, 1)
    require_traced(synced)
    snapshot = open_newest(synced.home)
    assert snapshot is not None
    [revision] = read_revisions(snapshot, source="source")
    assert (revision.old_value, revision.new_value, revision.sequence) == (former, "99", 2)
    assert [entry.next_update for entry in release_calendar(snapshot)] == ["2099-02-01"]
    trace = trace_of(snapshot, (revision.measure, revision.area, revision.period, revision.group), "source")
    snapshot.close()
    assert trace is not None
    assert (trace.row, "data/y30r21" in trace.request) == (1, True)


def test_every_figure_of_statbank_is_a_recorded_cell(statbank: StatBankService, ask: Callable[..., Synced]) -> None:
    synced = ask(SourceKind.STATBANK, statbank.address, queries_of_tables(SourceKind.STATBANK, STATBANK))
    result = synced.sync()
    assert (result.result, result.sequence) == ("new", 1), result.error
    assert require_traced(synced) == result.tables["figures"].new > 1_000
    assert check(synced.home, repair=False, task=Task()).ok
    statbank.requests.clear()
    assert synced.sync().result == "unchanged"
    assert len(statbank.requests) == 1


def test_both_services_leave_alone_what_is_the_others(
    jobindsats: JobindsatsService, statbank: StatBankService, ask: Callable[..., Synced]
) -> None:
    synced = ask(SourceKind.JOBINDSATS, jobindsats.base, queries_of_tables(SourceKind.JOBINDSATS, (BY_FUND,)))
    add_service(
        synced.workspace,
        kind=SourceKind.STATBANK,
        name="statbank",
        address=statbank.address,
        queries=queries_of_tables(SourceKind.STATBANK, ("AUK01",)),
    )
    sync(synced.home, synced.workspace, task=Task())
    funds = synced.rows("SELECT count(*) FROM areas WHERE kind = 'fund'")
    assert funds > [(5,)]
    of_statbank = synced.rows("SELECT * FROM figures WHERE measure LIKE 'auk01%' ORDER BY 2, 3, 4, 5")
    remove_source(synced.workspace, "source")
    sync(synced.home, synced.workspace, task=Task())
    assert synced.rows("SELECT * FROM figures ORDER BY 2, 3, 4, 5") == of_statbank
    assert synced.rows("SELECT count(*) FROM areas WHERE kind = 'fund'") == [(0,)]

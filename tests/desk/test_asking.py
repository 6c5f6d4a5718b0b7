"""Services in a sync: asked once when nothing changed, failing alone, their problems told, their key kept away."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from tests.builders.fake_service import FakeService
from tests.builders.service_figures import PLACE, answer, figure, measure, service_figures
from tests.builders.signed_publication import Publisher
from tests.builders.small_publication import TABLES
from tests.builders.synced_home import QUICK
from tests.service.publication_server import PublicationServer

from jobcentre_desk.cache.revisions import read_revisions
from jobcentre_desk.cache.snapshot import open_newest, snapshot_files
from jobcentre_desk.desk.source_list import add_service, add_source, remove_source, set_queries
from jobcentre_desk.desk.sync import SourceResult, SyncResult, sync
from jobcentre_desk.errors import SourceUnreachable
from jobcentre_desk.model.publication import RowProblem
from jobcentre_desk.model.services import SourceKind, SourceProgress, TableQuery
from jobcentre_desk.paths import Home
from jobcentre_desk.sources.api_key import ENVIRONMENT, forget_key, read_key
from jobcentre_desk.task import Task, TaskCancelled
from jobcentre_desk.workspace.store import Workspace

KEY = "canary-key-1"
PROBLEM = RowProblem(file="y01c01", row=3, column="Køn", reason="The level “X” is new, so its figures are left out.")


@dataclass
class Scene:
    """A home with a service and a publication."""

    home: Home
    workspace: Workspace
    service: FakeService
    server: PublicationServer

    def sync(self, **options: object) -> SyncResult:
        return sync(
            self.home,
            self.workspace,
            task=Task(),
            limits=QUICK,
            services=self.service.of,
            **options,  # type: ignore[arg-type]
        )

    def fared(self, name: str = "star") -> SourceResult:
        return next(result for result in self.sync().sources if result.name == name)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        snapshot = open_newest(self.home)
        assert snapshot is not None
        try:
            return snapshot.connect().execute(query).fetchall()
        finally:
            snapshot.close()


@pytest.fixture
def scene(tmp_path: Path, home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "tables").write_bytes(b"[]")
    with PublicationServer(tmp_path / "web") as server:
        service = FakeService(server.address, service_figures(figure("34")))
        made = Scene(home, Workspace.open(home), service, server)
        add_service(made.workspace, kind=SourceKind.JOBINDSATS, name="star", key=KEY, services=service.of)
        yield made
        forget_key("jobindsats", server.address)
        made.workspace.close()


def test_figures_of_a_service_come_in_with_its_key_and_its_usual_tables(scene: Scene) -> None:
    result = scene.fared()
    assert (result.result, result.sequence, result.warnings) == ("new", 1, 0)
    assert result.tables["figures"].new == 1
    assert result.bytes_fetched == 2
    assert scene.service.asked == [(TableQuery(table="y01c01"),)]
    assert scene.server.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert scene.rows("SELECT measure, area, period, grp, value FROM figures") == [(*PLACE, "34")]


def test_nothing_changed_is_one_request_and_no_new_snapshot(scene: Scene) -> None:
    scene.sync()
    before = snapshot_files(scene.home)
    scene.server.requests.clear()
    result = scene.fared()
    assert (result.result, result.sequence, result.rows_new) == ("unchanged", 1, 0)
    assert len(scene.server.requests) == 1
    assert snapshot_files(scene.home) == before
    assert scene.service.known[-1]["y01c01"].periods == {"2026M08"}
    assert scene.service.former == [(), (measure(PLACE[0]),)]


def test_another_day_for_the_next_release_is_kept_though_no_figure_changed(scene: Scene) -> None:
    scene.sync()
    scene.service.figures = replace(scene.service.figures, next_updates={"y01c01": "2026-10-19"})
    result = scene.fared()
    assert (result.result, result.sequence, result.rows_new) == ("unchanged", 1, 0)
    assert scene.rows("SELECT tbl, next_update FROM queries") == [("y01c01", "2026-10-19")]
    before = snapshot_files(scene.home)
    assert scene.fared().result == "unchanged"
    assert snapshot_files(scene.home) == before


def test_revised_figures_are_counted_and_kept(scene: Scene) -> None:
    scene.sync()
    scene.service.figures = service_figures(figure("35"), answers=(answer(updated="2026-10-12"),))
    result = scene.fared()
    assert (result.result, result.sequence, result.rows_changed) == ("new", 2, 1)
    snapshot = open_newest(scene.home)
    assert snapshot is not None
    [revision] = read_revisions(snapshot)
    snapshot.close()
    assert (revision.old_value, revision.new_value, revision.sequence) == ("34", "35", 2)


def test_what_could_not_be_used_is_told_while_the_rest_is_in_use(scene: Scene) -> None:
    scene.service.figures = service_figures(figure("34"), figure("x", row=9), problems=(PROBLEM,))
    result = scene.fared()
    assert (result.result, result.warnings, result.error) == ("new", 2, None)
    assert result.problems[0] == PROBLEM
    assert (result.problems[1].row, result.problems[1].column) == (9, "Antal")
    again = scene.fared()
    assert (again.result, again.warnings) == ("unchanged", 1)


def test_without_its_key_a_service_fails_with_the_remedy_and_keeps_its_figures(scene: Scene) -> None:
    scene.sync()
    forget_key("jobindsats", scene.server.address)
    result = scene.fared()
    assert result.result == "failed"
    assert result.error is not None
    assert "needs the key" in result.error
    assert "JOBCENTRE_DESK_KEY" in result.error
    assert scene.rows("SELECT count(*) FROM figures") == [(1,)]


def test_a_service_that_wants_no_key_is_sent_none(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT, KEY)
    scene.service.needs_key = False
    scene.sync()
    assert "Authorization" not in scene.server.headers[0]


def test_a_service_out_of_order_stops_no_other_source(scene: Scene, tmp_path: Path) -> None:
    publisher = Publisher.new()
    publisher.write(tmp_path / "publication")
    add_source(scene.workspace, name="north", location=str(tmp_path / "publication"), key=publisher.key)
    scene.service.fault = SourceUnreachable("The server is away.", "Try later.")
    star, north = sorted(scene.sync().sources, key=lambda result: result.name, reverse=True)
    assert (star.result, star.error) == ("failed", "The server is away. Try later.")
    assert north.result == "new"
    scene.service.fault = None
    assert scene.fared().result == "new"


def test_the_time_for_the_whole_sync_binds_services_too(scene: Scene) -> None:
    started = time.monotonic()
    late = sync(
        scene.home,
        scene.workspace,
        task=Task(),
        limits=replace(QUICK, whole_sync=0.0),
        services=scene.service.of,
    )
    assert late.sources[0].result == "failed"
    assert time.monotonic() - started < 5


def test_a_first_sync_that_brings_nothing_at_all_has_failed(scene: Scene) -> None:
    scene.service.figures = service_figures(answers=(), problems=(PROBLEM,), kept_tables=frozenset({"y01c01"}))
    result = scene.fared()
    assert result.result == "failed"
    assert result.error is not None
    assert PROBLEM.reason in result.error


def test_other_tables_are_asked_for_once_they_are_chosen(scene: Scene) -> None:
    scene.sync()
    chosen = (TableQuery(table="y60c02"), TableQuery(table="Y60C02", latest=3))
    entry = set_queries(scene.workspace, "star", chosen)
    assert entry.queries == (TableQuery(table="Y60C02", latest=3),)
    scene.service.figures = service_figures(figure("5", "y60c02.persons"), answers=(answer(table="Y60C02"),))
    result = scene.fared()
    assert (result.tables["figures"].new, result.tables["figures"].gone) == (1, 1)
    assert scene.rows("SELECT DISTINCT measure FROM figures") == [("y60c02.persons",)]


def test_another_address_is_asked_for_everything_anew(scene: Scene) -> None:
    scene.sync()
    entry = scene.workspace.sources()[0]
    scene.workspace.update_source(replace(entry, address=f"{scene.server.address}/"))
    scene.sync()
    assert scene.service.known[-1] == {}


def test_a_source_that_was_a_publication_leaves_nothing_behind_for_the_service(scene: Scene, tmp_path: Path) -> None:
    publisher = Publisher.new()
    publisher.write(tmp_path / "publication")
    add_source(scene.workspace, name="north", location=str(tmp_path / "publication"), key=publisher.key)
    scene.sync()
    remove_source(scene.workspace, "north", services=scene.service.of)
    add_service(scene.workspace, kind=SourceKind.JOBINDSATS, name="north", services=scene.service.of)
    result = scene.fared("north")
    assert result.result == "new"
    assert scene.rows("SELECT count(*) FROM outcomes") == [(0,)]
    assert scene.rows("SELECT count(*) FROM cards") == [(0,)]


def test_a_publication_takes_the_place_of_a_service_of_the_same_name(scene: Scene, tmp_path: Path) -> None:
    scene.sync()
    remove_source(scene.workspace, "star", services=scene.service.of)
    Publisher.new().write(tmp_path / "web" / "publication")
    add_source(scene.workspace, name="star", location=f"{scene.server.address}/publication", unsigned=True)
    result = scene.fared()
    assert result.result == "new", result.error
    assert scene.rows("SELECT count(*) FROM answers") == [(0,)]
    assert scene.rows("SELECT DISTINCT measure FROM figures") == [("y30r21.rank",)]


def test_the_words_of_a_publication_for_an_area_go_before_those_of_a_service(scene: Scene, tmp_path: Path) -> None:
    publisher, name = Publisher.new(), "SELECT name_da FROM areas WHERE code = '860'"
    lines = [line.replace("Hjørring", "Hjørring Kommune", 1) for line in TABLES["areas"]]
    assert lines != list(TABLES["areas"])
    publisher.write(tmp_path / "publication", tables=TABLES | {"areas": lines})
    scene.sync()
    add_source(scene.workspace, name="north", location=str(tmp_path / "publication"), key=publisher.key)
    scene.sync()
    assert scene.rows(name) == [("Hjørring Kommune",)]
    scene.service.figures = service_figures(figure("36"), answers=(answer(updated="2026-10-12"),))
    scene.sync()
    assert scene.rows(name) == [("Hjørring Kommune",)]
    remove_source(scene.workspace, "north", services=scene.service.of)
    scene.sync()
    assert scene.rows(name) == [("Hjørring",)]


def test_removing_a_service_forgets_its_key_and_its_figures(scene: Scene) -> None:
    scene.sync()
    remove_source(scene.workspace, "star", services=scene.service.of)
    assert read_key("jobindsats", scene.server.address) == ""
    scene.sync()
    for table in ("sources", "figures", "measures", "answers", "queries", "areas", "files"):
        assert scene.rows(f"SELECT count(*) FROM {table}") == [(0,)]


def test_the_key_stays_while_another_source_asks_the_same_service(scene: Scene) -> None:
    add_service(scene.workspace, kind=SourceKind.JOBINDSATS, name="star 2", services=scene.service.of)
    remove_source(scene.workspace, "star", services=scene.service.of)
    assert read_key("jobindsats", scene.server.address) == KEY


def test_the_key_is_in_no_file_of_the_home(scene: Scene) -> None:
    scene.sync()
    files = [path for path in scene.home.root.rglob("*") if path.is_file()]
    assert files
    assert not any(KEY.encode() in path.read_bytes() for path in files)


def test_progress_tells_bytes_and_rows_by_source(scene: Scene, tmp_path: Path) -> None:
    publisher = Publisher.new()
    publisher.write(tmp_path / "web" / "publication")
    add_source(scene.workspace, name="north", location=f"{scene.server.address}/publication", key=publisher.key)
    told: list[SourceProgress] = []
    result = scene.sync(watch=told.append)
    last = {progress.name: progress for progress in told}
    assert last["star"].rows_read == 1
    north = next(each for each in result.sources if each.name == "north")
    assert 0 < north.bytes_fetched <= last["north"].bytes_fetched
    assert last["north"].rows_read == sum(map(len, TABLES.values()))
    assert {progress.stage for progress in told if progress.name == "north"} == {
        "Asking", "Waiting", "Checking rows", "Done",
    }  # fmt: skip


def test_a_reworded_definition_of_a_service_is_told(scene: Scene) -> None:
    scene.sync()
    scene.service.figures = service_figures(
        figure("34"), answers=(answer(updated="2026-10-12"),), measures=(measure(PLACE[0], name_da="Personer"),)
    )
    [change] = scene.fared().definitions_changed
    assert (change.column, change.old, change.new) == ("name_da", "Antal", "Personer")


def test_a_cancelled_sync_leaves_the_figures_as_they_were(scene: Scene) -> None:
    scene.sync()
    before = snapshot_files(scene.home)
    scene.service.figures = service_figures(figure("35"), answers=(answer(updated="2026-10-12"),))
    task = Task()
    with pytest.raises(TaskCancelled):
        sync(
            scene.home,
            scene.workspace,
            task=task,
            limits=QUICK,
            services=scene.service.of,
            watch=lambda progress: task.cancel() if progress.stage == "Checking rows" else None,
        )
    assert snapshot_files(scene.home) == before
    assert scene.fared().rows_changed == 1

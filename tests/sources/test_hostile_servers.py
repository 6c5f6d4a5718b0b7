"""Servers that lie, stall or break: nothing gets in, the figures in use stay, and the reason is told."""

from __future__ import annotations

import resource
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.builders.signed_publication import Publisher
from tests.builders.synced_home import SyncedHome
from tests.service import publication_server as service
from tests.service.publication_server import Fault, PublicationServer, took_at_most

from jobcentre_desk.model.publication import DESCRIPTION, SIGNATURE
from jobcentre_desk.paths import Home

NEXT = ("2025Q03,10000009,851,47.11,5223,cash_benefit,traineeship,9,9,1,1,0",)
FILE = "csv.gz"


@dataclass(frozen=True)
class Scene:
    """A home that has release 1, and a server that offers release 2."""

    home: SyncedHome
    server: PublicationServer


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Made once: tests get a copy of the home, and the server without its faults."""
    root = tmp_path_factory.mktemp("hostile")
    publisher, folder = Publisher.new(), root / "publication"
    publisher.write(folder)
    with PublicationServer(folder) as server:
        synced = SyncedHome.at(Home(root / "home"))
        synced.add(server.address, publisher.key)
        assert synced.sync().result == "new"
        publisher.write(folder, sequence=2, released="2026-07-15", tables=_next_tables())
        yield Scene(synced, server)


@pytest.fixture
def scene(ready: Scene, home: Home) -> Iterator[Scene]:
    shutil.copytree(ready.home.home.root, home.root)
    ready.server.forget()
    yield Scene(SyncedHome.at(home), ready.server)
    ready.server.forget()


def _next_tables() -> dict[str, tuple[str, ...]]:
    from tests.builders.small_publication import TABLES

    return TABLES | {"outcomes": (*TABLES["outcomes"][1:], *NEXT)}


FAULTS: dict[str, Fault] = {
    "truncated": service.truncated,
    "shortened": service.shortened,
    "altered": service.altered,
    "endless": service.endless,
    "over_declared": service.over_declared,
    "drip": service.drip,
    "silent": service.silent,
    "stalled": service.stalled,
    "reset": service.reset,
    "bomb": service.bomb,
    "plain_text": service.plain_text,
    "unauthorised": service.status(401),
    "forbidden": service.status(403),
    "missing": service.status(404),
    "too_many": service.status(429, Retry_After="0"),
    "broken": service.status(500),
    "unavailable": service.status(503, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"),
    "other_host": service.redirect("https://example.org/datapackage.json"),
    "loop": service.redirect("/datapackage.json"),
    "no_content": service.status(204),
}


@pytest.mark.parametrize("place", [DESCRIPTION, SIGNATURE, FILE])
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_anywhere_leaves_the_snapshot_and_tells_why(scene: Scene, name: str, place: str) -> None:
    before = scene.home.content()
    scene.server.faults[place] = FAULTS[name]
    with took_at_most(6):
        result = scene.home.sync()
    assert result.result == "failed"
    assert result.sequence == 1
    assert result.error is not None
    assert result.error.endswith(".")
    assert scene.home.content() == before
    assert [path.name for path in scene.home.home.snapshots.iterdir() if ".building" in path.name] == []


def test_headers_of_a_megabyte_are_refused(scene: Scene) -> None:
    scene.server.faults[DESCRIPTION] = service.huge_header
    assert scene.home.sync().result == "failed"


@pytest.mark.parametrize("place", [DESCRIPTION, SIGNATURE, FILE])
@pytest.mark.parametrize("name", ["too_many", "broken", "unavailable", "reset", "truncated", "stalled"])
def test_a_fault_that_passes_is_waited_out(scene: Scene, name: str, place: str) -> None:
    scene.server.faults[place] = FAULTS[name]
    scene.server.times[place] = 1
    result = scene.home.sync()
    assert (result.result, result.error) == ("new", None)


def test_not_changed_is_no_answer_to_a_first_question(tmp_path: Path, home: Home) -> None:
    publisher, folder = Publisher.new(), tmp_path / "publication"
    publisher.write(folder)
    with PublicationServer(folder) as server:
        server.faults[DESCRIPTION] = service.status(304)
        synced = SyncedHome.at(home)
        synced.add(server.address, publisher.key)
        assert synced.sync().result == "failed"


def test_a_redirect_within_the_server_is_followed(scene: Scene) -> None:
    copy = scene.server.folder / "moved.json"
    copy.write_bytes((scene.server.folder / DESCRIPTION).read_bytes())
    scene.server.faults["/datapackage.json"] = service.redirect("/moved.json")
    assert scene.home.sync().result == "new"


def test_one_conditional_request_when_nothing_changed(scene: Scene) -> None:
    assert scene.home.sync().result == "new"
    scene.server.requests.clear()
    result = scene.home.sync()
    assert (result.result, result.files_fetched, result.bytes_fetched) == ("unchanged", 0, 0)
    assert scene.server.requests == [("/datapackage.json", 304)]


def test_only_changed_files_travel(scene: Scene) -> None:
    result = scene.home.sync()
    fetched = [path for path, _status in scene.server.requests if path.startswith("/tables/")]
    assert [path.split("-")[1] for path in fetched] == ["2025q03"]
    assert result.files_fetched == 1
    assert result.bytes_fetched == (scene.server.folder / fetched[0].lstrip("/")).stat().st_size


def test_nothing_asks_for_compressed_bodies(scene: Scene) -> None:
    scene.home.sync()
    assert {headers["Accept-Encoding"] for headers in scene.server.headers} == {"identity"}


def test_a_signature_that_lags_behind_is_read_again_without_cache(scene: Scene) -> None:
    old = (scene.server.folder / SIGNATURE).read_bytes()

    def lag(handler: service.PublicationHandler, _content: bytes) -> None:
        text = old.decode().splitlines()
        handler.answer(200, "\n".join([text[0], _other_signature(text[1]), *text[2:]]).encode())

    scene.server.faults[SIGNATURE] = lag
    scene.server.times[SIGNATURE] = 2
    scene.server.headers.clear()
    assert scene.home.sync().result == "new"
    assert [headers.get("Cache-Control") for headers in scene.server.headers].count("no-cache") >= 3


def _other_signature(line: str) -> str:
    return line[:40] + ("A" if line[40] != "A" else "B") + line[41:]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells memory another way.")
def test_a_bomb_costs_no_memory(scene: Scene) -> None:
    scene.home.sync()
    scene.server.faults["*"] = service.bomb
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert scene.home.sync().result == "failed"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024

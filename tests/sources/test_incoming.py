"""Files on their way in: an interrupted sync goes on where it stopped."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.builders.signed_publication import Publisher
from tests.builders.synced_home import QUICK, SyncedHome
from tests.service import publication_server as service
from tests.service.publication_server import PublicationServer

from jobcentre_desk.model.publication import Publication
from jobcentre_desk.paths import Home

ONE_TRY = dataclasses.replace(QUICK, tries=1)
EMPLOYERS = "employers-"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PublicationServer]:
    with PublicationServer(tmp_path / "publication") as running:
        yield running


@pytest.fixture
def offered(server: PublicationServer, home: Home) -> tuple[SyncedHome, Publication]:
    publisher = Publisher.new()
    publication = publisher.write(server.folder)
    synced = SyncedHome.at(home)
    synced.add(server.address, publisher.key)
    return synced, publication


def test_files_that_came_before_the_break_are_not_fetched_again(
    server: PublicationServer, offered: tuple[SyncedHome, Publication]
) -> None:
    synced, publication = offered
    last = publication.resources[-1].path
    server.faults[last] = service.status(404)
    assert synced.sync(limits=ONE_TRY).result == "failed"
    server.faults.clear()
    server.requests.clear()
    assert synced.sync(limits=ONE_TRY).result == "new"
    assert [path for path, _status in server.requests if "/tables/" in path] == [f"/{last}"]


def test_a_file_that_broke_off_goes_on_where_it_stopped(
    server: PublicationServer, offered: tuple[SyncedHome, Publication]
) -> None:
    synced, publication = offered
    first = publication.resources[0]
    server.faults[first.path] = service.truncated
    assert synced.sync(limits=ONE_TRY).result == "failed"
    server.faults.clear()
    server.headers.clear()
    assert synced.sync(limits=ONE_TRY).result == "new"
    assert f"bytes={first.bytes // 2}-" in [headers.get("Range") for headers in server.headers]


def test_a_part_that_was_altered_on_the_disk_is_thrown_away(
    server: PublicationServer, offered: tuple[SyncedHome, Publication]
) -> None:
    synced, publication = offered
    first = publication.resources[0]
    synced.home.incoming.mkdir(parents=True)
    digest = first.hash.removeprefix("sha256:")
    (synced.home.incoming / f"{digest}.part").write_bytes(b"something else")
    assert synced.sync(limits=ONE_TRY).result == "new"


def test_a_whole_file_that_was_altered_on_the_disk_is_refused_once_and_then_fetched(
    server: PublicationServer, offered: tuple[SyncedHome, Publication]
) -> None:
    synced, publication = offered
    first = publication.resources[0]
    synced.home.incoming.mkdir(parents=True)
    digest = first.hash.removeprefix("sha256:")
    (synced.home.incoming / f"{digest}.gz").write_bytes(b"x" * first.bytes)
    assert synced.sync(limits=ONE_TRY).result == "failed"
    assert synced.sync(limits=ONE_TRY).result == "new"


def test_nothing_is_left_once_it_is_built_in(offered: tuple[SyncedHome, Publication]) -> None:
    synced, _publication = offered
    assert synced.sync().result == "new"
    assert not synced.home.incoming.exists()

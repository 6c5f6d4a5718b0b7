"""Sources that cannot be read for a plain reason: no proof of who they are, parts missing or damaged, no room here."""

from __future__ import annotations

import dataclasses
import datetime as dt
import zipfile
from collections.abc import Iterator
from email.utils import format_datetime
from pathlib import Path

import pytest
from tests.builders.signed_publication import Publisher, zipped
from tests.builders.synced_home import QUICK, SyncedHome
from tests.service import publication_server as service
from tests.service.publication_server import PublicationServer, took_at_most

from jobcentre_desk.model.publication import DESCRIPTION, SIGNATURE
from jobcentre_desk.paths import Home
from jobcentre_desk.sources.http_faults import seconds_of_retry_after, unreachable


@pytest.fixture
def publisher() -> Publisher:
    return Publisher.new()


@pytest.fixture
def server(tmp_path: Path, publisher: Publisher) -> Iterator[PublicationServer]:
    publisher.write(tmp_path / "publication")
    with PublicationServer(tmp_path / "publication") as running:
        yield running


@pytest.fixture
def synced(server: PublicationServer, publisher: Publisher, home: Home) -> SyncedHome:
    """A home that lists the server and has fetched nothing."""
    made = SyncedHome.at(home)
    made.add(server.address, publisher.key)
    return made


# Servers


def test_a_server_that_cannot_prove_who_it_is_is_not_trusted(server: PublicationServer, home: Home) -> None:
    synced = SyncedHome.at(home)
    synced.add(server.address.replace("http://", "https://"))
    result = synced.sync()
    assert result.result == "failed"
    assert "could not prove who it is" in str(result.error)
    assert server.requests == []


def test_a_sync_ends_with_its_time_also_while_a_server_is_silent(server: PublicationServer, synced: SyncedHome) -> None:
    server.faults[DESCRIPTION] = service.silent
    with took_at_most(3):
        result = synced.sync(limits=dataclasses.replace(QUICK, whole_sync=0.3, silence=30))
    assert "so slowly that the sync was given up" in str(result.error)


def test_a_signature_that_has_not_changed_is_none(server: PublicationServer, synced: SyncedHome) -> None:
    server.faults[SIGNATURE] = service.status(304)
    result = synced.sync()
    assert result.result == "failed"
    assert result.error


def test_what_the_system_says_of_a_connection_is_told_without_its_number() -> None:
    told = unreachable("example.org", "[Errno 111] Connection refused.").message
    assert told == "example.org cannot be reached: Connection refused."


@pytest.mark.parametrize(("value", "seconds"), [("0", 0), (" 17 ", 17), ("soon", None), ("", None)])
def test_a_wait_in_seconds_is_read_and_words_are_not(value: str, seconds: float | None) -> None:
    assert seconds_of_retry_after(value) == seconds


def test_a_wait_until_a_moment_is_counted_from_now() -> None:
    moment = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=2)
    waits = [seconds_of_retry_after(format_datetime(at)) for at in (moment, moment.replace(tzinfo=None))]
    assert waits == [pytest.approx(120, abs=2)] * 2
    assert seconds_of_retry_after("Wed, 21 Oct 2015 07:28:00 GMT") == 0


# No room for what was fetched


def test_a_file_in_the_way_of_fetched_files_is_told(synced: SyncedHome) -> None:
    synced.home.root.mkdir(exist_ok=True)
    synced.home.incoming.write_text("in the way")
    result = synced.sync()
    assert result.result == "failed"
    assert "A fetched file cannot be kept" in str(result.error)
    assert synced.rows("SELECT 1") == []


# Archives


@pytest.fixture
def archive(tmp_path: Path, publisher: Publisher) -> Path:
    publisher.write(tmp_path / "files")
    return zipped(tmp_path / "files", tmp_path / "publication.zip")


def without(archive: Path, name: str) -> Path:
    """The archive without one member."""
    made = archive.with_name("without.zip")
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(made, "w") as new:
        for member in old.infolist():
            if not member.filename.startswith(name):
                new.writestr(member.filename, old.read(member))
    return made


@pytest.mark.parametrize("name", [DESCRIPTION, SIGNATURE, "tables/outcomes"])
def test_an_archive_that_lacks_a_file_names_it(archive: Path, publisher: Publisher, home: Home, name: str) -> None:
    synced = SyncedHome.at(home)
    synced.add(without(archive, name), publisher.key)
    result = synced.sync()
    assert result.result == "failed"
    assert f"lacks the file {name}" in str(result.error)


def test_an_archive_with_a_damaged_file_is_refused(archive: Path, publisher: Publisher, home: Home) -> None:
    with zipfile.ZipFile(archive) as opened:
        member = opened.getinfo(DESCRIPTION)
    content = bytearray(archive.read_bytes())
    content[member.header_offset + 30 + len(DESCRIPTION) + member.compress_size // 2] ^= 0x55
    archive.write_bytes(content)
    synced = SyncedHome.at(home)
    synced.add(archive, publisher.key)
    result = synced.sync()
    assert result.result == "failed"
    assert "publication.zip" in str(result.error)


def test_an_archive_with_a_description_far_too_long_is_refused(archive: Path, publisher: Publisher, home: Home) -> None:
    made = without(archive, DESCRIPTION)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr(DESCRIPTION, b" " * 20_000_000)
    synced = SyncedHome.at(home)
    synced.add(made, publisher.key)
    assert "longer than" in str(synced.sync().error)

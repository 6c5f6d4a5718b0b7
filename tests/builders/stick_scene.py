"""A publisher, an office that fetched its release over the web, one without a network, and a stick between them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.builders.signed_publication import Publisher
from tests.builders.small_publication import TABLES
from tests.builders.synced_home import SyncedHome
from tests.service.publication_server import PublicationServer

from jobcentre_desk.desk.sticks import copy_to_stick, take_from_stick
from jobcentre_desk.desk.sync import SourceResult, sync
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task


@dataclass(frozen=True)
class Scene:
    """A publisher's folder, an office that synced it from a web server, and one without a network."""

    publisher: Publisher
    folder: Path
    office: SyncedHome
    remote: SyncedHome
    stick: Path

    def release(self, sequence: int, **facts: object) -> None:
        """Publish another release, and let the office fetch it."""
        self.publisher.write(self.folder, sequence=sequence, tables=tables_of(sequence), **facts)
        fetched = sync(self.office.home, self.office.workspace, task=Task(), locations={"north": str(self.folder)})
        assert [source.error for source in fetched.sources] == [None]

    def copy(self, out: Path | None = None) -> Path:
        """Copy everything; where the one publication lies."""
        copied = copy_to_stick(self.office.home, self.office.workspace, out or self.stick, task=Task())
        return copied.publications[0].place

    def take(self, path: Path | None = None) -> SourceResult:
        """Take everything; how the source fared."""
        return take_from_stick(self.remote.home, self.remote.workspace, path or self.stick, task=Task()).sources[0]


def tables_of(sequence: int) -> dict[str, Sequence[str]]:
    """Tables of which practices, employers and two quarters differ from release to release."""
    practices = [TABLES["practices"][0].replace("Fast kontakt", f"Release {sequence}")]
    employers = [TABLES["employers"][0].replace("Brød", f"Brød {sequence}"), *TABLES["employers"][1:]]
    swaps = {",3,4,1,1,0": f",3,{4 + sequence},1,1,0", ",2,5,2,0,1": f",2,{5 + sequence},2,0,1"}
    outcomes = list(TABLES["outcomes"])
    for old, new in swaps.items():
        outcomes = [line.replace(old, new) for line in outcomes]
    return {**TABLES, "practices": practices, "employers": employers, "outcomes": outcomes}


def fetch_over_the_web(root: Path) -> Publisher:
    """A publisher; `root` gets the folder with its first release and the home of an office that fetched it."""
    publisher = Publisher.new()
    publisher.write(root / "publication")
    office = SyncedHome.at(Home(root / "office"))
    with PublicationServer(root / "publication") as server:
        office.add(server.address, publisher.key)
        assert office.sync().error is None
    office.workspace.close()
    return publisher


def scene_in(folder: Path, *, publisher: Publisher, fetched: Path) -> Scene:
    """A scene of one's own, copied from what was `fetched`."""
    shutil.copytree(fetched, folder, dirs_exist_ok=True)
    office, remote = (SyncedHome.at(Home(folder / name)) for name in ("office", "remote"))
    remote.add("https://figures.example", publisher.key)
    return Scene(publisher, folder / "publication", office, remote, folder / "stick")


def content_of(place: Path) -> dict[str, bytes]:
    """Every file at `place` with its bytes."""
    files = [place] if place.is_file() else sorted(file for file in place.rglob("*") if file.is_file())
    return {str(file): file.read_bytes() for file in files}

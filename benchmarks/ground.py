"""What all rows are measured on: the demonstration publication and a home synced with it, kept between runs."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from jobcentre_desk.cache.snapshot import open_newest
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.source_list import add_source
from jobcentre_desk.desk.sync import SourceResult, sync
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing.demo import write_demonstration
from jobcentre_desk.publishing.trust import DEMONSTRATION_KEY
from jobcentre_desk.task import Task
from jobcentre_desk.workspace.store import Workspace

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ROOT / "src" / "jobcentre_desk"
SOURCE = "demonstration"
SIZES = ("small", "country", "tenfold")


@dataclass(frozen=True, slots=True)
class Ground:
    """The folder of one size; what lies there is made when it is first asked for, and anew when the code changed."""

    size: str
    folder: Path

    def repeats(self, times: int) -> int:
        """How often to measure: `times` at country, less often where one takes long or only has to run."""
        return {"small": min(times, 2), "tenfold": max(1, times // 4)}.get(self.size, times)

    def publication(self, release: int = 1) -> Path:
        """The folder of a release of the demonstration."""
        made_by = _fingerprint([*PROGRAM.glob("publishing/*.py"), *(ROOT / "data").rglob("*.*")])
        folder = self.folder / f"release-{release}-{made_by}"
        if not folder.is_dir():
            _remove(self.folder.glob(f"release-{release}-*"))
            write_demonstration(folder, size=self.size, release=release, task=Task())
        return folder

    @property
    def home(self) -> Home:
        """A home synced with release 1; not to be written to."""
        rooms = ("cache", "desk", "model", "publishing", "statistics")
        made_by = _fingerprint([path for room in rooms for path in (PROGRAM / room).glob("*.py")])
        home = Home(self.folder / f"home-{made_by}")
        if open_newest(home, check_hash=False) is None:
            _remove(self.folder.glob("home-*"))
            add_to_home(home, str(self.publication()))
            sync_home(home)
        return home

    def figures(self) -> Figures:
        """The figures of that home, with the blocks in memory."""
        snapshot = open_newest(self.home)
        assert snapshot is not None
        figures = Figures.open(snapshot)
        figures.load_blocks()
        return figures

    def empty_home(self, name: str) -> Home:
        """A new home without anything in it."""
        home = Home(self.folder / name)
        shutil.rmtree(home.root, ignore_errors=True)
        home.root.mkdir(parents=True)
        return home

    def copied_home(self, name: str, location: str) -> Home:
        """A copy of the synced home whose source stands at `location`; snapshots are shared, as none ever changes."""
        home = self.empty_home(name)
        shutil.copytree(self.home.root, home.root, copy_function=_link, dirs_exist_ok=True)
        move_source(home, location)
        return home


def add_to_home(home: Home, location: str) -> None:
    """Make a publication of the demonstration the source of a home."""
    workspace = Workspace.open(home)
    add_source(workspace, name=SOURCE, location=location, key=DEMONSTRATION_KEY)
    workspace.close()


def move_source(home: Home, location: str) -> None:
    """Say that the source of a home stands elsewhere now."""
    workspace = Workspace.open(home)
    workspace.remove_source(SOURCE)
    add_source(workspace, name=SOURCE, location=location, key=DEMONSTRATION_KEY)
    workspace.close()


def sync_home(home: Home) -> SourceResult:
    """Sync a home with its one source; how that went."""
    workspace = Workspace.open(home)
    try:
        result = sync(home, workspace, task=Task()).sources[0]
    finally:
        workspace.close()
    assert result.error is None, result.error
    return result


def _fingerprint(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _link(source: str, target: str) -> None:
    """A second name for a snapshot, a copy of everything else."""
    if source.endswith(".db") and "snap-" in source:
        os.link(source, target)
    else:
        shutil.copy2(source, target)

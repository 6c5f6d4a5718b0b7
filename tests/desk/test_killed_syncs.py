"""A sync killed at any moment leaves the old figures or the new ones, whole, and nothing to sweep up by hand."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.builders.synced_home import SyncedHome

from jobcentre_desk.cache.held_releases import signed_hashes
from jobcentre_desk.desk.check import check
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing.demo import write_demonstration
from jobcentre_desk.task import Task

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows makes no process from another one by fork.")

Kill = Callable[[Home, float], None]

KILLER = """
import os, signal, sys, time
from pathlib import Path
from jobcentre_desk.desk.sync import sync
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task
from jobcentre_desk.workspace.store import Workspace
import jobcentre_desk.desk.building
import pandas, sqlite_utils

for line in sys.stdin:
    seconds, root = line.rstrip().split(" ", 1)
    child = os.fork()
    if not child:
        home = Home(Path(root))
        sync(home, Workspace.open(home), task=Task())
        os._exit(0)
    time.sleep(float(seconds))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    print("killed", flush=True)
"""
"""Makes a process for each line "seconds home", lets it sync the home and kills it so many seconds later.

The libraries are read once: the moments of a kill then fall inside the sync, not inside the start of Python.
"""
FIGURES = (
    "SELECT (SELECT sequence FROM sources), count(*), sum(completed), (SELECT count(*) FROM employers) FROM outcomes"
)


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The first two releases of the small demonstration."""
    root = tmp_path_factory.mktemp("releases")
    folders = (root / "first", root / "second")
    for number, folder in enumerate(folders, start=1):
        write_demonstration(folder, size="small", release=number, task=Task())
    return folders


def _offer(link: Path, folder: Path) -> None:
    link.unlink(missing_ok=True)
    link.symlink_to(folder, target_is_directory=True)


@pytest.fixture(scope="module")
def kill_after(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kill]:
    """Sync a home in a process of its own and kill it after so many seconds."""
    with subprocess.Popen(
        [sys.executable, "-c", KILLER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as killer:
        assert killer.stdin is not None
        assert killer.stdout is not None
        asked, answered = killer.stdin, killer.stdout

        def kill(home: Home, seconds: float) -> None:
            asked.write(f"{seconds} {home.root}\n")
            asked.flush()
            assert answered.readline() == "killed\n"

        kill(Home(tmp_path_factory.mktemp("nothing")), 0)
        yield kill
        asked.close()


@dataclass(frozen=True)
class Stage:
    """A home about to sync: the folder it is copied from, the release on offer, and how long an unharmed sync takes."""

    root: Path
    offered: Path
    seconds: float


@dataclass(frozen=True)
class Scene:
    """Where the publication is looked for, and two stages: before a first release and before a second one."""

    link: Path
    stages: tuple[Stage, Stage]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory, releases: tuple[Path, Path]) -> Scene:
    root = tmp_path_factory.mktemp("stages")
    link, key = root / "publication", Path(f"{releases[0]}.pub").read_text(encoding="utf-8")
    synced = SyncedHome.at(Home(root / "home"))
    synced.add(link, key, name="demo")
    stages = []
    for number, offered in enumerate(releases):
        kept = shutil.copytree(synced.home.root, root / f"home-{number}")
        _offer(link, offered)
        started = time.monotonic()
        assert synced.sync(name="demo").result == "new"
        stages.append(Stage(kept, offered, time.monotonic() - started))
    return Scene(link, (stages[0], stages[1]))


def _figures(synced: SyncedHome) -> Any:
    rows = synced.rows(FIGURES)
    return rows[0] if rows else None


def _check_kills(scene: Scene, folder: Path, kill_after: Kill, *, times: int) -> None:
    """Alternate between a first sync and a second one, killed at random moments."""
    moments = random.Random(times)
    finished = 0
    for attempt in range(times):
        stage = scene.stages[attempt % 2]
        _offer(scene.link, stage.offered)
        synced = SyncedHome.at(Home(Path(shutil.copytree(stage.root, folder / f"home-{attempt}"))))
        before = _figures(synced)
        kill_after(synced.home, moments.uniform(0, 1.25 * stage.seconds))
        assert check(synced.home, repair=False, task=Task()).ok
        after = _figures(synced)
        result = synced.sync(name="demo")
        new = _figures(synced)
        assert after in {before, new}
        finished += after == new
        assert result.error is None
        assert check(synced.home, repair=False, task=Task()).ok
        kept = {f"sha256:{path.stem}" for path in synced.home.releases.iterdir()}
        assert kept == set(signed_hashes(synced.home) or ())
        assert [path.name for path in synced.home.snapshots.iterdir() if not path.name.endswith(".db")] == []
    assert times < 20 or 0 < finished < times, "no moment fell inside a sync"


def test_six_kills(scene: Scene, tmp_path: Path, kill_after: Kill) -> None:
    _check_kills(scene, tmp_path, kill_after, times=6)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_fifty_kills(scene: Scene, tmp_path: Path, kill_after: Kill) -> None:
    _check_kills(scene, tmp_path, kill_after, times=50)

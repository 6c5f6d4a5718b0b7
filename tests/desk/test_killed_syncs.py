"""A sync killed at any moment leaves the old figures or the new ones, whole, and nothing to sweep up by hand."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from tests.builders.synced_home import SyncedHome

from jobcentre_desk.desk.check import check
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing.demo import write_demonstration
from jobcentre_desk.task import Task

SYNC = """
import sys
from pathlib import Path
from jobcentre_desk.desk.sync import sync
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task
from jobcentre_desk.workspace.store import Workspace
import jobcentre_desk.desk.building

home = Home(Path(sys.argv[1]))
sys.stdout.write("ready\\n")
sys.stdout.flush()
sync(home, Workspace.open(home), task=Task())
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


def _sync_killed_after(home: Home, seconds: float) -> None:
    with subprocess.Popen([sys.executable, "-c", SYNC, str(home.root)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(seconds)
        process.kill()


def _figures(synced: SyncedHome) -> Any:
    rows = synced.rows(FIGURES)
    return rows[0] if rows else None


def _kill(tmp_path: Path, releases: tuple[Path, Path], times: int, *, seed: int) -> None:
    """Alternate between a first sync and a second one, killed at random moments."""
    moments = random.Random(seed)
    link, key = tmp_path / "publication", Path(f"{releases[0]}.pub").read_text(encoding="utf-8")
    finished = 0
    for attempt in range(times):
        synced = SyncedHome.at(Home(tmp_path / f"home-{attempt}"))
        synced.add(link, key, name="demo")
        _offer(link, releases[0])
        if attempt % 2:
            assert synced.sync(name="demo").result == "new"
            _offer(link, releases[1])
        before = _figures(synced)
        _sync_killed_after(synced.home, moments.uniform(0, 0.9 if attempt % 2 else 1.6))
        assert check(synced.home, repair=False, task=Task()).ok
        after = _figures(synced)
        result = synced.sync(name="demo")
        new = _figures(synced)
        assert after in {before, new}
        finished += after == new
        assert result.error is None
        assert check(synced.home, repair=False, task=Task()).ok
        assert [path.name for path in synced.home.snapshots.iterdir() if not path.name.endswith(".db")] == []
    assert times < 20 or 0 < finished < times, "no moment fell inside a sync"


@pytest.mark.skipif(sys.platform == "win32", reason="Links to folders need rights on Windows.")
def test_six_kills(tmp_path: Path, releases: tuple[Path, Path]) -> None:
    _kill(tmp_path, releases, 6, seed=6)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Links to folders need rights on Windows.")
@pytest.mark.timeout(600)
def test_fifty_kills(tmp_path: Path, releases: tuple[Path, Path]) -> None:
    _kill(tmp_path, releases, 50, seed=50)

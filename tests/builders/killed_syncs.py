"""Syncs killed at chosen moments, and what must hold afterwards; for tests and for the suite of promises."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.builders.synced_home import SyncedHome

from jobcentre_desk.cache.held_releases import signed_hashes
from jobcentre_desk.desk.check import check
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing.demo import write_demonstration
from jobcentre_desk.task import Task

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


@contextmanager
def killer(nothing: Path) -> Iterator[Kill]:
    """Syncs a home in a process of its own and kills it after so many seconds; `nothing` is an empty home."""
    with subprocess.Popen(
        [sys.executable, "-c", KILLER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asked, answered = process.stdin, process.stdout

        def kill(home: Home, seconds: float) -> None:
            asked.write(f"{seconds} {home.root}\n")
            asked.flush()
            assert answered.readline() == "killed\n"

        kill(Home(nothing), 0)
        yield kill
        asked.close()


def make_scene(root: Path) -> Scene:
    """The first two releases of the small demonstration, and homes that wait for each of them."""
    releases = (root / "first", root / "second")
    for number, folder in enumerate(releases, start=1):
        write_demonstration(folder, size="small", release=number, task=Task())
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


def kill_syncs(scene: Scene, folder: Path, kill: Kill, *, times: int) -> Iterator[tuple[bool, list[str]]]:
    """Alternate between a first sync and a second one, killed at random moments.

    For each whether it had finished, and what did not hold afterwards, one sentence each.
    """
    moments = random.Random(times)
    for attempt in range(times):
        stage = scene.stages[attempt % 2]
        _offer(scene.link, stage.offered)
        copied = Path(shutil.copytree(stage.root, folder / f"home-{attempt}"))
        synced = SyncedHome.at(Home(copied))
        before = _figures(synced)
        kill(synced.home, moments.uniform(0, 1.25 * stage.seconds))
        yield _outcome(synced, before)
        shutil.rmtree(copied)


def _outcome(synced: SyncedHome, before: Any) -> tuple[bool, list[str]]:
    whole = check(synced.home, repair=False, task=Task()).ok
    after = _figures(synced)
    error = synced.sync(name="demo").error
    new = _figures(synced)
    kept = {f"sha256:{path.stem}" for path in synced.home.releases.iterdir()}
    left_over = [path.name for path in synced.home.snapshots.iterdir() if not path.name.endswith(".db")]
    held = {
        "check finds damage after the kill": whole,
        "the figures are neither the old nor the new ones": after in {before, new},
        f"the next sync fails: {error}": error is None,
        "check finds damage after the next sync": check(synced.home, repair=False, task=Task()).ok,
        "the kept files are not those of the release": kept == set(signed_hashes(synced.home) or ()),
        f"files are left over: {left_over}": not left_over,
    }
    return after == new, [sentence for sentence, holds in held.items() if not holds]


def _offer(link: Path, folder: Path) -> None:
    link.unlink(missing_ok=True)
    link.symlink_to(folder, target_is_directory=True)


def _figures(synced: SyncedHome) -> Any:
    rows = synced.rows(FIGURES)
    return rows[0] if rows else None

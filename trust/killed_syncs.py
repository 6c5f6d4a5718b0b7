"""Row 1: a sync killed at any moment leaves the old figures or the new ones, never a mixture, and nothing behind."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tests.builders.killed_syncs import Scene, kill_syncs, killer, make_scene
from trust.results import Row

from jobcentre_desk.desk.check import check
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task

KILLS = 200


def run(folder: Path) -> Row:
    """200 kills at random moments of first and second syncs."""
    row = Row(number=1, promise="old or new figures, never mixed")
    row.skipped.append("crash points inside the writer and single writes that fail are not tried yet")
    if sys.platform == "win32":
        row.skipped.append("kills: Windows makes no process from another one by fork")
        return row
    (folder / "nothing").mkdir()
    (folder / "stages").mkdir()
    scene = make_scene(folder / "stages")
    finished = 0
    with killer(folder / "nothing") as kill:
        for done, problems in kill_syncs(scene, folder, kill, times=KILLS):
            row.cases += 1
            finished += done
            row.failures += problems
    row.figures.append(f"{finished} of {KILLS} syncs had handed over their figures when they were killed")
    row.expect(0 < finished < KILLS, "no moment fell inside a sync")
    _control(row, scene, folder / "control")
    return row


def _control(row: Row, scene: Scene, folder: Path) -> None:
    """A writer that changes the snapshot in place and dies half way is found out."""
    home = Home(Path(shutil.copytree(scene.stages[1].root, folder)))
    newest = max(home.snapshots.glob("snap-*.db"))
    content = newest.read_bytes()
    newest.write_bytes(content[: len(content) // 2] + bytes(len(content) // 2))
    row.controls["a writer that changes the snapshot in place"] = not check(home, repair=False, task=Task()).ok

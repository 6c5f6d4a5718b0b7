"""A sync killed at any moment leaves the old figures or the new ones, whole, and nothing to sweep up by hand."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.builders.killed_syncs import Kill, Scene, kill_syncs, killer, make_scene

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows makes no process from another one by fork.")

KILLS = 24
"""Enough that some moments fall inside a sync; `make trust` tries 200."""


@pytest.fixture(scope="module")
def kill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kill]:
    with killer(tmp_path_factory.mktemp("nothing")) as ready:
        yield ready


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return make_scene(tmp_path_factory.mktemp("stages"))


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_killed_sync_leaves_old_or_new_figures_whole(scene: Scene, tmp_path: Path, kill: Kill) -> None:
    outcomes = list(kill_syncs(scene, tmp_path, kill, times=KILLS))
    assert [problems for _finished, problems in outcomes if problems] == []
    finished = sum(done for done, _problems in outcomes)
    assert 0 < finished < KILLS, "no moment fell inside a sync"

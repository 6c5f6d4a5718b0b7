"""The small demonstration, written and synced by the program itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.program.driver import Program


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small demonstration publication, written by the program itself."""
    out = tmp_path_factory.mktemp("published") / "demonstration"
    answer = Program(out.parent / "home").run("demo", "--size", "small", "--out", str(out))
    assert answer.code == 0, answer.err
    return out


@pytest.fixture(scope="session")
def program(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A program that has synced the small demonstration."""
    ready = Program(tmp_path_factory.mktemp("program"))
    added = ready.run("source", "add", "demo", str(demonstration), "--key", f"{demonstration}.pub")
    assert added.code == 0, added.err
    synced = ready.run("sync")
    assert synced.code == 0, synced.err
    return ready


@pytest.fixture
def empty_program(tmp_path: Path) -> Program:
    """A program on an empty home."""
    return Program(tmp_path / "home")

"""What all tests share: the folder of recorded publications, a home of their own, and silence."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobcentre_desk import text
from jobcentre_desk.paths import Home

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SECONDS_TO_END = 5.0


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder of recorded publications beside the project; skips where it is absent."""
    folder = Path(__file__).resolve().parents[1].parent / "shared"
    if not folder.is_dir():
        pytest.skip("The recorded publications are not beside the project (../shared), so this cannot be compared.")
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty home folder."""
    return Home(tmp_path / "home")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Each test starts and ends in English, the language of the code."""
    text.use_language("en")
    yield
    text.use_language("en")


class _Kept(logging.Handler):
    """Keeps the lines of the log that are warnings or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def logged() -> Iterator[list[str]]:
    """Warnings and errors logged so far; a test that expects them clears the list, any other fails."""
    kept = _Kept()
    logging.getLogger().addHandler(kept)
    yield kept.lines
    logging.getLogger().removeHandler(kept)
    assert kept.lines == [], "The log was not silent."


@pytest.fixture(autouse=True)
def _threads_end() -> Iterator[None]:
    """No thread that would keep the program from ending outlives the test that started it."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]
    for thread in left:
        thread.join(SECONDS_TO_END)
    assert [thread.name for thread in left if thread.is_alive()] == [], "A thread was left running."

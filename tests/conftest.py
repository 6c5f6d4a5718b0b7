"""What all tests share: the folder of recorded publications, and a home of their own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobcentre_desk import text
from jobcentre_desk.paths import Home

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


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

"""A window on a home of its own, with or without the small demonstration."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree

import pytest
from PySide6.QtWidgets import QApplication
from tests.pictures.make_pictures import fill

from jobcentre_desk import app, text
from jobcentre_desk.gui.window_desk import WindowDesk
from jobcentre_desk.gui.window_picture import settle
from jobcentre_desk.paths import Home
from jobcentre_desk.settings import Settings

OpenWindow = Callable[..., WindowDesk]


@pytest.fixture(scope="session")
def demonstration_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home filled once, to be copied."""
    home = Home(tmp_path_factory.mktemp("demonstration") / "home")
    fill(home)
    return home.root


@pytest.fixture
def filled(home: Home, demonstration_home: Path) -> Home:
    """A home of one's own with the small demonstration."""
    copytree(demonstration_home, home.root)
    return home


@pytest.fixture(autouse=True)
def nothing_stays_open(qapp: QApplication) -> Iterator[None]:
    """A dialog or popup that one test leaves open would hold up what another one expects."""
    yield
    for left in (QApplication.activePopupWidget(), QApplication.activeModalWidget()):
        if left is not None:
            left.close()
    for window in qapp.topLevelWidgets():
        if window.isModal() and window.isVisible():
            window.close()


@pytest.fixture
def open_window(qapp: QApplication) -> Iterator[OpenWindow]:
    """Opens windows and closes them when the test is over."""
    opened: list[WindowDesk] = []

    def open_one(home: Home, settings: Settings | None = None) -> WindowDesk:
        chosen = settings or Settings(language="en", theme="light", daily_sync=False)
        text.use_language(chosen.language)
        app.dress(qapp, chosen)
        desk = WindowDesk(home, chosen, qapp)
        opened.append(desk)
        desk.window.show()
        desk.begin()
        assert settle(desk)
        return desk

    yield open_one
    for desk in opened:
        desk.window.close()
        desk.close()
        desk.window.deleteLater()
    opened.clear()
    gc.collect()

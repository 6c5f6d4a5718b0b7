"""Every page and dialog paints something, and no word on it is cut."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QApplication
from tests.builders.service_home import add_unfetched, fill_services
from tests.pictures.make_pictures import fill
from tests.pictures.source_states import BEFORE_STATES, SERVICE_STATES
from tests.pictures.window_states import STATES, WindowState, clipped, is_blank, reach

from jobcentre_desk import app, text
from jobcentre_desk.gui.window_desk import WindowDesk
from jobcentre_desk.gui.window_picture import settle
from jobcentre_desk.paths import Home
from jobcentre_desk.settings import Settings

LOOKS = [
    pytest.param(Settings(language="da", theme="light", daily_sync=False), (1366, 720), id="da-light-1366"),
    pytest.param(Settings(language="en", theme="dark", daily_sync=False), (1920, 1032), id="en-dark-1920"),
]


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with the small demonstration."""
    home = Home(tmp_path_factory.mktemp("pictures") / "home")
    fill(home)
    return home


@pytest.fixture(scope="session")
def services_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with the small demonstration, services and a file of one's own."""
    home = Home(tmp_path_factory.mktemp("services") / "home")
    fill(home)
    fill_services(home)
    return home


@contextmanager
def window(application: QApplication, home: Home, settings: Settings, box: tuple[int, int]) -> Iterator[WindowDesk]:
    text.use_language(settings.language)
    app.dress(application, settings)
    desk = WindowDesk(home, settings, application)
    desk.window.resize(*box)
    desk.window.show()
    desk.begin()
    assert settle(desk)
    try:
        yield desk
    finally:
        desk.window.close()
        desk.close()
        desk.window.deleteLater()


@pytest.mark.parametrize(("settings", "box"), LOOKS)
def test_every_page_and_dialog_is_painted_with_no_word_cut(
    settings: Settings, box: tuple[int, int], qapp: QApplication, filled_home: Home
) -> None:
    with window(qapp, filled_home, settings, box) as desk:
        found = {state.name: problems(desk, state) for state in STATES if state.figures}
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize(("settings", "box"), LOOKS)
def test_first_start_is_painted_with_no_word_cut(
    settings: Settings, box: tuple[int, int], qapp: QApplication, home: Home
) -> None:
    with window(qapp, home, settings, box) as desk:
        found = {state.name: problems(desk, state) for state in STATES if not state.figures}
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize(("settings", "box"), LOOKS)
def test_everything_about_sources_is_painted_with_no_word_cut(
    settings: Settings, box: tuple[int, int], qapp: QApplication, services_home: Home
) -> None:
    with window(qapp, services_home, settings, box) as desk:
        found = {state.name: problems(desk, state) for state in SERVICE_STATES}
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize(("settings", "box"), LOOKS)
def test_sources_before_the_first_fetch_are_painted_with_no_word_cut(
    settings: Settings, box: tuple[int, int], qapp: QApplication, home: Home
) -> None:
    add_unfetched(home)
    with window(qapp, home, settings, box) as desk:
        found = {state.name: problems(desk, state) for state in BEFORE_STATES}
    assert {name: words for name, words in found.items() if words} == {}


def problems(desk: WindowDesk, state: WindowState) -> list[str]:
    """What is wrong with one state; a dialog is closed again."""
    shown = reach(desk, state)
    found = clipped(shown) + (["blank"] if is_blank(shown.grab().toImage()) else [])
    if shown is not desk.window:
        shown.close()
    return found

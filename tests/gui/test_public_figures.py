"""The window on a publication of measures alone, as a municipality without access to outcomes has it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from tests.builders.synced_home import SyncedHome
from tests.builders.y30r21 import publish_y30r21
from tests.gui.conftest import OpenWindow

from jobcentre_desk.gui.empty_state import EmptyState
from jobcentre_desk.gui.window_picture import settle
from jobcentre_desk.paths import Home


def _texts(page: QWidget) -> str:
    return " | ".join(label.text() for label in page.findChildren(QLabel))


def test_the_municipality_page_opened_from_the_rail_shows_its_figures(open_window: OpenWindow, filled: Home) -> None:
    desk = open_window(filled)
    page = desk.window.open_page("municipality")
    assert settle(desk)
    assert "To the middle of the peers" in _texts(page)
    assert page.top_bar_widgets()


@pytest.mark.published
def test_without_outcomes_municipalities_are_shown_and_the_list_says_what_is_missing(
    open_window: OpenWindow, home: Home, shared_folder: Path, tmp_path: Path
) -> None:
    published = publish_y30r21(shared_folder, tmp_path)
    synced = SyncedHome.at(home)
    synced.add(published.folder, published.key_file.read_text(encoding="utf-8"), name="y30r21")
    assert synced.sync(name="y30r21").error is None
    desk = open_window(home)
    employers = desk.window.open_page("employers")
    assert settle(desk)
    empty = employers.findChild(EmptyState)
    assert empty is not None
    assert empty.isVisible()
    assert "No source with outcomes of traineeships has been fetched yet." in _texts(empty)
    assert desk.window.notice_bar.notices == []
    page = desk.window.open_page("municipality")
    assert settle(desk)
    assert "To the middle of the peers" in _texts(page)

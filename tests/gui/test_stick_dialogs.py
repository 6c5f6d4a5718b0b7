"""Copying to a stick and opening one, in the window: what is offered, what happens, what is said when it cannot."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from tests.builders.signed_publication import Publisher
from tests.builders.synced_home import SyncedHome
from tests.gui.conftest import OpenWindow

from jobcentre_desk.gui.copy_to_stick_dialog import CopyToStickDialog
from jobcentre_desk.gui.pages.figures_page import FiguresPage
from jobcentre_desk.gui.source_dialog import SourceDialog
from jobcentre_desk.gui.stick_dialog import FoundCard, StickDialog
from jobcentre_desk.gui.window_desk import WindowDesk
from jobcentre_desk.gui.window_picture import settle
from jobcentre_desk.model.publication import CHECK_LIST
from jobcentre_desk.paths import Home


def _chooses(place: Path) -> Callable[[QWidget, Callable[[Path], None]], None]:
    return lambda _parent, on_chosen: on_chosen(place)


def _copy_dialog(desk: WindowDesk, place: Path) -> CopyToStickDialog:
    """The dialog, whose chooser of folders gives `place`."""
    context = replace(desk.context, choose_folder=_chooses(place), choose_save_file=lambda _p, _s, on: on(place))
    made = CopyToStickDialog(context, desk.window)
    made.open()
    assert settle(desk)
    return made


def _stick_dialog(desk: WindowDesk, place: Path) -> StickDialog:
    """The dialog, looking at `place`."""
    made = StickDialog(replace(desk.context, choose_folder=_chooses(place)), desk.window)
    made.open()
    made.folder.click()
    assert settle(desk)
    return made


def _publication(root: Path) -> Path:
    return next(path.parent for path in root.rglob(CHECK_LIST))


def _stick_of(desk: WindowDesk, place: Path) -> Path:
    dialog = _copy_dialog(desk, place)
    dialog.copy.click()
    assert settle(desk)
    dialog.close()
    return place


def test_the_figures_page_leads_to_both_dialogs(open_window: OpenWindow, filled: Home) -> None:
    desk = open_window(filled)
    page = desk.window.open_page("figures")
    assert isinstance(page, FiguresPage)
    for action, kind in zip(page.stick_menu.actions(), (StickDialog, CopyToStickDialog), strict=True):
        action.trigger()
        assert settle(desk)
        [opened] = [found for found in page.findChildren(kind) if found.isVisible()]
        opened.close()


def test_a_publication_is_copied_and_what_lies_there_is_said(
    open_window: OpenWindow, filled: Home, tmp_path: Path
) -> None:
    desk = open_window(filled)
    dialog = _copy_dialog(desk, tmp_path / "stick")
    assert len(dialog.chosen()) == 1
    dialog.copy.click()
    assert dialog.progress.isVisible()
    assert not dialog.copy.isEnabled()
    assert settle(desk)
    assert str(_publication(tmp_path / "stick")) in dialog.state.text()
    assert not dialog.copy.isVisible()
    dialog.close()


def test_closing_the_dialog_stops_the_copy(open_window: OpenWindow, filled: Home, tmp_path: Path) -> None:
    desk = open_window(filled)
    dialog = _copy_dialog(desk, tmp_path / "stick")
    dialog.copy.click()
    dialog.cancel.click()
    assert settle(desk)
    assert not list(tmp_path.rglob("*.part"))
    assert not list(tmp_path.rglob(CHECK_LIST))


def test_a_copy_that_cannot_be_made_is_told_and_can_be_tried_again(
    open_window: OpenWindow, filled: Home, tmp_path: Path
) -> None:
    desk = open_window(filled)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    dialog = _copy_dialog(desk, tmp_path / "file" / "stick")
    dialog.copy.click()
    assert settle(desk)
    assert dialog.fault.isVisible()
    assert dialog.copy.isEnabled()
    dialog.copy_to(tmp_path / "figures.zip")
    assert settle(desk)
    assert (tmp_path / "figures.zip").is_file()
    assert not dialog.fault.isVisible()
    dialog.close()


def test_with_nothing_to_copy_the_dialog_says_so(open_window: OpenWindow, home: Home, tmp_path: Path) -> None:
    desk = open_window(home)
    dialog = _copy_dialog(desk, tmp_path)
    assert "nothing to copy" in dialog.state.text()
    assert not dialog.copy.isVisible()
    dialog.close()


def test_files_that_are_not_kept_are_told_beside_the_publication(
    open_window: OpenWindow, filled: Home, tmp_path: Path
) -> None:
    desk = open_window(filled)
    shutil.rmtree(filled.releases)
    dialog = _copy_dialog(desk, tmp_path)
    assert dialog.chosen() == ()
    assert not dialog.copy.isEnabled()
    dialog.close()


def test_figures_for_authorities_bring_the_sentence_about_access(
    open_window: OpenWindow, home: Home, tmp_path: Path
) -> None:
    publisher = Publisher.new()
    publisher.write(tmp_path / "publication", demonstration=False)
    synced = SyncedHome.at(home)
    synced.add(tmp_path / "publication", publisher.key, basis="STAR, § 6")
    assert synced.sync().error is None
    synced.workspace.close()
    desk = open_window(home)
    dialog = _copy_dialog(desk, tmp_path / "stick")
    assert "access of their own" in dialog.access.text()
    dialog.publications["north"].setChecked(False)
    assert not dialog.access.isVisible()
    assert not dialog.copy.isEnabled()
    dialog.close()


@pytest.fixture
def two_offices(open_window: OpenWindow, home: Home, tmp_path: Path) -> tuple[WindowDesk, Publisher, Path]:
    """A window that knows a publisher and has release 1, and a stick with release 2."""
    publisher, folder = Publisher.new(), tmp_path / "publication"
    publisher.write(folder)
    synced = SyncedHome.at(home)
    synced.add(folder, publisher.key)
    assert synced.sync().error is None
    synced.workspace.close()
    stick = tmp_path / "stick"
    publisher.write(stick / "north", sequence=2, released="2026-07-15")
    return open_window(home), publisher, stick


def test_what_is_newer_on_a_stick_is_taken(two_offices: tuple[WindowDesk, Publisher, Path]) -> None:
    desk, _publisher, stick = two_offices
    dialog = _stick_dialog(desk, stick)
    [card] = dialog.findChildren(FoundCard)
    assert card.found.state == "newer"
    assert "Newer than release 1" in card.found.sentence
    dialog.take.click()
    assert desk.window.current() == "figures"
    assert settle(desk)
    figures = desk.session.figures()
    assert figures is not None
    assert [source.sequence for source in figures.sources] == [2]


def test_what_is_older_is_shown_and_cannot_be_taken(two_offices: tuple[WindowDesk, Publisher, Path]) -> None:
    desk, publisher, stick = two_offices
    shutil.rmtree(stick)
    publisher.write(stick / "old", sequence=1)
    desk.syncing.start()
    assert settle(desk)
    dialog = _stick_dialog(desk, stick)
    assert [card.found.state for card in dialog.findChildren(FoundCard)] == ["same"]
    assert not dialog.take.isEnabled()
    dialog.close()


def test_an_unknown_publisher_can_be_added_from_the_stick(
    open_window: OpenWindow, filled: Home, tmp_path: Path
) -> None:
    Publisher.new().write(tmp_path / "stick" / "south", publisher="south-jutland")
    desk = open_window(filled)
    dialog = _stick_dialog(desk, tmp_path / "stick")
    [card] = dialog.findChildren(FoundCard)
    assert not dialog.take.isEnabled()
    card.add.click()
    [opened] = [found for found in desk.window.findChildren(SourceDialog) if found.isVisible()]
    assert opened.publication.location.text() == str(tmp_path / "stick" / "south")
    opened.close()


@pytest.mark.parametrize("place", ["empty", "gone"])
def test_a_stick_with_nothing_on_it_or_gone_is_told(
    open_window: OpenWindow, filled: Home, tmp_path: Path, place: str
) -> None:
    (tmp_path / "empty").mkdir()
    dialog = _stick_dialog(open_window(filled), tmp_path / place)
    assert dialog.state.isVisible()
    assert str(tmp_path / place) in dialog.state.text()
    assert not dialog.take.isEnabled()
    dialog.close()

"""First start and the Figures page: demonstration, sources, refused releases, removal with undo, checks, changes."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from tests.builders.signed_publication import Publisher
from tests.builders.synced_home import SyncedHome
from tests.gui.conftest import OpenWindow

from jobcentre_desk.desk.source_states import Standing
from jobcentre_desk.gui.buttons import LinkButton
from jobcentre_desk.gui.next_key_card import NextKeyCard, grouped
from jobcentre_desk.gui.pages.figures_page import FiguresPage
from jobcentre_desk.gui.pages.first_start import FirstStartPage
from jobcentre_desk.gui.publication_form import suggested_name
from jobcentre_desk.gui.refused_card import RefusedCard
from jobcentre_desk.gui.source_dialog import SourceDialog
from jobcentre_desk.gui.source_row import SourceRow
from jobcentre_desk.gui.window_desk import WindowDesk
from jobcentre_desk.gui.window_picture import settle
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing.demo import write_demonstration
from jobcentre_desk.publishing.trust import DEMONSTRATION_KEY, key_id
from jobcentre_desk.task import Task


def figures_page(desk: WindowDesk) -> FiguresPage:
    page = desk.window.open_page("figures")
    assert isinstance(page, FiguresPage)
    return page


def own_publication(desk: WindowDesk) -> Path:
    """A copy of the demonstration's publication that the source lies at from now on: the other tests keep theirs."""
    [entry] = desk.workspace.sources()
    own = desk.context.home.root / "publication"
    shutil.copytree(entry.location, own)
    desk.workspace.update_source(replace(entry, location=str(own)))
    return own


def test_try_demo_brings_figures_and_shows_the_employers(open_window: OpenWindow, home: Home) -> None:
    desk = open_window(home)
    welcome = desk.window.page("welcome")
    assert isinstance(welcome, FirstStartPage)
    welcome.try_demo.click()
    assert desk.syncing.running
    assert not welcome.try_demo.isEnabled()
    assert settle(desk)
    figures = desk.session.figures()
    assert figures is not None
    assert [source.demonstration for source in figures.sources] == [True]
    assert desk.window.current() == "employers"
    assert desk.window.top_bar.demo.isVisible()


def test_cancelled_demo_leaves_the_first_start_usable(open_window: OpenWindow, home: Home) -> None:
    desk = open_window(home)
    welcome = desk.window.page("welcome")
    assert isinstance(welcome, FirstStartPage)
    welcome.try_demo.click()
    desk.syncing.cancel()
    assert settle(desk)
    assert not desk.syncing.running
    assert welcome.try_demo.isEnabled()
    assert desk.session.figures() is None


def test_source_stands_with_its_release_and_next_date(open_window: OpenWindow, filled: Home) -> None:
    page = figures_page(open_window(filled))
    [state] = page.sources.states()
    assert (state.standing, state.release, state.demonstration) == (Standing.IN_ORDER, "release 1", True)
    assert state.through.replace("\xa0", " ") == "Q1 2026"
    assert state.next_release != ""


def test_source_that_is_gone_keeps_its_figures_and_says_why(open_window: OpenWindow, filled: Home) -> None:
    desk = open_window(filled)
    page = figures_page(desk)
    shutil.move(own_publication(desk), filled.root / "elsewhere")
    page.fetch.click()
    assert settle(desk)
    [state] = page.sources.states()
    assert state.standing in {Standing.UNREACHABLE, Standing.REFUSED}
    assert state.error != ""
    assert desk.session.figures() is not None
    [card] = [card for card in page.sources.findChildren(RefusedCard) if not card.isHidden()]
    card._on_copy_clicked()
    assert state.error in QGuiApplication.clipboard().text()


def test_removed_source_can_be_put_back(open_window: OpenWindow, filled: Home) -> None:
    desk = open_window(filled)
    page = figures_page(desk)
    page.sources.source_actions.remove("Demonstration")
    assert settle(desk)
    assert page.sources.states() == ()
    undo = desk.window.notice_bar.notices[0].links[0]
    assert undo[0] == "Undo"
    undo[1]()
    assert settle(desk)
    assert [state.name for state in page.sources.states()] == ["Demonstration"]


def test_figures_of_a_removed_source_are_gone_after_the_next_fetch(open_window: OpenWindow, filled: Home) -> None:
    desk = open_window(filled)
    page = figures_page(desk)
    page.sources.source_actions.remove("Demonstration")
    assert settle(desk)
    page.fetch.click()
    assert settle(desk)
    figures = desk.session.figures()
    assert figures is not None
    assert figures.sources == ()


def test_second_release_shows_a_definition_old_beside_new(open_window: OpenWindow, filled: Home) -> None:
    desk = open_window(filled)
    page = figures_page(desk)
    write_demonstration(own_publication(desk), size="small", release=2, task=Task())
    page.fetch.click()
    assert settle(desk)
    from jobcentre_desk.desk.release_changes import release_changes

    figures = desk.session.figures()
    assert figures is not None
    newest = release_changes(figures)[0]
    assert newest.title == "Demonstration, release 2"
    assert newest.definitions
    assert all(change.old != change.new for change in newest.definitions)
    assert newest.rows.header == ("Table", "New rows", "Changed", "Gone")


def test_check_says_what_holds(open_window: OpenWindow, filled: Home) -> None:
    desk = open_window(filled)
    card = figures_page(desk).sources.check
    card.button.click()
    assert settle(desk)
    assert [name for name, _ in card._statements()] == ["check", "check", "check"]


def test_key_is_shown_by_its_id_before_the_source_is_added(open_window: OpenWindow, filled: Home) -> None:
    desk = open_window(filled)
    dialog = SourceDialog(desk.context, desk.window)
    dialog.publication.key.setPlainText(f"\ufeffuntrusted comment: key\n{DEMONSTRATION_KEY}\n")
    assert "Key id" in dialog.publication.key_id.text()
    dialog.publication.key.setPlainText("no key at all")
    assert "Key id" not in dialog.publication.key_id.text()


def test_dialog_stays_and_says_what_is_missing(open_window: OpenWindow, filled: Home, tmp_path: Path) -> None:
    desk = open_window(filled)
    dialog = SourceDialog(desk.context, desk.window)
    dialog.open()
    dialog.publication.location.setText(str(tmp_path))
    dialog.publication.name.setText("north")
    dialog.accept()
    assert dialog.isVisible()
    assert "key is missing" in dialog.fault.text()
    dialog.publication.unsigned.setChecked(True)
    dialog.publication.basis.setText("Agreement of 1 May")
    dialog.accept()
    assert "not confirmed" in dialog.fault.text()
    dialog.close()


def test_dialog_adds_the_source_and_fetches_it(open_window: OpenWindow, filled: Home, tmp_path: Path) -> None:
    desk = open_window(filled)
    write_demonstration(tmp_path / "north", size="small", task=Task())
    dialog = SourceDialog(desk.context, desk.window)
    dialog.publication.location.setText(str(tmp_path / "north"))
    dialog.publication._on_location_edited(dialog.publication.location.text())
    dialog.publication.take_key_file(tmp_path / "north.pub")
    dialog.accept()
    assert desk.syncing.running
    assert settle(desk)
    assert [entry.name for entry in desk.workspace.sources()] == ["Demonstration", "north"]


def test_name_is_suggested_from_the_place(qtbot: QtBot) -> None:
    assert suggested_name("https://figures.example.dk:8443/north/") == "figures.example.dk"
    assert suggested_name("/media/stick/north-2026.zip") == "north-2026"


def test_least_release_is_a_whole_number_and_is_kept(open_window: OpenWindow, filled: Home, tmp_path: Path) -> None:
    desk = open_window(filled)
    write_demonstration(tmp_path / "north", size="small", task=Task())
    dialog = SourceDialog(desk.context, desk.window)
    dialog.open()
    dialog.publication.location.setText(str(tmp_path / "north"))
    dialog.publication.name.setText("north")
    dialog.publication.take_key_file(tmp_path / "north.pub")
    dialog.publication.at_least.setText("two")
    dialog.accept()
    assert "whole number" in dialog.fault.text()
    dialog.publication.at_least.setText(" 2 ")
    dialog.accept()
    assert settle(desk)
    assert [entry.at_least for entry in desk.workspace.sources()] == [0, 2]
    assert "release 2 is out already" in next(s.error for s in desk.syncing.last_result.sources if s.name == "north")  # type: ignore[union-attr, operator]


# The next key of a publisher


@pytest.fixture
def announced(home: Home, tmp_path: Path) -> tuple[Home, Publisher]:
    """A home whose one source announces its next key, and that key's publisher."""
    following = Publisher.new()
    present = Publisher.new()
    present.write(tmp_path / "north", sequence=3, next_key=following.key)
    synced = SyncedHome.at(home)
    synced.add(tmp_path / "north", present.key)
    synced.sync()
    return home, following


def key_cards(page: FiguresPage) -> list[NextKeyCard]:
    return [card for card in page.sources.findChildren(NextKeyCard) if not card.isHidden()]


def test_announced_key_is_shown_to_compare_and_confirmed_once(
    open_window: OpenWindow, announced: tuple[Home, Publisher], tmp_path: Path
) -> None:
    home, following = announced
    desk = open_window(home)
    page = figures_page(desk)
    [card] = key_cards(page)
    shown = [label.text().replace(" ", "") for label in card.findChildren(QLabel)]
    assert {key_id(desk.workspace.sources()[0].key), key_id(following.key)} <= set(shown)
    card.confirm.click()
    assert settle(desk)
    assert key_cards(page) == []
    assert desk.workspace.sources()[0].next_key_confirmed_at
    following.write(tmp_path / "north", sequence=4)
    page.fetch.click()
    assert settle(desk)
    assert desk.workspace.sources()[0].key == following.key


def test_key_that_was_put_off_waits_beside_its_source(
    open_window: OpenWindow, announced: tuple[Home, Publisher]
) -> None:
    desk = open_window(announced[0])
    page = figures_page(desk)
    key_cards(page)[0].not_now.click()
    assert settle(desk)
    assert key_cards(page) == []
    [row] = [row for row in page.sources.findChildren(SourceRow) if not row.isHidden()]
    next(link for link in row.findChildren(LinkButton) if link.text() == "Next key").click()
    assert settle(desk)
    assert len(key_cards(page)) == 1
    assert desk.workspace.sources()[0].next_key_confirmed_at == ""


def test_key_id_is_grouped_as_it_is_read_out() -> None:
    assert grouped("7BD7C2A4E1F05B93") == "7BD7 C2A4 E1F0 5B93"
    assert grouped("D7C2A4E1F05B93") == "D7 C2A4 E1F0 5B93"


def test_dates_and_periods_of_a_measure_stand_in_words(open_window: OpenWindow, filled: Home) -> None:
    page = figures_page(open_window(filled))
    page.tabs.choose("measures")
    page.glossary.choose("y30r21.actual_share")
    labels = {label.text().replace("\xa0", " ") for label in page.glossary.findChildren(QLabel)}
    assert {"the year to the end of Q4 2023", "1 Oct 2027"} <= labels

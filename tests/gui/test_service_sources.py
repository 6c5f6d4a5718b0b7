"""Services in the window: key, tables, a sync that tells bytes and rows, warnings, another key, removal with undo."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from tests.gui.conftest import OpenWindow
from tests.service.jobindsats_service import KEY, JobindsatsService, forbidden_in_plain_text, late

from jobcentre_desk.gui.buttons import LinkButton
from jobcentre_desk.gui.key_dialog import KeyDialog
from jobcentre_desk.gui.pages.figures_page import FiguresPage
from jobcentre_desk.gui.service_form import ServiceForm
from jobcentre_desk.gui.source_dialog import SourceDialog
from jobcentre_desk.gui.source_row import SourceRow
from jobcentre_desk.gui.sync_card import far_words
from jobcentre_desk.gui.table_browser import TableBrowser
from jobcentre_desk.gui.window_desk import WindowDesk
from jobcentre_desk.gui.window_picture import settle
from jobcentre_desk.model.services import SourceKind, SourceProgress, TableQuery
from jobcentre_desk.paths import Home

FEW = (TableQuery(table="y01a02", latest=2),)
"""A small question, so that a test is short."""


@pytest.fixture
def service() -> Iterator[JobindsatsService]:
    """A service on this machine with made-up tables."""
    with JobindsatsService.of() as running:
        yield running


@pytest.fixture
def desk(open_window: OpenWindow, filled: Home) -> WindowDesk:
    """A window with the demonstration."""
    return open_window(filled)


def figures_page(desk: WindowDesk) -> FiguresPage:
    page = desk.window.open_page("figures")
    assert isinstance(page, FiguresPage)
    return page


def dialog_for(desk: WindowDesk, service: JobindsatsService, *, key: str = KEY) -> tuple[SourceDialog, ServiceForm]:
    dialog = SourceDialog(desk.context, desk.window, kind=SourceKind.JOBINDSATS)
    dialog.open()
    form = dialog.services[SourceKind.JOBINDSATS]
    form.address.setText(service.base)
    form.queries = FEW
    assert form.key is not None
    form.key.field.setText(key)
    return dialog, form


def added(desk: WindowDesk, service: JobindsatsService) -> FiguresPage:
    dialog, _form = dialog_for(desk, service)
    dialog.accept()
    assert settle(desk)
    return figures_page(desk)


def row_of(page: FiguresPage, name: str) -> SourceRow:
    rows = [row for row in page.sources.findChildren(SourceRow) if not row.isHidden()]
    return next(row for row in rows if row.accessibleName().startswith(name))


def test_only_the_fields_of_the_kind_are_shown(desk: WindowDesk) -> None:
    dialog = SourceDialog(desk.context, desk.window)
    dialog.open()
    assert dialog.publication.isVisible()
    dialog.show_kind(SourceKind.JOBINDSATS)
    form = dialog.services[SourceKind.JOBINDSATS]
    assert form.isVisible()
    assert not dialog.publication.isVisible()
    assert form.key is not None
    assert form.key.field.echoMode() is QLineEdit.EchoMode.Password
    dialog.show_kind(SourceKind.STATBANK)
    assert dialog.services[SourceKind.STATBANK].key is None
    assert not form.isVisible()


def test_where_the_key_is_kept_is_said(desk: WindowDesk, service: JobindsatsService) -> None:
    _dialog, form = dialog_for(desk, service)
    assert settle(desk)
    assert form.key is not None
    assert "keyring" in form.key.kept.text()


def test_missing_and_refused_keys_are_said_in_the_dialog(desk: WindowDesk, service: JobindsatsService) -> None:
    dialog, form = dialog_for(desk, service, key="")
    dialog.accept()
    assert "key is missing" in dialog.fault.text()
    assert form.key is not None
    form.key.field.setText("wrong")
    assert not dialog.fault.isVisible()
    dialog.accept()
    assert settle(desk)
    assert dialog.isVisible()
    assert "not accepted" in dialog.fault.text()
    assert "wrong" not in dialog.fault.text()
    assert [entry.name for entry in desk.workspace.sources()] == ["Demonstration"]


def test_service_that_does_not_answer_can_be_added_all_the_same(desk: WindowDesk) -> None:
    with JobindsatsService.of() as gone:
        pass
    dialog, _form = dialog_for(desk, gone)
    dialog.accept()
    assert settle(desk)
    assert dialog.isVisible()
    assert dialog.add.text() == "Add all the same"
    dialog.accept()
    assert settle(desk)
    assert "Jobindsats" in [entry.name for entry in desk.workspace.sources()]


def test_service_is_added_and_its_figures_stand_in_the_list(desk: WindowDesk, service: JobindsatsService) -> None:
    page = added(desk, service)
    states = {state.name: state for state in page.sources.states()}
    assert states["Jobindsats"].error == ""
    detail = page.sources.details()["Jobindsats"]
    assert detail.tables == 1
    assert detail.through
    assert "new rows" in detail.changed
    [entry] = [entry for entry in desk.workspace.sources() if entry.name == "Jobindsats"]
    assert entry.queries == FEW


def test_running_sync_tells_bytes_and_rows_and_can_be_cancelled(
    desk: WindowDesk, service: JobindsatsService, qtbot: QtBot
) -> None:
    service.faults["/data/"] = late(8)
    dialog, _form = dialog_for(desk, service)
    dialog.accept()
    qtbot.waitUntil(lambda: "Jobindsats" in desk.syncing.sources)
    page = figures_page(desk)
    row = row_of(page, "Jobindsats: being fetched")
    next(link for link in row.findChildren(LinkButton) if link.text() == "Cancel").click()
    assert not desk.syncing.running
    qtbot.waitUntil(lambda: not desk.jobs.busy(), timeout=1000)
    assert row_of(page, "Jobindsats: not fetched yet")


def test_progress_is_told_in_words() -> None:
    assert far_words(SourceProgress(name="a", stage="")) == ""
    told = far_words(SourceProgress(name="a", stage="", bytes_fetched=1_200_000, bytes_total=3_400_000, rows_read=1))
    assert told == "1.2 MB of 3.4 MB · 1 row"
    assert far_words(SourceProgress(name="a", stage="", bytes_fetched=640_000, rows_read=12_480)) == (
        "640 kB · 12,480 rows"
    )


def test_tables_are_listed_by_subject_searched_and_chosen(
    desk: WindowDesk, service: JobindsatsService, qtmodeltester: ModelTester
) -> None:
    _dialog, form = dialog_for(desk, service)
    form.queries = ()
    form.choose.click()
    assert settle(desk)
    [browser] = [found for found in desk.window.findChildren(TableBrowser) if found.isVisible()]
    assert browser.model.rowCount() > 1
    qtmodeltester.check(browser.model)  # type: ignore[no-untyped-call]  # the plugin has no types here
    begin = browser.model.choice.chosen
    assert "y14d03" in begin
    browser.search.setText("y14d03")
    assert browser.model.rows_found() == 1
    ticked = browser.model.index(0, 0, browser.model.index(0, 0))
    browser.model.setData(ticked, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    browser.accept()
    chosen: tuple[TableQuery, ...] = form.queries
    assert {query.table for query in chosen} == begin - {"y14d03"}


def test_search_of_tables_knows_danish_letters(desk: WindowDesk, service: JobindsatsService) -> None:
    _dialog, form = dialog_for(desk, service)
    form.choose.click()
    assert settle(desk)
    [browser] = [found for found in desk.window.findChildren(TableBrowser) if found.isVisible()]
    for spelling in ("kontanthjælp", "kontanthjaelp", "KONTANTHJÆLP"):
        browser.search.setText(spelling)
        assert browser.model.rows_found() > 0
    browser.search.setText("no such table at all")
    assert browser.model.rows_found() == 0


def test_list_of_tables_that_fails_is_told_in_place(desk: WindowDesk, service: JobindsatsService) -> None:
    service.faults["tables"] = forbidden_in_plain_text
    _dialog, form = dialog_for(desk, service)
    form.choose.click()
    assert settle(desk)
    [browser] = [found for found in desk.window.findChildren(TableBrowser) if found.isVisible()]
    assert browser.fault.isVisible()
    assert browser.model.choice.chosen == {"y01a02"}
    service.faults.clear()
    browser.again.click()
    assert settle(desk)
    assert not browser.fault.isVisible()
    assert browser.model.rows_found() > 1


def test_other_tables_can_be_chosen_later(desk: WindowDesk, service: JobindsatsService) -> None:
    page = added(desk, service)
    [entry] = [entry for entry in desk.workspace.sources() if entry.name == "Jobindsats"]
    page.sources.source_actions.choose_tables(entry)
    assert settle(desk)
    [browser] = [found for found in page.findChildren(TableBrowser) if found.isVisible()]
    assert browser.model.choice.chosen == {"y01a02"}
    browser.model.choice = browser.model.choice.toggled("y60a02")
    browser.accept()
    assert settle(desk)
    [entry] = [entry for entry in desk.workspace.sources() if entry.name == "Jobindsats"]
    assert {query.table for query in entry.queries} == {"y01a02", "y60a02"}
    assert page.sources.details()["Jobindsats"].tables == 2


def test_menu_holds_what_fits_the_kind(desk: WindowDesk, service: JobindsatsService) -> None:
    page = added(desk, service)
    words = [action.text() for action in row_of(page, "Jobindsats").menu.actions()]
    assert {"Fetch now", "Tables …", "Change key …", "Remove"} <= set(words)
    words = [action.text() for action in row_of(page, "Demonstration").menu.actions()]
    assert "Tables …" not in words
    assert "Remove" in words


def test_other_key_is_tried_before_it_is_kept(desk: WindowDesk, service: JobindsatsService) -> None:
    page = added(desk, service)
    [entry] = [entry for entry in desk.workspace.sources() if entry.name == "Jobindsats"]
    page.sources.source_actions.change_key(entry)
    [dialog] = [found for found in page.findChildren(KeyDialog) if found.isVisible()]
    dialog.key.field.setText("wrong")
    dialog.accept()
    assert settle(desk)
    assert "not accepted" in dialog.fault.text()
    dialog.key.field.setText(KEY)
    dialog.accept()
    assert settle(desk)
    assert not any(found.isVisible() for found in page.findChildren(KeyDialog))


def test_removed_service_comes_back_with_its_key(desk: WindowDesk, service: JobindsatsService) -> None:
    page = added(desk, service)
    page.sources.source_actions.remove("Jobindsats")
    assert settle(desk)
    undo = next(link for link in desk.window.notice_bar.notices[0].links if link[0] == "Undo")
    undo[1]()
    assert settle(desk)
    desk.context.sync(("Jobindsats",))
    assert settle(desk)
    [state] = [state for state in page.sources.states() if state.name == "Jobindsats"]
    assert state.error == ""


def test_what_could_not_be_used_is_listed(desk: WindowDesk, service: JobindsatsService) -> None:
    service.bodies["/data/y01a02"] = b'{"columns": ["Omr\xc3\xa5de", "Ny kolonne"], "rows": []}'
    dialog, form = dialog_for(desk, service)
    form.queries = (*FEW, TableQuery(table="y60a02", latest=2))
    dialog.accept()
    assert settle(desk)
    page = figures_page(desk)
    warnings = page.sources.details()["Jobindsats"].warnings
    assert warnings
    link = next(link for link in row_of(page, "Jobindsats").findChildren(LinkButton) if "warning" in link.text())
    link.click()
    assert settle(desk)
    from jobcentre_desk.gui.warnings_card import WarningsCard

    [card] = [card for card in page.sources.findChildren(WarningsCard) if not card.isHidden()]
    assert card.source == "Jobindsats"


def test_measure_says_where_it_was_read(desk: WindowDesk, service: JobindsatsService) -> None:
    page = added(desk, service)
    from jobcentre_desk.desk.measure_readings import measure_reading

    figures = desk.session.figures()
    assert figures is not None
    found = [measure for measure in page.glossary._measures if measure.id.startswith("y01a02.")]
    reading = measure_reading(figures, found[0].id)
    assert reading is not None
    assert reading.shown == "Jobindsats"
    assert any("y01a02" in told for told in reading.readings)
    assert not any(KEY in told for told in reading.readings)


def test_sources_that_are_all_away_stand_in_one_card(desk: WindowDesk) -> None:
    with JobindsatsService.of() as first, JobindsatsService.of() as second:
        for service in (first, second):
            dialog, _form = dialog_for(desk, service)
            dialog.accept()
            assert settle(desk)
    page = figures_page(desk)
    page.fetch.click()
    assert settle(desk)
    from jobcentre_desk.gui.offline_card import OfflineCard

    [card] = [card for card in page.sources.findChildren(OfflineCard) if not card.isHidden()]
    assert set(card.names) == {"Jobindsats", "Jobindsats 2"}

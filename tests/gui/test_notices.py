"""The notice bar, and how a sync is told in one sentence."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from tests.gui.conftest import OpenWindow

from jobcentre_desk.desk.sync import SourceResult, SyncResult
from jobcentre_desk.gui.buttons import LinkButton
from jobcentre_desk.gui.notice_bar import NoticeBar
from jobcentre_desk.paths import Home


@pytest.fixture
def bar(qtbot: QtBot) -> NoticeBar:
    made = NoticeBar()
    qtbot.addWidget(made)
    return made


def texts(bar: NoticeBar) -> list[str]:
    return [notice.text for notice in bar.notices]


def test_newest_notice_stands_in_front_and_the_rest_are_counted(bar: NoticeBar) -> None:
    for words in ("The disk is full.", "The folder is gone.", "The file cannot be written."):
        bar.fail(words)
    assert texts(bar) == ["The file cannot be written.", "The folder is gone.", "The disk is full."]
    assert "2 more" in [label.text() for label in bar.findChildren(QLabel)]


def test_information_leaves_with_its_cause_and_errors_stay(bar: NoticeBar) -> None:
    bar.fail("The disk is full.")
    bar.inform("Copied.", cause="copy")
    bar.clear("copy")
    assert texts(bar) == ["The disk is full."]
    bar.close_first()
    assert bar.isHidden()


def test_same_cause_takes_the_place_of_the_former(bar: NoticeBar) -> None:
    bar.warn("No connection since 9.", cause="sync")
    bar.warn("No connection since 10.", cause="sync")
    assert texts(bar) == ["No connection since 10."]


def test_link_of_a_notice_does_what_it_says(bar: NoticeBar) -> None:
    done: list[str] = []
    bar.inform("New figures are ready.", (("Show them", lambda: done.append("shown")),))
    bar.findChildren(LinkButton)[0].click()
    assert done == ["shown"]


@pytest.mark.parametrize("words", ["<b>bold</b> <img src='file:///etc/hosts'>", "Jensen <A/S> & Søn", "x" * 500])
def test_words_of_a_notice_are_plain_text(bar: NoticeBar, words: str) -> None:
    bar.warn(words)
    label = next(label for label in bar.findChildren(QLabel) if label.text() == words)
    assert label.textFormat().name == "PlainText"


def fared(result: str, error_id: str | None = None) -> SyncResult:
    error = "Nothing there. Try again." if error_id else None
    return SyncResult(None, (SourceResult(name="north", result=result, sequence=1, error=error, error_id=error_id),))


@pytest.mark.parametrize(
    ("result", "by_person", "level", "words"),
    [
        (fared("failed", "publication_refused"), True, "error", "not taken over"),
        (fared("failed", "source_unreachable"), True, "warning", "No connection"),
        (fared("new"), False, "information", "New figures from north"),
        (fared("unchanged"), True, "information", "newest release"),
    ],
)
def test_sync_is_told_in_one_notice(
    open_window: OpenWindow, filled: Home, result: SyncResult, *, by_person: bool, level: str, words: str
) -> None:
    desk = open_window(filled)
    desk.notices.tell_sync(result, desk.context, asked_by_person=by_person)
    [notice] = desk.window.notice_bar.notices
    assert notice.level == level
    assert words in notice.text


@pytest.mark.parametrize("error_id", ["publication_refused", "source_unreachable"])
def test_daily_sync_that_fails_says_nothing(open_window: OpenWindow, filled: Home, error_id: str) -> None:
    desk = open_window(filled)
    desk.notices.tell_sync(fared("failed", error_id), desk.context, asked_by_person=False)
    assert desk.window.notice_bar.notices == []


def test_daily_sync_without_news_says_nothing(open_window: OpenWindow, filled: Home) -> None:
    desk = open_window(filled)
    desk.notices.tell_sync(fared("unchanged"), desk.context, asked_by_person=False)
    assert desk.window.notice_bar.notices == []

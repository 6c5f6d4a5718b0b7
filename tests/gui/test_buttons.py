"""Buttons: keyboard in a segmented choice, words of icon buttons, and the ring that follows the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFocusFrame, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from jobcentre_desk.gui.buttons import LinkButton, SegmentedChoice, icon_button, primary_button, secondary_button
from jobcentre_desk.gui.focus_ring import FocusRing
from jobcentre_desk.gui.style import DeskStyle

ORDERS = [("fair", "Fair order"), ("raw", "Raw rate"), ("name", "Name")]


def test_arrow_keys_choose_the_one_beside_and_stop_at_the_ends(qtbot: QtBot) -> None:
    choice = SegmentedChoice(ORDERS, "fair")
    qtbot.addWidget(choice)
    told: list[str] = []
    choice.chosen.connect(told.append)
    for _ in range(3):
        QTest.keyClick(choice, Qt.Key.Key_Right)
    QTest.keyClick(choice, Qt.Key.Key_Left)
    assert told == ["raw", "name", "raw"]
    assert choice.current() == "raw"


def test_choosing_from_code_says_nothing(qtbot: QtBot) -> None:
    choice = SegmentedChoice(ORDERS, "fair")
    qtbot.addWidget(choice)
    with qtbot.assertNotEmitted(choice.chosen):
        choice.choose("name")
    assert choice.current() == "name"


def test_segments_keep_their_width_when_chosen(qtbot: QtBot) -> None:
    choice = SegmentedChoice(ORDERS, "fair")
    qtbot.addWidget(choice)
    before = choice.sizeHint()
    choice.choose("raw")
    assert choice.sizeHint() == before


def test_icon_button_tells_a_screen_reader_its_words(qtbot: QtBot) -> None:
    button = icon_button("copy", "Copy")
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.toolTip(), button.width()) == ("Copy", "Copy", 30)


@pytest.mark.parametrize("words", ["R&D A/S", "<b>x</b>", "Søstrene Łuk"])
def test_words_of_buttons_are_shown_as_they_are(words: str, qtbot: QtBot) -> None:
    button, link = secondary_button(words), LinkButton(words)
    qtbot.addWidget(button)
    qtbot.addWidget(link)
    assert button.text().replace("&&", "&") == words
    assert link.text() == words


def test_ring_follows_the_keyboard(qtbot: QtBot, qapp: QApplication) -> None:
    ring = FocusRing(qapp)
    page = QWidget()
    style = DeskStyle()
    page.setStyle(style)
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    first, second = primary_button("First"), secondary_button("Second")
    for button in (first, second):
        column.addWidget(button)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    for button in (first, second):
        button.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(lambda b=button: _ringed(page) is b)  # type: ignore[misc]
    ring.deleteLater()


def _ringed(page: QWidget) -> QWidget | None:
    frames = [frame for frame in page.findChildren(QFocusFrame) if frame.widget() is not None]
    return frames[0].widget() if frames else None

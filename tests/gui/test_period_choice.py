"""The period of a search, and the stepper."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from jobcentre_desk.gui.buttons import SegmentedChoice
from jobcentre_desk.gui.period_choice import PeriodChoice
from jobcentre_desk.gui.stepper import Stepper
from jobcentre_desk.model.periods import Quarter, QuarterSpan

LAST_KNOWN = Quarter.of(2026, 1)
QUARTERS = QuarterSpan(Quarter.of(2021, 1), Quarter.of(2026, 3)).quarters()


@pytest.fixture
def period(qtbot: QtBot) -> PeriodChoice:
    made = PeriodChoice()
    qtbot.addWidget(made)
    made.show_quarters(QUARTERS, LAST_KNOWN)
    return made


def segments(period: PeriodChoice) -> SegmentedChoice:
    found = period.findChild(SegmentedChoice)
    assert found is not None
    return found


def test_four_quarters_are_the_usual_period_and_need_no_ends(period: PeriodChoice) -> None:
    assert period.ends() == (None, None)
    assert segments(period).current() == "4"


def test_eight_quarters_end_with_the_last_known(period: PeriodChoice, qtbot: QtBot) -> None:
    with qtbot.waitSignal(period.changed):
        segments(period).button("8").click()
    assert period.ends() == (Quarter.of(2024, 2), LAST_KNOWN)


def test_a_period_of_ones_own_leaves_no_length_chosen(period: PeriodChoice, qtbot: QtBot) -> None:
    first, last = period.findChildren(QComboBox)
    with qtbot.waitSignal(period.changed):
        first.setCurrentIndex(0)
        first.activated.emit(0)
    assert period.ends() == (Quarter.of(2021, 1), LAST_KNOWN)
    assert segments(period).current() == ""
    last.setCurrentIndex(1)
    last.activated.emit(1)
    assert period.ends() == (Quarter.of(2021, 1), Quarter.of(2021, 2))


def test_a_first_quarter_after_the_last_moves_the_last_along(period: PeriodChoice) -> None:
    first, last = period.findChildren(QComboBox)
    last.setCurrentIndex(2)
    last.activated.emit(2)
    first.setCurrentIndex(5)
    first.activated.emit(5)
    assert period.ends() == (QUARTERS[5], QUARTERS[5])


def test_showing_ends_tells_nobody(period: PeriodChoice, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(period.changed):
        period.show_ends(Quarter.of(2023, 2), LAST_KNOWN)
    assert segments(period).current() == "12"


def test_the_stepper_counts_by_button_and_key_and_stops_at_zero(qtbot: QtBot) -> None:
    stepper = Stepper("Least completed", less="Less", more="More", unit="traineeships")
    qtbot.addWidget(stepper)
    stepper.show_value(1)
    less, more = stepper.findChildren(QPushButton)
    box = stepper.findChild(QSpinBox)
    assert box is not None
    less.click()
    less.click()
    assert stepper.value() == 0
    more.click()
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert stepper.value() == 2

"""The quiet daily try: when it is due, that it waits for dialogs, and that it says nothing when it comes to nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from tests.gui.conftest import OpenWindow

from jobcentre_desk.desk.source_list import add_source
from jobcentre_desk.gui.daily_sync import DailyFacts, DailySync
from jobcentre_desk.gui.window_picture import settle
from jobcentre_desk.paths import Home
from jobcentre_desk.settings import read_settings

NOW = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


@dataclass
class Facts:
    """What a test says about settings and figures."""

    wanted: bool = True
    sources: bool = True
    fetched: dt.datetime | None = None
    last_try: str = ""

    def given(self) -> DailyFacts:
        return DailyFacts(
            wanted=lambda: self.wanted,
            has_sources=lambda: self.sources,
            fetched=lambda: self.fetched,
            last_try=lambda: self.last_try,
            keep_try=lambda moment: setattr(self, "last_try", moment),
        )


class Started(QObject):
    """Remembers the syncs that were started."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.running = False
        self.names: tuple[str, ...] = ()
        self.by_person: list[bool] = []

    def start(self, names: tuple[str, ...] = (), *, asked_by_person: bool = True) -> None:
        self.names, self.running = names, True
        self.by_person.append(asked_by_person)
        self.changed.emit()


def ago(hours: float, now: dt.datetime = NOW) -> dt.datetime:
    return now - dt.timedelta(hours=hours)


@pytest.mark.parametrize(
    ("fetched", "last_try", "due"),
    [
        (None, "", True),
        (ago(21), "", True),
        (ago(19), "", False),
        (ago(400), ago(21).isoformat(), True),
        (ago(400), ago(19).isoformat(), False),
        (ago(19), ago(400).isoformat(), False),
        (ago(400), ago(-48).isoformat(), True),
        (ago(400), "yesterday", True),
    ],
)
def test_a_try_is_due_when_figures_and_last_try_are_over_20_hours_old(
    qtbot: QtBot, fetched: dt.datetime | None, last_try: str, *, due: bool
) -> None:
    daily = DailySync(Started(), Facts(fetched=fetched, last_try=last_try).given())  # type: ignore[arg-type]
    assert daily.is_due(NOW) == due


@pytest.mark.parametrize("facts", [Facts(wanted=False), Facts(sources=False)])
def test_who_turned_it_off_or_has_no_source_is_left_alone(qtbot: QtBot, facts: Facts) -> None:
    syncing = Started()
    DailySync(syncing, facts.given()).begin()  # type: ignore[arg-type]
    assert syncing.by_person == []


def test_it_is_started_quietly_once_and_remembered(qtbot: QtBot) -> None:
    facts, syncing = Facts(), Started()
    daily = DailySync(syncing, facts.given())  # type: ignore[arg-type]
    daily.begin()
    daily.begin()
    syncing.running = False
    daily.look()
    assert syncing.by_person == [False]
    assert dt.datetime.fromisoformat(facts.last_try) <= dt.datetime.now().astimezone()


def test_a_sync_of_everything_by_a_person_counts_as_a_try_and_one_of_a_source_does_not(qtbot: QtBot) -> None:
    facts, syncing = Facts(), Started()
    daily = DailySync(syncing, facts.given())  # type: ignore[arg-type]
    syncing.start(("north",))
    assert daily.is_due(dt.datetime.now().astimezone())
    syncing.start(())
    assert not daily.is_due(dt.datetime.now().astimezone())


def test_it_waits_while_a_dialog_is_open(qtbot: QtBot) -> None:
    facts, syncing = Facts(), Started()
    daily = DailySync(syncing, facts.given())  # type: ignore[arg-type]
    dialog = QDialog()
    qtbot.addWidget(dialog)
    dialog.setModal(True)
    dialog.show()
    qtbot.waitExposed(dialog)
    daily.look()
    assert syncing.by_person == []
    dialog.close()
    daily.look()
    assert syncing.by_person == [False]


def test_a_try_that_fails_says_nothing_and_is_remembered(open_window: OpenWindow, filled: Home, qtbot: QtBot) -> None:
    desk = open_window(filled)
    add_source(desk.workspace, name="north", location=str(filled.root / "gone"), unsigned=True)
    with qtbot.waitSignal(desk.syncing.ended, timeout=20_000) as ended:
        desk.syncing.start((), asked_by_person=False)
    assert settle(desk)
    assert [result.result for result in ended.args[0].sources] == ["failed", "unchanged"]
    assert desk.window.notice_bar.notices == []
    assert read_settings(filled.settings)[0].last_try

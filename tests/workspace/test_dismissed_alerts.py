"""Dismissed alerts are kept in the journal and the database, listed, and taken back."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from jobcentre_desk.paths import Home
from jobcentre_desk.workspace.store import Workspace

KEY = "730 outside employer 10000003 traineeship.success_rate above"


def test_a_dismissed_alert_is_told_with_its_period_and_words(home: Home) -> None:
    workspace = Workspace.open(home)
    kept = workspace.dismissed_alerts.dismiss(KEY, "2026Q01", sentence="Of 20 …", by="Kim")
    assert Workspace.open(home).dismissed_alerts.all() == [kept]
    assert (kept.key, kept.period, kept.sentence, kept.by) == (KEY, "2026Q01", "Of 20 …", "Kim")
    assert workspace.dismissed_alerts.periods() == {KEY: "2026Q01"}


def test_an_alert_dismissed_in_two_periods_stands_twice_in_the_history(home: Home) -> None:
    dismissed = Workspace.open(home).dismissed_alerts
    dismissed.dismiss(KEY, "2025Q04", sentence="first")
    dismissed.dismiss(KEY, "2026Q01", sentence="second")
    assert [one.sentence for one in dismissed.all()] == ["second", "first"]
    assert dismissed.periods() == {KEY: "2026Q01"}


def test_taking_back_leaves_the_other_periods(home: Home) -> None:
    dismissed = Workspace.open(home).dismissed_alerts
    dismissed.dismiss(KEY, "2025Q04", sentence="first")
    dismissed.dismiss(KEY, "2026Q01", sentence="second")
    dismissed.restore(KEY, "2026Q01")
    assert dismissed.periods() == {KEY: "2025Q04"}
    dismissed.restore(KEY, "2025Q04")
    dismissed.restore(KEY, "2025Q04")
    assert dismissed.all() == []


def test_a_lost_database_is_put_together_from_the_journal(home: Home) -> None:
    kept = Workspace.open(home).dismissed_alerts.dismiss(KEY, "2026Q01", sentence="kept")
    home.workspace.unlink()
    assert Workspace.open(home).dismissed_alerts.all() == [kept]


def test_a_lost_journal_is_put_together_from_the_database(home: Home) -> None:
    kept = Workspace.open(home).dismissed_alerts.dismiss(KEY, "2026Q01", sentence="kept")
    home.journal.unlink()
    assert Workspace.open(home).dismissed_alerts.all() == [kept]


def test_a_key_of_a_newer_program_is_passed_over(home: Home) -> None:
    workspace = Workspace.open(home)
    kept = workspace.dismissed_alerts.dismiss(KEY, "2026Q01", sentence="kept")
    with workspace._records.exclusive() as held:
        held.put("dismissed_alert", f"{KEY} 2026Q01", {**_as_kept(home), "reason": "new"})
    assert workspace.dismissed_alerts.all() == [kept]


def _as_kept(home: Home) -> dict[str, str]:
    import json

    with closing(sqlite3.connect(home.workspace)) as connection:
        (data,) = connection.execute("SELECT data FROM records WHERE kind = 'dismissed_alert'").fetchone()
    kept: dict[str, str] = json.loads(data)
    return kept

"""Alerts, brought to the states that are pictured."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from jobcentre_desk.gui.alerts_dialog import AlertsDialog
from jobcentre_desk.gui.window_desk import WindowDesk
from jobcentre_desk.gui.window_picture import settle

WITH_AN_ALERT = "751"
"""A municipality of the small demonstration in which something stands out."""


def alerts(desk: WindowDesk) -> QWidget:
    """What stands out in a municipality."""
    return _opened(desk, WITH_AN_ALERT)


def alerts_none(desk: WindowDesk) -> QWidget:
    """A municipality in which nothing stands out."""
    return _opened(desk, "730")


def alerts_dismissed(desk: WindowDesk) -> QWidget:
    """The alert put away, with the way back, and the history open; it is taken back before the picture is kept."""
    opened = _opened(desk, WITH_AN_ALERT)
    [row] = opened.list.rows
    opened.list.dismiss(row.alert)
    assert settle(desk)
    opened.list.history_link.click()
    desk.workspace.dismissed_alerts.restore(row.alert.key, row.alert.period)
    return opened


def alerts_of_empty_shortlist(desk: WindowDesk) -> QWidget:
    """The shortlist before anybody is on it."""
    return _opened(desk, "")


def _opened(desk: WindowDesk, code: str) -> AlertsDialog:
    dialog = AlertsDialog(desk.context, code, desk.window)
    dialog.open()
    assert settle(desk)
    return dialog

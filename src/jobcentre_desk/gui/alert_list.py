"""Alerts under one another with their budget: open the unit, dismiss with undo, what was dismissed folded away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jobcentre_desk import text
from jobcentre_desk.errors import DeskError
from jobcentre_desk.gui.alert_row import AlertRow
from jobcentre_desk.gui.buttons import LinkButton
from jobcentre_desk.gui.card_frame import plain_label
from jobcentre_desk.gui.theme import TypeRole
from jobcentre_desk.model.alerts import Alert, AlertList
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

if TYPE_CHECKING:
    from jobcentre_desk.gui.context import PageContext
    from jobcentre_desk.model.workspace_records import DismissedAlert
    from jobcentre_desk.workspace.dismissed_alerts import DismissedAlerts

MOST_ROWS = 60
"""Rows shown before a click asks for the others."""


class AlertListView(QWidget):
    """Shows an `AlertList`; `changed` tells that something was dismissed or taken back, so that it is asked anew."""

    changed = Signal()
    open_wanted = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.rows: list[AlertRow] = []
        self._last: Alert | None = None
        self._folded = True
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.sentence = plain_label("", TypeRole.STRONG, wrap=True)
        self.note = plain_label("", TypeRole.CAPTION, wrap=True, quiet=True)
        self._undo_row = self._made_undo_row()
        self._body = QWidget()
        self._list = QVBoxLayout(self._body)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(2)
        for widget in (self.sentence, self.note, self._undo_row, self._body):
            column.addWidget(widget)
        column.addStretch(1)

    def show_alerts(self, alerts: AlertList) -> None:
        """Show another list, or the same one after something changed."""
        self.sentence.setText(alerts.sentence)
        self.note.setText(alerts.note)
        self._clear()
        self._add_rows(alerts.rows, dismissed=False, most=MOST_ROWS)
        if not alerts.rows and alerts.dismissed:
            from jobcentre_desk.desk.alert_wording import nothing_left_sentence

            self._list.addWidget(plain_label(nothing_left_sentence(len(alerts.dismissed)), wrap=True))
        history = [one for one in self._dismissed().all() if one.key.startswith(f"{alerts.scope} ")]
        if history:
            self._add_dismissed(alerts, history)

    def _add_rows(self, alerts: tuple[Alert, ...], *, dismissed: bool, most: int) -> None:
        act: Callable[[Alert], None] = self.take_back if dismissed else self.dismiss
        for alert in alerts[:most]:
            row = AlertRow(alert, dismissed=dismissed)
            row.open_wanted.connect(self.open_wanted)
            row.put_away.connect(act)
            self._list.addWidget(row)
            if not dismissed:
                self.rows.append(row)
        more = len(alerts) - most
        if more > 0:
            link = LinkButton(_n("Show {n} more alert", "Show {n} more alerts", more).format(n=text.count(more)))
            link.clicked.connect(lambda _checked=False: self._show_more(link, alerts, dismissed=dismissed))
            self._list.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_more(self, link: LinkButton, alerts: tuple[Alert, ...], *, dismissed: bool) -> None:
        link.hide()
        self._add_rows(alerts[MOST_ROWS:], dismissed=dismissed, most=len(alerts))

    def _add_dismissed(self, alerts: AlertList, history: list[DismissedAlert]) -> None:
        """The dismissed ones behind a link: those that would be flagged now can be taken back, the others are told."""
        self.history_link = LinkButton(
            _n("{n} dismissed alert", "{n} dismissed alerts", len(history)).format(n=text.count(len(history))),
            icon_name="clock",
        )
        self._list.addSpacing(8)
        self._list.addWidget(self.history_link, 0, Qt.AlignmentFlag.AlignLeft)
        self.history = QWidget()
        lines = QVBoxLayout(self.history)
        lines.setContentsMargins(12, 0, 0, 0)
        lines.setSpacing(2)
        flagged = {alert.key: alert for alert in alerts.dismissed}
        for one in history:
            self._add_dismissed_row(lines, one, flagged.pop(one.key, None))
        self.history.setVisible(not self._folded)
        self.history_link.clicked.connect(lambda _checked=False: self._unfold())
        self._list.addWidget(self.history)

    def _add_dismissed_row(self, lines: QVBoxLayout, one: DismissedAlert, alert: Alert | None) -> None:
        from jobcentre_desk.desk.alert_wording import dismissed_words

        if alert is not None:
            row = AlertRow(alert, dismissed=True)
            row.open_wanted.connect(self.open_wanted)
            row.put_away.connect(self.take_back)
            lines.addWidget(row)
        else:
            lines.addWidget(plain_label(one.sentence, wrap=True))
        when = text.date(dt.datetime.fromisoformat(one.dismissed_at).astimezone().date())
        lines.addWidget(plain_label(dismissed_words(one.period, when, one.by), TypeRole.CAPTION, wrap=True, quiet=True))

    def _unfold(self) -> None:
        self._folded = not self._folded
        self.history.setVisible(not self._folded)

    def dismiss(self, alert: Alert) -> None:
        """Put an alert away until a wholly new period says it again; it can be undone at once."""
        if self._done(lambda kept: kept.dismiss(alert.key, alert.period, sentence=_told(alert))):
            self._last = alert
            self.changed.emit()
            self._undo_row.show()
            self.undo.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_back(self, alert: Alert) -> None:
        """Take a dismissed alert back into the list, whichever period it was dismissed for."""
        periods = [one.period for one in self._dismissed().all() if one.key == alert.key]

        def restore(kept: DismissedAlerts) -> None:
            for period in periods:
                if period >= alert.period_from:
                    kept.restore(alert.key, period)

        if self._done(restore):
            self._undo_row.hide()
            self.changed.emit()

    def _undo_last(self) -> None:
        if self._last is not None:
            self.take_back(self._last)

    def _done(self, act: Callable[[DismissedAlerts], object]) -> bool:
        try:
            act(self._dismissed())
        except DeskError as fault:
            self._context.notices.fail(str(fault), cause="alert")
            self.note.setText(str(fault))
            return False
        return True

    def _dismissed(self) -> DismissedAlerts:
        return self._context.workspace.dismissed_alerts

    def _made_undo_row(self) -> QWidget:
        ground = QWidget()
        row = QHBoxLayout(ground)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        words = _("The alert is dismissed; it comes back only with a wholly new period.")
        row.addWidget(plain_label(words, wrap=True), 1)
        self.undo = LinkButton(_("Undo"))
        self.undo.clicked.connect(lambda _checked=False: self._undo_last())
        row.addWidget(self.undo)
        ground.hide()
        return ground

    def _clear(self) -> None:
        self.rows.clear()
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


def _told(alert: Alert) -> str:
    return f"{alert.unit_name}: {alert.sentence}"

"""Alerts that a person has dismissed: remembered by a key that every release shares, with the period they spoke of."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from jobcentre_desk.model.workspace_records import DismissedAlert
from jobcentre_desk.text import clean
from jobcentre_desk.workspace.records import Records

_DISMISSED = "dismissed_alert"
LONGEST_SENTENCE = 500


class DismissedAlerts:
    """The dismissed alerts of one workspace, a record for each alert and period."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def all(self) -> list[DismissedAlert]:
        """All that were ever dismissed and not taken back, the latest first."""
        found = [_dismissed_of(entry.data or {}) for entry in self._records.all(_DISMISSED)]
        return sorted(found, key=lambda one: one.dismissed_at, reverse=True)

    def periods(self) -> dict[str, str]:
        """The latest dismissed period of each alert by its key."""
        latest: dict[str, str] = {}
        for one in self.all():
            latest[one.key] = max(latest.get(one.key, ""), one.period)
        return latest

    def dismiss(self, key: str, period: str, *, sentence: str, by: str = "") -> DismissedAlert:
        """Remember that an alert of `period` was seen and put away."""
        now = dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
        words = clean(sentence, longest=LONGEST_SENTENCE)
        kept = DismissedAlert(key=key, period=period, sentence=words, by=clean(by), dismissed_at=now)
        with self._records.exclusive() as held:
            held.put(_DISMISSED, _record_key(key, period), dataclasses.asdict(kept))
        return kept

    def restore(self, key: str, period: str) -> None:
        """Forget that an alert of `period` was dismissed, so that it stands in its list again."""
        with self._records.exclusive() as held:
            held.delete(_DISMISSED, _record_key(key, period))


def _record_key(key: str, period: str) -> str:
    return f"{key} {period}"


def _dismissed_of(data: dict[str, Any]) -> DismissedAlert:
    """The alert as kept; keys of a newer program are passed over."""
    return DismissedAlert(**{field.name: str(data.get(field.name, "")) for field in dataclasses.fields(DismissedAlert)})

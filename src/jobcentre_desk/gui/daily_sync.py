"""A quiet try to fetch new figures once a day: behind the window, without a word when it comes to nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from jobcentre_desk.gui.figures_age import moment_of

if TYPE_CHECKING:
    from jobcentre_desk.gui.syncing import Syncing

AFTER = dt.timedelta(hours=20)
LOOK_EVERY_MS = 3_600_000
LOOK_AGAIN_MS = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyFacts:
    """What decides whether to try: asked anew each time; times are local, None = never.

    `keep_try` remembers the moment of a try (ISO 8601) over the end of the program.
    """

    wanted: Callable[[], bool]
    has_sources: Callable[[], bool]
    fetched: Callable[[], dt.datetime | None]
    last_try: Callable[[], str]
    keep_try: Callable[[str], None]


class DailySync(QObject):
    """Looks at the start and every hour; a sync that a person started counts as a try, too."""

    def __init__(self, syncing: Syncing, facts: DailyFacts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._syncing, self._facts = syncing, facts
        self._hourly = QTimer(self, interval=LOOK_EVERY_MS)
        self._hourly.timeout.connect(self.look)
        self._soon = QTimer(self, interval=LOOK_AGAIN_MS, singleShot=True)
        self._soon.timeout.connect(self.look)
        syncing.changed.connect(self._on_syncing_changed)

    def begin(self) -> None:
        """Look now, and every hour from now on."""
        if not self._hourly.isActive():
            self._hourly.start()
            self.look()

    def look(self) -> None:
        """Try when the last try and the newest figures are both over 20 hours old; never while a dialog is open."""
        if self._syncing.running or not self.is_due(dt.datetime.now().astimezone()):
            return
        if QApplication.activeModalWidget() is not None or QApplication.activePopupWidget() is not None:
            self._soon.start()
            return
        self._syncing.start((), asked_by_person=False)

    def is_due(self, now: dt.datetime) -> bool:
        """Whether it is time, as far as settings, sources and clock say; a time in the future counts as none."""
        facts = self._facts
        if not facts.wanted() or not facts.has_sources():
            return False
        former = (moment_of(facts.last_try()), facts.fetched())
        return not any(moment is not None and dt.timedelta() <= now - moment <= AFTER for moment in former)

    def _on_syncing_changed(self) -> None:
        """Every sync of all sources begins with remembering that it was tried."""
        if self._syncing.running and not self._syncing.names and not self._tried_just_now():
            self._facts.keep_try(dt.datetime.now().astimezone().isoformat(timespec="seconds"))

    def _tried_just_now(self) -> bool:
        last = moment_of(self._facts.last_try())
        return last is not None and dt.timedelta() <= dt.datetime.now().astimezone() - last < dt.timedelta(minutes=1)

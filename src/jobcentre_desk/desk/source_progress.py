"""How far one source of a running sync is: bytes and rows, told at most ten times a second."""

from __future__ import annotations

import time
from dataclasses import replace

from jobcentre_desk.model.services import SourceProgress, Watch
from jobcentre_desk.task import REPORTS_PER_SECOND


class ProgressOfSource:
    """Counts for one source and tells `watch`; used from the thread of the sync alone."""

    def __init__(self, name: str, watch: Watch | None) -> None:
        self._now = SourceProgress(name=name, stage="")
        self._watch = watch
        self._told_at = float("-inf")

    def begin(self, stage: str) -> None:
        """Say what is done now, in a finished word; always told."""
        self._now = replace(self._now, stage=stage)
        self._tell()

    def expect_bytes(self, many: int) -> None:
        """Say how many bytes are to come beside those that came."""
        self._now = replace(self._now, bytes_total=self._now.bytes_fetched + many)
        self._tell()

    def add_bytes(self, many: int) -> None:
        """Count bytes that came; more than were expected raise what is expected."""
        fetched = self._now.bytes_fetched + many
        total = self._now.bytes_total and max(self._now.bytes_total, fetched)
        self._change(bytes_fetched=fetched, bytes_total=total)

    def add_rows(self, many: int) -> None:
        """Count rows that were read and checked."""
        self._change(rows_read=self._now.rows_read + many)

    def pass_on(self, progress: SourceProgress) -> None:
        """Take over what a service's reader tells, under the name of this source."""
        new_stage = progress.stage != self._now.stage
        self._now = replace(progress, name=self._now.name)
        if new_stage:
            self._tell()
        else:
            self._change()

    def _change(self, **counts: int) -> None:
        self._now = replace(self._now, **counts)  # type: ignore[arg-type]
        if time.monotonic() - self._told_at >= 1 / REPORTS_PER_SECOND:
            self._tell()

    def _tell(self) -> None:
        self._told_at = time.monotonic()
        if self._watch is not None:
            self._watch(self._now)

"""A home with one source, for tests of syncing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jobcentre_desk.cache.snapshot import open_newest
from jobcentre_desk.desk.source_list import add_source
from jobcentre_desk.desk.sync import SourceResult, sync
from jobcentre_desk.paths import Home
from jobcentre_desk.sources.fetch import FetchLimits
from jobcentre_desk.task import Task
from jobcentre_desk.workspace.store import Workspace

QUICK = FetchLimits(
    whole_sync=20,
    connect=2,
    silence=0.4,
    rate_after=0.3,
    least_rate=500,
    tries=2,
    first_pause=0.02,
    waits=(0.02, 0.02, 0.02),
)
"""As patient as a test may be."""


@dataclass(frozen=True)
class SyncedHome:
    """A home folder with its workspace."""

    home: Home
    workspace: Workspace

    @classmethod
    def at(cls, home: Home) -> SyncedHome:
        """An empty one."""
        return cls(home, Workspace.open(home))

    def add(self, location: Path | str, key: str = "", *, name: str = "north", **facts: Any) -> None:
        """Add a source."""
        add_source(self.workspace, name=name, location=str(location), key=key, **facts)

    def sync(self, *, name: str = "north", task: Task | None = None, limits: FetchLimits = QUICK) -> SourceResult:
        """Sync everything; how the source `name` fared."""
        result = sync(self.home, self.workspace, task=task or Task(), limits=limits)
        return next(source for source in result.sources if source.name == name)

    def rows(self, query: str) -> list[Any]:
        """What the newest snapshot answers."""
        snapshot = open_newest(self.home)
        if snapshot is None:
            return []
        try:
            return snapshot.connect().execute(query).fetchall()
        finally:
            snapshot.close()

    def content(self) -> dict[str, list[Any]]:
        """Everything a release brings, by table."""
        tables = ("areas", "branches", "employers", "outcomes", "measures", "figures", "practices", "cards", "blocks")
        return {table: self.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables}

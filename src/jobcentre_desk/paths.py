"""Where everything lies: one home folder for data, and the files shipped with the program."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds all state of one user."""

    root: Path

    @property
    def snapshots(self) -> Path:
        """Folder of `snap-<number, 8 digits>-<sha256>.db`."""
        return self.root / "snapshots"

    @property
    def incoming(self) -> Path:
        """Folder of files fetched but not yet built into a snapshot, named by hash."""
        return self.root / "incoming"

    @property
    def releases(self) -> Path:
        """Folder of the files that the snapshots were built from, named by hash: what is copied to a stick."""
        return self.root / "releases"

    @property
    def imports(self) -> Path:
        """Folder of authority files taken in, each as an unsigned publication in a folder of its own."""
        return self.root / "imports"

    @property
    def workspace(self) -> Path:
        """The user's own SQLite file."""
        return self.root / "workspace.db"

    @property
    def journal(self) -> Path:
        """The append-only journal beside the workspace."""
        return self.root / "workspace.jsonl"

    @property
    def settings(self) -> Path:
        """The settings as JSON."""
        return self.root / "settings.json"

    @property
    def log(self) -> Path:
        """The program's log."""
        return self.root / "log" / "jobcentre-desk.log"


def default_home() -> Home:
    """The local (never roaming) application data folder of this user."""
    import platformdirs  # 5 ms that a home given by --home saves

    return Home(Path(platformdirs.user_data_dir("JobcentreDesk", appauthor=False, roaming=False)))


def shipped(folder: str) -> Path:
    """`resources` or `data` as shipped: inside a built program or wheel, else at the top of the checkout."""
    bundle = getattr(sys, "_MEIPASS", None)
    candidates = [Path(bundle) / folder] if bundle else []
    here = Path(__file__).resolve().parent
    candidates += [here / folder, here.parents[1] / folder]
    return next((path for path in candidates if path.is_dir()), candidates[-1])

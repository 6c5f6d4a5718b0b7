"""Syncs one home and prints the seconds it took and the most memory the process held: `sync_probe.py HOME`."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from benchmarks.resident import peak_mib

from jobcentre_desk.desk.sync import sync
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task
from jobcentre_desk.workspace.store import Workspace


def main(folder: str) -> None:
    """Sync everything; a source that fails ends the measurement."""
    home = Home(Path(folder))
    workspace = Workspace.open(home)
    started = time.perf_counter()
    result = sync(home, workspace, task=Task()).sources[0]
    seconds = time.perf_counter() - started
    workspace.close()
    assert result.error is None, result.error
    told = {"seconds": seconds, "peak_mib": peak_mib(), "files": result.files_fetched, "bytes": result.bytes_fetched}
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1])

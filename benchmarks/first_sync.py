"""The full first sync from disk, beside executemany of the same rows into the same table in the same run."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from statistics import median
from typing import Any

from benchmarks.ground import Ground, add_to_home
from benchmarks.probes import run_probe
from benchmarks.results import Limit, Result

from jobcentre_desk.cache.schema import SCHEMA, outcome_ids
from jobcentre_desk.cache.snapshot import open_newest

TIMES = 3
MOST_MIB = {"small": 300.0, "country": 300.0, "tenfold": 1600.0}
TIMES_EXECUTEMANY = 5.0


def measure(ground: Ground) -> list[Result]:
    """Turn and turn about: one sync in a process of its own, one executemany."""
    syncs, plain = [], []
    for _turn in range(ground.repeats(TIMES)):
        syncs.append(first_sync(ground))
        plain.append(_executemany(ground))
    seconds = tuple(sync["seconds"] for sync in syncs)
    reach = Limit(
        statistic="median",
        at_most=TIMES_EXECUTEMANY * median(plain),
        origin=f"{TIMES_EXECUTEMANY:g} × executemany",
    )
    memory = Limit(statistic="worst", at_most=MOST_MIB[ground.size])
    peaks = tuple(sync["peak_mib"] for sync in syncs)
    return [
        Result(job="first sync: executemany of its outcomes alone", samples=tuple(plain), unit="s"),
        Result(job="first sync: everything, from a folder", samples=seconds, unit="s", limits=(reach,)),
        Result(job="first sync: most memory of its process", samples=peaks, unit="MiB", limits=(memory,)),
    ]


def first_sync(ground: Ground) -> dict[str, Any]:
    """Sync an empty home with release 1; what the probe tells."""
    home = ground.empty_home("home-first")
    add_to_home(home, str(ground.publication()))
    return run_probe("sync_probe", str(home.root))


def _executemany(ground: Ground) -> float:
    """Seconds to insert the rows of every quarter, held in memory, into an empty table of a snapshot, and commit."""
    path = ground.folder / "executemany.db"
    path.unlink(missing_ok=True)
    seconds = 0.0
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("page_size = 8192", "journal_mode = OFF", "synchronous = OFF"):
            connection.execute(f"PRAGMA {pragma}")
        connection.executescript(SCHEMA)
        connection.execute("BEGIN")
        for rows in _quarters(ground):
            started = time.perf_counter()
            connection.executemany(f"INSERT INTO outcomes VALUES (?{', ?' * (len(rows[0]) - 1)})", rows)
            seconds += time.perf_counter() - started
        started = time.perf_counter()
        connection.execute("COMMIT")
        seconds += time.perf_counter() - started
    path.unlink()
    return seconds


def _quarters(ground: Ground) -> Iterator[list[tuple[int | None, ...]]]:
    snapshot = open_newest(ground.home, check_hash=False)
    assert snapshot is not None
    connection = snapshot.connect()
    quarters = connection.execute("SELECT DISTINCT source, quarter FROM blocks ORDER BY source, quarter").fetchall()
    for source, quarter in quarters:
        ids = outcome_ids(source, quarter)
        rows = connection.execute("SELECT * FROM outcomes WHERE id >= ? AND id < ? ORDER BY id", ids).fetchall()
        if rows:
            yield rows
    snapshot.close()

"""Building the next snapshot beside the newest one, and giving it its name in one rename when it is whole.

While it is built it has no name that any start would take, so it needs neither a journal nor a sync to disk; the
sync comes at the end. A crash at any moment leaves the former snapshot and a file that the next start removes.
"""

from __future__ import annotations

import os
import re
import sqlite3
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from jobcentre_desk.cache.employer_blocks import employer_blocks, employers_went, updated_employer_blocks
from jobcentre_desk.cache.migrations import migrate
from jobcentre_desk.cache.prior_fits import fit_priors
from jobcentre_desk.cache.snapshot import BUILDING_SUFFIX, Snapshot, SnapshotDamaged, is_whole, sha256_of
from jobcentre_desk.cache.snapshot_lock import unwritable
from jobcentre_desk.files import sync_folder
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

PAGE_BYTES = 8192
CACHE_KIB = 8_192
COPY_CHUNK_BYTES = 1 << 23
_NUMBERED = re.compile(r"snap-(\d{8})-")

MakeFirstPage = Callable[[Snapshot, int], str]
"""Gives the ready first page of a source (its id) from a snapshot that has all but it; "" for none."""
Different: TypeAlias = Collection[int] | None
"""Numbers of the employers of a source that differ since the copied snapshot; None = any may."""
NOTHING: Mapping[int, Different] = MappingProxyType({})


class NextSnapshot:
    """A snapshot being built; `connection` stays inside one transaction until `finish`."""

    def __init__(
        self, home: Home, path: Path, connection: sqlite3.Connection, *, task: Task, proof: Future[bool] | None
    ) -> None:
        self.connection = connection
        self._home = home
        self._path = path
        self._task = task
        self._proof = proof
        self._branches = _branches(connection)

    def finish(self, make_first_page: MakeFirstPage | None, *, touched: Mapping[int, Different] = NOTHING) -> Path:
        """Work out what the rows imply, force everything to disk and rename it once; gives the snapshot's path.

        `touched` are the ids of the sources whose employers or outcomes may be others now, with the employers that
        differ; nothing of other sources is worked out anew, unless the branches they are compared within changed
        or employers of theirs had to go with a code. Raises SnapshotDamaged when the copied snapshot was.
        """
        all_touched = self._all_touched(touched)
        if all_touched:
            self._task.report(0, 0, _("Working out comparisons"))
        for source, employers in all_touched.items():
            write_derived(self.connection, source, employers=employers)
        self.connection.execute("COMMIT")
        self.connection.execute("PRAGMA shrink_memory")
        if make_first_page is not None:
            self._write_first_pages(make_first_page, all_touched)
        self.connection.close()
        self.require_proof()
        self._task.report(0, 0, _("Putting figures in place"))
        return _put_in_place(self._home, self._path, task=self._task)

    def require_proof(self) -> None:
        """Wait for the proof that the copied snapshot has the hash of its name."""
        if self._proof is not None and not self._proof.result():
            raise SnapshotDamaged(_("The figures on this machine are damaged."), _("Sync again to fetch them anew."))

    def _all_touched(self, given: Mapping[int, Different]) -> dict[int, Different]:
        touched = dict(given)
        branches_changed = _branches(self.connection) != self._branches
        for (source,) in self.connection.execute("SELECT DISTINCT source FROM employer_blocks").fetchall():
            different = touched.get(source, ())
            if different is not None and not different and employers_went(self.connection, source):
                touched[source] = None
            elif branches_changed:
                touched.setdefault(source, ())
        return touched

    def _write_first_pages(self, make_first_page: MakeFirstPage, touched: Collection[int]) -> None:
        if not touched:
            return
        unnamed = Snapshot(self._path, number=0)
        try:
            pages = {source: make_first_page(unnamed, source) for source in touched}
        finally:
            unnamed.close()
        self.connection.execute("BEGIN")
        for source, page in pages.items():
            self.connection.execute("DELETE FROM first_page WHERE source = ?", (source,))
            if page:
                self.connection.execute("INSERT INTO first_page (source, data) VALUES (?, ?)", (source, page))
        self.connection.execute("COMMIT")


@contextmanager
def next_snapshot(home: Home, newest: Snapshot | None, *, task: Task) -> Iterator[NextSnapshot]:
    """A copy of the newest snapshot (or an empty one) to be changed; thrown away unless it was finished.

    Only for the holder of the sync lock. Raises FileUnwritable for a home that cannot be written or is full, and
    SnapshotDamaged when the newest one does not have the hash of its name (proved beside the building).
    """
    path = home.snapshots / f"next-{os.getpid()}{BUILDING_SUFFIX}"
    connection: sqlite3.Connection | None = None
    with _faults_told(home), ThreadPoolExecutor(1) as pool:
        try:
            home.snapshots.mkdir(parents=True, exist_ok=True)
            proof = pool.submit(is_whole, newest.path, task=task) if newest else None
            if newest is not None:
                _copy(newest.path, path, task=task)
            connection = _open_for_building(path)
            building = NextSnapshot(home, path, connection, task=task, proof=proof)
            try:
                yield building
            except sqlite3.DatabaseError:
                building.require_proof()
                raise
        finally:
            if connection is not None:
                connection.close()
            with suppress(OSError):
                path.unlink(missing_ok=True)


def write_derived(connection: sqlite3.Connection, source: int, *, employers: Different = None) -> None:
    """Write everything that follows from the rows of a source's employers and outcomes: their blocks and the priors.

    `employers` are the numbers of those whose rows differ from the blocks that are there; None makes all blocks anew.
    """
    known_through = connection.execute("SELECT known_through FROM sources WHERE id = ?", (source,)).fetchone()[0]
    if employers is None or employers:
        blocks = _employer_blocks(connection, source, employers)
        connection.execute("DELETE FROM employer_blocks WHERE source = ?", (source,))
        rows = [(source, name, data) for name, data in blocks.items()]
        connection.executemany("INSERT INTO employer_blocks (source, name, data) VALUES (?, ?, ?)", rows)
    connection.execute("DELETE FROM priors WHERE source = ?", (source,))
    connection.executemany(
        "INSERT INTO priors (source, window, level_code, alpha, beta, employers, capped) VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((source, *row) for row in fit_priors(connection, source, known_through)),
    )


def _employer_blocks(connection: sqlite3.Connection, source: int, different: Different) -> dict[str, bytes]:
    if different is None:
        return employer_blocks(connection, source)
    return updated_employer_blocks(connection, source, different)


def _branches(connection: sqlite3.Connection) -> list[tuple[int, str, str, int]]:
    """What priors and badges need to know of the branches: which is part of which."""
    return connection.execute("SELECT id, code, parent, level FROM branches ORDER BY id").fetchall()


@contextmanager
def _faults_told(home: Home) -> Iterator[None]:
    """A folder or disk that takes no more, in a sentence."""
    try:
        yield
    except OSError as error:
        raise unwritable(home.snapshots, error) from error
    except sqlite3.OperationalError as error:  # a full disk, as SQLite tells it
        raise unwritable(home.snapshots, OSError(0, str(error))) from error


def _copy(source: Path, target: Path, *, task: Task) -> None:
    """Copy within the kernel where it can, else piece by piece; stops when the task is cancelled."""
    with source.open("rb", buffering=0) as old, target.open("wb", buffering=0) as new:
        if sys.platform == "linux":
            with suppress(OSError):  # some file systems cannot; the loop below goes on from there
                while os.copy_file_range(old.fileno(), new.fileno(), COPY_CHUNK_BYTES):
                    task.stop_if_cancelled()
        while chunk := old.read(COPY_CHUNK_BYTES):
            new.write(chunk)
            task.stop_if_cancelled()


def _open_for_building(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for pragma in (
        f"page_size = {PAGE_BYTES}",
        "journal_mode = OFF",
        "synchronous = OFF",
        f"cache_size = -{CACHE_KIB}",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")
    migrate(connection)
    connection.execute("BEGIN")
    return connection


def _put_in_place(home: Home, path: Path, *, task: Task) -> Path:
    """Force the file to disk while its hash is worked out, then rename it and force the rename."""
    with path.open("rb+") as file, ThreadPoolExecutor(1) as pool:
        forced = pool.submit(os.fsync, file.fileno())
        digest = sha256_of(path, task=task)
        forced.result()
    name = home.snapshots / f"snap-{_next_number(home):08d}-{digest}.db"
    path.replace(name)
    sync_folder(home.snapshots)
    return name


def _next_number(home: Home) -> int:
    """One more than any number ever given here, damaged snapshots included."""
    matches = (_NUMBERED.match(path.name) for path in home.snapshots.iterdir())
    return max((int(match[1]) for match in matches if match), default=0) + 1

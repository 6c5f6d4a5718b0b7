"""Syncing: ask every source for its newest release, build one next snapshot from what came, say what changed."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from jobcentre_desk.cache.arrivals import DefinitionChange, ReleaseChanges, RowCounts
from jobcentre_desk.cache.publishers import description_hash
from jobcentre_desk.cache.service_writer import ServiceArrival
from jobcentre_desk.cache.snapshot import Snapshot, SnapshotDamaged, number_of, set_aside, sources, tidy
from jobcentre_desk.cache.snapshot_lock import sync_lock
from jobcentre_desk.cache.upgrade import open_current_locked
from jobcentre_desk.desk.arriving import Arriving, arrive, loaded_source
from jobcentre_desk.desk.asking import ask_service
from jobcentre_desk.desk.import_folders import location_of, tidy_imports
from jobcentre_desk.desk.keeping import held_resources, keep_whole_release, keeping, tidy_kept_files
from jobcentre_desk.desk.publisher_keys import remember_release
from jobcentre_desk.desk.services import ServiceOf, service_of
from jobcentre_desk.desk.source_progress import ProgressOfSource
from jobcentre_desk.errors import DeskError, InputRefused
from jobcentre_desk.model.publication import RowProblem
from jobcentre_desk.model.services import SERVICES, Watch
from jobcentre_desk.model.workspace_records import SequenceSeen, SourceEntry
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing.row_problems import RowsRefused
from jobcentre_desk.sources.fetch import FetchLimits
from jobcentre_desk.sources.incoming import Incoming
from jobcentre_desk.sources.publication_source import PublicationSource, open_source
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _
from jobcentre_desk.workspace.store import Workspace

NEW, UNCHANGED, FAILED = "new", "unchanged", "failed"


@dataclass(frozen=True, slots=True)
class SnapshotRef:
    """Which snapshot is the newest now."""

    number: int
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceResult:
    """How one source fared: `result` is new, unchanged or failed; rows are counted on the key of each table.

    `sequence` is the release in use afterwards (None = none); `error` is a sentence with its remedy, and `problems`
    the first hundred rows that broke a rule. A service that is not failed may have problems, too: `warnings` of
    them, each something that could not be used while everything else was.
    """

    name: str
    result: str
    sequence: int | None
    files_fetched: int = 0
    bytes_fetched: int = 0
    rows_new: int = 0
    rows_changed: int = 0
    rows_gone: int = 0
    seconds: float = 0.0
    error: str | None = None
    error_id: str | None = None
    problems: tuple[RowProblem, ...] = ()
    warnings: int = 0
    tables: dict[str, RowCounts] = field(default_factory=dict)
    definitions_changed: tuple[DefinitionChange, ...] = ()


@dataclass(frozen=True, slots=True)
class SyncResult:
    """The snapshot in use after a sync (None = there are no figures yet), and how each source fared."""

    snapshot: SnapshotRef | None
    sources: tuple[SourceResult, ...]


def sync(
    home: Home,
    workspace: Workspace,
    names: Sequence[str] = (),
    *,
    task: Task,
    limits: FetchLimits | None = None,
    locations: Mapping[str, str] | None = None,
    watch: Watch | None = None,
    services: ServiceOf = service_of,
) -> SyncResult:
    """Bring the sources `names` (all when empty) to their newest release; sources no longer listed go away.

    `locations` says where sources are read this once (a stick), by their names; where they stand stays as it is.
    `watch` is told how far each source is, on this thread, at most ten times a second; `services` gives who reads
    each kind of service.
    A source that fails keeps the figures it has and does not stop the others. Raises InputRefused for an unknown
    name, FileUnwritable for a home that cannot be written, SnapshotUnusable while another process syncs, and
    TaskCancelled; whatever is raised, the snapshot in use is the former or the next one, whole.
    """
    listed = workspace.sources()
    entries = _chosen(listed, names)
    with sync_lock(home):
        tidy(home)
        while True:
            newest = open_current_locked(home, check_hash=False, task=task)
            run = _Run(home, workspace, newest, task=task, limits=limits or FetchLimits(), locations=locations or {})
            run.watch, run.services = watch, services
            try:
                return run.sync(entries, listed=frozenset(entry.name for entry in listed))
            except SnapshotDamaged:
                assert newest is not None
                run.close()
                set_aside(newest.path)
            finally:
                run.close()


def _chosen(entries: list[SourceEntry], names: Sequence[str]) -> list[SourceEntry]:
    known = {entry.name: entry for entry in entries}
    for name in names:
        if name not in known:
            raise InputRefused(
                _("There is no source named {name}.").format(name=name),
                _("See the names with 'source list'."),
            )
    return [known[name] for name in dict.fromkeys(names)] or entries


class _Run:
    """One sync over one newest snapshot."""

    def __init__(
        self,
        home: Home,
        workspace: Workspace,
        newest: Snapshot | None,
        *,
        task: Task,
        limits: FetchLimits,
        locations: Mapping[str, str],
    ) -> None:
        self._home = home
        self._workspace = workspace
        self._newest = newest
        self._task = task
        self._limits = limits
        self._locations = locations
        self._ends_at = time.monotonic() + limits.whole_sync
        self.watch: Watch | None = None
        self.services: ServiceOf = service_of
        self._open: list[PublicationSource] = []
        self._arriving: dict[str, Arriving] = {}
        self._asked: dict[str, ServiceArrival] = {}
        self._progress: dict[str, ProgressOfSource] = {}
        self._results: dict[str, SourceResult] = {}

    def close(self) -> None:
        """Let go of the sources and of the snapshot."""
        while self._open:
            self._open.pop().close()
        if self._newest is not None:
            self._newest.close()

    def sync(self, entries: list[SourceEntry], *, listed: frozenset[str]) -> SyncResult:
        for entry in entries:
            self._ask(entry)
        path = self._build(listed)
        if path is not None:
            self.close()
            tidy(self._home)
        elif self._newest is not None:
            path = self._newest.path
        tidy_kept_files(self._home)
        tidy_imports(self._home, self._workspace.sources())
        reference = SnapshotRef(number_of(path), path) if path else None
        return SyncResult(reference, tuple(self._results[entry.name] for entry in entries))

    def _ask(self, entry: SourceEntry) -> None:
        """Ask one source; what comes of it stands in `_arriving` or `_results`."""
        started = time.monotonic()
        loaded = loaded_source(self._newest, entry.name)
        result = SourceResult(name=entry.name, result=UNCHANGED, sequence=loaded.sequence if loaded else None)
        progress = self._progress[entry.name] = ProgressOfSource(entry.name, self.watch)
        progress.begin(_("Asking"))
        try:
            if entry.kind in SERVICES:
                result = self._ask_service(entry, result)
            else:
                result = self._ask_publication(entry, result)
        except DeskError as error:
            result = _failed(result, error)
        self._results[entry.name] = replace(result, seconds=time.monotonic() - started)
        progress.begin(_("Waiting") if result.result == NEW else _("Done"))

    def _ask_publication(self, entry: SourceEntry, result: SourceResult) -> SourceResult:
        source = self._open_source(entry)
        arriving = arrive(
            entry,
            source,
            self._newest,
            seen=self._workspace.sequence_seen,
            task=self._task,
        )
        held = held_resources(self._newest, entry.name)
        keep_whole_release(self._home, source, arriving, held=held, task=self._task)
        if arriving is None:
            return result
        watched = replace(arriving.arrival, rows_read=self._progress[entry.name].add_rows)
        self._arriving[entry.name] = replace(arriving, arrival=watched)
        return replace(result, result=NEW, files_fetched=len(arriving.needed))

    def _ask_service(self, entry: SourceEntry, result: SourceResult) -> SourceResult:
        asked = ask_service(
            entry,
            self._newest,
            task=self._task,
            limits=self._limits,
            ends_at=self._ends_at,
            progress=self._progress[entry.name],
            services=self.services,
        )
        told = replace(result, bytes_fetched=asked.bytes_fetched, problems=asked.problems, warnings=len(asked.problems))
        if asked.arrival is None:
            return told
        self._asked[entry.name] = asked.arrival
        return replace(told, result=NEW, files_fetched=asked.answers)

    def _open_source(self, entry: SourceEntry) -> PublicationSource:
        source = open_source(
            self._locations.get(entry.name) or location_of(self._home, entry),
            incoming=self._home.incoming,
            task=self._task,
            limits=self._limits,
            ends_at=self._ends_at,
            watched=self._progress[entry.name],
        )
        self._open.append(source)
        return keeping(self._home, source, signed=not entry.unsigned)

    def _build(self, listed: frozenset[str]) -> Path | None:
        """Build the next snapshot when there is anything to build it from."""
        loaded = sources(self._newest) if self._newest else []
        removed = [source.name for source in loaded if source.name not in listed]
        if not self._arriving and not self._asked and not removed:
            return None
        from jobcentre_desk.desk.building import build

        started = time.monotonic()
        for name in (*self._arriving, *self._asked):
            self._progress[name].begin(_("Checking rows"))
        built = build(self._home, self._newest, self._arriving, removed, services=self._asked, task=self._task)
        for name, error in built.refused.items():
            self._results[name] = _failed(self._results[name], error)
        for name, changes in built.changes.items():
            self._take_over(name, changes)
            former = self._results[name]
            self._results[name] = _counted(former, changes, seconds=former.seconds + time.monotonic() - started)
            self._progress[name].begin(_("Done"))
        return built.path

    def _take_over(self, name: str, changes: ReleaseChanges) -> None:
        """What came in is in the snapshot now: remember the release, throw its files away, tell its number."""
        if name in self._asked:
            former = self._results[name]
            self._results[name] = replace(
                former,
                result=NEW if changes.total or changes.definitions else UNCHANGED,
                sequence=changes.sequence,
                problems=changes.problems,
                warnings=len(changes.problems),
            )
            return
        arriving = self._arriving[name]
        arrival = arriving.arrival
        if arrival.key_id:
            release = SequenceSeen(
                key_id=arrival.key_id,
                sequence=arrival.publication.sequence,
                description_hash=description_hash(arrival.description),
            )
            remember_release(self._workspace, name, release)
        Incoming(self._home.incoming).forget(arriving.needed)
        self._results[name] = replace(
            self._results[name],
            sequence=arrival.publication.sequence,
            bytes_fetched=arriving.source.bytes_fetched,
        )


def _counted(result: SourceResult, changes: ReleaseChanges, *, seconds: float) -> SourceResult:
    total = changes.total
    return replace(
        result,
        rows_new=total.new,
        rows_changed=total.changed,
        rows_gone=total.gone,
        seconds=seconds,
        tables=changes.tables,
        definitions_changed=tuple(changes.definitions),
    )


def _failed(result: SourceResult, error: DeskError) -> SourceResult:
    problems = error.problems if isinstance(error, RowsRefused) else ()
    return replace(
        result,
        result=FAILED,
        files_fetched=0,
        error=str(error),
        error_id=error.error_id,
        problems=problems,
        warnings=0,
    )

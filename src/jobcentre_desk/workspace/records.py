"""Records of the workspace: journal and database kept in step, each mending the other.

A change takes the lock, goes to the journal (forced to disk), then to the database. Whoever finds the two out of
step, or one damaged, brings them together by the newest entry of each record; a damaged file is set aside.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jobcentre_desk.errors import WorkspaceUnusable
from jobcentre_desk.files import sync_folder
from jobcentre_desk.paths import Home
from jobcentre_desk.text import translate as _
from jobcentre_desk.workspace import setting_aside
from jobcentre_desk.workspace.database import (
    DatabaseContent,
    DatabaseDamaged,
    DatabaseOlder,
    apply_entries,
    connected,
    read_database,
    refuse_newer,
)
from jobcentre_desk.workspace.journal import (
    JOURNAL_VERSION,
    Entry,
    JournalContent,
    append_entry,
    latest,
    read_journal,
    write_journal,
)
from jobcentre_desk.workspace.lock import locked
from jobcentre_desk.workspace.migrations import migrate
from jobcentre_desk.workspace.unwritable import unwritable

Stamp = tuple[tuple[int, int, int] | None, tuple[int, int, int] | None]


class Held:
    """The records while this process alone may change them."""

    def __init__(self, home: Home, connection: sqlite3.Connection) -> None:
        self._home = home
        self._connection = connection
        self._content = read_database(home.workspace, mode="rw")

    def all(self, kind: str) -> list[Entry]:
        """All records of a kind, in the order they were last changed."""
        return [entry for entry in self._content.entries if entry.kind == kind]

    def get(self, kind: str, key: str) -> dict[str, Any] | None:
        """The data of one record, None when there is none."""
        return next((entry.data for entry in self.all(kind) if entry.key == key), None)

    def put(self, kind: str, key: str, data: dict[str, Any]) -> None:
        """Write a record; when this returns, it is on disk twice."""
        entry = Entry(number=self._next_number(), kind=kind, key=key, data=data)
        journal = self._home.journal
        before = journal.stat().st_size if journal.exists() else 0
        size = append_entry(journal, entry)
        try:
            self._apply(entry, size)
        except sqlite3.Error:
            os.truncate(journal, before)
            raise

    def put_all(self, kind: str, records: Mapping[str, dict[str, Any]]) -> None:
        """Write some records of a kind at once; when this returns, they are on disk twice."""
        first = self._next_number()
        entries = [Entry(number=first + at, kind=kind, key=key, data=records[key]) for at, key in enumerate(records)]
        journal = self._home.journal
        before = size = journal.stat().st_size if journal.exists() else 0
        try:
            for entry in entries:
                size = append_entry(journal, entry)
            apply_entries(self._connection, entries, journal_bytes=size)
        except (OSError, sqlite3.Error):
            if journal.exists():
                os.truncate(journal, before)
            raise
        self._content = read_database(self._home.workspace, mode="rw")

    def delete(self, kind: str, key: str) -> None:
        """Erase a record from the journal, the database and files that were set aside."""
        if self.get(kind, key) is None:
            return
        mark = Entry(number=self._next_number(), kind=kind, key=key, data=None)
        history = read_journal(self._home.journal).entries
        setting_aside.erase(self._home, [entry for entry in history if entry.identity == mark.identity])
        kept = [entry for entry in history if entry.identity != mark.identity]
        self._apply(mark, write_journal(self._home.journal, [*kept, mark]))

    def _next_number(self) -> int:
        return self._content.last_number + 1

    def _apply(self, entry: Entry, journal_bytes: int) -> None:
        apply_entries(self._connection, [entry], journal_bytes=journal_bytes)
        self._content = read_database(self._home.workspace, mode="rw")


class Records:
    """Everything the workspace of one home holds, by kind and key; safe for threads and for several processes."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._threads = threading.RLock()
        self._seen: tuple[Stamp, tuple[Entry, ...]] | None = None
        self.notices: list[str] = []

    def check_and_mend(self) -> None:
        """Compare journal and database fully; bring them in step where they are not and the folder can be written.

        Raises WorkspaceUnusable when a newer program wrote them; nothing is changed then.
        """
        with self._threads:
            if self.problems():
                self._mended()

    def all(self, kind: str) -> list[Entry]:
        """All records of a kind, in the order they were last changed; read from disk when anything changed there."""
        with self._threads:
            return [entry for entry in self._current() if entry.kind == kind]

    @contextmanager
    def exclusive(self) -> Iterator[Held]:
        """Hold the records for changing; raises WorkspaceUnusable with the cause when they cannot be changed."""
        with self._threads:
            try:
                self._home.root.mkdir(parents=True, exist_ok=True)
                with locked(self._home.root / "workspace.lock"):
                    self._bring_in_step()
                    with connected(self._home.workspace, mode="rw") as connection:
                        yield Held(self._home, connection)
            except (OSError, sqlite3.Error) as error:
                raise unwritable(error, self._home.root) from error

    def problems(self) -> list[tuple[Path, str, str]]:
        """What does not hold, as (file, row, sentence); reads everything and changes nothing.

        A change that a killed process left half is no fault: it is taken back or over, nobody was told that it is kept.
        """
        journal = self._journal()
        found = [(self._home.journal, str(line), _("This line of the journal is damaged.")) for line in journal.damaged]
        database = self._readable_database() or self._taken_back()
        if database is None:
            return [*found, (self._home.workspace, "", _("The workspace database is damaged."))]
        found += [(self._home.workspace, key, _("This row does not match its hash.")) for key in database.damaged]
        if not database.complete:
            found.append((self._home.workspace, "", _("Rows of the workspace database are missing.")))
        elif _live(journal.entries) != _live([*database.entries, *_later(journal.entries, database)]):
            found.append((self._home.workspace, "", _("The workspace database and its journal differ.")))
        return found

    def _current(self) -> tuple[Entry, ...]:
        stamp = self._stamp()
        if self._seen is None or self._seen[0] != stamp:
            entries = self._read_or_mend()
            self._seen = (stamp, entries)
        return self._seen[1]

    def _read_or_mend(self) -> tuple[Entry, ...]:
        database = self._readable_database()
        return database.entries if database is not None and self._in_step(database) else self._mended()

    def _mended(self) -> tuple[Entry, ...]:
        """All records after mending; in a folder that cannot be written, as far as they can be read together."""
        try:
            with self.exclusive():
                return read_database(self._home.workspace, mode="rw").entries
        except WorkspaceUnusable:
            database = self._readable_database() or DatabaseContent()
            merged = _live([*self._journal().entries, *database.entries])
            return tuple(sorted(merged.values(), key=lambda entry: entry.number))

    def _bring_in_step(self) -> None:
        """With the lock held: after this the database is sound, of our version, and as far as the journal."""
        setting_aside.remove_unfinished(self._home)
        journal = self._journal()
        database: DatabaseContent | None
        try:
            database = read_database(self._home.workspace, mode="rw")
        except DatabaseOlder:
            self._make_database()
            database = read_database(self._home.workspace, mode="rw")
        except DatabaseDamaged:
            database = None
        if database is None or journal.damaged or not self._in_step(database) or not self._home.workspace.exists():
            self._mend(journal, database)

    def _mend(self, journal: JournalContent, database: DatabaseContent | None) -> None:
        known = database or DatabaseContent()
        newest = latest(journal.entries, known.entries)
        if journal.damaged or journal.torn or latest(journal.entries) != newest:
            if journal.damaged:
                self._tell_set_aside(setting_aside.copy_journal(self._home))
            every = {(entry.identity, entry.number): entry for entry in (*journal.entries, *newest.values())}
            write_journal(self._home.journal, sorted(every.values(), key=lambda entry: entry.number))
        if database is None or not database.sound:
            self._tell_set_aside(setting_aside.move_database(self._home))
        if not self._home.workspace.exists():
            self._make_database()
        size = self._home.journal.stat().st_size if self._home.journal.exists() else 0
        with connected(self._home.workspace, mode="rw") as connection:
            apply_entries(connection, newest.values(), journal_bytes=size)

    def _make_database(self) -> None:
        """Make the database, or bring an older one up, on a copy that then takes its place."""
        path = self._home.workspace
        temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
        if path.exists():
            shutil.copyfile(path, temporary)
        with connected(temporary, mode="rwc") as connection:
            migrate(connection)
        temporary.replace(path)
        sync_folder(path.parent)

    def _tell_set_aside(self, copy: Path | None) -> None:
        if copy is not None:
            self.notices.append(
                _(
                    "The workspace was damaged and has been put together again; the damaged file was kept as {name}."
                ).format(name=copy.name)
            )

    def _journal(self) -> JournalContent:
        try:
            journal = read_journal(self._home.journal)
        except OSError as error:
            raise WorkspaceUnusable(
                _("The journal of the workspace cannot be read."), _("Ask for access to the folder of the program.")
            ) from error
        refuse_newer(journal.version, JOURNAL_VERSION)
        return journal

    def _readable_database(self) -> DatabaseContent | None:
        """The content as it lies there; None when it cannot be read without mending or waiting."""
        try:
            return read_database(self._home.workspace, mode="ro")
        except (DatabaseDamaged, DatabaseOlder, sqlite3.Error):
            return None

    def _taken_back(self) -> DatabaseContent | None:
        """The content once a change that was interrupted is taken back; None when that is not why it cannot be read."""
        if not self._home.workspace.with_name(f"{self._home.workspace.name}-journal").exists():
            return None
        try:
            with locked(self._home.root / "workspace.lock"):
                return read_database(self._home.workspace, mode="rw")
        except (DatabaseDamaged, DatabaseOlder, OSError, sqlite3.Error, WorkspaceUnusable):
            return None

    def _in_step(self, database: DatabaseContent) -> bool:
        journal = self._home.journal
        return database.sound and database.journal_bytes == (journal.stat().st_size if journal.exists() else 0)

    def _stamp(self) -> Stamp:
        return (_stamp_of(self._home.workspace), _stamp_of(self._home.journal))


def _live(entries: Iterable[Entry]) -> dict[tuple[str, str], Entry]:
    return {identity: entry for identity, entry in latest(entries).items() if entry.data is not None}


def _later(entries: Iterable[Entry], database: DatabaseContent) -> list[Entry]:
    """What the database has not read of the journal yet."""
    return [entry for entry in entries if entry.number > database.last_number]


def _stamp_of(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_ino, found.st_size, found.st_mtime_ns)

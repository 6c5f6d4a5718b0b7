"""Taking in an authority's own file: a look at it, what its columns are, and the whole file as a source of its own.

The file is read once and kept as an unsigned publication under the home folder; from there it comes into the
snapshot by an ordinary sync with its ordinary checks. Correcting it is importing the mended file under the same
name, with the next release number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from jobcentre_desk.cache.snapshot import open_newest, sources
from jobcentre_desk.desk.import_folders import import_folder, new_folder, taking_its_place
from jobcentre_desk.desk.import_mapping import check_mapping, layout_key, mapping_data, mapping_of
from jobcentre_desk.desk.own_publication import OwnRelease, write_own_publication
from jobcentre_desk.desk.source_list import LONGEST_BASIS, checked_name
from jobcentre_desk.desk.sync import FAILED, SyncResult, sync
from jobcentre_desk.errors import InputRefused, PublicationRefused
from jobcentre_desk.model.imports import ROWS_SHOWN, ColumnMapping, FileLook, ImportMapping
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.model.services import SourceKind
from jobcentre_desk.model.workspace_records import SourceEntry
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing.release_folder import former_release
from jobcentre_desk.sources.authority_file import read_authority_file
from jobcentre_desk.sources.authority_guesses import guess_targets
from jobcentre_desk.sources.authority_lines import column_reader
from jobcentre_desk.sources.authority_numbers import parting_note
from jobcentre_desk.sources.authority_periods import quarter_of
from jobcentre_desk.sources.authority_rows import read_own_figures
from jobcentre_desk.sources.authority_table import FileTable
from jobcentre_desk.task import Task
from jobcentre_desk.text import clean
from jobcentre_desk.text import translate as _
from jobcentre_desk.workspace.store import Workspace

LONGEST_PUBLISHER = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """A file that was taken in: its source, how many rows it has, and the sync that brought it into the snapshot.

    `notes` tell in finished sentences how the file was read and what it does not hold.
    """

    entry: SourceEntry
    rows: int
    sync: SyncResult
    notes: tuple[str, ...] = ()


def look_at_file(
    path: Path, *, encoding: str = "", separator: str = "", sheet: str = "", task: Task | None = None
) -> FileLook:
    """What a file is like, its first rows, and a guess of what its columns are; "" = found out.

    Raises FileRefused when it cannot be read at all, TaskCancelled.
    """
    table = read_authority_file(path, encoding=encoding, separator=separator, sheet=sheet, task=task or Task())
    first = table.rows[:ROWS_SHOWN]
    return FileLook(
        path=path,
        layout=table.layout,
        rows=tuple(cells for _number, cells in first),
        row_numbers=tuple(number for number, _cells in first),
        row_count=len(table.rows) + len(table.problems),
        decided_by=table.decided_by,
        guesses=guess_targets(table),
    )


def suggest_mapping(workspace: Workspace, look: FileLook) -> ImportMapping:
    """What the columns were said to be when a file with the same columns was loaded; else the guess.

    Encoding and separator are left to be found out: the next file of the same layout may have others.
    """
    columns = look.layout.columns
    kept = workspace.import_mapping(layout_key(columns))
    remembered = mapping_of(kept) if kept is not None else None
    return ImportMapping(
        columns=tuple(
            ColumnMapping(column=name, target=remembered.target_of(name) if remembered else look.guesses[name])
            for name in columns
        ),
        sheet=look.layout.sheet if len(look.layout.sheets) > 1 else "",
    )


def column_problems(look: FileLook, mapping: ImportMapping, *, task: Task | None = None) -> dict[str, tuple[str, ...]]:
    """What cannot be read, by column, a sentence for each cell; columns without problems are left out.

    In the rows of `look`; in the whole file when a task is given, which then can be stopped.
    """
    table = _table_of(look) if task is None else _whole_table(look.path, mapping, task)
    found: dict[str, tuple[str, ...]] = {}
    for place, column in enumerate(table.layout.columns):
        target = mapping.target_of(column)
        if not target:
            continue
        reader = column_reader(table, target, place)
        reasons = [(number, reader.read(cells[place]).reason) for number, cells in table.rows]
        told = _("Row {row}: {reason}")
        sentences = tuple(told.format(row=number, reason=reason) for number, reason in reasons if reason)
        if sentences:
            found[column] = sentences
        if task is not None:
            task.report(place + 1, len(table.layout.columns), _("Checking the file"))
    return found


def column_notes(look: FileLook, mapping: ImportMapping) -> dict[str, str]:
    """How the numbers of columns are read, by column, where it had to be decided; from the rows of `look`."""
    table = _table_of(look)
    notes = {
        column: parting_note(column_reader(table, mapping.target_of(column), place).parting)
        for place, column in enumerate(table.layout.columns)
    }
    return {column: note for column, note in notes.items() if note}


def import_file(  # noqa: PLR0913 - each is something a person says about the file
    home: Home,
    workspace: Workspace,
    path: Path,
    mapping: ImportMapping,
    *,
    name: str,
    publisher_name: str = "",
    basis: str = "",
    sole_proprietors: bool = False,
    known_through: Quarter | None = None,
    task: Task,
    today: dt.date | None = None,
) -> ImportResult:
    """Take a file in as the source `name`, or in the place of the file that is that source; then sync it.

    `basis` says who gave access on what legal basis, by word of whoever loads it; `known_through` None takes the last
    quarter with a job count. Raises InputRefused, FileRefused, and FileRowsRefused with every problem; whatever is
    raised, sources, folders and snapshot are as before.
    """
    former = _former(workspace, checked_name(name))
    entry = _entry(home, former, name=name, basis=basis, sole_proprietors=sole_proprietors)
    table = _whole_table(path, mapping, task)
    check_mapping(mapping, table.layout)
    day = today or dt.datetime.now().astimezone().date()
    figures = read_own_figures(table, mapping, known_through=known_through, latest=quarter_of(day), task=task)
    release = OwnRelease(
        publisher_name=clean(publisher_name, longest=LONGEST_PUBLISHER) or entry.name,
        sequence=_last_sequence(home, entry) + 1,
        released=day,
    )
    folder = Path(entry.location)
    taken_in = partial(_is_in_use, home, entry.name, release.sequence)
    with new_folder(folder) as coming:
        write_own_publication(coming, figures, release, task=task)
        with (
            _kept_in_workspace(workspace, entry, former, taken_in=taken_in),
            taking_its_place(coming, folder, taken_in=taken_in),
        ):
            result = _synced(home, workspace, entry, task=task)
    workspace.remember_import_mapping(layout_key(table.layout.columns), mapping_data(mapping))
    return ImportResult(entry=entry, rows=figures.rows, sync=result, notes=(table.decided_by, *figures.notes))


def _table_of(look: FileLook) -> FileTable:
    rows = list(zip(look.row_numbers, look.rows, strict=True))
    return FileTable(file=look.path.name, layout=look.layout, rows=rows, problems=(), decided_by=look.decided_by)


def _whole_table(path: Path, mapping: ImportMapping, task: Task) -> FileTable:
    return read_authority_file(
        path, encoding=mapping.encoding, separator=mapping.separator, sheet=mapping.sheet, task=task
    )


def _former(workspace: Workspace, name: str) -> SourceEntry | None:
    """The authority file that is this source now, None when the name is free."""
    former = next((entry for entry in workspace.sources() if entry.name == name), None)
    if former is not None and former.kind is not SourceKind.AUTHORITY_FILE:
        raise InputRefused(
            _("{name} is a source of another kind.").format(name=name), _("Choose another name for the file.")
        )
    return former


def _entry(home: Home, former: SourceEntry | None, *, name: str, basis: str, sole_proprietors: bool) -> SourceEntry:
    confirmed = clean(basis, longest=LONGEST_BASIS)
    location = str(import_folder(home, checked_name(name)).absolute())
    if former is not None and not confirmed:
        return replace(former, location=location, sole_proprietors=sole_proprietors or former.sole_proprietors)
    if not confirmed:
        raise InputRefused(
            _("Figures on employers need a word on who gave access to them, and on what legal basis."),
            _("Say it with --basis “who gave access, on what legal basis”."),
            error_id="basis_missing",
        )
    return SourceEntry(
        name=checked_name(name),
        location=location,
        key="",
        unsigned=True,
        basis=confirmed,
        sole_proprietors=sole_proprietors,
        confirmed_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        kind=SourceKind.AUTHORITY_FILE,
    )


def _last_sequence(home: Home, entry: SourceEntry) -> int:
    """The number of the last release under this name, in its folder or still in the snapshot."""
    there = former_release(Path(entry.location))
    return max(_sequence_in_use(home, entry.name), there.sequence if there else 0)


def _is_in_use(home: Home, name: str, sequence: int) -> bool:
    return _sequence_in_use(home, name) == sequence


def _sequence_in_use(home: Home, name: str) -> int:
    """The number of the release that the newest snapshot holds of a source, 0 for none."""
    newest = open_newest(home, check_hash=False)
    if newest is None:
        return 0
    try:
        return max((source.sequence for source in sources(newest) if source.name == name), default=0)
    finally:
        newest.close()


@contextmanager
def _kept_in_workspace(
    workspace: Workspace, entry: SourceEntry, former: SourceEntry | None, *, taken_in: Callable[[], bool]
) -> Iterator[None]:
    """Keep the source; what stood there before is back if what is done fails before the figures are in use."""
    if former is None:
        workspace.add_source(entry)
    elif former != entry:
        workspace.update_source(entry)
    try:
        yield
    except BaseException:
        if taken_in():
            raise
        if former is None:
            workspace.remove_source(entry.name)
        elif former != entry:
            workspace.update_source(former)
        raise


def _synced(home: Home, workspace: Workspace, entry: SourceEntry, *, task: Task) -> SyncResult:
    result = sync(home, workspace, [entry.name], task=task)
    fared = next(source for source in result.sources if source.name == entry.name)
    if fared.result == FAILED:
        raise PublicationRefused(fared.error or "", _("Nothing of the file was taken over."), error_id=fared.error_id)
    return result

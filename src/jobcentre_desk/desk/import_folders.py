"""The folders of authority files taken in: a new one takes the place of the old by rename, and can be taken back."""

from __future__ import annotations

import hashlib
import re
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jobcentre_desk.errors import FileUnwritable
from jobcentre_desk.files import sync_folder
from jobcentre_desk.model.services import SourceKind
from jobcentre_desk.model.workspace_records import SourceEntry
from jobcentre_desk.paths import Home
from jobcentre_desk.text import translate as _

_PLAIN_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_NO_NAME = re.compile(r"[^a-z0-9_-]+")
_COMING, _FORMER = ".coming", ".former"
_LONGEST_IMPORT = 24 * 3600


def import_folder(home: Home, name: str) -> Path:
    """The folder of the source `name`: its name where every system can have it so, else made plain and numbered."""
    if _PLAIN_NAME.fullmatch(name):
        return home.imports / name
    plain = _NO_NAME.sub("-", name.casefold()).strip("-")[:40]
    return home.imports / f"{plain or 'file'}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def location_of(home: Home, entry: SourceEntry) -> str:
    """Where a source is read: an authority file under the home folder wherever that lies now, others where they say."""
    own_file = entry.kind is SourceKind.AUTHORITY_FILE
    return str(import_folder(home, entry.name).absolute()) if own_file else entry.location


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """An empty folder beside `folder` to write to; it is gone afterwards unless it took its place."""
    coming = folder.with_name(folder.name + _COMING)
    with _writable(folder):
        bring_back(folder)
        shutil.rmtree(coming, ignore_errors=True)
        coming.mkdir(parents=True)
    try:
        yield coming
    finally:
        shutil.rmtree(coming, ignore_errors=True)
        _remove_if_empty(folder.parent)


@contextmanager
def taking_its_place(coming: Path, folder: Path, *, taken_in: Callable[[], bool]) -> Iterator[None]:
    """Put `coming` in the place of `folder`; the former one is back if what is done meanwhile fails.

    What failed only after the figures were in use (`taken_in`) brings nothing back: they belong to `coming`.
    """
    former = folder.with_name(folder.name + _FORMER)
    with _writable(folder):
        if folder.exists():
            folder.rename(former)
        coming.rename(folder)
        sync_folder(folder.parent)
    try:
        yield
    except BaseException:
        if not taken_in():
            shutil.rmtree(folder, ignore_errors=True)
            bring_back(folder)
        raise
    finally:
        shutil.rmtree(former, ignore_errors=True)


def bring_back(folder: Path) -> None:
    """After a break between two renames the former folder still lies beside; bring it back, or tidy it away."""
    former = folder.with_name(folder.name + _FORMER)
    if former.exists() and not folder.exists():
        former.rename(folder)
    shutil.rmtree(former, ignore_errors=True)


def tidy_imports(home: Home, entries: Iterable[SourceEntry]) -> None:
    """Delete the folders of authority files that are no source any more, and what a killed import left half done."""
    if not home.imports.is_dir():
        return
    kept = {import_folder(home, entry.name).name for entry in entries if entry.kind is SourceKind.AUTHORITY_FILE}
    for folder in list(home.imports.iterdir()):
        unfinished = folder.name.endswith((_COMING, _FORMER))
        if _is_old(folder) if unfinished else folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)
    _remove_if_empty(home.imports)


def _is_old(folder: Path) -> bool:
    """Whether a folder was left by an import that ended long ago, not by one that runs just now."""
    try:
        return time.time() - folder.stat().st_mtime > _LONGEST_IMPORT
    except OSError:  # it came to its end meanwhile
        return False


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):  # another process may have written to it just now
        folder.rmdir()


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileUnwritable(
            _("The figures of the file cannot be written to {folder}.").format(folder=folder),
            _("Choose another folder with --home, or ask for the right to write there; nothing was changed."),
        ) from error

"""Writing one publication to a stick: beside its place, forced to disk, read back as a stranger would, then renamed."""

from __future__ import annotations

import os
import shutil
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from jobcentre_desk.desk.check_list import check_list
from jobcentre_desk.desk.handing_on import HandedOn
from jobcentre_desk.errors import FileUnwritable, InputRefused, PublicationRefused, SourceUnreachable
from jobcentre_desk.files import sync_folder
from jobcentre_desk.model.publication import CHECK_LIST, DESCRIPTION, SIGNATURE, Resource
from jobcentre_desk.publishing.verify import check_resource
from jobcentre_desk.sources.folder_source import FolderSource
from jobcentre_desk.sources.kept_files import KeptFiles
from jobcentre_desk.sources.publication_source import PublicationSource, read_release
from jobcentre_desk.sources.zip_source import ZipSource, holds_publication
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

ZIP = ".zip"
MEMBER_TIME = (1980, 1, 1, 0, 0, 0)
"""The same for every member, so that the same release gives the same archive."""


class Progress:
    """Bytes written and read back, of all publications that are copied."""

    def __init__(self, task: Task, total: int) -> None:
        self._task = task
        self._done = 0
        self._total = total

    def add(self, count: int, words: str) -> None:
        """So many more; raises TaskCancelled when the person asked to stop."""
        self._done += count
        self._task.report(self._done, self._total, words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One publication on its way to `place`, a folder or a .zip that is not there yet or will be replaced."""

    handed: HandedOn
    place: Path
    kept: KeptFiles

    @property
    def unfinished(self) -> Path:
        """Where it is written and read back before it gets its name."""
        return self.place.with_name(f".{self.place.name}.part")

    @property
    def as_zip(self) -> bool:
        """Whether it becomes one file."""
        return self.place.suffix.casefold() == ZIP


def require_free_place(copy: Copy) -> None:
    """Refuse a place that holds anything but a publication; raises InputRefused."""
    place = copy.place
    try:
        there, ours = place.exists() or place.is_symlink(), _is_publication(place)
    except OSError as error:
        raise unwritable(place, error) from error
    if there and not ours:
        raise InputRefused(
            _("{place} is there already and holds something else than a publication.").format(place=place),
            _("Choose another place; nothing was copied."),
        )


def write_copy(copy: Copy, progress: Progress, task: Task) -> None:
    """Write the publication under its unfinished name and prove what was written; raises FileUnwritable."""
    discard(copy)
    if copy.as_zip:
        _write_zip(copy, progress)
    else:
        _write_folder(copy, progress)
    _read_back(copy, progress, task)


def finish(copy: Copy) -> None:
    """Give the copy its name; a publication that was there gives way."""
    if copy.as_zip or not copy.place.exists():
        copy.unfinished.replace(copy.place)
    else:
        former = copy.place.with_name(f".{copy.place.name}.former")
        shutil.rmtree(former, ignore_errors=True)
        copy.place.replace(former)
        copy.unfinished.replace(copy.place)
        shutil.rmtree(former, ignore_errors=True)
    _force_names(copy.place.parent)


def discard(copy: Copy) -> None:
    """Remove what was written under the unfinished name."""
    with suppress(OSError):
        if copy.unfinished.is_dir():
            shutil.rmtree(copy.unfinished)
        else:
            copy.unfinished.unlink(missing_ok=True)


@contextmanager
def told_when_unwritable(place: Path) -> Iterator[None]:
    """Say in a sentence what the system refused."""
    try:
        yield
    except OSError as error:
        raise unwritable(place, error) from error


def unwritable(place: Path, error: OSError) -> FileUnwritable:
    """The sentence for a stick that is full, write-protected or gone."""
    return FileUnwritable(
        _("Nothing can be copied to {place}: {cause}.").format(place=place, cause=error.strerror or error),
        _("Take the write protection off or choose another stick; no half copy was left."),
    )


def _is_publication(place: Path) -> bool:
    if place.is_dir():
        return (place / DESCRIPTION).is_file() or not any(place.iterdir())
    if place.suffix.casefold() != ZIP or not place.is_file():
        return False
    try:
        return holds_publication(place)
    except (PublicationRefused, SourceUnreachable):
        return False


def _contents(copy: Copy) -> Iterator[tuple[str, bytes]]:
    """Every file that was signed, with its name: tables first, the description last, so that half a copy is none."""
    for resource in copy.handed.publication.resources:
        yield resource.path, _kept(copy, resource)
    yield SIGNATURE, copy.handed.signature
    yield DESCRIPTION, copy.handed.description


def _kept(copy: Copy, resource: Resource) -> bytes:
    content = copy.kept.read(resource)
    if content is None:
        raise InputRefused(
            _("{file} of {name} is no longer whole on this computer.").format(
                file=resource.path, name=copy.handed.source
            ),
            _("Sync once more with the network first, then copy again."),
            error_id="files_lacking",
        )
    return content


def _write_folder(copy: Copy, progress: Progress) -> None:
    for name, content in _contents(copy):
        path = copy.unfinished / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        progress.add(len(content), _("Copying to the stick"))
    (copy.unfinished / CHECK_LIST).write_bytes(check_list(copy.handed))
    for folder in (copy.unfinished / "tables", copy.unfinished):
        _force_names(folder)


def _write_zip(copy: Copy, progress: Progress) -> None:
    with copy.unfinished.open("wb") as file:
        with zipfile.ZipFile(file, "w") as archive:
            for name, content in _contents(copy):
                archive.writestr(zipfile.ZipInfo(name, MEMBER_TIME), content)
                progress.add(len(content), _("Copying to the stick"))
            archive.writestr(zipfile.ZipInfo(CHECK_LIST, MEMBER_TIME), check_list(copy.handed))
        file.flush()
        os.fsync(file.fileno())


def _read_back(copy: Copy, progress: Progress, task: Task) -> None:
    """Read the copy as the computer at the other end will: signature, list, lengths, hashes."""
    try:
        source: PublicationSource = ZipSource(copy.unfinished) if copy.as_zip else FolderSource(copy.unfinished)
        try:
            _prove(source, copy.handed, progress, task)
        finally:
            source.close()
    except (PublicationRefused, SourceUnreachable) as error:
        raise FileUnwritable(
            _("What was copied to {place} cannot be read back as it was written: {cause}").format(
                place=copy.place, cause=error.message
            ),
            _("The stick may be worn out: use another one; no half copy was left."),
        ) from error


def _prove(source: PublicationSource, handed: HandedOn, progress: Progress, task: Task) -> None:
    release = read_release(source, keys=handed.keys, task=task)
    assert release is not None, "nothing was known before, so nothing can be unchanged"
    progress.add(len(release.description) + len(release.signature), _("Reading back from the stick"))
    source.collect(release.publication.resources, task=task)
    for resource in release.publication.resources:
        check_resource(resource, source.read_resource(resource))
        progress.add(resource.bytes, _("Reading back from the stick"))


def _force_names(folder: Path) -> None:
    """Bring the names to the stick; some file systems know no such call and need none."""
    if sys.platform != "win32":
        with suppress(OSError):
            sync_folder(folder)

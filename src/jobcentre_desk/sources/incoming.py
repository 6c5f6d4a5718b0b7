"""Files fetched but not built into a snapshot yet, named by their hash, so that a broken sync goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from jobcentre_desk.errors import FileUnwritable, PublicationRefused
from jobcentre_desk.model.publication import Resource
from jobcentre_desk.sources.fetch import Fetcher
from jobcentre_desk.text import translate as _

HASH_PREFIX = "sha256:"


class Incoming:
    """The folder `incoming`; a finished file is `<sha256>.gz`, an unfinished one `<sha256>.part`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def holds(self, resource: Resource) -> bool:
        """Whether the whole file is here."""
        path = self._path(resource)
        return path.is_file() and path.stat().st_size == resource.bytes

    def read(self, resource: Resource) -> bytes:
        """The file; one that changed since it came is thrown away, so that the next sync fetches it again."""
        path = self._path(resource)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise _not_as_announced(resource) from error
        if hashlib.sha256(content).hexdigest() != _hex(resource):
            path.unlink(missing_ok=True)
            raise _not_as_announced(resource)
        return content

    def fetch(self, resource: Resource, fetcher: Fetcher) -> int:
        """Download the file and prove its hash; the number of bytes that travelled.

        A part left from before that turns out wrong is thrown away and the file fetched once more from its start.
        """
        part = self._path(resource).with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            had_part = part.is_file() and part.stat().st_size > 0
            travelled = _download(part, resource, fetcher)
            if had_part and not _proves(part, resource):
                part.unlink()
                travelled += _download(part, resource, fetcher)
            if not _proves(part, resource):
                part.unlink()
                raise _not_as_announced(resource)
            part.replace(self._path(resource))
        except OSError as error:
            raise FileUnwritable(
                _("A fetched file cannot be kept in {folder}: {cause}.").format(
                    folder=self._folder, cause=error.strerror or error
                ),
                _("Make room on the disk or the folder writable, then sync again."),
            ) from error
        return travelled

    def forget(self, resources: Iterable[Resource]) -> None:
        """Remove files that are built into a snapshot now, and the folder when it is empty."""
        for resource in resources:
            with suppress(OSError):
                self._path(resource).unlink(missing_ok=True)
        with suppress(OSError):
            self._folder.rmdir()

    def _path(self, resource: Resource) -> Path:
        return self._folder / f"{_hex(resource)}.gz"


def _download(part: Path, resource: Resource, fetcher: Fetcher) -> int:
    with part.open("ab") as file:
        return fetcher.download(resource.path, file, size=resource.bytes)


def _proves(part: Path, resource: Resource) -> bool:
    with part.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == _hex(resource)


def _hex(resource: Resource) -> str:
    return resource.hash.removeprefix(HASH_PREFIX)


def _not_as_announced(resource: Resource) -> PublicationRefused:
    return PublicationRefused(
        _("{file} is not the file that the publisher signed (its hash differs).").format(file=resource.path),
        _("Sync again; if it stays so, ask the publisher. The figures you have stay in use."),
    )

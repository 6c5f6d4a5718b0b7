"""A publication in a folder: a file share, a USB stick, a disk."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path

from jobcentre_desk.errors import PublicationRefused, SourceUnreachable
from jobcentre_desk.model.publication import DESCRIPTION, SIGNATURE, Resource
from jobcentre_desk.sources.fetch import Answer
from jobcentre_desk.sources.http_faults import too_long
from jobcentre_desk.sources.publication_source import (
    MOST_DESCRIPTION_BYTES,
    MOST_SIGNATURE_BYTES,
    WAITS_ON_A_DISK,
)
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _


class FolderSource:
    """Reads the listed files of a folder; files that the description does not list are never opened."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.bytes_fetched = 0
        self.waits: Sequence[float] = WAITS_ON_A_DISK

    def read_description(self, *, etag: str = "", without_cache: bool = False) -> Answer | None:
        """The description; a folder has no ETag and no cache."""
        del etag, without_cache
        return Answer(self._read(DESCRIPTION, most_bytes=MOST_DESCRIPTION_BYTES), "")

    def read_signature(self, *, without_cache: bool = False) -> bytes:
        """The signature beside it."""
        del without_cache
        return self._read(SIGNATURE, most_bytes=MOST_SIGNATURE_BYTES)

    def require_listed(self, resources: Sequence[Resource]) -> None:
        """A folder may keep files of earlier releases; only listed ones are opened."""

    def collect(self, resources: Sequence[Resource], *, task: Task) -> None:
        """See that every file is there with its announced length, before anything is built."""
        for resource in resources:
            task.stop_if_cancelled()
            if self._size(resource.path) != resource.bytes:
                raise PublicationRefused(
                    _(
                        "{file} has another length than announced: the publication was copied in part or altered."
                    ).format(file=resource.path),
                    _("Copy the publication again; the figures you have stay in use."),
                )

    def read_resource(self, resource: Resource) -> bytes:
        """One file."""
        content = self._read(resource.path, most_bytes=resource.bytes)
        self.bytes_fetched += len(content)
        return content

    def close(self) -> None:
        """Nothing is held open between two reads."""

    def _size(self, name: str) -> int:
        try:
            found = (self._folder / name).stat()
        except OSError as error:
            raise self._missing(name, error) from error
        if not stat.S_ISREG(found.st_mode):  # a pipe or a device would never end
            raise self._missing(name, None)
        return found.st_size

    def _read(self, name: str, *, most_bytes: int) -> bytes:
        if self._size(name) > most_bytes:
            raise too_long(name, most_bytes=most_bytes)
        try:
            with (self._folder / name).open("rb") as file:
                content = file.read(most_bytes + 1)
        except OSError as error:
            raise self._missing(name, error) from error
        if len(content) > most_bytes:
            raise too_long(name, most_bytes=most_bytes)
        return content

    def _missing(self, name: str, error: OSError | None) -> SourceUnreachable:
        cause = error.strerror if error else None
        return SourceUnreachable(
            _("{file} cannot be read in the folder {folder}: {cause}.").format(
                file=name, folder=self._folder, cause=cause or _("it is not a plain file")
            ),
            _("Check that the folder is there and holds a whole publication; the figures you have stay in use."),
        )

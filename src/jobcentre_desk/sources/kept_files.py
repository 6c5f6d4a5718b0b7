"""The files that releases were taken over from, kept by their hash: to be handed on, and never fetched twice."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Sequence
from contextlib import suppress
from pathlib import Path

from jobcentre_desk.errors import DeskError
from jobcentre_desk.model.publication import Resource
from jobcentre_desk.sources.fetch import Answer
from jobcentre_desk.sources.incoming import HASH_PREFIX
from jobcentre_desk.sources.publication_source import PublicationSource
from jobcentre_desk.task import Task

ENDING = ".gz"
UNFINISHED = ".part"


class KeptFiles:
    """The folder `releases` of a home; a file is `<sha256>.gz` and is proved each time it is read.

    Files are written without being forced to disk: one that a power cut spoiled is found out when it is read.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def holds(self, resource: Resource) -> bool:
        """Whether a file of that hash and length is here; its content is not looked at."""
        try:
            return self.path(resource).stat().st_size == resource.bytes
        except OSError:
            return False

    def read(self, resource: Resource) -> bytes | None:
        """The file; None when it is not here, or is not what its name says and was thrown away."""
        try:
            content = self.path(resource).read_bytes()
        except OSError:
            return None
        if _fits(resource, content):
            return content
        with suppress(OSError):
            self.path(resource).unlink()
        return None

    def keep(self, resource: Resource, content: bytes) -> None:
        """Keep a file that is what the description says; others are for the reader to refuse.

        A folder or disk that takes no more is no reason to go without the figures: the file is then not kept.
        """
        if self.holds(resource) or not _fits(resource, content):
            return
        path = self.path(resource)
        unfinished = path.with_suffix(UNFINISHED)
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(content)
            unfinished.replace(path)

    def keep_only(self, hashes: Container[str]) -> None:
        """Remove every file but those of `hashes` (written "sha256:…"), and what a killed sync left unfinished."""
        with suppress(OSError):
            for path in sorted(self._folder.iterdir()):
                if path.suffix not in {ENDING, UNFINISHED}:
                    continue
                if path.suffix == UNFINISHED or HASH_PREFIX + path.stem not in hashes:
                    path.unlink(missing_ok=True)
            self._folder.rmdir()

    def path(self, resource: Resource) -> Path:
        """Where the file lies, if it is here."""
        return self._folder / (resource.hash.removeprefix(HASH_PREFIX) + ENDING)


class KeepingSource:
    """A source whose files are kept as they are read; those kept already are not asked for again."""

    def __init__(self, source: PublicationSource, kept: KeptFiles) -> None:
        self._source = source
        self._kept = kept
        self.bytes_fetched = 0
        self.waits = source.waits

    def read_description(self, *, etag: str = "", without_cache: bool = False) -> Answer | None:
        """The description of the source."""
        return self._source.read_description(etag=etag, without_cache=without_cache)

    def read_signature(self, *, without_cache: bool = False) -> bytes:
        """The signature of the source."""
        return self._source.read_signature(without_cache=without_cache)

    def require_listed(self, resources: Sequence[Resource]) -> None:
        """Refuse what the source refuses."""
        self._source.require_listed(resources)

    def collect(self, resources: Sequence[Resource], *, task: Task) -> None:
        """Bring the files close by that are not kept."""
        self._source.collect([each for each in resources if not self._has(each)], task=task)
        self.bytes_fetched = self._source.bytes_fetched

    def read_resource(self, resource: Resource) -> bytes:
        """One file, from here where it is kept."""
        kept = self._kept.read(resource) if self._kept.holds(resource) else None
        if kept is not None:
            return kept
        content = self._source.read_resource(resource)
        self.bytes_fetched = self._source.bytes_fetched
        self._kept.keep(resource, content)
        return content

    def keep_lacking(self, resources: Sequence[Resource], *, task: Task) -> list[Resource]:
        """Fetch those files that are not kept, and give them; where the source cannot give them, they stay lacking."""
        lacking = [each for each in resources if not self._kept.holds(each)]
        with suppress(DeskError):
            if lacking:
                self._source.collect(lacking, task=task)
            for resource in lacking:
                task.stop_if_cancelled()
                self._kept.keep(resource, self._source.read_resource(resource))
        return lacking

    def close(self) -> None:
        """Let go of the source."""
        self._source.close()

    def _has(self, resource: Resource) -> bool:
        return self._kept.holds(resource) and self._kept.read(resource) is not None


def _fits(resource: Resource, content: bytes) -> bool:
    return HASH_PREFIX + hashlib.sha256(content).hexdigest() == resource.hash

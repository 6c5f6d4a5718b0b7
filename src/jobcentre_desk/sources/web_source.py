"""A publication on a web server: one conditional request when nothing changed, only changed files otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jobcentre_desk.errors import SourceUnreachable
from jobcentre_desk.model.publication import DESCRIPTION, SIGNATURE, Resource
from jobcentre_desk.sources.fetch import Answer, Fetcher, FetchLimits
from jobcentre_desk.sources.incoming import Incoming
from jobcentre_desk.sources.publication_source import MOST_DESCRIPTION_BYTES, MOST_SIGNATURE_BYTES, BytesWatched
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _


class WebSource:
    """Reads a publication over https (http on this machine alone)."""

    def __init__(
        self,
        location: str,
        *,
        incoming: Path,
        task: Task,
        limits: FetchLimits,
        ends_at: float,
        watched: BytesWatched | None = None,
    ) -> None:
        address = location.removesuffix(DESCRIPTION).rstrip("/")
        on_bytes = watched.add_bytes if watched is not None else None
        self._fetcher = Fetcher(address, task=task, limits=limits, ends_at=ends_at, on_bytes=on_bytes)
        self._watched = watched
        self._incoming = Incoming(incoming)
        self.bytes_fetched = 0
        self.waits: Sequence[float] = limits.waits

    def read_description(self, *, etag: str = "", without_cache: bool = False) -> Answer | None:
        """One request; None when the server answers that nothing changed since `etag`."""
        return self._fetcher.get(DESCRIPTION, most_bytes=MOST_DESCRIPTION_BYTES, etag=etag, without_cache=without_cache)

    def read_signature(self, *, without_cache: bool = False) -> bytes:
        """The signature beside the description."""
        answer = self._fetcher.get(SIGNATURE, most_bytes=MOST_SIGNATURE_BYTES, without_cache=without_cache)
        if answer is None:  # a server cannot say "not changed" to a question without an ETag
            raise SourceUnreachable(_("The server sent no signature."), _("Ask the publisher to check the address."))
        return answer.body

    def require_listed(self, resources: Sequence[Resource]) -> None:
        """A web server may keep files of earlier releases; only listed ones are asked for."""

    def collect(self, resources: Sequence[Resource], *, task: Task) -> None:
        """Download what is not in `incoming` yet; an interrupted file goes on where it stopped."""
        total = sum(resource.bytes for resource in resources)
        done = 0
        if self._watched is not None:
            self._watched.expect_bytes(sum(each.bytes for each in resources if not self._incoming.holds(each)))
        for resource in resources:
            task.report(done, total, _("Fetching figures"))
            if not self._incoming.holds(resource):
                self.bytes_fetched += self._incoming.fetch(resource, self._fetcher)
            done += resource.bytes
        task.report(done, total, _("Fetching figures"))

    def read_resource(self, resource: Resource) -> bytes:
        """The file as it lies in `incoming`."""
        return self._incoming.read(resource)

    def close(self) -> None:
        """Let go of the connection."""
        self._fetcher.close()

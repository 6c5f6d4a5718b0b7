"""Where a publication comes from: a web address, a folder or a .zip, all read through the same three questions."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, urlsplit

from jobcentre_desk.errors import InputRefused, PublicationRefused
from jobcentre_desk.model.publication import Publication, Resource
from jobcentre_desk.publishing import trust, verify
from jobcentre_desk.sources.fetch import Answer, FetchLimits
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

MOST_DESCRIPTION_BYTES = 8_000_000
MOST_SIGNATURE_BYTES = 4_000
WAITS_ON_A_DISK = (0.2, 0.4, 0.8)
"""Seconds before description and signature are read again; nothing on a disk is behind a cache."""
LOOPBACK = "127.0.0.1"


class PublicationSource(Protocol):
    """A place that holds one publication.

    `bytes_fetched` counts the tables that travelled; `waits` are the pauses before description and signature are
    read again.
    """

    bytes_fetched: int
    waits: Sequence[float]

    def read_description(self, *, etag: str = "", without_cache: bool = False) -> Answer | None:
        """The bytes of the description; None when the place says it is still the one with `etag`."""

    def read_signature(self, *, without_cache: bool = False) -> bytes:
        """The bytes of the signature beside it."""

    def require_listed(self, resources: Sequence[Resource]) -> None:
        """Refuse files that the description does not list, where the place can tell."""

    def collect(self, resources: Sequence[Resource], *, task: Task) -> None:
        """Bring the files close by, so that reading them later needs no network."""

    def read_resource(self, resource: Resource) -> bytes:
        """The compressed bytes of one file, at most one more than its description says; hashes are not checked."""

    def close(self) -> None:
        """Let go of connections and files."""


class BytesWatched(Protocol):
    """Is told how many bytes of tables are to come, and of every piece that came."""

    def expect_bytes(self, many: int) -> None:
        """So many are to come."""

    def add_bytes(self, many: int) -> None:
        """So many came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One release whose description was verified; its files are still to be read from `source`.

    `key_id` names the key that signed it, "" when it was taken unsigned.
    """

    publication: Publication
    description: bytes
    signature: bytes
    key_id: str
    etag: str
    source: PublicationSource


def open_source(
    location: str,
    *,
    incoming: Path,
    task: Task,
    limits: FetchLimits | None = None,
    ends_at: float | None = None,
    watched: BytesWatched | None = None,
) -> PublicationSource:
    """The publication at `location`; files from the web are kept in the folder `incoming` until they are used.

    `watched` is told of the bytes as they come from the web.

    Raises InputRefused for a location that can be none, SourceUnreachable where there is nothing.
    """
    check_location(location)
    if "://" in location:
        from jobcentre_desk.sources.web_source import WebSource

        bounds = limits or FetchLimits()
        end = ends_at if ends_at is not None else time.monotonic() + bounds.whole_sync
        return WebSource(location, incoming=incoming, task=task, limits=bounds, ends_at=end, watched=watched)
    if location.casefold().endswith(".zip"):
        from jobcentre_desk.sources.zip_source import ZipSource

        return ZipSource(Path(location))
    from jobcentre_desk.sources.folder_source import FolderSource

    return FolderSource(Path(location))


def check_location(location: str) -> None:
    """Refuse an address that is neither https (http on this machine), nor a folder, nor a .zip."""
    if "://" not in location:
        if not location.strip():
            raise InputRefused(_("No location was given."), _("Give an https address, a folder or a .zip file."))
        return
    parts = _parts_of(location)
    if (
        parts is None
        or parts.scheme not in {"https", "http"}
        or (parts.scheme == "http" and parts.hostname != LOOPBACK)
    ):
        raise InputRefused(
            _("Figures are not fetched from {location}.").format(location=location.rpartition("@")[2]),
            _("Give an address that begins with https://, a folder or a .zip file."),
        )
    if parts.username or parts.password or parts.query or parts.fragment or location.casefold().endswith(".zip"):
        raise InputRefused(
            _("The address {location} is not that of a folder on a web server.").format(location=parts.hostname or ""),
            _("Give the address of the folder that holds datapackage.json, without a name, password, ? or #."),
        )


def _parts_of(location: str) -> SplitResult | None:
    """An address in its parts; None where it names no server, or one that cannot be."""
    try:
        parts = urlsplit(location)
        names_a_server = bool(parts.hostname) and parts.port != 0
    except ValueError:  # a bracket that is not closed, a port that is none
        return None
    return parts if names_a_server else None


def read_release(
    source: PublicationSource,
    *,
    keys: Sequence[str],
    known_description: bytes = b"",
    etag: str = "",
    task: Task,
) -> Release | None:
    """The release at `source`, its signature verified; None when it still is the one with `known_description`.

    `keys` are the trusted public keys, any of which may sign (none = taken unsigned). Description and signature are
    two files: where they do not fit, both are read again without a cache after each of the source's waits. Raises
    PublicationRefused.
    """
    answer = source.read_description(etag=etag if known_description else "")
    if answer is None or (known_description and answer.body == known_description):
        return None
    read_again = False
    for wait in source.waits:
        try:
            return _verified(source, answer, keys=keys, without_cache=read_again)
        except trust.SignatureMismatch:
            task.wait(wait)
        read_again = True
        answer = source.read_description(without_cache=True) or answer
    try:
        return _verified(source, answer, keys=keys, without_cache=read_again)
    except trust.SignatureMismatch as error:
        raise PublicationRefused(
            _("The signature does not fit the description: a release is being published just now, or it was altered."),
            _("Try again in a few minutes; if it stays so, ask the publisher. The figures you have stay in use."),
        ) from error


def _verified(source: PublicationSource, answer: Answer, *, keys: Sequence[str], without_cache: bool) -> Release:
    signature = source.read_signature(without_cache=without_cache) if keys else b""
    key_line = trust.signing_key(signature, keys) if keys else None
    publication = verify.verify_description(answer.body, signature, key_line=key_line)
    source.require_listed(publication.resources)
    return Release(
        publication=publication,
        description=answer.body,
        signature=signature,
        key_id=trust.key_id(key_line) if key_line else "",
        etag=answer.etag,
        source=source,
    )

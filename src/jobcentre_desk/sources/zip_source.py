"""A publication in one .zip, read by stream after its list of members was found honest."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from jobcentre_desk.errors import PublicationRefused, SourceUnreachable
from jobcentre_desk.model.publication import CHECK_LIST, DESCRIPTION, SIGNATURE, Resource
from jobcentre_desk.sources.fetch import Answer
from jobcentre_desk.sources.http_faults import too_long
from jobcentre_desk.sources.publication_source import MOST_DESCRIPTION_BYTES, MOST_SIGNATURE_BYTES
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

MOST_LIST_BYTES = 4_000_000
LOCAL_HEADER_BYTES = 30
END_RECORD = b"PK\x05\x06"
END_RECORD_BYTES = 22
MOST_COMMENT_BYTES = 65_535
BESIDE_TABLES = frozenset({DESCRIPTION, SIGNATURE, CHECK_LIST})
READABLE = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class ZipSource:
    """Reads a .zip whose members are the description, its signature and the files listed, perhaps a check list.

    They lie at its root, or in one folder that is all it holds: so a computer packs a folder it is asked to pack.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.bytes_fetched = 0
        self.waits: Sequence[float] = ()
        self._archive = _opened(path)
        try:
            self._members = _honest_members(path, self._archive)
        except PublicationRefused:
            self._archive.close()
            raise

    def read_description(self, *, etag: str = "", without_cache: bool = False) -> Answer | None:
        """The description; a file has no ETag and no cache."""
        del etag, without_cache
        return Answer(self._read(DESCRIPTION, most_bytes=MOST_DESCRIPTION_BYTES), "")

    def read_signature(self, *, without_cache: bool = False) -> bytes:
        """The signature beside it."""
        del without_cache
        return self._read(SIGNATURE, most_bytes=MOST_SIGNATURE_BYTES)

    def require_listed(self, resources: Sequence[Resource]) -> None:
        """Refuse a .zip with any file that the description does not list: it was made for one release."""
        extra = self._members.keys() - {resource.path for resource in resources} - BESIDE_TABLES
        if extra:
            raise _dishonest(self._path, _("it holds files that the description does not list"))

    def collect(self, resources: Sequence[Resource], *, task: Task) -> None:
        """See that every file is there with its announced length, before anything is built."""
        for resource in resources:
            task.stop_if_cancelled()
            member = self._member(resource.path)
            if member.file_size != resource.bytes:
                raise _damaged(self._path)

    def read_resource(self, resource: Resource) -> bytes:
        """One file."""
        content = self._read(resource.path, most_bytes=resource.bytes)
        self.bytes_fetched += len(content)
        return content

    def close(self) -> None:
        """Close the archive."""
        self._archive.close()

    def _member(self, name: str) -> zipfile.ZipInfo:
        if name not in self._members:
            raise PublicationRefused(
                _("{archive} lacks the file {file}.").format(archive=self._path.name, file=name),
                _("Copy the whole publication into the .zip; the figures you have stay in use."),
            )
        return self._members[name]

    def _read(self, name: str, *, most_bytes: int) -> bytes:
        member = self._member(name)
        if member.file_size > most_bytes:
            raise too_long(name, most_bytes=most_bytes)
        try:
            with self._archive.open(member) as file:
                content = file.read(most_bytes + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError) as error:
            raise _damaged(self._path) from error
        if len(content) > most_bytes:
            raise too_long(name, most_bytes=most_bytes)
        return content


def holds_publication(path: Path) -> bool:
    """Whether the .zip looks like one of a publication, be it an honest one or not; other archives are none of ours.

    Raises SourceUnreachable, and PublicationRefused for one that is damaged.
    """
    archive = _opened(path)
    try:
        return any(PurePosixPath(member.filename).name == DESCRIPTION for member in archive.infolist())
    finally:
        archive.close()


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        _check_list_size(path)
        return zipfile.ZipFile(path)
    except OSError as error:
        raise SourceUnreachable(
            _("{file} cannot be read: {cause}.").format(file=path, cause=error.strerror or error),
            _("Check that the file is there; the figures you have stay in use."),
        ) from error
    except (zipfile.BadZipFile, NotImplementedError, struct.error, ValueError) as error:
        raise _damaged(path) from error


def _check_list_size(path: Path) -> None:
    """Refuse a member list of absurd size before it is read into memory."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - MOST_COMMENT_BYTES - END_RECORD_BYTES))
        tail = file.read()
    at = tail.rfind(END_RECORD)
    record = tail[at : at + END_RECORD_BYTES]
    if at < 0 or len(record) < END_RECORD_BYTES:
        raise zipfile.BadZipFile
    (list_bytes,) = struct.unpack_from("<L", record, 12)
    if list_bytes > MOST_LIST_BYTES:
        raise zipfile.BadZipFile


def _honest_members(path: Path, archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files by name; refuses two of one name, names that lead elsewhere, and members that share bytes."""
    files = [member for member in archive.infolist() if not member.is_dir()]
    names = [member.filename for member in files]
    if len({name.casefold() for name in names}) != len(names):
        raise _dishonest(path, _("it holds two files of one name"))
    top = _top_folder(names)
    for member in files:
        if not (member.filename.startswith(top) and _is_plain(member, name=member.filename.removeprefix(top))):
            raise _dishonest(path, _("it holds a file under a name or in a form that is not allowed"))
    ends_at = 0
    for member in sorted(files, key=lambda member: member.header_offset):
        if member.header_offset < ends_at:
            raise _dishonest(path, _("two of its files share the same bytes"))
        ends_at = member.header_offset + LOCAL_HEADER_BYTES + len(member.orig_filename) + member.compress_size
    return {member.filename.removeprefix(top): member for member in files}


def _top_folder(names: Sequence[str]) -> str:
    """The folder, written with its stroke, that the description lies in; "" for the root, where it usually does."""
    if DESCRIPTION in names:
        return ""
    folders = [name.removesuffix(DESCRIPTION) for name in names if PurePosixPath(name).parts[1:] == (DESCRIPTION,)]
    return folders[0] if len(folders) == 1 else ""


def _is_plain(member: zipfile.ZipInfo, *, name: str) -> bool:
    """A description, signature, check list or `tables/<name>`, not encrypted, stored or deflated, no link."""
    parts = PurePosixPath(name).parts
    known_place = (len(parts) == 1 and parts[0] in BESIDE_TABLES) or (len(parts) == 2 and parts[0] == "tables")
    is_link = (member.external_attr >> 16) & 0o170000 == 0o120000
    whole = PurePosixPath(member.filename).parts
    written_plainly = member.filename == "/".join(whole) and ".." not in whole and "\\" not in member.orig_filename
    return known_place and written_plainly and not is_link and not member.flag_bits & 1 and _readable(member)


def _readable(member: zipfile.ZipInfo) -> bool:
    return member.compress_type in READABLE


def _dishonest(path: Path, reason: str) -> PublicationRefused:
    return PublicationRefused(
        _("{archive} is refused: {reason}.").format(archive=path.name, reason=reason),
        _("Ask the publisher for the publication as a plain folder; the figures you have stay in use."),
    )


def _damaged(path: Path) -> PublicationRefused:
    return PublicationRefused(
        _("{archive} is no whole .zip file: it was copied in part or is damaged.").format(archive=path.name),
        _("Copy it again; the figures you have stay in use."),
    )

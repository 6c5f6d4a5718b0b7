"""The description of a publication (Data Package v2): writing it, and reading it without trusting it.

`description_bytes` and `read_description` are each other's inverse. Reading checks the shape alone: who signed it
is `verify`'s business, what the rows say is for those of `read_tables` and its like.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any, TypeVar

import msgspec

from jobcentre_desk.errors import PublicationRefused
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.model.publication import DESCRIPTION, TABLE_COLUMNS, Access, Publication, Resource
from jobcentre_desk.publishing.schemas import ID_PATTERN, table_schema
from jobcentre_desk.text import LANGUAGES, clean
from jobcentre_desk.text import translate as _

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
LARGEST_DESCRIPTION = 4 * 1024 * 1024
LARGEST_FILE = 256 * 1024 * 1024
MOST_RESOURCES = 2000
PUBLICATION_FILE = "publication.json"
MASKED_WINDOW = 4
PRIVATE_TABLES = frozenset({"employers", "outcomes"})
"""Tables that only a publication of access `authority` may hold."""

_SPLIT_NAME = re.compile(rf"(outcomes)-([0-9]{{4}}q0[1-4])|(figures)-({ID_PATTERN})")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T|$)")
_HASH = r"^sha256:[0-9a-f]{64}\Z"
_WHOLE_TABLES = frozenset(TABLE_COLUMNS) - {"outcomes", "figures"}

_Text = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
_OptionalText = Annotated[str, msgspec.Meta(max_length=200)] | None
_Count = Annotated[int, msgspec.Meta(ge=1, le=1000)]


_Entry = TypeVar("_Entry", bound=msgspec.Struct)


class _FieldEntry(msgspec.Struct):
    name: str


class _SchemaEntry(msgspec.Struct):
    fields: list[_FieldEntry]


class _ResourceEntry(msgspec.Struct):
    name: _Text
    path: _Text
    bytes: Annotated[int, msgspec.Meta(ge=0, le=LARGEST_FILE)]
    hash: Annotated[str, msgspec.Meta(pattern=_HASH)]
    content_hash: Annotated[str, msgspec.Meta(pattern=_HASH)]
    schema: _SchemaEntry


class _PublicationEntry(msgspec.Struct):
    publisher: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]{1,40}\Z")]
    publisher_name: _Text
    sequence: Annotated[int, msgspec.Meta(ge=1, le=2**53)]
    released: _Text
    definitions_version: _Text
    access: Access
    next_release: _OptionalText = None
    stale_after: _OptionalText = None
    outcomes_known_through: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}Q0[1-4]\Z")] | None = None
    minimum_count: _Count = 1
    share_minimum_count: Annotated[int, msgspec.Meta(ge=1, le=20)] = 3
    demonstration: bool = False
    languages: Annotated[list[Annotated[str, msgspec.Meta(pattern=r"^(da|en)\Z")]], msgspec.Meta(min_length=1)] = (
        msgspec.field(default_factory=lambda: list(LANGUAGES))
    )
    next_key: _OptionalText = None
    outcome_window: Annotated[int, msgspec.Meta(ge=1, le=MASKED_WINDOW)] = 1


class _Description(msgspec.Struct):
    publication: _PublicationEntry
    resources: Annotated[list[_ResourceEntry], msgspec.Meta(max_length=MOST_RESOURCES)]


def content_hash(content: bytes) -> str:
    """The hash of bytes as a description writes it: `sha256:` and 64 hexadecimal digits."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def gzip_bytes(csv: bytes) -> bytes:
    """Compress a table; the same Python build gives the same bytes (no time, no name inside)."""
    return gzip.compress(csv, compresslevel=6, mtime=0)


def resource_name(table: str, *, quarter: Quarter | None = None, measure: str = "") -> str:
    """The name of a file in the description: `areas`, `outcomes-2025q03`, `figures-y30r21.rank`."""
    part = str(quarter).lower() if quarter is not None else measure
    return f"{table}-{part}" if part else table


def resource_path(table: str, quarter: Quarter | None, measure: str, sha: str) -> str:
    """Where a file lies in the folder; `sha` is the hash of its compressed bytes, with or without `sha256:`."""
    digits = sha.removeprefix("sha256:")[:16]
    return f"tables/{resource_name(table, quarter=quarter, measure=measure)}-{digits}.csv.gz"


def description_bytes(publication: Publication) -> bytes:
    """`datapackage.json` of a publication: the same publication gives the same bytes."""
    package = {
        "$schema": PROFILE,
        "name": publication.publisher,
        "title": publication.publisher_name,
        "version": str(publication.sequence),
        "publication": _publication_object(publication),
        "resources": [_resource_object(resource) for resource in publication.resources],
    }
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def read_description(content: bytes) -> Publication:
    """Read `datapackage.json`; raises PublicationRefused with the place and the rule it breaks."""
    with _refusing(DESCRIPTION, _("Ask the publisher for a corrected release.")):
        if len(content) > LARGEST_DESCRIPTION:
            raise _RuleBroken(_("It is larger than {n} MB.").format(n=LARGEST_DESCRIPTION // 1024**2))
        entry = _convert(_parse_json(content), _Description)
        resources = tuple(_read_resource(resource) for resource in entry.resources)
        publication = _read_publication(entry.publication, resources)
        _check_resources(publication)
        return publication


def read_publication_object(content: bytes, *, sequence: int, minimum_count: int) -> Publication:
    """Read a publisher's `publication.json`: the object `publication`, alone or wrapped, without resources.

    `sequence` is the publisher's next; `minimum_count` above 1 wins over the file's. Raises PublicationRefused.
    """
    with _refusing(PUBLICATION_FILE, _("Correct it and publish again.")):
        parsed = _parse_json(content)
        given = parsed.get("publication", parsed)
        if not isinstance(given, dict):
            raise _RuleBroken(_("“publication” is no object."))
        chosen = {"minimum_count": minimum_count} if minimum_count > 1 else {}
        return _read_publication(_convert(given | chosen | {"sequence": sequence}, _PublicationEntry), ())


class _RuleBroken(Exception):
    """A rule of the format is broken; the text is the reason as a sentence."""


@contextmanager
def _refusing(file: str, hint: str) -> Iterator[None]:
    try:
        yield
    except _RuleBroken as broken:
        message = _("The description of the publication ({file}) cannot be used.").format(file=file)
        raise PublicationRefused(f"{message} {broken}", hint) from broken


def _parse_json(content: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(content.decode("utf-8"), object_pairs_hook=_unique_keys, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise _RuleBroken(_("It is not correct JSON.")) from error
    if not isinstance(parsed, dict):
        raise _RuleBroken(_("It is not a JSON object."))
    return parsed


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _value in pairs}) != len(pairs):
        raise ValueError
    return dict(pairs)


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _convert(parsed: dict[str, Any], kind: type[_Entry]) -> _Entry:
    try:
        return msgspec.convert(parsed, kind)
    except msgspec.ValidationError as error:
        raise _RuleBroken(
            _("What stands there breaks the format: {detail}.").format(detail=clean(str(error)))
        ) from error


def _read_resource(entry: _ResourceEntry) -> Resource:
    table, quarter, measure = _parse_name(entry.name)
    if entry.path != resource_path(table, quarter, measure, entry.hash):
        raise _RuleBroken(
            _("The path of “{name}” is not the one its name and hash give.").format(name=clean(entry.name))
        )
    if tuple(field.name for field in entry.schema.fields) != TABLE_COLUMNS[table]:
        raise _RuleBroken(_("The columns of “{name}” are not those of the format.").format(name=clean(entry.name)))
    return Resource(
        name=entry.name,
        path=entry.path,
        table=table,
        bytes=entry.bytes,
        hash=entry.hash,
        content_hash=entry.content_hash,
        quarter=quarter,
    )


def _parse_name(name: str) -> tuple[str, Quarter | None, str]:
    if name in _WHOLE_TABLES:
        return name, None, ""
    match = _SPLIT_NAME.fullmatch(name)
    if match is None:
        raise _RuleBroken(_("“{name}” is not a table of the format.").format(name=clean(name)))
    if match[1]:
        return "outcomes", Quarter.parse(match[2]), ""
    return "figures", None, match[4]


def _read_publication(entry: _PublicationEntry, resources: tuple[Resource, ...]) -> Publication:
    for day in (entry.released, entry.next_release, entry.stale_after):
        _check_date(day)
    known = entry.outcomes_known_through
    return Publication(
        publisher=entry.publisher,
        publisher_name=clean(entry.publisher_name),
        sequence=entry.sequence,
        released=entry.released,
        next_release=entry.next_release or None,
        stale_after=entry.stale_after or None,
        definitions_version=clean(entry.definitions_version),
        outcomes_known_through=Quarter.parse(known) if known else None,
        access=entry.access,
        minimum_count=entry.minimum_count,
        share_minimum_count=entry.share_minimum_count,
        demonstration=entry.demonstration,
        languages=tuple(entry.languages),
        next_key=entry.next_key or None,
        outcome_window=entry.outcome_window,
        resources=resources,
    )


def _check_date(day: str | None) -> None:
    try:
        if day:
            dt.datetime.fromisoformat(day if _DATE.match(day) else "")
    except ValueError as error:
        raise _RuleBroken(_("“{day}” is no date like 2026-11-02.").format(day=clean(day or ""))) from error


def _check_resources(publication: Publication) -> None:
    names = [resource.name for resource in publication.resources]
    if len(set(names)) != len(names):
        raise _RuleBroken(_("The same table stands there twice."))
    tables = {resource.table for resource in publication.resources}
    if publication.access is Access.PUBLIC and tables & PRIVATE_TABLES:
        raise _RuleBroken(_("A public publication may hold neither employers nor outcomes."))
    _check_window(publication, tables)


def _check_window(publication: Publication, tables: set[str]) -> None:
    window = publication.outcome_window
    if window not in {1, MASKED_WINDOW}:
        raise _RuleBroken(_("“outcome_window” is neither 1 nor 4."))
    if "outcomes" not in tables:
        return
    if (window == MASKED_WINDOW) != (publication.minimum_count > 1):
        raise _RuleBroken(_("“outcome_window” is 4 exactly when “minimum_count” is above 1."))
    _check_window_quarters(publication)


def _check_window_quarters(publication: Publication) -> None:
    known = publication.outcomes_known_through
    if publication.outcome_window == 1:
        return
    if known is None:
        raise _RuleBroken(_("Windows of four quarters need “outcomes_known_through”."))
    quarters: Sequence[Quarter] = [r.quarter for r in publication.resources if r.quarter is not None]
    if any((known.index - quarter.index) % MASKED_WINDOW for quarter in quarters):
        raise _RuleBroken(_("A quarter of outcomes is not the last one of a window of four."))


def _publication_object(publication: Publication) -> dict[str, Any]:
    known = publication.outcomes_known_through
    return {
        "publisher": publication.publisher,
        "publisher_name": publication.publisher_name,
        "sequence": publication.sequence,
        "released": publication.released,
        "next_release": publication.next_release,
        "stale_after": publication.stale_after,
        "definitions_version": publication.definitions_version,
        "outcomes_known_through": str(known) if known else None,
        "access": publication.access.value,
        "minimum_count": publication.minimum_count,
        "share_minimum_count": publication.share_minimum_count,
        "outcome_window": publication.outcome_window,
        "demonstration": publication.demonstration,
        "languages": list(publication.languages),
        "next_key": publication.next_key,
    }


def _resource_object(resource: Resource) -> dict[str, Any]:
    return {
        "name": resource.name,
        "path": resource.path,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": resource.bytes,
        "hash": resource.hash,
        "content_hash": resource.content_hash,
        "schema": table_schema(resource.table),
    }

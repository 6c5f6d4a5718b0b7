"""The checks between bytes that arrived and figures that may be read: signature, description, hashes, sizes."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import replace

from jobcentre_desk.errors import InputRefused, PublicationRefused
from jobcentre_desk.model.publication import DESCRIPTION, Publication, Resource
from jobcentre_desk.publishing import trust
from jobcentre_desk.publishing.format import LARGEST_DESCRIPTION, read_description
from jobcentre_desk.text import translate as _

LARGEST_CSV = 1024**3
ALWAYS_ALLOWED_CSV = 1024**2
LARGEST_RATIO = 100
"""Tables shrink 5-20 times; what would grow more than this when unpacked is a bomb (gzip reaches 1,030)."""

_GZIP_WINDOW = 31


def verify_description(description: bytes, signature: bytes | None, *, key_line: str | None) -> Publication:
    """Check the signature against the trusted key, then read the description; None means unsigned is allowed.

    Raises PublicationRefused. The demonstration key is accepted for demonstration figures alone, and the
    signature's publisher and sequence must be those of the description.
    """
    if len(description) > LARGEST_DESCRIPTION:
        raise _refused(DESCRIPTION, _("It is larger than the format allows."))
    if key_line is None:
        return _with_checked_next_key(read_description(description))
    if signature is None:
        raise _refused(DESCRIPTION, _("It is not signed."))
    comment = trust.verify_signature(description, signature, key_line)
    publication = read_description(description)
    if comment != trust.TrustedComment(publication.publisher, publication.sequence):
        raise _refused(
            DESCRIPTION, _("Its signature was made for another release ({comment}).").format(comment=comment)
        )
    if key_line == trust.DEMONSTRATION_KEY and not publication.demonstration:
        raise _refused(DESCRIPTION, _("It is signed with the demonstration key but says it is no demonstration."))
    return _with_checked_next_key(publication)


def check_resource(resource: Resource, gz_bytes: bytes) -> bytes:
    """The CSV of one file: size and hash of the compressed bytes, bounded unpacking, hash of the CSV.

    Raises PublicationRefused; nothing is unpacked before the hash of the compressed bytes holds.
    """
    if len(gz_bytes) != resource.bytes:
        raise _refused(resource.path, _("It is not as long as the description says."))
    if f"sha256:{hashlib.sha256(gz_bytes).hexdigest()}" != resource.hash:
        raise _refused(resource.path, _("Its content is not what the description says (hash)."))
    csv = _unpack(gz_bytes, resource.path)
    if f"sha256:{hashlib.sha256(csv).hexdigest()}" != resource.content_hash:
        raise _refused(resource.path, _("The table inside is not what the description says (hash)."))
    return csv


def _unpack(gz_bytes: bytes, file: str) -> bytes:
    limit = min(LARGEST_CSV, max(ALWAYS_ALLOWED_CSV, LARGEST_RATIO * len(gz_bytes)))
    unpacker = zlib.decompressobj(_GZIP_WINDOW)
    try:
        csv = unpacker.decompress(gz_bytes, limit + 1)
    except zlib.error as error:
        raise _refused(file, _("It cannot be unpacked.")) from error
    if len(csv) > limit:
        raise _refused(file, _("Unpacked it would be far larger than a table can be."))
    if not unpacker.eof or unpacker.unused_data:
        raise _refused(file, _("It is cut off, or something follows after its end."))
    return csv


def _with_checked_next_key(publication: Publication) -> Publication:
    if publication.next_key is None:
        return publication
    try:
        return replace(publication, next_key=trust.parse_public_key(publication.next_key))
    except InputRefused as error:
        raise _refused(DESCRIPTION, _("“next_key” is no public key.")) from error


def _refused(file: str, reason: str) -> PublicationRefused:
    return PublicationRefused(
        _("The file {file} of the publication was not accepted. {reason}").format(file=file, reason=reason),
        _("Fetch the release again; if that does not help, ask its publisher. What was loaded before stays."),
    )

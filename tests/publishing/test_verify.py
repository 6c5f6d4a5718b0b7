"""From arrived bytes to figures that may be read: which pairs and files are let in."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from dataclasses import replace

import minisign
import pytest

from jobcentre_desk.errors import PublicationRefused
from jobcentre_desk.model.publication import Access, Publication, Resource
from jobcentre_desk.publishing import trust, verify
from jobcentre_desk.publishing.format import LARGEST_DESCRIPTION, description_bytes, gzip_bytes, resource_path

CSV = b"code,title_da,title_en\n" + b"".join(b"c%d,Navn,Name\n" % n for n in range(200))


def facts(**changes: object) -> Publication:
    plain = Publication(
        publisher="north",
        publisher_name="Nord",
        sequence=5,
        released="2026-04-15",
        next_release=None,
        stale_after=None,
        definitions_version="1",
        outcomes_known_through=None,
        access=Access.PUBLIC,
        minimum_count=1,
        share_minimum_count=3,
        demonstration=False,
        languages=("da",),
        next_key=None,
        outcome_window=1,
        resources=(),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def described(csv: bytes, packed: bytes) -> Resource:
    sha = "sha256:" + hashlib.sha256(packed).hexdigest()
    return Resource(
        name="programmes",
        path=resource_path("programmes", None, "", sha),
        table="programmes",
        bytes=len(packed),
        hash=sha,
        content_hash="sha256:" + hashlib.sha256(csv).hexdigest(),
    )


@pytest.fixture(scope="module")
def secret_key() -> trust.SecretKey:
    return minisign.KeyPair.generate().secret_key


def test_a_signed_description_is_let_in(secret_key: trust.SecretKey) -> None:
    description = description_bytes(facts())
    signature = trust.sign(description, secret_key, "north", 5)
    key_line = trust.public_key_of(secret_key)
    assert verify.verify_description(description, signature, key_line=key_line) == facts()


@pytest.mark.parametrize(("publisher", "sequence"), [("north", 6), ("south", 5)])
def test_a_signature_made_for_another_release_is_refused(
    publisher: str, sequence: int, secret_key: trust.SecretKey
) -> None:
    description = description_bytes(facts())
    signature = trust.sign(description, secret_key, publisher, sequence)
    with pytest.raises(PublicationRefused, match="another release"):
        verify.verify_description(description, signature, key_line=trust.public_key_of(secret_key))


def test_without_a_signature_it_is_refused_unless_unsigned_was_allowed(secret_key: trust.SecretKey) -> None:
    description = description_bytes(facts())
    with pytest.raises(PublicationRefused, match="not signed"):
        verify.verify_description(description, None, key_line=trust.public_key_of(secret_key))
    assert verify.verify_description(description, None, key_line=None) == facts()


def test_the_demonstration_key_lets_in_demonstrations_alone() -> None:
    for demonstration in (True, False):
        description = description_bytes(facts(demonstration=demonstration))
        signature = trust.sign(description, trust.demonstration_secret_key(), "north", 5)
        if demonstration:
            verify.verify_description(description, signature, key_line=trust.DEMONSTRATION_KEY)
        else:
            with pytest.raises(PublicationRefused, match="demonstration key"):
                verify.verify_description(description, signature, key_line=trust.DEMONSTRATION_KEY)


def test_the_next_key_is_carried_as_its_plain_line(secret_key: trust.SecretKey) -> None:
    line = trust.public_key_of(secret_key)
    description = description_bytes(facts(next_key=f"  {line}\n"))
    assert verify.verify_description(description, None, key_line=None).next_key == line
    with pytest.raises(PublicationRefused, match="next_key"):
        verify.verify_description(description_bytes(facts(next_key="a key")), None, key_line=None)


def test_a_swollen_description_is_refused_before_its_signature_is_looked_at() -> None:
    with pytest.raises(PublicationRefused, match="larger"):
        verify.verify_description(b" " * (LARGEST_DESCRIPTION + 1), b"", key_line=trust.DEMONSTRATION_KEY)


def test_a_file_as_described_gives_its_csv() -> None:
    packed = gzip_bytes(CSV)
    assert verify.check_resource(described(CSV, packed), packed) == CSV


def test_a_file_of_another_length_or_content_is_refused() -> None:
    packed = gzip_bytes(CSV)
    resource = described(CSV, packed)
    with pytest.raises(PublicationRefused, match="as long as"):
        verify.check_resource(resource, packed[:-1])
    for place in range(0, len(packed), 11):
        flipped = packed[:place] + bytes([packed[place] ^ 1]) + packed[place + 1 :]
        with pytest.raises(PublicationRefused, match="hash"):
            verify.check_resource(resource, flipped)


def test_a_csv_of_another_hash_is_refused() -> None:
    packed = gzip_bytes(CSV)
    resource = replace(described(CSV, packed), content_hash="sha256:" + "0" * 64)
    with pytest.raises(PublicationRefused, match="table inside"):
        verify.check_resource(resource, packed)


@pytest.mark.parametrize(
    "packed",
    [
        gzip_bytes(CSV)[:-9],
        gzip_bytes(CSV) + b"more",
        gzip_bytes(CSV) + gzip_bytes(CSV),
        zlib.compress(CSV),
        CSV,
        b"",
        gzip_bytes(CSV)[:10],
    ],
    ids=["cut", "tail", "two_members", "zlib", "plain", "empty", "header_alone"],
)
def test_what_is_not_one_whole_gzip_file_is_refused(packed: bytes) -> None:
    with pytest.raises(PublicationRefused):
        verify.check_resource(described(CSV, packed), packed)


def test_a_bomb_is_refused_before_it_grows() -> None:
    bomb = gzip.compress(bytes(64 * 1024 * 1024), mtime=0)
    assert len(bomb) < 100_000
    with pytest.raises(PublicationRefused, match="larger"):
        verify.check_resource(described(b"", bomb), bomb)


def test_a_small_file_may_shrink_as_much_as_it_likes() -> None:
    csv = CSV + b"x,y,z\n" * 100_000
    packed = gzip_bytes(csv)
    assert len(csv) > verify.LARGEST_RATIO * len(packed)
    assert verify.check_resource(described(csv, packed), packed) == csv

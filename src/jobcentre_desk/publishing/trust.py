"""Signatures of publications: minisign keys, signing and verifying (Ed25519 over a BLAKE2b hash, never legacy)."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import minisign

from jobcentre_desk.errors import FileUnwritable, InputRefused, PublicationRefused
from jobcentre_desk.text import translate as _

LARGEST_SIGNATURE = 16 * 1024
LARGEST_KEY_TEXT = 16 * 1024
SECRET_KEY_FILE = "publisher.key"  # noqa: S105 - the name of a file
PUBLIC_KEY_FILE = "publisher.pub"

SecretKey: TypeAlias = minisign.SecretKey

DEMONSTRATION_KEY = "RWQmWO8okFX7VjmQXexiiTAogcpdKf29e1UV92gQLSrtPwJ8sgTTCh19"
"""The public key that signs demonstration figures; its secret half is no secret, so it proves nothing else."""

_DEMONSTRATION_SEED = b"Jobcentre Desk: demonstration figures, invented, signed with a key that is no secret"
_TRUSTED_COMMENT = re.compile(r"publisher:([a-z0-9-]{1,40}) sequence:([1-9][0-9]{0,15})")
_KEY_LINE = re.compile(r"[A-Za-z0-9+/]{56}")
_SECRET_KEY_LENGTH = 212
_SCRYPT_OPERATIONS = 2**22
_SCRYPT_MEMORY = 2**27


class SignatureMismatch(PublicationRefused):
    """The trusted key signed other bytes: altered, or a release is being published between the two files."""


@dataclass(frozen=True, slots=True)
class TrustedComment:
    """What the signer said about the release: `publisher:<id> sequence:<n>`."""

    publisher: str
    sequence: int

    def __str__(self) -> str:
        return f"publisher:{self.publisher} sequence:{self.sequence}"


@dataclass(frozen=True, slots=True)
class KeyFiles:
    """A new pair of keys: where its files are, and the id to read out by phone."""

    secret: Path
    public: Path
    key_id: str


def parse_public_key(text: str) -> str:
    """The key line of a public key as a person has it: a whole file, or that line alone, with BOM and blanks.

    Raises InputRefused when there is no such line, or more than one.
    """
    lines = [line.strip("\ufeff \t\u00a0") for line in text[:LARGEST_KEY_TEXT].splitlines()]
    keys = [line for line in lines if line and not line.startswith("untrusted comment:")]
    if len(keys) != 1 or not _is_public_key(keys[0]):
        raise _no_key(keys)
    return keys[0]


def key_id(key_line: str) -> str:
    """The id of a key as minisign prints it: a little-endian number in hexadecimal digits."""
    return f"{_key_number(_decoded(key_line)):X}"


def signing_key(signature: bytes, key_lines: Sequence[str]) -> str:
    """Which of the trusted keys a signature names; the first where it names none of them, to be refused by it.

    Proves nothing: `verify_signature` does. Raises PublicationRefused for what is no signature.
    """
    signed_by = signer_id(signature)
    return next((line for line in key_lines if key_id(line) == signed_by), key_lines[0])


def signer_id(signature: bytes) -> str:
    """The id of the key that a signature names, as minisign prints it; proves nothing: `verify_signature` does.

    Raises PublicationRefused for what is no signature.
    """
    _parse_signature(signature)
    return f"{_signature_number(signature):X}"


def verify_signature(description: bytes, signature: bytes, key_line: str) -> TrustedComment:
    """Check that `key_line` signed exactly these bytes; raises PublicationRefused saying what does not hold."""
    parsed = _parse_signature(signature)
    if not parsed.is_prehashed():
        raise _refused(_("Its signature is of the old kind (legacy), which is not accepted."))
    signed_by = f"{_signature_number(signature):X}"
    if signed_by != key_id(key_line) and key_line == DEMONSTRATION_KEY:
        raise _no_publishers_key(signed_by)
    if signed_by != key_id(key_line):
        raise _refused(
            _("It was signed with the key {found}, but {expected} is trusted for this source.").format(
                found=signed_by, expected=key_id(key_line)
            )
        )
    try:
        minisign.PublicKey.from_base64(key_line).verify(description, parsed)
    except minisign.Error as error:
        refusal = _refused(_("Its signature does not fit: it was altered after signing."))
        raise SignatureMismatch(refusal.message, refusal.hint) from error
    return _parse_trusted_comment(parsed.trusted_comment)


def sign(description: bytes, secret_key: SecretKey, publisher: str, sequence: int) -> bytes:
    """The content of `datapackage.json.minisig` over exactly these bytes; the same input gives the same bytes."""
    comment = str(TrustedComment(publisher, sequence))
    return bytes(secret_key.sign(description, prehash=True, trusted_comment=comment)) + b"\n"


def generate_keys(folder: Path, password: str | None) -> KeyFiles:
    """Write a new `publisher.key` and `publisher.pub`; None leaves the secret key without a password.

    Never writes over a key: raises FileUnwritable when one is there or the folder cannot be written.
    """
    pair = minisign.KeyPair.generate()
    line = pair.public_key.to_base64().decode()
    number = key_id(line)
    if password is not None:
        pair.secret_key.encrypt(password, opslimit=_SCRYPT_OPERATIONS, memlimit=_SCRYPT_MEMORY)
    files = KeyFiles(folder / SECRET_KEY_FILE, folder / PUBLIC_KEY_FILE, number)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_new(files.secret, bytes(pair.secret_key) + b"\n", mode=0o600)
        _write_new(files.public, public_key_file(line), mode=0o644)
    except FileExistsError as error:
        raise FileUnwritable(
            _("There already is a key in {folder}.").format(folder=folder),
            _("Choose another folder; a key that was used must not be lost."),
        ) from error
    except OSError as error:
        raise FileUnwritable(
            _("The keys cannot be written to {folder}.").format(folder=folder),
            _("Choose a folder that you may write to."),
        ) from error
    return files


def public_key_file(key_line: str) -> bytes:
    """The content of a public key file, as minisign writes it."""
    return f"untrusted comment: minisign public key {key_id(key_line)}\n{key_line}\n".encode()


def load_secret_key(path: Path, ask_password: Callable[[], str]) -> SecretKey:
    """Read a secret key file, asking for its password if it has one; raises InputRefused."""
    try:
        key = minisign.SecretKey.from_file(path)
    except OSError as error:
        raise InputRefused(
            _("The secret key {path} cannot be read.").format(path=path),
            _("Check the path, and that you may read the file."),
        ) from error
    except minisign.Error as error:
        raise InputRefused(
            _("{path} is no secret key of minisign.").format(path=path),
            _("Choose the file publisher.key that was made with the public key."),
        ) from error
    if key.is_encrypted():
        _unlock(key, ask_password())
    return key


def public_key_of(secret_key: SecretKey) -> str:
    """The public key line that belongs to a secret key."""
    line: bytes = secret_key.get_public_key().to_base64()
    return line.decode()


def demonstration_secret_key() -> SecretKey:
    """The secret half of DEMONSTRATION_KEY, worked out from a constant: the same on every machine."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    seed = hashlib.blake2b(_DEMONSTRATION_SEED, digest_size=32).digest()
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    number = hashlib.blake2b(public, digest_size=8).digest()
    body = number + seed + public
    checksum = hashlib.blake2b(b"Ed" + body, digest_size=32).digest()
    without_password = b"\0\0" + b"B2" + bytes(32 + 8 + 8)
    return minisign.SecretKey.from_base64(base64.b64encode(b"Ed" + without_password + body + checksum))


def _parse_signature(signature: bytes) -> minisign.Signature:
    if len(signature) > LARGEST_SIGNATURE:
        raise _refused(_("Its signature file is far too large."))
    try:
        return minisign.Signature.from_bytes(signature)
    except minisign.Error as error:
        raise _refused(_("Its signature file is damaged or no signature of minisign.")) from error


def _parse_trusted_comment(comment: str) -> TrustedComment:
    match = _TRUSTED_COMMENT.fullmatch(comment)
    if match is None:
        raise _refused(_("Its signature does not say “publisher:<id> sequence:<number>”."))
    return TrustedComment(match[1], int(match[2]))


def _unlock(key: SecretKey, password: str) -> None:
    try:
        key.decrypt(password)
    except minisign.Error as error:
        raise InputRefused(
            _("The password does not open the secret key."), _("Try again with the password of this key.")
        ) from error


def _write_new(path: Path, content: bytes, *, mode: int) -> None:
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _is_public_key(line: str) -> bool:
    return bool(_KEY_LINE.fullmatch(line)) and _decoded(line)[:2] == b"Ed"


def _decoded(line: str) -> bytes:
    return base64.b64decode(line)


def _key_number(decoded: bytes) -> int:
    return int.from_bytes(decoded[2:10], "little")


def _signature_number(signature: bytes) -> int:
    return _key_number(_decoded(signature.splitlines()[1].decode()))


def _no_key(keys: list[str]) -> InputRefused:
    if any(len(key) == _SECRET_KEY_LENGTH for key in keys):
        return InputRefused(
            _("This is a secret key; it must stay with the publisher."),
            _("Use the public key, the file that ends in .pub."),
        )
    return InputRefused(
        _("This is no public key of minisign."),
        _("Use the publisher's .pub file, or its line of 56 characters that begins with RW."),
    )


def _no_publishers_key(signed_by: str) -> PublicationRefused:
    """Only the demonstration's key is trusted, as it is for a source added without a key."""
    return PublicationRefused(
        _("The publication is signed with the key {found}, and no key of its publisher was given for it.").format(
            found=signed_by
        ),
        _("Ask the publisher for the public key, compare its id by phone, and add the source again with that key."),
    )


def _refused(reason: str) -> PublicationRefused:
    return PublicationRefused(
        _("The publication was not accepted. {reason}").format(reason=reason),
        _("Ask the publisher for the release and compare the key id by phone; what was loaded before stays."),
    )

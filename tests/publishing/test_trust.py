"""Keys and signatures of publications: what is trusted, what is refused, and agreement with minisign itself."""

from __future__ import annotations

import base64
import shutil
import subprocess
from pathlib import Path

import minisign
import pytest

from jobcentre_desk.errors import FileUnwritable, InputRefused, PublicationRefused
from jobcentre_desk.publishing import trust

DESCRIPTION = b'{"publication": {}}\n'


@pytest.fixture(scope="module")
def pair() -> minisign.KeyPair:
    return minisign.KeyPair.generate()


@pytest.fixture(scope="module")
def key_line(pair: minisign.KeyPair) -> str:
    return trust.public_key_of(pair.secret_key)


@pytest.fixture
def signature(pair: minisign.KeyPair) -> bytes:
    return trust.sign(DESCRIPTION, pair.secret_key, "north", 12)


@pytest.fixture(scope="session")
def minisign_program() -> str:
    program = shutil.which("minisign")
    if program is None:
        pytest.skip("minisign is not installed here, so agreement with it cannot be tried (apt install minisign).")
    return program


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)


def test_what_was_signed_is_accepted_and_tells_publisher_and_sequence(key_line: str, signature: bytes) -> None:
    assert trust.verify_signature(DESCRIPTION, signature, key_line) == trust.TrustedComment("north", 12)


def test_signing_twice_gives_the_same_bytes(pair: minisign.KeyPair, signature: bytes) -> None:
    assert trust.sign(DESCRIPTION, pair.secret_key, "north", 12) == signature


def test_one_changed_byte_is_noticed(key_line: str, signature: bytes) -> None:
    with pytest.raises(PublicationRefused, match="altered"):
        trust.verify_signature(DESCRIPTION + b" ", signature, key_line)


def test_a_changed_trusted_comment_is_noticed(key_line: str, signature: bytes) -> None:
    with pytest.raises(PublicationRefused, match="altered"):
        trust.verify_signature(DESCRIPTION, signature.replace(b"sequence:12", b"sequence:13"), key_line)


def test_another_key_is_refused_with_both_ids(signature: bytes, key_line: str) -> None:
    other = trust.public_key_of(minisign.KeyPair.generate().secret_key)
    with pytest.raises(PublicationRefused) as refused:
        trust.verify_signature(DESCRIPTION, signature, other)
    assert trust.key_id(other) in refused.value.message
    assert trust.key_id(key_line) in refused.value.message


def test_a_key_with_the_id_of_another_opens_nothing(signature: bytes, key_line: str) -> None:
    other = base64.b64decode(trust.public_key_of(minisign.KeyPair.generate().secret_key))
    forged = base64.b64encode(base64.b64decode(key_line)[:10] + other[10:]).decode()
    with pytest.raises(PublicationRefused, match="altered"):
        trust.verify_signature(DESCRIPTION, signature, forged)


def test_a_legacy_signature_is_refused(pair: minisign.KeyPair, key_line: str) -> None:
    legacy = pair.secret_key.sign(DESCRIPTION, prehash=False, trusted_comment="publisher:north sequence:12")
    with pytest.raises(PublicationRefused, match="legacy"):
        trust.verify_signature(DESCRIPTION, bytes(legacy) + b"\n", key_line)


@pytest.mark.parametrize(
    "comment",
    [
        "timestamp:1700000000",
        "publisher:north sequence:12 ",
        " publisher:north sequence:12",
        "publisher:north sequence:012",
        "publisher:north sequence:0",
        "publisher:north  sequence:12",
        "publisher:North sequence:12",
        "publisher: sequence:12",
        "publisher:north sequence:12 file:datapackage.json",
        "publisher:" + "n" * 41 + " sequence:1",
    ],
)
def test_a_trusted_comment_of_another_form_is_refused(comment: str, pair: minisign.KeyPair, key_line: str) -> None:
    signed = bytes(pair.secret_key.sign(DESCRIPTION, trusted_comment=comment))
    with pytest.raises(PublicationRefused, match="publisher:<id>"):
        trust.verify_signature(DESCRIPTION, signed, key_line)


def test_a_cut_or_swollen_signature_is_refused(key_line: str, signature: bytes) -> None:
    for length in range(0, len(signature) - 1, 7):
        with pytest.raises(PublicationRefused):
            trust.verify_signature(DESCRIPTION, signature[:length], key_line)
    for broken in (signature + b"more\n", b"\0" * 300, signature + b" " * trust.LARGEST_SIGNATURE, b"\xff" + signature):
        with pytest.raises(PublicationRefused):
            trust.verify_signature(DESCRIPTION, broken, key_line)


def test_a_signature_with_windows_line_ends_is_accepted(key_line: str, signature: bytes) -> None:
    windows = signature.replace(b"\n", b"\r\n")
    assert trust.verify_signature(DESCRIPTION, windows, key_line) == trust.verify_signature(
        DESCRIPTION, signature, key_line
    )


@pytest.mark.parametrize(
    "pasted",
    [
        "{key}",
        "{key}\n",
        "\ufeff{key}",
        "  {key}  \r\n",
        "untrusted comment: minisign public key X\n{key}\n",
        "\ufeffuntrusted comment: x\r\n\r\n{key}\r\n\r\n",
        "\u00a0{key}\u00a0",
        "\n\n\t{key}",
    ],
)
def test_a_public_key_is_found_in_what_was_pasted(pasted: str, key_line: str) -> None:
    assert trust.parse_public_key(pasted.format(key=key_line)) == key_line


@pytest.mark.parametrize(
    "pasted", ["", "RW", "hello", "{key}\n{key}", "{key}x", "x{key}", "{short}", "untrusted comment: {key}"]
)
def test_what_is_no_public_key_is_refused(pasted: str, key_line: str) -> None:
    with pytest.raises(InputRefused, match="no public key"):
        trust.parse_public_key(pasted.format(key=key_line, short=key_line[:-1]))


def test_another_kind_of_key_is_refused(key_line: str) -> None:
    other = base64.b64encode(b"XX" + base64.b64decode(key_line)[2:]).decode()
    with pytest.raises(InputRefused):
        trust.parse_public_key(other)


def test_a_pasted_secret_key_is_told_to_be_one(pair: minisign.KeyPair) -> None:
    with pytest.raises(InputRefused, match="secret"):
        trust.parse_public_key(bytes(pair.secret_key).decode())


def test_the_demonstration_key_is_worked_out_from_its_constant() -> None:
    assert trust.public_key_of(trust.demonstration_secret_key()) == trust.DEMONSTRATION_KEY
    signed = trust.sign(DESCRIPTION, trust.demonstration_secret_key(), "demonstration", 1)
    assert trust.verify_signature(DESCRIPTION, signed, trust.DEMONSTRATION_KEY).sequence == 1


def test_without_a_key_of_the_publisher_the_remedy_is_to_get_it() -> None:
    signed = trust.sign(DESCRIPTION, minisign.KeyPair.generate().secret_key, "north", 1)
    with pytest.raises(PublicationRefused, match="no key of its publisher was given") as refusal:
        trust.verify_signature(DESCRIPTION, signed, trust.DEMONSTRATION_KEY)
    assert "public key" in refusal.value.hint


def test_new_keys_open_with_their_password_alone(tmp_path: Path) -> None:
    keys = trust.generate_keys(tmp_path / "keys", "løsen")
    with pytest.raises(InputRefused, match="password"):
        trust.load_secret_key(keys.secret, lambda: "losen")
    secret = trust.load_secret_key(keys.secret, lambda: "løsen")
    assert trust.public_key_of(secret) == trust.parse_public_key(keys.public.read_text())
    assert keys.key_id == trust.key_id(trust.public_key_of(secret))
    assert keys.secret.stat().st_mode & 0o077 == 0


def test_keys_without_a_password_ask_for_none(tmp_path: Path) -> None:
    keys = trust.generate_keys(tmp_path, None)

    def never() -> str:
        raise AssertionError

    trust.load_secret_key(keys.secret, never)


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    keys = trust.generate_keys(tmp_path, None)
    before = keys.secret.read_bytes()
    with pytest.raises(FileUnwritable, match="already"):
        trust.generate_keys(tmp_path, None)
    assert keys.secret.read_bytes() == before


def test_keys_that_cannot_be_written_are_told_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileUnwritable, match="cannot be written"):
        trust.generate_keys(tmp_path / "file" / "keys", None)


def test_a_secret_key_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.key").write_text("not a key")
    with pytest.raises(InputRefused, match="no secret key"):
        trust.load_secret_key(tmp_path / "x.key", str)
    with pytest.raises(InputRefused, match="cannot be read"):
        trust.load_secret_key(tmp_path / "absent.key", str)


def test_minisign_accepts_our_signature_and_prints_our_key_id(
    tmp_path: Path, minisign_program: str, pair: minisign.KeyPair, key_line: str, signature: bytes
) -> None:
    (tmp_path / "datapackage.json").write_bytes(DESCRIPTION)
    (tmp_path / "datapackage.json.minisig").write_bytes(signature)
    checked = run(minisign_program, "-V", "-P", key_line, "-m", tmp_path / "datapackage.json")
    assert checked.returncode == 0
    assert "Trusted comment: publisher:north sequence:12" in checked.stdout
    other = trust.public_key_of(minisign.KeyPair.generate().secret_key)
    refused = run(minisign_program, "-V", "-P", other, "-m", tmp_path / "datapackage.json")
    assert f"is {trust.key_id(key_line)}\n" in refused.stderr
    assert refused.stderr.rstrip().endswith(trust.key_id(other))


def test_we_accept_what_minisign_signed_and_read_its_keys(tmp_path: Path, minisign_program: str) -> None:
    (tmp_path / "m").write_bytes(DESCRIPTION)
    made = run(minisign_program, "-G", "-W", "-p", tmp_path / "k.pub", "-s", tmp_path / "k.key")
    assert made.returncode == 0, made.stderr
    comment = "publisher:north sequence:3"
    run(minisign_program, "-S", "-s", tmp_path / "k.key", "-m", tmp_path / "m", "-t", comment)
    key_line = trust.parse_public_key((tmp_path / "k.pub").read_text())
    signed = (tmp_path / "m.minisig").read_bytes()
    assert str(trust.verify_signature(DESCRIPTION, signed, key_line)) == comment
    assert f"public key {trust.key_id(key_line)}\n" in (tmp_path / "k.pub").read_text()
    secret = trust.load_secret_key(tmp_path / "k.key", str)
    assert trust.public_key_of(secret) == key_line


def test_minisign_signs_with_our_secret_key(tmp_path: Path, minisign_program: str) -> None:
    keys = trust.generate_keys(tmp_path, None)
    (tmp_path / "m").write_bytes(DESCRIPTION)
    signed = run(minisign_program, "-S", "-s", keys.secret, "-m", tmp_path / "m", "-t", "publisher:a sequence:1")
    assert signed.returncode == 0, signed.stderr
    key_line = trust.parse_public_key(keys.public.read_text())
    trust.verify_signature(DESCRIPTION, (tmp_path / "m.minisig").read_bytes(), key_line)
    legacy = run(minisign_program, "-S", "-l", "-s", keys.secret, "-m", tmp_path / "m", "-t", "publisher:a sequence:1")
    assert legacy.returncode == 0, legacy.stderr
    with pytest.raises(PublicationRefused, match="legacy"):
        trust.verify_signature(DESCRIPTION, (tmp_path / "m.minisig").read_bytes(), key_line)


def test_a_key_id_is_printed_without_leading_zeros(key_line: str) -> None:
    decoded = bytearray(base64.b64decode(key_line))
    decoded[8:10] = b"\x01\x00"
    line = base64.b64encode(bytes(decoded)).decode()
    assert trust.key_id(line) == trust.key_id(line).lstrip("0")
    assert len(trust.key_id(line)) == 13

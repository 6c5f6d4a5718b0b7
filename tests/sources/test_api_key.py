"""Keys of services: the keyring of the system or this session, never a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.errors import KeyringLocked, PasswordDeleteError

from jobcentre_desk.sources import api_key

HOME, OTHER = "https://api.example.org/v3", "https://other.example.org/v3"
CANARY = "canary-4711-key"


class Vault(KeyringBackend):
    """A keyring of the kind a system has, in memory; never found by the search for keyrings."""

    priority = 5
    viable = False

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.held.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


def _refuse(*_names: object) -> str:
    raise KeyringLocked


class LockedVault(Vault):
    """A keyring that the person did not open."""

    get_password: Any = _refuse
    set_password: Any = _refuse
    delete_password: Any = _refuse


class PlaintextKeyring(Vault):
    """A keyring that would write the key to a file as it is."""

    priority = 9


class Shelf(Vault):
    """A keyring whose name says nothing, but that has a file."""

    file_path = "/tmp/passwords.cfg"


class Chain(chainer.ChainerBackend):
    """Several keyrings, the first asked first."""

    backends: list[KeyringBackend] = []  # noqa: RUF012 - shaped as the base class has it


FAIL = fail.Keyring()  # type: ignore[no-untyped-call]
NONE = [FAIL, null.Keyring(), PlaintextKeyring(), Shelf()]  # type: ignore[no-untyped-call]


@pytest.fixture(autouse=True)
def _own_keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test reads or writes the keyring of this machine."""
    monkeypatch.delenv(api_key.ENVIRONMENT, raising=False)
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(FAIL)
    for service in ("jobindsats", "statbank"):
        for address in (HOME, OTHER):
            api_key.forget_key(service, address)
    keyring.set_keyring(before)


def test_a_key_goes_to_the_keyring_under_the_name_of_the_program() -> None:
    vault = Vault()
    keyring.set_keyring(vault)
    assert api_key.keyring_available()
    assert api_key.keep_key("jobindsats", HOME, f" {CANARY}\n") is True
    assert vault.held == {("Jobcentre Desk", "jobindsats@api.example.org"): CANARY}
    assert api_key.read_key("jobindsats", HOME) == CANARY


def test_a_key_given_for_one_server_is_not_that_of_another() -> None:
    keyring.set_keyring(Vault())
    api_key.keep_key("jobindsats", HOME, CANARY)
    assert api_key.read_key("jobindsats", OTHER) == ""
    assert api_key.read_key("statbank", HOME) == ""


@pytest.mark.parametrize("unsafe", [*NONE, LockedVault()], ids=type)
def test_without_a_safe_keyring_a_key_lasts_for_the_session(unsafe: KeyringBackend) -> None:
    keyring.set_keyring(unsafe)
    assert api_key.keep_key("jobindsats", HOME, CANARY) is False
    assert api_key.read_key("jobindsats", HOME) == CANARY
    if isinstance(unsafe, Vault):
        assert unsafe.held == {}
    api_key.forget_key("jobindsats", HOME)
    assert api_key.read_key("jobindsats", HOME) == ""


@pytest.mark.parametrize("unsafe", NONE, ids=type)
def test_a_keyring_that_is_a_file_or_nothing_counts_as_none(unsafe: KeyringBackend) -> None:
    keyring.set_keyring(unsafe)
    assert not api_key.keyring_available()


def test_the_safe_keyring_of_a_chain_is_used_alone() -> None:
    plain, vault = PlaintextKeyring(), Vault()
    Chain.backends = [plain, vault]
    keyring.set_keyring(Chain())  # type: ignore[no-untyped-call]
    assert api_key.keep_key("jobindsats", HOME, CANARY) is True
    assert (plain.held, list(vault.held.values())) == ({}, [CANARY])


def test_the_environment_comes_before_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.set_keyring(Vault())
    api_key.keep_key("jobindsats", HOME, CANARY)
    monkeypatch.setenv(api_key.ENVIRONMENT, " another-key ")
    assert api_key.read_key("jobindsats", HOME) == "another-key"


def test_a_forgotten_key_is_gone_from_the_keyring_too() -> None:
    vault = Vault()
    keyring.set_keyring(vault)
    api_key.keep_key("jobindsats", HOME, CANARY)
    api_key.forget_key("jobindsats", HOME)
    api_key.forget_key("jobindsats", HOME)
    assert vault.held == {}
    assert api_key.read_key("jobindsats", HOME) == ""

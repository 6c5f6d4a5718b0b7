"""Keys of services: in the keyring of the operating system, else in memory for as long as the program runs.

A key never goes to a file of ours. Keyrings that are a file, plain text or nothing at all count as none.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

ENVIRONMENT = "JOBCENTRE_DESK_KEY"
KEPT_UNDER = "Jobcentre Desk"
_NO_KEYRINGS = ("keyring.backends.fail", "keyring.backends.null", "keyrings.")
_FILE_WORDS = ("plaintext", "file", "null", "fail", "uncrypted")

_session: dict[str, str] = {}


def read_key(service: str, address: str) -> str:
    """The key for `service` at `address`: from JOBCENTRE_DESK_KEY, the keyring or this session; "" = none."""
    given = os.environ.get(ENVIRONMENT, "").strip()
    if given:
        return given
    user = _user(service, address)
    return _read_from_keyring(user) or _session.get(user, "")


def keep_key(service: str, address: str, key: str) -> bool:
    """Keep a key: True when it went to the keyring, False when it lasts for this session only."""
    user = _user(service, address)
    forget_key(service, address)
    keyring = _keyring()
    if keyring is not None:
        with suppress(*_keyring_errors()):
            keyring.set_password(KEPT_UNDER, user, key.strip())
            return True
    _session[user] = key.strip()
    return False


def forget_key(service: str, address: str) -> None:
    """Remove a key from the keyring and from this session; no fault when there is none."""
    user = _user(service, address)
    _session.pop(user, None)
    keyring = _keyring()
    if keyring is not None:
        with suppress(*_keyring_errors()):
            keyring.delete_password(KEPT_UNDER, user)


def keyring_available() -> bool:
    """Whether a key can outlast this session."""
    return _keyring() is not None


def _user(service: str, address: str) -> str:
    """Keys are kept per server: one given for one address is never sent to another."""
    return f"{service}@{urlsplit(address).netloc.lower()}"


def _read_from_keyring(user: str) -> str:
    keyring = _keyring()
    if keyring is None:
        return ""
    with suppress(*_keyring_errors()):
        return keyring.get_password(KEPT_UNDER, user) or ""
    return ""


def _keyring() -> KeyringBackend | None:
    """The keyring in use, or the safe one with the highest priority among those chained; None = no safe one."""
    import keyring
    from keyring.backends.chainer import ChainerBackend

    with suppress(*_keyring_errors()):
        chosen = keyring.get_keyring()
        candidates = chosen.backends if isinstance(chosen, ChainerBackend) else [chosen]
        return next((backend for backend in candidates if _is_safe(backend)), None)
    return None


def _is_safe(backend: KeyringBackend) -> bool:
    kind = type(backend)
    words = f"{kind.__module__}.{kind.__qualname__}".lower()
    if words.startswith(_NO_KEYRINGS) or hasattr(backend, "file_path"):
        return False
    names = (kind.__module__.rpartition(".")[2].lower(), kind.__qualname__.lower())
    return backend.priority > 0 and not any(word in name for word in _FILE_WORDS for name in names)


def _keyring_errors() -> tuple[type[Exception], ...]:
    """What keyrings raise when they are locked, refused or gone."""
    from keyring.errors import KeyringError

    return (KeyringError, OSError, RuntimeError, ValueError)

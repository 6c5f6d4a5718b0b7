"""The key of a service: whether one can be kept, whether there is one, and changing it."""

from __future__ import annotations

from jobcentre_desk.desk.services import service_of
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.workspace_records import SourceEntry
from jobcentre_desk.sources import api_key
from jobcentre_desk.text import translate as _


def keyring_available() -> bool:
    """Whether a key outlasts this session here; asks the system, so not for the thread of the window."""
    return api_key.keyring_available()


def change_key(entry: SourceEntry, key: str) -> bool:
    """Keep another key for a service: True when in the keyring, False when for this session only."""
    if not key.strip():
        raise InputRefused(_("The key is missing."), _("Enter it as it stands in the mail, or set JOBCENTRE_DESK_KEY."))
    return api_key.keep_key(entry.location, entry.address or service_of(entry.kind).address, key)


def stored_key(entry: SourceEntry) -> str:
    """The key that is kept for a service; "" = none, or none needed."""
    service = service_of(entry.kind)
    return api_key.read_key(entry.location, entry.address or service.address) if service.needs_key else ""

"""What a service refuses or answers wrongly, each as one sentence with its remedy; never with the key in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import ClassVar
from urllib.parse import quote

from jobcentre_desk import text
from jobcentre_desk.errors import DeskError
from jobcentre_desk.sources.http_faults import (
    PASSING_STATUSES,
    SLOW_STATUSES,
    TookTooLong,
    TransientFault,
    seconds_of_retry_after,
)
from jobcentre_desk.text import translate as _

LONGEST_CAUSE = 300
SHORTEST_SEARCHED_KEY = 6
NOT_LET_IN = (401, 403)
TOO_LONG = "too long"


class ServiceRefused(DeskError):
    """A service did not answer what was asked; `status`, `cause` and `code` are its own words (0 and "" = none)."""

    id: ClassVar[str] = "service_refused"

    def __init__(self, message: str, hint: str, *, status: int = 0, cause: str = "", code: str = "") -> None:
        super().__init__(message, hint)
        self.status = status
        self.cause = cause
        self.code = code


def redacted(raw: str, key: str) -> str:
    """Text from a service as it may be shown: no key, no control characters, cut to a length."""
    for form in _forms(key):
        raw = raw.replace(form, "…")
    return text.clean(raw, longest=LONGEST_CAUSE)


def holds_key(body: bytes, key: str) -> bool:
    """Whether an answer repeats the key, which then would be kept with it."""
    return len(key) >= SHORTEST_SEARCHED_KEY and any(form.encode() in body for form in _forms(key))


def fault_of_answer(status: int, headers: Mapping[str, str], body: bytes, *, host: str, key: str) -> DeskError:
    """The fault that an answer other than 200 stands for; `body` is its beginning."""
    cause = _cause(body)
    if status in PASSING_STATUSES or (status == 403 and cause is None):
        return _passing(status, headers, host=host)
    if status in NOT_LET_IN:
        return key_refused(host, status=status, given=bool(key))
    told = redacted(cause or body.decode("utf-8", "replace"), key)
    return ServiceRefused(
        _("{host} could not answer the question: {cause} (answer {status}).").format(
            host=host, cause=told.rstrip(".") or _("no reason given"), status=status
        ),
        _("The table or its columns may have changed; look at the tables chosen for this source."),
        status=status,
        cause=told,
        code=redacted((_told(body) or {}).get("errorTypeCode", ""), key),
    )


def key_refused(host: str, *, status: int, given: bool) -> ServiceRefused:
    """The key was wrong, has run out, or is missing."""
    sentence = _("The key was not accepted by {host} (answer {status}).") if given else _("{host} asks for a key.")
    return ServiceRefused(
        sentence.format(host=host, status=status),
        _("Enter the key again as it stands in the mail from the service, or ask it for a new one."),
        status=status,
    )


def key_unusable() -> ServiceRefused:
    """What was given as a key cannot be one."""
    return ServiceRefused(
        _("The key holds blanks or characters that no key has."),
        _("Copy the key alone from the mail, without the words around it."),
    )


def key_repeated(host: str) -> ServiceRefused:
    """The answer holds the key: keeping it would write the key to a file."""
    return ServiceRefused(
        _("The answer of {host} repeats the key, so it was not kept.").format(host=host),
        _("Tell the service about it; the figures you have stay in use."),
    )


def answer_too_long(host: str, *, most_bytes: int) -> ServiceRefused:
    """An answer longer than any that was asked for."""
    return ServiceRefused(
        _("The answer of {host} is longer than {bytes} bytes.").format(host=host, bytes=text.count(most_bytes)),
        _("Choose fewer periods or levels of this table; the figures you have stay in use."),
        code=TOO_LONG,
    )


def no_data(host: str, beginning: str) -> ServiceRefused:
    """Status 200, but text where data should be (a wrong key is sometimes answered so), or data that break off."""
    if beginning.startswith(("{", "[")):
        sentence = _("The answer of {host} breaks off or is damaged: “{beginning}”.")
        hint = _("Try again later; the figures you have stay in use.")
    else:
        sentence = _("{host} sent a text instead of data: “{beginning}”.")
        hint = _("Check the key and the address of the source; the figures you have stay in use.")
    return ServiceRefused(sentence.format(host=host, beginning=beginning), hint)


def _passing(status: int, headers: Mapping[str, str], *, host: str) -> TransientFault:
    sentences = {
        403: _("{host} turned the question away for the moment (answer {status})."),
        429: _("{host} gets too many questions at the moment (answer {status})."),
    }
    sentence = sentences.get(status, _("{host} is too busy or out of order for the moment (answer {status})."))
    fault = TookTooLong if status in SLOW_STATUSES else TransientFault
    return fault(
        sentence.format(host=host, status=status),
        _("Try again later; the figures you have stay in use."),
        retry_after=seconds_of_retry_after(headers.get("retry-after", "")),
    )


def _cause(body: bytes) -> str | None:
    """The `cause` (or `message`) of a fault told as JSON; None when the body is no JSON object."""
    told = _told(body)
    return None if told is None else told.get("cause") or told.get("message") or ""


def _told(body: bytes) -> dict[str, str] | None:
    """A fault told as a JSON object, its values as text; None when the body is none."""
    try:
        told = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return {str(name): str(value or "") for name, value in told.items()} if isinstance(told, dict) else None


def _forms(key: str) -> tuple[str, ...]:
    """The key as it may stand in a text: plain, as JSON writes a slash, as an address writes it."""
    return tuple(dict.fromkeys((key, key.replace("/", "\\/"), quote(key, safe="")))) if key else ()

"""What can go wrong with a server, each as one sentence with its remedy."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from jobcentre_desk import text
from jobcentre_desk.errors import PublicationRefused, SourceUnreachable
from jobcentre_desk.text import translate as _

SLOW_STATUSES = frozenset({408, 504})
PASSING_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504})
LONGEST_WAIT_TOLD = 366 * 86_400.0
_ERROR_NUMBER = re.compile(r"^\[\w+ -?\d+\] ")


class TransientFault(SourceUnreachable):
    """A fault that may be gone in a moment; `retry_after` is the server's own wish in seconds."""

    def __init__(self, message: str, hint: str, *, retry_after: float | None = None) -> None:
        super().__init__(message, hint)
        self.retry_after = retry_after


class TookTooLong(TransientFault):
    """The server was silent for too long, or said that it took too long itself: less may be answered in time."""


def fault_of_status(status: int, headers: Mapping[str, str], *, host: str) -> SourceUnreachable:
    """The fault that an answer other than the wanted one stands for."""
    if status in PASSING_STATUSES:
        return TransientFault(
            _("{host} is too busy or out of order for the moment (answer {status}).").format(host=host, status=status),
            _("Try again later; the figures you have stay in use."),
            retry_after=seconds_of_retry_after(headers.get("retry-after", "")),
        )
    sentences = {
        401: _("{host} asks for a login before it hands out this publication (answer {status})."),
        403: _("{host} does not hand out this publication to you (answer {status})."),
        404: _("{host} has no publication at this address, or part of it is missing (answer {status})."),
        410: _("{host} no longer has a publication at this address (answer {status})."),
    }
    if 300 <= status < 400:
        sentence = _("{host} points to another address, which is not followed (answer {status}).")
    else:
        sentence = sentences.get(status, _("{host} gave an answer that is of no use here (answer {status})."))
    return SourceUnreachable(
        sentence.format(host=host, status=status),
        _("Check the address of the source with its publisher; the figures you have stay in use."),
    )


def told_to_wait(fault: TransientFault, seconds: float) -> SourceUnreachable:
    """The server asks for a longer pause than anybody waits for: when it wants to be asked again."""
    at = dt.datetime.now().astimezone() + dt.timedelta(seconds=min(seconds, LONGEST_WAIT_TOLD))
    return SourceUnreachable(
        _("{fault} It asks not to be asked again before {moment}.").format(fault=fault.message, moment=text.moment(at)),
        _("Fetch again then; the figures you have stay in use."),
    )


def unreachable(host: str, cause: str) -> TransientFault:
    """No connection, or one that broke; `cause` is what the system said, its number left out."""
    words = _ERROR_NUMBER.sub("", text.clean(cause)).rstrip(".")
    return TransientFault(
        _("{host} cannot be reached: {cause}.").format(host=host, cause=words),
        _("Check the network and the address; the figures you have stay in use."),
    )


def silent_server(host: str) -> TookTooLong:
    """A connection on which nothing came for too long."""
    return TookTooLong(
        _("{host} did not answer in time.").format(host=host),
        _("Try again later; the figures you have stay in use."),
    )


def untrusted_server(host: str, cause: str) -> SourceUnreachable:
    """The encrypted connection could not be trusted."""
    return SourceUnreachable(
        _("{host} could not prove who it is: {cause}.").format(host=host, cause=text.clean(cause).rstrip(".")),
        _("Check the address and the clock of this machine, then ask the publisher; nothing was fetched."),
    )


def too_slow(host: str) -> SourceUnreachable:
    """The server sends less than the least rate, or the time for the whole sync is up."""
    return SourceUnreachable(
        _("{host} sends so slowly that the sync was given up.").format(host=host),
        _("Try again later: what was fetched is kept, and the sync goes on from there."),
    )


def too_long(name: str, *, most_bytes: int) -> PublicationRefused:
    """A file is longer than announced, or than any honest one."""
    return PublicationRefused(
        _("{name} is longer than the {bytes} bytes it may have.").format(name=name, bytes=text.count(most_bytes)),
        _("Ask the publisher to check the publication; the figures you have stay in use."),
    )


def seconds_of_retry_after(value: str) -> float | None:
    """`Retry-After` as seconds from now: a number, or a date; None when it is neither."""
    if value.strip().isdigit():
        return float(value)
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=dt.UTC)
    return max(0.0, (at - dt.datetime.now(dt.UTC)).total_seconds())

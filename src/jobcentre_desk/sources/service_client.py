"""Asks a service over HTTP: JSON questions and answers, with a key that stays in its header and is told to nobody."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from jobcentre_desk.errors import DeskError, InputRefused, PublicationRefused, SourceUnreachable
from jobcentre_desk.sources import service_faults
from jobcentre_desk.sources.fetch import Fetcher, FetchLimits
from jobcentre_desk.sources.service_faults import ServiceRefused, redacted
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

__all__ = ["Digits", "ServiceClient", "ServiceRefused", "service_address"]

LONGEST_BEGINNING = 80
MOST_PARTS = 400_000
_KEY = re.compile(r"[!-~]{1,4096}")


class Digits(str):
    """A number in JSON as the digits it came in; any other text there is a plain string."""

    __slots__ = ()


class ServiceClient:
    """Questions to one service; not shared between threads, `close()` when done.

    Answers travel uncompressed and are bounded by `most_bytes`; a question is tried again when the fault may pass.
    Raises SourceUnreachable or ServiceRefused with cause and remedy, TaskCancelled within half a second.
    """

    def __init__(self, address: str, *, task: Task, limits: FetchLimits, ends_at: float, key: str = "") -> None:
        if key and not _KEY.fullmatch(key):
            raise service_faults.key_unusable()
        address = service_address(address)
        self.host = urlsplit(address).netloc
        self.bytes_fetched = 0
        self._key = key
        patient = replace(limits, silence=limits.service_silence)
        self._fetcher = Fetcher(address, task=task, limits=patient, ends_at=ends_at)

    def get(self, path_and_query: str, *, most_bytes: int, divisible: bool = False) -> bytes:
        """The body of the answer to a GET, as it came.

        A `divisible` question that is not answered in time is not tried again as it is: TookTooLong says so at once.
        """
        return self._ask(path_and_query, None, most_bytes=most_bytes, divisible=divisible)

    def post(self, path: str, payload: object, *, most_bytes: int) -> bytes:
        """The body of the answer to a POST of `payload` as JSON."""
        content = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
        return self._ask(path, content, most_bytes=most_bytes)

    def read_json(self, body: bytes, *, most_parts: int = MOST_PARTS) -> object:
        """A body as JSON, every number kept as `Digits`; ServiceRefused when it is another text.

        `most_parts` bounds its commas and brackets, and so the memory that the parts of an evil body could take.
        """
        if sum(body.count(mark) for mark in (b",", b"[", b"{")) > most_parts:
            raise service_faults.answer_too_long(self.host, most_bytes=len(body))
        try:
            return json.loads(
                body.decode("utf-8-sig"), parse_float=Digits, parse_int=Digits, parse_constant=_refuse_no_number
            )
        except (ValueError, RecursionError):
            beginning = redacted(body[:4096].decode("utf-8", "replace"), self._key)
            raise service_faults.no_data(self.host, beginning[:LONGEST_BEGINNING]) from None

    def close(self) -> None:
        """Let go of the connection."""
        self._fetcher.close()

    def _ask(self, name: str, content: bytes | None, *, most_bytes: int, divisible: bool = False) -> bytes:
        try:
            body = self._fetcher.ask(
                name,
                most_bytes=most_bytes,
                headers=self._headers(content),
                content=content,
                fault_of=self._fault_of,
                divisible=divisible,
            )
        except PublicationRefused:
            raise service_faults.answer_too_long(self.host, most_bytes=most_bytes) from None
        except SourceUnreachable as error:
            raise type(error)(redacted(error.message, self._key), error.hint) from None
        self.bytes_fetched += len(body)
        if service_faults.holds_key(body, self._key):
            raise service_faults.key_repeated(self.host)
        return body

    def _headers(self, content: bytes | None) -> dict[str, str]:
        headers = {"Accept": "*/*"}
        if content is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        return headers

    def _fault_of(self, status: int, headers: Mapping[str, str], body: bytes) -> DeskError:
        return service_faults.fault_of_answer(status, headers, body, host=self.host, key=self._key)


def service_address(address: str) -> str:
    """The base address of a service without a slash at its end: https, or http to this machine (127.0.0.1) alone."""
    given = address.strip().rstrip("/")
    try:
        parts = urlsplit(given)
        host, _port = parts.hostname, parts.port
    except ValueError:
        host = None
    safe = host and (parts.scheme == "https" or (parts.scheme == "http" and host == "127.0.0.1"))
    if not safe or parts.username is not None or parts.query or parts.fragment:
        raise InputRefused(
            _("The address of a service begins with https:// (http:// only to 127.0.0.1, this machine)."),
            _("Give the base address without a key or a question in it, such as https://api.example.org/v3."),
        )
    return given


def _refuse_no_number(word: str) -> object:
    raise ValueError(word)

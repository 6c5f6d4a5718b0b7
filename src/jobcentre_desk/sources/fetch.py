"""Fetching files over HTTP with bounds of our own: length, rate, deadline, tries, and a cancel that wakes the socket.

Bodies are taken raw: a `.csv.gz` is hashed as it travelled, and nothing is decompressed on the way in.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, TypeVar
from urllib.parse import urlsplit

from jobcentre_desk import __version__
from jobcentre_desk.errors import DeskError, SourceUnreachable
from jobcentre_desk.sources.connection import Connection
from jobcentre_desk.sources.http_faults import (
    TookTooLong,
    TransientFault,
    fault_of_status,
    told_to_wait,
    too_long,
    too_slow,
)
from jobcentre_desk.task import Task

if TYPE_CHECKING:
    from httpx2 import Response
    from tenacity import RetryCallState

Result = TypeVar("Result")
FaultOf = Callable[[int, Mapping[str, str], bytes], DeskError]

NOT_CHANGED = 304
PARTIAL = 206
OK = 200
MOST_FAULT_BYTES = 16_384


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """How long the program waits for a server, and how slow it may be (seconds; bytes a second).

    A server that asks for a longer pause than `longest_retry_after` is not asked again by this fetcher. `waits` are the
    pauses before a description and a signature that do not fit are read again: 12 s in all. A service
    works its answer out first, and Jobindsats may be silent for a minute before it does: `service_silence`.
    """

    whole_sync: float = 3600.0
    connect: float = 10.0
    silence: float = 20.0
    least_rate: float = 1_000.0
    rate_after: float = 15.0
    tries: int = 3
    longest_retry_after: float = 60.0
    first_pause: float = 0.5
    waits: tuple[float, ...] = (1.0, 3.0, 8.0)
    service_silence: float = 75.0


@dataclass(frozen=True, slots=True)
class Answer:
    """A small file and the ETag it came with ("" = none)."""

    body: bytes
    etag: str


class Fetcher:
    """Fetches files under one address; not shared between threads, `close()` when done."""

    def __init__(
        self,
        address: str,
        *,
        task: Task,
        limits: FetchLimits,
        ends_at: float,
        on_bytes: Callable[[int], None] | None = None,
    ) -> None:
        self._on_bytes = on_bytes
        self._address = address.rstrip("/")
        self._host = urlsplit(address).netloc
        self._task = task
        self._limits = limits
        self._ends_at = ends_at
        self._connection = Connection(address, task=task, ends_at=ends_at)
        self._sent_away: SourceUnreachable | None = None

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def get(self, name: str, *, most_bytes: int, etag: str = "", without_cache: bool = False) -> Answer | None:
        """The file `name`, or None when the server says that it still is the one with `etag`.

        Raises SourceUnreachable with cause and remedy; PublicationRefused when it is longer than `most_bytes`.
        """
        headers = {"If-None-Match": etag} if etag else {}
        if without_cache:
            headers["Cache-Control"] = "no-cache"
        return self._with_tries(lambda: self._get_once(name, headers=headers, most_bytes=most_bytes))

    def ask(
        self,
        name: str,
        *,
        most_bytes: int,
        headers: dict[str, str],
        content: bytes | None,
        fault_of: FaultOf,
        divisible: bool = False,
    ) -> bytes:
        """What a service answers to a GET of `name` (a POST with `content`): the body as it came.

        Another status than 200 raises what `fault_of` makes of it, its headers and the beginning of its body. A
        `divisible` question that took too long is not put again as it is.
        """
        return self._with_tries(
            lambda: self._ask_once(name, headers, content, most_bytes=most_bytes, fault_of=fault_of),
            but=TookTooLong if divisible else (),
        )

    def download(self, name: str, file: BinaryIO, *, size: int) -> int:
        """Append what `file` lacks of `name` (of `size` bytes); the number of bytes that travelled.

        Each try goes on where the last one stopped, where the server can do that.
        """
        travelled = 0

        def once() -> None:
            nonlocal travelled
            for chunk in self._missing(name, file, size=size):
                travelled += len(chunk)
                file.write(chunk)

        self._with_tries(once)
        return travelled

    def _get_once(self, name: str, *, headers: dict[str, str], most_bytes: int) -> Answer | None:
        with closing(self._open(name, headers)) as response:
            if response.status_code == NOT_CHANGED and "If-None-Match" in headers:
                return None
            self._require(response, OK)
            body = b"".join(self._chunks(response, name, most_bytes=most_bytes))
            return Answer(body, response.headers.get("etag", ""))

    def _ask_once(
        self, name: str, headers: dict[str, str], content: bytes | None, *, most_bytes: int, fault_of: FaultOf
    ) -> bytes:
        with closing(self._open(name, headers, content=content)) as response:
            if response.status_code != OK:
                raise fault_of(response.status_code, response.headers, self._beginning(response))
            return b"".join(self._chunks(response, name, most_bytes=most_bytes))

    def _beginning(self, response: Response) -> bytes:
        """The first part of a body that tells a fault, as far as it can be read."""
        taken, started = b"", time.monotonic()
        with suppress(SourceUnreachable):
            for chunk in self._connection.raw_chunks(response):
                taken += chunk
                if len(taken) >= MOST_FAULT_BYTES:
                    break
                self._require_pace(time.monotonic() - started, len(taken))
        return taken[:MOST_FAULT_BYTES]

    def _missing(self, name: str, file: BinaryIO, *, size: int) -> Iterator[bytes]:
        start = file.seek(0, 2)
        if start >= size:
            return
        headers = {"Range": f"bytes={start}-"} if start else {}
        with closing(self._open(name, headers)) as response:
            if start and response.status_code == OK:
                file.truncate(0)
                file.seek(0)
                start = 0
            self._require(response, PARTIAL if start else OK)
            yield from self._chunks(response, name, most_bytes=size - start)

    def _open(self, name: str, headers: dict[str, str], *, content: bytes | None = None) -> Response:
        sent = {"Accept-Encoding": "identity", "User-Agent": f"jobcentre-desk/{__version__}"} | headers
        return self._connection.open(f"{self._address}/{name}", sent, limits=self._limits, content=content)

    def _require(self, response: Response, status: int) -> None:
        if response.status_code != status:
            raise fault_of_status(response.status_code, response.headers, host=self._host)

    def _chunks(self, response: Response, name: str, *, most_bytes: int) -> Iterator[bytes]:
        declared = response.headers.get("content-length", "")
        if declared.isdigit() and int(declared) > most_bytes:
            raise too_long(name, most_bytes=most_bytes)
        started, taken = time.monotonic(), 0
        for chunk in self._connection.raw_chunks(response):
            taken += len(chunk)
            if taken > most_bytes:
                raise too_long(name, most_bytes=most_bytes)
            self._require_pace(time.monotonic() - started, taken)
            if self._on_bytes is not None:
                self._on_bytes(len(chunk))
            yield chunk

    def _require_pace(self, seconds: float, taken: int) -> None:
        self._task.stop_if_cancelled()
        late = time.monotonic() > self._ends_at
        if late or (seconds > self._limits.rate_after and taken < self._limits.least_rate * seconds):
            raise too_slow(self._host)

    def _with_tries(self, once: Callable[[], Result], *, but: type[TransientFault] | tuple[()] = ()) -> Result:
        from tenacity import Retrying, retry_if_exception, stop_after_attempt

        tries = Retrying(
            retry=retry_if_exception(lambda fault: isinstance(fault, TransientFault) and not isinstance(fault, but)),
            stop=stop_after_attempt(self._limits.tries),
            wait=self._pause,
            sleep=self._task.wait,
            reraise=True,
        )
        return tries(lambda: self._once_if_let(once))

    def _once_if_let(self, once: Callable[[], Result]) -> Result:
        """One try; a pause that is longer than anybody waits for is told at once, and no more is asked until then."""
        if self._sent_away is not None:
            raise self._sent_away
        try:
            return once()
        except TransientFault as fault:
            if fault.retry_after is not None and fault.retry_after > self._longest_pause():
                self._sent_away = told_to_wait(fault, fault.retry_after)
                raise self._sent_away from fault
            raise

    def _pause(self, state: RetryCallState) -> float:
        fault = state.outcome.exception() if state.outcome else None
        asked = fault.retry_after if isinstance(fault, TransientFault) else None
        pause = asked if asked is not None else self._limits.first_pause * 3 ** (state.attempt_number - 1)
        return min(pause, self._longest_pause())

    def _longest_pause(self) -> float:
        return max(0.0, min(self._limits.longest_retry_after, self._ends_at - time.monotonic()))

"""One HTTP connection that a cancelled task can break off at any moment, even while the server is silent."""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from jobcentre_desk.errors import SourceUnreachable
from jobcentre_desk.sources.http_faults import (
    fault_of_status,
    silent_server,
    too_slow,
    unreachable,
    untrusted_server,
)
from jobcentre_desk.task import Task, TaskCancelled

if TYPE_CHECKING:
    from httpx2 import Client, Response

    from jobcentre_desk.sources.fetch import FetchLimits

LOOK_EVERY = 0.1
MOST_REDIRECTS = 3
THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})


class Connection:
    """Sends requests to one server. Redirects are followed only within the same scheme, host and port."""

    def __init__(self, address: str, *, task: Task, ends_at: float) -> None:
        parts = urlsplit(address)
        self._origin = (parts.scheme, parts.netloc)
        self._task = task
        self._ends_at = ends_at
        self._client = _make_client(encrypted=parts.scheme == "https", host=parts.hostname or "")
        self._sockets: list[socket.socket] = []
        self._broken_off = False

    def close(self) -> None:
        """Close the client and what was kept to wake it."""
        self._task.interrupt_with(None)
        self._client.close()
        for kept in self._sockets:
            kept.close()
        self._sockets.clear()

    def open(self, url: str, headers: dict[str, str], *, limits: FetchLimits, content: bytes | None = None) -> Response:
        """The answer to a GET (with `content`, to a POST, which is never redirected) with its body still to be read.

        Raises SourceUnreachable, or TaskCancelled within a tenth of a second of the cancel.
        """
        for _redirect in range(MOST_REDIRECTS + 1):
            response = self._send(url, headers, limits=limits, content=content)
            if not response.has_redirect_location:
                return response
            response.close()
            target = urljoin(url, response.headers["location"])
            if content is not None or urlsplit(target)[:2] != self._origin:
                break
            url = target
        raise fault_of_status(response.status_code, {}, host=self._origin[1])

    def raw_chunks(self, response: Response) -> Iterator[bytes]:
        """The body as it travelled, never decompressed; a cancelled task breaks the wait for the next chunk.

        Chunks come as they arrive: asked for chunks of one size, the client would wait for a dripping server.
        """
        self._task.interrupt_with(self._break_off)
        try:
            yield from response.iter_raw()
        except _network_errors() as error:
            self._task.stop_if_cancelled()
            raise self._told(error) from error
        finally:
            self._task.interrupt_with(None)

    def _send(self, url: str, headers: dict[str, str], *, limits: FetchLimits, content: bytes | None) -> Response:
        """Send in a thread of its own: neither a name server nor a connect can be interrupted, but they can be left."""
        answers: queue.SimpleQueue[Response | BaseException] = queue.SimpleQueue()
        request = self._client.build_request(
            "GET" if content is None else "POST",
            url,
            content=content,
            headers=headers,
            timeout=_timeout(limits),
            extensions={"trace": self._remember_socket},
        )
        threading.Thread(target=_put_answer, args=(self._client, request, answers), daemon=True).start()
        answer = self._wait_for(answers)
        if isinstance(answer, SourceUnreachable):
            raise answer
        if isinstance(answer, BaseException):
            raise self._told(answer) from answer
        return answer

    def _wait_for(self, answers: queue.SimpleQueue[Response | BaseException]) -> Response | BaseException:
        while True:
            with suppress(queue.Empty):
                return answers.get(timeout=LOOK_EVERY)
            if self._task.cancelled:
                self._break_off()
                raise TaskCancelled
            if time.monotonic() > self._ends_at:
                self._break_off()
                return too_slow(self._origin[1])

    def _remember_socket(self, event: str, info: dict[str, Any]) -> None:
        """Keep a second handle of each new socket: the first is hidden in the client, and TLS swaps it."""
        if event != "connection.connect_tcp.complete":
            return
        opened = info["return_value"].get_extra_info("socket")
        self._sockets.append(opened.dup())
        if self._broken_off:
            self._break_off()

    def _break_off(self) -> None:
        """Shut the sockets down: a blocked read then ends at once (closing alone would not wake it)."""
        self._broken_off = True
        for kept in self._sockets:
            with suppress(OSError):
                kept.shutdown(socket.SHUT_RDWR)

    def _told(self, error: BaseException) -> SourceUnreachable:
        import httpx2

        host = self._origin[1]
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, ssl.SSLError):
                return untrusted_server(host, getattr(cause, "verify_message", "") or str(cause.reason or cause))
            if isinstance(cause, httpx2.ReadTimeout):
                return silent_server(host)
            cause = cause.__cause__ or cause.__context__
        return unreachable(host, str(error) or type(error).__name__)


def _put_answer(client: Client, request: Any, answers: queue.SimpleQueue[Response | BaseException]) -> None:
    try:
        answers.put(client.send(request, stream=True))
    except _network_errors() as error:
        answers.put(error)


def _network_errors() -> tuple[type[Exception], ...]:
    import httpx2

    return (httpx2.TransportError, httpx2.StreamError, httpx2.InvalidURL, OSError)


def _timeout(limits: FetchLimits) -> Any:
    import httpx2

    return httpx2.Timeout(limits.silence, connect=limits.connect)


def _make_client(*, encrypted: bool, host: str) -> Client:
    """A client with the system's certificates (or those of SSL_CERT_FILE) and, but for this machine, its proxies.

    Without encryption (this machine only) no certificates are loaded.
    """
    import httpx2

    verify = httpx2.create_ssl_context() if encrypted else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    with_proxies = encrypted and host not in THIS_MACHINE
    return httpx2.Client(verify=verify, trust_env=with_proxies, follow_redirects=False, max_redirects=0)

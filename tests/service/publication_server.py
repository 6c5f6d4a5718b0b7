"""A real web server on this machine that hands out a publication, with faults that can be switched on."""

from __future__ import annotations

import gzip
import hashlib
import io
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

Fault = Callable[["PublicationHandler", bytes], None]


class _Server(ThreadingHTTPServer):
    """Says nothing of clients that hang up between two requests."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell what went wrong in the server, unless the client is gone."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@dataclass
class PublicationServer:
    """Serves `folder` with ETags and ranges; `faults` maps the end of a path to what goes wrong there.

    `requests` lists every request as (path, status); `times` limits how often a fault strikes (absent = always).
    """

    folder: Path
    faults: dict[str, Fault] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)
    requests: list[tuple[str, int]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    port: int = 0
    _server: _Server | None = None

    @property
    def address(self) -> str:
        """The address of the folder."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        handler = type("Handler", (self.handler(),), {"server_of_test": self})
        self._server = _Server(("127.0.0.1", self.port), handler)
        self._server.daemon_threads = False
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self.released.set()
        self._server.shutdown()
        self._server.server_close()

    def handler(self) -> type[PublicationHandler]:
        """What answers a request; a server of another kind has its own."""
        return PublicationHandler

    def forget(self) -> None:
        """Be an honest server that was never asked anything; requests that hang are let go."""
        self.faults.clear()
        self.times.clear()
        self.requests.clear()
        self.headers.clear()
        self.released.set()
        self.released = threading.Event()

    def fault_for(self, path: str) -> Fault | None:
        """The fault that strikes this request."""
        for end, fault in self.faults.items():
            if path.endswith(end) or end == "*":
                left = self.times.get(end, 1)
                if end in self.times:
                    self.times[end] = left - 1
                return fault if left > 0 else None
        return None


class PublicationHandler(BaseHTTPRequestHandler):
    """Answers GET like a plain static server."""

    protocol_version = "HTTP/1.1"
    server_of_test: PublicationServer

    def do_GET(self) -> None:
        """One file, a part of it, or what the fault makes of it."""
        test = self.server_of_test
        test.headers.append(dict(self.headers))
        path = test.folder / self.path.lstrip("/")
        content = path.read_bytes() if path.is_file() else None
        fault = test.fault_for(self.path)
        try:
            if fault is not None:
                fault(self, content or b"")
            elif content is None:
                self.answer(404, b"")
            else:
                self._answer_plainly(content)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _answer_plainly(self, content: bytes) -> None:
        etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
        asked = self.headers.get("Range", "")
        if self.headers.get("If-None-Match") == etag:
            self.answer(304, b"", ETag=etag)
        elif asked:
            start = int(asked.removeprefix("bytes=").rstrip("-"))
            self.answer(206, content[start:], ETag=etag)
        else:
            self.answer(200, content, ETag=etag)

    def answer(self, status: int, body: bytes, *, declared: int | None = None, **headers: str) -> None:
        """Send a whole answer; `declared` lies about its length."""
        self.start(status, length=len(body) if declared is None else declared, **headers)
        self.wfile.write(body)
        if declared is not None and declared != len(body):
            self.close_connection = True

    def start(self, status: int, *, length: int | None, **headers: str) -> None:
        """Send the status line and headers alone."""
        self.server_of_test.requests.append((self.path, status))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if length is None:
            self.send_header("Connection", "close")
            self.close_connection = True
        else:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
        """Say nothing."""


def status(code: int, **headers: str) -> Fault:
    """Answer with this status and nothing else."""
    return lambda handler, _content: handler.answer(code, b"", declared=None, **headers)


def truncated(handler: PublicationHandler, content: bytes) -> None:
    """Promise everything, send half and hang up."""
    handler.answer(200, content[: len(content) // 2], declared=len(content))


def shortened(handler: PublicationHandler, content: bytes) -> None:
    """Send half as if it were all."""
    handler.answer(200, content[: len(content) // 2])


def altered(handler: PublicationHandler, content: bytes) -> None:
    """Send other bytes of the same length."""
    handler.answer(200, bytes(byte ^ 1 for byte in content))


def endless(handler: PublicationHandler, _content: bytes) -> None:
    """Never stop sending."""
    handler.start(200, length=None)
    while not handler.server_of_test.released.is_set():
        handler.wfile.write(b"x" * 65_536)


def over_declared(handler: PublicationHandler, content: bytes) -> None:
    """Announce a terabyte."""
    handler.answer(200, content, declared=1 << 40)


def drip(handler: PublicationHandler, content: bytes) -> None:
    """One byte, a pause, one byte."""
    handler.start(200, length=len(content))
    for place in range(len(content)):
        if handler.server_of_test.released.wait(0.05):
            return
        handler.wfile.write(content[place : place + 1])
        handler.wfile.flush()


def silent(handler: PublicationHandler, _content: bytes) -> None:
    """Take the request and say nothing."""
    handler.server_of_test.requests.append((handler.path, 0))
    handler.server_of_test.released.wait(20)
    handler.close_connection = True


def stalled(handler: PublicationHandler, content: bytes) -> None:
    """Begin and then say nothing more."""
    handler.start(200, length=len(content))
    handler.wfile.write(content[:10])
    handler.wfile.flush()
    handler.server_of_test.released.wait(20)
    handler.close_connection = True


def reset(handler: PublicationHandler, content: bytes) -> None:
    """Break the connection off in the middle."""
    handler.start(200, length=len(content))
    handler.wfile.write(content[: len(content) // 2])
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.close_connection = True


def bomb(handler: PublicationHandler, content: bytes) -> None:
    """A few kilobytes that a trusting client would unpack to a hundred megabytes."""
    handler.answer(200, bomb_bytes()[: max(len(content), 50_000)], Content_Encoding="gzip")


@lru_cache
def bomb_bytes() -> bytes:
    """A hundred megabytes of nothing, packed piece by piece: the tests that send it measure memory."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=1) as file:
        for _ in range(100):
            file.write(bytes(1_000_000))
    return packed.getvalue()


def huge_header(handler: PublicationHandler, content: bytes) -> None:
    """Headers of a megabyte."""
    handler.answer(200, content, X_Huge="x" * 1_000_000)


def plain_text(handler: PublicationHandler, _content: bytes) -> None:
    """A login page where the description should be."""
    handler.answer(200, b"<html>Please log in</html>", Content_Type="text/html")


def redirect(target: str) -> Fault:
    """Point elsewhere."""
    return lambda handler, _content: handler.answer(302, b"", Location=target)


@contextmanager
def took_at_most(seconds: float) -> Iterator[None]:
    """Fail when what is inside takes longer."""
    started = time.monotonic()
    yield
    took = time.monotonic() - started
    assert took <= seconds, f"took {took:.2f} s, not at most {seconds} s"

"""Row 13: a key given to the program is in none of the files it writes and in nothing it prints, whatever fails."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from tests.service import jobindsats_service, publication_server
from tests.service.jobindsats_service import JobindsatsService
from tests.service.publication_server import Fault, PublicationHandler, redirect, status
from trust.results import Row

CANARY = "canary-Zq7/xY+9w=4kT2-do-not-keep-me"
PLACES = ("/subjects", "/tables", "/table/y14d03", "/data/y14d03")


def _repeated(code: int) -> Fault:
    """Answer with the key in the body and in a header, as a careless server would."""
    told = f'{{"code":{code},"cause":"Bad token: {CANARY}","request_id":"{CANARY}"}}'.encode()
    return lambda handler, _content: handler.answer(code, told, X_Token=CANARY)


def _echoed(handler: PublicationHandler, _content: bytes) -> None:
    """Send the request back, headers and all, as if it were data."""
    handler.answer(200, str(handler.headers).encode())


FAULTS: dict[str, Fault] = {
    "401": _repeated(401),
    "403": _repeated(403),
    "422": _repeated(422),
    "500": _repeated(500),
    "200 with the key in it": _repeated(200),
    "the request sent back": _echoed,
    "redirect with the key in it": redirect(f"http://127.0.0.1:9/{quote(CANARY)}"),
    "truncated": publication_server.truncated,
    "reset": publication_server.reset,
    "text as data": jobindsats_service.bad_key_text,
    "429": status(429, Retry_After="0"),
}


def run(folder: Path) -> Row:
    """Every fault at every place the program asks, through the commands a person uses."""
    row = Row(number=13, promise="secrets stay secret")
    with JobindsatsService.of(key=CANARY) as service:
        for place in PLACES:
            for name, fault in FAULTS.items():
                service.faults[place] = fault
                row.cases += 1
                home = folder / f"{row.cases:03d}"
                printed = _use(home, service.base)
                service.forget()
                found = [*hits(home), *(["what was printed"] if _holds(printed) else [])]
                row.expect(not found, f"{place}, {name}: the key stands in {', '.join(found)}")
                row.expect(b"Traceback" not in printed, f"{place}, {name}: a traceback was printed")
        home = folder / "honest"
        _use(home, service.base)
        row.cases += 1
        row.expect(any(home.rglob("snap-*.db")), "the honest service was not taken")
        row.expect(not list(hits(home)), "the key stands in a file although nothing failed")
    _control(row, folder / "control")
    return row


def _use(home: Path, address: str) -> bytes:
    """Add the service, look at its tables, sync twice and check; everything it prints."""
    home.mkdir()
    add = ["source", "add", "jobindsats", "--at", address, "--table", "y14d03"]
    commands = (add, ["source", "tables", "jobindsats"], ["sync"], ["sync", "--format", "json"], ["check"])
    environment = os.environ | {
        "JOBCENTRE_DESK_KEY": CANARY,
        "HOME": str(home),
        "TMPDIR": str(home),
        "XDG_DATA_HOME": str(home / "xdg"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    printed = b""
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", "jobcentre_desk", *command, "--home", str(home / "desk")],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=60,
        )
        printed += done.stdout
    return printed


def hits(folder: Path) -> Iterator[str]:
    """The names of the files that hold the key."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and _holds(path.read_bytes()):
            yield path.name


def _holds(content: bytes) -> bool:
    """Whether the key stands there, plain or in a spelling that is easily undone."""
    spellings = (CANARY, quote(CANARY), quote(CANARY, safe=""), CANARY[::-1])
    encoded = (base64.b64encode(CANARY.encode()), CANARY.encode().hex().encode(), CANARY.encode("utf-16-le"))
    return any(spelling in content for spelling in (*(text.encode() for text in spellings), *encoded))


def _control(row: Row, folder: Path) -> None:
    """A program that notes the address it asked, key and all, is found out."""
    folder.mkdir()
    (folder / "request.log").write_text(f"GET /data?token={quote(CANARY)} 401\n")
    row.controls["a log that keeps addresses with their keys"] = list(hits(folder)) == ["request.log"]

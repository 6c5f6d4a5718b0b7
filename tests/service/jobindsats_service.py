"""A server on this machine that speaks Jobindsats v3: recorded bodies replayed, the rest made up and marked so.

By hand: `python -m tests.service.jobindsats_service --port 8931 FOLDER`, where FOLDER holds recorded bodies (without
one everything is made up); then add the source with the address and key it prints.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from tests.service import jobindsats_tables as tables
from tests.service.jobindsats_tables import SYNTHETIC, Body, Table, Value
from tests.service.publication_server import Fault, PublicationHandler, PublicationServer

KEY = "synthetic-key-of-the-test-service"
GEOGRAPHY = {"_hele_landet": "country", "_region": "region", "_nykom": "municipality"}
BOM = b"\xef\xbb\xbf"
_REQUEST_ID = "00000000-0000-4000-8000-000000000000"


class QuestionRefused(Exception):
    """A question that the service answers with 422 and this cause."""


@dataclass
class JobindsatsService(PublicationServer):
    """Answers questions about `tables`; `faults` maps a part of the path to what goes wrong there.

    `key` is the one that is accepted. `bodies` replaces the answer to a path that holds the text.
    """

    folder: Path = field(default_factory=Path)
    key: str = KEY
    tables: dict[str, Table] = field(default_factory=dict)
    bodies: dict[str, bytes] = field(default_factory=dict)
    port: int = 0

    @classmethod
    def of(cls, folder: Path | None = None, *, key: str = KEY, port: int = 0) -> Self:
        """A service with the recorded bodies of `folder` (None = everything is made up)."""
        return cls(folder=folder or Path(), key=key, tables=tables.load_tables(folder), port=port)

    @property
    def base(self) -> str:
        """The base address, as it is given to the program."""
        return f"{self.address}/v3"

    def handler(self) -> type[PublicationHandler]:
        """Answers questions instead of handing out files."""
        return JobindsatsHandler

    def fault_for(self, path: str) -> Fault | None:
        """The fault that strikes this request: the first one whose text stands in the path."""
        for part, fault in self.faults.items():
            if part in path or part == "*":
                left = self.times.get(part, 1)
                if part in self.times:
                    self.times[part] = left - 1
                return fault if left > 0 else None
        return None


class JobindsatsHandler(PublicationHandler):
    """Answers GET as the service does."""

    server_of_test: JobindsatsService

    def do_GET(self) -> None:  # noqa: N802 - the name of the base class
        """The list of tables, one table, or its data."""
        test = self.server_of_test
        test.headers.append(dict(self.headers))
        try:
            fault = test.fault_for(self.path)
            status, content = self._content()
            if fault is not None:
                fault(self, content)
            else:
                self.answer(status, content, Content_Type="application/json; charset=utf-8")
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def do_POST(self) -> None:  # noqa: N802 - the name of the base class
        """Answer with what was posted; Jobindsats itself is only ever asked with GET."""
        test = self.server_of_test
        test.headers.append(dict(self.headers))
        posted = self.rfile.read(int(self.headers["Content-Length"]))
        fault = test.fault_for(self.path)
        if fault is not None:
            fault(self, posted)
        else:
            self.answer(200, posted)

    def _content(self) -> tuple[int, bytes]:
        test = self.server_of_test
        if self.headers.get("Authorization") != f"Bearer {test.key}":
            return 401, _told(401, "Invalid or missing token")
        replaced = next((body for part, body in test.bodies.items() if part in self.path), None)
        if replaced is not None:
            return 200, replaced
        parts = urlsplit(self.path)
        try:
            return 200, _answer(test, parts.path.removeprefix("/v3/"), parts.query)
        except QuestionRefused as refused:
            return 422, _told(422, str(refused))


def _told(code: int, cause: str) -> bytes:
    return json.dumps({"code": code, "cause": cause, "request_id": _REQUEST_ID}, ensure_ascii=False).encode()


def _answer(test: JobindsatsService, path: str, query: str) -> bytes:
    if path == "subjects":
        return _json([_subject(subject) for subject in sorted(_subjects(test))])
    if path == "tables":
        return _json([_subject_entry(test, subject) for subject in sorted(_subjects(test))])
    kind, _slash, name = path.partition("/")
    table = test.tables.get(name)
    if table is None or kind not in ("table", "data"):
        raise QuestionRefused(f"Unknown table: {name}")
    return _json(table.metadata()) if kind == "table" else _data(table, dict(parse_qsl(query)))


def _subjects(test: JobindsatsService) -> set[str]:
    return {table.subject for table in test.tables.values()}


def _subject(subject: str) -> dict[str, object]:
    return {"subject_id": subject[:4], "subject_name": subject[5:], "synthetic": SYNTHETIC}


def _subject_entry(test: JobindsatsService, subject: str) -> dict[str, object]:
    held = [table.entry() for table in test.tables.values() if table.subject == subject]
    groups = [{"table_group_name": "I alt", "tables": held}]
    return _subject(subject) | {"table_groups": groups}


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def _data(table: Table, query: Mapping[str, str]) -> bytes:
    asked = {name.removeprefix("hierarchy."): value for name, value in query.items() if name.startswith("hierarchy.")}
    unknown = [name for name in asked if name not in table.hierarchies and name not in GEOGRAPHY]
    if unknown:
        raise QuestionRefused(f"Unknown hierarchies: {unknown}")
    periods = _periods(table, query)
    if table.bodies:
        return _recorded_data(table, asked, periods)
    chosen = {name: _chosen(_values(table, name), value) for name, value in asked.items()}
    place = next((name for name in chosen if name in GEOGRAPHY), "_hele_landet")
    ordered = {place: chosen.get(place, tables.areas("country"))}
    ordered |= {name: chosen[name] for name in table.hierarchies if name in chosen}
    labels = ["Periode", "Område", *(table.labels[name] for name in ordered if name in table.labels)]
    rows = tables.made_up_rows(table, periods, ordered)
    return _json({"synthetic": SYNTHETIC, "columns": [*labels, *table.columns], "rows": rows})


def _recorded_data(table: Table, asked: Mapping[str, str], periods: Sequence[str]) -> bytes:
    body = _body_for(table.bodies, asked)
    names = [None, next((name for name in asked if name in GEOGRAPHY), None), *body.asked]
    allowed = [set(periods)] + [
        {value.name for value in _chosen(_values(table, name), asked[name])} if name and asked.get(name) else None
        for name in names[1:]
    ]
    held = body.rows
    kept = [row for row in held if all(allow is None or row[at] in allow for at, allow in enumerate(allowed))]
    return body.content if len(kept) == len(held) else _json({"columns": body.columns, "rows": kept})


def _body_for(bodies: Sequence[Body], asked: Mapping[str, str]) -> Body:
    """The recorded body whose question was most like this one."""
    return max(bodies, key=lambda body: sum(asked.get(name, "/") == how for name, how in body.asked.items()))


def _periods(table: Table, query: Mapping[str, str]) -> tuple[str, ...]:
    name, value = next(((n, v) for n, v in query.items() if n.startswith("period.")), ("", ""))
    kind = name.removeprefix("period.")
    if kind != table.kind:
        raise QuestionRefused(f"Unknown period type: {kind}")
    latest = re.fullmatch(r"latest:(\d+)", value)
    if latest and int(latest[1]) > len(table.periods):
        raise QuestionRefused(
            f"Requested latest:{latest[1]} for type {kind}, but only {len(table.periods)} periods are available."
        )
    if latest:
        return table.periods[-int(latest[1]) :]
    unknown = [period for period in value.split(",") if period not in table.periods]
    if unknown and value != "*":
        raise QuestionRefused(f"Unknown periods: {unknown}")
    return table.periods if value == "*" else tuple(value.split(","))


def _values(table: Table, name: str) -> tuple[Value, ...]:
    return tables.areas(GEOGRAPHY[name]) if name in GEOGRAPHY else table.hierarchies[name]


def _chosen(values: Sequence[Value], asked: str) -> tuple[Value, ...]:
    """The levels that "/", "*" or a list of ids stands for; a hierarchy without a total gives all its levels."""
    if asked == "*":
        return tuple(values)
    wanted = set(asked.split(","))
    known = {value.id for value in values}
    if wanted == {"/"} and "/" not in known:
        return tuple(values)
    if wanted - known:
        raise QuestionRefused(f"Unknown values: {sorted(wanted - known)}")
    return tuple(value for value in values if value.id in wanted)


def refused(cause: str) -> Fault:
    """Answer 422 with this cause."""
    return lambda handler, _content: handler.answer(422, _told(422, cause))


def forbidden_in_plain_text(handler: PublicationHandler, _content: bytes) -> None:
    """The 403 that comes now and then, told in plain text."""
    handler.answer(403, b"Forbidden: request blocked", Content_Type="text/plain")


def too_many(seconds: int) -> Fault:
    """Answer 429 and ask for a pause."""
    return lambda handler, _content: handler.answer(429, _told(429, "Too many requests"), Retry_After=str(seconds))


def bad_key_text(handler: PublicationHandler, _content: bytes) -> None:
    """A text about the key, with status 200, where data should be."""
    handler.answer(200, b"Invalid API key. Contact jobindsats for access.", Content_Type="text/plain")


def with_bom(handler: PublicationHandler, content: bytes) -> None:
    """The answer with a byte order mark before it."""
    handler.answer(200, BOM + content)


def late(seconds: float) -> Fault:
    """Say nothing for so long, then answer."""

    def answer(handler: PublicationHandler, content: bytes) -> None:
        handler.server_of_test.released.wait(seconds)
        handler.answer(200, content)

    return answer


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="Stand in for Jobindsats v3 on this machine.")
    parser.add_argument("folder", nargs="?", type=Path, help="recorded bodies; without one everything is made up")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--key", default=KEY)
    given = parser.parse_args()
    with JobindsatsService.of(given.folder, key=given.key, port=given.port) as service:
        print(f"{service.base}  key: {service.key}", flush=True)  # noqa: T201 - read by a person
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()

"""Services that answer wrongly, in any way they can: the figures stay as they were, and the key stays where it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from tests.builders.synced_home import QUICK
from tests.service import jobindsats_service, publication_server
from tests.service.jobindsats_service import KEY, JobindsatsService
from tests.service.publication_server import Fault, PublicationHandler, took_at_most

from jobcentre_desk.cache.snapshot import open_newest, snapshot_files
from jobcentre_desk.desk.source_list import add_service, queries_of_tables
from jobcentre_desk.desk.sync import SourceResult, sync
from jobcentre_desk.model.services import SourceKind
from jobcentre_desk.paths import Home
from jobcentre_desk.sources.api_key import ENVIRONMENT
from jobcentre_desk.task import Task
from jobcentre_desk.workspace.store import Workspace

LIMITS = replace(QUICK, service_silence=0.4, longest_retry_after=0.2)
TABLE = "y01a02"


def saying(body: bytes) -> Fault:
    """Answer 200 with this body."""
    return lambda handler, _content: handler.answer(200, body)


def repeating_the_key(handler: PublicationHandler, content: bytes) -> None:
    """What was asked for, with the key behind it."""
    handler.answer(200, content + b"\n" + KEY.encode())


FAULTS: dict[str, Fault] = {
    "truncated": publication_server.truncated,
    "shortened": publication_server.shortened,
    "endless": publication_server.endless,
    "over_declared": publication_server.over_declared,
    "drip": publication_server.drip,
    "silent": publication_server.silent,
    "stalled": publication_server.stalled,
    "reset": publication_server.reset,
    "bomb": publication_server.bomb,
    "huge_header": publication_server.huge_header,
    "plain_text": publication_server.plain_text,
    "redirect": publication_server.redirect("https://example.org/v3/tables"),
    "401": publication_server.status(401),
    "403": publication_server.status(403),
    "404": publication_server.status(404),
    "429": publication_server.status(429, Retry_After="1"),
    "500": publication_server.status(500),
    "503": publication_server.status(503, Retry_After="never"),
    "forbidden": jobindsats_service.forbidden_in_plain_text,
    "refused": jobindsats_service.refused("Unknown hierarchies: ['_omrade']"),
    "bad_key_text": jobindsats_service.bad_key_text,
    "empty": saying(b""),
    "null": saying(b"null"),
    "number": saying(b"1e999999"),
    "list": saying(b"[]"),
    "object": saying(b"{}"),
    "deep": saying(b"[" * 200_000),
    "no_json": saying(b'{"columns": ['),
    "not_utf8": saying(b'{"columns": ["\xff"], "rows": []}'),
    "rows_of_objects": saying(b'{"columns": ["Periode"], "rows": [{"a": 1}]}'),
    "rows_too_long": saying(b'{"columns": ["Periode"], "rows": [[1, 2, 3]]}'),
    "columns_alone": saying(b'{"columns": ["Periode", "Antal"]}'),
    "nan": saying(b'{"columns": ["Periode", "Antal"], "rows": [["2026M06", NaN]]}'),
    "repeating_the_key": repeating_the_key,
}


@dataclass
class Scene:
    """A home that has one table of a service."""

    home: Home
    workspace: Workspace
    service: JobindsatsService

    def sync(self) -> SourceResult:
        [result] = sync(self.home, self.workspace, task=Task(), limits=LIMITS).sources
        return result

    def figures(self) -> list[tuple[object, ...]]:
        snapshot = open_newest(self.home)
        assert snapshot is not None
        try:
            return snapshot.connect().execute("SELECT * FROM figures ORDER BY 2, 3, 4, 5").fetchall()
        finally:
            snapshot.close()

    def announce(self) -> None:
        """Say that the table was updated."""
        table = self.service.tables[TABLE]
        self.service.tables[TABLE] = replace(table, updated="2099-01-01")


@pytest.fixture
def scene(home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    monkeypatch.setenv(ENVIRONMENT, KEY)
    with JobindsatsService.of() as service:
        kept = {TABLE: service.tables[TABLE]}
        service.tables.clear()
        service.tables.update(kept)
        made = Scene(home, Workspace.open(home), service)
        queries = queries_of_tables(SourceKind.JOBINDSATS, (TABLE,))
        short = (replace(queries[0], latest=1),)
        add_service(made.workspace, kind=SourceKind.JOBINDSATS, name="star", address=service.base, queries=short)
        yield made
        made.workspace.close()


def test_no_wrong_answer_changes_a_figure_or_gets_hold_of_the_key(scene: Scene) -> None:
    assert scene.sync().result == "new"
    before, snapshots = scene.figures(), snapshot_files(scene.home)
    scene.announce()
    for name, fault in FAULTS.items():
        for path in ("tables", f"table/{TABLE}", f"data/{TABLE}"):
            scene.service.forget()
            scene.service.faults[path] = fault
            with took_at_most(15):
                result = scene.sync()
            assert result.result == "failed" or result.warnings, (name, path)
            told = f"{result.error} {result.problems}"
            assert KEY not in told, (name, path)
            assert snapshot_files(scene.home) == snapshots, (name, path)
    assert scene.figures() == before
    scene.service.forget()
    honest = scene.sync()
    assert (honest.result, honest.error, honest.warnings) == ("unchanged", None, 0)
    assert key_files(scene.home.root) == []


def key_files(folder: Path) -> list[str]:
    """Files that hold the key."""
    return [path.name for path in folder.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]

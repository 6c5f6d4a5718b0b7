"""Homes for the pictures of sources: one with services and a file of one's own, one where nothing is fetched yet."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from urllib.request import Request, urlopen

from tests.builders.authority_files import CVR, HEADER, sound_row, write_csv
from tests.service.jobindsats_service import KEY, JobindsatsService

from jobcentre_desk.desk.imports import import_file, look_at_file, suggest_mapping
from jobcentre_desk.desk.source_list import add_service, add_source
from jobcentre_desk.desk.sync import sync
from jobcentre_desk.model.services import SourceKind, TableQuery
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task
from jobcentre_desk.workspace.store import Workspace

QUERIES = (TableQuery(table="y01a02", latest=3), TableQuery(table="y60a02", latest=3), TableQuery(table="y25i07"))
LATER, NEXT = "2026-11-12T08:00:00", "2026-12-14"


def own_file(path: Path, *, faulty: int = 0) -> Path:
    """An invented export with `faulty` rows whose CVR number is none."""
    rows = [list(HEADER), *(sound_row(cvr=cvr) for cvr in CVR[:30])]
    rows += [sound_row(cvr=f"1234567{n}") for n in range(faulty)]
    return write_csv(path, rows)


def fill_services(home: Home) -> None:
    """Fetch three tables twice, so that values are revised and one cannot be used; load a file; StatBank waits."""
    workspace = Workspace.open(home)
    with JobindsatsService.of() as service:
        add_service(
            workspace, kind=SourceKind.JOBINDSATS, name="Jobindsats", address=service.base, queries=QUERIES, key=KEY
        )
        sync(home, workspace, ("Jobindsats",), task=Task())
        _revise(service)
        sync(home, workspace, ("Jobindsats",), task=Task())
    _load_file(home, workspace)
    add_service(workspace, kind=SourceKind.STATBANK, name="Danmarks Statistik")


def add_unfetched(home: Home) -> None:
    """Three sources of which nothing is here yet."""
    workspace = Workspace.open(home)
    add_source(workspace, name="Praktikudfald", location="https://figures.example.dk/north", unsigned=True)
    add_service(workspace, kind=SourceKind.JOBINDSATS, name="Jobindsats")
    add_service(workspace, kind=SourceKind.STATBANK, name="Danmarks Statistik")


def _load_file(home: Home, workspace: Workspace) -> None:
    path = own_file(home.root.parent / f"{home.root.name}-praktik.csv")
    mapping = suggest_mapping(workspace, look_at_file(path))
    import_file(
        home,
        workspace,
        path,
        mapping,
        name="Kommunens egen fil",
        publisher_name="Data office",
        basis="Agreement of 1 May",
        task=Task(),
    )


def _revise(service: JobindsatsService) -> None:
    """Change some values of one table, and a label of another."""
    for table in ("y01a02", "y60a02"):
        service.tables[table] = replace(service.tables[table], updated=LATER, next_update=NEXT)
    asked = [path for path, _status in service.requests if "/data/" in path]
    first = json.loads(_body(service, next(path for path in asked if "y01a02" in path)))
    for row in first["rows"][:12]:
        row[-1] = row[-1] + 7 if isinstance(row[-1], int | float) else row[-1]
    second = json.loads(_body(service, next(path for path in asked if "y60a02" in path)))
    second["columns"][-1] = "Helt ny kolonne"
    service.bodies["/data/y01a02"] = json.dumps(first).encode()
    service.bodies["/data/y60a02"] = json.dumps(second).encode()


def _body(service: JobindsatsService, path: str) -> bytes:
    request = Request(service.address + path, headers={"Authorization": f"Bearer {service.key}"})
    with urlopen(request) as answer:
        return bytes(answer.read())

"""A home that asked one service, and the cells of recorded bodies that its figures point at."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jobcentre_desk.cache.snapshot import open_newest
from jobcentre_desk.desk.services import ServiceOf, service_of
from jobcentre_desk.desk.sync import SourceResult, sync
from jobcentre_desk.paths import Home
from jobcentre_desk.task import Task
from jobcentre_desk.workspace.store import Workspace


@dataclass
class Synced:
    """A home that asks one service."""

    home: Home
    workspace: Workspace

    services: ServiceOf = service_of

    def sync(self) -> SourceResult:
        """How the one source fares."""
        [result] = sync(self.home, self.workspace, task=Task(), services=self.services).sources
        return result

    def rows(self, query: str) -> list[Any]:
        """What the newest snapshot answers to a query."""
        snapshot = open_newest(self.home)
        assert snapshot is not None
        try:
            return snapshot.connect().execute(query).fetchall()
        finally:
            snapshot.close()


def require_traced(synced: Synced) -> int:
    """Every figure of the snapshot is the cell it points at; the number of figures."""
    bodies = {number: gzip.decompress(body) for number, body in synced.rows("SELECT id, body FROM answers")}
    cells = Cells(bodies)
    figures = synced.rows("SELECT value, state, answer, answer_row, answer_column FROM figures")
    for value, state, answer, row, column in figures:
        published = cells.at(answer, row, column)
        assert (value is None) == (state == "hidden")
        assert value == (None if published in {None, ".."} else published.replace(",", ".")), (answer, row, column)
    assert len({figure[2:] for figure in figures}) == len(figures)
    return len(figures)


class Cells:
    """The cells of answers, each answer taken apart once."""

    def __init__(self, bodies: dict[int, bytes]) -> None:
        self._bodies = bodies
        self._read: dict[int, Callable[[int, str], Any]] = {}

    def at(self, answer: int, row: int, column: str) -> Any:
        """The cell as it was published: its digits, None or ".."."""
        if answer not in self._read:
            self._read[answer] = _reader(self._bodies[answer].decode("utf-8-sig"))
        return self._read[answer](row, column)


def _reader(text: str) -> Callable[[int, str], Any]:
    if not text.startswith("{"):
        lines = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
        return lambda row, _column: lines[row - 1]["INDHOLD"]
    told = json.loads(text, parse_float=str, parse_int=str)
    if "dataset" in told:
        values = told["dataset"]["value"]
        return lambda row, _column: values[row - 1]
    places = {label: place for place, label in enumerate(told["columns"])}
    return lambda row, column: told["rows"][row - 1][places[column]]

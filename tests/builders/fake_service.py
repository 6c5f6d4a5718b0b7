"""A service that answers what a test tells it to, over a real connection to a server of the test."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from jobcentre_desk.desk.services import Service
from jobcentre_desk.errors import DeskError
from jobcentre_desk.model.areas import Area
from jobcentre_desk.model.measures import Measure
from jobcentre_desk.model.services import (
    KnownTable,
    ServiceFigures,
    SourceKind,
    SourceProgress,
    TableOffer,
    TableQuery,
)
from jobcentre_desk.sources.service_client import ServiceClient
from jobcentre_desk.task import Task

OFFER = TableOffer(table="y01c01", title="Aktivering", subject="Aktivering", updated="2026-09-14", next_update="")


@dataclass
class FakeService:
    """Gives `figures` when its table was updated since, else keeps it; `fault` is raised instead when there is one.

    Every question is one request to the server behind `address`, as a release calendar is.
    """

    address: str
    figures: ServiceFigures
    fault: DeskError | None = None
    needs_key: bool = True
    asked: list[Sequence[TableQuery]] = field(default_factory=list)
    known: list[Mapping[str, KnownTable]] = field(default_factory=list)
    former: list[Sequence[Measure]] = field(default_factory=list)

    def of(self, kind: SourceKind) -> Service:
        """This service in place of the real one."""
        return Service(
            kind=kind,
            title="Jobindsats",
            address=self.address,
            needs_key=self.needs_key,
            read=self.read,
            offers=self.offers,
            presets=lambda: (TableQuery(table="y01c01"),),
        )

    def read(
        self,
        queries: Sequence[TableQuery],
        *,
        client: ServiceClient,
        known: Mapping[str, KnownTable],
        areas: Sequence[Area],
        task: Task,
        watch: Callable[[SourceProgress], None] | None = None,
        former: Sequence[Measure] = (),
    ) -> ServiceFigures:
        """What there is, or nothing but kept tables when every table is as it is known."""
        self.asked.append(queries)
        self.former.append(former)
        self.known.append(known)
        assert len(areas) > 100
        client.get("tables", most_bytes=1000)
        task.stop_if_cancelled()
        if watch is not None:
            watch(SourceProgress(name="", stage="Asking", bytes_fetched=client.bytes_fetched, rows_read=1))
        if self.fault is not None:
            raise self.fault
        tables = {answer.table: answer.updated for answer in self.figures.answers}
        same = [query.table for query in queries if _is_known(query, known, tables)]
        if len(same) == len(queries):
            return replace(self.figures, kept_tables=frozenset(same), answers=(), figures=(), measures=(), covered={})
        return self.figures

    def offers(self, client: ServiceClient) -> tuple[TableOffer, ...]:
        """The one table there is."""
        client.get("tables", most_bytes=1000)
        return (OFFER,)


def _is_known(query: TableQuery, known: Mapping[str, KnownTable], updated: Mapping[str, str]) -> bool:
    held: Any = known.get(query.table)
    return held is not None and held.query == query and held.updated == updated.get(query.table, held.updated)

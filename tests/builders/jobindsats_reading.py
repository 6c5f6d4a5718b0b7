"""Reading Jobindsats in tests: a client of the service on this machine, and bodies and metadata written by hand."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.service.jobindsats_service import JobindsatsService
from tests.service.jobindsats_tables import Table, Value

from jobcentre_desk.model.areas import Area, AreaKind
from jobcentre_desk.model.services import KnownTable, ServiceFigures, TableQuery, TracedFigure
from jobcentre_desk.publishing.code_lists import code_list_rows
from jobcentre_desk.sources.fetch import FetchLimits
from jobcentre_desk.sources.jobindsats import read_jobindsats
from jobcentre_desk.sources.service_client import ServiceClient
from jobcentre_desk.task import Task

QUICK = FetchLimits(whole_sync=30, connect=2, silence=2, service_silence=2, first_pause=0.01, waits=(0.01,))
OFFERS = (
    Value("/", "Tilbud i alt"), Value("/1/", "Virksomhedspraktik i alt"), Value("/1/1/", "Virksomhedspraktik i alt"),
    Value("/2/", "Løntilskud"),
)  # fmt: skip
EVERY_AREA = ("_nykom", ("*",))


def areas() -> list[Area]:
    """The country, the regions and the municipalities."""
    return [Area(row["code"], AreaKind(row["kind"]), row["name_da"], row["name_en"]) for row in code_list_rows("areas")]


@contextmanager
def client_of(
    service: JobindsatsService, *, task: Task | None = None, limits: FetchLimits = QUICK, key: str = ""
) -> Iterator[ServiceClient]:
    """A client of the service with its key."""
    ends_at = time.monotonic() + limits.whole_sync
    client = ServiceClient(service.base, task=task or Task(), limits=limits, ends_at=ends_at, key=key or service.key)
    try:
        yield client
    finally:
        client.close()


def read(
    service: JobindsatsService, *queries: TableQuery, known: Sequence[KnownTable] = (), **more: Any
) -> ServiceFigures:
    """What one sync reads from the service."""
    task = more.pop("task", None) or Task()
    with client_of(service, task=task) as client:
        return read_jobindsats(
            queries, client=client, known={one.table: one for one in known}, areas=areas(), task=task, **more
        )


@dataclass(frozen=True)
class HandMade:
    """A service with one table, `x01`, whose answer is written by hand."""

    columns: Sequence[str] = ("Periode", "Område", "Tilbud", "Antal aktiverede", "Andel aktiverede (pct.)")
    measures: Sequence[str] = ("Antal aktiverede", "Andel aktiverede (pct.)")
    hierarchies: Mapping[str, tuple[Value, ...]] | None = None
    periods: tuple[str, ...] = ("2026M05", "2026M06")
    kind: str = "M"

    def table(self) -> Table:
        """The table as the service tells it."""
        hierarchies = self.hierarchies if self.hierarchies is not None else {"_tilb_2ptv": OFFERS}
        return Table(
            id="x01", title="Aktiverede", subject="1000 Prøver", kind=self.kind, hierarchies=hierarchies,
            labels=dict.fromkeys(hierarchies, "Tilbud"), periods=self.periods,
            measures=tuple((measure, (measure,)) for measure in self.measures),
        )  # fmt: skip

    @property
    def query(self) -> TableQuery:
        """Everything in the table."""
        names = self.hierarchies if self.hierarchies is not None else ("_tilb_2ptv",)
        return TableQuery(table="x01", dimensions=(EVERY_AREA, *((name, ("*",)) for name in names)), latest=2)

    @contextmanager
    def serving(self, *rows: Sequence[object]) -> Iterator[JobindsatsService]:
        """The service; every question for data is answered with these rows."""
        body = json.dumps({"columns": self.columns, "rows": rows}, ensure_ascii=False).encode()
        with JobindsatsService(tables={"x01": self.table()}, bodies={"/data/x01": body}) as service:
            yield service

    def read(self, *rows: Sequence[object], **more: Any) -> ServiceFigures:
        """What a sync reads from these rows."""
        with self.serving(*rows) as service:
            return read(service, self.query, **more)


def values(figures: ServiceFigures) -> dict[tuple[str, str, str, str], str | None]:
    """Values by measure, area, period and group; fails where two figures have one key."""
    found = {key(figure): figure.value for figure in figures.figures}
    assert len(found) == len(figures.figures)
    return found


def key(figure: TracedFigure) -> tuple[str, str, str, str]:
    """What names a figure."""
    return figure.measure, figure.area, figure.period, figure.group


def reasons(figures: ServiceFigures) -> list[str]:
    """The sentences of the problems."""
    return [problem.reason for problem in figures.problems]

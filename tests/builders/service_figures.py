"""Figures as a service would give them: a table or two, made by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from jobcentre_desk.cache.service_queries import query_texts
from jobcentre_desk.cache.service_writer import ServiceArrival
from jobcentre_desk.model.areas import Area, AreaKind
from jobcentre_desk.model.measures import Measure, Polarity
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.model.services import ServiceAnswer, ServiceFigures, SourceKind, TableQuery, TracedFigure

AREAS = (
    Area("000", AreaKind.COUNTRY, "Hele landet", "The whole country"),
    Area("081", AreaKind.REGION, "Nordjylland", "North Jutland", parent="000"),
    Area("860", AreaKind.MUNICIPALITY, "Hjørring", "Hjørring", parent="081"),
    Area("fund-07", AreaKind.FUND, "Min A-kasse", "Min A-kasse", parent="000"),
)
GROUPS = (("all", "Ydelsesgrupper i alt", "All benefits"),)
PLACE = ("y01c01.persons", "860", "2026M08", "all")


def measure(measure_id: str, **words: str) -> Measure:
    """A definition, its texts empty but for those given."""
    texts = {name: "" for name in Measure.__dataclass_fields__ if name not in ("id", "polarity")}
    named = {"name_da": "Antal", "name_en": "Number", "unit": "persons"}
    return Measure(id=measure_id, polarity=Polarity.NO_JUDGEMENT, **(texts | named | words))


def figure(
    value: str | None, *key: str, row: int = 1, answer: int = 1, state: State | None = None, column: str = "Antal"
) -> TracedFigure:
    """A figure at `key` (measure, area, period, group), by default at `PLACE`; without a value it is hidden."""
    measure_id, area, period, group = (*key, *PLACE[len(key) :])
    return TracedFigure(
        measure=measure_id,
        area=area,
        period=period,
        group=group,
        value=value,
        state=state or (State.HIDDEN if value is None else State.KNOWN),
        answer=answer,
        row=row,
        column=column,
    )


def answer(
    number: int = 1, *, table: str = "y01c01", updated: str = "2026-09-14", body: bytes = b"{}"
) -> ServiceAnswer:
    """One body."""
    return ServiceAnswer(
        number=number,
        table=table,
        title=f"Title of {table}",
        request=f"/data/{table}?format=json",
        updated=updated,
        next_update="2026-10-12",
        rows=1,
        body=body,
    )


def service_figures(
    *figures: TracedFigure, covered: Mapping[str, Sequence[str]] | None = None, **parts: object
) -> ServiceFigures:
    """What one sync read; measures and periods asked for are those of the figures unless said otherwise."""
    periods: dict[str, set[str]] = {}
    for each in figures:
        periods.setdefault(each.measure, set()).add(each.period)
    asked = {key: frozenset(value) for key, value in (covered or periods).items()}
    made = ServiceFigures(
        publisher="star",
        publisher_name="Styrelsen",
        released="2026-09-14",
        next_release="2026-10-12",
        areas=AREAS,
        benefit_groups=GROUPS,
        measures=tuple(measure(name) for name in asked),
        figures=figures,
        answers=(answer(),),
        covered=asked,
    )
    return replace(made, **parts)  # type: ignore[arg-type]


def arrival(figures: ServiceFigures, *queries: TableQuery, name: str = "jobindsats") -> ServiceArrival:
    """The figures on their way into a snapshot; without queries one for each table that was answered or kept."""
    tables = dict.fromkeys([each.table for each in figures.answers] + sorted(figures.kept_tables))
    return ServiceArrival(
        name=name,
        location="jobindsats",
        kind=SourceKind.JOBINDSATS,
        figures=figures,
        queries=query_texts(queries or [TableQuery(table=table) for table in tables]),
    )

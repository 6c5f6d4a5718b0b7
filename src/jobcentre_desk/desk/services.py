"""The services that can be asked for figures: their usual address, whether they want a key, and who reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from jobcentre_desk.model.areas import Area
from jobcentre_desk.model.measures import Measure
from jobcentre_desk.model.services import (
    KnownTable,
    ServiceFigures,
    SourceKind,
    TableOffer,
    TableQuery,
    Watch,
)
from jobcentre_desk.task import Task

if TYPE_CHECKING:
    from jobcentre_desk.sources.service_client import ServiceClient


class ReadFigures(Protocol):
    """Asks a service for what changed."""

    def __call__(
        self,
        queries: Sequence[TableQuery],
        *,
        client: ServiceClient,
        known: Mapping[str, KnownTable],
        areas: Sequence[Area],
        task: Task,
        watch: Watch | None = None,
        former: Sequence[Measure] = (),
    ) -> ServiceFigures:
        """The figures of the tables that changed since what is `known`; raises ServiceRefused, SourceUnreachable.

        `former` are the definitions as they are loaded: a measure that is called otherwise now is told.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service; `presets` are the queries put to it when nobody chose others."""

    kind: SourceKind
    title: str
    address: str
    needs_key: bool
    read: ReadFigures
    offers: Callable[[ServiceClient], tuple[TableOffer, ...]]
    presets: Callable[[], tuple[TableQuery, ...]]


ServiceOf = Callable[[SourceKind], Service]


def service_of(kind: SourceKind) -> Service:
    """The service of a kind; ValueError for a kind that is none."""
    if kind is SourceKind.JOBINDSATS:
        from jobcentre_desk.sources import jobindsats, jobindsats_presets

        return Service(
            kind=kind,
            title="Jobindsats",
            address=jobindsats.ADDRESS,
            needs_key=True,
            read=jobindsats.read_jobindsats,
            offers=jobindsats.offers,
            presets=jobindsats_presets.preset_queries,
        )
    if kind is SourceKind.STATBANK:
        from jobcentre_desk.sources import statbank, statbank_presets

        return Service(
            kind=kind,
            title="StatBank",
            address=statbank.ADDRESS,
            needs_key=False,
            read=statbank.read_statbank,
            offers=statbank.offers,
            presets=statbank_presets.preset_queries,
        )
    raise ValueError(kind)

"""Figures asked of a service (Jobindsats, StatBank): the questions, the answers as they came, and what was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:  # the workspace needs kinds and queries at the start of the window, and nothing that was read
    from jobcentre_desk.model.areas import Area
    from jobcentre_desk.model.measures import Measure
    from jobcentre_desk.model.outcomes import State
    from jobcentre_desk.model.publication import RowProblem

TOTAL, EVERY_LEVEL = "/", "*"


class SourceKind(StrEnum):
    """Where a source's figures come from; an authority file is one person's export, loaded here."""

    PUBLICATION = "publication"
    JOBINDSATS = "jobindsats"
    STATBANK = "statbank"
    AUTHORITY_FILE = "authority_file"


SERVICES = (SourceKind.JOBINDSATS, SourceKind.STATBANK)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableQuery:
    """What is asked of one table, in the ids of the service.

    `measures` empty takes all. `dimensions` pairs a dimension or hierarchy with its levels: "/" the total, "*" every
    level, else ids; a dimension left out is not broken down. `period_kind` is M, Q, QMAT, Y or MYTD ("" = the one the
    table is updated by), `latest` how many periods the first sync takes, newest first (0 = all there are).
    """

    table: str
    measures: tuple[str, ...] = ()
    dimensions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    period_kind: str = ""
    latest: int = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class TableOffer:
    """One table that a service offers, for choosing: its subject, and its dates in the release calendar.

    `latest_period` is the newest one it holds, in the form of the service ("" = not told).
    """

    table: str
    title: str
    subject: str
    updated: str
    next_update: str
    measures: tuple[tuple[str, str], ...] = ()
    latest_period: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAnswer:
    """One body as it came: the request without any key, the table, its dates, and the bytes.

    `number` is unique within one sync; figures point at it.
    """

    number: int
    table: str
    title: str
    request: str
    updated: str
    next_update: str
    rows: int
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedFigure:
    """One value read out of an answer: `row` counts from 1 at the first row of data, `column` is its label there."""

    measure: str
    area: str
    period: str
    group: str
    value: str | None
    state: State
    answer: int
    row: int
    column: str
    numerator: int | None = None
    denominator: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesBreak:
    """A period from which a measure is counted otherwise, so that figures before and after are not compared."""

    measure: str
    period: str
    sentence_da: str
    sentence_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFigures:
    """Everything one sync read from a service.

    `covered` are the periods of each measure that were asked for: figures stored for them are replaced (one that is
    gone now is a revision too), those of other periods stay. `kept_tables` were not asked because the service says
    that they did not change, or could not be read (then a problem says so): what is stored of them stays.
    `problems` name what could not be used, one sentence each; everything else is good. `next_updates` tell by table
    when it changes next, of kept tables too, where the service says so.
    """

    publisher: str
    publisher_name: str
    released: str
    next_release: str
    areas: tuple[Area, ...] = ()
    benefit_groups: tuple[tuple[str, str, str], ...] = ()
    measures: tuple[Measure, ...] = ()
    figures: tuple[TracedFigure, ...] = ()
    answers: tuple[ServiceAnswer, ...] = ()
    breaks: tuple[SeriesBreak, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    kept_tables: frozenset[str] = frozenset()
    covered: Mapping[str, frozenset[str]] = field(default_factory=dict)
    next_updates: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTable:
    """What the snapshot holds of one table: when it was updated and is next, its query, and the periods loaded."""

    table: str
    updated: str
    query: TableQuery | None
    periods: frozenset[str]
    next_update: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceProgress:
    """How far one source of a running sync is; bytes and rows so far (0 total = unknown)."""

    name: str
    stage: str
    bytes_fetched: int = 0
    bytes_total: int = 0
    rows_read: int = 0


Watch: TypeAlias = Callable[[SourceProgress], None]
"""Is told how far a source is, from the thread of the sync."""

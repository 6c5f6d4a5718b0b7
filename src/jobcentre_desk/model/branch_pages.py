"""The Branches and occupations page as data: what was asked for, and everything said, drawn and listed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jobcentre_desk.model.charts import IntervalBar, TableOf
from jobcentre_desk.model.comparison_charts import FunnelChart, HeatMap
from jobcentre_desk.model.outcomes import Period, Scope, Verdict
from jobcentre_desk.model.pages import Origin


class JobKind(StrEnum):
    """Which jobs are counted: all of them, or one of the two kinds."""

    ANY = "any"
    SAME_EMPLOYER = "same_employer"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingLine:
    """One branch, occupation or employer of a list: finished texts, its bar, and how it stands with its word.

    `note` says which limits it lies outside, or how many employers it has; `listed` that it is on the shortlist.
    """

    code: str
    name: str
    started: str
    completed: str
    bar: IntervalBar
    verdict: Verdict
    word: str
    note: str
    listed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingList:
    """A list of branches, occupations or employers with intervals on one scale; `headings` as the columns stand."""

    title: str
    sentence: str
    headings: tuple[str, ...]
    lines: tuple[StandingLine, ...]
    table: TableOf


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchPage:
    """Everything the page shows of one scope and kind of job; `scope.branches` holds the branch, if any.

    `notes` are sentences on what the figures cannot tell (a publisher that joined the occupations, say).
    """

    scope: Scope
    kind: JobKind
    period: Period
    title: str
    funnel: FunnelChart
    spread: str
    furthest: StandingList
    results: HeatMap
    intake: HeatMap
    branches: StandingList
    occupations: StandingList
    notes: tuple[str, ...]
    period_line: str
    caution: str
    definition: str
    origin: Origin

"""What the Municipality page is asked and what it shows beyond the comparison: measures, peers, gap, goals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the workspace needs goals and groups at the start of the window, and no charts
    from jobcentre_desk.model.charts import StripChart, TableOf, TrendChart
    from jobcentre_desk.model.comparison_charts import TileMap


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerVariable:
    """A background variable municipalities are held against each other by: a measure with its benefit group.

    `weight` counts its squared difference so many times; 0 drops it.
    """

    measure: str
    group: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerGroup:
    """Municipalities that a person chose as peers, by code, under a name."""

    name: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerChoice:
    """What a person settled about peers: the variables of the distance (none = the usual ones) and an own group."""

    variables: tuple[PeerVariable, ...] = ()
    own: PeerGroup | None = None


NO_CHOICE = PeerChoice()
"""Nothing was settled: the usual variables, no own group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableStanding:
    """One variable of the distance: own value beside the middle of the peers, and what it adds to how far they are.

    `part` is its share (0..1) of the squared distances to the peers together; None where it is dropped.
    """

    variable: PeerVariable
    name: str
    own: str
    middle: str
    period: str
    part: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerDistance:
    """The distance taken apart: every variable there is, who lacks a figure, and what could be loaded.

    `sentence` says how peers were found, `missing` (or "") which source would bring more background.
    """

    variables: tuple[VariableStanding, ...]
    sentence: str
    missing: str
    table: TableOf


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureOffer:
    """A measure with figures of municipalities (or of funds) to choose from; `group` is its table and source."""

    id: str
    name: str
    group: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What peers reach: the level to aim at and the modest one, with the gap to each in persons a year.

    Values are published digits in the unit of the measure; persons None where numbers behind them are not published.
    `reached_by` names whose cases make up the level (the achievable benchmark), empty for a quartile.
    """

    value: str
    modest: str
    persons: int | None
    modest_persons: int | None
    reached_by: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GapPart:
    """One branch or employer: how many more would have gone on to a job at the rate of its reference.

    `jobs` and `completed` of the municipality, the reference rate 0..1, and the gap in persons.
    """

    code: str
    name: str
    completed: int
    jobs: int
    reference: float
    persons: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GapParts:
    """Which few parts make up half of the gap in traineeship outcomes; `parts` largest first, those only.

    `all_parts` counts every branch or employer looked at, `persons` is the whole gap of those that add to it.
    """

    title: str
    sentence: str
    parts: tuple[GapPart, ...]
    all_parts: int
    persons: float
    table: TableOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """What a municipality says that it does, as published."""

    id: str
    municipality: str
    title: str
    description: str
    instrument: str
    target_group: str
    verdict: str
    published: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Teacher:
    """A peer one can learn from: why, where it differs most, and what it says that it does."""

    code: str
    name: str
    reason: str
    differences: tuple[str, ...]
    practices: tuple[Practice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A goal for a year: a value of a measure to reach, with the figure and definition it was set from.

    Values are digits in the unit of the measure. `definition_version` and `source` are those of the baseline.
    """

    id: str
    municipality: str
    measure: str
    group: str
    target: str
    year: int
    baseline: str
    baseline_period: str
    definition_version: str
    source: str
    set_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalProgress:
    """How far a goal is: `share` 0..1 of the way from baseline to target (None = not yet known)."""

    goal: Goal
    name: str
    target_text: str
    baseline_text: str
    now_text: str
    share: float | None
    word: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FundView:
    """The unemployment-insurance funds that a measure is published for, on one scale and as a list."""

    sentence: str
    strip: StripChart
    table: TableOf


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureView:
    """The chosen measure of a municipality, said and drawn; `groups` and `periods` pair a code with its words.

    `tiles` and `strips` are None where a measure has no figure of a municipality in the period.
    """

    id: str
    name: str
    unit: str
    period: str
    group: str
    groups: tuple[tuple[str, str], ...]
    periods: tuple[tuple[str, str], ...]
    sentence: str
    sentence_strong: str
    gap_text: str
    gap_line: str
    tiles: TileMap
    strips: StripChart
    history: TrendChart
    facts: TableOf
    target: Target | None
    definition: str
    demonstration: bool
    source_line: str
    funds: FundView | None = None

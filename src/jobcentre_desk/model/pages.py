"""Pages as data: what the Employer and Municipality pages show, and the content tree of a document.

Every sentence in them is finished, in the language they were made in; window, command line and PDF only show them.
"""

from __future__ import annotations

from dataclasses import dataclass

from jobcentre_desk.model.areas import Area
from jobcentre_desk.model.cards import CardSuggestion
from jobcentre_desk.model.case_mix import CaseMix
from jobcentre_desk.model.charts import Chart, IntervalChart, StripChart, TableOf, TrendChart
from jobcentre_desk.model.comparison_charts import FunnelChart, HeatMap, TileMap
from jobcentre_desk.model.employers import Employer
from jobcentre_desk.model.municipalities import GapParts, GoalProgress, MeasureView, PeerDistance, Teacher
from jobcentre_desk.model.outcomes import Counts, Period, Rate, State, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Counts of one side of a comparison with its rate."""

    counts: Counts
    rate: Rate
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterStanding:
    """One quarter of an employer.

    The sums of `hidden_lengths` quarters that end with it, and with `started_hidden` its started, may not leave the
    screen.
    """

    quarter: str
    started: int
    completed: int
    rate: Rate
    state: State
    hidden_lengths: tuple[int, ...] = ()
    started_hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OccupationStanding:
    """One occupation or programme at an employer."""

    code: str
    title: str
    rate: Rate
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """The badge of each kind of job, by the one funnel rule."""

    any: Verdict
    same_employer: Verdict
    elsewhere: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerComparison:
    """The figures of one employer beside its reference branch and the country (`employer CVR`).

    `reference` includes the employer, `rest_of_branch` does not. `difference` is employer against the rest
    of its branch with its Newcombe interval. `occupations` and `programmes` are all at the employer.
    """

    employer: Employer
    period: Period
    own: Standing
    reference: Standing
    rest_of_branch: Standing
    country: Standing
    reference_branch: str
    against_branch: Verdicts
    difference: tuple[float, float, float] | None
    expected_rate: float | None
    needed_n: int | None
    quarters: tuple[QuarterStanding, ...]
    occupations: tuple[OccupationStanding, ...]
    programmes: tuple[OccupationStanding, ...] = ()
    case_mix: CaseMix | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherOutcomes:
    """What another source has of the same employer, counted by the same definitions in its own period."""

    source: str
    period: Period
    own: Standing
    demonstration: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where the figures of a page come from; stands on every page, card and document."""

    publisher_name: str
    sequence: int
    released: str
    synced_at: str
    definitions_version: str
    demonstration: bool
    unsigned: bool
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerPage:
    """The Employer page: the comparison and everything said and drawn about it.

    `other_lines` say what other sources have of the employer, a line each. `programmes` is None with one programme at
    most, `case_mix` where nothing can be expected.
    """

    comparison: EmployerComparison
    branch_title: str
    municipality_name: str
    scope_line: str
    sentence: str
    sentence_strong: str
    beside: IntervalChart
    trend: TrendChart
    occupations: IntervalChart
    period_line: str
    settle_line: str
    case_mix_line: str
    caution: str
    definition: str
    origin: Origin
    other_lines: tuple[str, ...] = ()
    programmes: IntervalChart | None = None
    case_mix: IntervalChart | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One peer municipality, nearest first; published values keep their digits."""

    code: str
    name: str
    distance: str
    expected: str | None
    actual: str | None
    difference: str | None
    periods_better: int
    periods_known: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherFigure:
    """What another source publishes where one is shown; `newest` is the latest period it has ("" = this one)."""

    source: str
    value: str | None
    period: str
    newest: str = ""
    demonstration: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureStanding:
    """One measure of a municipality beside peers, country and the leading peer, all of one source and period.

    `others` is what other sources publish for the municipality, `breaks` pairs a period with the sentence that says
    how the measure is counted from then on.
    """

    id: str
    name: str
    value: str | None
    n: int | None
    low: float | None
    high: float | None
    state: State
    peers_median: str | None
    country: str | None
    leading: tuple[str, str, str] | None
    place_low: int | None
    place_high: int | None
    period: str = ""
    source: str = ""
    others: tuple[OtherFigure, ...] = ()
    breaks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherExpected:
    """Expected and actual share as another source publishes them; `newest` as in `OtherFigure`."""

    source: str
    expected: str | None
    actual: str | None
    difference: str | None
    period: str
    newest: str = ""
    demonstration: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedAndActual:
    """Expected and actual share as published (y30r21) by one source for one period and benefit group.

    `official_note` stands beside the rank wherever it is shown; "" without one. `others` is what other sources
    publish, `breaks` as in `MeasureStanding`.
    """

    expected: str | None
    actual: str | None
    difference: str | None
    official_rank: int | None
    persons_difference: int | None
    period: str
    group: str
    official_note: str = ""
    source: str = ""
    others: tuple[OtherExpected, ...] = ()
    breaks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityComparison:
    """The figures of one municipality (`municipality CODE`)."""

    area: Area
    period: str
    group: str
    peers_by: str
    measures: tuple[MeasureStanding, ...]
    expected: ExpectedAndActual
    peers: tuple[Peer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityPage:
    """The Municipality page: the comparison, its sentence, gap and charts, and the cards it suggests.

    `source_lines` name the source where others publish the same, what those say, and breaks in the series. `chosen` is
    the measure that was chosen with its standing, `distance` takes the peers apart where they were found by distance,
    `branch_parts` and `employer_parts` make up half of the gap in outcomes of traineeships (None = none loaded).
    """

    comparison: MunicipalityComparison
    sentence: str
    sentence_strong: str
    gap_text: str
    gap_line: str
    strips: StripChart
    history: TrendChart
    peers_table: TableOf
    cards: tuple[CardSuggestion, ...]
    definition: str
    origin: Origin
    source_lines: tuple[str, ...] = ()
    chosen: MeasureView | None = None
    standing: MeasureStanding | None = None
    distance: PeerDistance | None = None
    branch_parts: GapParts | None = None
    employer_parts: GapParts | None = None
    teachers: tuple[Teacher, ...] = ()
    goals: tuple[GoalProgress, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kicker:
    """The line above a title: what kind of page it is with a mark of `model.marks`, and what stands to the right."""

    text: str
    right: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of level 1 (document), 2 (part) or 3."""

    text: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph as `sentence`, `body`, `secondary` or `caption`; the part equal to `strong` is set bold."""

    text: str
    role: str = "body"
    strong: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletList:
    """Points under one another."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactBox:
    """A tinted box with a heading, paragraphs and a small line under them."""

    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTable:
    """A table with header cells."""

    table: TableOf


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentChart:
    """A chart drawn as vectors, with its sentence as alternative text."""

    chart: Chart | FunnelChart | HeatMap | TileMap
    height_mm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLines:
    """Labels with a line to write on, or an answer already there."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """A label and empty boxes to tick, each with its word."""

    label: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacer:
    """A thin rule with space around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    """What follows starts on a new page; `bookmark` names that page."""

    bookmark: str = ""


Block = (
    Kicker
    | Heading
    | Paragraph
    | BulletList
    | FactBox
    | DocumentTable
    | DocumentChart
    | FormLines
    | Choices
    | Spacer
    | PageBreak
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document as content in reading order; the footer stands on every page, DEMO too where it belongs.

    With `parts_on_one_page` what lies between two page breaks is made to fit on one page.
    """

    title: str
    language: str
    demonstration: bool
    blocks: tuple[Block, ...]
    footer_left: str
    footer_right: str
    parts_on_one_page: bool = True

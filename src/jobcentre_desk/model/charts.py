"""Charts as data: desk makes one, the window and the PDF draw the same, and every chart is also a table."""

from __future__ import annotations

from dataclasses import dataclass

from jobcentre_desk.model.outcomes import State, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class TableOf:
    """A chart or list as a table: finished texts; `numeric` says per column whether it is set to the right."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalBar:
    """One bar on a common scale 0..1: label, value with limits, the dashed reference, and x of n as text."""

    label: str
    value: float | None
    low: float | None
    high: float | None
    reference: float | None
    verdict: Verdict
    state: State
    value_text: str
    note: str
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalGroup:
    """Bars under one heading with its badge (None = no badge)."""

    title: str
    verdict: Verdict | None
    verdict_text: str
    bars: tuple[IntervalBar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalChart:
    """Groups of interval bars on one scale."""

    title: str
    sentence: str
    groups: tuple[IntervalGroup, ...]
    reference_name: str
    table: TableOf


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """One period of a trend; a point that is not known has a state instead of a value."""

    label: str
    sublabel: str
    value: float | None
    low: float | None
    high: float | None
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlBand:
    """The limits within which a series moves by chance, point by point (None = not in the baseline), with its signs.

    `signs` has one finished phrase per point, "" where there is none ("outside the limits", "seven on one side").
    """

    centre: float
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    signs: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendMarker:
    """The recent trend as mark, word and reason: `mark` is a name of `model.marks`, `word` a finished phrase."""

    mark: str
    word: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendChart:
    """A rate or share by period with a dashed reference; the axis runs from `axis_low` to `axis_high` in `unit`.

    `comparison` is a second dashed line point by point (expected beside actual); empty when there is none. `breaks`
    pairs the place of a point with what changed there.
    """

    title: str
    sentence: str
    points: tuple[TrendPoint, ...]
    reference: float | None
    reference_name: str
    axis_low: float
    axis_high: float
    axis_ticks: tuple[tuple[float, str], ...]
    comparison: tuple[float | None, ...]
    comparison_name: str
    table: TableOf
    control: ControlBand | None = None
    marker: TrendMarker | None = None
    breaks: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StripChart:
    """All municipalities on one scale: own marked, peers as rings, the middle of the peers as a bar."""

    title: str
    sentence: str
    rows: tuple[StripRow, ...]
    axis_low: float
    axis_high: float
    axis_ticks: tuple[tuple[float, str], ...]
    axis_name: str
    table: TableOf


@dataclass(frozen=True, slots=True, kw_only=True)
class StripRow:
    """One line of a strip chart; `others` and `peers` are values with the name to show beside the mouse."""

    label: str
    sublabel: str
    own: float | None
    peers: tuple[tuple[float, str], ...]
    middle: float | None
    others: tuple[tuple[float, str], ...]
    value_text: str
    note: str


Chart = IntervalChart | TrendChart | StripChart

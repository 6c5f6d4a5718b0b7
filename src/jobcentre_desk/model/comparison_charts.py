"""Charts that set many units beside a reference: the funnel, the heat map and the map of municipalities as tiles."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.outcomes import State, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelLine:
    """One limit of a funnel: rates at the numbers `n`, drawn as steps where `steps` says so."""

    n: tuple[float, ...]
    rate: tuple[float, ...]
    steps: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelOutlier:
    """A unit named on a funnel: outside its limits, one's own, or on the shortlist; `level` 95 or 99.8 (0 = inside)."""

    code: str
    name: str
    n: int
    rate: float
    low: float
    high: float
    verdict: Verdict
    level: float
    own: bool = False
    listed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelChart:
    """Units by number completed and rate around one reference rate.

    `n`, `rate` and `verdict` (-1 below, 0 cannot tell, 1 above: the badge's rule) are one entry per unit, up to
    100,000, and `unit` gives the index under which it can be asked for. `lines95` and `lines998` are lower and upper
    limits, `wide` those that allow for overdispersion (empty = none found). `hidden` counts units without a rate.
    """

    title: str
    sentence: str
    reference: float
    reference_name: str
    n: array[int]
    rate: array[float]
    verdict: array[int]
    unit: array[int]
    lines95: tuple[FunnelLine, ...]
    lines998: tuple[FunnelLine, ...]
    wide: tuple[FunnelLine, ...]
    named: tuple[FunnelOutlier, ...]
    hidden: int
    table: TableOf


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatCell:
    """One cell: its rate and number; coloured only when told apart, `sure` at 99.8 %. A state stands for a blank."""

    rate: float | None
    n: int | None
    verdict: Verdict
    sure: bool
    state: State
    text: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """Rates by two lists of codes with their own rows and columns of totals; `cells[row][column]`.

    The last row and column hold the totals over everything, not sums of what is shown. `own_row` is marked (-1:
    none).
    """

    title: str
    sentence: str
    row_codes: tuple[str, ...]
    rows: tuple[str, ...]
    column_codes: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[HeatCell, ...], ...]
    own_row: int
    table: TableOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One municipality on the map: its place, four letters, the figure, and its class -2 .. 2 (None = blank)."""

    code: str
    name: str
    column: int
    row: int
    letters: str
    text: str
    step: int | None
    state: State
    own: bool = False
    peer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TileMap:
    """Every municipality as one tile of the same size; `classes` name the five steps, from the lowest values up.

    `wanted` says which end is wanted: 1 the high one, -1 the low one, 0 neither (then no colour judges).
    """

    title: str
    sentence: str
    tiles: tuple[Tile, ...]
    classes: tuple[str, ...]
    wanted: int
    table: TableOf

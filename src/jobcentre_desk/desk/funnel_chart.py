"""The funnel of the employers in a branch: points, limits, those furthest from the branch, and what may be said."""

from __future__ import annotations

from array import array
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.desk import branch_wording as words
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.funnel_units import FunnelUnits
from jobcentre_desk.desk.rows import VERDICTS
from jobcentre_desk.desk.wording import state_word
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.comparison_charts import FunnelChart, FunnelLine, FunnelOutlier
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.statistics.funnel_chance import outside_by_chance
from jobcentre_desk.statistics.funnels import (
    SURE_TAIL,
    TAIL,
    funnel_limits_normal,
    funnel_state,
    funnel_steps,
    z_of,
)
from jobcentre_desk.statistics.overdispersion import FEWEST_CASES, Overdispersion, overdispersion, wide_limits
from jobcentre_desk.statistics.proportions import wilson
from jobcentre_desk.statistics.special import EXACT_BELOW
from jobcentre_desk.text import both, count, percent, percent_range
from jobcentre_desk.text import translate as _

SURE_LEVEL, LEVEL = 99.8, 95.0
MOST_NAMED = 60
MOST_IN_TABLE = 2_000
_POINTS_OF_A_CURVE = 90

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Held:
    """Units held against their reference: verdict and whether it is sure (99.8 %), and the distance in z."""

    units: FunnelUnits
    verdict: NDArray[np.int8]
    sure: NDArray[np.bool_]
    distance: Floats
    spread: Overdispersion | None
    outside_wide: int


def hold_against(units: FunnelUnits) -> Held:
    """The badge of every unit by the one rule, and whether the units differ by more than chance altogether."""
    p0 = np.nan if units.p0 is None else units.p0
    verdict = funnel_state(units.x, units.n, p0)
    sure = funnel_state(units.x, units.n, p0, tail=SURE_TAIL) != 0
    error = np.sqrt(max(p0 * (1 - p0), 1e-12) / units.n) if units.p0 is not None else np.ones(len(units))
    distance = np.nan_to_num((units.x / units.n - p0) / error) if len(units) else np.zeros(0)
    spread = None if units.p0 is None else overdispersion(units.x, units.n, units.p0)
    return Held(
        units=units,
        verdict=verdict,
        sure=sure,
        distance=distance,
        spread=spread,
        outside_wide=_outside_wide(units, spread),
    )


def spread_line(held: Held) -> str:
    """Whether the employers differ by more than chance altogether, as a sentence; "" without any."""
    return words.spread_sentence(held.spread, held.outside_wide) if len(held.units) else ""


def funnel_chart(figures: Figures, held: Held, *, shortlist: Collection[str] = ()) -> FunnelChart:
    """The chart of units that were held against their reference; `shortlist` are CVR numbers to mark."""
    units = held.units
    p0 = 0.0 if units.p0 is None else units.p0
    largest = int(units.n.max(initial=EXACT_BELOW))
    drawable = units.p0 is not None and len(units) > 0
    order = furthest_first(held)
    return FunnelChart(
        title=_("Where the employers lie in the funnel"),
        sentence=_sentence(figures, held),
        reference=p0,
        reference_name=reference_name(units),
        n=_plain(units.n),
        rate=array("d", (units.x / np.maximum(units.n, 1)).tobytes()),
        verdict=_plain(held.verdict.astype(np.int64)),
        unit=_plain(units.ids),
        lines95=_lines(p0, largest, TAIL) if drawable else (),
        lines998=_lines(p0, largest, SURE_TAIL) if drawable else (),
        wide=_wide_lines(p0, largest, held.spread) if drawable else (),
        named=_named(figures, held, order, shortlist),
        hidden=len(units.hidden),
        table=_table(figures, held, order),
    )


def furthest_first(held: Held) -> NDArray[np.intp]:
    """Places of the units: those outside 99.8 % first, then outside 95 %, each furthest from the reference first."""
    outside = held.verdict != 0
    return np.lexsort((held.units.ids, -np.abs(held.distance), ~outside, ~(held.sure & outside)))


def reference_name(units: FunnelUnits) -> str:
    """What the dashed line is, with its rate."""
    if units.p0 is None:
        return ""
    text = _("the branch {rate}") if units.branch else _("the country {rate}")
    return text.format(rate=percent(units.p0))


def branch_title(figures: Figures, code: str) -> str:
    """The title of a branch; "All branches" for ""."""
    if not code:
        return _("All branches")
    branch = figures.codes.branches[code]
    return both(branch.title_da, branch.title_en)


def level_of(held: Held, place: int) -> float:
    """Which limits a unit lies outside: 99.8, 95, or 0 for none."""
    if not held.verdict[place]:
        return 0.0
    return SURE_LEVEL if held.sure[place] else LEVEL


def _sentence(figures: Figures, held: Held) -> str:
    units, hidden = held.units, len(held.units.hidden)
    if not len(units) or units.p0 is None:
        return words.empty_funnel_sentence(hidden)
    outside = held.verdict != 0
    parts = [
        words.funnel_sentence(
            len(units),
            outside=int(np.count_nonzero(outside)),
            chance=outside_by_chance(units.n, units.p0),
            outside_sure=int(np.count_nonzero(outside & held.sure)),
            chance_sure=outside_by_chance(units.n, units.p0, tail=SURE_TAIL),
            has_branch=bool(units.branch),
        ),
        words.hidden_sentence(hidden),
    ]
    if units.branch and figures.codes.branches.children(units.branch):
        parts.append(words.own_branch_sentence(branch_title(figures, units.branch)))
    if len(units) > MOST_IN_TABLE:
        parts.append(words.cut_table_sentence(MOST_IN_TABLE))
    return " ".join(part for part in parts if part)


def _outside_wide(units: FunnelUnits, spread: Overdispersion | None) -> int:
    if spread is None or not spread.found or units.p0 is None:
        return 0
    enough = units.n >= FEWEST_CASES
    rate = units.x[enough] / units.n[enough]
    low, high = wide_limits(units.p0, units.n[enough], spread.tau)
    return int(np.count_nonzero((rate < low) | (rate > high)))


def _lines(p0: float, largest: int, tail: float) -> tuple[FunnelLine, ...]:
    """Lower and upper limit: the exact steps the badge uses below n = 10, the normal limits from there on."""
    at = tuple(float(n) for n in range(1, EXACT_BELOW))
    steps = [FunnelLine(n=at, rate=tuple(side.tolist()), steps=True) for side in funnel_steps(p0, tail=tail)]
    n = _curve(largest)
    curves = funnel_limits_normal(p0, n, z_of(tail))
    return (*steps, *(FunnelLine(n=tuple(n.tolist()), rate=tuple(side.tolist())) for side in curves))


def _wide_lines(p0: float, largest: int, spread: Overdispersion | None) -> tuple[FunnelLine, ...]:
    if spread is None or not spread.found:
        return ()
    n = _curve(largest)
    return tuple(FunnelLine(n=tuple(n.tolist()), rate=tuple(side.tolist())) for side in wide_limits(p0, n, spread.tau))


def _curve(largest: int) -> Floats:
    """Numbers from 10 to the largest, closer together where the limits bend."""
    return np.geomspace(EXACT_BELOW, max(largest, EXACT_BELOW + 2), _POINTS_OF_A_CURVE)


def _named(
    figures: Figures, held: Held, order: NDArray[np.intp], shortlist: Collection[str]
) -> tuple[FunnelOutlier, ...]:
    """Those outside the limits, furthest first, then whoever else is on the shortlist."""
    units = held.units
    found = (figures.employers.id_of(cvr) for cvr in shortlist)
    listed = {employer for employer in found if employer is not None}
    outside = order[: np.count_nonzero(held.verdict)][:MOST_NAMED].tolist()
    others = np.flatnonzero(np.isin(units.ids, sorted(listed))).tolist()
    places = [*outside, *(place for place in others if place not in set(outside))]
    low, high = wilson(units.x[places], units.n[places])
    return tuple(
        FunnelOutlier(
            code=figures.employers.cvr_text(int(units.ids[place])),
            name=figures.employers.name(int(units.ids[place])),
            n=int(units.n[place]),
            rate=float(units.x[place] / units.n[place]),
            low=float(low[i]),
            high=float(high[i]),
            verdict=VERDICTS[int(held.verdict[place])],
            level=level_of(held, place),
            listed=int(units.ids[place]) in listed,
        )
        for i, place in enumerate(places)
    )


def _table(figures: Figures, held: Held, order: NDArray[np.intp]) -> TableOf:
    units, employers = held.units, figures.employers
    shown = order[:MOST_IN_TABLE].tolist()
    low, high = wilson(units.x[shown], units.n[shown])
    rows = [
        (
            employers.name(int(units.ids[place])),
            employers.cvr_text(int(units.ids[place])),
            count(int(units.n[place])),
            count(int(units.x[place])),
            percent(units.x[place] / units.n[place]),
            percent_range(float(low[i]), float(high[i])),
            words.against_word(VERDICTS[int(held.verdict[place])], has_branch=bool(units.branch)),
            words.limit_word(level_of(held, place)),
        )
        for i, place in enumerate(shown)
    ]
    rest = MOST_IN_TABLE - len(rows)
    hidden = sorted(units.hidden.tolist(), key=lambda employer: int(employers.name_rank[employer]))[:rest]
    blank = state_word(State.HIDDEN)
    rows += [(employers.name(one), employers.cvr_text(one), blank, blank, blank, "", blank, "") for one in hidden]
    return TableOf(
        header=(
            _("Employer"),
            _("CVR number"),
            _("Completed"),
            _("Jobs"),
            words.rate_heading(units.kind),
            _("Uncertainty (95 %)"),
            _("Against the branch") if units.branch else _("Against the country"),
            _("Limits"),
        ),
        rows=tuple(rows),
        numeric=(False, False, True, True, True, True, False, False),
    )


def _plain(values: NDArray[np.int64]) -> array[int]:
    return array("q", np.ascontiguousarray(values, dtype=np.int64).tobytes())

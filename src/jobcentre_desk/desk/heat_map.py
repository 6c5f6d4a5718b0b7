"""The heat maps of branch by occupation: what the traineeships led to, and whom the branches take."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.desk import branch_wording as words
from jobcentre_desk.desk.cross_tally import CrossTally, cross_tally, tally_narrowing
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.funnel_units import reference_rate
from jobcentre_desk.desk.rows import VERDICTS
from jobcentre_desk.desk.shared_before import SharedTable, filters_of
from jobcentre_desk.desk.shared_grids import LISTS_OF, MAPS, beside_earlier, cell_name, grid_of_map
from jobcentre_desk.desk.shared_regions import region_of
from jobcentre_desk.desk.shared_tables import shared_table
from jobcentre_desk.desk.small_counts import ALL_JOBS, KINDS, small_names
from jobcentre_desk.desk.wording import state_word
from jobcentre_desk.model.branch_pages import JobKind
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.classifications import Code
from jobcentre_desk.model.comparison_charts import HeatCell, HeatMap
from jobcentre_desk.model.outcomes import Scope, State, Verdict
from jobcentre_desk.statistics.funnel_chance import outside_by_chance
from jobcentre_desk.statistics.funnels import SURE_TAIL, funnel_state
from jobcentre_desk.text import EN_DASH, both, count, percent
from jobcentre_desk.text import translate as _

Flags = NDArray[np.bool_]
INTAKE = "intake"
RESULTS = {
    JobKind.ANY: "results any",
    JobKind.SAME_EMPLOYER: "results same_employer",
    JobKind.ELSEWHERE: "results elsewhere",
}
"""What the guard knows the maps as."""

EMPTY_CELL = HeatCell(
    rate=None, n=0, verdict=Verdict.NO_REFERENCE, sure=False, state=State.KNOWN, text=EN_DASH, note=""
)


def results_map(
    figures: Figures, scope: Scope, tally: CrossTally, *, kind: JobKind = JobKind.ANY, minimum: int = 0
) -> HeatMap:
    """Cells held against the whole country, by the one rule.

    With `minimum` as it may leave the screen: cells with smaller counts are hidden, and others with them.
    """
    p0 = reference_rate(figures, replace(scope, branches=(), occupations=()), tally.period, kind=kind)
    hidden = tally.counts["hidden"] > 0
    withheld = withheld_results(figures, scope, tally, kind, minimum) if minimum else np.zeros_like(hidden)
    x, n = tally.of_kind(kind), tally.counts["completed"]
    rated = (n > 0) & ~hidden & ~withheld
    reference = np.nan if p0 is None else p0
    verdict = np.where(rated, funnel_state(x, n, reference), 0)
    sure = funnel_state(x, n, reference, tail=SURE_TAIL) != 0
    cells = tuple(
        tuple(
            _withheld_cell()
            if withheld[row, place]
            else _cell(
                tally,
                row,
                place,
                x=int(x[row, place]),
                verdict=VERDICTS[int(verdict[row, place])] if p0 is not None else Verdict.NO_REFERENCE,
                sure=bool(sure[row, place]),
            )
            for place in range(len(tally.columns) + 1)
        )
        for row in range(len(tally.rows) + 1)
    )
    inner = np.s_[: len(tally.rows), : len(tally.columns)]
    sentence = words.results_sentence(
        kind,
        p0,
        told=int(np.count_nonzero(verdict[inner])),
        cells=int(np.count_nonzero(rated[inner])),
        chance=0.0 if p0 is None else outside_by_chance(n[inner][rated[inner]], p0),
    )
    return _map(tally, _("Branch × occupation"), sentence, cells)


def intake_map(figures: Figures, scope: Scope, tally: CrossTally, *, minimum: int = 0) -> HeatMap:
    """The share each occupation has of what a branch started; no verdict, as taking somebody is no result."""
    started = tally.counts["started"]
    withheld = withheld_intake(figures, scope, tally, minimum) if minimum else np.zeros(started.shape, dtype=np.bool_)
    cells = tuple(
        tuple(
            _withheld_cell() if withheld[row, place] else _share(tally, row, place, total_known=not withheld[row, -1])
            for place in range(len(tally.columns) + 1)
        )
        for row in range(len(tally.rows) + 1)
    )
    title = _("Branch × occupation: whom they take")
    return _map(tally, title, words.intake_sentence(int(started[-1, -1]) if not withheld[-1, -1] else 0), cells)


def _cell(tally: CrossTally, row: int, place: int, *, x: int, verdict: Verdict, sure: bool) -> HeatCell:
    n = int(tally.counts["completed"][row, place])
    if tally.counts["hidden"][row, place]:
        note = words.at_least(n) if n else ""
        return _blank(State.HIDDEN, Verdict.HIDDEN, note, n=n)
    if not n:
        waits = tally.counts["facts"][row, place] and not tally.counts["known"][row, place]
        return _blank(State.NOT_YET_KNOWN, Verdict.NO_REFERENCE, "", n=None) if waits else EMPTY_CELL
    rate = x / n
    return HeatCell(
        rate=rate,
        n=n,
        verdict=verdict,
        sure=sure and verdict in (Verdict.ABOVE, Verdict.BELOW),
        state=State.KNOWN,
        text=percent(rate),
        note=count(n),
    )


def _share(tally: CrossTally, row: int, place: int, *, total_known: bool) -> HeatCell:
    part, whole = int(tally.counts["started"][row, place]), int(tally.counts["started"][row, -1])
    if tally.counts["hidden"][row, place]:  # which of its counts is hidden cannot be told
        return _blank(State.HIDDEN, Verdict.HIDDEN, words.at_least(part) if part else "", n=part)
    if not part or not whole:
        return EMPTY_CELL
    rate = part / whole if total_known and not tally.counts["hidden"][row, -1] else None
    return HeatCell(
        rate=rate,
        n=part,
        verdict=Verdict.NO_REFERENCE,
        sure=False,
        state=State.KNOWN,
        text=EN_DASH if rate is None else percent(rate),
        note=count(part),
    )


def _withheld_cell() -> HeatCell:
    return _blank(State.HIDDEN, Verdict.HIDDEN, "", n=None)


def _blank(state: State, verdict: Verdict, note: str, *, n: int | None) -> HeatCell:
    return HeatCell(rate=None, n=n, verdict=verdict, sure=False, state=state, text=state_word(state), note=note)


def withheld_results(figures: Figures, scope: Scope, tally: CrossTally, kind: JobKind, minimum: int) -> Flags:
    """Cells that may not leave the screen: by the primary rule, and others so that none is had by subtraction.

    What is hidden of all jobs is hidden of each kind, so that neither map tells on the other; and what earlier tables
    tell beside this one is hidden too.
    """
    told, known = _beside(figures, scope, tally, RESULTS[kind], minimum)
    done, jobs, same = (tally.counts[name] for name in ("completed", "jobs", "same"))
    small = _small(tally, ALL_JOBS, minimum) | told
    hidden = shared_table([done, jobs, done - jobs], small, minimum=minimum, known=known)
    if kind is JobKind.ANY:
        return hidden
    hidden = hidden | _small(tally, next(iter(sorted(KINDS))), minimum)
    return shared_table([done, same, jobs - same, done - jobs], hidden, minimum=minimum, known=known)


def withheld_intake(figures: Figures, scope: Scope, tally: CrossTally, minimum: int) -> Flags:
    """The same of the map of whom the branches take."""
    told, known = _beside(figures, scope, tally, INTAKE, minimum)
    started = tally.counts["started"]
    small = (started >= 1) & (started < minimum)
    return shared_table([started], small | told, minimum=minimum, known=known)


def table_of_map(figures: Figures, scope: Scope, name: str, *, minimum: int) -> SharedTable:
    """A heat map as it is remembered once it has left; `name` is its kind, one of `shared_grids.MAPS`."""
    tally = cross_tally(figures, scope)
    if name == INTAKE:
        withheld = withheld_intake(figures, scope, tally, minimum)
    else:
        kind = next(kind for kind, known_as in RESULTS.items() if known_as == name)
        withheld = withheld_results(figures, scope, tally, kind, minimum)
    rows, columns = ([*(code.code for code in codes), ""] for codes in (tally.rows, tally.columns))
    places = zip(*np.nonzero(withheld), strict=True)
    source, region = figures.outcome_source, region_of(tally_narrowing(figures, scope), tally.period)
    return SharedTable(
        kind=name,
        source=source.name if source else "",
        filters=filters_of(replace(scope, occupations=())),
        first=region.first,
        last=region.last,
        known=region.known,
        withheld={cell_name(rows[row], columns[place]): MAPS[name] for row, place in places},
    )


def _beside(figures: Figures, scope: Scope, tally: CrossTally, name: str, minimum: int) -> tuple[Flags, Flags]:
    """Cells that earlier tables would tell beside this map, and cells that they showed."""
    kinds = (*MAPS, *LISTS_OF)
    more, known = beside_earlier(figures, grid_of_map(figures, scope, tally), *kinds, minimum=minimum)
    return more & MAPS[name] > 0, known & MAPS[name] == MAPS[name]


def _small(tally: CrossTally, name: str, minimum: int) -> Flags:
    small = np.zeros(tally.counts["completed"].shape, dtype=np.bool_)
    for row, place in np.ndindex(*small.shape):
        small[row, place] = name in small_names(tally.at(row, place), minimum)
    small &= tally.counts["hidden"] == 0
    return small


def _map(tally: CrossTally, title: str, sentence: str, cells: tuple[tuple[HeatCell, ...], ...]) -> HeatMap:
    rows = (*(_title(code) for code in tally.rows), _("All"))
    columns = (*(_title(code) for code in tally.columns), _("All"))
    return HeatMap(
        title=title,
        sentence=sentence,
        row_codes=(*(code.code for code in tally.rows), ""),
        rows=rows,
        column_codes=(*(code.code for code in tally.columns), ""),
        columns=columns,
        cells=cells,
        own_row=tally.own,
        table=TableOf(
            header=(_("Branch"), *columns),
            rows=tuple((name, *(cell_words(cell) for cell in line)) for name, line in zip(rows, cells, strict=True)),
            numeric=(False, *(True for _column in columns)),
        ),
    )


def cell_words(cell: HeatCell) -> str:
    """A cell as it stands in a table: "34 % of 625, below the country"; the word of its state where it is blank."""
    if cell.rate is None:
        return f"{cell.text} ({cell.note})" if cell.note else cell.text
    told = _("{rate} of {n}").format(rate=cell.text, n=cell.note)
    return f"{told}, {words.country_word(cell.verdict)}" if cell.verdict in (Verdict.ABOVE, Verdict.BELOW) else told


def _title(code: Code) -> str:
    return both(code.title_da, code.title_en)

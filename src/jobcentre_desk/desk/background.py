"""Background of municipalities: the variables they can be held against each other by, and the distance they make.

Each variable is z-scored over the municipalities that have every variable of the choice; the distance is Euclidean,
weighted as a person wants. Without a choice the background of StatBank stands first (one figure of each: people, age,
income, work, unemployment); where none is loaded, the expected shares of y30r21 in the three benefit groups.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from jobcentre_desk.cache.figures import figures_of
from jobcentre_desk.desk import municipality_wording as words
from jobcentre_desk.desk.expected import GROUPS, TABLE, ExpectedTable, median, period_order
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.measure_choice import measure_offers
from jobcentre_desk.desk.value_words import value_text
from jobcentre_desk.model.areas import Area, AreaKind
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.measures import Figure, Measure
from jobcentre_desk.model.municipalities import PeerDistance, PeerVariable, VariableStanding
from jobcentre_desk.model.services import SourceKind
from jobcentre_desk.statistics.peers import nearest_on_variables, squared_differences
from jobcentre_desk.text import both, count, percent
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

EXPECTED = f"{TABLE}.expected_share"
PRESET_TABLES = ("folk1am", "galder", "indkp101", "ras200", "aup02")
"""Tables of StatBank whose figures are chosen from the start: people, age, income, work, unemployment."""
_MOST_PRESET = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One variable with its value by code of municipality, all of one period."""

    variable: PeerVariable
    name: str
    unit: str
    period: str
    values: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """The variables that are chosen, with their values, and all there are to choose from."""

    columns: tuple[Column, ...]
    available: tuple[tuple[PeerVariable, str], ...]
    has_background: bool

    def nearest(self, code: str, *, count: int) -> list[tuple[str, str]]:
        """The nearest municipalities with their distance; none where the municipality lacks a variable."""
        codes, values = self._matrix()
        if code not in codes or not self.columns:
            return []
        weights = [column.variable.weight for column in self.columns]
        found = nearest_on_variables(codes, values, code, count=count, weights=weights)
        return [(peer, f"{distance:.4f}") for peer, distance in found]

    def parts(self, code: str, peers: Sequence[str]) -> list[float | None]:
        """What share of the squared distances to the peers each variable makes up; None where it cannot be said."""
        codes, values = self._matrix()
        inside = [codes.index(peer) for peer in peers if peer in codes]
        if code not in codes or not inside:
            return [None] * len(self.columns)
        weights = [column.variable.weight for column in self.columns]
        added = squared_differences(values, codes.index(code), weights)[inside].sum(axis=0)
        total = float(added.sum())
        return [float(part) / total if total else None for part in added]

    def lacking(self, areas: Mapping[str, Area]) -> int:
        """How many municipalities lack a chosen variable and can be nobody's peers."""
        codes, _values = self._matrix()
        return sum(area.kind is AreaKind.MUNICIPALITY for area in areas.values()) - len(codes)

    def _matrix(self) -> tuple[list[str], np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
        columns = [column.values for column in self.columns]
        codes = sorted(set.intersection(*(set(values) for values in columns))) if columns else []
        return codes, np.array([[float(values[code]) for values in columns] for code in codes], dtype=np.float64)


def read_background(
    figures: Figures,
    expected: ExpectedTable,
    measures: Mapping[str, Measure],
    *,
    chosen: Sequence[PeerVariable],
    period: str,
) -> Background:
    """The variables of a choice with their values in their latest period; `period` is that of y30r21."""
    available = tuple(_available(figures, expected, measures))
    presets = [variable for variable, _name in available if _is_preset(variable)][:_MOST_PRESET]
    usual = presets or [variable for variable, _name in available if variable.measure == EXPECTED]
    names = {(variable.measure, variable.group): name for variable, name in available}
    wanted = [
        variable for variable in chosen or usual if variable.weight > 0 and (variable.measure, variable.group) in names
    ]
    values = _latest_values(figures, [variable.measure for variable in wanted if variable.measure != EXPECTED])
    places = {code for code, area in figures.codes.areas.items() if area.kind is AreaKind.MUNICIPALITY}
    columns = []
    for variable in wanted:
        at, by_code = _column(variable, values, expected, period)
        by_code = {code: value for code, value in by_code.items() if code in places}
        unit = measures[variable.measure].unit if variable.measure in measures else ""
        name = names[variable.measure, variable.group]
        columns.append(Column(variable=variable, name=name, unit=unit, period=at, values=by_code))
    return Background(columns=tuple(columns), available=available, has_background=bool(presets))


def peer_distance(
    background: Background, areas: Mapping[str, Area], code: str, peers: Sequence[str], *, chosen: bool
) -> PeerDistance:
    """The distance to the peers taken apart; `chosen` = a person settled the variables."""
    parts = background.parts(code, peers)
    used = {
        (column.variable.measure, column.variable.group): _standing(column, code, peers, part)
        for column, part in zip(background.columns, parts, strict=True)
    }
    rows = [
        used.get((variable.measure, variable.group))
        or VariableStanding(
            variable=PeerVariable(measure=variable.measure, group=variable.group, weight=0.0),
            name=name,
            own="",
            middle="",
            period="",
            part=None,
        )
        for variable, name in background.available
    ]
    ordered = sorted(rows, key=lambda row: (row.part is None and not row.own, -(row.part or 0.0)))
    return PeerDistance(
        variables=tuple(ordered),
        sentence=_sentence(background, areas, chosen=chosen),
        missing="" if background.has_background else missing_background(),
        table=_table([row for row in ordered if row.variable.weight > 0]),
    )


def missing_background() -> str:
    """Said where no background of municipalities is loaded: which source brings it."""
    return _(
        "No background of municipalities is loaded. Add StatBank on the Figures page (people, age, income, work, "
        "unemployment) to compare with municipalities of a similar background."
    )


def _available(
    figures: Figures, expected: ExpectedTable, measures: Mapping[str, Measure]
) -> Iterable[tuple[PeerVariable, str]]:
    """Background measures with their names, those chosen from the start first; then the expected shares."""
    statbank = {source.name for source in figures.sources if source.kind is SourceKind.STATBANK}
    offers = [offer for offer in measure_offers(figures) if offer.source in statbank]
    for offer in sorted(offers, key=lambda offer: (not _is_preset(PeerVariable(measure=offer.id)), offer.id)):
        yield PeerVariable(measure=offer.id), offer.name
    if expected.rows and EXPECTED in measures:
        name = both(measures[EXPECTED].name_da, measures[EXPECTED].name_en)
        for group in GROUPS[1:]:
            yield PeerVariable(measure=EXPECTED, group=group), f"{name}: {words.group_title(group)}"


def _is_preset(variable: PeerVariable) -> bool:
    return variable.measure.partition(".")[0] in PRESET_TABLES


def _latest_values(figures: Figures, measures: Sequence[str]) -> dict[str, list[Figure]]:
    """All values by measure, read together and kept for the next municipality."""
    wanted = tuple(sorted(set(measures)))
    if not wanted:
        return {}
    read: list[Figure] = figures.remembered(
        ("background", wanted), lambda: figures_of(figures.snapshot, *wanted, order=figures.order)
    )
    found: dict[str, list[Figure]] = {}
    for figure in read:
        found.setdefault(figure.measure, []).append(figure)
    return found


def _column(
    variable: PeerVariable, values: Mapping[str, Sequence[Figure]], expected: ExpectedTable, period: str
) -> tuple[str, dict[str, Decimal]]:
    if variable.measure == EXPECTED:
        return period, expected.column("expected_share", period, variable.group)
    figures = [f for f in values.get(variable.measure, ()) if f.group in (variable.group, "", "all")]
    latest = max((f.period for f in figures), key=period_order, default="")
    return latest, {f.area: Decimal(f.value) for f in figures if f.period == latest and f.value is not None}


def _standing(column: Column, code: str, peers: Sequence[str], part: float | None) -> VariableStanding:
    middle = median(column.values[peer] for peer in peers if peer in column.values)
    return VariableStanding(
        variable=column.variable,
        name=column.name,
        own=value_text(column.values.get(code), column.unit),
        middle=value_text(middle, column.unit),
        period=words.period_words(column.period),
        part=part,
    )


def _sentence(background: Background, areas: Mapping[str, Area], *, chosen: bool) -> str:
    number = len(background.columns)
    if not number:
        return missing_background()
    told = _n(
        "Nearest on {n} variable, standardised so that all count alike",
        "Nearest on {n} variables, standardised so that all count alike",
        number,
    ).format(n=count(number))
    parts = [told + (_(", by the weights given.") if chosen else ".")]
    lacking = background.lacking(areas)
    if lacking:
        parts.append(
            _n(
                "{n} municipality lacks one of them and can be nobody's peer.",
                "{n} municipalities lack one of them and can be nobody's peers.",
                lacking,
            ).format(n=count(lacking))
        )
    return " ".join(parts)


def _table(rows: Sequence[VariableStanding]) -> TableOf:
    return TableOf(
        header=(_("Variable"), _("Own"), _("Middle of the peers"), _("Part of the distance"), _("Period")),
        rows=tuple(
            (row.name, row.own, row.middle, "–" if row.part is None else percent(row.part), row.period) for row in rows
        ),
        numeric=(False, True, True, True, False),
    )

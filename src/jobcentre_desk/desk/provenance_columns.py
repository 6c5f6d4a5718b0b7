"""Provenance of many figures at once, as columns of a table that is saved: all revisions are read in one go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from jobcentre_desk.cache.revisions import FigureKey, Revision, read_revisions
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.other_sources import NO_GROUP
from jobcentre_desk.desk.provenance import former_list, former_value, origin_cells, provenance_header, shown_from
from jobcentre_desk.model.areas import AreaKind
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.municipalities import MeasureView
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.model.provenance import FormerValue

RevisedKey: TypeAlias = tuple[str, str, str, str, str]
"""Source, measure, area, period and group of a figure that was revised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Histories:
    """What revised figures were before, the newest first, by their key; sentences are in the language of the reading.

    `by_area` holds the keys of an area in the order of its revisions, the newest first.
    """

    figures: Figures
    former: Mapping[RevisedKey, tuple[FormerValue, ...]]
    by_area: Mapping[str, tuple[RevisedKey, ...]]
    _origins: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def of(self, source: str, key: FigureKey) -> tuple[FormerValue, ...]:
        """What one figure was before; one of all groups may be published without a group."""
        measure, area, period, group = key
        if area not in self.by_area:
            return ()
        found = self.former.get((source, measure, area, period, group), ())
        if not found and group == "all":
            found = self.former.get((source, measure, area, period, NO_GROUP), ())
        return found

    def cells(self, source: str, *figures: tuple[str, FigureKey]) -> tuple[str, ...]:
        """The cells of `provenance_header` for a row with these figures of one source.

        Each comes with the heading of its column, that is put before its former values ("" where a row has one).
        """
        _heading, (measure, _area, _period, _group) = figures[0]
        return (*self._origin(source, measure), "; ".join(self._former_words(source, figures)))

    def _origin(self, source: str, measure: str) -> tuple[str, ...]:
        if (source, measure) not in self._origins:
            self._origins[source, measure] = origin_cells(self.figures, source, measure)
        return self._origins[source, measure]

    def _former_words(self, source: str, figures: Iterable[tuple[str, FigureKey]]) -> Iterator[str]:
        for heading, key in figures:
            former = self.of(source, key)
            if former:
                yield f"{heading}: {former_list(former)}" if heading else former_list(former)


def histories(figures: Figures, revisions: Iterable[Revision]) -> Histories:
    """The former values told by `revisions`, which come the newest first."""
    former: dict[RevisedKey, tuple[FormerValue, ...]] = {}
    by_area: dict[str, dict[RevisedKey, None]] = {}
    for one in revisions:
        key = (one.source, one.measure, one.area, one.period, one.group)
        former[key] = (*former.get(key, ()), former_value(one))
        by_area.setdefault(one.area, {})[key] = None
    return Histories(figures=figures, former=former, by_area={area: tuple(keys) for area, keys in by_area.items()})


def places_table(figures: Figures, view: MeasureView) -> TableOf:
    """The table of a map with the provenance of each figure at its end; `view` as it may leave the screen.

    What is hidden there does not tell what it was before.
    """
    table, source = view.tiles.table, shown_from(figures, view.id)
    told = histories(figures, read_revisions(figures.snapshot, source=source, measure=view.id))
    codes = {
        name: area.code
        for area in figures.codes.areas.values()
        if area.kind is AreaKind.MUNICIPALITY
        for name in (area.name_da, area.name_en)
    }
    hidden = {tile.code for tile in view.tiles.tiles if tile.state is State.HIDDEN}
    rows = []
    for row in table.rows:
        code = codes.get(row[0], "")
        cells = told.cells(source, ("", (view.id, code, view.period, view.group or "all")))
        rows.append((*row, *cells[:-1], "" if code in hidden else cells[-1]))
    header = provenance_header()
    return replace(
        table,
        header=(*table.header, *header),
        rows=tuple(rows),
        numeric=(*table.numeric, *(False,) * len(header)),
    )

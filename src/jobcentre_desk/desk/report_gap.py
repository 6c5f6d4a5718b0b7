"""The part of a report on the gap: all municipalities on the map, what peers reach, and the branches that make up half.

Counts of a branch are not printed here: beside the table of branches a reader could work out small ones from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.gap_parts import branch_parts, parts_view
from jobcentre_desk.desk.guard import share_minimum
from jobcentre_desk.desk.measure_choice import START
from jobcentre_desk.desk.measure_view import Chosen, choose_measure
from jobcentre_desk.desk.municipality import Question
from jobcentre_desk.desk.municipality_figures import MunicipalityFigures
from jobcentre_desk.desk.municipality_targets import target_of
from jobcentre_desk.desk.report_branches import has_outcomes
from jobcentre_desk.desk.tile_map import tile_map
from jobcentre_desk.model.comparison_charts import TileMap
from jobcentre_desk.model.municipalities import GapPart, Target
from jobcentre_desk.model.pages import Block, BulletList, DocumentChart, Heading, MunicipalityPage, Paragraph
from jobcentre_desk.model.reports import ReportPart
from jobcentre_desk.model.workbooks import Sheet
from jobcentre_desk.statistics.disclosure import is_small
from jobcentre_desk.text import both, count
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

MAP_MM = 118.0


@dataclass(frozen=True, slots=True, kw_only=True)
class GapGround:
    """The measure on the map, chosen once for all municipalities; None where the table y30r21 is not loaded."""

    figures: Figures
    published: MunicipalityFigures
    chosen: Chosen | None


def gap_ground(figures: Figures, published: MunicipalityFigures, *, period: str | None) -> GapGround:
    """Read the measure that the gap is seen in: the difference of y30r21, of `period` or its latest."""
    chosen = None
    if published.expected.periods:
        chosen = choose_measure(figures, published.measures, START, group="all", period=period or "")
    return GapGround(figures=figures, published=published, chosen=chosen)


def map_part(ground: GapGround, question: Question | None, page: MunicipalityPage | None) -> ReportPart | None:
    """The municipality among all others on the map, and what its peers reach."""
    if question is None or page is None or ground.chosen is None:
        return None
    chosen, areas, code = ground.chosen, ground.published.areas, question.code
    peers = [peer.code for peer in page.comparison.peers]
    measure, row = chosen.measure, ground.published.expected.row(code, chosen.period, chosen.group)
    target = target_of(measure, chosen.values, areas, own=code, peers=peers, row=row)
    tiles = tile_map(
        chosen.values,
        areas,
        own=code,
        peers=peers,
        title=both(measure.name_da, measure.name_en),
        unit=measure.unit,
        polarity=measure.polarity,
    )
    return ReportPart(title=_("On the map"), blocks=tuple(_map_blocks(tiles, target)), own_page=True)


def gap_part(ground: GapGround, code: str) -> ReportPart | None:
    """The branches that make up half of the gap in outcomes of traineeships; None where none are loaded."""
    figures = ground.figures
    if not has_outcomes(figures):
        return None
    parts = parts_view(branch_parts(figures, code))
    minimum = share_minimum(figures)
    named = [(part.name, round(part.persons)) for part in parts.parts if not _is_small(part, minimum)]
    sheet = Sheet(
        name=_("Gap by branch"),
        header=(_("Branch"), _("More a year, about")),
        rows=tuple(named),
        lines=(parts.sentence,),
    )
    blocks = tuple(_gap_blocks(parts.sentence, named, left_out=len(parts.parts) - len(named)))
    return ReportPart(title=_("Traineeships: the gap and its parts"), blocks=blocks, sheets=(sheet,))


def _map_blocks(tiles: TileMap, target: Target | None) -> Iterator[Block]:
    yield Paragraph(text=f"{tiles.title}. {tiles.sentence}", role="secondary")
    yield DocumentChart(chart=tiles, height_mm=MAP_MM)
    if target is not None:
        yield Heading(text=_("What peers reach"), level=3)
        yield Paragraph(text=f"{target.sentence} {_persons(target.persons)}".strip())


def _persons(persons: int | None) -> str:
    if not persons:
        return ""
    told = _n(
        "To get there takes about {n} full-time person fewer.",
        "To get there takes about {n} full-time persons fewer.",
        persons,
    )
    return told.format(n=count(persons))


def _is_small(part: GapPart, minimum: int) -> bool:
    return part.completed < minimum or bool(is_small(part.jobs, part.completed, minimum))


def _gap_blocks(sentence: str, named: list[tuple[str, int]], *, left_out: int) -> Iterator[Block]:
    yield Paragraph(text=sentence)
    if named:
        yield BulletList(items=tuple(_line(branch, persons) for branch, persons in named))
    if left_out:
        told = _n(
            "{n} more branch belongs to them, with counts too small to be told.",
            "{n} more branches belong to them, with counts too small to be told.",
            left_out,
        )
        yield Paragraph(text=told.format(n=count(left_out)), role="caption")


def _line(branch: str, persons: int) -> str:
    if not persons:
        return _("{branch}: less than 1 person a year").format(branch=branch)
    told = _n("{branch}: about {n} person a year", "{branch}: about {n} persons a year", persons)
    return told.format(branch=branch, n=count(persons))

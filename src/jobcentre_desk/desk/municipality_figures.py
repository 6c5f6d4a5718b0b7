"""Everything published about municipalities, read once: each measure from one source, the others beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from jobcentre_desk.cache.figures import figures_from, figures_of, others_of, publishers_of, source_names
from jobcentre_desk.cache.figures import measures as read_measures
from jobcentre_desk.cache.revisions import LoadedBreak, read_breaks
from jobcentre_desk.cache.snapshot import LoadedSource
from jobcentre_desk.desk.background import Background
from jobcentre_desk.desk.expected import MEASURES, TABLE, ExpectedTable, read_expected
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.municipality_wording import period_words
from jobcentre_desk.desk.other_sources import expected_source
from jobcentre_desk.desk.traineeship_figures import TRAINEESHIPS, traineeship_figures
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.areas import Area, AreaKind
from jobcentre_desk.model.measures import Figure, Measure
from jobcentre_desk.text import translate as _


@dataclass(frozen=True, slots=True)
class MunicipalityFigures:
    """All that is published about municipalities: areas, the definitions, every value, and y30r21 as a table.

    The values of a measure, and the table y30r21, are those of one source each; `others` and `other_expected` are
    what further sources publish, by measure and by source; `invented` are the sources of demonstration figures.
    `background` is what peers by distance are found with (None = the expected shares of the benefit groups).
    """

    areas: Mapping[str, Area]
    measures: Mapping[str, Measure]
    values: Mapping[str, tuple[Figure, ...]]
    expected: ExpectedTable
    expected_source: str = ""
    others: Mapping[str, tuple[Figure, ...]] = field(default_factory=dict)
    other_expected: Mapping[str, ExpectedTable] = field(default_factory=dict)
    breaks: tuple[LoadedBreak, ...] = ()
    invented: frozenset[str] = frozenset()
    background: Background | None = None


def read_municipality_figures(
    figures: Figures, measure_ids: Sequence[str] = (), *, source: str = ""
) -> MunicipalityFigures:
    """The values of y30r21 and of the measures asked for (empty = every measure that has values).

    Each measure is that of the source which is shown first, or of `source` where one is named (InputRefused when it
    publishes none). They are kept for the next question: reading 16,000 values takes longer than drawing a page.
    """
    wanted = tuple(measure_ids)
    read: MunicipalityFigures = figures.kept(("municipality", wanted, source), lambda: _read(figures, wanted, source))
    return read


def page_measures(figures: Figures) -> tuple[str, ...]:
    """The measures a municipality's page is made of: those of y30r21, or every measure where nobody publishes it."""
    publishers: dict[str, tuple[str, ...]] = figures.kept(
        ("publishers of measures",), lambda: publishers_of(figures.snapshot, order=figures.order)
    )
    return tuple(measure for measure in publishers if measure in MEASURES)


def periods_of(figures: Figures) -> list[tuple[str, str]]:
    """The periods of y30r21 to choose from as (code, words), the latest first."""
    source = expected_source(publishers_of(figures.snapshot, order=figures.order))
    table = read_expected(figures_from(figures.snapshot, source, f"{TABLE}.actual_share"))
    return [(period, period_words(period)) for period in reversed(table.periods)]


def gather(
    areas: Mapping[str, Area],
    definitions: Mapping[str, Measure],
    values: Iterable[Figure],
    *,
    wanted: Sequence[str],
    others: Iterable[Figure] = (),
    expected_from: str = "",
    sources: Sequence[str] = (),
) -> MunicipalityFigures:
    """Sort published values by measure; `wanted` are the measures that get a line of their own.

    `expected_from` names the source of the table y30r21 ("" = that of all values); only municipalities are in it.
    `sources` is the order of the sources.
    """
    kept, beside = tuple(values), tuple(others)
    found = _expected_tables(areas, (*kept, *beside))
    tables = {name: found[name] for name in (*sources, *found) if name in found}
    first = expected_from or next(iter(tables), "")
    return MunicipalityFigures(
        areas,
        definitions,
        _by_measure(kept, wanted),
        tables.pop(first, ExpectedTable({})),
        first,
        _by_measure(beside, wanted),
        tables,
    )


def no_figures_from(sources: Iterable[LoadedSource], name: str) -> InputRefused:
    """What is said where figures of one source are asked for and it brought none, or is not there."""
    return InputRefused(
        _("No source named {name} with figures of municipalities has been fetched.").format(name=name),
        _("Sources that have been fetched: {names}.").format(names=", ".join(source.name for source in sources)),
        error_id="no_figures_from",
    )


def _read(figures: Figures, measure_ids: tuple[str, ...], source: str) -> MunicipalityFigures:
    snapshot, order = figures.snapshot, (source, *figures.order) if source else figures.order
    definitions = {measure.id: measure for measure in read_measures(snapshot, order=order)}
    publishers = publishers_of(snapshot, order=order)
    _refuse_unknown_measures(measure_ids, {*definitions, *publishers})
    known = [measure for measure, names in publishers.items() if not source or names[0] == source]
    if source and not (set(measure_ids or known) & set(known)):
        raise no_figures_from(figures.sources, source)
    wanted = tuple(measure for measure in measure_ids or known if not source or measure in known)
    read = sorted({*wanted, *MEASURES})
    published = gather(
        figures.codes.areas,
        definitions,
        figures_of(snapshot, *read, order=order),
        wanted=wanted,
        others=others_of(snapshot, *read, order=order),
        expected_from=expected_source(publishers),
        sources=source_names(snapshot, order=order),
    )
    invented = frozenset(loaded.name for loaded in figures.sources if loaded.demonstration)
    if not source:
        published = replace(published, values=_with_traineeships(figures, published.values))
    return replace(published, breaks=read_breaks(snapshot), invented=invented)


def _with_traineeships(figures: Figures, values: Mapping[str, tuple[Figure, ...]]) -> dict[str, tuple[Figure, ...]]:
    """Outcomes of traineeships that were asked for and that nobody publishes by municipality, counted."""
    return {
        measure: found or (traineeship_figures(figures, measure) if measure in TRAINEESHIPS else ())
        for measure, found in values.items()
    }


def _by_measure(figures: Iterable[Figure], wanted: Sequence[str]) -> dict[str, tuple[Figure, ...]]:
    by_measure: dict[str, list[Figure]] = {measure: [] for measure in wanted}
    for figure in figures:
        if figure.measure in by_measure:
            by_measure[figure.measure].append(figure)
    return {measure: tuple(found) for measure, found in by_measure.items()}


def _expected_tables(areas: Mapping[str, Area], figures: Iterable[Figure]) -> dict[str, ExpectedTable]:
    """y30r21 as each source publishes it, by its name: never rows of two."""
    by_source: dict[str, list[Figure]] = {}
    for figure in figures:
        area = areas.get(figure.area)
        if figure.measure in MEASURES and area is not None and area.kind is AreaKind.MUNICIPALITY:
            by_source.setdefault(figure.source, []).append(figure)
    return {source: read_expected(found) for source, found in by_source.items()}


def _refuse_unknown_measures(asked: Sequence[str], known: Collection[str]) -> None:
    for measure in asked:
        if measure not in known:
            raise InputRefused(
                _("There is no measure {measure}.").format(measure=measure),
                _("'jobcentre-desk measures' lists them all."),
                error_id="unknown_code",
            )
